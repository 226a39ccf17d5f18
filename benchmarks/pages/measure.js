// Measures inside the page, with its own clock, from the input event to results that are drawn and laid out.
window.measure = {
  // The first search of a page: ms to the first result (none: to the end) and to the end (all of the index is here), how many
  // results there are, and what had arrived by the first.
  first: function (text) {
    "use strict";
    return new Promise(function (answer, fail) {
      var field = document.getElementById("q"), box = document.getElementById("results");
      setTimeout(function () { fail(new Error("no answer to " + text + " within 90 seconds")); }, 90000);
      var arrived = [], first = 0, before = null, started = performance.now();
      var loaded = window.guide && window.guide.loaded;
      if (loaded) window.guide.loaded = function (name, data) { arrived.push(name); loaded(name, data); };
      function look() {
        if (!first && box.querySelector("[data-listing]")) {
          void box.offsetHeight;
          first = performance.now() - started;
          before = arrived.slice();
        }
        if (box.dataset.state !== "ready") return;
        observer.disconnect();
        void box.offsetHeight;
        var whole = performance.now() - started;
        answer({ first: first || whole, whole: whole, before: before || arrived, found: box.querySelectorAll("[data-listing]").length });
      }
      var observer = new MutationObserver(look);
      observer.observe(box, { childList: true, attributes: true });
      field.focus();
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  },

  // Types each text letter by letter into a search that is loaded: for each letter [script, script and layout] in ms.
  type: function (texts) {
    "use strict";
    var field = document.getElementById("q"), box = document.getElementById("results"), times = [];
    texts.forEach(function (text) {
      for (var end = 1; end <= text.length; end++) {
        field.value = text.slice(0, end);
        var started = performance.now();
        field.dispatchEvent(new Event("input", { bubbles: true }));
        var drawn = performance.now();
        void box.offsetHeight;
        times.push([drawn - started, performance.now() - started]);
      }
    });
    return times;
  },

  // The same for a search that answers later: one letter after the other, each to its results.
  typeSlowly: async function (texts) {
    "use strict";
    var field = document.getElementById("q"), box = document.getElementById("results"), times = [];
    for (var text of texts) {
      for (var end = 1; end <= text.length; end++) {
        field.value = text.slice(0, end);
        var started = performance.now();
        await new Promise(function (next) {
          var observer = new MutationObserver(function () {
            if (box.dataset.state === "ready") { observer.disconnect(); next(); }
          });
          observer.observe(box, { attributes: true });
          field.dispatchEvent(new Event("input", { bubbles: true }));
        });
        var drawn = performance.now();
        void box.offsetHeight;
        times.push([drawn - started, performance.now() - started]);
      }
    }
    return times;
  }
};
