// ---------------------------------------------------------------- finding: names, other names and relations, with completion

var FOUND = [], foundAt = -1;

function plain(s) { return s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }

function search(text) {
  var q = plain(text.trim()), out = [];
  if (!q) return out;
  things.forEach(function (t) {
    if (!t.placed) return;
    var best = 9, via = "";
    [t.label].concat(t.aliases).forEach(function (name, i) {
      var at = plain(name.slice(0, 400)).indexOf(q), rank = at < 0 ? 9 : at === 0 ? 0 : /\W/.test(plain(name)[at - 1]) ? 1 : 2;
      if (rank < best) { best = rank; via = i ? name : ""; }
    });
    if (best < 9) out.push({ rank: best, thing: t, via: via });
  });
  var told = {};
  byView(S.view).edges.forEach(function (e) { if (plain(e.word.label).indexOf(q) >= 0) (told[e.word.name] = told[e.word.name] || { word: e.word, claims: [] }).claims.push.apply(told[e.word.name].claims, e.claims); });
  Object.keys(told).forEach(function (k) { out.push({ rank: 1.5, word: told[k].word, claims: told[k].claims }); });
  out = out.concat(tellings(q));
  // Things come hubs first, so equal ranks keep the weightier on top.
  return out.sort(function (a, b) { return a.rank - b.rank; }).slice(0, 12);
}

// Who did what to whom and when: edges in which every word of the question stands, as "who met Haddad", "visited", "12 May".
function tellings(q) {
  var tokens = q.replace(/^(?:who|whom|what|when|where|did)\s+/, "").replace(/[?]/g, "").split(/\s+/).filter(function (w) { return w.length > 1 && ["the", "with", "was", "did"].indexOf(w) < 0; }), found = [];
  if (!tokens.length || q.length < 3) return found;
  byView(S.view).edges.some(function (e) {
    var text = edgeText(e), day = e.claims[0].subject.time, when = day && day.from ? spanOf(dayNumber(day.from), dayNumber(day.to)) + " " + day.value : "";
    var verbs = plain(text.replace(/\([^)]*\)/g, "") + " " + when), all = plain(e.from.label + " " + text + " " + e.to.label + " " + when);
    if (tokens.every(function (w) { return all.indexOf(w) >= 0; }) && tokens.some(function (w) { return verbs.indexOf(w) >= 0; })) found.push({ rank: 1.6, text: e.from.label + " " + text + " " + e.to.label, claims: e.claims });
    return found.length > 8;
  });
  if (found.length < 6) things.some(function (t) {
    if (t.kind !== "Event") return false;
    var own = t.claims.filter(function (c) { return c.subject === t; }), when = t.time && t.time.from ? spanOf(dayNumber(t.time.from), dayNumber(t.time.to)) : "";
    var verbs = plain([t.label, t.type.label, when, t.time ? t.time.value + " " + t.time.words : ""].join(" ")), all = verbs + " " + plain(own.map(function (c) { return c.object ? c.object.label : ""; }).join(" "));
    if (tokens.every(function (w) { return all.indexOf(w) >= 0; }) && tokens.some(function (w) { return verbs.indexOf(w) >= 0; })) {
      var whom = own.filter(function (c) { return c.object && c.word.name !== "agent"; })[0];
      found.push({ rank: 1.7, text: happening(t) + (whom ? " " + whom.object.label : "") + (when ? ", " + when : ""), claims: own });
    }
    return found.length > 8;
  });
  return found;
}

function showFound() {
  var box = clear($("found")), input = $("find");
  FOUND = search(input.value);
  foundAt = FOUND.length ? 0 : -1;
  if (LIVE && input.value.trim().length > 1) askStore(input.value.trim());
  FOUND.forEach(function (f, i) {
    var row = make("li", { role: "option", id: "found-" + i, "aria-selected": i === 0 ? "true" : "false", on: { mousedown: function (e) { e.preventDefault(); takeFound(i); } } },
      f.thing ? [badge(f.thing.kind, 18, !!f.thing.status), make("span", { dir: "auto" }, short(f.thing.label, 60)), make("small", {}, f.thing.type.label + (f.via ? ", also " + short(f.via, 40) : "") + (shown.isThing[f.thing.id] ? "" : ", hidden"))]
        : f.text ? [make("span", { dir: "auto" }, short(f.text, 90))]
        : [make("span", {}, f.word.label), make("small", {}, "relation, " + f.claims.length)]);
    box.appendChild(row);
  });
  if (input.value.trim() && !FOUND.length) box.appendChild(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "nothing found"));
  box.hidden = !box.firstChild;
  input.setAttribute("aria-expanded", box.hidden ? "false" : "true");
  pointFound();
}

