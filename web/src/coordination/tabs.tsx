import { Tabs } from "@/kit/tabs";

const PLACES = [
  { to: "/orchestra", name: "Components", end: true },
  { to: "/orchestra/queues", name: "Queues" },
  { to: "/orchestra/events", name: "Events" },
  { to: "/orchestra/state", name: "Shared state" },
];

export function OrchestraTabs() {
  return <Tabs label="Orchestra" places={PLACES} />;
}
