// ---------------------------------------------------------------- the graph: vis-network draws and feels, we give looks and places

var stage = $("graph"), net, nodeSet, edgeSet, edgeById = {}, dim = {}, lit = {}, hovered = null, lastLook = {};
var CALM = matchMedia("(prefers-reduced-motion: reduce)");

function nodeRow(t) { return { id: t.id, x: t.x, y: t.y, shape: "custom", size: t.size, ctxRenderer: renderNode, hidden: !shown.isThing[t.id] }; }

function renderNode(p) {
  var t = things[p.id], r = t.size, ctx = p.ctx, look = kindLook(t.kind), hollow = !!t.status, colour = thingColour(t), chosen = p.state.selected;
  // A picture of few nodes keeps them large enough to see and to touch however far away.
  var grow = shown.things.length <= 150 ? Math.max(1, 7 / (r * net.getScale())) : 1;
  return {
    drawNode: function () {
      ctx.save();
      ctx.translate(p.x, p.y);
      ctx.scale(grow, grow);
      ctx.globalAlpha = dim[t.id] ? .16 : 1;
      var path = outlinePath(look.shape, r);
      if (chosen || lit[t.id] || p.state.hover) {
        ctx.lineWidth = chosen ? 9 : 7;
        ctx.strokeStyle = dark() ? "rgba(255,214,102,.95)" : "rgba(255,176,0,.9)";
        ctx.stroke(path);
      }
      ctx.fillStyle = hollow ? paper() : colour;
      ctx.fill(path);
      ctx.lineWidth = hollow ? 2 : 1.2;
      // Never the look of a fact: an event that is not asserted is hollow, its rim the line of its status.
      ctx.strokeStyle = hollow ? statusColour(t.status) : paper();
      if (hollow) ctx.setLineDash(LOOK.statuses[t.status].dash.length ? LOOK.statuses[t.status].dash.map(function (d) { return d * .7; }) : []);
      ctx.stroke(path);
      ctx.setLineDash([]);
      var s = r * 1.24 / 24 * (look.shape === "triangle" ? .8 : 1);
      ctx.scale(s, s);
      ctx.translate(-12, -12 + (look.shape === "triangle" ? 4 : 0));
      ctx.fillStyle = hollow ? statusColour(t.status) : paper();
      ctx.fill(iconPath(t.kind), "evenodd");
      ctx.restore();
      if (hollow && LOOK.statuses[t.status].struck) {
        ctx.save(); ctx.globalAlpha = dim[t.id] ? .16 : 1; ctx.strokeStyle = statusColour(t.status); ctx.lineWidth = 2.2;
        ctx.beginPath(); ctx.moveTo(p.x - r * 1.1, p.y + r * 1.1); ctx.lineTo(p.x + r * 1.1, p.y - r * 1.1); ctx.stroke(); ctx.restore();
      }
    },
    nodeDimensions: { width: 2 * r, height: 2 * r }
  };
}

function edgeRow(e, shownNow) {
  var look = LOOK.statuses[e.status], colour = statusColour(e.status), faint = dim["e" + e.id];
  var crowd = byView(S.view).edges.length > 700;
  return { id: "e" + e.id, from: e.from.id, to: e.to.id, hidden: !shownNow, dashes: look.dash.length ? look.dash : false,
    width: crowd ? look.width * .7 : look.width, selectionWidth: 1.6, hoverWidth: 1.2,
    color: { color: colour, highlight: colour, hover: colour, opacity: faint ? .1 : crowd ? .45 : e.validity === "current" ? .9 : .45 },
    arrows: { to: { enabled: true, scaleFactor: crowd ? .3 : .5 } }, smooth: e.bend ? { enabled: true, type: e.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(e.bend) } : false };
}

// Edges between the same two nodes fan out.
function bend(edges) {
  var pairs = {};
  edges.forEach(function (e) {
    var k = Math.min(e.from.id, e.to.id) + " " + Math.max(e.from.id, e.to.id);
    (pairs[k] = pairs[k] || []).push(e);
  });
  Object.keys(pairs).forEach(function (k) {
    var list = pairs[k], n = list.length;
    list.forEach(function (e, i) {
      var b = n === 1 ? 0 : (i - (n - 1) / 2) * .28;
      e.bend = e.from.id === e.to.id ? .4 : e.from.id < e.to.id ? b : -b;
      if (n % 2 && n > 1 && i === (n - 1) / 2) e.bend = 0;
    });
  });
}

function buildEdges() {
  var view = byView(S.view), visible = {};
  shown.edges.forEach(function (e) { visible[e.id] = true; });
  bend(view.edges);
  edgeById = {};
  view.edges.forEach(function (e) { edgeById["e" + e.id] = e; });
  reckonDimming();
  return view.edges.map(function (e) {
    lastLook["e" + e.id] = lookKey(e, visible[e.id]);
    return edgeRow(e, visible[e.id]);
  });
}

