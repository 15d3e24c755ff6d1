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

// A block as documents, things, claims and views. Of a further block the short IRIs are turned into those of the first.
function unpack(given) {
  var spaces = given.spaces.map(function (space) {
    var at = raw.spaces.indexOf(space);
    return at < 0 ? raw.spaces.push(space) - 1 : at;
  });
  function iri(short) { return short ? spaces[+short.slice(0, short.indexOf(":"))] + short.slice(short.indexOf(":")) : ""; }
  function evidence(rows) {
    return (rows || []).map(function (r) { return { doc: r[0], start: r[1], end: r[2], rule: given.rules[r[3]], iri: iri(r[4]), quote: r[5] }; });
  }
  var docs = given.documents.map(function (d, i) {
    // Offsets count code points; JavaScript counts UTF-16 units. Texts beyond the first plane are cut by an array.
    var wide = /[\ud800-\udfff]/.test(d[5]) ? Array.from(d[5]) : null;
    return { id: i, iri: iri(d[0]), key: tail(d[0]), title: d[1], date: d[2], url: d[3], publisher: d[4], text: d[5], sure: (d[6] || 0) / 100,
             slice: function (a, b) { return wide ? wide.slice(a, b).join("") : d[5].slice(a, b); }, length: wide ? wide.length : d[5].length };
  });
  var types = given.types.map(function (t) { return { name: t[0], label: t[1], kind: t[2] }; });
  var words = given.words.map(function (w) { return { iri: iri(w[0]), name: tail(w[0]), label: w[1] }; });
  var things = given.things.map(function (t, i) {
    var at = given.nodes[i] || [];
    return { id: i, iri: iri(t[0]), key: keyOf(iri(t[0])), label: t[1], type: types[t[2] || 0], kind: types[t[2] || 0].kind, status: t[3] || "",
             evidence: evidence(t[4]), aliases: t[5] || [], at: t[6] || null, x: at[0], y: at[1], size: at[2] || 10, group: at[3] || 0,
             placed: at.length > 0, claims: [], edges: [] };
  });
  var claims = given.claims.map(function (c, i) {
    var value = c[14] || null;
    var claim = { id: i, iri: iri(c[0]), subject: things[c[1]], word: words[c[2]], object: c[3] ? things[c[3] - 1] : null, status: c[4],
                  evidence: evidence(c[5]), confidence: c[6] === undefined || c[6] < 0 ? null : c[6], by: c[7] ? things[c[7] - 1] : null,
                  statedIn: c[8] ? things[c[8] - 1] : null, negative: !!c[9], validity: c[10] || "current", origin: c[11] || "extracted",
                  via: c[12] ? things[c[12] - 1] : null, fact: iri(c[13]),
                  value: value && { words: value[0], value: value[1], anchor: value[2], detail: value[3], from: value[4], to: value[5] },
                  modality: c[15] || [], premises: (c[16] || []).map(iri) };
    claim.struck = claim.negative || !!raw.look.statuses[claim.status].struck;
    return claim;
  });
  var views = given.views.map(function (v, at) {
    var rows = v.edges || (at ? [] : given.edges), spare = (v.spare || []).length;
    return { name: v.name, title: v.title, about: v.about, sparql: v.sparql, derived: at > 0 && !v.edges,
      places: at ? v.places : things.filter(function (t) { return t.placed; }).map(function (t) { return [t.id, t.x, t.y, t.size, t.group]; }),
      alone: v.alone.map(function (i) { return things[i]; }),
      edges: rows.concat(v.spare || []).map(function (e, i) {
        return edgeOf(i, things[e[0]], things[e[1]], words[e[2]], e[3].map(function (k) { return claims[k]; }), e[4], i >= rows.length);
      }) };
  });
  return { docs: docs, types: types, words: words, things: things, claims: claims, views: views };
}

// An edge of a view; a spare one is folded away until somebody asks for more around one of its ends.
function edgeOf(id, from, to, word, told, said, spare) {
  return { id: id, from: from, to: to, word: word, claims: told, said: said || "", spare: !!spare, status: told[0].status, struck: told[0].struck, validity: told[0].validity };
}

