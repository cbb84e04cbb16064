import { useMe } from "@/commons/identity/queries";
import { useDrain } from "@/coordination/heartbeats/queries";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { ProblemNotice } from "@/kit/notices";
import type { Service } from "@/wire/coordination";

/** Gives a component nothing new, or gives it work again: each undoes the other, so nothing is asked twice. */
export function Drain({ service }: { service: Service }) {
  const admin = useMe().data?.roles.includes("admin") ?? false;
  const drain = useDrain(service.component_id);
  if (!admin) return null;
  const said = service.draining ? "gets work again" : "gets nothing new";
  const act = () => drain.mutate(!service.draining, { onSuccess: () => announce(`${service.component_id} ${said}.`) });
  return (
    <div className="flex flex-col gap-2">
      <Button onPress={act} isPending={drain.isPending}>
        {service.draining ? "Give it work again" : "Drain: give it nothing new"}
      </Button>
      {drain.error !== null && <ProblemNotice error={drain.error} onRetry={act} />}
    </div>
  );
}
