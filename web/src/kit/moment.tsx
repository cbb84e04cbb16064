import { useNow } from "@/kit/clock";
import { exactTime, relativeTime } from "@/kit/moments";

/** An instant: relative in the text, exact on hover and for machines. */
export function Moment({ at, prefix = "" }: { at: string; prefix?: string }) {
  const now = useNow();
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) return <span>{at}</span>;
  return (
    <time dateTime={at} title={exactTime(instant)} className="whitespace-nowrap">
      {prefix}
      {relativeTime(instant, now)}
    </time>
  );
}
