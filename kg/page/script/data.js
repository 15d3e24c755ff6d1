// ---------------------------------------------------------------- the data block, unpacked

var raw = JSON.parse(document.getElementById("data").textContent);
var LIVE = raw.options.live;

function full(short) {
  if (!short) return "";
  var cut = short.indexOf(":");
  return raw.spaces[+short.slice(0, cut)] + short.slice(cut + 1);
}

function tail(short) { return short.slice(short.indexOf(":") + 1); }

// The kind of node and its name, as the address keeps it: "person/ana-ruiz".
function keyOf(short) { return full(short).split("/").slice(-2).join("/"); }

function evidence(rows) {
  return (rows || []).map(function (r) { return { doc: r[0], start: r[1], end: r[2], rule: raw.rules[r[3]], iri: r[4], quote: r[5] }; });
}

var docs = raw.documents.map(function (d, i) {
  // Offsets count code points; JavaScript counts UTF-16 units. Texts beyond the first plane are cut by an array.
  var wide = /[\ud800-\udfff]/.test(d[5]) ? Array.from(d[5]) : null;
  return { id: i, iri: d[0], key: tail(d[0]), title: d[1], date: d[2], url: d[3], publisher: d[4], text: d[5],
           slice: function (a, b) { return wide ? wide.slice(a, b).join("") : d[5].slice(a, b); }, length: wide ? wide.length : d[5].length };
});

function paperNow() { return docs.filter(function (d) { return d.key === S.paper; })[0] || docs[0]; }

var types = raw.types.map(function (t) { return { name: t[0], label: t[1], kind: t[2] }; });
var words = raw.words.map(function (w) { return { iri: w[0], name: tail(w[0]), label: w[1] }; });

var things = raw.things.map(function (t, i) {
  var at = raw.nodes[i] || [];
  return { id: i, iri: t[0], key: keyOf(t[0]), label: t[1], type: types[t[2] || 0], kind: types[t[2] || 0].kind, status: t[3] || "",
           evidence: evidence(t[4]), aliases: t[5] || [], at: t[6] || null, x: at[0], y: at[1], size: at[2] || 10, group: at[3] || 0,
           placed: at.length > 0, claims: [], edges: [] };
});

var claims = raw.claims.map(function (c, i) {
  var value = c[14] || null;
  var claim = { id: i, iri: c[0], subject: things[c[1]], word: words[c[2]], object: c[3] ? things[c[3] - 1] : null, status: c[4],
                evidence: evidence(c[5]), confidence: c[6] === undefined || c[6] < 0 ? null : c[6], by: c[7] ? things[c[7] - 1] : null,
                statedIn: c[8] ? things[c[8] - 1] : null, negative: !!c[9], validity: c[10] || "current", origin: c[11] || "extracted",
                via: c[12] ? things[c[12] - 1] : null, fact: c[13] || "",
                value: value && { words: value[0], value: value[1], anchor: value[2], detail: value[3], from: value[4], to: value[5] },
                modality: c[15] || [], premises: c[16] || [] };
  claim.struck = claim.negative || !!raw.look.statuses[claim.status].struck;
  claim.subject.claims.push(claim);
  if (claim.object && claim.object !== claim.subject) claim.object.claims.push(claim);
  return claim;
});

var claimByKey = {}, thingByKey = {};
claims.forEach(function (c) { claimByKey[tail(c.iri)] = c; });
things.forEach(function (t) { thingByKey[t.key] = t; });

// An event's days: those of its first dated time claim.
things.forEach(function (t) {
  t.claims.forEach(function (c) {
    if (c.subject === t && c.word.name === "time" && c.value) {
      t.time = t.time && t.time.from ? t.time : c.value;
    }
  });
});

var ORDER = Object.keys(raw.look.statuses);

var views = raw.views.map(function (v) {
  var rows = v.edges || raw.edges;
  return { name: v.name, title: v.title, about: v.about, sparql: v.sparql,
    places: v.places, alone: v.alone.map(function (i) { return things[i]; }),
    edges: rows.map(function (e, i) {
      var told = e[3].map(function (k) { return claims[k]; });
      return { id: i, from: things[e[0]], to: things[e[1]], word: words[e[2]], claims: told, said: e[4] || "", status: told[0].status, struck: told[0].struck, validity: told[0].validity };
    }) };
});

// Each view has places of its own; the first one's came with the nodes.
views[0].places = things.filter(function (t) { return t.placed; }).map(function (t) { return [t.id, t.x, t.y, t.size, t.group]; });
views.forEach(function (v) {
  v.has = [];
  v.places.forEach(function (p) {
    var t = things[p[0]];
    v.has[t.id] = true;
    if (!t.placed) { t.placed = true; t.x = p[1]; t.y = p[2]; t.size = p[3]; t.group = p[4]; }
  });
});

function byView(name) { return views.filter(function (v) { return v.name === name; })[0] || views[0]; }

function sources() {
  var seen = {};
  claims.forEach(function (c) { if (c.by) seen[c.by.id] = (seen[c.by.id] || 0) + 1; });
  return Object.keys(seen).map(function (i) { return { thing: things[i], count: seen[i] }; })
    .sort(function (a, b) { return b.count - a.count || (a.thing.label < b.thing.label ? -1 : 1); });
}

function quoteOf(e) { return docs[e.doc].text ? docs[e.doc].slice(e.start, e.end) : (e.quote || ""); }

// A relation in its time: "is a member of" what has ended is "was a member of".
function tensed(c) {
  var cut = (c.word.label + " ").indexOf(" "), turned = (raw.look.tenses[c.validity] || {})[c.word.label.slice(0, cut)];
  return turned ? turned + c.word.label.slice(cut) : c.word.label;
}

// The parts of a claim in the order in which it is said: who acts stands before the verb of the event.
function phrase(c) {
  var role = c.subject.kind === "Event" && c.object ? c.word.name : "", object = c.object || (c.value ? c.value.words : "");
  if (role === "agent") return [object, "", c.subject];
  if (role === "patient") return [c.subject, "", object];
  return [c.subject, tensed(c), object];
}

// "Helena Duarte visited": a claim as a plain line.
function line(c) {
  return phrase(c).map(function (p) { return p.label || p; }).filter(Boolean).join(" ");
}

// How surely it was read, in a word: a number beside an allegation would be taken for its truth.
function sureness(c) {
  return c.confidence === null ? "not measured" : c.confidence >= .85 ? "clear" : c.confidence >= .75 ? "fairly clear" : "doubtful";
}

function standing(c) {
  var parts = [c.status];
  if (c.negative) parts.push("not so");
  if (c.validity !== "current") parts.push(c.validity);
  if (c.modality.length) parts.push("also " + c.modality.join(", "));
  return parts.join(", ");
}

function speaker(c) {
  return c.by ? c.by.label + (c.via ? ", passed on by " + c.via.label : "") : c.origin === "extracted" ? "the article" : c.origin;
}
