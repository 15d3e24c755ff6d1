// ---------------------------------------------------------------- the timeline: events on a true scale, empty years cut out, the undated by their order

var dated = [], limits = null, ordered = [];

function dayNumber(iso) { return Date.UTC(+iso.slice(0, 4), +iso.slice(5, 7) - 1, +iso.slice(8, 10)) / 864e5; }
function isoDay(n) { return new Date(n * 864e5).toISOString().slice(0, 10); }
// "30 Jan 2026", "Jan 2026", "2026": a day or a span of days, as people say it.
function spanOf(a, b) {
  if (a === b) return dayOf(isoDay(a));
  var x = isoDay(a), y = isoDay(b);
  return x.slice(0, 4) !== y.slice(0, 4) ? x.slice(0, 4) + "–" + y.slice(0, 4) : x.slice(0, 7) === y.slice(0, 7) ? MONTHS[+x.slice(5, 7) - 1] + " " + x.slice(0, 4) : x.slice(0, 4);
}

// What an event is called on the line: who does it, and its word.
function happening(t) {
  var by = t.claims.filter(function (c) { return c.subject === t && c.word.name === "agent" && c.object; })[0];
  return (by ? (by.object.kind === "Person" ? by.object.label.split(" ").slice(-1)[0] : by.object.label) + " " : "") + t.label;
}

