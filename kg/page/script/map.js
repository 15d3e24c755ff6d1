// ---------------------------------------------------------------- the map: located places over the outlines of countries, all from this file

function showMap() {
  var panel = clear($("panel-map")), all = things.filter(function (t) { return t.at && t.placed; });
  var places = things.filter(function (t) { return t.kind === "Place" && t.placed; }).length;
  if (!all.length) { panel.appendChild(make("p", {}, places ? "None of the " + places + " places has known coordinates." : "There are no places.")); return; }
  var box = { w: 1e9, e: -1e9, s: 1e9, n: -1e9 };
  all.forEach(function (t) { box.w = Math.min(box.w, t.at[1]); box.e = Math.max(box.e, t.at[1]); box.s = Math.min(box.s, t.at[0]); box.n = Math.max(box.n, t.at[0]); });
  var w = Math.max(panel.clientWidth || stage.clientWidth, 280) - 16, h = 240, midLat = (box.s + box.n) / 2, squeeze = Math.max(.2, Math.cos(midLat * Math.PI / 180));
  var high = Math.max((box.n - box.s) * 1.5, (box.e - box.w) * 1.3 * squeeze * h / w, 5), deg = h / high;
  var x0 = (box.w + box.e) / 2 - w / 2 / deg / squeeze, y0 = midLat + high / 2;
  function X(lon) { return (lon - x0) * deg * squeeze; }
  function Y(lat) { return (y0 - lat) * deg; }
  var svg = drawn("svg", { width: w, height: h, viewBox: "0 0 " + w + " " + h, role: "group", "aria-label": "Map of places" }), d = [];
  raw.outline.forEach(function (arc) {
    var lon = arc[0] / 10, lat = arc[1] / 10, part = "M" + X(lon).toFixed(1) + " " + Y(lat).toFixed(1), near = false;
    for (var i = 2; i < arc.length; i += 2) {
      lon += arc[i] / 10; lat += arc[i + 1] / 10;
      var px = X(lon), py = Y(lat);
      if (px > -w && px < 2 * w && py > -h && py < 2 * h) near = true;
      part += (Math.abs(arc[i]) > 1800 ? "M" : "L") + px.toFixed(1) + " " + py.toFixed(1);
    }
    if (near) d.push(part);
  });
  svg.appendChild(drawn("path", { d: d.join(""), "class": "coast" }));
  var chosen = selected().thing, taken = all.map(function (t) { return [X(t.at[1]), Y(t.at[0]) + 4, 8]; });
  all.forEach(function (t) {
    var px = X(t.at[1]), py = Y(t.at[0]), on = !!shown.isThing[t.id];
    var g = drawn("g", { role: "button", tabindex: on ? 0 : -1, "class": "where" + (on ? "" : " off") + (chosen === t ? " chosen" : ""), "data-key": t.key, "aria-label": short(t.label, 60) + ", " + t.type.label });
    g.appendChild(drawn("path", { d: outline("hexagon", 7), transform: "translate(" + px + " " + py + ")", fill: kindColour("Place"), stroke: paper(), "stroke-width": 1.5 }));
    var half = t.label.length * 3.3 + 4, spot = [[px, py - 12], [px, py + 20], [px + half + 10, py + 4], [px - half - 10, py + 4]].filter(function (s) {
      return !taken.some(function (o) { return Math.abs(o[0] - s[0]) < o[2] + half && Math.abs(o[1] - s[1]) < 14; });
    })[0];
    if (spot) { taken.push([spot[0], spot[1], half]); g.appendChild(drawn("text", { x: spot[0], y: spot[1], "text-anchor": "middle", "class": "place" }, short(t.label, 40))); }
    g.appendChild(drawn("title", {}, short(t.label, 60)));
    function pick() { if (on) { selectThing(t); bringIntoSight([t]); } }
    g.addEventListener("click", pick);
    g.addEventListener("keydown", function (e) { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); pick(); } });
    svg.appendChild(g);
  });
  panel.appendChild(svg);
  panel.appendChild(make("p", { "class": "note" }, all.length + " of " + places + " places have known coordinates. Outlines: Natural Earth."));
}
