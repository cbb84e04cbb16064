import { describe, expect, it } from "vitest";
import { isOurs, keepDestination, takeDestination } from "@/commons/identity/destination";

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
}

describe("where one wanted to go", () => {
  it("is taken once", () => {
    const storage = memory();
    keepDestination("/problems/r-1?tab=a", storage);
    expect(takeDestination(storage)).toBe("/problems/r-1?tab=a");
    expect(takeDestination(storage)).toBe("/");
  });

  it("is never another place", () => {
    for (const path of ["https://example.org", "//example.org", "/\\example.org", "", "sign", "/sign-in"]) {
      expect(isOurs(path)).toBe(false);
      const storage = memory();
      keepDestination(path, storage);
      expect(takeDestination(storage)).toBe("/");
    }
  });

  it("is the first page when what was kept cannot be read", () => {
    const storage = memory();
    storage.setItem("harmony.destination", "{");
    expect(takeDestination(storage)).toBe("/");
  });
});
