import { percent } from "@/kit/words";

/** A share of one as a short bar with its number; a mark shows where it had to reach. */
export function Meter({ share, label, goal }: { share: number; label: string; goal?: number }) {
  const reached = goal === undefined || share >= goal;
  return (
    <span className="inline-flex items-center gap-2 text-small whitespace-nowrap">
      <span aria-hidden className="relative h-2 w-20 overflow-hidden rounded-full bg-line">
        <span
          className={`absolute inset-y-0 left-0 ${reached ? "bg-accent" : "bg-attention"}`}
          style={{ width: percent(Math.min(1, Math.max(0, share))).replace(" ", "") }}
        />
        {goal !== undefined && (
          <span className="absolute inset-y-0 w-0.5 bg-ink" style={{ left: percent(goal).replace(" ", "") }} />
        )}
      </span>
      <span>
        <span className="font-medium">{percent(share)}</span> <span className="text-muted">{label}</span>
      </span>
    </span>
  );
}
