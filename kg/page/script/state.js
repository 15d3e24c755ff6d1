// ---------------------------------------------------------------- what is chosen: one value, kept in the address, each step undone by one

var DEFAULT = { view: raw.options.view, kind: [], type: [], word: [], status: [], source: [], doc: [], origin: [], from: "", to: "", undated: 1,
                conf: 0, unmeasured: 1, focus: "", steps: 1, path: [], hide: [], more: [], top: 0, sel: "", tab: "time", paper: "", story: [], at: 0, often: 0, colour: "class" };
var S = copy(DEFAULT);
var past = [], listeners = [];

function copy(o) { return JSON.parse(JSON.stringify(o)); }

// Set fields of the state, remember the step, tell everybody. Selecting and turning pages are no steps to undo.
function change(fields, quiet) {
  var before = JSON.stringify(S);
  Object.keys(fields).forEach(function (k) { S[k] = fields[k]; });
  var after = JSON.stringify(S);
  if (before === after) return;
  if (!quiet) { past.push(before); if (past.length > 200) past.shift(); }
  remember();
  listeners.forEach(function (f) { f(JSON.parse(before)); });
}

function toggle(list, item) { return list.indexOf(item) < 0 ? list.concat([item]) : list.filter(function (x) { return x !== item; }); }

function undo() {
  if (!past.length) return;
  var before = S;
  S = JSON.parse(past.pop());
  S.tab = before.tab;
  remember();
  listeners.forEach(function (f) { f(before); });
}

function address() {
  var parts = [];
  Object.keys(DEFAULT).forEach(function (k) {
    if (JSON.stringify(S[k]) !== JSON.stringify(DEFAULT[k])) parts.push(k + "=" + [].concat(S[k]).map(encodeURIComponent).join(","));
  });
  return parts.join("&");
}

function remember() {
  var hash = "#" + address();
  try { history.replaceState(null, "", hash); } catch (e) { /* a page without an address of its own, as inside a notebook */ }
}

function recall(hash) {
  var found = copy(DEFAULT);
  hash.replace(/^#/, "").split("&").forEach(function (part) {
    var cut = part.indexOf("="), k = part.slice(0, cut);
    if (cut < 0 || !(k in DEFAULT)) return;
    var list = part.slice(cut + 1).split(",").map(function (x) { try { return decodeURIComponent(x); } catch (e) { return x; } });
    found[k] = Array.isArray(DEFAULT[k]) ? list.filter(Boolean) : typeof DEFAULT[k] === "number" ? Number(list[0]) || 0 : list.join(",");
  });
  if (byView(found.view).name !== found.view) found.view = DEFAULT.view;
  return found;
}

// ---------------------------------------------------------------- what follows from it: the claims, edges and things that are shown

var shown = { claims: [], edges: [], things: [], isThing: [], isClaim: [], path: null };

function passes(c) {
  if (S.status.indexOf(c.status) >= 0 || S.origin.indexOf(c.origin) >= 0 || S.word.indexOf(c.word.name) >= 0) return false;
  if (c.confidence === null ? !S.unmeasured : c.confidence < S.conf) return false;
  if (S.source.length && S.source.indexOf(c.by ? c.by.key : "") >= 0) return false;
  if (S.often > 1 && often(c.subject) < S.often && (!c.object || often(c.object) < S.often)) return false;
  if (S.doc.length && c.evidence.length && c.evidence.every(function (e) { return S.doc.indexOf(tail(docs[e.doc].iri)) >= 0; })) return false;
  return true;
}

// In how many articles something is named.
function often(t) {
  if (t.often === undefined) {
    var seen = {};
    t.evidence.forEach(function (e) { seen[e.doc] = true; });
    t.claims.forEach(function (c) { c.evidence.forEach(function (e) { seen[e.doc] = true; }); });
    t.often = Object.keys(seen).length;
  }
  return t.often;
}

// What was folded away, and is asked for: the ends of the spare edges around something.
function unfolded(e) { return S.more.indexOf(e.from.key) >= 0 || S.more.indexOf(e.to.key) >= 0; }
function askedFor(view) {
  var asked = {};
  if (S.more.length) view.spare.forEach(function (e) { if (unfolded(e)) asked[e.from.id] = asked[e.to.id] = true; });
  return asked;
}
// How many edges around a thing are folded away.
function folded(t) { return byView(S.view).spare.filter(function (e) { return (e.from === t || e.to === t) && !unfolded(e); }).length; }

function inTime(t) {
  if (t.kind !== "Event") return true;
  if (!t.time || !t.time.from) return !!S.undated;
  return (!S.from || t.time.to >= S.from) && (!S.to || t.time.from <= S.to);
}

