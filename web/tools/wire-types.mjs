// `npm run types`: the wire's types from the OpenAPI documents that the Python side generates and keeps in the repository.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const documents = fileURLToPath(new URL("../../docs/reference/openapi/", import.meta.url));
const generated = fileURLToPath(new URL("../src/wire/generated/", import.meta.url));

mkdirSync(generated, { recursive: true });
for (const name of readdirSync(documents)
  .filter((file) => file.endsWith(".json"))
  .sort()) {
  const types = await openapiTS(pathToFileURL(join(documents, name)), { alphabetize: true });
  const head = `// Generated from docs/reference/openapi/${name} by \`npm run types\`; do not edit.\n`;
  writeFileSync(join(generated, `${basename(name, ".json")}.ts`), head + astToString(types));
}
