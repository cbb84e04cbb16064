import { Tabs } from "@/kit/tabs";

const PLACES = [
  { to: "/problems", name: "Reports and requests", end: true },
  { to: "/problems/alarms", name: "Alarms" },
];

export function ProblemTabs() {
  return <Tabs label="Problems" places={PLACES} />;
}
