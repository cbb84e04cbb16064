import { Search } from "lucide-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Navigate, NavLink, Outlet, useLocation, useNavigation } from "react-router";
import { Connection } from "@/app/connection";
import { useKeys } from "@/app/keys";
import { Mark } from "@/app/mark";
import { NOUNS } from "@/app/nouns";
import { keepDestination } from "@/commons/identity/destination";
import { useMe } from "@/commons/identity/queries";
import { Announcements, announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { RowsWaiting } from "@/kit/layout";
import { ProblemNotice } from "@/kit/notices";
import type { PrincipalView } from "@/wire/identity";

const Palette = lazy(() => import("@/app/palette"));
const KeyList = lazy(() => import("@/app/key-list"));

export type Overlay = "palette" | "keys" | null;

/** The frame around every page: skip link, rail or bottom bar, one content column, palette and keys. */
export function Shell() {
  const me = useMe();
  const { pathname, search } = useLocation();
  if (me.data === null) {
    keepDestination(pathname + search);
    return <Navigate to="/sign-in" replace />;
  }
  return (
    <div className="md:grid md:min-h-dvh md:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="absolute top-2 left-2 z-20 -translate-y-16 rounded-m bg-accent px-3 py-2 text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      <Framed me={me.data} error={me.error} onRetry={() => void me.refetch()} />
      <Announcements />
    </div>
  );
}

function Framed({ me, error, onRetry }: { me: PrincipalView | undefined; error: unknown; onRetry: () => void }) {
  const [overlay, setOverlay] = useState<Overlay>(null);
  useKeys(setOverlay);
  return (
    <>
      <Rail me={me} onSearch={() => setOverlay("palette")} />
      <div className="min-w-0 pb-20 md:pb-0">
        <TopBar onSearch={() => setOverlay("palette")} />
        <Connection />
        <Content>
          {me !== undefined ? <Outlet /> : error ? <ProblemNotice error={error} onRetry={onRetry} /> : <Waiting />}
        </Content>
      </div>
      <BottomBar />
      <Suspense>
        {overlay === "palette" && <Palette onClose={() => setOverlay(null)} onKeys={() => setOverlay("keys")} />}
        {overlay === "keys" && <KeyList onClose={() => setOverlay(null)} />}
      </Suspense>
    </>
  );
}

/** The content column. Going to another page moves the reader's place to its beginning and says where one is. */
function Content({ children }: { children: React.ReactNode }) {
  const { pathname } = useLocation();
  const navigation = useNavigation();
  const place = useRef<HTMLElement>(null);
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    scrollTo(0, 0);
    place.current?.focus({ preventScroll: true });
    announce(document.title);
  }, [pathname]);
  return (
    <main
      ref={place}
      id="main"
      tabIndex={-1}
      aria-busy={navigation.state !== "idle"}
      className="mx-auto w-full max-w-4xl px-4 py-6 md:px-8 md:py-10"
    >
      {children}
    </main>
  );
}

function Waiting() {
  return (
    <>
      <div className="skeleton mb-8 h-8 w-48" />
      <RowsWaiting count={3} label="Loading" />
    </>
  );
}

function Rail({ me, onSearch }: { me: PrincipalView | undefined; onSearch: () => void }) {
  return (
    <header className="hidden border-r md:block">
      <div className="sticky top-0 flex h-dvh flex-col gap-4 overflow-y-auto px-3 py-5">
        <div className="px-2">
          <Mark />
        </div>
        <SearchButton onPress={onSearch} />
        <nav aria-label="Main" className="flex flex-col gap-1">
          {NOUNS.map(({ path, name, icon: Icon }) => (
            <NavLink
              key={path}
              to={path}
              end={path === "/"}
              className="flex min-h-9 items-center gap-3 rounded-m px-2 text-small font-medium text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent"
            >
              <Icon aria-hidden size={16} />
              {name}
            </NavLink>
          ))}
        </nav>
        {me !== undefined && (
          <p className="mt-auto px-2 text-small break-words text-muted">
            Signed in as <span className="font-medium text-ink">{me.name}</span>
          </p>
        )}
      </div>
    </header>
  );
}

function SearchButton({ onPress }: { onPress: () => void }) {
  return (
    <Button look="plain" onPress={onPress} aria-keyshortcuts="Control+K Meta+K">
      <Search aria-hidden size={14} />
      <span className="font-normal text-muted">Go to or do</span>
      <kbd className="ml-auto font-sans text-label text-muted">
        {/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘K" : "Ctrl K"}
      </kbd>
    </Button>
  );
}

function TopBar({ onSearch }: { onSearch: () => void }) {
  return (
    <header className="flex items-center justify-between border-b px-4 py-3 md:hidden">
      <Mark />
      <Button look="plain" onPress={onSearch}>
        <Search aria-hidden size={14} />
        Go to or do
      </Button>
    </header>
  );
}

function BottomBar() {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-10 grid auto-cols-fr grid-flow-col border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {NOUNS.map(({ path, name, icon: Icon }) => (
        <NavLink
          key={path}
          to={path}
          end={path === "/"}
          className="flex min-h-14 flex-col items-center justify-center gap-1 text-label font-medium text-muted -outline-offset-2 aria-[current=page]:text-accent"
        >
          <Icon aria-hidden size={20} />
          {name}
        </NavLink>
      ))}
    </nav>
  );
}
