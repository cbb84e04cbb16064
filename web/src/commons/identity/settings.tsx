import { useId, useState } from "react";
import { Label, Radio, RadioGroup, Switch } from "react-aria-components";
import { allowSingleKeys, useSingleKeys } from "@/app/keys";
import { chooseTheme, THEMES, type Theme, useTheme } from "@/app/theme";
import { useMe, useRevokeToken, useSignOut, useTokens } from "@/commons/identity/queries";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { useNow } from "@/kit/clock";
import { Command, Id } from "@/kit/copy";
import { Fact, Facts, PageHeading, Rows, RowsWaiting, Section } from "@/kit/layout";
import { Moment } from "@/kit/moment";
import { Empty, ProblemNotice } from "@/kit/notices";
import { State } from "@/kit/state";
import type { TokenView } from "@/wire/identity";

/** `/settings`: who am I, which tokens act for me, how the page looks. */
export default function SettingsPage() {
  return (
    <>
      <PageHeading title="Settings" />
      <WhoAmI />
      <Section title="Tokens" aside="Programs act for you with these; Harmony keeps only their hash.">
        <TokenList />
      </Section>
      <Section title="Theme">
        <ThemeChoice />
      </Section>
      <Section title="Keys">
        <SingleKeys />
      </Section>
    </>
  );
}

function WhoAmI() {
  const { data: me } = useMe();
  const signOut = useSignOut();
  if (!me) return null;
  return (
    <Section title="You">
      <div className="flex flex-wrap items-end justify-between gap-4 rounded-l border bg-surface p-4">
        <Facts>
          <Fact name="Name">{me.name}</Fact>
          <Fact name="Id">
            <Id value={me.id} what="your id" />
          </Fact>
          <Fact name="Kind">{me.kind}</Fact>
          <Fact name="Roles">{me.roles.join(", ")}</Fact>
        </Facts>
        <Button onPress={() => signOut.mutate()} isPending={signOut.isPending}>
          Sign out
        </Button>
      </div>
      {signOut.error && <ProblemNotice error={signOut.error} onRetry={() => signOut.mutate()} />}
    </Section>
  );
}

function TokenList() {
  const { data, error, refetch } = useTokens();
  if (data === undefined && error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <RowsWaiting count={2} label="Loading tokens" />;
  if (data.tokens.length === 0) {
    return (
      <Empty title="No program acts for you.">
        <p className="text-muted">Make a token where Harmony runs:</p>
        <Command line='.venv/bin/harmony token create "my editor"' />
      </Empty>
    );
  }
  return (
    <Rows label="Tokens">
      {data.tokens.map((token) => (
        <TokenRow key={token.id} token={token} />
      ))}
    </Rows>
  );
}

function TokenRow({ token }: { token: TokenView }) {
  const now = useNow();
  const ended = token.revoked_at !== null || Date.parse(token.expires_at) <= now;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-48">
        <p className={`font-medium break-words ${ended ? "text-muted" : ""}`}>{token.label}</p>
        <p className="text-small text-muted">
          <Moment at={token.created_at} prefix="made " /> ·{" "}
          <Moment at={token.revoked_at ?? token.expires_at} prefix={ended ? "ended " : "ends "} />
        </p>
      </div>
      <Id value={token.id} what={`the id of ${token.label}`} />
      {token.revoked_at !== null && <State word="Revoked" meaning="over" />}
      {token.revoked_at === null && ended && <State word="Expired" meaning="over" />}
      {!ended && <Revoke token={token} />}
    </li>
  );
}

/** Revoking cannot be undone, so the button asks once more, naming the token. */
function Revoke({ token }: { token: TokenView }) {
  const [asked, setAsked] = useState(false);
  const revoke = useRevokeToken();
  if (!asked) {
    return (
      <Button look="destructive" onPress={() => setAsked(true)} aria-label={`Revoke ${token.label}`}>
        Revoke
      </Button>
    );
  }
  const act = () => revoke.mutate(token.id, { onSuccess: () => announce(`Revoked ${token.label}.`) });
  return (
    <div className="flex basis-full flex-wrap items-center gap-2">
      <p className="text-small">Programs that use it stop at once. This cannot be undone.</p>
      <Button look="destructive" autoFocus isPending={revoke.isPending} onPress={act}>
        Revoke “{token.label}” for good
      </Button>
      <Button look="quiet" onPress={() => setAsked(false)}>
        Keep it
      </Button>
      {revoke.error && <ProblemNotice error={revoke.error} />}
    </div>
  );
}

const THEME_NAMES: Record<Theme, string> = { system: "As the system", light: "Light", dark: "Dark" };

function ThemeChoice() {
  const theme = useTheme();
  return (
    <RadioGroup
      aria-label="Theme"
      orientation="horizontal"
      value={theme}
      onChange={(chosen) => chooseTheme(chosen as Theme)}
      className="inline-flex rounded-m border bg-sunken p-1"
    >
      {THEMES.map((name) => (
        <Radio
          key={name}
          value={name}
          className="cursor-default rounded-s px-3 py-1 text-small font-medium text-muted data-selected:bg-raised data-selected:text-ink data-selected:ring-1 data-selected:ring-line-strong"
        >
          {THEME_NAMES[name]}
        </Radio>
      ))}
    </RadioGroup>
  );
}

function SingleKeys() {
  const allowed = useSingleKeys();
  const hint = useId();
  return (
    <>
      <Switch
        isSelected={allowed}
        onChange={allowSingleKeys}
        aria-describedby={hint}
        className="group flex cursor-default items-center gap-3 self-start rounded-m"
      >
        <span className="flex h-6 w-10 shrink-0 items-center rounded-full border border-line-strong bg-sunken px-1 group-data-selected:border-accent group-data-selected:bg-accent">
          <span className="size-4 rounded-full bg-line-strong transition-transform group-data-selected:translate-x-4 group-data-selected:bg-on-accent" />
        </span>
        <Label>Single keys</Label>
      </Switch>
      <p id={hint} className="mt-2 text-small text-muted">
        <kbd>?</kbd> and <kbd>g</kbd> with a letter. Switch them off when you speak to your computer. Ctrl-K always
        works.
      </p>
    </>
  );
}
