// How well each listing answers a query: by name, need, person, language, and words.
(function (guide) {
  "use strict";

  // People who are among others: refugees are immigrants.
  var AMONG = { transgender: ["lgbtq"], refugees: ["immigrants"], immigrants: ["refugees"], teens: ["children"],
                "foster-youth": ["teens", "children"], parents: ["families"], families: ["parents", "children"],
                pregnant: ["women", "families"] };
  // What is for one sex or age alone is no help to another.
  var APART = [["women", "men"], ["men", "women"], ["men", "children"], ["men", "teens"], ["adults", "children"], ["adults", "teens"],
               ["children", "adults"], ["teens", "adults"]];
  // Who names nobody wants what is there for most.
  var MOST = ["adults", "women", "men", "families", "sex-trafficking", "labor-trafficking"];
  var YOUNG = ["teens", "children", "foster-youth"];
  var INDIRECT = ["professional-training", "law-enforcement"];

  function has(list, id) { return Boolean(list) && list.indexOf(id) >= 0; }
  function any(ids, list) { return ids.some(function (id) { return has(list, id); }); }

  // Gives a list of what is to be shown, not yet in order: {listing, tier, county, named, needs, far, match …}.
  guide.match = function (asked, library, core, where) {
    var words = sorted(asked, core);
    var texts = readTexts(asked, library);
    var name = namer(asked, words, core, where);
    var size = library.listings.length;
    function rarity(bearers) { return bearers ? Math.log(1 + size / bearers) : 0; }

    // what few listings name says more of what is meant
    words.beyond.forEach(function (one) {
      var bearers = 0;
      texts.forEach(function (text) { if (text.anywhere.has(one.at)) bearers++; });
      one.weight = rarity(bearers);
    });
    asked.people.forEach(function (chip) {
      chip.weight = 1 + rarity(library.bearing(chip.ids, "people"));
      chip.among = [].concat.apply([], chip.ids.map(function (id) { return AMONG[id] || []; }));
      chip.apart = APART.filter(function (pair) { return has(chip.ids, pair[0]); }).map(function (pair) { return pair[1]; });
    });
    asked.languages.forEach(function (chip) { chip.weight = 1 + rarity(library.bearing(chip.ids, "languages")); });
    asked.needs.forEach(function (need) { need.bearers = library.bearing(need.ids, "services"); });
    asked.needs.forEach(function (need) {  // of two needs in one group the rarer says more: an asylum lawyer is a lawyer
      need.kin = [].concat.apply(need.ids, asked.needs.filter(function (other) {
        return other.bearers < need.bearers && core.groupOf.get(other.ids[0]) === core.groupOf.get(need.ids[0]);
      }).map(function (other) { return other.ids; }));
    });

    var hintIds = [].concat.apply([], asked.hints.map(function (hint) { return hint.ids; }));
    var wordsKnown = words.plain.some(function (one) { return one.weight > 0; });
    var trafficking = asked.people.some(function (chip) { return chip.trafficking; });
    var forChildren = asked.needs.some(function (need) { return need.ids.some(function (id) { return /^child-|^youth-/.test(id); }); });
    var NOTHING = { score: 0, inName: new Map(), anywhere: new Set(), needs: new Set(), matched: [] };

    // The very words that were typed for a need stand in the listing.
    function saysAll(need, text) {
      return !need.guessed && asked.all.every(function (one) { return one.at < need.from || one.at >= need.to || text.anywhere.has(one.at); });
    }

    // Most listings need no closer look.
    function isHopeless(listing, text, place) {
      if (place.tier >= guide.NOWHERE) return !text.inName.size;
      return text === NOTHING && asked.needs.length > 0 && !asked.needs.some(function (need) { return any(need.kin, listing.services); });
    }

    function judge(listing, at) {
      var place = where.of(listing), text = texts.get(at) || NOTHING;
      if (isHopeless(listing, text, place)) return null;
      var one = { listing: listing, tier: place.tier, county: place.county, far: place.tier, words: text.matched,
                  named: name(listing, text, place), needs: 0, fit: 0, misfit: 0, match: 0, score: words.beyond.length ? text.score : 0 };
      asked.needs.forEach(function (need) {
        if (any(need.kin, listing.services)) one.needs += 1;
        else if (text.needs.has(need)) { one.needs += 0.5; one.far += 1.1; }
        else if (saysAll(need, text)) { one.needs += 0.5; one.far += 1.3; }
      });
      asked.people.forEach(function (chip) {
        if (any(chip.ids, listing.people)) one.fit += chip.weight;
        else if (chip.trafficking && listing.trafficking) one.fit += chip.ids.length > 1 ? chip.weight : 2;
        else if (any(chip.among, listing.people)) one.fit += chip.weight / 3;
        else if (any(YOUNG, chip.ids) && has(listing.services, "youth-services")) one.fit += 1;
        else if (any(chip.apart, listing.people)) one.misfit += 1;
      });
      asked.languages.forEach(function (chip) { if (any(chip.ids, listing.languages)) one.fit += chip.weight; });
      if (asked.hours && listing.allDay) one.fit += 2;
      words.beyond.forEach(function (word) {
        if (text.anywhere.has(word.at)) one.match += word.weight * (text.inName.has(word.at) ? 1 : 0.6);
      });
      one.rest = words.plain.filter(function (word) { return text.anywhere.has(word.at); }).length;
      one.restNamed = words.plain.length > 0 && words.plain.every(function (word) { return text.inName.has(word.at); });
      one.hints = hintIds.filter(function (id) { return has(listing.services, id); }).length;
      one.special = asked.needs.length && !asked.people.length && !forChildren && listing.people.length && !any(MOST, listing.people) ? 1 : 0;
      // who tells of trafficking, and neither need nor place, is best off with a line that answers at any hour
      one.line = trafficking && !asked.needs.length && !where.counties.length && listing.crisis && listing.trafficking ? 1 : 0;
      // who asks for a person wants help, not training or a report
      one.indirect = !asked.needs.length && asked.people.length && (listing.services || []).every(function (id) { return has(INDIRECT, id); }) ? 1 : 0;
      return one;
    }

    function belongs(one) {
      if (!one) return false;
      if (one.named >= 1) return true;
      if (one.tier >= guide.NOWHERE) return false;
      if (asked.needs.length) return one.needs > 0 || one.named > 0 || (one.restNamed && one.tier < guide.NEARBY);
      if (one.tier === guide.NEARBY && !one.named) return false;
      if (words.areSmall) return false;  // a name or nothing
      if (wordsKnown) return one.rest > 0 || one.fit > 0;
      if (asked.people.length || asked.languages.length || asked.hours) return one.fit > 0 || one.match > 0;
      // no words are left, or none that a listing knows
      return where.asked && !asked.phone && !asked.unknownZip && words.plain.length === asked.unheard.length;
    }

    var isPlaceAlone = library.isWhole && where.asked && !(asked.needs.length || asked.people.length || asked.languages.length || asked.hours);
    asked.unheard = isPlaceAlone && !wordsKnown ? words.plain.map(function (one) { return one.word; }) : [];
    var found = library.listings.map(judge).filter(belongs);
    found.forEach(function (one) {
      one.match += one.fit;
      if (words.beyond.length && asked.place && asked.place.city && cityOf(one.listing, core) === asked.place.city) one.match += 3;
    });
    return found;
  };

  // The query's words: `beyond` those that name a place, and of these the `plain` ones that nothing was understood by.
  function sorted(asked, core) {
    var real = asked.all.filter(function (one) { return one.taken || one.small || !core.ignoredWords.has(one.word); });
    var beyond = real.filter(function (one) { return one.taken !== "place"; });
    return { real: real, beyond: beyond, plain: beyond.filter(function (one) { return !one.taken; }),
             areSmall: real.some(function (one) { return one.small; }) };
  }

  // Ask Lunr for all words at once; for each listing, which of the query's words stand in its name and anywhere.
  function readTexts(asked, library) {
    var stands = new Map(), weights = new Map(), texts = new Map();
    function clause(what, word, weight) {
      weights.set(word, Math.max(weight, weights.get(word) || 0));
      if (!stands.has(word)) stands.set(word, []);
      stands.get(word).push({ at: what.at, need: what.need, weight: weight });
    }
    asked.all.forEach(function (one) {
      library.relatives(one.meant || one.word, one.last, Boolean(one.taken)).forEach(function (pair) { clause(one, pair[0], pair[1]); });
    });
    // a need's own words, for a listing whose name says it: 'dental'
    asked.needs.forEach(function (need) {
      need.synonyms.forEach(function (word) {
        library.relatives(word, false, true).forEach(function (pair) { clause({ need: need }, pair[0], 0.5); });
      });
    });
    library.ask(Array.from(weights)).forEach(function (found) {
      var text = { score: found.score, inName: new Map(), anywhere: new Set(), needs: new Set(), matched: [] };
      Object.keys(found.words).forEach(function (word) {
        stands.get(word).forEach(function (one) {
          var inName = Boolean(found.words[word].name);
          if (one.need) {
            if (inName) text.needs.add(one.need);
            return;
          }
          text.anywhere.add(one.at);
          if (text.matched.indexOf(word) < 0) text.matched.push(word);
          if (inName) text.inName.set(one.at, Math.max(one.weight, text.inName.get(one.at) || 0));
        });
      });
      texts.set(found.at, text);
    });
    return texts;
  }

  // Makes the function that tells how well a query is a listing's own name: 0 not at all, up to 2.
  function namer(asked, words, core, where) {
    var wordOf = function (one) { return one.meant || one.word; };
    var whole = stemmed(asked.all.map(wordOf)), beyond = stemmed(words.beyond.map(wordOf));
    return function (listing, text, place) {
      var inName = function (one) { return text.inName.has(one.at); };
      if (!words.beyond.length || !text.inName.size || !words.beyond.every(inName)) return 0;
      var names = namesOf(listing, core), own = words.beyond.length;
      if (names.indexOf(whole) >= 0) return 2;
      if (words.plain.length && names.some(function (name) { return (" " + name + " ").indexOf(" " + whole + " ") >= 0; })) return 1.9;
      var hits = words.real.filter(inName).length;
      var quality = words.real.reduce(function (sum, one) { return sum + (text.inName.get(one.at) || 0); }, 0) / (10 * words.real.length);
      var length = names[0].split(" ").length;
      if (hits === words.real.length && (words.plain.length || hits > own)) {
        return words.plain.length || place.tier < 4 ? 1 + quality * hits / Math.max(length, hits) : 0;
      }
      if (!words.plain.length && (own < 2 || names.indexOf(beyond) < 0)) return 0;
      if (where.counties.length && place.tier >= 4) return 0;
      return 0.5 + 0.5 * quality * own / Math.max(length, own);
    };
  }

  function stemmed(words) { return words.map(guide.stem).join(" "); }

  function namesOf(listing, core) {
    if (!listing.names) {
      listing.names = [listing.name].concat(listing.known || []).map(function (name) {
        return stemmed(guide.words(name, core.same).filter(function (word) { return !core.droppedWords.has(word); }));
      });
    }
    return listing.names;
  }

  function cityOf(listing, core) {
    if (listing.city === undefined) listing.city = guide.words(listing.office.split(",")[0], core.same).join(" ");
    return listing.city;
  }
})(window.guide);
