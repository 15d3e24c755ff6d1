// ---------------------------------------------------------------- the legend, which is a filter, and the finer filters

function tally(list, key) {
  var n = {};
  list.forEach(function (x) { var k = key(x); n[k] = (n[k] || 0) + 1; });
  return n;
}

function chip(field, name, text, picture, count, title) {
  return make("button", { type: "button", "class": "chip", "data-field": field, "data-name": name, title: title || null, "aria-pressed": "true",
    on: { click: function (e) {
      var f = {};
      // With Shift: only this one.
      if (e.shiftKey) {
        var all = Array.prototype.map.call(e.currentTarget.parentNode.querySelectorAll(".chip"), function (b) { return b.getAttribute("data-name"); });
        f[field] = S[field].length === all.length - 1 && S[field].indexOf(name) < 0 ? [] : all.filter(function (x) { return x !== name; });
      } else f[field] = toggle(S[field], name);
      change(f);
    } } }, [picture, make("span", {}, text), make("b", {}, String(count))]);
}

function buildLegend() {
  var kinds = clear($("legend-kinds")), statuses = clear($("legend-statuses")), view = byView(S.view), seen = {};
  view.edges.forEach(function (e) { seen[e.from.id] = seen[e.to.id] = true; });
  view.alone.forEach(function (t) { seen[t.id] = true; });
  var n = tally(things.filter(function (t) { return seen[t.id]; }), function (t) { return t.kind; });
  Object.keys(LOOK.kinds).forEach(function (k) { if (n[k]) kinds.appendChild(chip("kind", k, LOOK.kinds[k].label, badge(k, 18), n[k], "Show or hide; with Shift only these")); });
  var m = tally(claims, function (c) { return c.status; });
  ORDER.forEach(function (s) { if (m[s]) statuses.appendChild(chip("status", s, LOOK.statuses[s].label, stroke(s), m[s], LOOK.statuses[s].about)); });
}

function checks(field, title, rows, open) {
  var all = rows.map(function (r) { return r[0]; });
  return make("details", { open: open || null, "data-group": field }, [make("summary", {}, title + " (" + rows.length + ")"),
    make("p", { "class": "allnone" }, [button("all", "Show all: " + title, function () { set(field, []); }), button("none", "Hide all: " + title, function () { set(field, all); })])]
    .concat(rows.map(function (r, i) {
      var id = "filter-" + field + "-" + i;
      return make("div", { "class": "check" }, [make("input", { type: "checkbox", id: id, "data-field": field, "data-name": r[0], on: { change: function () { set(field, toggle(S[field], r[0])); } } }),
        make("label", { "for": id, dir: "auto" }, short(r[1], 60) + " "), make("b", {}, String(r[2]))]);
    })));
}

function set(field, value) { var f = {}; f[field] = value; change(f); }

function rowsOf(n, label) { return Object.keys(n).map(function (k) { return [k, label(k), n[k]]; }).sort(function (a, b) { return b[2] - a[2] || (a[1] < b[1] ? -1 : 1); }); }

function buildFilters() {
  var form = clear($("filters")), view = byView(S.view), seen = {};
  view.edges.forEach(function (e) { seen[e.from.id] = seen[e.to.id] = true; });
  var typeLabel = {}, wordLabel = {};
  types.forEach(function (t) { typeLabel[t.name] = t.label; });
  view.edges.forEach(function (e) { wordLabel[e.word.name] = e.word.label; });
  var bySource = { "": claims.filter(function (c) { return !c.by; }).length };
  sources().forEach(function (s) { bySource[s.thing.key] = s.count; });
  var confident = claims.some(function (c) { return c.confidence !== null; });
  form.appendChild(make("div", { "class": "head" }, [make("h2", {}, "Filters"), button("Close", "Close the filters", function () { openMenu("filters", false); $("filters-open").focus(); })]));
  form.appendChild(make("div", { "class": "field" }, [make("label", { "for": "conf" }, "Read at least as surely as "), make("output", { id: "conf-out", "for": "conf" }, "0 %"),
    make("input", { type: "range", id: "conf", min: 0, max: 100, step: 5, disabled: confident ? null : true, on: { input: function () { change({ conf: +$("conf").value / 100 }); } } }),
    make("div", { "class": "check" }, [make("input", { type: "checkbox", id: "unmeasured", on: { change: function () { change({ unmeasured: $("unmeasured").checked ? 1 : 0 }); } } }), make("label", { "for": "unmeasured" }, "also those not measured")])]));
  if (docs.length > 1) form.appendChild(make("div", { "class": "field" }, [make("label", { "for": "often" }, "Named in at least "), make("output", { id: "often-out", "for": "often" }, ""),
    make("input", { type: "range", id: "often", min: 1, max: Math.min(docs.length, Math.max.apply(null, things.map(often).concat([2]))), step: 1, on: { input: function () { change({ often: +$("often").value }); } } })]));
  var placedCount = byView(S.view).size;
  form.appendChild(make("div", { "class": "field" }, [make("label", { "for": "top" }, "Most important nodes "), make("output", { id: "top-out", "for": "top" }, ""),
    make("input", { type: "range", id: "top", min: Math.min(10, placedCount), max: placedCount, step: 1, on: { input: function () { change({ top: +$("top").value >= placedCount ? 0 : +$("top").value }); } } })]));
  form.appendChild(make("div", { "class": "field" }, [make("label", { "for": "colour" }, "Colour by "),
    make("select", { id: "colour", on: { change: function () { change({ colour: $("colour").value }, true); } } }, [make("option", { value: "class" }, "class"), make("option", { value: "community" }, "community")])]));
  form.appendChild(checks("type", "Classes", rowsOf(tally(things.filter(function (t) { return seen[t.id]; }), function (t) { return t.type.name; }), function (k) { return typeLabel[k] || k; })));
  form.appendChild(checks("word", "Relations", rowsOf(tally(view.edges, function (e) { return e.word.name; }), function (k) { return wordLabel[k] || k; })));
  form.appendChild(checks("source", "Who says it", rowsOf(bySource, function (k) { return k ? thingByKey[k].label : "the article itself"; }), true));
  if (docs.length > 1) form.appendChild(checks("doc", "Articles", docs.map(function (d) {
    return [tail(d.iri), (d.date ? d.date + " " : "") + d.title, claims.filter(function (c) { return c.evidence.some(function (e) { return e.doc === d.id; }); }).length];
  })));
  var origins = tally(claims, function (c) { return c.origin; });
  if (Object.keys(origins).length > 1) form.appendChild(checks("origin", "Origin", rowsOf(origins, function (k) { return k; })));
  syncFilters();
}

