// ---------------------------------------------------------------- colours, shapes, icons and lines, the same on canvas, in the legend and in SVG

var LOOK = raw.look;
// Communities in colours of Okabe and Ito, which the colour-blind can tell apart.
var GROUPS = { light: ["#0072b2", "#b35900", "#00795c", "#8f3f71", "#7a6000", "#3a6ea5", "#a8324a", "#4c5a67"],
               dark: ["#56b4e9", "#e69f00", "#2fc79a", "#e08fc0", "#f0e442", "#9cc7f0", "#ff9b8a", "#b8c2cf"] };

var isDark = false;
// Asked of the browser only when it changes: thousands of nodes want to know at each stroke.
function readTheme() {
  var chosen = document.documentElement.getAttribute("data-theme");
  isDark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}
function dark() { return isDark; }
function shade() { return isDark ? "dark" : "light"; }
function kindLook(kind) { return LOOK.kinds[kind] || LOOK.kinds.Entity; }
function kindColour(kind) { return kindLook(kind)[shade()]; }
function statusColour(status) { return LOOK.statuses[status][shade()]; }
function paper() { return LOOK.paper[shade()]; }
function ink() { return LOOK.ink[shade()]; }
function thingColour(t) { return S.colour === "community" ? GROUPS[shade()][t.group % 8] : kindColour(t.kind); }

var CORNERS = { square: [4, Math.PI / 4, 1.12], diamond: [4, 0, 1.22], hexagon: [6, 0, 1.1], pentagon: [5, -Math.PI / 2, 1.12], octagon: [8, Math.PI / 8, 1.06],
                triangle: [3, -Math.PI / 2, 1.3], shield: [5, Math.PI / 2, 1.12] };

// The outline of a node's shape as a path around 0,0.
function outline(shape, r) {
  if (shape === "circle") return "M" + -r + " 0a" + r + " " + r + " 0 1 0 " + 2 * r + " 0a" + r + " " + r + " 0 1 0 " + -2 * r + " 0z";
  if (shape === "pill") {
    var w = r * .45, h = r * .92;
    return "M" + -w + " " + -h + "h" + 2 * w + "a" + h + " " + h + " 0 0 1 0 " + 2 * h + "h" + -2 * w + "a" + h + " " + h + " 0 0 1 0 " + -2 * h + "z";
  }
  var c = CORNERS[shape], points = [];
  for (var i = 0; i < c[0]; i++) {
    var angle = c[1] + 2 * Math.PI * i / c[0];
    points.push((r * c[2] * Math.cos(angle)).toFixed(2) + " " + (r * c[2] * Math.sin(angle)).toFixed(2));
  }
  return "M" + points.join("L") + "z";
}

var outlines = {}, icons = {};
function outlinePath(shape, r) { var k = shape + r; return outlines[k] || (outlines[k] = new Path2D(outline(shape, r))); }
function iconPath(kind) { return icons[kind] || (icons[kind] = new Path2D(kindLook(kind).icon)); }

// A node's picture as SVG, for the legend, the map and the cards.
function badge(kind, size, hollow) {
  var look = kindLook(kind), colour = kindColour(kind), r = 10, svg = drawn("svg", { viewBox: "-13 -13 26 26", width: size, height: size, "aria-hidden": "true", focusable: "false" });
  svg.appendChild(drawn("path", { d: outline(look.shape, r), fill: hollow ? paper() : colour, stroke: colour, "stroke-width": hollow ? 2 : 0, "stroke-dasharray": hollow ? "3 2" : null }));
  svg.appendChild(drawn("path", { d: look.icon, fill: hollow ? colour : paper(), "fill-rule": "evenodd", transform: "translate(-7 -7) scale(.583)" }));
  return svg;
}

function stroke(status) {
  var look = LOOK.statuses[status], svg = drawn("svg", { viewBox: "0 0 34 12", width: 34, height: 12, "aria-hidden": "true", focusable: "false" });
  svg.appendChild(drawn("line", { x1: 1, y1: 6, x2: 33, y2: 6, stroke: statusColour(status), "stroke-width": look.width * 1.15, "stroke-dasharray": look.dash.join(" ") || null }));
  if (look.struck) svg.appendChild(drawn("path", { d: "M13 2l8 8M21 2l-8 8", stroke: statusColour(status), "stroke-width": 2 }));
  return svg;
}
