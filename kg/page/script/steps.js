// ---------------------------------------------------------------- a story in steps: views one after the other, each with a caption from its claims

// The steps that were saved, as addresses; without any, the sentences above the graph.
function steps() {
  if (S.story.length) return S.story.map(function (part) { return part; });
  return raw.lead.map(function (s) { return "sel=c:" + s[2].map(function (k) { return encodeURIComponent(tail(claims[k].iri)); }).join("|"); });
}

function goStep(n) {
  var list = steps(), at = Math.max(0, Math.min(n, list.length)), to = at ? recall("#" + list[at - 1]) : copy(DEFAULT);
  to.story = S.story; to.at = at; to.tab = at ? to.tab : S.tab;
  if (at && !/(^|&)paper=/.test(list[at - 1])) to.paper = S.paper;
  change(to);
  if (at) { var e = selected().claims.filter(function (c) { return c.evidence.length; })[0]; if (e) readAt(e.evidence[0]); }
}

function addStep() {
  var keep = S, now = address().split("&").filter(function (p) { return p && !/^(story|at)=/.test(p); }).join("&");
  change({ story: keep.story.concat([now]), at: keep.story.length + 1 });
}

// What a step shows, in words of its claims.
function caption() {
  var chosen = selected(), list = chosen.claims;
  if (list.length) {
    var said = raw.lead.filter(function (s) { return s[2].some(function (k) { return list.indexOf(claims[k]) >= 0; }); })[0];
    if (said) return (said[1] ? said[1].charAt(0).toUpperCase() + said[1].slice(1) + ": " : "") + said[0];
    return list.slice(0, 2).map(function (c) { return line(c) + (c.status === "asserted" && !c.negative ? "" : " (" + standing(c) + (c.by ? ", according to " + c.by.label : "") + ")"); }).join("; ") + ".";
  }
  if (chosen.thing) {
    var first = chosen.thing.claims.filter(function (c) { return shown.isClaim[c.id] && c.object; })[0];
    return chosen.thing.label + (first ? ": " + line(first) + (first.status === "asserted" && !first.negative ? "" : " (" + standing(first) + ")") + "." : ".");
  }
  return shown.things.length + " nodes, " + shown.edges.length + " edges.";
}

function showSteps() {
  var bar = clear($("steps")), list = steps();
  bar.hidden = !S.at;
  $("tell").hidden = !list.length;
  if (!S.at) return;
  bar.appendChild(button("‹", "Step back", function () { goStep(S.at - 1); }, { "aria-label": "Step back", disabled: S.at < 2 || null }));
  bar.appendChild(make("p", { dir: "auto", role: "status" }, [make("b", {}, S.at + " of " + list.length + " "), caption()]));
  bar.appendChild(button("›", "Step on", function () { goStep(S.at + 1); }, { "aria-label": "Step on", disabled: S.at >= list.length || null }));
  bar.appendChild(button("End", "End the story", function () { goStep(0); }));
}
