import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

/** Says so when this device is offline; what was loaded stays readable. */
export function Connection() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center gap-2 border-b bg-attention-soft px-4 py-2 text-small text-attention md:px-8">
          <WifiOff aria-hidden size={14} />
          This device is offline. You see what was last heard; it goes on by itself.
        </p>
      )}
    </div>
  );
}
