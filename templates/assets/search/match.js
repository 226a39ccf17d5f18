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
    // where a need is understood, how well the words fit does not count
    var scores = words.beyond.length && !asked.needs.length ? texts.scores() : new Map();
    var name = namer(asked, words, core, where);
    var size = library.listings.length;
    function rarity(bearers) { return bearers ? Math.log(1 + size / bearers) : 0; }

    // what few listings name says more of what is meant
    words.beyond.forEach(function (one) { one.weight = rarity(one.bearers); });
    asked.people.forEach(function (chip) {
      chip.weight = 1 + rarity(library.bearing(chip.ids, "people").number);
      chip.among = [].concat.apply([], chip.ids.map(function (id) { return AMONG[id] || []; }));
      chip.apart = APART.filter(function (pair) { return has(chip.ids, pair[0]); }).map(function (pair) { return pair[1]; });
    });
    asked.languages.forEach(function (chip) { chip.weight = 1 + rarity(library.bearing(chip.ids, "languages").number); });
    asked.needs.forEach(function (need) { need.bearers = library.bearing(need.ids, "services").number; });
    asked.needs.forEach(function (need) {  // of two needs in one group the rarer says more: an asylum lawyer is a lawyer
      var kin = [].concat.apply(need.ids, asked.needs.filter(function (other) {
        return other.bearers < need.bearers && core.groupOf.get(other.ids[0]) === core.groupOf.get(need.ids[0]);
      }).map(function (other) { return other.ids; }));
      need.bears = library.bearing(kin, "services").by;
    });

    var hintIds = [].concat.apply([], asked.hints.map(function (hint) { return hint.ids; }));
    var wordsKnown = words.plain.some(function (one) { return one.weight > 0; });
    var trafficking = asked.people.some(function (chip) { return chip.trafficking; });
    var forChildren = asked.needs.some(function (need) { return need.ids.some(function (id) { return /^child-|^youth-/.test(id); }); });
    var saysEnough = asked.needs.length || (wordsKnown && !asked.people.length && !asked.languages.length && !asked.hours);

    // The very words that were typed for a need stand in the listing.
    function saysAll(need, at) {
      return !need.guessed && asked.all.every(function (one) { return one.at < need.from || one.at >= need.to || one.anywhere[at]; });
    }

    // Most listings need no closer look.
    function isHopeless(at) {
      return saysEnough && !texts.any[at] && !asked.needs.some(function (need) { return need.bears[at]; });
    }

    function judge(listing, at) {
      if (isHopeless(at)) return null;
      var place = where.of(listing);
      if (place.tier >= guide.NOWHERE && !texts.inName[at]) return null;
      var one = { listing: listing, at: at, tier: place.tier, county: place.county, far: place.tier, texts: texts,
                  named: name(listing, at, place), needs: 0, fit: 0, misfit: 0, match: 0, score: scores.get(at) || 0 };
      asked.needs.forEach(function (need) {
        if (need.bears[at]) one.needs += 1;
        else if (need.inName[at]) { one.needs += 0.5; one.far += 1.1; }
        else if (saysAll(need, at)) { one.needs += 0.5; one.far += 1.3; }
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
        if (word.anywhere[at]) one.match += word.weight * (word.inName[at] ? 1 : 0.6);
      });
      one.rest = words.plain.filter(function (word) { return word.anywhere[at]; }).length;
      one.restNamed = words.plain.length > 0 && words.plain.every(function (word) { return word.inName[at]; });
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

  // Which of the query's words stand where: of each word, by listing, how well it stands in the name (`inName`), whether `anywhere`,
  // and in how many listings (`bearers`); of each need, whether a name says it: 'dental'. Of all together: `inName`, and `any`.
  function readTexts(asked, library) {
    var size = library.listings.length, weights = new Map(), typed = new Set();
    var inAnyName = new Uint8Array(size), any = new Uint8Array(size);

    function places(word, weight) {
      weights.set(word, Math.max(weight, weights.get(word) || 0));
      return library.standing(word);
    }

    asked.all.forEach(function (one) {
      one.inName = new Uint8Array(size);
      one.anywhere = new Uint8Array(size);
      one.bearers = 0;
      library.relatives(one.meant || one.word, one.last, Boolean(one.taken)).forEach(function (pair) {
        var found = places(pair[0], pair[1]);
        typed.add(pair[0]);
        for (var i = 0; i < found.at.length; i++) {
          var at = found.at[i];
          one.bearers += 1 - one.anywhere[at];
          one.anywhere[at] = any[at] = 1;
          if (!found.name[i]) continue;
          inAnyName[at] = 1;
          if (one.inName[at] < pair[1]) one.inName[at] = pair[1];
        }
      });
    });
    asked.needs.forEach(function (need) {
      need.inName = new Uint8Array(size);
      need.synonyms.forEach(function (synonym) {
        library.relatives(synonym, false, true).forEach(function (pair) {
          var found = places(pair[0], 0.5);
          for (var i = 0; i < found.at.length; i++) if (found.name[i]) need.inName[found.at[i]] = any[found.at[i]] = 1;
        });
      });
    });
    return {
      inName: inAnyName,
      any: any,
      // listing → how well all words together fit it, as Lunr tells
      scores: function () { return new Map(library.ask(Array.from(weights)).map(function (one) { return [one.at, one.score]; })); },
      // the typed words that stand in a listing, as it writes them
      of: function (at) { return Array.from(typed).filter(function (word) { return library.stands(word, at); }); }
    };
  }

  // The words of a query that stand in a result.
  guide.wordsIn = function (one) { return one.texts ? one.texts.of(one.at) : []; };

  // Makes the function that tells how well a query is a listing's own name: 0 not at all, up to 2.
  function namer(asked, words, core, where) {
    var wordOf = function (one) { return one.meant || one.word; };
    var whole = stemmed(asked.all.map(wordOf)), beyond = stemmed(words.beyond.map(wordOf));
    return function (listing, at, place) {
      var inName = function (one) { return one.inName[at] > 0; };
      if (!words.beyond.length || !words.beyond.every(inName)) return 0;
      var names = namesOf(listing, core), own = words.beyond.length;
      if (names.indexOf(whole) >= 0) return 2;
      if (words.plain.length && names.some(function (name) { return (" " + name + " ").indexOf(" " + whole + " ") >= 0; })) return 1.9;
      var hits = words.real.filter(inName).length;
      var quality = words.real.reduce(function (sum, one) { return sum + one.inName[at]; }, 0) / (10 * words.real.length);
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
