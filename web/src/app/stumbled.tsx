import { useRouteError } from "react-router";
import { Button } from "@/kit/button";
import { PageHeading } from "@/kit/layout";

/** The page itself failed: a part could not be loaded, or we made a mistake. */
export function Stumbled() {
  const error = useRouteError();
  const reason = error instanceof Error ? error.message : "unknown";
  return (
    <div role="alert" className="mx-auto max-w-[72ch] px-4 py-12">
      <PageHeading title="This page stumbled">
        Nothing that Harmony had acknowledged is lost. Loading the page again usually helps, above all when Harmony was
        just updated.
      </PageHeading>
      <p className="mb-6 font-mono text-small break-words text-muted">{reason}</p>
      <Button look="primary" onPress={() => location.reload()}>
        Load again
      </Button>
    </div>
  );
}
