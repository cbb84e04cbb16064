import { NOUNS } from "@/app/nouns";
import { Overlay } from "@/app/overlay";
import { Button } from "@/kit/button";

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["Ctrl", "K"], "Go to a page or do something (⌘ K on a Mac)"],
  ...NOUNS.map(({ key, name }) => [["g", key], `Go to ${name}`] as const),
  [["?"], "Show these keys"],
  [["Esc"], "Close what is open"],
];

/** The list of keys. */
export default function KeyList({ onClose }: { onClose: () => void }) {
  return (
    <Overlay title="Keys" onClose={onClose}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-6 gap-y-2 overflow-y-auto px-5 pb-4">
        {KEYS.map(([keys, does]) => (
          <div key={does} className="col-span-2 grid grid-cols-subgrid">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key} className="min-w-6 rounded-s border bg-sunken px-2 text-center font-sans text-small">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-small">{does}</dd>
          </div>
        ))}
      </dl>
      <div className="flex items-center justify-between gap-4 border-t px-5 py-3">
        <p className="text-small text-muted">Single keys can be switched off in the settings.</p>
        <Button onPress={onClose}>Close</Button>
      </div>
    </Overlay>
  );
}
