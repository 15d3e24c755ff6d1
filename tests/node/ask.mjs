// node ask.mjs SOURCE,SOURCE… FILE.rq…: what Comunica answers to each query, one JSON line of CSV text a file.
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql";

const [sources, ...files] = process.argv.slice(2);
const engine = new QueryEngine();
for (const file of files) {
  const result = await engine.query(readFileSync(file, "utf8"), { sources: sources.split(",").map((s) => (s.startsWith("sparql@") ? { type: "sparql", value: s.slice(7) } : s)) });
  const { data } = await engine.resultToString(result, "text/csv");
  let text = "";
  for await (const part of data) text += part;
  console.log(JSON.stringify(text));
}
