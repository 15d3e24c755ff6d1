"use strict";
(() => {
  const $ = (id) => document.getElementById(id), { make, triples, views } = window.answers;
  const known = { ...JSON.parse($("known").textContent), labels: new Map(), things: new Set(), events: new Set(), places: new Map(), lands: new Set() };
  const Yasqe = (window.Yasgui.default || window.Yasgui).Yasqe, KG = known.prefixes.kg;
  const FORMS = { table: ["csv", "tsv", "json"], own: ["csv", "tsv", "json", "xml"], graph: ["turtle", "nt", "jsonld", "rdf"] };
  let outline, asked = 0, chosen = "Table", last = null, answer = null;
  known.outline = () => (outline ??= fetch("static/outline.json").then((r) => r.json()));

  // ---------------------------------------------------------------- what is completed, all from the store itself
  const used = fetch("terms").then((r) => (r.ok ? r.json() : { classes: [], properties: [] }));
  const iris = (kind) => async () => (await used)[kind].map(([iri]) => iri);
  const find = (text) => fetch(`graph/find?text=${encodeURIComponent(text)}`).then((r) => (r.ok ? r.json() : []));
  const ours = { bulk: true, autoShow: true, persistenceId: null };
  Yasqe.forkAutocompleter("class", { ...ours, name: "classes", get: iris("classes") });
  Yasqe.forkAutocompleter("property", { ...ours, name: "properties", get: iris("properties") });
  const declares = (yasqe) => yasqe.getPreviousNonWsToken(yasqe.getDoc().getCursor().line, yasqe.getCompleteToken())?.string.toUpperCase() === "PREFIX";
  Yasqe.forkAutocompleter("prefixes", { ...ours, name: "ours", isValidCompletionPosition: declares, get: () => Object.entries(known.prefixes).map(([p, iri]) => `${p}: <${iri}>`) });
  const WORD = /^"?\p{L}[\p{L}\p{N} .'’-]+"?$/u, found = new Map();
  Yasqe.registerAutocompleter({
    name: "names", bulk: false, autoShow: false, persistenceId: null,
    isValidCompletionPosition: (yasqe) => WORD.test(yasqe.getCompleteToken().string) && !declares(yasqe),
    get: async (_, token) => (await find(token.string.replaceAll('"', ""))).map(([iri, label, type]) => {
      const shown = type ? `${label} (${type})` : label;
      found.set(shown, iri);
      return shown;
    }),
    postprocessHints: (_, hints) => hints.map((h) => ({ ...h, displayText: h.text, text: `<${found.get(h.text)}>` })),
  });
  Yasqe.defaults.prefixCcApi = "";
  const editor = new Yasqe($("editor"), {
    value: "", persistenceId: null, createShareableLink: null, showQueryButton: false, resizeable: false, autofocus: false, consumeShareLink: null,
    autocompleters: ["classes", "properties", "ours", "names", "variables"], viewportMargin: Infinity, lineWrapping: true,
    extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": () => $("ask").requestSubmit(), "Cmd-Enter": () => $("ask").requestSubmit(), "Ctrl-Space": (cm) => cm.autocomplete(), "Ctrl-/": (cm) => cm.commentLines() },
  });
  editor.getInputField().setAttribute("aria-label", "SPARQL; Ctrl and Space complete, Ctrl and Enter ask");

  // ---------------------------------------------------------------- the question and its fields
  const question = () => known.questions.find((q) => q.name === $("questions").value);
  const isShipped = () => question() && editor.getValue().trim() === question().text.trim();
  const options = { type: iris("classes"), predicate: iris("properties"), status: async () => known.statuses };
  function field(p) {
    const id = `field-${p.name}`, list = make("datalist", { id: `${id}-list` });
    const input = make("input", { id, name: p.name, list: list.id, autocomplete: "off", type: p.kind === "number" ? "number" : "text" });
    if (p.needed) input.required = true;
    if (p.kind === "date") { input.pattern = "-?\\d{4}(-\\d{2}(-\\d{2})?)?"; input.placeholder = "YYYY-MM-DD"; input.title = "a year, month or day: 2026, 2026-04 or 2026-04-01"; }
    const fill = (values) => list.replaceChildren(...values.map(([value, label]) => make("option", { value, label: label || undefined })));
    if (options[p.kind]) options[p.kind]().then((all) => fill(all.filter((n) => !n.includes("/") || n.startsWith(KG)).map((n) => [n.replace(KG, "")])));
    if (["entity", "document", "text"].includes(p.kind)) {
      let waits;
      input.addEventListener("input", () => {
        clearTimeout(waits);
        const text = input.value;
        waits = setTimeout(async () => { if (text.length > 1) fill((await find(text)).map(([, label, type]) => [label, type])); }, 150);
      });
    }
    return make("p", {}, make("label", { for: id }, `${p.name}${p.needed ? " (needed)" : ""}`), input, list, make("small", {}, p.help));
  }
  function choose(name, given = {}) {
    $("questions").value = name;
    const q = question();
    $("about").textContent = q ? q.about : "";
    $("fields").replaceChildren(...(q ? q.parameters.map(field) : []));
    for (const [key, value] of Object.entries(given)) if ($(`field-${key}`)) $(`field-${key}`).value = value;
    if (q) editor.setValue(q.text);
    fault("");
  }
  const given = () => Object.fromEntries([...$("fields").querySelectorAll("input")].filter((i) => i.value).map((i) => [i.name, i.value]));

  // ---------------------------------------------------------------- a fault is shown where it is
  let marked = null;
  function fault(text) {
    $("fault").textContent = text;
    if (marked !== null) editor.removeLineClass(marked, "background", "wrong");
    marked = null;
    $("fields").querySelectorAll("[aria-invalid]").forEach((i) => i.removeAttribute("aria-invalid"));
    if (!text) return;
    const at = /\bat (\d+):(\d+)/.exec(text);
    if (at) {
      marked = Math.min(editor.lineCount(), Number(at[1])) - 1;
      editor.addLineClass(marked, "background", "wrong");
      editor.setCursor({ line: marked, ch: Math.max(0, Number(at[2]) - 1) });
      editor.focus();
      return;
    }
    const wrong = [...$("fields").querySelectorAll("input")].find((i) => i.value && (text.includes(i.value) || text.startsWith(`${i.name}:`)));
    if (wrong) { wrong.setAttribute("aria-invalid", "true"); wrong.setAttribute("aria-describedby", "fault"); wrong.focus(); }
  }

  // ---------------------------------------------------------------- asking
  function sparql(query, accept = "application/sparql-results+json") {
    return fetch("sparql", { method: "POST", headers: { Accept: accept, "Content-Type": "application/sparql-query" }, body: query });
  }
  // Labels, classes and coordinates of what an answer names.
  async function learn(rows) {
    const all = [...new Set(rows.flatMap((row) => Object.values(row)).filter((c) => c.type === "uri").map((c) => c.value))].filter((iri) => !known.labels.has(iri) && !known.things.has(iri) && !iri.startsWith(KG) && !/[<>"{}|^`\\\s]/.test(iri));
    const told = ["skos:prefLabel", "schema:headline", "rdfs:label"].map((c) => known.prefixes[c.split(":")[0]] + c.split(":")[1]), geo = "http://www.w3.org/2003/01/geo/wgs84_pos#", status = `${KG}status`;
    for (let i = 0; i < Math.min(all.length, 3000); i += 300) {
      const values = all.slice(i, i + 300).map((iri) => `<${iri}>`).join(" ");
      const said = await sparql(`SELECT ?x ?p ?o WHERE { VALUES ?x { ${values} } ?x ?p ?o FILTER (?p IN (rdf:type, ${[...told, `${geo}lat`, `${geo}long`, status].map((p) => `<${p}>`).join(", ")})) }`);
      if (!said.ok) return;
      const at = new Map(), rank = new Map();
      for (const { x, p, o } of (await said.json()).results.bindings) {
        known.things.add(x.value);
        const n = told.indexOf(p.value);
        if (p.value === status) known.events.add(x.value);
        else if (p.value.startsWith(geo)) at.set(x.value, { ...at.get(x.value), [p.value.slice(geo.length)]: Number(o.value) });
        else if (n < 0) { if (x.value.startsWith(`${known.base}place/`)) known.lands.add(x.value); }
        else if (!rank.has(x.value) || n < rank.get(x.value) || (n === rank.get(x.value) && o.value.length > known.labels.get(x.value).length)) { rank.set(x.value, n); known.labels.set(x.value, o.value); }
      }
      for (const [iri, { lat, long }] of at) if (isFinite(lat) && isFinite(long)) known.places.set(iri, [lat, long]);
    }
  }
  async function run() {
    const mine = ++asked, shipped = isShipped(), query = editor.getValue();
    fault("");
    $("told").textContent = "Asking …";
    const address = shipped ? `ask?${new URLSearchParams({ question: question().name, ...given() })}` : `sparql?${new URLSearchParams({ query })}`;
    let said, text;
    try {
      said = shipped ? await fetch(address, { headers: { Accept: "application/sparql-results+json" } }) : await sparql(query, "application/sparql-results+json, application/n-triples;q=0.9");
      text = await said.text();
    } catch {
      said = { ok: false };
      text = "The server does not answer.";
    }
    if (mine !== asked) return;
    $("answer").hidden = !said.ok;
    $("told").textContent = "";
    if (!said.ok) return fault(text.trim());
    history.replaceState(null, "", `#${new URLSearchParams(shipped ? { question: question().name, ...given() } : { query })}`);
    const note = decodeURIComponent(said.headers.get("Kg-Note") || "");
    if (said.headers.get("Content-Type").includes("json")) {
      const told = JSON.parse(text);
      answer = "boolean" in told ? { vars: ["answer"], rows: [{ answer: { type: "literal", value: told.boolean ? "yes" : "no" } }] } : { vars: told.head.vars, rows: told.results.bindings };
    } else answer = triples(text);
    answer.vars = answer.vars.filter((v) => !answer.rows.length || answer.rows.some((r) => r[v]));
    answer.forms = answer.triples ? FORMS.graph : shipped ? FORMS.table : FORMS.own;
    answer.address = address;
    answer.name = shipped ? question().name : "answer";
    await learn(answer.rows);
    if (mine !== asked) return;
    const n = answer.rows.length, cut = said.headers.get("Link") ? "; there are more" : "";
    $("told").textContent = `${n} ${answer.triples ? (n === 1 ? "triple" : "triples") : n === 1 ? "row" : "rows"}${cut}${note ? ` (${note})` : ""}`;
    show();
  }

  // ---------------------------------------------------------------- the tabs
  const all = {
    ...views,
    Download: (found) => make("ul", {}, ...found.forms.map((form) => make("li", {}, make("a", { href: `${found.address}&format=${form}`, download: `${found.name}.${form === "turtle" ? "ttl" : form}` }, form.toUpperCase())))),
  };
  function show() {
    const panels = new Map();
    for (const [name, view] of Object.entries(all)) {
      const panel = view(answer, known);
      if (panel) panels.set(name, panel);
    }
    if (!panels.has(chosen)) chosen = "Table";
    last = panels;
    $("tabs").replaceChildren(...[...panels.keys()].map((name) => make("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "panel" }, name)));
    open(chosen);
  }
  function open(name, focus = false) {
    chosen = name;
    for (const tab of $("tabs").children) {
      const is = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", is);
      tab.tabIndex = is ? 0 : -1;
      if (is && focus) tab.focus();
    }
    $("panel").setAttribute("aria-labelledby", `tab-${name}`);
    $("panel").replaceChildren(last.get(name));
  }
  $("tabs").addEventListener("click", (e) => e.target.id.startsWith("tab-") && open(e.target.id.slice(4)));
  $("tabs").addEventListener("keydown", (e) => {
    const names = [...last.keys()], to = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (to) open(names[(names.indexOf(chosen) + to + names.length) % names.length], true);
  });
  $("iris").addEventListener("change", () => $("answer").classList.toggle("with-iris", $("iris").checked));
  $("questions").addEventListener("change", () => {
    choose($("questions").value);
    if (question() && !question().parameters.some((p) => p.needed)) run();
  });
  $("ask").addEventListener("submit", (e) => { e.preventDefault(); run(); });

  const { question: wanted, query, ...values } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  choose(known.questions.some((q) => q.name === wanted) ? wanted : query ? "" : "events", values);
  if (query) editor.setValue(query);
  if (wanted || query) run();
  window.kgEditor = editor;
  window.kgReady = true;
})();
