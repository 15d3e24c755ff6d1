// ---------------------------------------------------------------- the map: located places over the outlines of countries, all from this file

// How near it is looked at: a factor, and the middle in degrees; null fits all places.
var mapLook = null;

function showMap() {
  var panel = clear($("panel-map")), known = things.filter(function (t) { return t.kind === "Place"; }), all = known.filter(function (t) { return t.at; });
  var lost = known.filter(function (t) { return !t.at; });
  if (!all.length) { panel.appendChild(make("p", {}, known.length ? "None of the " + known.length + " places has known coordinates." : "There are no places.")); return; }
  var box = { w: 1e9, e: -1e9, s: 1e9, n: -1e9 };
  all.forEach(function (t) { box.w = Math.min(box.w, t.at[1]); box.e = Math.max(box.e, t.at[1]); box.s = Math.min(box.s, t.at[0]); box.n = Math.max(box.n, t.at[0]); });
  var w = Math.max(panel.clientWidth || stage.clientWidth, 280) - 16, h = 240, fit_ = { k: 1, lat: (box.s + box.n) / 2, lon: (box.w + box.e) / 2 }, look = mapLook || fit_;
  var squeeze = Math.max(.2, Math.cos(look.lat * Math.PI / 180));
  var high = Math.max((box.n - box.s) * 1.5, (box.e - box.w) * 1.3 * squeeze * h / w, 5) / look.k, deg = h / high;
  var x0 = look.lon - w / 2 / deg / squeeze, y0 = look.lat + high / 2;
  function X(lon) { return (lon - x0) * deg * squeeze; }
  function Y(lat) { return (y0 - lat) * deg; }
  function near(k, lat, lon) { mapLook = k <= 1.01 ? null : { k: Math.min(k, 400), lat: lat, lon: lon }; showMap(); }
  var svg = drawn("svg", { width: w, height: h, viewBox: "0 0 " + w + " " + h, role: "group", "aria-label": "Map of places" }), d = [];
  raw.outline.forEach(function (arc) {
    var lon = arc[0] / 10, lat = arc[1] / 10, part = "M" + X(lon).toFixed(1) + " " + Y(lat).toFixed(1), inside = false;
    for (var i = 2; i < arc.length; i += 2) {
      lon += arc[i] / 10; lat += arc[i + 1] / 10;
      var px = X(lon), py = Y(lat);
      if (px > -w && px < 2 * w && py > -h && py < 2 * h) inside = true;
      part += (Math.abs(arc[i]) > 1800 ? "M" : "L") + px.toFixed(1) + " " + py.toFixed(1);
    }
    if (inside) d.push(part);
  });
  svg.appendChild(drawn("path", { d: d.join(""), "class": "coast" }));
  // Places that would cover each other stand as one with their number; a press looks nearer.
  var heaps = [], chosen = selected().thing;
  all.forEach(function (t) {
    var px = X(t.at[1]), py = Y(t.at[0]), heap = heaps.filter(function (p) { return p.land === isLand(t) && Math.hypot(p.x - px, p.y - py) < 13; })[0];
    if (heap) heap.list.push(t); else heaps.push({ x: px, y: py, list: [t], land: isLand(t) });
  });
  // A country is a ring around its capital, beneath the places.
  heaps.sort(function (p, q) { return (q.land ? 1 : 0) - (p.land ? 1 : 0); });
  heaps = heaps.filter(function (p) { return p.x > -10 && p.y > -10 && p.x < w + 10 && p.y < h + 10; });
  var taken = heaps.map(function (p) { return [p.x, p.y + 4, 8]; });
  heaps.forEach(function (p) {
    var t = p.list[0], several = p.list.length > 1, on = p.list.some(function (q) { return isOn(q); }), name = p.list.map(function (q) { return q.label; }).join(", ");
    var g = drawn("g", { role: "button", tabindex: on ? 0 : -1, "class": "where" + (on ? "" : " off") + (p.list.indexOf(chosen) >= 0 ? " chosen" : ""), "data-key": t.key,
      "aria-label": short(name, 80) + (several ? ": " + p.list.length + " places" : ", " + t.type.label) });
    g.appendChild(drawn("path", { d: outline("hexagon", p.land ? 12 : several ? 9 : 7), transform: "translate(" + p.x + " " + p.y + ")", fill: p.land ? paper() : kindColour("Place"), stroke: p.land ? kindColour("Place") : paper(), "stroke-width": p.land ? 2 : 1.5 }));
    if (several && !p.land) g.appendChild(drawn("text", { x: p.x, y: p.y + 4, "text-anchor": "middle", "class": "heap" }, p.list.length));
    var label = short(name, several ? 30 : 40), half = label.length * 3.3 + 4, spot = [[p.x, p.y - (p.land ? 17 : 12)], [p.x, p.y + 20], [p.x + half + 10, p.y + 4], [p.x - half - 10, p.y + 4]].filter(function (s) {
      return !taken.some(function (o) { return Math.abs(o[0] - s[0]) < o[2] + half && Math.abs(o[1] - s[1]) < 14; });
    })[0];
    if (spot) { taken.push([spot[0], spot[1], half]); g.appendChild(drawn("text", { x: spot[0], y: spot[1], "text-anchor": "middle", "class": "place" }, label)); }
    g.appendChild(drawn("title", {}, short(name, 200)));
    function pick() {
      if (!on) return;
      if (several && look.k < 300 && p.list.some(function (q) { return Math.hypot(q.at[0] - t.at[0], q.at[1] - t.at[1]) > .02; })) near(look.k * 4, t.at[0], t.at[1]);
      else { selectThing(t); bringIntoSight([t]); }
    }
    g.addEventListener("click", pick);
    g.addEventListener("keydown", function (e) { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); pick(); } });
    svg.appendChild(g);
  });
  function pointed(e) { var b = svg.getBoundingClientRect(); return [y0 - (e.clientY - b.top) / deg, x0 + (e.clientX - b.left) / deg / squeeze]; }
  svg.addEventListener("wheel", function (e) {
    e.preventDefault();
    var p = pointed(e), f = e.deltaY < 0 ? 1.5 : 1 / 1.5;
    near(look.k * f, p[0] + (look.lat - p[0]) / f, p[1] + (look.lon - p[1]) / f);
  }, { passive: false });
  svg.addEventListener("pointerdown", function (e) {
    if (e.target.closest(".where")) return;
    var from = pointed(e);
    function move(m) { var b = svg.getBoundingClientRect(); svg.setAttribute("viewBox", (X(from[1]) - (m.clientX - b.left)) + " " + (Y(from[0]) - (m.clientY - b.top)) + " " + w + " " + h); }
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", function (u) {
      window.removeEventListener("pointermove", move);
      var to = pointed(u);
      if (Math.abs(to[0] - from[0]) * deg > 3 || Math.abs(to[1] - from[1]) * deg > 3) near(Math.max(look.k, 1.02), look.lat - to[0] + from[0], look.lon - to[1] + from[1]);
    }, { once: true });
  });
  panel.appendChild(svg);
  panel.appendChild(make("p", { "class": "zoom" }, [
    button("+", "Nearer", function () { near(look.k * 2, look.lat, look.lon); }, { "aria-label": "Nearer on the map" }), button("−", "Further", function () { near(look.k / 2, look.lat, look.lon); }, { "aria-label": "Further on the map" }),
    button("All", "All places", function () { near(1, 0, 0); }, { "aria-label": "All places on the map" })]));
  panel.appendChild(make("p", { "class": "note" }, all.length + " of " + known.length + " places have known coordinates" + (lost.length ? "; not placed: " + short(lost.map(function (t) { return t.label; }).join(", "), 160) : "") +
    ". Countries stand at their capitals. Outlines: Natural Earth; places: GeoNames."));
}

function isLand(t) { return /^(country|region)$/.test(t.type.label); }

// Whether something is in what is shown: as a node, or in a statement of an edge.
function isOn(t) { return !!shown.isThing[t.id] || t.claims.some(function (c) { return shown.isClaim[c.id]; }); }
