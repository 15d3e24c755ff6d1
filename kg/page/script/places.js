// ---------------------------------------------------------------- places that are reckoned here: around what is looked at, and for what was unfolded

var UNIT = 150, arranged = null, placingNow = "";

// Chance that is the same each time.
function dice(seed) { return function () { seed = (seed * 1664525 + 1013904223) % 4294967296; return seed / 4294967296; }; }

// Steps from one node to all others, as far as they are joined.
function stepsFrom(start, next) {
  var far = {}, todo = [start];
  far[start] = 0;
  for (var i = 0; i < todo.length; i++) (next[todo[i]] || []).forEach(function (n) { if (!(n in far)) { far[n] = far[todo[i]] + 1; todo.push(n); } });
  return far;
}

// Stress by stochastic descent (Zheng, Pawar and Goodman, 2019), from circles around the first: { id: [x, y] }. Of many nodes
// some are weighed against all, the others against their neighbours.
function arrange(list, edges) {
  var next = {}, at = {}, pairs = [], chance = dice(20), all = list.length <= 160;
  list.forEach(function (t) { next[t.id] = []; });
  edges.forEach(function (e) { if (e.from !== e.to && next[e.from.id] && next[e.to.id]) { next[e.from.id].push(e.to.id); next[e.to.id].push(e.from.id); } });
  var level = stepsFrom(list[0].id, next), rings = {};
  list.forEach(function (t) { var l = t.id in level ? level[t.id] : 9; (rings[l] = rings[l] || []).push(t.id); });
  Object.keys(rings).forEach(function (l) { rings[l].forEach(function (id, i) { var a = 2 * Math.PI * i / rings[l].length + +l * .7, r = +l * UNIT; at[id] = [r * Math.cos(a), r * Math.sin(a)]; }); });
  (all ? list : list.slice(0, 24)).forEach(function (t, i) {
    var far = stepsFrom(t.id, next);
    list.forEach(function (u, j) { if ((all ? j > i : j !== i) && u.id in far) pairs.push([t.id, u.id, far[u.id]]); });
  });
  if (!all) edges.forEach(function (e) { if (next[e.from.id] && next[e.to.id] && e.from !== e.to) pairs.push([e.from.id, e.to.id, 1]); });
  var rounds = pairs.length > 20000 ? 12 : 24, crowd = Math.sqrt(Math.max(1, list.length / 12));
  for (var round = 0; round < rounds; round++) {
    var heat = Math.exp(-4 * round / rounds);
    for (var k = pairs.length - 1; k > 0; k--) { var swap = Math.floor(chance() * (k + 1)), kept = pairs[k]; pairs[k] = pairs[swap]; pairs[swap] = kept; }
    pairs.forEach(function (p) {
      var a = at[p[0]], b = at[p[1]], dx = a[0] - b[0], dy = a[1] - b[1], length = Math.sqrt(dx * dx + dy * dy) || 1, want = p[2] * UNIT * (p[2] > 1 ? 1 : Math.min(crowd, 1.6)), go = Math.min(1, heat * 2 / (p[2] * p[2])) * (length - want) / 2 / length;
      a[0] -= dx * go; a[1] -= dy * go; b[0] += dx * go; b[1] += dy * go;
    });
  }
  // Wider than high, as windows are.
  list.forEach(function (t) { at[t.id][0] *= 1.25; at[t.id][1] *= .85; });
  if (list.length <= 400) spreadOut(list, at);
  return at;
}

function roomOf(t) { return [Math.max(2 * t.size, Math.min(22, t.label.length) * 6.6) + 16, 2 * t.size + 34]; }

// Nodes with their names are pushed off each other, along the shorter way.
function spreadOut(list, at) {
  var rooms = list.map(roomOf), rounds = list.length > 150 ? 30 : 120;
  for (var round = 0; round < rounds; round++) {
    var moved = false;
    for (var i = 0; i < list.length; i++) for (var j = i + 1; j < list.length; j++) {
      var a = at[list[i].id], b = at[list[j].id], x = (rooms[i][0] + rooms[j][0]) / 2 - Math.abs(a[0] - b[0]), y = (rooms[i][1] + rooms[j][1]) / 2 - Math.abs(a[1] - b[1]);
      if (x <= 0 || y <= 0) continue;
      moved = true;
      var axis = x < y ? 0 : 1, by = Math.min(x, y) / 2 + .5, way = a[axis] < b[axis] || a[axis] === b[axis] && i < j ? -1 : 1;
      a[axis] += way * by; b[axis] -= way * by;
    }
    if (!moved) break;
  }
}

