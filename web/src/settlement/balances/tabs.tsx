import { useMe } from "@/commons/identity/queries";
import { Tabs } from "@/kit/tabs";

/** The reserve is proven to who may look into rooms; others are not shown a door that is locked. */
export function BalanceTabs() {
  const admin = useMe().data?.roles.includes("admin") ?? false;
  if (!admin) return null;
  const places = [
    { to: "/balance", name: "Yours", end: true },
    { to: "/balance/reserve", name: "Reserve" },
  ];
  return <Tabs label="Balance" places={places} />;
}
