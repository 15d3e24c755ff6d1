// node count.mjs FILE…: how many triples or quads N3.js reads from each, one number a line.
import { readFileSync } from "node:fs";
import N3 from "n3";

for (const file of process.argv.slice(2)) console.log(new N3.Parser({ format: { ttl: "text/turtle", nt: "application/n-triples", trig: "application/trig",
  nq: "application/n-quads" }[file.split(".").pop()] }).parse(readFileSync(file, "utf8")).length);
