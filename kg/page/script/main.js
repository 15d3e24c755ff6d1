// ---------------------------------------------------------------- the whole: menus, keys, theme, and what follows each change

var MENUS = ["filters", "save", "help"];
function openMenu(name, open) {
  MENUS.forEach(function (m) {
    var on = m === name ? open : m === "filters" ? !$(m).hidden : false;
    $(m).hidden = !on;
    $(m + "-open").setAttribute("aria-expanded", on ? "true" : "false");
  });
}

function setTheme(name) {
  document.documentElement.setAttribute("data-theme", name);
  try { localStorage.setItem("article-kg theme", name); } catch (e) { /* no storage: this page only */ }
  redrawLooks();
}
function redrawLooks() {
  readTheme();
  $("theme").textContent = dark() ? "Light" : "Dark";
  buildLegend(); syncFilters(); updateGraph(); showTab(); showCard(); paintKinds();
}
// The marks of the text in the colours of the classes: rules, since inline styles are forbidden.
function paintKinds() { Object.keys(LOOK.kinds).forEach(function (k) { document.documentElement.style.setProperty("--kind-" + k, kindColour(k)); }); ORDER.forEach(function (s) { document.documentElement.style.setProperty("--status-" + s, statusColour(s)); }); }

function update(before) {
  var turned = before.view !== S.view;
  reckon();
  if (turned) { buildLegend(); buildFilters(); }
  var moved = turned || placedAnew();
  if (turned) edgeSet.clear();
  if (moved) nodeSet.update(takePlaces());
  if (turned) edgeSet.add(buildEdges());
  updateGraph();
  if (moved) fit(true);
  syncFilters();
  showCounts();
  showCard();
  showPaper();
  if (before.sel !== S.sel) {
    lightText(true);
    speak();
    var chosen = selected();
    if (chosen.thing && shown.isThing[chosen.thing.id]) bringIntoSight([chosen.thing]);
  } else lightText(false);
  showTab(before);
  showSteps();
  $("undo").disabled = !past.length;
}

function keys(e) {
  var tag = (e.target.tagName || "").toLowerCase(), typing = /^(input|select|textarea)$/.test(tag);
  if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "z" && !(typing && e.target.type !== "range" && e.target.type !== "checkbox")) { e.preventDefault(); undo(); return; }
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "Escape") {
    if (MENUS.some(function (m) { return !$(m).hidden; })) { var open = MENUS.filter(function (m) { return !$(m).hidden; })[0]; openMenu(open, false); $(open + "-open").focus(); return; }
    change({ sel: "", path: [] }, true);
    return;
  }
  if (typing) return;
  if (e.key === "/") { e.preventDefault(); $("find").focus(); $("find").select(); return; }
  if (!stage.contains(e.target)) return;
  var t = selected().thing, done = true;
  switch (e.key) {
    case "ArrowLeft": step(-1, 0); break;
    case "ArrowRight": step(1, 0); break;
    case "ArrowUp": step(0, -1); break;
    case "ArrowDown": step(0, 1); break;
    case "n": stepClaim(1); break;
    case "p": stepClaim(-1); break;
    case "f": if (t) focusOn(t); break;
    case "h": if (t) hideThing(t); break;
    case "+": case "=": net.moveTo({ scale: net.getScale() * 1.25 }); break;
    case "-": net.moveTo({ scale: net.getScale() / 1.25 }); break;
    case "0": fit(); break;
    case "Enter": if (!$("card").hidden) $("card").focus(); break;
    default: done = false;
  }
  if (done) e.preventDefault();
}

function start() {
  var kept = null;
  try { kept = localStorage.getItem("article-kg theme"); } catch (e) { kept = null; }
  if (kept === "dark" || kept === "light") document.documentElement.setAttribute("data-theme", kept);
  readTheme();
  var placedCount = things.filter(function (t) { return t.placed; }).length;
  if (placedCount > 2500 && typeof SigmaKit === "undefined") DEFAULT.top = S.top = 1000;
  S = recall(location.hash);
  views.forEach(function (v) { $("view").appendChild(make("option", { value: v.name }, v.title)); });
  $("view").addEventListener("change", function () { change({ view: $("view").value, sel: "", path: [] }); });
  showLead();
  reckon();
  startGraph();
  startFind(); startArticle(); startTime(); startTabs(); startSave();
  buildFilters(); redrawLooks(); showCounts(); showPaper(); lightText(true); keepMarks(); showSteps();
  $("tell").addEventListener("click", function () { goStep(1); });
  listeners.push(update);
  $("undo").addEventListener("click", undo);
  $("reset").addEventListener("click", reset);
  $("fit").addEventListener("click", function () { fit(); });
  $("theme").addEventListener("click", function () { setTheme(dark() ? "light" : "dark"); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawLooks);
  MENUS.forEach(function (m) { $(m + "-open").addEventListener("click", function () { openMenu(m, $(m).hidden); }); });
  document.addEventListener("keydown", keys);
  $("filters").addEventListener("submit", function (e) { e.preventDefault(); });
  window.addEventListener("hashchange", function () { var before = S; S = recall(location.hash); update(before); });
  var wait = 0;
  window.addEventListener("resize", function () { clearTimeout(wait); wait = setTimeout(showTab, 120); });
  window.addEventListener("beforeprint", function () { if (S.tab !== "table") showTable(); });
  // What a page around this one, or a test, may ask: where a node stands in the window, what is shown, which labels are drawn where.
  window.articleKg = {
    position: function (key) {
      var p = net.canvasToDOM({ x: thingByKey[key].x, y: thingByKey[key].y }), box = stage.getBoundingClientRect();
      return { x: box.left + p.x, y: box.top + p.y };
    },
    middle: function (key) {
      var e = shown.edges.filter(function (x) { return x.claims.some(function (c) { return tail(c.iri) === key; }); })[0], p = net.canvasToDOM(midpoint(e)), box = stage.getBoundingClientRect();
      return { x: box.left + p.x, y: box.top + p.y };
    },
    things: function () { return shown.things.map(function (t) { return { key: t.key, label: t.label, kind: t.kind, type: t.type.name, status: t.status }; }); },
    edges: function () { return shown.edges.map(function (e) { return { from: e.from.key, to: e.to.key, word: e.word.name, said: e.said, status: e.status, claims: e.claims.map(function (c) { return tail(c.iri); }) }; }); },
    labels: function () { return placed.map(function (l) { return { kind: l.kind, text: (l.lines || []).join(" "), members: l.members ? l.members.length : null, box: l.box || null, key: l.thing ? l.thing.key : null }; }); },
    routes: function () {
      return shown.edges.map(function (e) {
        var points = [];
        for (var k = 2; k <= 98; k++) { var p = net.canvasToDOM(midpoint(e, k / 100)); points.push([p.x, p.y]); }
        return points;
      });
    },
    scale: function () { return net.getScale(); },
    webgl: function () { return !!net.webgl; }
  };
  document.documentElement.setAttribute("data-ready", "true");
}

start();
