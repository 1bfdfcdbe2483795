// Formats CSL-JSON with citeproc-js, so that a test can compare our own references with it.
//
//   node citeproc_oracle.mjs --style FILE.csl --locale FILE.xml [--modules node_modules] < records.json
//
// Reads a list of records on standard input and writes {"id": "its reference as plain text", ...}.
// Every record gets an engine of its own: in one shared bibliography a record can change how another is printed
// (names told apart, for one), and our formatter looks at one record at a time.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const { values: given } = parseArgs({
  options: {
    style: { type: "string" },
    locale: { type: "string" },
    modules: { type: "string", default: join(repository, "node_modules") },
  },
});
const citeproc = createRequire(import.meta.url)(join(resolve(given.modules), "citeproc"));
const style = readFileSync(given.style, "utf8");
const locale = readFileSync(given.locale, "utf8");

/** The reference without its number, which is always 1 in a list of one. */
function reference(record) {
  const system = { retrieveLocale: () => locale, retrieveItem: () => record };
  const engine = new citeproc.Engine(system, style, "en-US");
  engine.setOutputFormat("text");
  engine.updateItems([record.id]);
  const [, entries] = engine.makeBibliography();
  return entries.join("").trim().replace(/^1\.\s*/, "");
}

const records = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(Object.fromEntries(records.map((record) => [record.id, reference(record)]))));
