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
    else marks[key] = { verdict: verdict, note: now.note || "", status: now.status || "" };
    now = marks[key] || {};
    keepMarks(); draw();
  }
  function draw() {
    clear(box);
    box.appendChild(make("span", {}, "Is this wrong? "));
    [["reject", "wrong"], ["confirm", "right"], ["correct", "otherwise"]].forEach(function (v) {
      box.appendChild(make("button", { type: "button", "data-verdict": v[0], "aria-pressed": now.verdict === v[0] ? "true" : "false", on: { click: function () {
        choose(v[0]);
        box.querySelector("[data-verdict=" + v[0] + "]").focus();
      } } }, v[1]));
    });
    if (now.verdict === "correct") {
      now.status = now.status || ORDER.filter(function (s) { return s !== c.status; })[0];
      var status = make("select", { "aria-label": "What its status should be", on: { change: function () { marks[key].status = now.status = status.value; keepMarks(); } } },
        ORDER.filter(function (s) { return s !== c.status; }).map(function (s) { return make("option", { value: s }, s); }));
      status.value = now.status;
      box.appendChild(status);
    }
    if (now.verdict) {
      var note = make("input", { type: "text", "aria-label": "Note on this statement", placeholder: "note", maxlength: 500, on: { input: function () { marks[key].note = now.note = note.value; keepMarks(); } } });
      note.value = now.note || "";
      box.appendChild(note);
    }
  }
  draw();
  return box;
}

// A string of TOML: JSON's, but for what TOML forbids.
function toml(text) {
  return JSON.stringify(String(text).replace(/[\ud800-\udbff](?![\udc00-\udfff])/g, "\ufffd").replace(/(^|[^\ud800-\udbff])[\udc00-\udfff]/g, "$1\ufffd")).replace(/\u007f/g, "\\u007F");
}

// The file that kg review takes: one entry a marked claim.
function marksFile() {
  var byIri = {};
  claims.forEach(function (c) { byIri[full(c.iri)] = c; });
  return ["# Marks made on the page. Give this file to `kg review`.", ""].concat(Object.keys(marks).sort().filter(function (key) { return byIri[key]; }).map(function (key) {
    var c = byIri[key], m = marks[key];
    return ["[[claim]]", "said = " + toml(line(c)), "stands = " + toml(standing(c) + ", says " + speaker(c)), "why = " + toml("marked on the page" + (m.note ? ": " + m.note : "")),
      "quotes = [" + c.evidence.slice(0, 3).map(function (e) { return toml(quoteOf(e)); }).join(", ") + "]", "id = " + toml(key), "decision = " + toml(m.verdict),
      "status = " + toml(m.verdict === "correct" ? m.status : ""), "validity = " + toml(""), ""].join("\n");
  })).join("\n");
}
