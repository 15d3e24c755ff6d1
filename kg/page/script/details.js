// ---------------------------------------------------------------- the card: what is selected, its claims, their words

function button(text, title, act, extra) {
  return make("button", Object.assign({ type: "button", title: title, on: { click: act } }, extra || {}), text);
}

function thingLink(t) {
  return t.placed ? button(t.label, "Select " + short(t.label, 80), function () { selectThing(t); }, { "class": "link", dir: "auto" }) : make("span", { dir: "auto" }, t.label);
}

function statusChip(c) {
  return make("span", { "class": "standing", "data-status": c.status, title: LOOK.statuses[c.status].about }, [stroke(c.status), " " + standing(c)]);
}

function quoteBox(e) {
  var text = quoteOf(e), d = docs[e.doc];
  return make("button", { type: "button", "class": "quote", title: "Show in the article", on: { click: function () { readAt(e); } } },
    [make("q", { dir: "auto" }, short(text, 400)), make("span", { "class": "whence" }, [d.title ? short(d.title, 60) : "", d.date ? ", " + d.date : "", " · rule " + short(e.rule || "–", 40)].join(""))]);
}

// A time or sum with what it was read as: "Friday (2026-02-27, day, reckoned from 2026-03-03)".
function valueText(c) {
  var v = c.value, read = v.value && v.value !== v.words && c.word.name !== "type";
  return v.words + (read ? " (" + [v.value, v.detail !== v.words ? v.detail : ""].filter(Boolean).join(", ") + (v.anchor ? ", reckoned from " + v.anchor : "") + ")" : "");
}

function claimBox(c, about) {
  function part(p) {
    if (typeof p === "string") return make("span", { dir: "auto" }, p === (c.value && c.value.words) ? valueText(c) : p);
    return p === about ? make("strong", { dir: "auto" }, p.label) : thingLink(p);
  }
  var parts = phrase(c), says = [part(parts[0]), " ", parts[1] ? make("em", {}, parts[1] + " ") : "", part(parts[2])];
  var meta = [make("dt", {}, "Standing"), make("dd", {}, statusChip(c)), make("dt", {}, "Says"), make("dd", {}, c.by ? [thingLink(c.by), c.via ? document.createTextNode(", passed on by " + c.via.label) : ""] : speaker(c))];
  if (c.statedIn) meta.push(make("dt", {}, "Said in"), make("dd", {}, thingLink(c.statedIn)));
  var firm = c.status === "asserted" && !c.negative && c.confidence !== null;
  meta.push(make("dt", { title: "How surely these words were read; it says nothing about whether it is true" }, "Reading"), make("dd", {}, sureness(c) + (firm ? " (" + Math.round(c.confidence * 100) + " %)" : "") + (firm && !sureEnough(c) ? ", a claim only" : "")));
  if (c.premises.length) meta.push(make("dt", {}, "Follows from"), make("dd", {}, c.premises.map(function (p) {
    var q = claimByKey[tail(p)];
    return q ? button(line(q), "Select", function () { selectClaims([q]); }, { "class": "link" }) : tail(p);
  })));
  return make("li", { "class": "claim" + (c.struck ? " struck" : ""), "data-claim": tail(c.iri), "data-status": c.status },
    [make("p", { "class": "says" }, says), make("dl", {}, meta)]
      .concat(c.evidence.map(quoteBox)).concat([markBox(c)]));
}

// ---------------------------------------------------------------- a card's lines: what it is, does, undergoes, says and what is said of it

var OFFICES = ["holdsOffice", "headOfStateOf", "headOfGovernmentOf", "ministerOf", "headOf", "memberOf", "citizenOf"];
var SAYINGS = ["Statement", "Question"];

// The group of a statement on the card of a thing, and the words of its line.
function groupOf(c, t) {
  if (c.subject === t && c.word.name === "type") return "";
  if (OFFICES.indexOf(c.word.name) >= 0 && c.subject === t) return "is";
  if (c.subject.kind === "Event" && c.subject !== t) return c.word.name === "agent" ? (SAYINGS.indexOf(c.subject.type.name) >= 0 ? "says" : "does") : c.word.name === "nonParticipant" ? "does" : "is done to";
  if (c.by && c.by !== t && c.status !== "asserted") return "is said of";
  return "is tied to";
}