var first = unpack(raw), docs = first.docs, types = first.types, words = first.words, things = first.things, claims = first.claims, views = first.views;

function paperNow() { return docs.filter(function (d) { return d.key === S.paper; })[0] || docs[0]; }

var claimByKey = {}, thingByKey = {};

// What things and claims know of each other: claims by their ends, and an event's days: those of its first dated time claim.
function know(list) {
  list.forEach(function (c) {
    claimByKey[tail(c.iri)] = c;
    c.subject.claims.push(c);
    if (c.object && c.object !== c.subject) c.object.claims.push(c);
    if (c.word.name === "time" && c.value) c.subject.time = c.subject.time && c.subject.time.from ? c.subject.time : c.value;
  });
}
things.forEach(function (t) { thingByKey[t.key] = t; });
know(claims);

var ORDER = Object.keys(raw.look.statuses);

// ---------------------------------------------------------------- views that a large page does not carry: made from its claims, as their queries say

var TAKING_PART = ["agent", "patient", "recipient", "instrument", "topic", "place", "origin", "destination", "charge"];
var NO_RELATION = TAKING_PART.concat(["type", "participant", "nonParticipant", "time", "duration", "amount", "quantity", "distance", "before", "causedBy", "partOfEvent"]);

function derived(name) {
  var found = {}, order = [];
  function add(from, to, word, claim, said) {
    var key = [from.id, to.id, word.name, claim.status, claim.negative, claim.validity, said].join(" ");
    if (found[key]) { if (found[key].claims.indexOf(claim) < 0) found[key].claims.push(claim); return; }
    order.push(found[key] = edgeOf(order.length, from, to, word, [claim], said, false));
  }
  claims.forEach(function (c) { if (c.object && NO_RELATION.indexOf(c.word.name) < 0) add(c.subject, c.object, c.word, c, ""); });
  if (name === "folded") things.forEach(function (t) {
    var own = t.claims.filter(function (c) { return c.subject === t && c.object && TAKING_PART.indexOf(c.word.name) >= 0; });
    if (t.kind !== "Event" || own.length < 2) return;
    var agents = own.filter(function (c) { return c.word.name === "agent"; }), firsts = agents.length ? agents : own.filter(function (c) { return c.word.name === "patient"; });
    firsts.forEach(function (f) {
      own.forEach(function (c) {
        var role = c.word.name;
        if (c.object === f.object || role === "agent" && f.object.iri > c.object.iri || !agents.length && role === "patient") return;
        add(f.object, c.object, { iri: t.type.name, name: t.type.name, label: t.type.label }, c, t.label);
      });
    });
  });
  return order;
}

// Each view has places of its own, or takes those of the first. Things without any stand beside what they are tied to.
function settleViews() {
  views.forEach(function (v) {
    if (v.derived) v.edges = derived(v.name);
    v.has = []; v.spare = [];
    v.places.forEach(function (p) {
      var t = things[p[0]];
      v.has[t.id] = true;
      if (!t.placed) { t.placed = true; t.x = p[1]; t.y = p[2]; t.size = p[3]; t.group = p[4]; }
    });
    v.alone.forEach(function (t) { v.has[t.id] = true; });
    v.edges.forEach(function (e) { if (e.spare) v.spare.push(e); else v.has[e.from.id] = v.has[e.to.id] = true; });
    v.size = v.has.filter(Boolean).length;
  });
  views.forEach(function (v) {
    v.edges.forEach(function (e) { [e.from, e.to].forEach(function (t) { if (!t.placed) { t.placed = true; t.x = t.y = 0; } }); });
  });
}
settleViews();

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

// Whether a claim is as sure as its article asks of what stands plain.
function sureEnough(c) {
  return c.confidence === null || !c.evidence.length || c.evidence.some(function (e) { return c.confidence >= docs[e.doc].sure; });
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
