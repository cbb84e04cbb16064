import { useEffect, useEffectEvent, useState } from "react";
import { follow, type StreamEvent, type StreamState } from "@/wire/stream";

/** Follows a stream while the component is on the page and the path is known; returns how the line is. */
export function useLive(path: string | null, onEvent: (event: StreamEvent) => void): StreamState {
  const [state, setState] = useState<StreamState>("connecting");
  const heard = useEffectEvent(onEvent);
  useEffect(() => {
    if (path !== null) return follow(path, { onEvent: heard, onState: setState });
  }, [path]);
  return state;
}