function startGraph() {
  takePlaces();
  net = things.filter(function (t) { return t.placed; }).length > 1500 || raw.edges.length > 4000 ? webglNetwork() : null;
  if (net) { nodeSet = net.sets.nodes; edgeSet = net.sets.edges; } else startVis();
  things.forEach(function (t) { lastLook["n" + t.id] = !shown.isThing[t.id]; });
  Array.prototype.forEach.call(stage.querySelectorAll("canvas"), function (canvas) { canvas.setAttribute("aria-hidden", "true"); });
  hearGraph();
  fit(true);
}

function startVis() {
  nodeSet = new vis.DataSet(things.filter(function (t) { return t.placed; }).map(nodeRow));
  edgeSet = new vis.DataSet(buildEdges());
  var many = raw.edges.length > 1500;
  net = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, {
    autoResize: true, physics: { enabled: false }, layout: { improvedLayout: false },
    interaction: { hover: !many, hideEdgesOnDrag: many, hideEdgesOnZoom: many, keyboard: false, multiselect: false, tooltipDelay: 1e9, selectConnectedEdges: false },
    nodes: { shape: "custom", chosen: true, font: { size: 0 } }, edges: { smooth: false, font: { size: 0 }, arrowStrikethrough: false } });
}

function hearGraph() {
  net.on("click", function (p) {
    if (p.nodes.length) selectThing(things[p.nodes[0]]);
    else if (p.edges.length) selectClaims(edgeById[p.edges[0]].claims.filter(function (c) { return shown.isClaim[c.id]; }));
    else {
      // A press on a community's name looks nearer at it.
      var at = p.pointer && p.pointer.DOM, name = at && placed.filter(function (l) { return l.kind === "group" && at.x > l.box[0] && at.x < l.box[2] && at.y > l.box[1] && at.y < l.box[3]; })[0];
      if (name) fitTo(name.members); else change({ sel: "" }, true);
    }
  });
  net.on("doubleClick", function (p) { if (p.nodes.length) focusOn(things[p.nodes[0]]); });
  net.on("hoverEdge", function (p) { hovered = p.edge; net.redraw(); });
  net.on("blurEdge", function () { hovered = null; net.redraw(); });
  net.on("dragging", follow);
  net.on("dragEnd", follow);
  function follow(p) {
    p.nodes.forEach(function (id) { var at = net.getPositions([id])[id]; things[id].x = at.x; things[id].y = at.y; });
  }
  net.on("beforeDrawing", function (ctx) {
    // The picture that is saved has paper behind it.
    ctx.save(); ctx.setTransform(1, 0, 0, 1, 0, 0); ctx.fillStyle = paper(); ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height); ctx.restore();
  });
  net.on("afterDrawing", drawLabels);
  // Until the reader moves the picture it stays fitted to its window.
  net.on("zoom", function () { touched = true; });
  net.on("dragEnd", function (p) { if (!p.nodes.length) touched = true; });
  new ResizeObserver(function () { if (!touched) fit(true); }).observe(stage);
}

var touched = false;
function fit(still) {
  touched = false;
  fitTo(shown.path && shown.path.things.length ? shown.path.things : shown.things, still);
}

function fitTo(list, still) {
  var ids = list.map(function (t) { return t.id; });
  if (!ids.length) return;
  // Labels keep their size at every scale: the largest scale at which nodes and labels find room.
  var rows = ids.map(function (i) { var t = things[i], l = nodeLines(t); return [t.x, t.y, t.size, Math.max.apply(null, l.map(function (x) { return x.length; })) * 3.3, l.length * 14]; });
  var low = .002, high = 1.6, box;
  function room(scale) {
    box = { l: 1e9, r: -1e9, t: 1e9, b: -1e9 };
    rows.forEach(function (r) {
      var half = Math.max(r[2] * scale, rows.length <= 150 ? r[3] : 0) + 6;
      box.l = Math.min(box.l, r[0] * scale - half); box.r = Math.max(box.r, r[0] * scale + half);
      box.t = Math.min(box.t, (r[1] - r[2]) * scale - 8); box.b = Math.max(box.b, (r[1] + r[2]) * scale + r[4] + 8);
    });
    return box.r - box.l <= stage.clientWidth && box.b - box.t <= stage.clientHeight;
  }
  for (var i = 0; i < 18; i++) { var middle = (low + high) / 2; if (room(middle)) low = middle; else high = middle; }
  room(low);
  var scale = low;
  box = { l: box.l / scale, r: box.r / scale, t: box.t / scale, b: box.b / scale };
  net.moveTo({ position: { x: (box.l + box.r) / 2, y: (box.t + box.b) / 2 }, scale: scale, animation: still || CALM.matches ? false : { duration: 250, easingFunction: "easeInOutQuad" } });
}