function reckon() {
  var view = byView(S.view), allowed = [], here = [], ties = [], i;
  var isClaim = claims.map(function (c) { return passes(c) && inTime(c.subject); });
  var limit = S.top || things.length, rank = 0, asked = askedFor(view);
  things.forEach(function (t) {
    // Things come in order of their weight, hubs first.
    allowed[t.id] = (asked[t.id] || view.has[t.id] && rank < limit) && S.kind.indexOf(t.kind) < 0 && S.type.indexOf(t.type.name) < 0 && S.hide.indexOf(t.key) < 0 && inTime(t) && (S.often < 2 || often(t) >= S.often);
    if (view.has[t.id]) rank++;
  });
  var edges = view.edges.filter(function (e) {
    return (!e.spare || unfolded(e)) && allowed[e.from.id] && allowed[e.to.id] && S.word.indexOf(e.word.name) < 0 && e.claims.some(function (c) { return isClaim[c.id]; });
  });
  var focus = S.focus && thingByKey[S.focus];
  if (focus) {
    var near = around(focus, S.steps, edges);
    edges = edges.filter(function (e) { return near[e.from.id] && near[e.to.id]; });
    allowed[focus.id] = true; here[focus.id] = true;
  }
  edges.forEach(function (e) { here[e.from.id] = here[e.to.id] = true; });
  if (!focus) view.alone.forEach(function (t) {
    if (allowed[t.id] && t.claims.some(function (c) { return isClaim[c.id]; })) here[t.id] = true;
  });
  var told = [];
  edges.forEach(function (e) { e.claims.forEach(function (c) { if (isClaim[c.id]) told[c.id] = true; }); });
  // Types, values and times of what is shown belong to it.
  claims.forEach(function (c) { if (isClaim[c.id] && here[c.subject.id] && !c.object) told[c.id] = true; });
  shown.edges = edges;
  shown.things = things.filter(function (t) { return here[t.id]; });
  shown.isThing = here;
  shown.isClaim = told;
  shown.claims = claims.filter(function (c) { return told[c.id]; });
  shown.path = S.path.length === 2 ? route(thingByKey[S.path[0]], thingByKey[S.path[1]], edges) : null;
}

function neighbours(edges) {
  var next = {};
  edges.forEach(function (e) {
    (next[e.from.id] = next[e.from.id] || []).push([e.to, e]);
    (next[e.to.id] = next[e.to.id] || []).push([e.from, e]);
  });
  return next;
}

function around(thing, steps, edges) {
  var next = neighbours(edges), near = {}, rim = [thing];
  near[thing.id] = true;
  for (var s = 0; s < steps; s++) {
    var further = [];
    rim.forEach(function (t) { (next[t.id] || []).forEach(function (n) { if (!near[n[0].id]) { near[n[0].id] = true; further.push(n[0]); } }); });
    rim = further;
  }
  return near;
}

// A shortest path over what is shown, whichever way the edges point; firmer statements first among equals.
function route(one, other, edges) {
  if (!one || !other) return null;
  var sorted = edges.slice().sort(function (a, b) { return ORDER.indexOf(a.status) - ORDER.indexOf(b.status); });
  var next = neighbours(sorted), back = {}, todo = [one];
  back[one.id] = [null, null];
  for (var at = 0; at < todo.length && !back[other.id]; at++) {
    (next[todo[at].id] || []).forEach(function (n) { if (!back[n[0].id]) { back[n[0].id] = [todo[at], n[1]]; todo.push(n[0]); } });
  }
  if (!back[other.id]) return { things: [], edges: [], from: one, to: other };
  var found = { things: [], edges: [], from: one, to: other };
  for (var t = other; t; t = back[t.id][0]) { found.things.unshift(t); if (back[t.id][1]) found.edges.unshift(back[t.id][1]); }
  return found;
}

// The selection is written "n:KEY" (a node), "c:KEY,KEY" (claims).
function selected() {
  var kind = S.sel.slice(0, 2), rest = S.sel.slice(2);
  if (kind === "n:" && thingByKey[rest]) return { thing: thingByKey[rest], claims: [] };
  if (kind === "c:") return { thing: null, claims: rest.split("|").map(function (k) { return claimByKey[k]; }).filter(Boolean) };
  return { thing: null, claims: [] };
}

function selectThing(t) { change({ sel: "n:" + t.key }, true); }
function selectClaims(list) { change({ sel: list.length ? "c:" + list.map(function (c) { return tail(c.iri); }).join("|") : "" }, true); }

// ---------------------------------------------------------------- making elements: text only ever as text

function make(tag, attributes, children) {
  var el = document.createElement(tag);
  Object.keys(attributes || {}).forEach(function (k) {
    var v = attributes[k];
    if (v === null || v === undefined || v === false) return;
    if (k === "on") Object.keys(v).forEach(function (e) { el.addEventListener(e, v[e]); });
    else el.setAttribute(k, v === true ? "" : v);
  });
  [].concat(children === undefined || children === null ? [] : children).forEach(function (c) {
    el.appendChild(typeof c === "object" ? c : document.createTextNode(c));
  });
  return el;
}

function drawn(tag, attributes, children) {
  var el = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.keys(attributes || {}).forEach(function (k) { if (attributes[k] !== null) el.setAttribute(k, attributes[k]); });
  [].concat(children === undefined ? [] : children).forEach(function (c) { el.appendChild(typeof c === "object" ? c : document.createTextNode(c)); });
  return el;
}

function $(id) { return document.getElementById(id); }
function clear(el) { while (el.firstChild) el.removeChild(el.firstChild); return el; }
function short(text, n) { var a = Array.from(text); return a.length > n ? a.slice(0, n - 1).join("") + "…" : text; }
