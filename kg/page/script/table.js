// ---------------------------------------------------------------- the table of what is shown, and the query behind the view

var sorting = { by: 0, down: false }, ROWS = 200, rowsShown = ROWS;
var COLUMNS = ["Subject", "Relation", "Object", "Standing", "Who says it", "Reading", "Date", "Words"];

function cells(c) {
  var d = c.evidence.length ? docs[c.evidence[0].doc] : null;
  return [c.subject.label, tensed(c), c.object ? c.object.label : c.value ? c.value.words : "", standing(c), speaker(c), c.confidence === null ? "" : String(Math.round(c.confidence * 100) / 100),
    c.subject.time && c.subject.time.value ? c.subject.time.value : d ? d.date : "", c.evidence.length ? quoteOf(c.evidence[0]) : ""];
}

function sortedClaims() {
  var rows = shown.claims.map(function (c) { return [c, cells(c)]; }), by = sorting.by, numeric = by === 5;
  rows.sort(function (a, b) { var x = a[1][by], y = b[1][by]; return (numeric ? x - y : x < y ? -1 : x > y ? 1 : 0) || a[0].id - b[0].id; });
  if (sorting.down) rows.reverse();
  return rows;
}

function showTable() {
  var box = clear($("statements")), rows = sortedClaims(), chosen = selected();
  var head = make("tr", {}, COLUMNS.map(function (name, i) {
    return make("th", { scope: "col", "aria-sort": sorting.by === i ? (sorting.down ? "descending" : "ascending") : null },
      make("button", { type: "button", on: { click: function () { sorting = { by: i, down: sorting.by === i ? !sorting.down : false }; showTable(); $("statements").querySelectorAll("th button")[i].focus(); } } }, name + (sorting.by === i ? (sorting.down ? " ↓" : " ↑") : "")));
  }));
  var body = make("tbody", {}, rows.slice(0, rowsShown).map(function (r) {
    var c = r[0], texts = r[1];
    return make("tr", { "data-claim": tail(c.iri), "data-status": c.status, "class": chosen.claims.indexOf(c) >= 0 ? "chosen" : null }, texts.map(function (text, i) {
      if (i === 1) return make("td", {}, button(text, "Select this statement", function () { selectClaims([c]); }, { "class": "link" }));
      if (i === 3) return make("td", {}, statusChip(c));
      if (i === 5) return make("td", {}, sureness(c));
      return make("td", { dir: "auto" }, short(text, 160));
    }));
  }));
  box.appendChild(make("table", {}, [make("caption", {}, rows.length + " statements shown" + (rows.length > rowsShown ? ", the first " + rowsShown + " listed" : "")), make("thead", {}, head), body]));
  if (rows.length > rowsShown) box.appendChild(button("List " + Math.min(1000, rows.length - rowsShown) + " more", "List more", function () { rowsShown += 1000; showTable(); }));
}

function showQuery() {
  var panel = clear($("panel-query")), view = byView(S.view);
  panel.appendChild(make("h2", {}, view.title));
  panel.appendChild(make("p", {}, view.about));
  panel.appendChild(make("pre", { tabindex: 0, id: "sparql", "aria-label": "SPARQL" }, view.sparql));
  panel.appendChild(button("Copy", "Copy the query", function (e) { copyText(view.sparql, e.target); }, { id: "copy-query" }));
}

function copyText(text, el) {
  function done(ok) { var old = el.textContent; el.textContent = ok ? "Copied" : "Select and copy by hand"; setTimeout(function () { el.textContent = old; }, 1500); }
  if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(function () { done(true); }, function () { done(old()); });
  else done(old());
  function old() {
    var area = make("textarea", { "class": "unseen", "aria-hidden": "true" });
    area.value = text; document.body.appendChild(area); area.select();
    var ok = false;
    try { ok = document.execCommand("copy"); } catch (e) { ok = false; }
    area.remove(); el.focus();
    return ok;
  }
}

// ---------------------------------------------------------------- tabs below the graph

var TABS = ["time", "map", "table", "query", "none"];
function showTab(before) {
  TABS.forEach(function (t) {
    $("tab-" + t).setAttribute("aria-selected", S.tab === t ? "true" : "false");
    $("tab-" + t).tabIndex = S.tab === t ? 0 : -1;
    $("panel-" + t).hidden = S.tab !== t;
  });
  document.body.setAttribute("data-tab", S.tab);
  if (S.tab === "time") showTime();
  if (S.tab === "map") showMap();
  if (S.tab === "table") showTable();
  if (S.tab === "query") showQuery();
}

function startTabs() {
  TABS.forEach(function (t, i) {
    $("tab-" + t).addEventListener("click", function () { change({ tab: t }, true); });
    $("tab-" + t).addEventListener("keydown", function (e) {
      var by = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      if (!by) return;
      e.preventDefault();
      var next = TABS[(i + by + TABS.length) % TABS.length];
      change({ tab: next }, true);
      $("tab-" + next).focus();
    });
  });
}
