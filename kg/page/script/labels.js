// ---------------------------------------------------------------- labels: same size at every zoom, none over another, hubs first

var FONT = "12px system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif";
var SMALL = "10.5px system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif";
var BOLD = "600 14px system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif";
var widths = {}, placed = [];

function wide(ctx, text, font) {
  var k = font.slice(0, 4) + text;
  if (!(k in widths)) { ctx.font = font; widths[k] = ctx.measureText(text).width; }
  return widths[k];
}

// At most two lines of a name.
function wrapped(text) {
  text = short(text, 44);
  if (text.length <= 22) return [text];
  var cut = text.lastIndexOf(" ", Math.max(22, Math.ceil(text.length / 2) + 3));
  if (cut < 6) return [short(text, 26)];
  return [text.slice(0, cut), short(text.slice(cut + 1), 26)];
}

function nodeLines(t) { return t.lines || (t.lines = wrapped(t.label).concat(t.kind === "Event" && t.time && t.time.from && t.time.from === t.time.to ? [dayOf(t.time.from)] : [])); }

var MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
function dayOf(day) { return Number(day.slice(8)) + " " + MONTHS[Number(day.slice(5, 7)) - 1] + " " + day.slice(0, 4); }

function midpoint(e, part) {
  var drawnEdge = net.body.edges["e" + e.id];
  try { return drawnEdge.edgeType.getPoint(part || .5); } catch (x) { part = part || .5; return { x: e.from.x + (e.to.x - e.from.x) * part, y: e.from.y + (e.to.y - e.from.y) * part }; }
}

function edgeText(e) {
  var c = e.claims[0], text = e.said || (e.word.name === "Event" ? c.subject.label : e.word.name === c.word.name ? tensed(c) : e.word.label);
  if (e.status !== "asserted" && S.view !== "said") text += " (" + (e.status === "reported" && c.by ? "said by " + short(c.by.label, 18) : e.status) + ")";
  if (e.validity !== "current" && !raw.look.tenses[e.validity]) text += " (" + e.validity + ")";
  return text;
}

// What a community is about: the happenings or ties that stand out in it, set against all others.
var topics = {}, topicsOf = "";
function topicOf(group) {
  if (topicsOf !== S.view + claims.length) {
    var count = {}, total = {}, sum = 0, sums = {};
    topicsOf = S.view + claims.length; topics = {};
    claims.forEach(function (c) {
      var t = c.subject, word = t.kind === "Event" ? (c.word.name === "agent" || c.word.name === "patient" ? t.type.label : "") : "";
      if (!word || SAYINGS.indexOf(t.type.name) >= 0 || /^(Event|Action|Process)$/.test(t.type.name)) return;
      var g = (c.object || t).group;
      (count[g] = count[g] || {})[word] = (count[g][word] || 0) + 1;
      total[word] = (total[word] || 0) + 1; sums[g] = (sums[g] || 0) + 1; sum++;
    });
    Object.keys(count).forEach(function (g) {
      var best = Object.keys(count[g]).map(function (w) { return [w, count[g][w] * Math.log(count[g][w] * sum / (sums[g] * total[w]))]; }).filter(function (w) { return count[g][w[0]] > 1 && w[1] > 0; }).sort(function (a, b) { return b[1] - a[1] || (a[0] < b[0] ? -1 : 1); })[0];
      if (best) topics[g] = best[0];
    });
  }
  return topics[group] || "";
}

// The twelve largest communities in the window: where their middle is, and whom they are about.
function communities(seen) {
  var by = {};
  seen.forEach(function (t) { (by[t.group] = by[t.group] || []).push(t); });
  return Object.keys(by).map(function (k) {
    var list = by[k], middle = list.slice(0, 12), best = list.filter(function (t) { return t.kind !== "Event" && /^[A-Z\u00c0-\u024f]/.test(t.label); }).slice(0, 3);
    function mean(f) { return middle.reduce(function (s, t) { return s + t[f]; }, 0) / middle.length; }
    return { group: +k, size: list.length, x: mean("sx"), y: mean("sy"), text: best.length ? best.map(function (t) { return short(t.label, 22); }).join(", ") + (topicOf(+k) ? " · " + topicOf(+k) : "") : "", members: list };
  }).filter(function (g) { return g.size >= 8 && g.text; }).sort(function (a, b) { return b.size - a.size; }).slice(0, 12);
}

