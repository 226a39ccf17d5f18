// The search box. What it needs loads when it is first used; what is typed stays in this page.
window.guide = window.guide || {};
(function (guide) {
  "use strict";

  var form = document.querySelector("[data-search]");
  var field = form.querySelector("input");
  var box = document.getElementById("results");
  var page = document.getElementById("page");
  var status = form.querySelector("[role=status]");
  var root = form.dataset.search;
  var state = null, core = null, understand = null, library = null, held = "";
  var parts = {}, asking = {}, missing = [], started = false, failed = false, announcing = 0, completing = 0, drawn = "";
  var LARGE = 8000;  // listings; all of so many is not loaded where a few parts hold what was asked for
  var FEW = 3;

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
    document.head.appendChild(script);
  }

  function start() {
    if (started) return;
    started = true;
    ["code", "words-known", "part-wide"].forEach(load);
  }

  guide.loaded = function (name, data) {
    if (name === "core") {
      core = data;
      guide.unpackPlaces(core);
      core.ignoredWords = new Set(core.ignored.concat(core.dropped));
      core.droppedWords = new Set(core.dropped);
      core.groupOf = new Map();
      core.needs.forEach(function (need) {
        if (need.isGroup) need.ids.forEach(function (id) { core.groupOf.set(id, need.label); });
      });
      understand = guide.makeUnderstand(core);
      // what the place needs comes at once; words that only listings know do not matter yet
      var place = understand(field.value, state.county, function () { return false; }).place;
      firstParts(place ? place.ids : []).forEach(loadPart);
    } else {
      parts[name.replace(/^part-/, "")] = guide.makePart(data, core);
      if (box.dataset.state === "drawn" && !areHere(missing)) return;
    }
    run();
  };

  function loadPart(name) { load("part-" + name.replace("/", "-")); }

  // The parts that hold who serves a county, beside the wide one.
  function partsOf(id) {
    var county = core.countyOf.get(id);
    return county ? [county.region, id].filter(function (part) { return core.parts.indexOf(part) >= 0; }) : [];
  }

  // What a first answer needs: who reaches far, and who serves the places that were asked for.
  function firstParts(ids) { return unique([].concat.apply(["wide"], ids.map(partsOf))); }

  // What a whole answer needs: every part, or in a large guide those of the place and of the counties beside it.
  function allParts(place) {
    if (core.index.listings <= LARGE || !place || !place.ids.length) return core.parts;
    return firstParts([].concat.apply(place.ids, place.ids.map(function (id) { return core.countyOf.get(id).near; })));
  }

  function unique(names) { return Array.from(new Set(names)); }
  function areHere(names) { return names.every(function (name) { return parts[name]; }); }

  function putTogether(names) {
    if (held === names.join()) return false;
    library = guide.makeLibrary(names.map(function (name) { return parts[name]; }), core);
    held = names.join();
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
    if (!core || !parts.wide) return;
    if (!library) putTogether(["wide"]);
    var asked = read(text), first = firstParts(asked.place ? asked.place.ids : []);
    missing = allParts(asked.place);
    first.forEach(loadPart);
    if (!areHere(missing) && !areHere(first)) return;
    if (putTogether(areHere(missing) ? missing : first)) asked = read(text);  // it knows other words now
    var found = guide.rank(asked, library, core, state.chosen);
    if (found.results.length < FEW && areHere(missing) && missing !== core.parts) {  // they may be called so elsewhere
      missing = core.parts;
      if (areHere(missing) && putTogether(missing)) found = guide.rank(asked = read(text), library, core, state.chosen);
    }
    draw(text, asked, found);
    box.dataset.state = areHere(missing) ? "ready" : "drawn";
    if (box.dataset.state === "ready") announce(guide.summary(found, asked));
    else complete();
  }

  // The rest comes when the first answer is there; all of a large guide only when the reader has stopped typing.
  function complete() {
    clearTimeout(completing);
    if (core.index.listings > LARGE && missing === core.parts) completing = setTimeout(loadMissing, 1000);
    else loadMissing();
  }
  function loadMissing() { missing.forEach(loadPart); }

  // Nothing is drawn again where it would look and do the same.
  function draw(text, asked, found) {
    var shown = found.results.slice(0, Math.max(10, state.limit)).map(function (one) {
      return [one.listing.id, Math.floor(one.tier), one.county && one.county.id, guide.wordsIn(one)];
    });
    var chips = asked.needs.concat(asked.people, asked.languages, asked.hours || []).map(function (chip) { return [chip.label, chip.words]; });
    var looks = JSON.stringify([text, state, chips, asked.place, asked.corrected, asked.unknownZip, shown, found.results.length, found.counts]);
    if (looks === drawn && shown.length) return;
    drawn = looks;
    box.hidden = false;
    page.hidden = true;
    var giveBack = keepFocus();
    guide.draw(box, asked, found, state, core, library, root, tell);
    giveBack();
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
    clearTimeout(completing);
    status.textContent = "";
    state = fresh();
    drawn = "";
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