function startTime() {
  var events = things.filter(function (t) { return t.kind === "Event" && t.claims.length; }), told = {}, news = docs.length === 1 && docs[0].date ? dayNumber(docs[0].date) : null;
  raw.lead.forEach(function (s, i) { s[2].forEach(function (k) { if (!(claims[k].subject.id in told)) told[claims[k].subject.id] = i; }); });
  dated = events.filter(function (t) { return t.time && t.time.from; }).map(function (t) {
    var a = dayNumber(t.time.from), b = dayNumber(t.time.to);
    // The article's own events: told above, or of its own days.
    return { thing: t, a: a, b: b, own: t.id in told ? told[t.id] : news !== null && Math.abs(a - news) <= 45 && b - a < 40 ? 50 : 100 };
  }).sort(function (x, y) { return x.a - y.a || x.b - y.b; });
  var panel = clear($("panel-time")), byId = {};
  dated.forEach(function (d) { byId[d.thing.id] = d; });
  ordered = [];
  claims.forEach(function (c) {
    if (c.word.name !== "before" || !c.object) return;
    if (byId[c.object.id] && !byId[c.subject.id] && events.indexOf(c.subject) >= 0) ordered.push({ thing: c.subject, beside: byId[c.object.id], side: -1 });
    else if (byId[c.subject.id] && !byId[c.object.id] && events.indexOf(c.object) >= 0) ordered.push({ thing: c.object, beside: byId[c.subject.id], side: 1 });
  });
  var undated = events.length - dated.length;
  if (!dated.length) { panel.appendChild(make("p", {}, events.length ? "None of the " + events.length + " events has a date." : "There are no events.")); return; }
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

// One scale in pixels a day for all pieces of the line; empty time between them that is longer than a sixth of the rest is cut out.
function pieces_() {
  var runs = [];
  dated.forEach(function (d) {
    var last = runs[runs.length - 1];
    if (last && d.a <= last.b + 1) last.b = Math.max(last.b, d.b); else runs.push({ a: d.a, b: d.b });
  });
  var filled = runs.reduce(function (sum, r) { return sum + r.b - r.a + 1; }, 0), most = Math.max(4, filled / 6), joined = [];
  runs.forEach(function (r) {
    var last = joined[joined.length - 1];
    if (last && r.a - last.b <= most) last.b = Math.max(last.b, r.b); else joined.push({ a: r.a, b: r.b });
  });
  return joined;
}

var BREAK = 30;
function showTime() {
  if (!dated.length) return;
  var box = clear($("line")), w = Math.max(box.clientWidth || stage.clientWidth, 300), pad = 46, h = 88, base = h - 20, chosen = selected(), runs = pieces_();
  var days = runs.reduce(function (sum, r) { return sum + r.b - r.a + 1; }, 0), scale = (w - 2 * pad - (runs.length - 1) * BREAK) / days, at = pad;
  if (scale <= 0) { runs = [{ a: runs[0].a, b: runs[runs.length - 1].b }]; scale = (w - 2 * pad) / (runs[0].b - runs[0].a + 1); }
  runs.forEach(function (r) { r.x = at; at += (r.b - r.a + 1) * scale + BREAK; });
  function x(n) { var r = runs.filter(function (q) { return n >= q.a && n <= q.b + 1; })[0] || runs[0]; return r.x + (n - r.a) * scale; }
  var svg = drawn("svg", { width: w, height: h, viewBox: "0 0 " + w + " " + h, role: "group", "aria-label": "Dated events" }), marks = [];
  runs.forEach(function (r, i) {
    svg.appendChild(drawn("line", { x1: r.x, x2: r.x + (r.b - r.a + 1) * scale, y1: base, y2: base, "class": "axis" }));
    if (i) { var cut = r.x - BREAK / 2; svg.appendChild(drawn("path", { d: "M" + (cut - 5) + " " + (base + 6) + "l6 -12m4 0l-6 12", "class": "axis cut" }, drawn("title", {}, "Here the line leaves out " + Math.round((r.a - runs[i - 1].b) / 36.525) / 10 + " years"))); }
  });
  function tick(n, text, day) {
    var px = x(n) + (day ? scale / 2 : 0);
    if (marks.some(function (m) { return Math.abs(m - px) < 66; }) || px > w - 20) return;
    marks.push(px);
    svg.appendChild(drawn("line", { x1: px, x2: px, y1: base - 4, y2: base + 4, "class": "axis" }));
    var g = drawn("g", day ? { role: "button", tabindex: 0, "class": "day", "data-day": isoDay(n), "aria-label": "Only " + text } : {});
    g.appendChild(drawn("text", { x: px, y: h - 4, "text-anchor": "middle", "class": "tick" }, text));
    if (day) {
      var only = function () { change(S.from === isoDay(n) && S.to === isoDay(n) ? { from: "", to: "", undated: 1 } : { from: isoDay(n), to: isoDay(n), undated: 0 }); };
      g.addEventListener("click", only);
      g.addEventListener("keydown", function (e) { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); only(); } });
    }
    svg.appendChild(g);
  }
  // Days of the article's own events first, then other days, then years and months where there is room.
  dated.slice().sort(function (p, q) { return p.own - q.own; }).forEach(function (d) { if (d.a === d.b) tick(d.a, dayOf(isoDay(d.a)), true); });
  dated.forEach(function (d) { if (d.b > d.a) tick(d.a, spanOf(d.a, d.b), false); });
  runs.forEach(function (r) { for (var year = +isoDay(r.a).slice(0, 4) + 1; year <= +isoDay(r.b).slice(0, 4); year++) tick(dayNumber(year + "-01-01"), String(year), false); });
  var rows = [[], [], [], []];
  function place(from, to) {
    for (var row = 0; row < 4; row++) if (!rows[row].some(function (r) { return from < r[1] && to > r[0]; })) { rows[row].push([from, to]); return row; }
    return -1;
  }
  function mark(t, x1, x2, span, named, hint, beside) {
    var on = isOn(t), colour = t.status ? statusColour(t.status) : kindColour("Event"), text = named ? short(happening(t), 34) : "", wide_ = text.length * 6 + 18;
    var left = !span && x1 + wide_ > w, row = text ? place(left ? x1 - wide_ : x1 - 7, Math.max(x2 + 7, left ? 0 : x1 + wide_)) : -1;
    if (row < 0) { text = ""; row = place(x1 - 7, x2 + 7); }
    if (row < 0) row = 3;
    var y = base - 11 - row * 15;
    var g = drawn("g", { role: "button", tabindex: on ? 0 : -1, "class": "when" + (on ? "" : " off") + (chosen.thing === t || chosen.claims.some(function (c) { return c.subject === t; }) ? " chosen" : ""), "data-key": t.key,
      "aria-label": short(t.label, 60) + ", " + t.type.label + (t.status ? ", " + t.status : "") + (text ? ", " + text : "") + ": " + hint });
    g.appendChild(drawn("title", {}, short(happening(t), 80) + " (" + t.type.label + (t.status ? ", " + t.status : "") + ") · " + hint));
    if (span) g.appendChild(drawn("rect", { x: x1, y: y - 5, width: Math.max(x2 - x1, 6), height: 10, rx: 4, fill: t.status ? paper() : colour, "fill-opacity": t.status ? 1 : .3, stroke: colour, "stroke-width": 1.3, "stroke-dasharray": t.status ? "2 1.500" : null }));
    else g.appendChild(drawn("path", { d: outline("diamond", 6), transform: "translate(" + x1 + " " + y + ")", fill: t.status || beside ? paper() : colour, stroke: colour, "stroke-width": 1.6, "stroke-dasharray": t.status ? "2 1.500" : beside ? "1 2" : null }));
    if (text) g.appendChild(drawn("text", { x: left ? x1 - 10 : x1 + (span ? 5 : 10), y: y + 4, "text-anchor": left ? "end" : "start", "class": "tick name" }, text));
    function pick() { if (!on) return; if (shown.isThing[t.id]) { selectThing(t); bringIntoSight([t]); } else selectClaims(t.claims.filter(function (c) { return c.subject === t && shown.isClaim[c.id]; })); }
    g.addEventListener("click", pick);
    g.addEventListener("keydown", function (e) { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); pick(); } });
    svg.appendChild(g);
  }
  dated.slice().sort(function (p, q) { return p.own - q.own || p.a - q.a; }).slice(0, 400).forEach(function (d) {
    var span = d.b > d.a;
    d.x = x(d.a) + (span ? 0 : scale / 2);
    mark(d.thing, d.x, span ? x(d.b + 1) : d.x, span, true, d.thing.time.words + ", " + (span ? d.thing.time.from + " to " + d.thing.time.to : d.thing.time.from), false);
  });
  ordered.slice(0, 40).forEach(function (o) { if (o.beside.x) mark(o.thing, Math.max(8, Math.min(w - 8, o.beside.x + o.side * 16)), Math.max(8, Math.min(w - 8, o.beside.x + o.side * 16)), false, true, "undated, " + (o.side < 0 ? "before " : "after ") + happening(o.beside.thing), true); });
  box.appendChild(svg);
  var a = 0, b = limits.length - 1;
  limits.forEach(function (n, i) { if (S.from && isoDay(n) <= S.from) a = i; if (S.to && isoDay(n) > S.to && b === limits.length - 1) b = Math.max(0, i - 1); });
  $("from").value = a; $("to").value = b;
  $("from-out").textContent = isoDay(limits[a]); $("to-out").textContent = isoDay(limits[b]);
  $("undated").checked = !!S.undated;
}
