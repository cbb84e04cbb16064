import { Search } from "lucide-react";
import { useMemo } from "react";
import {
  Autocomplete,
  Collection,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  SearchField,
  useFilter,
} from "react-aria-components";
import { useNavigate } from "react-router";
import { NOUNS } from "@/app/nouns";
import { Overlay } from "@/app/overlay";
import { chooseTheme, THEMES } from "@/app/theme";
import { useSignOut } from "@/commons/identity/queries";
import { announce } from "@/kit/announce";
import { useOffered, type Verb } from "@/kit/verbs";

interface Props {
  onClose: () => void;
  onKeys: () => void;
}

/** Every page and every verb that exists, found by typing. */
export default function Palette({ onClose, onKeys }: Props) {
  const groups = useGroups(onKeys);
  const { contains } = useFilter({ sensitivity: "base" });
  const verbs = new Map(groups.flatMap(({ verbs }) => verbs.map((verb) => [verb.id, verb])));

  function run(id: string) {
    onClose();
    verbs.get(id)?.run();
  }

  return (
    <Overlay title="Go to a page or do something" titleShown={false} onClose={onClose}>
      <Autocomplete filter={(text, input) => input.split(/\s+/).every((word) => contains(text, word))}>
        <SearchField aria-label="Go to or do" autoFocus className="flex items-center gap-3 border-b px-5">
          <Search aria-hidden size={16} className="shrink-0 text-muted" />
          <Input
            placeholder="Go to or do"
            className="h-12 w-full min-w-0 bg-transparent outline-none placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
          />
        </SearchField>
        <Menu
          aria-label="Pages and verbs"
          items={groups}
          onAction={(id) => run(String(id))}
          className="overflow-y-auto p-2 outline-none"
          renderEmptyState={() => <p className="px-3 py-6 text-muted">Nothing is called so.</p>}
        >
          {(group) => (
            <MenuSection id={group.name} className="mb-2 last:mb-0">
              <Header className="px-3 py-1 text-label font-medium text-muted">{group.name}</Header>
              <Collection items={group.verbs}>
                {(verb) => (
                  <MenuItem
                    id={verb.id}
                    textValue={`${verb.name} ${verb.group} ${verb.also ?? ""}`}
                    className="cursor-default rounded-m px-3 py-2 outline-none data-focused:bg-accent-soft data-focused:text-accent"
                  >
                    {verb.name}
                  </MenuItem>
                )}
              </Collection>
            </MenuSection>
          )}
        </Menu>
      </Autocomplete>
    </Overlay>
  );
}

interface Group {
  id: string;
  name: string;
  verbs: Verb[];
}

function useGroups(onKeys: () => void): Group[] {
  const navigate = useNavigate();
  const offered = useOffered();
  const { mutate: signOut } = useSignOut();
  return useMemo(() => {
    const pages = NOUNS.map(({ path, name, also }) => ({
      id: `go ${path}`,
      name,
      also: `go to ${also}`,
      group: "Go to",
      run: () => void navigate(path),
    }));
    const own: Verb[] = [
      { id: "copy demo", name: "Copy the command make demo", group: "Do", also: "story", run: () => copy("make demo") },
      ...THEMES.map((theme) => ({
        id: `theme ${theme}`,
        name: theme === "system" ? "Theme as the system" : `Theme ${theme}`,
        group: "Do",
        also: "appearance dark light",
        run: () => chooseTheme(theme),
      })),
      { id: "keys", name: "Show the keys", group: "Do", also: "help shortcuts", run: onKeys },
      { id: "sign out", name: "Sign out", group: "Do", also: "leave log out", run: () => signOut() },
    ];
    return grouped([...offered, ...pages, ...own]);
  }, [navigate, offered, onKeys, signOut]);
}

function grouped(verbs: readonly Verb[]): Group[] {
  const groups = new Map<string, Verb[]>();
  for (const verb of verbs) groups.set(verb.group, [...(groups.get(verb.group) ?? []), verb]);
  return [...groups].map(([name, members]) => ({ id: name, name, verbs: members }));
}

async function copy(line: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(line);
    announce(`Copied the command ${line}.`);
  } catch {
    announce("The browser does not allow copying here.");
  }
}
