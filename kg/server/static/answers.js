"use strict";
// An answer as a table, a graph, a map, a timeline, a chart; each takes the answer and gives an element, or nothing.
window.answers = (() => {
  const XSD = "http://www.w3.org/2001/XMLSchema#";
  const NUMBER = new Set(["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"].map((n) => XSD + n));
  const DATE = /^-?\d{4}(-\d\d(-\d\d)?)?/;
  const SVG = "http://www.w3.org/2000/svg";
  const PAGE = 200, MOST_NODES = 160, MOST_BARS = 40;

  function make(name, given = {}, ...children) {
    const svg = ["svg", "g", "path", "circle", "line", "text", "rect", "title"].includes(name) || given.inSvg;
    const element = svg ? document.createElementNS(SVG, name) : document.createElement(name);
    for (const [key, value] of Object.entries(given)) if (key !== "inSvg" && value !== undefined && value !== false) element.setAttribute(key, value);
    element.append(...children.filter((c) => c !== undefined && c !== null));
    return element;
  }
  const isNode = (cell) => cell && (cell.type === "uri" || cell.type === "bnode");
  const isNumber = (cell) => cell && cell.type === "literal" && NUMBER.has(cell.datatype);
  const isDate = (cell) => cell && cell.type === "literal" && !NUMBER.has(cell.datatype) && DATE.test(cell.value) && cell.value.length < 30;

  // What a cell is called: its label, a term's own name, a short IRI, or its words.
  function called(cell, known) {
    if (!cell) return "";
    if (cell.type !== "uri") return cell.value;
    return known.labels.get(cell.value) || short(cell.value, known);
  }
  function short(iri, known) {
    for (const [prefix, begin] of Object.entries(known.prefixes)) {
      const name = iri.slice(begin.length);
      if (iri.startsWith(begin) && name && !name.includes("/")) return prefix === "kg" ? name : `${prefix}:${name}`;
    }
    return iri;
  }
  // Whatever the store holds opens in the graph; a term of a vocabulary is only named.
  function link(cell, known, inSvg = false) {
    const name = called(cell, known);
    if (cell.type !== "uri" || !known.things.has(cell.value)) return inSvg ? make("g", {}) : make("span", { title: cell.type === "uri" ? cell.value : undefined }, name);
    const to = `graph?about=${encodeURIComponent(cell.value)}`;
    return inSvg ? make("a", { inSvg, href: to, "aria-label": name }) : make("a", { href: to, title: cell.value }, name);
  }
  const line = (row, vars, known) => vars.filter((v) => row[v]).map((v) => called(row[v], known)).filter((t, i, all) => t && all.indexOf(t) === i).join(" · ");

  function table(answer, known) {
    const body = make("tbody"), numeric = new Set(answer.vars.filter((v) => answer.rows.some((r) => isNumber(r[v]))));
    let rows = answer.rows, shown = 0, sorted = null;
    const more = make("button", { type: "button" });
    function grow() {
      for (const row of rows.slice(shown, shown + PAGE)) {
        body.append(make("tr", {}, ...answer.vars.map((v) => {
          const cell = row[v], td = make("td", numeric.has(v) ? { class: "number" } : {});
          if (!cell) return td;
          td.append(isNode(cell) ? link(cell, known) : cell.value);
          if (cell.type === "uri") td.append(make("code", { class: "iri" }, cell.value));
          return td;
        })));
      }
      shown = Math.min(rows.length, shown + PAGE);
      more.textContent = `Show ${Math.min(PAGE, rows.length - shown)} more of ${rows.length - shown}`;
      more.hidden = shown >= rows.length;
    }
    function value(cell) { return isNumber(cell) ? Number(cell.value) : called(cell, known).toLowerCase(); }
    const heads = answer.vars.map((v) => {
      const button = make("button", { type: "button" }, v), head = make("th", { scope: "col" }, button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        sorted?.removeAttribute("aria-sort");
        sorted = head;
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        rows = [...answer.rows].sort((a, b) => {
          const x = value(a[v]), y = value(b[v]);
          return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
        });
        shown = 0;
        body.replaceChildren();
        grow();
      });
      return head;
    });
    more.addEventListener("click", grow);
    grow();
    return make("div", {}, make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Rows" }, make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body)), more);
  }

  // Which columns are the two ends, and which the word between them.
  function ends(answer, known) {
    if (answer.triples) return ["subject", "object", "predicate"];
    const nodes = answer.vars.filter((v) => answer.rows.some((r) => r[v]?.type === "uri" && known.things.has(r[v].value) && !known.events.has(r[v].value)));
    const rows = (a, b) => answer.rows.filter((r) => isNode(r[a]) && isNode(r[b]) && r[a].value !== r[b].value).length;
    let best = null, most = 0;
    nodes.forEach((a, i) => nodes.slice(i + 1).forEach((b) => { if (rows(a, b) > most) { best = [a, b]; most = rows(a, b); } }));
    return best && [...best, ["predicate", "kind", "relation"].find((v) => answer.vars.includes(v))];
  }
  function graph(answer, known) {
    const chosen = ends(answer, known);
    if (!chosen) return null;
    const [from, to, by] = chosen, nodes = new Map(), edges = new Map();
    let left = 0;
    for (const row of answer.rows) {
      const a = row[from], b = row[to];
      if (!a || !b || !isNode(a) || (answer.triples && !isNode(b) && b.value.length > 80)) continue;
      const fresh = [a, b].filter((c) => !nodes.has(c.value));
      if (nodes.size + fresh.length > MOST_NODES) { left += 1; continue; }
      fresh.forEach((c) => nodes.set(c.value, { cell: c, x: 0, y: 0, degree: 0 }));
      const word = by && row[by] ? called(row[by], known) : "", key = JSON.stringify([a.value, b.value]);
      if (!edges.has(key)) { edges.set(key, { a: nodes.get(a.value), b: nodes.get(b.value), words: new Set() }); nodes.get(a.value).degree += 1; nodes.get(b.value).degree += 1; }
      if (word) edges.get(key).words.add(word);
    }
    if (!edges.size) return null;
    const all = [...nodes.values()], lines = [...edges.values()], size = 60 + 60 * Math.sqrt(all.length);
    all.forEach((n, i) => { const turn = i * 2.399963; n.x = size * .6 * Math.sqrt((i + .5) / all.length) * Math.cos(turn); n.y = size * .6 * Math.sqrt((i + .5) / all.length) * Math.sin(turn); });
    for (let step = 0; step < 220; step++) {
      const heat = 12 * (1 - step / 220) + .2;
      all.forEach((n) => { n.dx = -n.x * .012; n.dy = -n.y * .02; });
      for (let i = 0; i < all.length; i++) for (let j = i + 1; j < all.length; j++) {
        const p = all[i], q = all[j], x = p.x - q.x || .01, y = (p.y - q.y) * 1.6 || .01, push = 5200 / (x * x + y * y + 60);
        p.dx += x * push / 60; p.dy += y * push / 60; q.dx -= x * push / 60; q.dy -= y * push / 60;
      }
      for (const { a, b } of lines) { const x = b.x - a.x, y = b.y - a.y, far = Math.hypot(x, y) || 1, pull = (far - 110) * .02; a.dx += x / far * pull * 3; a.dy += y / far * pull * 3; b.dx -= x / far * pull * 3; b.dy -= y / far * pull * 3; }
      all.forEach((n) => { const far = Math.hypot(n.dx, n.dy) || 1; n.x += n.dx / far * Math.min(heat, far); n.y += n.dy / far * Math.min(heat, far); });
    }
    const xs = all.map((n) => n.x), ys = all.map((n) => n.y), wide = Math.max(760, Math.max(...xs) - Math.min(...xs) + 200), high = Math.max(380, Math.max(...ys) - Math.min(...ys) + 80);
    const box = [(Math.max(...xs) + Math.min(...xs) - wide) / 2, (Math.max(...ys) + Math.min(...ys) - high) / 2, wide, high];
    const svg = make("svg", { viewBox: box.map((n) => n.toFixed(0)).join(" "), class: "drawing", role: "group", "aria-label": `${all.length} things and ${lines.length} ties between them` });
    for (const { a, b, words } of lines) {
      svg.append(make("line", { x1: a.x.toFixed(1), y1: a.y.toFixed(1), x2: b.x.toFixed(1), y2: b.y.toFixed(1), class: "tie" }));
      if (words.size && lines.length <= 80) svg.append(make("text", { x: ((a.x + b.x) / 2).toFixed(1), y: ((a.y + b.y) / 2).toFixed(1), class: "word" }, [...words].slice(0, 3).join(", ")));
    }
    for (const n of all) {
      const held = link(n.cell, known, true), name = called(n.cell, known);
      held.append(make("circle", { cx: n.x.toFixed(1), cy: n.y.toFixed(1), r: 4 + Math.min(6, Math.sqrt(n.degree) * 2) }));
      held.append(make("text", { x: n.x.toFixed(1), y: (n.y + 18).toFixed(1) }, name.length > 34 ? `${name.slice(0, 32)} …` : name), make("title", {}, name));
      svg.append(held);
    }
    return make("div", {}, svg, left ? make("p", {}, `${left} rows more are in the table.`) : null);
  }

  function map(answer, known) {
    const cells = new Map();
    for (const row of answer.rows) for (const v of answer.vars) if (row[v]?.type === "uri" && known.places.has(row[v].value)) cells.set(row[v].value, row[v]);
    if (!cells.size) return null;
    const points = [...cells.values()].map((cell) => ({ cell, at: known.places.get(cell.value) }));
    const lats = points.map((p) => p.at[0]), lons = points.map((p) => p.at[1]), mid = [(Math.max(...lats) + Math.min(...lats)) / 2, (Math.max(...lons) + Math.min(...lons)) / 2];
    const squeeze = Math.max(.2, Math.cos(mid[0] * Math.PI / 180)), w = 900, h = 460;
    const high = Math.min(190, Math.max((Math.max(...lats) - Math.min(...lats)) * 1.4, (Math.max(...lons) - Math.min(...lons)) * 1.3 * squeeze * h / w, 6)), deg = h / high;
    const X = (lon) => w / 2 + (lon - mid[1]) * deg * squeeze, Y = (lat) => h / 2 - (lat - mid[0]) * deg;
    const svg = make("svg", { viewBox: `0 0 ${w} ${h}`, class: "drawing", role: "group", "aria-label": `${points.length} places` });
    const coast = make("path", { class: "coast" });
    svg.append(coast);
    known.outline().then((arcs) => coast.setAttribute("d", arcs.map((arc) => {
      let lon = arc[0] / 10, lat = arc[1] / 10, part = `M${X(lon).toFixed(1)} ${Y(lat).toFixed(1)}`;
      for (let i = 2; i < arc.length; i += 2) { lon += arc[i] / 10; lat += arc[i + 1] / 10; part += `${Math.abs(arc[i]) > 1800 ? "M" : "L"}${X(lon).toFixed(1)} ${Y(lat).toFixed(1)}`; }
      return part;
    }).join("")));
    const taken = [];
    for (const { cell, at } of points) {
      const held = link(cell, known, true), name = called(cell, known), x = X(at[1]), y = Y(at[0]);
      held.append(make("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 5 }), make("title", {}, name));
      if (!taken.some(([p, q]) => Math.abs(p - x) < 90 && Math.abs(q - y) < 16)) { held.append(make("text", { x: x.toFixed(1), y: (y + 18).toFixed(1) }, name)); taken.push([x, y]); }
      svg.append(held);
    }
    const lost = new Set(answer.rows.flatMap((r) => answer.vars.map((v) => r[v]).filter((c) => c?.type === "uri" && known.lands.has(c.value) && !known.places.has(c.value)).map((c) => c.value))).size;
    return make("div", {}, svg, lost ? make("p", {}, `${lost} places have no known coordinates.`) : null);
  }

  const dated = (answer) => answer.vars.find((v) => answer.rows.some((r) => isDate(r[v])));
  function time(value) {
    const [, sign, year, month, day] = /^(-?)(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(value);
    return (sign ? -1 : 1) * (Number(year) + ((month || 1) - 1) / 12 + ((day || 1) - 1) / 372);
  }
  function timeline(answer, known) {
    const by = dated(answer);
    if (!by) return null;
    const rows = answer.rows.filter((r) => isDate(r[by])).sort((a, b) => (a[by].value < b[by].value ? -1 : 1)), others = answer.vars.filter((v) => v !== by);
    const first = time(rows[0][by].value), span = Math.max(1 / 365, time(rows.at(-1)[by].value) - first), w = 900;
    const svg = make("svg", { viewBox: `0 0 ${w} 46`, class: "drawing strip", role: "img", "aria-label": `From ${rows[0][by].value} to ${rows.at(-1)[by].value}` });
    svg.append(make("line", { x1: 20, y1: 20, x2: w - 20, y2: 20, class: "tie" }));
    for (const row of rows) svg.append(make("circle", { cx: (20 + (w - 40) * (time(row[by].value) - first) / span).toFixed(1), cy: 20, r: 4 }));
    svg.append(make("text", { x: 20, y: 42, class: "begin" }, rows[0][by].value), make("text", { x: w - 20, y: 42, class: "end" }, rows.at(-1)[by].value));
    const list = make("ol", { class: "times" });
    for (const row of rows.slice(0, 500)) list.append(make("li", {}, make("time", {}, row[by].value), " ", ...others.filter((v) => row[v]).flatMap((v, i) => [i ? " · " : "", isNode(row[v]) ? link(row[v], known) : row[v].value])));
    const lost = answer.rows.length - rows.length;
    return make("div", {}, svg, list, lost ? make("p", {}, `${lost} rows have no date.`) : null);
  }

  function chart(answer, known) {
    const by = answer.vars.find((v) => answer.rows.some((r) => isNumber(r[v]))), names = answer.vars.filter((v) => v !== by && !answer.rows.some((r) => isNumber(r[v])));
    if (!by || !names.length) return null;
    const rows = answer.rows.filter((r) => isNumber(r[by])).map((r) => ({ row: r, n: Number(r[by].value) })).sort((a, b) => b.n - a.n).slice(0, MOST_BARS);
    const most = Math.max(...rows.map((r) => Math.abs(r.n)), 1e-9), body = make("tbody");
    for (const { row, n } of rows) body.append(make("tr", {}, make("th", { scope: "row" }, line(row, names, known)), make("td", {}, make("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, make("rect", { width: (100 * Math.abs(n) / most).toFixed(2), height: 10 }))), make("td", { class: "number" }, row[by].value)));
    return make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Bars" }, make("table", { class: "bars" }, make("caption", {}, `${by}, the largest first`), body));
  }

  // Triples as N-Triples gives them.
  function triples(text) {
    const term = String.raw`<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?`, shape = new RegExp(String.raw`^(?:${term})\s+(?:${term})\s+(?:${term})\s*\.\s*$`);
    const plain = (s) => s.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, u, U, c) => (c ? { n: "\n", r: "\r", t: "\t" }[c] ?? c : String.fromCodePoint(parseInt(u || U, 16))));
    const rows = [];
    for (const text_ of text.split("\n")) {
      const found = shape.exec(text_);
      if (!found) continue;
      const cell = (i) => (found[i] !== undefined ? { type: "uri", value: plain(found[i]) } : found[i + 1] !== undefined ? { type: "bnode", value: found[i + 1] } : { type: "literal", value: plain(found[i + 2]), datatype: found[i + 4] });
      rows.push({ subject: cell(1), predicate: cell(6), object: cell(11) });
    }
    return { vars: ["subject", "predicate", "object"], rows, triples: true };
  }
  return { make, triples, views: { Table: table, Graph: graph, Map: map, Timeline: timeline, Chart: chart } };
})();
