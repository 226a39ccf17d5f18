// The search box. What it needs loads when it is first used; what is typed stays in this page.
window.guide = window.guide || {};
(function (guide) {
  "use strict";

  var form = document.querySelector("[data-search]");
  var field = form.querySelector("input");
  var box = document.getElementById("results");
  var page = document.getElementById("content");
  var status = form.querySelector("[role=status]");
  var root = form.dataset.search;
  var LIBRARIES = ["words", "lunr", "places", "vocabulary", "understand", "library", "where", "match", "rank", "results", "words-known"];
  var state = null, core = null, understand = null, library = null, held = "";
  var parts = {}, asking = {}, started = false, failed = false, announcing = 0;

  function fresh() { return { chosen: {}, limit: 0, narrowOpen: false, county: form.dataset.county || "", place: null, whole: false }; }
  state = fresh();

  // Loading. A part of the index arrives as a call of guide.loaded.

  function load(name) {
    if (asking[name]) return;
    asking[name] = true;
    var script = document.createElement("script");
    script.async = false;  // in the order in which they were asked for
    script.src = root + "assets/search/" + name + ".js";
    script.onerror = function () { failed = true; run(); };
    if (name === "results") script.onload = run;
    document.head.appendChild(script);
  }

  function start() {
    if (started) return;
    started = true;
    LIBRARIES.forEach(load);
    load("part-wide");
  }

  guide.loaded = function (name, data) {
    if (name === "core") {
      core = data;
      core.ignoredWords = new Set(core.ignored.concat(core.dropped));
      core.droppedWords = new Set(core.dropped);
      core.groupOf = new Map();
      core.needs.forEach(function (need) {
        if (need.isGroup) need.ids.forEach(function (id) { core.groupOf.set(id, need.label); });
      });
      understand = guide.makeUnderstand(core);
      if (form.dataset.county) load("part-" + regionOf(form.dataset.county));
    } else {
      parts[name.replace(/^part-/, "")] = data;
      if (library && !core.parts.every(function (part) { return parts[part]; }) && box.dataset.state === "drawn") return;
    }
    run();
  };

  function regionOf(id) {
    return core.counties.filter(function (one) { return one.id === id; })[0].region;
  }

  // Put the parts together that are here, once for what a place needs and once for all.
  function gather(wanted) {
    var here = core.parts.filter(function (name) { return parts[name]; });
    var all = here.length === core.parts.length;
    var enough = wanted.every(function (name) { return parts[name]; });
    if (!all && !enough) return false;
    var key = (all ? core.parts : wanted).join();
    if (held !== core.parts.join() && held !== key) {
      library = guide.makeLibrary((all ? core.parts : wanted).map(function (name) { return parts[name]; }));
      held = key;
    }
    return true;
  }

  function inTexts(word, exactly) { return Boolean(library) && library.has(word, exactly); }

  // Searching

  function read(text) {
    var asked = understand(text, state.county, inTexts);
    if (state.place) {
      asked.place = { ids: state.place.ids, label: state.place.label, words: [], options: [], first: state.place.ids.length, chosen: true };
    }
    return asked;
  }

  function run() {
    var text = field.value.trim();
    if (failed) return tellFailure();
    if (!text && !state.whole) return clear();
    box.dataset.state = "loading";
    if (!core || !parts.wide || !guide.draw) return;
    gather(core.parts) || library || gather(["wide"]);
    var asked = read(text);
    var wanted = ["wide"];
    (asked.place ? asked.place.ids : []).forEach(function (id) {
      if (wanted.indexOf(regionOf(id)) < 0) wanted.push(regionOf(id));
    });
    wanted.forEach(function (name) { load("part-" + name); });
    core.parts.forEach(function (name) { load("part-" + name); });
    var before = library;
    if (!gather(wanted)) return;
    if (library !== before) asked = read(text);  // it knows more words now
    var found = guide.rank(asked, library, core, state.chosen);
    box.hidden = false;
    page.hidden = true;
    var giveBack = keepFocus();
    guide.draw(box, asked, found, state, core, library, root, tell);
    giveBack();
    box.dataset.state = held === core.parts.join() ? "ready" : "drawn";
    if (box.dataset.state === "ready") {
      announce(guide.summary(found, asked));
    }
  }

  // What arrives later draws the results again: who has gone on into them stays where they were.
  function keepFocus() {
    var active = document.activeElement, card = active && active.closest("[data-listing]");
    if (!box.contains(active)) return function () {};
    var where = (card ? "[data-listing='" + card.dataset.listing + "'] " : "") + active.tagName, text = active.textContent;
    return function () {
      var same = Array.from(box.querySelectorAll(where)).filter(function (one) { return one.textContent === text; })[0];
      if (same) same.focus();
    };
  }

  // Politely, and only when the reader has stopped typing.
  function announce(text) {
    clearTimeout(announcing);
    announcing = setTimeout(function () { if (status.textContent !== text) status.textContent = text; }, 700);
  }

  function clear() {
    clearTimeout(announcing);
    status.textContent = "";
    state = fresh();
    box.hidden = true;
    box.textContent = "";
    box.dataset.state = "";
    page.hidden = false;
  }

  function tellFailure() {
    if (!field.value.trim()) return clear();
    box.hidden = false;
    box.dataset.state = "failed";
    box.textContent = "The search could not be loaded. Load this page again, or choose a county or a kind of help below.";
    page.hidden = false;
    announce(box.textContent);
  }

  var tell = {
    // Take the words of a chip out of the field.
    drop: function (words) {
      var left = words.slice();
      field.value = field.value.split(/\s+/).filter(function (piece) {
        var plain = guide.words(piece, core.same);
        if (!plain.length) return true;
        var all = plain.every(function (word) { return left.indexOf(word) >= 0; });
        if (all) plain.forEach(function (word) { left.splice(left.indexOf(word), 1); });
        return !all;
      }).join(" ");
      again();
    },
    // Write a word of the field as another.
    replace: function (word, other) {
      field.value = field.value.split(/\s+/).map(function (piece) {
        return guide.words(piece, core.same).join(" ") === word ? other : piece;
      }).join(" ");
      again();
    },
    leaveCounty: function () { state.county = ""; again(); },
    choosePlace: function (option) { state.place = option; again(); },
    unchoosePlace: function () { state.place = null; again(); },
    choose: function (facet, id, on) {
      var ids = (state.chosen[facet] || []).filter(function (other) { return other !== id; });
      if (on) ids.push(id);
      if (ids.length) state.chosen[facet] = ids; else delete state.chosen[facet];
      run();
      var pressed = box.querySelector("[data-facet='" + facet + "'][data-id='" + id + "']");
      (pressed || field).focus();
    },
    more: function (shown) {
      state.limit = shown + 10;
      run();
      var next = box.querySelectorAll(".found > li h3 a")[shown];
      if (next) next.focus();
    }
  };

  function again() {
    state.limit = 0;
    run();
    field.focus();
  }

  // Keys

  function links() { return Array.from(box.querySelectorAll("[data-listing] h3 a")); }

  field.addEventListener("focus", start);
  field.addEventListener("input", function () {
    start();
    state.limit = 0;
    state.place = null;
    run();
  });
  field.addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown" && links().length) {
      event.preventDefault();
      links()[0].focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      field.value = "";
      clear();
    }
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (links().length) links()[0].focus();
  });
  box.addEventListener("keydown", function (event) {
    var all = links(), at = all.indexOf(document.activeElement);
    if (event.key === "Escape") {
      field.value = "";
      clear();
      field.focus();
    } else if (at >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      var next = all[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) next.focus(); else if (event.key === "ArrowUp") field.focus();
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName) || document.activeElement.isContentEditable) return;
    event.preventDefault();
    field.focus();
  });

  // A prepared search in the address of search.html; it is taken out of the address at once.
  function prepared() {
    if (form.dataset.prepared === undefined || window.location.hash.length < 2) return;
    var asked = new URLSearchParams(window.location.hash.slice(1));
    if (!asked.has("q") && !asked.has("county")) return;
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    field.value = asked.get("q") || "";
    state = fresh();
    state.county = asked.get("county") || "";
    state.whole = Boolean(state.county) && !field.value;  // all that serves a county
    start();
    run();
  }

  form.hidden = false;
  prepared();
  window.addEventListener("hashchange", prepared);
})(window.guide);
