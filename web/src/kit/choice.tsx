import { Radio, RadioGroup } from "react-aria-components";

interface Props<Name extends string> {
  label: string;
  names: Readonly<Record<Name, string>>;
  value: Name;
  onChange: (chosen: Name) => void;
}

/** One of a few, side by side; the arrows move, as in every group of radio buttons. */
export function Choice<Name extends string>({ label, names, value, onChange }: Props<Name>) {
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={(chosen) => onChange(chosen as Name)}
      className="inline-flex flex-wrap rounded-m border bg-sunken p-1"
    >
      {(Object.keys(names) as Name[]).map((name) => (
        <Radio
          key={name}
          value={name}
          className="cursor-default rounded-s px-3 py-1 text-small font-medium text-muted data-selected:bg-raised data-selected:text-ink data-selected:ring-1 data-selected:ring-line-strong"
        >
          {names[name]}
        </Radio>
      ))}
    </RadioGroup>
  );
}
