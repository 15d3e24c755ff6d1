// Proves an evidence pack: node verify.js PACK [SEAL]. PACK is the folder or the zip; needs Node.js 14 or later and nothing else.
//
// Checks that no file has changed since the pack was made (manifest.txt; SEAL, its SHA-256, is what the maker of the pack told
// you), and that every quote stands in its article at the offsets given. Offsets count Unicode code points. Exit status: 0 all is
// proven, 1 something is wrong, 2 nothing is wrong but some texts are not in the pack: put each into texts/ under the name in
// articles.json.
"use strict";
const crypto = require("crypto");
const fs = require("fs");
const path = require("path");
const zlib = require("zlib");

const STATUS = ["asserted", "negated", "reported", "planned", "requested", "alleged", "hypothetical", "denied"];
const sha = (data) => crypto.createHash("sha256").update(data).digest("hex");
const words = (data) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
const byCodePoint = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** File name -> bytes of a folder. */
function readFolder(root, inside, found) {
  for (const entry of fs.readdirSync(path.join(root, inside), { withFileTypes: true })) {
    const name = inside ? inside + "/" + entry.name : entry.name;
    if (entry.isDirectory()) readFolder(root, name, found);
    else found.set(name, fs.readFileSync(path.join(root, name)));
  }
  return found;
}

/** File name -> bytes of a zip: its central directory tells where each file begins. */
function readZip(data) {
  const found = new Map();
  const end = data.lastIndexOf(Buffer.from("504b0506", "hex"));
  if (end < 0) throw new Error("it is no zip");
  let at = data.readUInt32LE(end + 16);
  for (let n = data.readUInt16LE(end + 10); n > 0; n--) {
    if (data.readUInt32LE(at) !== 0x02014b50) throw new Error("its directory is broken");
    const [method, size] = [data.readUInt16LE(at + 10), data.readUInt32LE(at + 20)];
    const [named, extra, comment] = [28, 30, 32].map((offset) => data.readUInt16LE(at + offset));
    const name = words(data.subarray(at + 46, at + 46 + named));
    const local = data.readUInt32LE(at + 42);
    const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
    const packed = data.subarray(start, start + size);
    if (found.has(name)) throw new Error(name + " is twice in the zip");
    found.set(name, method === 8 ? zlib.inflateRawSync(packed) : packed);
    at += 46 + named + extra + comment;
  }
  return found;
}

/** The files are those of the manifest, to the last byte; a text that the pack came without may stand beside them. */
function unchanged(files, texts, seal, wrong) {
  const told = files.get("manifest.txt");
  const lines = words(told).split("\n").filter((line) => line);
  const listed = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  for (const name of [...new Set([...listed.keys(), ...files.keys()])].sort(byCodePoint)) {
    if (name === "manifest.txt" || (!listed.has(name) && texts.has(name))) continue;
    if (!files.has(name)) wrong.push(`${name}: is missing`);
    else if (!listed.has(name)) wrong.push(`${name}: is not in the manifest`);
    else if (sha(files.get(name)) !== listed.get(name)) wrong.push(`${name}: has changed`);
  }
  const kept = [...files.keys()].filter((n) => n !== "manifest.txt" && (listed.has(n) || !texts.has(n)));
  const right = kept.sort(byCodePoint).map((name) => `${sha(files.get(name))}  ${name}\n`).join("");
  if (words(told) !== right) wrong.push("manifest.txt: does not list the files of the pack as they are");
  if (seal && seal.toLowerCase() !== sha(told)) wrong.push(`manifest.txt: its seal is ${sha(told)} and not ${seal}`);
}

/** The code points of an article, if its text is here and is the one that was read. */
function textOf(article, files, wrong) {
  const data = files.get(article.file);
  if (data === undefined) return null;
  if (sha(data) !== article.sha256) wrong.push(`${article.file}: is not the text that was read`);
  const text = Array.from(words(data));
  if (![null, text.length].includes(article.characters)) {
    wrong.push(`${article.file}: has ${text.length} characters, not ${article.characters}`);
  }
  return text;
}

/** How many quotes of a claim are proven, and how many cannot be. */
function checkClaim(n, claim, texts, rules, wrong) {
  const where = `claims.jsonl, line ${n}`;
  const sure = claim.confidence;
  let [proven, open] = [0, 0];
  if (!STATUS.includes(claim.status) || !["positive", "negative"].includes(claim.polarity)) {
    wrong.push(`${where}: has no status`);
  }
  if (sure !== null && !(typeof sure === "number" && sure >= 0 && sure <= 1)) {
    wrong.push(`${where}: its confidence is not from 0 to 1`);
  }
  if (!claim.quotes.length && claim.origin === "extracted") wrong.push(`${where}: has no quote`);
  for (const { article, start, end, quote, rule } of claim.quotes) {
    rules.set(rule, (rules.get(rule) || 0) + 1);
    const numbers = [article, start, end].every(Number.isInteger);
    if (!numbers || article < 1 || article > texts.length || start < 0 || start >= end) {
      wrong.push(`${where}: a quote has offsets that cannot be`);
      continue;
    }
    const text = texts[article - 1];
    const there = text && text.slice(start, end).join("");
    if (text === null) open += 1;
    else if (there === quote) proven += 1;
    else wrong.push(`${where}: article ${article} has '${there}' at ${start}, and not '${quote}'`);
  }
  return [proven, open];
}

/** What is wrong, a line that sums up, and how many quotes cannot be proven for want of a text. */
function verify(files, seal) {
  const wrong = [];
  const json = (name) => JSON.parse(words(files.get(name)));
  const [articles, about, counted] = [json("articles.json"), json("about.json"), json("rules.json")];
  unchanged(files, new Set(articles.map((article) => article.file)), seal, wrong);
  const texts = articles.map((article) => textOf(article, files, wrong));
  const lines = words(files.get("claims.jsonl")).split("\n").filter((line) => line);
  const rules = new Map();
  const counts = lines.map((line, n) => checkClaim(n + 1, JSON.parse(line), texts, rules, wrong));
  const [proven, open] = [0, 1].map((side) => counts.reduce((sum, count) => sum + count[side], 0));
  const same = Object.keys(counted).length === rules.size && [...rules].every(([rule, n]) => counted[rule] === n);
  if (!same) wrong.push("rules.json: does not count the quotes by their rules as they are");
  const quotes = [...rules.values()].reduce((sum, n) => sum + n, 0);
  if (about.articles !== articles.length || about.claims !== lines.length || about.quotes !== quotes) {
    wrong.push("about.json: does not count what is in the pack");
  }
  const said = `${articles.length} articles, ${lines.length} claims, ${proven} quotes proven, ${open} without a text to prove them`;
  return [wrong, `${said}; seal ${sha(files.get("manifest.txt"))}`, open];
}

let [wrong, said, open] = [[], "nothing is proven", 0];
const [pack, seal] = process.argv.slice(2);
try {
  const files = fs.statSync(pack).isDirectory() ? readFolder(pack, "", new Map()) : readZip(fs.readFileSync(pack));
  [wrong, said, open] = verify(files, seal);
} catch (problem) {
  wrong = [`cannot be read: ${problem.message}`];
}
for (const line of wrong.slice(0, 50)) console.log("WRONG  " + line);
console.log((wrong.length ? "WRONG  " : "OK     ") + said);
process.exitCode = wrong.length ? 1 : open ? 2 : 0;
