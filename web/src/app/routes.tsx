import { createBrowserRouter } from "react-router";
import { Shell } from "@/app/shell";
import { Stumbled } from "@/app/stumbled";

/** The addresses of the page. Everything behind the shell needs somebody signed in; each page is loaded when asked for. */
export const router = createBrowserRouter([
  {
    path: "/sign-in",
    lazy: async () => ({ Component: (await import("@/commons/identity/sign-in")).default }),
    ErrorBoundary: Stumbled,
    HydrateFallback: () => null,
  },
  {
    path: "/",
    Component: Shell,
    ErrorBoundary: Stumbled,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: Stumbled,
        children: [
          { index: true, lazy: async () => ({ Component: (await import("@/app/now")).default }) },
          { path: "orchestra", lazy: async () => ({ Component: (await import("@/coordination/orchestra")).default }) },
          {
            path: "orchestra/components/:componentId",
            lazy: async () => ({ Component: (await import("@/coordination/heartbeats/why")).default }),
          },
          {
            path: "orchestra/queues",
            lazy: async () => ({ Component: (await import("@/coordination/queue/queues")).default }),
          },
          {
            path: "orchestra/queues/:component/:group",
            lazy: async () => ({ Component: (await import("@/coordination/queue/dead")).default }),
          },
          {
            path: "orchestra/events",
            lazy: async () => ({ Component: (await import("@/coordination/events/events")).default }),
          },
          {
            path: "orchestra/state",
            lazy: async () => ({ Component: (await import("@/coordination/state/keys")).default }),
          },
          { path: "problems", lazy: async () => ({ Component: (await import("@/assist/requests/list")).default }) },
          {
            path: "problems/alarms",
            lazy: async () => ({ Component: (await import("@/assist/problems/alarms")).default }),
          },
          {
            path: "problems/reports/:contextId",
            lazy: async () => ({ Component: (await import("@/assist/problems/report")).default }),
          },
          {
            path: "problems/:requestId",
            lazy: async () => ({ Component: (await import("@/app/story")).default }),
          },
          { path: "balance", lazy: async () => ({ Component: (await import("@/settlement/balances/page")).default }) },
          {
            path: "balance/reserve",
            lazy: async () => ({ Component: (await import("@/settlement/balances/reserve")).default }),
          },
          {
            path: "balance/settlements/:settlementId",
            lazy: async () => ({ Component: (await import("@/settlement/balances/settlement")).default }),
          },
          {
            path: "settings",
            lazy: async () => ({ Component: (await import("@/commons/identity/settings")).default }),
          },
          {
            path: "settings/detection",
            lazy: async () => ({ Component: (await import("@/assist/problems/watching")).default }),
          },
          { path: "*", lazy: async () => ({ Component: (await import("@/app/missing")).default }) },
        ],
      },
    ],
  },
]);
