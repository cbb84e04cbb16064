import { NavLink } from "react-router";

interface Place {
  to: string;
  name: string;
  /** The page itself, and none below it. */
  end?: boolean;
}

/** The pages of one noun, side by side: addresses of their own, so that each can be kept and sent. */
export function Tabs({ label, places }: { label: string; places: readonly Place[] }) {
  return (
    <nav aria-label={label} className="mb-6 flex flex-wrap gap-x-5 gap-y-1 border-b">
      {places.map(({ to, name, end = false }) => (
        <NavLink
          key={to}
          to={to}
          end={end}
          className="-mb-px border-b-2 border-transparent py-2 text-small font-medium text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
        >
          {name}
        </NavLink>
      ))}
    </nav>
  );
}