var CARD_GROUPS = [["is", "Is"], ["does", "Does"], ["is done to", "Is done to"], ["is tied to", "Is tied to"], ["says", "Says"], ["is said of", "Is said of"]];

function lineOf(c, t) {
  if (c.subject.kind !== "Event" || c.subject === t) return c.subject === t ? tensed(c) + " " + (c.object ? c.object.label : c.value ? c.value.words : "") : t ? c.subject.label + " " + tensed(c) + " " + t.label : line(c);
  var act = c.subject, others = [];
  act.claims.forEach(function (o) {
    if (o.subject !== act || !o.object || o.object === t || !raw.look.roles[o.word.name]) return;
    var lead = o.word.name === "agent" ? (t && c.word.name === "agent" ? "with" : "by") : leadOf(act, o.word.name);
    others.push((lead ? lead + " " : "") + o.object.label);
  });
  return (c.word.name === "nonParticipant" ? "stayed away: " : "") + act.label + (others.length ? " " + others.join(" ") : "") + (act.time ? ", " + (act.time.from && act.time.from === act.time.to ? dayOf(act.time.from) : act.time.words) : "");
}

// The word before one who takes part: the roles' own, but for what follows a verb at once.
function leadOf(act, role) {
  var leads = LOOK.leads, special = leads[act.type.name + " " + role];
  return special !== undefined ? special : role === "patient" || role === "recipient" ? "" : leads[role] || LOOK.roles[role];
}

function lineItem(c, t) {
  var doubtful = c.confidence !== null && (c.confidence < .75 || !sureEnough(c));
  return make("li", { "class": c.struck ? "struck" : null }, [make("details", {}, [make("summary", { dir: "auto" }, [lineOf(c, t),
    c.status !== "asserted" ? make("span", { "class": "firm" }, " · " + standing(c) + (c.by && t ? ", according to " + c.by.label : "")) : "", doubtful ? make("span", { "class": "firm" }, " · doubtful") : ""])].concat(c.evidence.map(quoteBox)))]);
}

function profile(t, list) {
  var box = make("div", { id: "profile" }), sides = {}, once = {};
  list.forEach(function (c) {
    var g = groupOf(c, t), text = g && lineOf(c, t);
    if (!g || once[g + text + c.status]) return;
    once[g + text + c.status] = true;
    (sides[g] = sides[g] || []).push(c);
  });
  // What somebody says: the statements that are theirs, one for an event.
  var told = claims.filter(function (c) { return c.by === t && passes(c) && (c.object || c.subject.kind === "Event") && (c.subject.kind !== "Event" || c.word.name !== "type" || c.subject.claims.length === 1); });
  if (told.length) {
    var heard = {};
    sides.says = told.filter(function (c) { var k = c.subject.kind === "Event" ? c.subject.id : line(c); if (heard[k]) return false; return heard[k] = true; });
  }
  CARD_GROUPS.forEach(function (g) {
    var rows = sides[g[0]];
    if (!rows) return;
    function when(c) { return (c.subject.kind === "Event" && c.subject.time && c.subject.time.from) || "9999"; }
    function doubt(c) { return c.confidence !== null && c.confidence < .75 ? 1 : 0; }
    rows.sort(function (a, b) { return doubt(a) - doubt(b) || (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : a.id - b.id); });
    box.appendChild(make("h3", {}, g[1]));
    box.appendChild(make("ul", {}, rows.slice(0, 30).map(function (c) { return lineItem(c, g[0] === "says" && c.by === t ? null : t); })));
  });
  return box;
}

