import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ME } from "@/commons/identity/queries";
import { Problem } from "@/wire/problem";

const FRESH_MS = 5_000;
const TRIALS = 2;

/** What was seen stays shown while it is asked for again; a session that ended anywhere ends everywhere. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      const ended = error instanceof Problem && error.status === 401;
      if (ended && query.queryKey[0] !== ME[0]) void queryClient.invalidateQueries({ queryKey: ME });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // A page that cannot reach its server still asks: the server may be on this very machine.
      networkMode: "always",
      retry: (failures, error) => failures < TRIALS && error instanceof Problem && error.passing,
    },
    mutations: { networkMode: "always" },
  },
});