// Greedy placing in order of weight; what finds no room waits for a nearer look.
function placeLabels(ctx, w, h) {
  var scale = net.getScale(), middle = net.getViewPosition(), cell = 64, grid = {}, out = [], lines = [];
  var tx = w / 2 - middle.x * scale, ty = h / 2 - middle.y * scale;
  function free(b, overNodes) {
    for (var x = Math.floor(b[0] / cell); x <= Math.floor(b[2] / cell); x++) for (var y = Math.floor(b[1] / cell); y <= Math.floor(b[3] / cell); y++) {
      var list = grid[x + "," + y];
      if (list) for (var i = 0; i < list.length; i++) if (!(overNodes && list[i].node) && b[0] < list[i][2] && b[2] > list[i][0] && b[1] < list[i][3] && b[3] > list[i][1]) return false;
    }
    return true;
  }
  function take(b) {
    for (var x = Math.floor(b[0] / cell); x <= Math.floor(b[2] / cell); x++) for (var y = Math.floor(b[1] / cell); y <= Math.floor(b[3] / cell); y++)
      (grid[x + "," + y] = grid[x + "," + y] || []).push(b);
  }
  var chosen = selected().thing, few = shown.things.length <= 150;
  var seen = shown.things.filter(function (t) {
    t.sx = t.x * scale + tx; t.sy = t.y * scale + ty;
    return t.sx > -80 && t.sx < w + 80 && t.sy > -40 && t.sy < h + 20;
  });
  // Of a small picture: where its lines run, so that no name stands on one.
  var small = few && shown.edges.length <= 80, tracks = {};
  if (small) shown.edges.forEach(function (e) {
    if (dim["e" + e.id]) return;
    var steps = Math.ceil(Math.hypot(e.from.x - e.to.x, e.from.y - e.to.y) * scale / 7) + 1;
    for (var k = 0; k <= steps; k++) {
      var m = midpoint(e, Math.min(.995, Math.max(.005, k / steps))), x = m.x * scale + tx, y = m.y * scale + ty, key = Math.floor(x / cell) + "," + Math.floor(y / cell);
      (tracks[key] = tracks[key] || []).push([x, y, e]);
    }
  });
  // How many lines but one run through a box.
  function lined(b, but) {
    var seen = [];
    for (var x = Math.floor((b[0] - 4) / cell); x <= Math.floor((b[2] + 4) / cell); x++) for (var y = Math.floor((b[1] - 4) / cell); y <= Math.floor((b[3] + 4) / cell); y++)
      (tracks[x + "," + y] || []).forEach(function (p) {
        if (p[2] !== but && seen.indexOf(p[2]) < 0 && p[0] > b[0] - 3 && p[0] < b[2] + 3 && p[1] > b[1] - 3 && p[1] < b[3] + 3) seen.push(p[2]);
      });
    return seen.length;
  }
  // Nodes keep their own ground free of labels.
  if (few) seen.forEach(function (t) { var r = Math.max(t.size * scale, 7) * .9; var ground = [t.sx - r, t.sy - r, t.sx + r, t.sy + r]; ground.node = true; take(ground); });
  // From afar each large community bears the names of its best-known members.
  if (!few && scale < .5 && !chosen) communities(seen).forEach(function (g) {
    ctx.font = BOLD;
    var half = wide(ctx, g.text, BOLD) / 2;
    [0, 20, -20, 40, -40, 60, -60].some(function (off) {
      var x = Math.max(half + 4, Math.min(w - half - 4, g.x)), y = Math.max(4, Math.min(h - 20, g.y + off)), b = [x - half - 4, y, x + half + 4, y + 17];
      if (!free(b)) return false;
      take(b); out.push({ kind: "group", lines: [g.text], x: x, y: y, box: b, colour: GROUPS[shade()][g.group % 8], members: g.members });
      return true;
    });
  });
  // Of a large picture the forty weightiest are always named, wherever near them there is room.
  var weighty = few ? [] : seen.slice(0, 40);
  var most = few ? 1e9 : Math.max(28, Math.round(w * h / 9000)), count = 0;
  var first = seen.filter(function (t) { return t === chosen || lit[t.id]; });
  first.concat(seen.filter(function (t) { return first.indexOf(t) < 0; })).some(function (t) {
    if (dim[t.id]) return false;
    var text = nodeLines(t), half = 0, r = few ? Math.max(t.size * scale, 7) : t.size * scale;
    text.forEach(function (l) { half = Math.max(half, wide(ctx, l, FONT) / 2); });
    var high = text.length * 14, spots = [[t.sx, t.sy + r * 1.25 + 2], [t.sx, t.sy - r * 1.25 - high - 2], [t.sx + r * 1.3 + half + 3, t.sy - high / 2], [t.sx - r * 1.3 - half - 3, t.sy - high / 2],
      [t.sx + half * .8, t.sy + r * 1.2 + 1], [t.sx - half * .8, t.sy + r * 1.2 + 1], [t.sx + half * .8, t.sy - r * 1.2 - high - 1], [t.sx - half * .8, t.sy - r * 1.2 - high - 1]];
    // What would leave the window is drawn back into it.
    if (t.sx > 0 && t.sx < w) spots.forEach(function (s) { s[0] = Math.max(half + 3, Math.min(w - half - 3, s[0])); });
    // The weightiest are named even where that covers lesser nodes.
    if (weighty.indexOf(t) >= 0) for (var ring = 1; ring <= 18; ring++) for (var turn = 0; turn < 12; turn++)
      spots.push([Math.max(half + 3, Math.min(w - half - 3, t.sx + Math.sin(turn * Math.PI / 6) * ring * (16 + half * .2))), Math.max(2, Math.min(h - high - 2, t.sy + Math.cos(turn * Math.PI / 6) * ring * 15 - high / 2))]);
    var tries = few || t === chosen ? 8 : weighty.indexOf(t) >= 0 ? spots.length : 1, bold = few && (t === chosen || seen.indexOf(t) < 6);
    if (small) {
      spots = spots.concat([[t.sx + r * 1.1 + half + 3, t.sy + r * .6], [t.sx - r * 1.1 - half - 3, t.sy + r * .6], [t.sx + r * 1.1 + half + 3, t.sy - r * .6 - high], [t.sx - r * 1.1 - half - 3, t.sy - r * .6 - high],
        [t.sx, t.sy + r * 1.25 + 14], [t.sx, t.sy - r * 1.25 - high - 14], [t.sx + r * 2 + half + 8, t.sy - high / 2], [t.sx - r * 2 - half - 8, t.sy - high / 2]]);
      var cost = function (s) { return lined([s[0] - half - 2, s[1], s[0] + half + 2, s[1] + high], null); };
      // A hub has lines on all sides: its name is looked for all around, and farther out, between them.
      if (!spots.some(function (s) { return !cost(s) && free([s[0] - half - 2, s[1], s[0] + half + 2, s[1] + high]); })) for (var farther = 0; farther < 4; farther++) for (var turned = 0; turned < 24; turned++)
        spots.push([Math.max(half + 3, Math.min(w - half - 3, t.sx + Math.sin(turned * Math.PI / 12) * (r * 1.15 + farther * 11 + half))), t.sy - Math.cos(turned * Math.PI / 12) * (r * 1.15 + farther * 11 + high / 2) - high / 2]);
      var costs = spots.map(cost);
      spots = spots.map(function (s, i) { return [s, costs[i], i]; }).sort(function (p, q) { return p[1] - q[1] || p[2] - q[2]; }).map(function (p) { return p[0]; });
      tries = spots.length;
    }
    for (var i = 0; i < (bold ? 2 * tries : tries); i++) {
      var spot = spots[i % tries];
      if (few && t.sy > 0 && t.sy < h && (spot[1] < 1 || spot[1] + high > h - 1)) continue;
      var b = [spot[0] - half - 2, spot[1], spot[0] + half + 2, spot[1] + high];
      if (free(b, i >= tries)) { take(b); out.push({ kind: "node", lines: text, x: spot[0], y: spot[1], box: b, thing: t }); count++; break; }
    }
    return count >= most;
  });
  // A word's place along its line: off other lines if it can be; a long one is cut before it is left out.
  function roomFor(e, text) {
    var texts = [text, short(text, 26), short(text, 16)].filter(function (x, i, all) { return all.indexOf(x) === i; });
    for (var n = 0; n < texts.length; n++) for (var strict = 1; strict >= 0; strict--) for (var off = 0; off < 5; off++) for (var k = 0; k < 11; k++) {
      var m = midpoint(e, [.5, .44, .56, .38, .62, .32, .68, .26, .74, .2, .8][k]), half = wide(ctx, texts[n], SMALL) / 2;
      var x = m.x * scale + tx, y = m.y * scale + ty + (e.struck ? [13, -13, 17, -17, 21] : [0, 9, -9, 16, -16])[off], b = [x - half - 2, y - 7, x + half + 2, y + 7];
      if (b[0] < 1 || b[2] > w - 1 || b[1] < 1 || b[3] > h - 1) continue;
      if (free(b) && (!strict || !lined(b, e))) return { text: texts[n], x: x, y: y, box: b };
    }
    return null;
  }
  var busy = shown.edges.length > 400, far = busy && scale < .5;
  shown.edges.forEach(function (e) {
    var told = chosen && (e.from === chosen || e.to === chosen) || lit[e.from.id] && lit[e.to.id], id, mid;
    if (far && !told && !hovered) return;
    id = "e" + e.id;
    if (dim[id]) return;
    told = told || hovered === id;
    var gap = Math.hypot(e.from.x - e.to.x, e.from.y - e.to.y) * scale;
    if (gap < 24 || busy && !told && scale < .9) { if (!e.struck || busy && scale < .5) return; }
    mid = midpoint(e);
    var x = mid.x * scale + tx, y = mid.y * scale + ty;
    if (x < -20 || y < -20 || x > w + 20 || y > h + 20) return;
    if (e.struck) lines.push({ kind: "strike", x: x, y: y, r: Math.max(3, Math.min(5, 7 * scale)), colour: statusColour(e.status === "denied" || e.status === "negated" ? e.status : "denied") });
    var text = edgeText(e), half = wide(ctx, text, SMALL) / 2, b = [x - half - 2, y - 7, x + half + 2, y + 7];
    if (small) {
      var room = roomFor(e, text);
      if (room) { take(room.box); lines.push({ kind: "edge", lines: [room.text], x: room.x, y: room.y - 7, box: room.box, edge: e, colour: statusColour(e.status) }); }
      return;
    }
    if (!told && half * 2 > gap - (e.from.size + e.to.size) * scale + 36) return;
    if (e.struck) { b[1] += 11; b[3] += 11; y += 11; }
    // What is selected tries other spots along its line, and at last covers a node.
    for (var k = 0; told && !e.struck && !free(b) && k < 4; k++) {
      mid = midpoint(e, [.4, .6, .3, .7][k]); x = mid.x * scale + tx; y = mid.y * scale + ty;
      b = [x - half - 2, y - 7, x + half + 2, y + 7];
    }
    if (free(b, told)) { take(b); lines.push({ kind: "edge", lines: [text], x: x, y: y - 7, box: b, edge: e, colour: statusColour(e.status) }); }
  });
  return lines.concat(out);
}

