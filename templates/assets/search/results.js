// Draws what was understood and found. Everything is made by DOM calls: no text of a reader or a listing is read as HTML.
(function (guide) {
  "use strict";

  var AT_ONCE = 10, ELSEWHERE = 5;
  var INTERPRETERS = "interpretation";  // the kind of help

  var make = guide.make;

  function plural(number, one) { return number + " " + one + (number === 1 ? "" : "s"); }

  // Draws into `box`. `found` is what guide.rank gave, `tell` what the box does when something is chosen.
  guide.draw = function (box, asked, found, state, core, library, root, tell) {
    var shown = Math.min(found.results.length, state.limit || AT_ONCE);
    var labels = core.labels = core.labels || labelsOf(core);
    var parts = [
      make("h1", { "class": "unseen", text: "Search results" }),
      understood(asked, state, labels, tell),
      question(asked, tell),
      corrections(asked, found),
      counties(found, asked, root),
      make("h2", { "class": "total", text: total(found, asked) }),
      found.results.length ? null : spellings(asked, library, tell),
      found.results.length > 1 || hasChosen(state) ? narrow(found, state, labels, tell) : null
    ];
    if (shown) parts.push(cards(found.results.slice(0, shown), asked, core, labels, root));
    if (shown < found.results.length) {
      parts.push(make("button", { type: "button", "class": "wide", text: "Show " + Math.min(AT_ONCE, found.results.length - shown) + " more of " + found.results.length,
                                  click: function () { tell.more(shown); } }));
    }
    if (found.elsewhere.length) parts.push(elsewhere(found, asked, core, labels, root));
    if (found.results.length < 3) parts.push(nearest(found, asked, labels, root));
    parts.push(lines(library, found, core, labels, root));
    fill(box, parts.filter(Boolean));
  };

  // Puts the children in; one that is there stays, so that the browser need not lay it out anew.
  function fill(parent, children) {
    var kept = new Set(children);
    Array.from(parent.childNodes).forEach(function (child) { if (!kept.has(child)) parent.removeChild(child); });
    children.forEach(function (child, i) {
      if (parent.childNodes[i] !== child) parent.insertBefore(child, parent.childNodes[i] || null);
    });
  }

  var list = make("ol", { "class": "cards found" }), listed = new Map();

  // A letter more often leaves a card as it looks.
  function cards(results, asked, core, labels, root) {
    var now = new Map();
    results.forEach(function (one) {
      var looks = guide.looksOf(one, asked, labels, core);
      var key = JSON.stringify([one.listing.id, one.tier, one.county && one.county.id, looks]);
      now.set(key, listed.get(key) || guide.card(one, looks, core, labels, root));
    });
    listed = now;
    fill(list, Array.from(now.values()));
    return list;
  }

  function elsewhere(found, asked, core, labels, root) {
    return make("section", { "class": "elsewhere" }, [
      make("h2", { text: "Elsewhere" }),
      make("p", { text: "No source says that these reach " + asked.place.label + ". Ask whether they do, or who does." }),
      make("ol", { "class": "cards" }, found.elsewhere.slice(0, ELSEWHERE).map(function (one) {
        return guide.card(one, guide.looksOf(one, asked, labels, core), core, labels, root);
      }))
    ]);
  }

  guide.summary = total;

  function total(found, asked) {
    var what = meant(asked).map(function (one) { return one.label; });
    var where = found.counties.length && asked.place ? " for " + asked.place.label : "";
    if (!found.results.length) {
      return "No listing found" + (what.length ? ": " + what.join(", ") : "") + where + (found.elsewhere.length ? "; " + found.elsewhere.length + " elsewhere" : "");
    }
    return plural(found.results.length, "listing") + (what.length ? ": " + what.join(", ") : "") + where;
  }

  // What was understood besides the place: each once, with all the words that mean it ('diapers and baby formula').
  function meant(asked) {
    var known = new Map();
    asked.needs.concat(asked.people, asked.languages, asked.hours || []).forEach(function (chip) {
      var same = known.get(chip.label);
      known.set(chip.label, { label: chip.label, words: same ? same.words.concat(chip.words) : chip.words });
    });
    return Array.from(known.values());
  }

  function labelsOf(core) {
    var labels = { needs: {}, people: {}, languages: {}, marks: { allDay: "24-hour line", trafficking: "Says it serves trafficking survivors", confirmed: "Confirmed" } };
    core.needs.forEach(function (need) { if (!need.isGroup) labels.needs[need.ids[0]] = need.label; });
    core.people.forEach(function (term) { labels.people[term.id] = term.label; });
    core.languages.forEach(function (term) { labels.languages[term.id] = term.label; });
    return labels;
  }

  function chipButton(label, remove) {
    return make("li", {}, [make("button", { type: "button", "class": "chip", "aria-label": "Remove " + label, click: remove },
      [make("span", { text: label }), make("span", { "class": "x", "aria-hidden": "true", text: "\u00d7" })])]);
  }

  function understood(asked, state, labels, tell) {
    var items = [];
    meant(asked).forEach(function (one) { items.push(chipButton(one.label, function () { tell.drop(one.words); })); });
    if (asked.place) {
      items.push(chipButton(asked.place.label, function () {
        if (asked.place.begun) tell.leaveCounty(); else if (asked.place.chosen) tell.unchoosePlace(); else tell.drop(asked.place.words);
      }));
    }
    Object.keys(state.chosen).forEach(function (facet) {
      state.chosen[facet].forEach(function (id) {
        items.push(chipButton(labels[facet][id], function () { tell.choose(facet, id, false); }));
      });
    });
    if (!items.length) return null;
    return make("div", { "class": "understood" }, [make("p", { id: "understood", text: "Understood as" }), make("ul", { "aria-labelledby": "understood" }, items)]);
  }

  function question(asked, tell) {
    if (!asked.place || !asked.place.options.length) return null;
    return make("div", { "class": "which", role: "group", "aria-labelledby": "which" }, [
      make("p", { id: "which", text: "Which do you mean?" }),
      make("ul", {}, asked.place.options.map(function (option) {
        return make("li", {}, [make("button", { type: "button", text: option.label, click: function () { tell.choosePlace(option); } })]);
      }))
    ]);
  }

  function corrections(asked, found) {
    var seen = {}, said = asked.corrected.filter(function (pair) { return !seen[pair[0]] && (seen[pair[0]] = true); })
      .map(function (pair) { return "\u201c" + pair[0] + "\u201d as \u201c" + pair[1] + "\u201d"; });
    var lines = [];
    if (said.length) lines.push("Read " + said.join(", ") + ".");
    if (asked.unknownZip) lines.push("The guide does not know the ZIP code " + asked.unknownZip + ". It covers Missouri and eight counties of Illinois.");
    if (asked.unheard.length && found.results.length) {
      lines.push("No listing says " + asked.unheard.map(function (word) { return "\u201c" + word + "\u201d"; }).join(" or ") + ". These serve " + asked.place.label + ".");
    }
    return lines.length ? make("p", { "class": "read-as", text: lines.join(" ") }) : null;
  }

  function spellings(asked, library, tell) {
    var items = [];
    asked.rest.forEach(function (word) {
      library.nearest(word).forEach(function (other) {
        items.push(make("li", {}, [make("button", { type: "button", text: other, click: function () { tell.replace(word, other); } })]));
      });
    });
    if (!items.length) return null;
    return make("div", { "class": "which", role: "group", "aria-labelledby": "spelling" }, [make("p", { id: "spelling", text: "Nearest spelling" }), make("ul", {}, items)]);
  }

  function counties(found, asked, root) {
    if (!found.counties.length || found.counties.length > 4) return null;
    var items = [];
    found.counties.forEach(function (county, i) {
      if (i) items.push(" \u00b7 ");
      items.push(make("a", { href: root + county.id + ".html", text: "All help for " + county.full }));
    });
    return make("p", { "class": "county-pages" }, items.concat(zipHint(asked)));
  }

  function zipHint(asked) {
    return /^\d{5}$/.test(asked.place.label) ? [make("span", { "class": "note", text: " A ZIP code can reach into a county nearby." })] : [];
  }

  function hasChosen(state) { return Object.keys(state.chosen).length > 0; }

  // Its buttons are made when it is opened: most readers never do, and each letter that is typed draws anew.
  function narrow(found, state, labels, tell) {
    var some = ["marks", "needs", "people", "languages"].some(function (facet) { return facetIds(found, state, facet).length; });
    if (!some) return null;
    var details = make("details", { "class": "narrow" }, [make("summary", { text: "Narrow these" })]);
    var filled = false;
    function fill() {
      if (!filled) facets(found, state, labels, tell).forEach(function (group) { details.appendChild(group); });
      filled = true;
    }
    if (state.narrowOpen) fill();
    details.open = state.narrowOpen;
    details.addEventListener("toggle", function () {
      state.narrowOpen = details.open;
      if (details.open) fill();
    });
    return details;
  }

  // What only some of the results bear, and what was chosen; the most frequent first.
  function facetIds(found, state, facet) {
    var counts = found.counts[facet];
    return Object.keys(counts).filter(function (id) { return counts[id] < found.results.length || (state.chosen[facet] || []).indexOf(id) >= 0; })
      .sort(function (a, b) { return counts[b] - counts[a]; }).slice(0, 12);
  }

  function facets(found, state, labels, tell) {
    return [["marks", "Marks"], ["needs", "Kind of help"], ["people", "Who it serves"], ["languages", "Language"]].map(function (pair) {
      var facet = pair[0], counts = found.counts[facet];
      var ids = facetIds(found, state, facet);
      if (!ids.length) return null;
      return make("div", { role: "group", "aria-label": pair[1] }, [make("h3", { text: pair[1] }), make("ul", {}, ids.map(function (id) {
        var on = (state.chosen[facet] || []).indexOf(id) >= 0;
        return make("li", {}, [make("button", { type: "button", "class": "facet", "aria-pressed": String(on), "data-facet": facet, "data-id": id,
          click: function () { tell.choose(facet, id, !on); } }, [labels[facet][id], make("span", { "class": "count", text: " " + counts[id] })])]);
      }))]);
    }).filter(Boolean);
  }

  // Where little or nothing was found: needs and counties to go on with.
  function nearest(found, asked, labels, root) {
    var items = [], ids = [].concat.apply([], asked.needs.map(function (need) { return need.ids; }));
    // a language that few or none speak
    if (asked.languages.length && ids.indexOf(INTERPRETERS) < 0) ids.push(INTERPRETERS);
    ids.filter(function (id) { return labels.needs[id]; }).forEach(function (id) {
      items.push(make("li", {}, [make("a", { href: root + "services/" + id + ".html", text: labels.needs[id] + ": all listings" })]));
    });
    if (!items.length) items.push(make("li", {}, [make("a", { href: root + "services.html", text: "All kinds of help" })]));
    items.push(make("li", {}, [make("a", { href: root + "counties.html", text: "All counties" })]));
    if (found.counties.length && found.counties.length < 5) {
      found.nearby.slice(0, 10).forEach(function (county) {
        items.push(make("li", {}, [make("a", { href: root + county.id + ".html", text: county.full + " (nearby)" })]));
      });
    }
    return make("section", { "class": "go-on" }, [make("h2", { text: "You can also look here" }), make("ul", { "class": "links" }, items)]);
  }

  // Their cards are always the same, so they are made once.
  var lineCards = new WeakMap(), lineList = make("ol", { "class": "cards" });
  var lineSection = make("section", { "class": "lines" }, [make("h2", { text: "Statewide and national lines" }), lineList]);

  function lines(library, found, core, labels, root) {
    var there = new Set(found.results.slice(0, AT_ONCE).map(function (one) { return one.listing.id; }));
    var some = guide.lines(library, found.counties[0]).filter(function (one) { return !there.has(one.id); });
    if (!some.length) return null;
    var nothing = { needs: [], people: [], languages: [] };
    fill(lineList, some.map(function (listing) {
      var one = { listing: listing, tier: guide.NOWHERE, county: null };
      if (!lineCards.has(listing)) lineCards.set(listing, guide.card(one, guide.looksOf(one, nothing, labels, core), core, labels, root));
      return lineCards.get(listing);
    }));
    return lineSection;
  }
})(window.guide);
