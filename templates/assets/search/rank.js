// Which listings answer a query, in which order, and why.
(function (guide) {
  "use strict";

  var NOWHERE = 9;
  var AMONG = { transgender: ["lgbtq"], refugees: ["immigrants"], teens: ["children"], "foster-youth": ["teens", "children"], parents: ["families"],
                pregnant: ["women", "families"], families: ["parents", "children"], immigrants: ["refugees"] };
  var MOST = ["adults", "women", "men", "families", "sex-trafficking", "labor-trafficking"];

  // How near a listing is to a county, as guide/coverage.py says: 0 office here, 1 serves it, 2 statewide, 3 national.
  guide.tier = function (listing, county) {
    if (listing.area === county.id) return 0;
    var serves = listing.serves && listing.serves.length ? listing.serves : [listing.area];
    if (serves.indexOf(county.id) >= 0 || serves.indexOf(county.region) >= 0) return 1;
    if (serves.indexOf(county.id.slice(0, 2)) >= 0) return 2;
    return serves.indexOf("us") >= 0 ? 3 : NOWHERE;
  };

  // Gives {results, facets}: results are {listing, tier, county, why…} in order.
  guide.rank = function (asked, library, core, chosen) {
    var counties = core.counties.filter(function (one) { return asked.place && asked.place.ids.indexOf(one.id) >= 0; });
    counties.sort(function (a, b) { return asked.place.ids.indexOf(a.id) - asked.place.ids.indexOf(b.id); });
    var near = new Set();
    counties.forEach(function (one) { one.near.forEach(function (id) { near.add(id); }); });
    var nearby = core.counties.filter(function (one) { return near.has(one.id) && counties.indexOf(one) < 0; });

    if (asked.phone.length >= 7 || (asked.phone.length >= 6 && !asked.all.length)) {
      var called = library.listings.filter(function (one) {
        return (one.phones || []).some(function (phone) { return phone[0].replace(/\D/g, "").indexOf(asked.phone) >= 0; })
          || (one.text && one.text[1].indexOf(asked.phone) >= 0);
      }).map(function (one) { return result(one, where(one)); }).sort(function (a, b) { return a.listing.rank - b.listing.rank; });
      if (called.length) return narrowed(called);
    }

    // The place of a listing as seen from what was asked: the nearest tier, and in which of the counties.
    function where(listing) {
      if (asked.place && asked.place.state) return { tier: inState(listing, asked.place.state), county: null };
      var best = { tier: counties.length ? NOWHERE : 0, county: null };
      counties.forEach(function (county, i) {
        var tier = guide.tier(listing, county) + (i < asked.place.first ? 0 : 0.5);
        if (tier < best.tier) best = { tier: tier, county: county };
      });
      if (best.tier >= NOWHERE && nearby.some(function (county) { return guide.tier(listing, county) < 2; })) {
        best = { tier: 5, county: nearby.filter(function (county) { return guide.tier(listing, county) < 2; })[0] };
      }
      return best;
    }

    // Seen from a whole state: what serves all of it, what has its office there, what serves the nation.
    function inState(listing, state) {
      if (has(listing.serves, state) || listing.area === state) return 0;
      if (listing.area.slice(0, 2) === state || (listing.serves || []).some(function (area) { return area.slice(0, 3) === state + "/"; })) return 1;
      return has(listing.serves, "us") || listing.area === "us" ? 2 : NOWHERE;
    }

    function result(listing, place) {
      return { listing: listing, tier: place.tier, county: place.county, named: 0, needs: 0, hints: 0, far: place.tier, fit: 0, misfit: 0, rest: 0, restNamed: 0,
               match: 0, score: 0, words: [] };
    }

    // Words in the texts
    var texts = new Map(), stands = new Map(), clauses = new Map();
    function clause(one, word, weight) {
      clauses.set(word, Math.max(weight, clauses.get(word) || 0));
      if (!stands.has(word)) stands.set(word, []);
      stands.get(word).push([one, weight]);
    }
    asked.all.forEach(function (one) {
      library.relatives(one.meant || one.word, one.last, Boolean(one.taken)).forEach(function (pair) { clause(one, pair[0], pair[1]); });
    });
    // a need's own words, for a listing that says it without naming the service
    asked.needs.forEach(function (need) {
      (need.synonyms || []).forEach(function (word) {
        library.relatives(word, false, true).forEach(function (pair) { clause({ need: need }, pair[0], 0.5); });
      });
    });
    library.ask(Array.from(clauses)).forEach(function (found) {
      var text = { score: found.score, inName: new Map(), anywhere: new Set(), needs: new Set(), matched: [] };
      Object.keys(found.words).forEach(function (word) {
        (stands.get(word) || []).forEach(function (pair) {
          if (pair[0].need) {
            if (found.words[word].name) text.needs.add(pair[0].need);
            return;
          }
          text.anywhere.add(pair[0].at);
          if (found.words[word].name) text.inName.set(pair[0].at, Math.max(pair[1], text.inName.get(pair[0].at) || 0));
        });
        if ((stands.get(word) || []).some(function (pair) { return !pair[0].need; })) text.matched.push(word);
      });
      texts.set(found.at, text);
    });

    var real = asked.all.filter(function (one) { return one.taken || one.small || !core.ignoredWords.has(one.word); });
    var beyond = real.filter(function (one) { return one.taken !== "place"; });
    var plainWords = beyond.filter(function (one) { return !one.taken; });
    var beyondName = stemmed(beyond.map(wordOf)), askedName = stemmed(asked.all.map(wordOf));
    function wordOf(one) { return one.meant || one.word; }
    function stemmed(words) { return words.map(guide.stem).join(" "); }

    // How well the query is the listing's own name: 0 not at all, up to 2.
    function named(listing, text, place) {
      if (!text || !beyond.length) return 0;
      if (names(listing).indexOf(askedName) >= 0) return 2;
      if (names(listing).some(function (name) { return (" " + name + " ").indexOf(" " + askedName + " ") >= 0; }) && plainWords.length) return 1.9;
      var inName = function (one) { return text.inName.has(one.at); };
      var hits = real.filter(inName).length, own = beyond.filter(inName).length;
      if (own < beyond.length) return 0;
      var quality = real.reduce(function (sum, one) { return sum + (text.inName.get(one.at) || 0); }, 0) / (10 * real.length);
      var length = names(listing)[0].split(" ").length;
      if (hits === real.length && (plainWords.length || hits > own)) {
        return plainWords.length || place.tier < 4 ? 1 + quality * hits / Math.max(length, hits) : 0;
      }
      if (!plainWords.length && (own < 2 || names(listing).indexOf(beyondName) < 0)) return 0;
      if (counties.length && place.tier > 3.5) return 0;
      return 0.5 + 0.5 * quality * own / Math.max(length, own);
    }

    function names(listing) {
      if (!listing.names) {
        listing.names = [listing.name].concat(listing.known || []).map(function (name) {
          return stemmed(guide.words(name, core.same).filter(function (word) { return !core.droppedWords.has(word); }));
        });
      }
      return listing.names;
    }

    var needIds = asked.needs.map(function (need) { return need.ids; });
    var hintIds = [].concat.apply([], asked.hints.map(function (hint) { return hint.ids; }));
    var restKnown = asked.rest.length > 0 && plainWords.some(function (one) {
      return Array.from(texts.values()).some(function (text) { return text.anywhere.has(one.at); });
    });
    // A word, or a kind of person, that few listings name says more of what is meant.
    var all = library.listings.length;
    function weight(bearers) { return bearers ? Math.log(1 + all / bearers) : 0; }
    beyond.forEach(function (one) {
      var bearers = 0;
      texts.forEach(function (text) { if (text.anywhere.has(one.at)) bearers++; });
      one.weight = weight(bearers);
    });
    [["people", asked.people], ["languages", asked.languages]].forEach(function (pair) {
      pair[1].forEach(function (chip) {
        chip.weight = 1 + weight(library.listings.filter(function (listing) { return any(chip.ids, listing[pair[0]]); }).length);
      });
    });
    var trafficking = asked.people.some(function (chip) { return chip.trafficking; });
    var forChildren = asked.needs.some(function (need) { return need.ids.some(function (id) { return /^child-|^youth-/.test(id); }); });
    var results = [];
    library.listings.forEach(function (listing, at) {
      var place = where(listing), text = texts.get(at), one = result(listing, place);
      one.named = named(listing, text, place);
      asked.needs.forEach(function (need) {
        if (need.ids.some(function (id) { return has(listing.services, id); })) one.needs += 1;
        else if (any(kin(need), listing.services)) one.needs += 1;
        else if (text && text.needs.has(need)) { one.needs += 0.5; one.far += 1.1; }
        else if (text && saysAll(need, text)) { one.needs += 0.5; one.far += 1.3; }
      });
      one.hints = hintIds.filter(function (id) { return has(listing.services, id); }).length;
      if (text) {
        one.rest = plainWords.filter(function (word) { return text.anywhere.has(word.at); }).length;
        beyond.forEach(function (word) {
          if (text.anywhere.has(word.at)) one.match += word.weight * (text.inName.has(word.at) ? 1 : 0.6);
        });
        one.restNamed = plainWords.length && plainWords.every(function (word) { return text.inName.has(word.at); }) ? 1 : 0;
        one.score = beyond.length ? text.score : 0;
        one.words = text.matched;
      }
      asked.people.forEach(function (chip) {
        if (any(chip.ids, listing.people)) one.fit += chip.weight;
        else if (chip.trafficking && listing.trafficking) one.fit += chip.ids.length > 1 ? chip.weight : 2;
        else if (any(among(chip.ids), listing.people)) one.fit += chip.weight / 3;
        else if (any(["teens", "children", "foster-youth"], chip.ids) && has(listing.services, "youth-services")) one.fit += 1;
        else if (listing.people && listing.people.length && !chip.trafficking) one.misfit += misfits(chip.ids, listing.people) ? 1 : 0;
      });
      asked.languages.forEach(function (chip) {
        if (any(chip.ids, listing.languages)) one.fit += chip.weight;
      });
      if (asked.hours && listing.allDay) one.fit += 2;
      // who names nobody wants what is there for most
      one.special = needIds.length && !asked.people.length && !forChildren && listing.people && !any(MOST, listing.people) ? 1 : 0;
      one.line = trafficking && !needIds.length && !counties.length && listing.crisis && listing.trafficking ? 1 : 0;
      // who asks for a person and no service wants help, not training or a report
      one.indirect = !needIds.length && asked.people.length && (listing.services || []).every(isIndirect) ? 1 : 0;
      if (belongs(one)) results.push(one);
    });

    function cityOf(listing) {
      if (listing.city === undefined) listing.city = guide.words(listing.office.split(",")[0], core.same).join(" ");
      return listing.city;
    }

    function isIndirect(id) { return id === "professional-training" || id === "law-enforcement"; }

    // Of two needs in one group the rarer says more: an asylum lawyer is a lawyer.
    function kin(need) {
      var found = [];
      asked.needs.forEach(function (other) {
        if (other !== need && bearersOf(other) < bearersOf(need) && core.groupOf.get(other.ids[0]) === core.groupOf.get(need.ids[0])) found = found.concat(other.ids);
      });
      return found;
    }
    function bearersOf(need) {
      if (need.bearers === undefined) need.bearers = library.listings.filter(function (listing) { return any(need.ids, listing.services); }).length;
      return need.bearers;
    }

    // The very words that were typed for a need stand in the listing.
    function saysAll(need, text) {
      if (need.guessed) return false;
      for (var i = need.from; i < need.to; i++) if (!text.anywhere.has(i) && !core.droppedWords.has(wordAt(i))) return false;
      return true;
    }
    function wordAt(i) {
      var found = asked.all.filter(function (one) { return one.at === i; })[0];
      return found ? found.word : "the";
    }

    function belongs(one) {
      if (one.named >= 1) return true;
      if (one.tier >= NOWHERE) return false;
      if (needIds.length) return one.needs > 0 || one.named > 0 || one.restNamed > 0 && one.tier < 5;
      if (one.tier === 5 && !one.named) return false;
      if (real.some(function (word) { return word.small; })) return false;  // nothing but small words: a name or nothing
      if (restKnown) return one.rest > 0 || one.fit > 0;
      if (asked.people.length || asked.languages.length || asked.hours) return one.fit > 0 || one.match > 0;
      return (counties.length > 0 || Boolean(asked.place)) && !asked.phone && !asked.unknownZip && !plainWords.length;
    }

    // People who are among others: refugees are immigrants.
    function among(ids) {
      return [].concat.apply([], ids.map(function (id) { return AMONG[id] || []; }));
    }

    // What is for one sex or age only is no help to another.
    function misfits(ids, people) {
      var apart = [["women", "men"], ["men", "women"], ["adults", "children"], ["adults", "teens"], ["children", "adults"], ["teens", "adults"],
                   ["men", "children"], ["men", "teens"]];
      return apart.some(function (pair) { return ids.indexOf(pair[0]) >= 0 && has(people, pair[1]); });
    }

    function any(ids, list) { return ids.some(function (id) { return has(list, id); }); }

    function has(list, id) { return Boolean(list) && list.indexOf(id) >= 0; }

    function wide(listing) { return listing.area === "us" || listing.area === "mo" || listing.area === "il" ? 0 : 1; }

    results.forEach(function (one) {
      one.match += one.fit;
      if (beyond.length && asked.place && asked.place.city && cityOf(one.listing) === asked.place.city) one.match += 3;
    });
    results.sort(function (a, b) {
      return (b.named > 0) - (a.named > 0)
        || (a.named && b.named ? (b.named >= 1) - (a.named >= 1) || Math.floor(a.tier) - Math.floor(b.tier) || b.named - a.named : 0)
        || a.misfit - b.misfit
        || (b.needs > 0) - (a.needs > 0)
        || b.line - a.line
        || a.indirect - b.indirect
        || (counties.length ? a.far - b.far : b.fit - a.fit || a.far - b.far)
        || a.special - b.special
        || Math.ceil(b.needs) - Math.ceil(a.needs)
        || (counties.length || asked.place || plainWords.length ? 0 : wide(a.listing) - wide(b.listing))
        || b.match - a.match
        || b.needs - a.needs
        || b.hints - a.hints
        || (counties.length || asked.place ? 0 : wide(a.listing) - wide(b.listing))
        || (asked.needs.length ? 0 : b.score - a.score)
        || a.listing.rank - b.listing.rank;
    });
    return narrowed(results);

    // Facets: what the results have in common, with counts, and only those that were chosen.
    function narrowed(all) {
      var keep = all.filter(function (one) {
        return Object.keys(chosen).every(function (facet) { return chosen[facet].every(function (id) { return bears(one.listing, facet, id); }); });
      });
      var counts = { needs: {}, people: {}, languages: {}, marks: {} };
      keep.forEach(function (one) {
        var listing = one.listing;
        [["needs", listing.services], ["people", listing.people], ["languages", listing.languages]].forEach(function (pair) {
          (pair[1] || []).forEach(function (id) { counts[pair[0]][id] = (counts[pair[0]][id] || 0) + 1; });
        });
        ["allDay", "trafficking", "confirmed"].forEach(function (mark) {
          if (listing[mark]) counts.marks[mark] = (counts.marks[mark] || 0) + 1;
        });
      });
      return { results: keep, counts: counts, nearby: nearby, counties: counties };
    }
    function bears(listing, facet, id) {
      if (facet === "marks") return Boolean(listing[id]);
      return has(facet === "needs" ? listing.services : listing[facet], id);
    }
  };

  // The lines that are always there: statewide and national crisis lines, those for trafficking survivors first.
  guide.lines = function (library, county) {
    return library.listings.filter(function (one) {
      return one.crisis && (one.area === "us" || one.area === "mo" || one.area === "il")
        && (!county || guide.tier(one, county) < 4);
    }).sort(function (a, b) { return a.rank - b.rank; }).slice(0, 5);
  };
})(window.guide);
