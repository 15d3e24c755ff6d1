// ---------------------------------------------------------------- the sentences above the graph: each selects its claims and shows their words

function showLead() {
  var box = clear($("lead"));
  raw.lead.forEach(function (s) {
    var told = s[2].map(function (k) { return claims[k]; });
    box.appendChild(make("button", { type: "button", "class": "sentence", dir: "auto", title: "Show its edge and its words", "data-standing": s[1] || null, on: { click: function () {
      selectClaims(told);
      var first = told.filter(function (c) { return c.evidence.length; })[0];
      if (first) readAt(first.evidence[0]);
    } } }, [s[1] ? make("span", { "class": "firm" }, s[1].charAt(0).toUpperCase() + s[1].slice(1) + ": ") : "", s[0]]));
    box.appendChild(document.createTextNode(" "));
  });
  box.hidden = !raw.lead.length;
  var d = docs.length === 1 ? docs[0] : null;
  $("source").textContent = d ? [d.publisher, d.date ? dayOf(d.date) : ""].filter(Boolean).join(" · ") : "";
}
