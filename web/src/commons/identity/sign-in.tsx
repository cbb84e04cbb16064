import { useEffect, useState } from "react";
import { Navigate, useLocation, useNavigate } from "react-router";
import { Mark } from "@/app/mark";
import { takeDestination } from "@/commons/identity/destination";
import { useMe, useSignIn } from "@/commons/identity/queries";
import { Command } from "@/kit/copy";
import { PageHeading } from "@/kit/layout";
import { ProblemNotice } from "@/kit/notices";

/**
 * `/sign-in#<secret>`: uses the one-time link up and goes on to where one wanted to go. The secret leaves the address
 * before it is sent, so that neither the history nor a screenshot keeps it.
 */
export default function SignInPage() {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const me = useMe();
  const { mutate, isPending, error } = useSignIn();
  const [destination] = useState(() => takeDestination());
  const secret = hash.slice(1);

  useEffect(() => {
    if (secret === "") return;
    navigate("/sign-in", { replace: true });
    mutate(secret);
  }, [secret, navigate, mutate]);

  const busy = secret !== "" || isPending;
  if (me.data && !busy) return <Navigate to={destination} replace />;
  return (
    <main id="main" tabIndex={-1} className="mx-auto flex min-h-dvh max-w-lg flex-col justify-center gap-6 px-4 py-12">
      <Mark />
      {busy ? <Working /> : error !== null ? <Refused error={error} /> : <SignedOut />}
    </main>
  );
}

function Working() {
  return (
    <div role="status">
      <PageHeading title="Signing in">Checking your link with Harmony.</PageHeading>
    </div>
  );
}

function Refused({ error }: { error: unknown }) {
  return (
    <div>
      <PageHeading title="This link does not open the door" />
      <ProblemNotice error={error} />
      <p className="mt-6 mb-3">A link works once, for 15 minutes. Make a new one where Harmony runs:</p>
      <Command line=".venv/bin/harmony token link" />
    </div>
  );
}

function SignedOut() {
  return (
    <div>
      <PageHeading title="You are signed out">
        Open the one-time link that <code className="font-mono text-small">make up</code> printed. Or make a new one
        where Harmony runs, and open it here:
      </PageHeading>
      <Command line=".venv/bin/harmony token link" />
    </div>
  );
}
