// ---------------------------------------------------------------- taking away: picture, drawing, statements, marks, address, print

function xml(text) { return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;"); }

// What the window shows, as SVG: the same places, lines, shapes and labels as on the canvas.
function drawing() {
  var w = stage.clientWidth, h = stage.clientHeight, scale = net.getScale(), mid = net.getViewPosition(), tx = w / 2 - mid.x * scale, ty = h / 2 - mid.y * scale, out = [];
  function n(x) { return Math.round(x * 10) / 10; }
  shown.edges.forEach(function (e) {
    var look = LOOK.statuses[e.status], m = midpoint(e), a = [e.from.x * scale + tx, e.from.y * scale + ty], b = [e.to.x * scale + tx, e.to.y * scale + ty], c = [m.x * scale + tx, m.y * scale + ty];
    // The control point of the curve that passes through its middle.
    var q = [2 * c[0] - (a[0] + b[0]) / 2, 2 * c[1] - (a[1] + b[1]) / 2], back = Math.hypot(b[0] - q[0], b[1] - q[1]) || 1, r = e.to.size * scale + 3;
    var end = [b[0] - (b[0] - q[0]) / back * r, b[1] - (b[1] - q[1]) / back * r];
    out.push('<path d="M' + n(a[0]) + " " + n(a[1]) + "Q" + n(q[0]) + " " + n(q[1]) + " " + n(end[0]) + " " + n(end[1]) + '" fill="none" stroke="' + statusColour(e.status) + '" stroke-width="' + n(look.width * scale + .2) +
      '"' + (look.dash.length ? ' stroke-dasharray="' + look.dash.map(function (d) { return n(d * scale); }).join(" ") + '"' : "") + (dim["e" + e.id] ? ' opacity=".1"' : e.validity === "current" ? "" : ' opacity=".5"') + ' marker-end="url(#to-' + e.status + ')"><title>' + xml(line(e.claims[0]) + ": " + standing(e.claims[0])) + "</title></path>");
  });
  shown.things.forEach(function (t) {
    var look = kindLook(t.kind), colour = thingColour(t), r = t.size, s = r * 1.24 / 24;
    out.push('<g transform="translate(' + n(t.x * scale + tx) + " " + n(t.y * scale + ty) + ") scale(" + scale.toFixed(4) + ')"' + (dim[t.id] ? ' opacity=".16"' : "") + "><title>" + xml(t.label + ", " + t.type.label + (t.status ? ", " + t.status : "")) + '</title><path d="' + outline(look.shape, r) +
      '" fill="' + (t.status ? paper() : colour) + '" stroke="' + (t.status ? statusColour(t.status) : paper()) + '" stroke-width="' + (t.status ? 2 : 1.2) + '"' + (t.status && LOOK.statuses[t.status].dash.length ? ' stroke-dasharray="' + LOOK.statuses[t.status].dash.join(" ") + '"' : "") +
      '/><path d="' + look.icon + '" fill-rule="evenodd" fill="' + (t.status ? statusColour(t.status) : paper()) + '" transform="scale(' + s.toFixed(4) + ') translate(-12 -12)"/></g>');
  });
  placed.forEach(function (l) {
    if (l.kind === "strike") { out.push('<path d="M' + n(l.x - 5) + " " + n(l.y - 5) + "l10 10m0-10l-10 10" + '" stroke="' + l.colour + '" stroke-width="2"/>'); return; }
    l.lines.forEach(function (text, i) {
      if (l.kind === "group") { out.push('<text x="' + n(l.x) + '" y="' + n(l.y + 14) + '" text-anchor="middle" font-size="14" font-weight="600" fill="' + l.colour + '">' + xml(text) + "</text>"); return; }
      out.push('<text x="' + n(l.x) + '" y="' + n(l.y + 11 + i * 14) + '" text-anchor="middle" font-size="' + (l.kind === "node" ? 12 : 10.5) + '" fill="' + (l.kind === "node" ? ink() : l.colour) + '" stroke="' + paper() + '" stroke-width="3.5" paint-order="stroke"' + (l.kind === "node" && l.thing.status ? ' font-style="italic"' : "") + (l.kind === "edge" && l.edge.struck ? ' text-decoration="line-through"' : "") + ">" + xml(text) + "</text>");
    });
  });
  var heads = ORDER.map(function (s) { return '<marker id="to-' + s + '" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="' + statusColour(s) + '"/></marker>'; }).join("");
  var head = heading(w), foot = legend(w), tall = head.high + h + foot.high;
  return '<svg xmlns="http://www.w3.org/2000/svg" width="' + w + '" height="' + tall + '" viewBox="0 0 ' + w + " " + tall + '" font-family="system-ui, sans-serif"><title>' + xml(raw.title) + "</title><defs>" + heads + '</defs><rect width="100%" height="100%" fill="' + paper() + '"/>' + head.svg +
    '<g transform="translate(0 ' + head.high + ')">' + out.join("\n") + '</g><g transform="translate(0 ' + (head.high + h) + ')">' + foot.svg + "</g></svg>\n";
}

// The title on as many lines as it needs, below it who published it and when.
function heading(w) {
  var size = raw.title.length > 90 ? 14 : 17, room = Math.max(20, Math.floor((w - 32) / (size * .56))), lines = [""], about = $("source").textContent || docs.length + (docs.length === 1 ? " article" : " articles");
  raw.title.split(/\s+/).forEach(function (word) { if ((lines[lines.length - 1] + " " + word).length > room && lines[lines.length - 1]) lines.push(word); else lines[lines.length - 1] += (lines[lines.length - 1] ? " " : "") + word; });
  var svg = lines.slice(0, 4).map(function (l, i) { return '<text x="16" y="' + (26 + i * (size + 5)) + '" font-size="' + size + '" font-weight="600" fill="' + ink() + '">' + xml(l) + "</text>"; }).join("");
  var high = 14 + Math.min(4, lines.length) * (size + 5);
  if (about) { high += 18; svg += '<text x="16" y="' + high + '" font-size="12" fill="' + ink() + '" opacity=".75">' + xml(about) + "</text>"; }
  return { svg: svg, high: high + 10 };
}

// What the shapes and lines mean, of those that are shown.
function legend(w) {
  var x = 16, y = 18, svg = "", kinds = {}, statuses = {};
  shown.things.forEach(function (t) { kinds[t.kind] = true; if (t.status) statuses[t.status] = true; });
  shown.edges.forEach(function (e) { statuses[e.status] = true; });
  function entry(picture, label) {
    var wide_ = 54 + label.length * 6.8;
    if (x > 16 && x + wide_ > w) { x = 16; y += 22; }
    svg += '<g transform="translate(' + x + " " + y + ')">' + picture + '<text x="36" y="4" font-size="12" fill="' + ink() + '">' + xml(label) + "</text></g>";
    x += wide_;
  }
  Object.keys(LOOK.kinds).forEach(function (k) { if (kinds[k]) entry('<g transform="translate(20 0)"><path d="' + outline(kindLook(k).shape, 8) + '" fill="' + kindColour(k) + '"/><path d="' + kindLook(k).icon + '" fill="' + paper() + '" fill-rule="evenodd" transform="scale(.42) translate(-12 -12)"/></g>', kindLook(k).label); });
  if (svg) { x = 16; y += 22; }
  ORDER.forEach(function (s) {
    if (!statuses[s]) return;
    var look = LOOK.statuses[s];
    entry('<path d="M0 0h30" stroke="' + statusColour(s) + '" stroke-width="' + look.width + '"' + (look.dash.length ? ' stroke-dasharray="' + look.dash.join(" ") + '"' : "") + "/>" + (look.struck ? '<path d="M11 -4l8 8m0-8l-8 8" stroke="' + statusColour(s) + '" stroke-width="2"/>' : ""), look.label);
  });
  return { svg: svg, high: y + 20 };
}

// The drawing as a picture of twice the screen.
function givePicture() {
  var text = drawing(), image = new Image(), size = /width="(\d+)" height="(\d+)"/.exec(text);
  image.onload = function () {
    var canvas = make("canvas", { width: 2 * size[1], height: 2 * size[2] });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(function (b) { give(fileName("png"), "image/png", b); });
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
}

function csvField(x) {
  x = String(x);
  // A spreadsheet must not take a quote for a formula.
  if (/^[=+\-@\t\r]/.test(x)) x = "'" + x;
  return /[",\n\r]/.test(x) ? '"' + x.replace(/"/g, '""') + '"' : x;
}

// The selection: its claims, or all that is shown.
function chosenClaims() {
  var chosen = selected();
  if (chosen.claims.length) return chosen.claims;
  if (chosen.thing) return chosen.thing.claims.filter(function (c) { return shown.isClaim[c.id]; });
  if (shown.path && shown.path.edges.length) return [].concat.apply([], shown.path.edges.map(function (e) { return e.claims; }));
  return shown.claims;
}

function csv() {
  var head = ["subject", "relation", "object", "standing", "source", "confidence", "date", "quote", "document", "start", "end", "claim"];
  return [head].concat(chosenClaims().map(function (c) {
    var e = c.evidence[0];
    return cells(c).concat(e ? [full(docs[e.doc].iri), e.start, e.end] : ["", "", ""], full(c.iri));
  })).map(function (r) { return r.map(csvField).join(","); }).join("\r\n") + "\r\n";
}

var KG = "https://w3id.org/article-kg/ontology#", RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", XSD = "http://www.w3.org/2001/XMLSchema#";
function iri(x) { return "<" + x.replace(/[\u0000-\u0020<>"{}|^`\\]/g, function (s) { return encodeURIComponent(s); }) + ">"; }
function literal(x) { return '"' + String(x).replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/[\ud800-\udbff](?![\udc00-\udfff])|([^\ud800-\udbff]|^)[\udc00-\udfff]/g, "\ufffd") + '"'; }

// The claims of the selection as Turtle, as they stand in the graph, with names of what they speak of and their evidence.
function turtle() {
  var list = chosenClaims().filter(function (c) { return c.iri; }), named = {}, words_ = {}, out = ["@prefix kg: <" + KG + "> .", "@prefix rdf: <" + RDF + "> .", "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .", "@prefix xsd: <" + XSD + "> .", ""];
  list.forEach(function (c) {
    [c.subject, c.object, c.by, c.via, c.statedIn].forEach(function (t) { if (t) named[t.id] = t; });
    var object = c.object ? iri(full(c.object.iri)) : c.word.name === "type" ? "kg:" + c.value.value : literal(c.value ? c.value.words : "");
    var rows = ["a kg:Claim", "rdf:subject " + iri(full(c.subject.iri)), "rdf:predicate " + iri(full(c.word.iri)), "rdf:object " + object, "kg:status kg:" + c.status, "kg:polarity kg:" + (c.negative ? "negative" : "positive"), "kg:validity kg:" + c.validity, "kg:origin kg:" + c.origin];
    if (c.by) rows.push("kg:claimedBy " + iri(full(c.by.iri)));
    if (c.via) rows.push("kg:via " + iri(full(c.via.iri)));
    if (c.statedIn) rows.push("kg:statedIn " + iri(full(c.statedIn.iri)));
    if (c.fact) rows.push("kg:fact " + iri(full(c.fact)));
    if (c.confidence !== null) rows.push("kg:confidence " + c.confidence.toFixed(3));
    c.modality.forEach(function (m) { rows.push("kg:modality kg:" + m); });
    c.evidence.forEach(function (e) { rows.push("kg:evidence " + iri(full(e.iri))); words_[e.iri] = e; });
    out.push(iri(full(c.iri)) + " " + rows.join(" ;\n    ") + " .");
    if (c.status === "asserted" && !c.negative && c.validity === "current" && sureEnough(c)) out.push(iri(full(c.subject.iri)) + " " + iri(full(c.word.iri)) + " " + object + " .");
  });
  Object.keys(named).forEach(function (i) { var t = named[i]; out.push(iri(full(t.iri)) + (t.status ? " a kg:UnassertedEvent ; kg:status kg:" + t.status + " ;" : "") + " rdfs:label " + literal(t.label) + " ."); });
  Object.keys(words_).forEach(function (k) { var e = words_[k]; out.push(iri(full(k)) + " a kg:Evidence ; kg:document " + iri(full(docs[e.doc].iri)) + " ; kg:start " + e.start + " ; kg:end " + e.end + " ; kg:quote " + literal(quoteOf(e)) + " ; kg:rule " + literal(e.rule) + " ."); });
  return out.join("\n") + "\n";
}

function give(name, type, content) {
  var blob = content instanceof Blob ? content : new Blob([content], { type: type }), a = make("a", { download: name, "class": "unseen" });
  a.href = URL.createObjectURL(blob);
  document.body.appendChild(a);
  a.click();
  a.remove();
  setTimeout(function () { URL.revokeObjectURL(a.href); }, 1000);
}

function fileName(ending) { return (plain(raw.title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "graph") + "." + ending; }

var SAVE = {
  png: givePicture,
  svg: function () { give(fileName("svg"), "image/svg+xml", drawing()); },
  ttl: function () { give(fileName("ttl"), "text/turtle", turtle()); },
  csv: function () { give(fileName("csv"), "text/csv", "\ufeff" + csv()); },
  marks: function () { give(fileName("marks.toml"), "application/toml", marksFile()); },
  link: function (el) { copyText(location.href.replace(/#.*/, "") + "#" + address(), el); },
  step: function (el) { addStep(); el.textContent = "Added: " + S.story.length + (S.story.length === 1 ? " step" : " steps"); },
  print: function () { window.print(); }
};

function startSave() {
  Array.prototype.forEach.call(document.querySelectorAll("[data-save]"), function (b) { b.addEventListener("click", function () { SAVE[b.getAttribute("data-save")](b); }); });
}
