// ---------------------------------------------------------------- more around something, where it stands: from what was folded away or, on the live page, from the store

function unfold(t) {
  if (LIVE) fetchAround(full(t.iri));
  else change({ more: S.more.concat([t.key]) });
}

// What the server draws around something joins what is here; card, selection, article and filters stay as they are.
function fetchAround(iri, then) {
  $("spoken").textContent = "Fetching";
  return fetch("graph?about=" + encodeURIComponent(iri) + "&view=" + encodeURIComponent(raw.options.view)).then(function (r) { return r.ok ? r.text() : Promise.reject(r.status); }).then(function (page) {
    var open = '<script type="application/json" id="data">', from = page.indexOf(open) + open.length;
    join(unpack(JSON.parse(page.slice(from, page.indexOf("</scr" + "ipt>", from)))));
    var about = aboutNow().filter(function (i) { return i !== iri; }).concat([iri]);
    history.replaceState(null, "", "?" + about.map(function (i) { return "about=" + encodeURIComponent(i); }).join("&") + "&view=" + encodeURIComponent(raw.options.view) + location.hash);
    if (then) then();
  }).catch(function (problem) { $("notice").hidden = false; clear($("notice")).appendChild(make("span", {}, "Its neighbours could not be fetched (" + problem + "): try again.")); });
}

// The things that the page was drawn around: those of its address, or those the server began with.
function aboutNow() {
  var given = new URLSearchParams(location.search).getAll("about");
  return given.length ? given : raw.options.about || [];
}

// A further block's documents, things, claims and edges beside those that are here, each once.
function join(given) {
  var before = JSON.parse(JSON.stringify(S)), docAt = {}, known = {}, thingOf = [], claimOf = [], fresh = [];
  docs.forEach(function (d) { known[full(d.iri)] = d.id; });
  given.docs.forEach(function (d) {
    var iri = full(d.iri), old = d.id;
    if (!(iri in known)) { known[iri] = d.id = docs.length; docs.push(d); }
    docAt[old] = known[iri];
  });
  function moved(list) { return list.map(function (e) { e.doc = docAt[e.doc]; return e; }); }
  given.things.forEach(function (t) {
    var here = thingByKey[t.key];
    thingOf[t.id] = here || t;
    if (here) return;
    t.id = things.length; t.placed = false;
    moved(t.evidence);
    things.push(t); thingByKey[t.key] = t;
  });
  function mine(t) { return t && thingByKey[t.key]; }
  given.claims.forEach(function (c) {
    var here = claimByKey[tail(c.iri)];
    claimOf[c.id] = here || c;
    if (here) return;
    c.id = claims.length;
    c.subject = mine(c.subject); c.object = mine(c.object); c.by = mine(c.by); c.via = mine(c.via); c.statedIn = mine(c.statedIn);
    moved(c.evidence);
    claims.push(c); fresh.push(c);
  });
  know(fresh);
  given.types.forEach(function (t) { if (!types.some(function (x) { return x.name === t.name; })) types.push(t); });
  given.views.forEach(function (v) {
    var here = views.filter(function (x) { return x.name === v.name; })[0], once = {};
    if (!here || here.derived) return;
    function sign(e) { return [mine(e.from).id, mine(e.to).id, e.word.name, e.said, e.status, e.struck, e.validity].join(" "); }
    here.edges.forEach(function (e) { once[sign(e)] = e; });
    v.edges.forEach(function (e) {
      var told = e.claims.map(function (c) { return claimByKey[tail(c.iri)]; }), old = once[sign(e)];
      if (old) { old.spare = old.spare && e.spare; told.forEach(function (c) { if (old.claims.indexOf(c) < 0) old.claims.push(c); }); }
      else here.edges.push(once[sign(e)] = edgeOf(here.edges.length, mine(e.from), mine(e.to), e.word, told, e.said, e.spare));
    });
    v.alone.map(mine).forEach(function (t) { if (here.alone.indexOf(t) < 0) here.alone.push(t); });
  });
  settleViews();
  // What the rest of the page keeps of its things is made anew.
  things.forEach(function (t) { delete t.often; });
  paperShown = -1;
  startPapers(); startTime();
  reckon();
  edgeSet.clear();
  nodeSet.update(things.filter(function (t) { return t.placed; }).map(function (t) { lastLook["n" + t.id] = !shown.isThing[t.id]; return nodeRow(t); }));
  nodeSet.update(takePlaces());
  edgeSet.add(buildEdges());
  buildFilters(); buildLegend();
  update(before);
  fit();
}