function syncFilters() {
  Array.prototype.forEach.call(document.querySelectorAll(".chip"), function (b) {
    b.setAttribute("aria-pressed", S[b.getAttribute("data-field")].indexOf(b.getAttribute("data-name")) < 0 ? "true" : "false");
  });
  Array.prototype.forEach.call(document.querySelectorAll("#filters input[data-field]"), function (b) { b.checked = S[b.getAttribute("data-field")].indexOf(b.getAttribute("data-name")) < 0; });
  $("conf").value = Math.round(S.conf * 100);
  $("conf-out").textContent = Math.round(S.conf * 100) + " %";
  $("unmeasured").checked = !!S.unmeasured;
  var placedCount = byView(S.view).size;
  $("top").value = S.top || placedCount;
  $("top-out").textContent = S.top ? S.top + " of " + placedCount : "all " + placedCount;
  if ($("often")) { $("often").value = S.often || 1; $("often-out").textContent = (S.often || 1) + (S.often > 1 ? " articles" : " article"); }
  $("colour").value = S.colour;
  $("view").value = S.view;
}

function counted(n, word, all) { return n + (all > n ? " of " + all : "") + " " + word + ((all || n) === 1 ? "" : "s"); }

function showCounts() {
  var events = shown.things.filter(function (t) { return t.kind === "Event"; }).length, all = Math.max(shown.things.length, byView(S.view).size);
  $("counts").textContent = counted(shown.things.length, "node", all) + (events ? " (" + counted(events, "event") + ")" : "") + " · " + counted(shown.edges.length, "edge") + " · " + counted(shown.claims.length, "statement", claims.length);
  var notes = [];
  if (S.focus && thingByKey[S.focus]) notes.push(["Around " + short(thingByKey[S.focus].label, 40) + ", " + S.steps + (S.steps === 1 ? " step" : " steps"), "Show all", { focus: "", steps: 1 }]);
  if (S.more.length) notes.push(["More around " + S.more.map(function (k) { return thingByKey[k] ? short(thingByKey[k].label, 30) : ""; }).filter(Boolean).join(", "), "Fold away", { more: [] }]);
  if (S.hide.length) notes.push([S.hide.length + " hidden by hand", "Show them", { hide: [] }]);
  if (S.path.length === 1 && thingByKey[S.path[0]]) notes.push(["Path from " + short(thingByKey[S.path[0]].label, 40) + ": select the other end", "No path", { path: [] }]);
  if (S.top) notes.push(["The " + S.top + " most important of " + all + " nodes", "Show all", { top: 0 }]);
  if (S.often > 1) notes.push(["Named in at least " + S.often + " articles", "All", { often: 0 }]);
  if (S.from || S.to) notes.push(["Events " + (S.from ? "from " + S.from : "") + (S.to ? " to " + S.to : ""), "All dates", { from: "", to: "" }]);
  if (raw.options.left_out) notes.push([raw.options.left_out + " nodes with fewer ties are not on this page", "", null]);
  if (!shown.things.length) notes.push(["Nothing passes the filters", "Reset", null]);
  var box = clear($("notice"));
  notes.forEach(function (n) { box.appendChild(make("span", {}, [n[0] + " ", !n[1] ? "" : button(n[1], n[1], function () { if (n[2]) change(n[2]); else reset(); })])); });
  box.hidden = !notes.length;
}

function reset() {
  var keep = { tab: S.tab, paper: S.paper, view: S.view, colour: S.colour }, fresh = copy(DEFAULT);
  Object.keys(keep).forEach(function (k) { fresh[k] = keep[k]; });
  change(fresh);
  fit();
}