// Beside what it is tied to, where there is most room, and where its line crosses least.
function settle(list, at, edges) {
  var next = neighbours(edges), small = list.length <= 60;
  list.forEach(function (t, n) {
    var ends = (next[t.id] || []).map(function (x) { return at[x[0].id]; }).filter(Boolean), x = 0, y = 0;
    ends.forEach(function (p) { x += p[0] / ends.length; y += p[1] / ends.length; });
    if (!small) { var turn = n * 2.399963, r = UNIT * (.6 + .5 * (n % 5)); at[t.id] = [x + r * Math.cos(turn), y + r * Math.sin(turn)]; return; }
    var best = null, least = Infinity, room = roomOf(t);
    for (var ring = 0; ring < 6; ring++) for (var i = 0; i < 20; i++) {
      var angle = i * Math.PI / 10 + ring * .15, far = UNIT * (ends.length ? .9 + ring * .45 : 2 + ring), p = [x + far * Math.cos(angle) * 1.2, y + far * Math.sin(angle)], cost = ring * .6;
      things.forEach(function (u) {
        var q = at[u.id];
        if (!q || !shown.isThing[u.id]) return;
        var other = roomOf(u);
        if (Math.abs(p[0] - q[0]) < (room[0] + other[0]) / 2 + 12 && Math.abs(p[1] - q[1]) < (room[1] + other[1]) / 2 + 10) cost += 10;
        ends.forEach(function (e) { if (e !== q && offLine(q, p, e) < 26) cost += 3; });
      });
      edges.forEach(function (e) {
        var a = at[e.from.id], b = at[e.to.id];
        if (!a || !b || e.from === t || e.to === t) return;
        if (offLine(p, a, b) < 34) cost += 3;
        ends.forEach(function (q) { if (q !== a && q !== b && crosses(p, q, a, b)) cost += 1; });
      });
      if (cost < least) { least = cost; best = p; }
    }
    at[t.id] = best;
  });
}

// How far a point is from a line between two.
function offLine(p, a, b) {
  var dx = b[0] - a[0], dy = b[1] - a[1], part = Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p[0] - a[0] - part * dx, p[1] - a[1] - part * dy);
}

function turnOf(a, b, c) { return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]); }
function crosses(a, b, c, d) { return turnOf(a, b, c) * turnOf(a, b, d) < 0 && turnOf(c, d, a) * turnOf(c, d, b) < 0; }

// What the places hang on; while it stays, they stay.
function placing() { return JSON.stringify([S.view, S.focus, S.steps, S.more, things.length]); }
function placedAnew() { return placing() !== placingNow || arranged && shown.things.some(function (t) { return !arranged[t.id]; }); }

function takePlaces() {
  var upright = stage.clientHeight > 1.15 * stage.clientWidth, view = byView(S.view), at = {};
  placingNow = placing();
  // In a window higher than wide the picture stands upright.
  (view.places.length ? view : views[0]).places.forEach(function (p) { at[p[0]] = upright ? [p[2], p[1]] : [p[1], p[2]]; });
  things.forEach(function (t) { if (t.full) t.size = t.full; });
  var homeless = shown.things.filter(function (t) { return !at[t.id]; });
  if (homeless.length) settle(homeless, at, shown.edges);
  arranged = null;
  var focus = S.focus && thingByKey[S.focus];
  if (focus && shown.isThing[focus.id]) {
    arranged = arrange([focus].concat(shown.things.filter(function (t) { return t !== focus; })), shown.edges);
    Object.keys(arranged).forEach(function (id) { at[id] = upright ? [arranged[id][1], arranged[id][0]] : arranged[id]; });
  }
  return Object.keys(at).map(function (id) {
    var t = things[id];
    t.x = at[id][0]; t.y = at[id][1];
    // Hubs are large to be seen from afar; among few nodes there is no need.
    t.full = t.full || t.size;
    t.size = shown.things.length <= 150 ? Math.min(t.full, 24) : t.full;
    return { id: t.id, x: t.x, y: t.y, size: t.size };
  });
}
