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
          { path: "problems", lazy: async () => ({ Component: (await import("@/assist/requests/list")).default }) },
          {
            path: "problems/reports/:contextId",
            lazy: async () => ({ Component: (await import("@/assist/problems/report")).default }),
          },
          {
            path: "problems/:requestId",
            lazy: async () => ({ Component: (await import("@/app/story")).default }),
          },
          {
            path: "settings",
            lazy: async () => ({ Component: (await import("@/commons/identity/settings")).default }),
          },
          { path: "*", lazy: async () => ({ Component: (await import("@/app/missing")).default }) },
        ],
      },
    ],
  },
]);