// The live page of a store: what is not on the page is looked for in the store.
var asked = 0;
function askStore(text) {
  var turn = ++asked;
  setTimeout(function () {
    if (turn !== asked) return;
    fetch("graph/find?text=" + encodeURIComponent(text)).then(function (r) { return r.ok ? r.json() : []; }, function () { return []; }).then(function (rows) {
      if (turn !== asked || !rows.length) return;
      var here = {}, box = $("found");
      things.forEach(function (t) { if (t.placed) here[full(t.iri)] = true; });
      Array.prototype.forEach.call(box.querySelectorAll("[aria-disabled]"), function (li) { li.remove(); });
      rows.filter(function (r) { return !here[r[0]]; }).forEach(function (r) {
        var i = FOUND.length;
        FOUND.push({ far: r[0] });
        box.appendChild(make("li", { role: "option", id: "found-" + i, "aria-selected": "false", on: { mousedown: function (e) { e.preventDefault(); takeFound(i); } } },
          [make("span", { dir: "auto" }, short(r[1], 60)), make("small", {}, r[2] + ", in the store")]));
      });
      if (foundAt < 0 && FOUND.length) foundAt = 0;
      box.hidden = !box.firstChild;
      $("find").setAttribute("aria-expanded", box.hidden ? "false" : "true");
      pointFound();
    });
  }, 180);
}

function pointFound() {
  Array.prototype.forEach.call($("found").children, function (li, i) { li.setAttribute("aria-selected", i === foundAt ? "true" : "false"); });
  if (foundAt >= 0) $("find").setAttribute("aria-activedescendant", "found-" + foundAt); else $("find").removeAttribute("aria-activedescendant");
}

function takeFound(i) {
  var f = FOUND[i];
  if (!f) return;
  closeFound();
  if (f.far) {
    fetchAround(f.far, function () { var t = thingByKey[f.far.split("/").slice(-2).join("/")]; if (t) { selectThing(t); bringIntoSight([t]); } });
    return;
  }
  if (f.thing) {
    if (!shown.isThing[f.thing.id]) reveal(f.thing);
    selectThing(f.thing);
    bringIntoSight([f.thing]);
  } else {
    var told = f.claims.filter(function (c) { return shown.isClaim[c.id]; });
    selectClaims((told.length ? told : f.claims).slice(0, 100));
  }
  $("find").value = f.thing ? f.thing.label.slice(0, 200) : f.text ? f.text.slice(0, 200) : f.word.label;
}

// A found thing that a filter hides: lift just what hides it, or show its surroundings.
function reveal(t) {
  change({ hide: S.hide.filter(function (k) { return k !== t.key; }), kind: S.kind.filter(function (k) { return k !== t.kind; }), type: S.type.filter(function (k) { return k !== t.type.name; }),
    focus: S.focus && S.focus !== t.key ? "" : S.focus });
  if (!byView(S.view).has[t.id]) {
    var other = views.filter(function (v) { return v.has[t.id]; })[0];
    if (other) change({ view: other.name });
  }
  if (!shown.isThing[t.id]) change({ focus: t.key, steps: 1, top: 0 });
}

function closeFound() { $("found").hidden = true; $("find").setAttribute("aria-expanded", "false"); $("find").removeAttribute("aria-activedescendant"); }

function startFind() {
  var input = $("find");
  input.addEventListener("input", showFound);
  input.addEventListener("keydown", function (e) {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      if (!FOUND.length) return;
      e.preventDefault();
      foundAt = (foundAt + (e.key === "ArrowDown" ? 1 : -1) + FOUND.length) % FOUND.length;
      pointFound();
    } else if (e.key === "Enter") { e.preventDefault(); takeFound(foundAt); }
    else if (e.key === "Escape") { e.stopPropagation(); if (!$("found").hidden) closeFound(); else { input.value = ""; stage.focus(); } }
  });
  input.addEventListener("blur", closeFound);
}
