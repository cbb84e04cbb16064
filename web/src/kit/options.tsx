import { Radio, RadioGroup } from "react-aria-components";

interface Option<Name extends string> {
  name: Name;
  means: string;
}

interface Props<Name extends string> {
  label: string;
  options: readonly Option<Name>[];
  value: Name;
  onChange: (chosen: Name) => void;
}

/** One of a few, each with what it means beside it. */
export function Options<Name extends string>({ label, options, value, onChange }: Props<Name>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onChange={(chosen) => onChange(chosen as Name)}
      className="divide-y overflow-hidden rounded-l border bg-surface"
    >
      {options.map(({ name, means }) => (
        <Radio
          key={name}
          value={name}
          className="group flex cursor-default items-start gap-3 px-4 py-3 -outline-offset-2 data-selected:bg-accent-soft"
        >
          <span
            aria-hidden
            className="mt-1 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface group-data-selected:border-accent"
          >
            <span className="size-2 rounded-full group-data-selected:bg-accent" />
          </span>
          <span className="min-w-0">
            <span className="block font-medium">{name}</span>
            <span className="block max-w-[72ch] text-small">{means}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
