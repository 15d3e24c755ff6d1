"use strict";
(() => {
  const known = JSON.parse(document.getElementById("known").textContent);
  const Yasgui = window.Yasgui.default || window.Yasgui;
  const endpoint = new URL("sparql", window.location.href).href;
  const first = known.questions.find((q) => q.name === "events") || known.questions[0];
  Yasgui.Yasqe.defaults.value = first.text;
  Yasgui.Yasqe.forkAutocompleter = Yasgui.Yasqe.forkAutocompleter || (() => {});
  // completion from the web (prefix.cc, LOV) has no place here
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  Yasgui.Yasqe.defaults.prefixCcApi = "";
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    persistenceId: "kg",
    endpointCatalogueOptions: { getData: () => [] },
    yasr: { prefixes: known.prefixes },
  });
  const choose = document.getElementById("questions");
  const about = document.getElementById("about");
  choose.addEventListener("change", () => {
    const question = known.questions.find((q) => q.name === choose.value);
    if (!question) return;
    const tab = yasgui.getTab() || yasgui.addTab(true);
    tab.setName(question.name);
    tab.setQuery(question.text);
    tab.setEndpoint(endpoint);
    about.textContent = question.parameters.length ? (question.runs ? "narrow it" : "first bind") + " with VALUES: " + question.parameters.join("; ") : "";
    if (question.runs) tab.query();
  });
  const tab = yasgui.getTab();
  if (tab) tab.setEndpoint(endpoint);
  window.kgReady = true;
})();