function bringIntoSight(list) {
  if (!list.length) return;
  var w = stage.clientWidth, h = stage.clientHeight;
  var outside = list.some(function (t) { var p = net.canvasToDOM({ x: t.x, y: t.y }); return p.x < 30 || p.y < 30 || p.x > w - 30 || p.y > h - 40; });
  if (!outside) return;
  var x = 0, y = 0;
  list.forEach(function (t) { x += t.x / list.length; y += t.y / list.length; });
  net.moveTo({ position: { x: x, y: y }, scale: Math.max(net.getScale(), list.length === 1 ? .7 : 0), animation: CALM.matches ? false : { duration: 200, easingFunction: "easeInOutQuad" } });
}

function focusOn(t) {
  var again = S.focus === t.key;
  change({ focus: t.key, steps: again ? S.steps + 1 : 1, sel: "n:" + t.key });
}

function hideThing(t) { change({ hide: S.hide.concat([t.key]), sel: "" }); }

// What is not meant steps back: outside a path, or not tied to what is selected.
function reckonDimming() {
  dim = {}; lit = {};
  var chosen = selected(), keep = {}, edges = {};
  if (shown.path && shown.path.things.length) {
    shown.path.things.forEach(function (t) { keep[t.id] = true; });
    shown.path.edges.forEach(function (e) { edges[e.id] = true; });
  } else if (chosen.thing) {
    keep[chosen.thing.id] = true;
    shown.edges.forEach(function (e) {
      if (e.from === chosen.thing || e.to === chosen.thing) { keep[e.from.id] = keep[e.to.id] = true; edges[e.id] = true; }
    });
  } else if (chosen.claims.length) {
    shown.edges.forEach(function (e) {
      if (e.claims.some(function (c) { return chosen.claims.indexOf(c) >= 0; })) { keep[e.from.id] = keep[e.to.id] = true; edges[e.id] = true; lit[e.from.id] = lit[e.to.id] = true; }
    });
    chosen.claims.forEach(function (c) { keep[c.subject.id] = lit[c.subject.id] = true; if (c.object) keep[c.object.id] = lit[c.object.id] = true; });
  } else return;
  shown.things.forEach(function (t) { if (!keep[t.id]) dim[t.id] = true; });
  shown.edges.forEach(function (e) { if (!edges[e.id]) dim["e" + e.id] = true; });
}

// Only what looks otherwise than before is told to vis-network.
function lookKey(e, shownNow) { return (shownNow ? 1 : 0) + (dim["e" + e.id] ? 2 : 0) + shade(); }

function updateGraph() {
  reckonDimming();
  var changedNodes = [], changedEdges = [], visible = {};
  shown.edges.forEach(function (e) { visible[e.id] = true; });
  things.forEach(function (t) {
    if (!t.placed) return;
    var hide = !shown.isThing[t.id];
    if (lastLook["n" + t.id] !== hide) { lastLook["n" + t.id] = hide; changedNodes.push({ id: t.id, hidden: hide }); }
  });
  byView(S.view).edges.forEach(function (e) {
    var look = lookKey(e, visible[e.id]);
    if (lastLook["e" + e.id] !== look) { lastLook["e" + e.id] = look; changedEdges.push(edgeRow(e, visible[e.id])); }
  });
  if (changedNodes.length) nodeSet.update(changedNodes);
  if (changedEdges.length) edgeSet.update(changedEdges);
  var chosen = selected();
  if (chosen.thing && chosen.thing.placed && shown.isThing[chosen.thing.id]) net.setSelection({ nodes: [chosen.thing.id], edges: [] }, { highlightEdges: false });
  else if (chosen.claims.length) net.setSelection({ nodes: [], edges: shown.edges.filter(function (e) { return e.claims.some(function (c) { return chosen.claims.indexOf(c) >= 0; }); }).map(function (e) { return "e" + e.id; }) });
  else if (net.getSelectedNodes().length || net.getSelectedEdges().length) net.unselectAll();
  net.body.emitter.emit("_requestRedraw");
}

// The nearest shown node in a direction, nearer to the axis first.
function step(dx, dy) {
  var from = selected().thing;
  if (!from || !shown.isThing[from.id]) { if (shown.things.length) selectThing(shown.things[0]); return; }
  var best = null, least = Infinity;
  shown.things.forEach(function (t) {
    if (t === from) return;
    var x = t.x - from.x, y = t.y - from.y, along = x * dx + y * dy, off = Math.abs(x * dy) + Math.abs(y * dx);
    if (along <= 0) return;
    var far = along + 2 * off;
    if (far < least) { least = far; best = t; }
  });
  if (best) selectThing(best);
}

// The next or previous statement of the selected node, and back.
var lastThing = null;
function stepClaim(by) {
  var chosen = selected(), t = chosen.thing || lastThing;
  if (!t) return;
  lastThing = t;
  var list = t.claims.filter(function (c) { return shown.isClaim[c.id]; });
  if (!list.length) return;
  var at = chosen.claims.length ? list.indexOf(chosen.claims[0]) : by > 0 ? -1 : 0;
  selectClaims([list[(at + by + list.length) % list.length]]);
}
