// ---------------------------------------------------------------- large graphs: sigma draws nodes and lines with WebGL, we lay names and shapes over them

// What the rest of the page asks of vis-network, answered by sigma; null where the browser has no WebGL.
function webglNetwork() {
  if (typeof SigmaKit === "undefined" || !document.createElement("canvas").getContext("webgl2")) return null;
  var graph = new SigmaKit.Graph({ multi: true, type: "directed" }), handlers = {}, visible = {}, picked = { nodes: [], edges: [] };
  var placed = things.filter(function (t) { return t.placed; });
  placed.forEach(function (t) { graph.addNode(t.id, { x: t.x, y: -t.y, size: t.size }); });
  function tie(rows) { rows.forEach(function (r) { graph.addEdgeWithKey(r.id, r.from, r.to, {}); }); }
  function tell(name, what) { (handlers[name] || []).forEach(function (f) { f(what); }); }
  function see() { visible = {}; shown.edges.forEach(function (e) { visible["e" + e.id] = true; }); }
  function faint(colour, part) { return "rgba(" + [1, 3, 5].map(function (i) { return parseInt(colour.slice(i, i + 2), 16); }).join(",") + "," + part + ")"; }
  tie(buildEdges()); see();
  var sigma = new SigmaKit.Sigma(graph, stage, {
    renderLabels: false, enableEdgeEvents: true, hideEdgesOnMove: graph.size > 6000, itemSizesReference: "positions", zoomToSizeRatioFunction: function (x) { return x; },
    defaultEdgeType: "arrow", minEdgeThickness: 1.3, minCameraRatio: .002, maxCameraRatio: 6, zIndex: true, stagePadding: 0, autoRescale: true, allowInvalidContainer: true,
    defaultDrawNodeHover: function () { /* names are laid over */ },
    nodeReducer: function (id) {
      var t = things[id], colour = t.status ? statusColour(t.status) : thingColour(t), on = picked.nodes.indexOf(t.id) >= 0;
      return { x: t.x, y: -t.y, size: t.size, hidden: !shown.isThing[t.id], color: dim[t.id] ? faint(colour, .16) : on || lit[t.id] ? "#ffb000" : colour, zIndex: on ? 2 : 1 };
    },
    edgeReducer: function (id) {
      var e = edgeById[id];
      return { hidden: !visible[id], size: LOOK.statuses[e.status].width, color: faint(statusColour(e.status), dim[id] ? .06 : picked.edges.indexOf(id) >= 0 ? 1 : .5) };
    } });
  var over = make("canvas", { "class": "over" }), pen = over.getContext("2d"), camera = sigma.getCamera();
  stage.appendChild(over);
  function at(x, y) { return sigma.graphToViewport({ x: x, y: -y }, { cameraState: camera.getState() }); }
  function scale() { return Math.abs(at(1000, 0).x - at(0, 0).x) / 1000; }
  function lay() {
    var ratio = window.devicePixelRatio || 1, w = stage.clientWidth, h = stage.clientHeight;
    if (over.width !== Math.round(w * ratio) || over.height !== Math.round(h * ratio)) { over.width = Math.round(w * ratio); over.height = Math.round(h * ratio); }
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, over.width, over.height);
    var zoom = scale(), zero = at(0, 0);
    if (zoom > .4) near(ratio, zoom, zero, w, h);
    drawLabels(pen);
  }
  // Seen from near: the shapes of classes and the lines of statuses, as a small picture has them.
  function near(ratio, zoom, zero, w, h) {
    function inside(t) { var x = t.x * zoom + zero.x, y = t.y * zoom + zero.y; return x > -40 && y > -40 && x < w + 40 && y < h + 40; }
    var list = shown.things.filter(inside);
    if (list.length > 400) return;
    pen.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * zero.x, ratio * zero.y);
    shown.edges.forEach(function (e) {
      var look = LOOK.statuses[e.status];
      if (!inside(e.from) && !inside(e.to)) return;
      pen.beginPath(); pen.moveTo(e.from.x, e.from.y); pen.lineTo(e.to.x, e.to.y);
      pen.setLineDash([]); pen.lineWidth = look.width + 1.5; pen.strokeStyle = paper(); pen.stroke();
      pen.setLineDash(look.dash); pen.lineWidth = look.width; pen.strokeStyle = statusColour(e.status); pen.globalAlpha = dim["e" + e.id] ? .1 : .9; pen.stroke();
      pen.setLineDash([]);
      var dx = e.to.x - e.from.x, dy = e.to.y - e.from.y, far = Math.hypot(dx, dy) || 1, r = e.to.size * 1.15 + 2, x = e.to.x - dx / far * r, y = e.to.y - dy / far * r, ux = dx / far, uy = dy / far;
      pen.beginPath(); pen.moveTo(x, y); pen.lineTo(x - ux * 9 - uy * 4, y - uy * 9 + ux * 4); pen.lineTo(x - ux * 9 + uy * 4, y - uy * 9 - ux * 4); pen.fillStyle = statusColour(e.status); pen.fill();
      pen.globalAlpha = 1;
    });
    list.forEach(function (t) { renderNode({ id: t.id, x: t.x, y: t.y, ctx: pen, state: { selected: picked.nodes.indexOf(t.id) >= 0, hover: false } }).drawNode(); });
  }
  sigma.on("afterRender", lay);
  sigma.on("clickNode", function (e) { tell("click", { nodes: [Number(e.node)], edges: [] }); });
  sigma.on("clickEdge", function (e) { tell("click", { nodes: [], edges: [e.edge], pointer: { DOM: { x: e.event.x, y: e.event.y } } }); });
  sigma.on("clickStage", function (e) { tell("click", { nodes: [], edges: [], pointer: { DOM: { x: e.event.x, y: e.event.y } } }); });
  sigma.on("doubleClickNode", function (e) { e.preventSigmaDefault(); tell("doubleClick", { nodes: [Number(e.node)] }); });
  sigma.on("enterEdge", function (e) { tell("hoverEdge", { edge: e.edge }); });
  sigma.on("leaveEdge", function () { tell("blurEdge", {}); });
  sigma.getMouseCaptor().on("wheel", function () { tell("zoom", {}); });
  sigma.getMouseCaptor().on("mousedown", function () { tell("dragEnd", { nodes: [] }); });
  function refresh() { see(); sigma.refresh(); }
  return {
    webgl: true,
    sets: { nodes: { update: function (rows) { rows.forEach(function (r) { if (!graph.hasNode(r.id)) graph.addNode(r.id, { x: r.x, y: -r.y, size: things[r.id].size }); }); refresh(); } }, edges: { clear: function () { graph.clearEdges(); }, add: function (rows) { tie(rows); refresh(); }, update: function () { /* reducers look */ } } },
    on: function (name, f) { (handlers[name] = handlers[name] || []).push(f); },
    canvasToDOM: function (p) { return at(p.x, p.y); },
    getScale: scale,
    getViewPosition: function () { var zero = at(0, 0), zoom = scale(); return { x: (stage.clientWidth / 2 - zero.x) / zoom, y: (stage.clientHeight / 2 - zero.y) / zoom }; },
    getPositions: function (ids) { var found = {}; ids.forEach(function (i) { found[i] = { x: things[i].x, y: things[i].y }; }); return found; },
    moveTo: function (to) {
      sigma.resize();
      var middle = to.position || this.getViewPosition(), now = camera.getState(), framed = sigma.viewportToFramedGraph(at(middle.x, middle.y), { cameraState: now });
      var state = { x: framed.x, y: framed.y, angle: 0, ratio: to.scale ? now.ratio * scale() / to.scale : now.ratio };
      if (to.animation) camera.animate(state, { duration: to.animation.duration }); else { camera.setState(state); sigma.refresh({ skipIndexation: true }); }
    },
    redraw: function () { lay(); },
    setSelection: function (s) { picked = s; },
    unselectAll: function () { picked = { nodes: [], edges: [] }; },
    getSelectedNodes: function () { return picked.nodes; },
    getSelectedEdges: function () { return picked.edges; },
    body: { edges: {}, emitter: { emit: function () { see(); sigma.refresh({ skipIndexation: true, schedule: true }); } } }
  };
}
