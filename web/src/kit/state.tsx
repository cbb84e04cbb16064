import { Circle, CircleCheck, CircleDashed, CircleDot, CircleX, type LucideIcon, TriangleAlert } from "lucide-react";

/** What a state means to the reader. Each meaning has its own shape, so that none is told by colour alone. */
export type Meaning = "good" | "attention" | "bad" | "information" | "waiting" | "over";

const SHAPES: Record<Meaning, { icon: LucideIcon; look: string }> = {
  good: { icon: CircleCheck, look: "bg-good-soft text-good" },
  attention: { icon: TriangleAlert, look: "bg-attention-soft text-attention" },
  bad: { icon: CircleX, look: "bg-bad-soft text-bad" },
  information: { icon: CircleDot, look: "bg-information-soft text-information" },
  waiting: { icon: CircleDashed, look: "bg-sunken text-muted" },
  over: { icon: Circle, look: "bg-sunken text-muted" },
};

/** A state as a word and a shape. */
export function State({ word, meaning }: { word: string; meaning: Meaning }) {
  const { icon: Shape, look } = SHAPES[meaning];
  return (
    <span
      className={`inline-flex h-6 items-center gap-1 rounded-full px-2 text-small font-medium whitespace-nowrap ${look}`}
    >
      <Shape aria-hidden size={14} strokeWidth={2.25} className="shrink-0" />
      {word}
    </span>
  );
}

/** The shape alone, for a line whose words tell the state. */
export function Shape({ meaning, size = 16 }: { meaning: Meaning; size?: number }) {
  const { icon: Icon, look } = SHAPES[meaning];
  return <Icon aria-hidden size={size} className={`shrink-0 ${look.split(" ")[1]}`} />;
}
