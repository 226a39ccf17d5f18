// The search box with MiniSearch behind it. Its scripts load when it is first used, as ours do.
(function () {
  "use strict";
  var form = document.querySelector("[data-search]"), field = form.querySelector("input");
  var box = document.getElementById("results"), page = document.getElementById("content");
  var started = false, index = null;

  function start() {
    if (started) return;
    started = true;
    ["library", "index"].forEach(function (name) {
      var script = document.createElement("script");
      script.async = false;
      script.src = form.dataset.search + "assets/mini/" + name + ".js";
      document.head.appendChild(script);
    });
  }

  window.miniLoaded = function (data) {
    index = window.MiniSearch.loadJS(data, window.miniSettings);
    run();
  };
  // Who has all words; where nobody has, who has some.
  window.miniFind = function (text) {
    var found = index.search(text, Object.assign({ combineWith: "AND" }, window.miniAsk));
    return found.length ? found : index.search(text, window.miniAsk);
  };

  function run() {
    var text = field.value.trim();
    if (!text) {
      box.hidden = true;
      box.textContent = "";
      box.dataset.state = "";
      page.hidden = false;
      return;
    }
    box.hidden = false;
    page.hidden = true;
    box.dataset.state = "loading";
    if (!index) return;
    window.plainCards(box, window.miniFind(text).slice(0, 10), form.dataset.search);
    box.dataset.state = "ready";
  }

  field.addEventListener("focus", start);
  field.addEventListener("input", function () { start(); run(); });
  form.hidden = false;
})();