var LONG = 40;
function showCard() {
  var card = clear($("card")), chosen = selected(), t = chosen.thing;
  document.body.classList.toggle("has-card", !!(t || chosen.claims.length || shown.path));
  if (shown.path) card.appendChild(pathBox());
  if (t) {
    card.appendChild(make("div", { "class": "head" }, [badge(t.kind, 34, !!t.status), make("div", {}, [make("h2", { dir: "auto" }, short(t.label, 200)),
      make("p", { "class": "kind" }, [t.type.label, t.status ? " · " + t.status : "", t.time ? " · " + t.time.words + (t.time.value ? " (" + t.time.value + ")" : ", undated") : ""].join("")),
      t.aliases.length ? make("p", { "class": "aliases", dir: "auto" }, "also: " + short(t.aliases.join(", "), 200)) : ""]), closeButton()]));
    card.appendChild(make("p", { "class": "acts", role: "group", "aria-label": "What to do with it" }, [
      button(S.focus === t.key ? "One step further" : "Only around it", "Show what is around it (f)", function () { focusOn(t); }, { id: "act-focus" }),
      button("Hide", "Hide it (h)", function () { hideThing(t); }, { id: "act-hide" }),
      button(S.path.length === 1 ? (S.path[0] === t.key ? "Path from here …" : "Path to here") : "Path from here", "Shortest path between two nodes: press here, then at the other", function () {
        change({ path: S.path.length === 1 && S.path[0] !== t.key ? [S.path[0], t.key] : [t.key] });
      }, { id: "act-path" })].concat(LIVE || folded(t) ? [button("More around it", LIVE ? "Fetch its neighbours from the store" : "Unfold what is tied to it", function () { unfold(t); }, { id: "act-more" })] : [])));
    var list = t.claims.filter(function (c) { return shown.isClaim[c.id]; }).sort(function (a, b) { return ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || a.id - b.id; });
    var of = t.claims.filter(passes);
    if (t.kind !== "Event" && of.length) card.appendChild(profile(t, of));
    card.appendChild(make("h3", {}, list.length + (list.length === 1 ? " statement" : " statements") + (t.claims.length > list.length ? ", " + (t.claims.length - list.length) + " more filtered out" : "")));
    var ul = make("ul", { "class": "claims" }, list.slice(0, LONG).map(function (c) { return claimBox(c, t); }));
    card.appendChild(ul);
    if (list.length > LONG) card.appendChild(button("Show all " + list.length, "Show all", function (e) {
      list.slice(LONG).forEach(function (c) { ul.appendChild(claimBox(c, t)); }); e.target.remove();
    }));
    if (t.evidence.length) card.appendChild(make("details", {}, [make("summary", {}, "Named " + t.evidence.length + (t.evidence.length === 1 ? " time" : " times"))].concat(t.evidence.slice(0, 100).map(quoteBox))));
    card.appendChild(make("p", { "class": "iri" }, full(t.iri)));
  } else if (chosen.claims.length) {
    card.appendChild(make("div", { "class": "head" }, [make("h2", {}, chosen.claims.length === 1 ? "Statement" : chosen.claims.length + " statements"), closeButton()]));
    card.appendChild(make("ul", { "class": "claims" }, chosen.claims.slice(0, 100).map(function (c) { return claimBox(c, null); })));
  }
  card.hidden = !card.firstChild;
  card.scrollTop = 0;
}

function closeButton() { return button("Close", "Let go (Esc)", function () { change({ sel: "", path: [] }, true); stage.focus(); }, { "class": "close" }); }

function pathBox() {
  var p = shown.path, box = make("div", { id: "path", "class": "head" });
  var text = p.edges.length ? "Path in " + p.edges.length + (p.edges.length === 1 ? " step" : " steps") : "No path between these two in what is shown";
  box.appendChild(make("div", {}, [make("h2", {}, text), make("ol", {}, p.edges.map(function (e) {
    return make("li", {}, [thingLink(e.from), " ", button(e.word.label, "Select this statement", function () { selectClaims(e.claims); }, { "class": "link" }), " ", thingLink(e.to)]);
  }))]));
  box.appendChild(button("End path", "Leave the path", function () { change({ path: [] }); }, { id: "path-end" }));
  return box;
}

// What the reader of a screen hears when the selection moves.
function speak() {
  var chosen = selected(), t = chosen.thing;
  $("spoken").textContent = t ? t.label + ", " + t.type.label + (t.status ? ", " + t.status : "") + ", " + t.claims.filter(function (c) { return shown.isClaim[c.id]; }).length + " statements"
    : chosen.claims.length ? chosen.claims.slice(0, 3).map(function (c) { return line(c) + ": " + standing(c) + ", says " + speaker(c); }).join("; ") : "";
}
