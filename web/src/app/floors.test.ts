import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, it } from "vitest";

/** What each folder may import, beside itself: the floors of the house, drawn in the page. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  wire: [],
  kit: ["wire"],
  commons: ["kit", "wire", "app"],
  coordination: ["commons", "kit", "wire"],
  assist: ["commons", "kit", "wire"],
  settlement: ["commons", "kit", "wire"],
  app: ["commons", "coordination", "assist", "settlement", "kit", "wire"],
};

const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));

describe("an import", () => {
  it.each(Object.keys(MAY_IMPORT))("of %s follows the floors", (folder) => {
    const turned = sources
      .filter((file) => file.split(sep)[0] === folder)
      .flatMap((file) => {
        const text = readFileSync(join("src", file), "utf8");
        const targets = [...text.matchAll(/(?:from|import)\s*\(?"@\/([a-z]+)\//g)].map((match) => match[1] ?? "");
        return targets
          .filter((target) => target !== folder && !MAY_IMPORT[folder]?.includes(target))
          .map((to) => `${file} -> ${to}`);
      });
    expect(turned).toEqual([]);
  });
});
