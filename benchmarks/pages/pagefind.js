// The search box with Pagefind behind it; what it shows comes from its own index.
(function () {
  "use strict";
  var form = document.querySelector("[data-search]"), field = form.querySelector("input");
  var box = document.getElementById("results"), page = document.getElementById("content");
  var loading = null, asked = 0;

  function start() {
    loading = loading || import(new URL("pagefind/pagefind.js", document.baseURI).href);
    return loading;
  }
  window.pagefindFind = async function (text, most) {
    var found = await (await start()).search(window.withoutSmallWords(text));
    return Promise.all(found.results.slice(0, most).map(async function (one) {
      var data = await one.data();
      return { id: data.meta.id, name: data.meta.title, what: data.meta.what, office: data.meta.office,
               phones: JSON.parse(data.meta.phones) };
    }));
  };

  async function run() {
    var mine = ++asked;
    box.hidden = false;
    page.hidden = true;
    box.dataset.state = "loading";
    var found = await window.pagefindFind(field.value.trim(), 10);
    if (mine !== asked) return;
    window.plainCards(box, found, form.dataset.search);
    box.dataset.state = "ready";
  }

  field.addEventListener("focus", start);
  field.addEventListener("input", run);
  form.hidden = false;
})();
