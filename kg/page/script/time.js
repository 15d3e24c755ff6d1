// ---------------------------------------------------------------- the timeline: dated events, a window over them, the undated named

var dated = [], limits = null;

function dayNumber(iso) { return Date.UTC(+iso.slice(0, 4), +iso.slice(5, 7) - 1, +iso.slice(8, 10)) / 864e5; }
function isoDay(n) { return new Date(n * 864e5).toISOString().slice(0, 10); }

function startTime() {
  var events = things.filter(function (t) { return t.kind === "Event" && t.placed; });
  dated = events.filter(function (t) { return t.time && t.time.from; }).map(function (t) { return { thing: t, a: dayNumber(t.time.from), b: dayNumber(t.time.to) }; })
    .sort(function (x, y) { return x.a - y.a || x.b - y.b; });
  var panel = $("panel-time"), undated = events.length - dated.length;
  if (!dated.length) { panel.appendChild(make("p", {}, events.length ? "None of the " + events.length + " events has a date." : "There are no events.")); return; }
  // Days are ranked, not measured: ten years ago and last week fit on one line.
  var days = {};
  dated.forEach(function (d) { days[d.a] = days[d.b] = true; });
  limits = Object.keys(days).map(Number).sort(function (a, b) { return a - b; });
  panel.appendChild(make("div", { id: "line" }));
  panel.appendChild(make("div", { "class": "brush" }, [
    make("label", { "for": "from" }, "from "), make("input", { type: "range", id: "from", min: 0, max: limits.length - 1, step: 1, value: 0 }), make("output", { id: "from-out", "for": "from" }, isoDay(limits[0])),
    make("label", { "for": "to" }, "to "), make("input", { type: "range", id: "to", min: 0, max: limits.length - 1, step: 1, value: limits.length - 1 }), make("output", { id: "to-out", "for": "to" }, isoDay(limits[limits.length - 1])),
    make("span", { "class": "check" }, [make("input", { type: "checkbox", id: "undated", checked: true }), make("label", { "for": "undated" }, undated + " undated")])]));
  function brush(e) {
    var a = +$("from").value, b = +$("to").value;
    if (a > b) { if (e.target.id === "from") a = b; else b = a; }
    change({ from: a === 0 ? "" : isoDay(limits[a]), to: b === limits.length - 1 ? "" : isoDay(limits[b]) });
  }
  $("from").addEventListener("input", brush);
  $("to").addEventListener("input", brush);
  $("undated").addEventListener("change", function () { change({ undated: $("undated").checked ? 1 : 0 }); });
}

function showTime() {
  if (!dated.length) return;
  var box = clear($("line")), w = Math.max(box.clientWidth || stage.clientWidth, 300), pad = 46, h = 74, rows = [], chosen = selected();
  // Gaps grow with the fourth root of their length: last week and ten years ago fit on one line, in order.
  var last = limits[limits.length - 1], ends = {}, total = 0;
  dated.forEach(function (d) { ends[d.a] = ends[d.b] = true; });
  var stops = Object.keys(ends).map(Number).sort(function (a, b) { return a - b; }), sums = [0];
  for (var i = 1; i < stops.length; i++) sums.push(total += Math.pow(stops[i] - stops[i - 1], .25));
  function x(n) {
    var i = 0;
    while (i + 1 < stops.length && stops[i + 1] <= n) i++;
    var part = i + 1 < stops.length && n > stops[i] ? (n - stops[i]) / (stops[i + 1] - stops[i]) : 0;
    return pad + (w - 2 * pad) * (total ? (sums[i] + part * ((sums[i + 1] || 0) - sums[i])) / total : .5);
  }
  var svg = drawn("svg", { width: w, height: h, viewBox: "0 0 " + w + " " + h, role: "group", "aria-label": "Dated events" });
  svg.appendChild(drawn("line", { x1: pad, x2: w - pad, y1: h - 20, y2: h - 20, "class": "axis" }));
  var ticks = [limits[0], last], marks = [];
  for (var year = +isoDay(limits[0]).slice(0, 4) + 1; year <= +isoDay(last).slice(0, 4); year++) ticks.push(dayNumber(year + "-01-01"));
  limits.forEach(function (n) { ticks.push(n); });
  ticks.forEach(function (n) {
    var at = x(n), text = ticks.indexOf(n) > 1 && isoDay(n).slice(5) === "01-01" ? isoDay(n).slice(0, 4) : isoDay(n);
    if (marks.some(function (m) { return Math.abs(m - at) < 66; })) return;
    marks.push(at);
    svg.appendChild(drawn("line", { x1: at, x2: at, y1: h - 24, y2: h - 16, "class": "axis" }));
    svg.appendChild(drawn("text", { x: at, y: h - 4, "text-anchor": "middle", "class": "tick" }, text));
  });
  dated.forEach(function (d) {
    var a = x(d.a), b = x(d.b), row = 0, mid = d.b > d.a ? (a + b) / 2 : a;
    while (rows[row] && rows[row].some(function (r) { return Math.abs(r - mid) < 17; })) row++;
    row = row > 2 ? 2 : row;
    (rows[row] = rows[row] || []).push(mid);
    d.row = row; d.mid = mid;
    var t = d.thing, y = h - 31 - row * 15, on = !!shown.isThing[t.id], colour = t.status ? statusColour(t.status) : kindColour("Event");
    var g = drawn("g", { role: "button", tabindex: on ? 0 : -1, "class": "when" + (on ? "" : " off") + (chosen.thing === t ? " chosen" : ""), "data-key": t.key,
      "aria-label": short(t.label, 60) + ", " + t.type.label + (t.status ? ", " + t.status : "") + ": " + t.time.words + ", " + (t.time.from === t.time.to ? t.time.from : t.time.from + " to " + t.time.to) });
    g.appendChild(drawn("title", {}, short(t.label, 60) + " (" + t.type.label + (t.status ? ", " + t.status : "") + ") · " + t.time.words + " = " + t.time.value));
    if (b - a > 8) g.appendChild(drawn("line", { x1: a, x2: b, y1: y, y2: y, stroke: colour, "stroke-width": 3, "stroke-linecap": "round", opacity: .55 }));
    g.appendChild(drawn("path", { d: outline("diamond", 6), transform: "translate(" + mid + " " + y + ")", fill: t.status ? paper() : colour, stroke: colour, "stroke-width": 1.6, "stroke-dasharray": t.status ? "2 1.500" : null }));
    function pick() { if (on) { selectThing(t); bringIntoSight([t]); } }
    g.addEventListener("click", pick);
    g.addEventListener("keydown", function (e) { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); pick(); } });
    svg.appendChild(g);
  });
  // A name where the next event leaves room for it.
  dated.forEach(function (d) {
    var next = Math.min.apply(null, rows[d.row].filter(function (m) { return m > d.mid; }).concat([w])), text = short(d.thing.label, 24);
    if (next - d.mid > text.length * 6 + 22) svg.appendChild(drawn("text", { x: d.mid + 10, y: h - 34 - d.row * 15, "class": "tick" + (shown.isThing[d.thing.id] ? "" : " off"), "aria-hidden": "true" }, text));
  });
  box.appendChild(svg);
  var a = 0, b = limits.length - 1;
  limits.forEach(function (n, i) { if (S.from && isoDay(n) <= S.from) a = i; if (S.to && isoDay(n) > S.to && b === limits.length - 1) b = Math.max(0, i - 1); });
  $("from").value = a; $("to").value = b;
  $("from-out").textContent = isoDay(limits[a]); $("to-out").textContent = isoDay(limits[b]);
  $("undated").checked = !!S.undated;
}
