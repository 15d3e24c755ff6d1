// ---------------------------------------------------------------- the article beside the graph: every mark leads to its claims, every claim to its marks

var pieces = [], paperShown = -1;

// Cut a text at all beginnings and ends of evidence; each piece knows the claims and things over it.
function cutText(d) {
  var at = {}, spans = [];
  function add(e, carried) { if (e.doc === d.id) spans.push([e.start, e.end, carried]); }
  claims.forEach(function (c) { c.evidence.forEach(function (e) { add(e, c); }); });
  things.forEach(function (t) { t.evidence.forEach(function (e) { add(e, t); }); });
  spans.forEach(function (s) { at[s[0]] = at[s[1]] = true; });
  at[0] = at[d.length] = true;
  var cuts = Object.keys(at).map(Number).filter(function (n) { return n <= d.length; }).sort(function (a, b) { return a - b; });
  var number = {}, found = [];
  cuts.forEach(function (c, i) { number[c] = i; if (i + 1 < cuts.length) found.push({ start: c, end: cuts[i + 1], claims: [], things: [] }); });
  spans.forEach(function (s) {
    if (s[1] > d.length) return;
    for (var i = number[s[0]]; i < number[s[1]]; i++) (s[2].word ? found[i].claims : found[i].things).push(s[2]);
  });
  return found;
}

function showPaper() {
  var d = paperNow(), box = $("words");
  if (!d) { $("reading").hidden = true; return; }
  if (paperShown === d.id) return;
  paperShown = d.id;
  $("paper").value = d.id;
  clear($("paper-about")).appendChild(document.createTextNode([d.publisher, d.date || "no date", d.url].filter(Boolean).join(" · ")));
  clear(box);
  pieces = d.text ? cutText(d) : [];
  if (!d.text) box.appendChild(make("p", {}, "The text of this article is not kept in the graph; the quotes are."));
  pieces.forEach(function (p, i) {
    var text = d.slice(p.start, p.end);
    if (!p.claims.length && !p.things.length) { box.appendChild(document.createTextNode(text)); return; }
    p.el = make("mark", { "data-i": i, "class": (p.claims.length ? "told" : "") + (p.things.length ? " named" : ""), "data-kind": p.things.length ? p.things[0].kind : null,
      "data-status": p.claims.length ? closest(p, d.id).status : null }, text);
    box.appendChild(p.el);
  });
  lightText(false);
}

// How long the evidence is by which a claim stands over a piece.
function reach(c, p, doc) {
  return Math.min.apply(null, c.evidence.filter(function (e) { return e.doc === doc && e.start <= p.start && e.end >= p.end; }).map(function (e) { return e.end - e.start; }));
}

// The claim with the shortest words over a piece; of equals the one that is least firm.
function closest(p, doc) {
  return p.claims.reduce(function (a, c) {
    var by = reach(c, p, doc) - reach(a, p, doc);
    return by < 0 || by === 0 && ORDER.indexOf(c.status) > ORDER.indexOf(a.status) ? c : a;
  });
}

// Light the words of the selection; turn to the article and scroll to them.
function lightText(scroll) {
  var chosen = selected(), first = null, list = chosen.claims, t = chosen.thing;
  var evidenceOf = t ? t.evidence : [].concat.apply([], list.map(function (c) { return c.evidence; }));
  if (scroll && evidenceOf.length && !evidenceOf.some(function (e) { return e.doc === paperShown; })) {
    change({ paper: docs[evidenceOf[0].doc].key }, true);
    showPaper();
  }
  pieces.forEach(function (p) {
    if (!p.el) return;
    var on = t ? p.things.indexOf(t) >= 0 : p.claims.some(function (c) { return list.indexOf(c) >= 0; });
    p.el.classList.toggle("lit", on);
    if (on && !first) first = p.el;
  });
  if (first && scroll) scrollTo_(first);
}

// Scroll the words only, never the page under the reader's feet.
function scrollTo_(el) {
  var box = $("words"), top = el.offsetTop - box.offsetTop - box.clientHeight / 3;
  box.scrollTo({ top: top, behavior: CALM.matches ? "auto" : "smooth" });
}

function readAt(e) {
  if (paperShown !== e.doc) { change({ paper: docs[e.doc].key }, true); showPaper(); }
  pieces.forEach(function (p) { if (p.el) p.el.classList.toggle("lit", p.start >= e.start && p.end <= e.end); });
  var first = pieces.filter(function (p) { return p.el && p.start >= e.start && p.end <= e.end; })[0];
  if (first) scrollTo_(first.el);
}

// A press on a name opens its card; on other marked words it selects their claims, the closest ones first.
function pressWords(i) {
  var p = pieces[i];
  if (!p) return;
  var name = p.things.filter(function (t) { return t.kind !== "Event"; })[0];
  if (name) { selectThing(name); return; }
  var list = p.claims.filter(function (c) { return shown.isClaim[c.id]; });
  list = list.length ? list : p.claims;
  if (list.length) selectClaims(list.slice().sort(function (a, b) { return reach(a, p, paperShown) - reach(b, p, paperShown) || a.id - b.id; }));
  else if (p.things.length) selectThing(p.things[0]);
}

function startPapers() {
  clear($("paper"));
  docs.forEach(function (d) { $("paper").appendChild(make("option", { value: d.id }, (d.date ? d.date + " · " : "") + short(d.title, 80))); });
  $("papers").hidden = docs.length < 2;
}

function startArticle() {
  startPapers();
  $("paper").addEventListener("change", function () { change({ paper: docs[+$("paper").value].key }, true); });
  var box = $("words"), at = -1;
  box.addEventListener("click", function (e) { if (e.target.tagName === "MARK" && !String(getSelection())) pressWords(+e.target.getAttribute("data-i")); });
  box.addEventListener("keydown", function (e) {
    var by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    if (by) {
      e.preventDefault();
      var marks = pieces.map(function (p, i) { return p.el ? i : -1; }).filter(function (i) { return i >= 0; });
      if (!marks.length) return;
      at = (Math.max(at, by > 0 ? -1 : 0) + by + marks.length) % marks.length;
      Array.prototype.forEach.call(box.querySelectorAll(".at"), function (m) { m.classList.remove("at"); });
      var p = pieces[marks[at]];
      p.el.classList.add("at");
      scrollTo_(p.el);
      $("spoken").textContent = p.el.textContent;
    } else if (e.key === "Enter" || e.key === " ") {
      var m = box.querySelector(".at");
      if (m) { e.preventDefault(); pressWords(+m.getAttribute("data-i")); }
    }
  });
}
