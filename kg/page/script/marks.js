// ---------------------------------------------------------------- marks: "is this wrong?", kept in the browser, taken away as a file

var marks = {}, MARKS = "article-kg marks " + raw.documents.map(function (d) { return d[0]; }).join(" ").slice(0, 500);
try { marks = JSON.parse(localStorage.getItem(MARKS) || "{}"); } catch (e) { marks = {}; }

function keepMarks() {
  try { localStorage.setItem(MARKS, JSON.stringify(marks)); } catch (e) { /* no storage: the marks live as long as the page */ }
  var n = Object.keys(marks).length;
  document.querySelector("[data-save=marks]").textContent = n ? "Marks (" + n + ", for kg review)" : "Marks (for kg review)";
}

function markBox(c) {
  var key = full(c.iri), box = make("div", { "class": "mark", role: "group", "aria-label": "Is this wrong?" }), now = marks[key] || {};
  function choose(verdict) {
    if (now.verdict === verdict) delete marks[key];
    else marks[key] = { verdict: verdict, note: now.note || "" };
    now = marks[key] || {};
    keepMarks(); draw();
  }
  function draw() {
    clear(box);
    box.appendChild(make("span", {}, "Is this wrong? "));
    [["reject", "wrong"], ["confirm", "right"]].forEach(function (v) {
      box.appendChild(make("button", { type: "button", "data-verdict": v[0], "aria-pressed": now.verdict === v[0] ? "true" : "false", on: { click: function () {
        choose(v[0]);
        box.querySelector("[data-verdict=" + v[0] + "]").focus();
      } } }, v[1]));
    });
    if (now.verdict) {
      var note = make("input", { type: "text", "aria-label": "Note on this statement", placeholder: "note", maxlength: 500, on: { input: function () { marks[key].note = note.value; keepMarks(); } } });
      note.value = now.note || "";
      box.appendChild(note);
    }
  }
  draw();
  return box;
}

// One JSON object a line: what kg review takes.
function marksFile() {
  return Object.keys(marks).sort().map(function (key) {
    var c = claimByKey[claims.some(function (x) { return full(x.iri) === key; }) ? tail(claims.filter(function (x) { return full(x.iri) === key; })[0].iri) : ""], out = { claim: key, verdict: marks[key].verdict };
    if (marks[key].note) out.note = marks[key].note;
    if (c) { out.says = line(c); if (c.evidence.length) out.quote = quoteOf(c.evidence[0]); }
    return JSON.stringify(out);
  }).join("\n") + "\n";
}