function drawLabels(ctx) {
  var ratio = ctx.canvas.width / stage.clientWidth;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  placed = placeLabels(ctx, stage.clientWidth, stage.clientHeight);
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  placed.forEach(function (l) {
    if (l.kind === "strike") {
      ctx.strokeStyle = l.colour; ctx.lineWidth = 2;
      ctx.beginPath(); ctx.moveTo(l.x - l.r, l.y - l.r); ctx.lineTo(l.x + l.r, l.y + l.r); ctx.moveTo(l.x + l.r, l.y - l.r); ctx.lineTo(l.x - l.r, l.y + l.r); ctx.stroke();
      return;
    }
    ctx.font = l.kind === "group" ? BOLD : l.kind === "node" ? (l.thing.status ? "italic " : "") + FONT : SMALL;
    if (l.kind === "edge") { ctx.globalAlpha = .88; ctx.fillStyle = paper(); ctx.fillRect(l.box[0], l.y, l.box[2] - l.box[0], 13); ctx.globalAlpha = 1; }
    l.lines.forEach(function (text, i) {
      ctx.lineWidth = 3.5; ctx.strokeStyle = paper();
      ctx.strokeText(text, l.x, l.y + 1 + i * 14);
      ctx.fillStyle = l.kind === "node" ? ink() : l.colour;
      ctx.fillText(text, l.x, l.y + 1 + i * 14);
    });
    if (l.kind === "edge" && l.edge.struck) {
      ctx.strokeStyle = l.colour; ctx.lineWidth = 1; ctx.beginPath(); ctx.moveTo(l.box[0], l.y + 7); ctx.lineTo(l.box[2], l.y + 7); ctx.stroke();
    }
  });
  ctx.restore();
}
