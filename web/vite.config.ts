import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const FRONT_DOOR = process.env.HARMONY_URL ?? "http://127.0.0.1:9001";
const FORWARDED = ["/api/v1/harmony", "/v1", "/rpc", "/conductor", "/auth"];

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    // The first browsers with `light-dark()`, on which the tokens stand.
    target: ["chrome123", "firefox128", "safari17.5"],
    manifest: true,
    sourcemap: false,
    assetsInlineLimit: 0,
  },
  server: {
    host: "127.0.0.1",
    // The front door checks Host and Origin, so the development server speaks to it under the front door's own name.
    proxy: Object.fromEntries(
      FORWARDED.map((path) => [path, { target: FRONT_DOOR, changeOrigin: true, headers: { Origin: FRONT_DOOR } }]),
    ),
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
