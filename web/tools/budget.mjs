// The first page's budget: the entry, what it imports, and the first route, each as gzip sends it.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 150_000;
const FIRST_ROUTE = "src/app/now.tsx";

const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const files = new Set(["index.html", "theme.js"]);
collect("index.html");
collect(FIRST_ROUTE);

function collect(name) {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`the build has no ${name}`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const sheet of chunk.css ?? []) files.add(sheet);
  for (const imported of chunk.imports ?? []) collect(imported);
}

const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(`dist/${file}`)).length, 0);
const line = `first page: ${bytes} of ${BUDGET_BYTES} bytes (gzip, ${files.size} files)`;
if (bytes > BUDGET_BYTES) {
  process.stderr.write(`${line}: over its budget; load what the first page does not need with its route\n`);
  process.exit(1);
}
process.stdout.write(`${line}\n`);
