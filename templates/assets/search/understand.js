// What a query means: needs, people, languages and places in it, and the words that are left.
(function (guide) {
  "use strict";

  // Makes the function that understands queries, from what the build knows (words-known.js).
  guide.makeUnderstand = function (core) {
    var dropped = new Set(core.dropped), ignored = new Set(core.ignored.concat(core.dropped));
    var county = new Map(core.counties.map(function (one) { return [one.id, one]; }));
    var inRegion = new Map(core.regions.map(function (region) {
      return [region.id, core.counties.filter(function (one) { return one.region === region.id; })
        .map(function (one) { return one.id; })];
    }));
    var common = new Set(core.common);
    var trie = { next: new Map(), means: [] };
    var people = { next: new Map(), means: [] };
    var parted = new Map(); // two or three words that are typed as one: 'tvisa', 'rapekit'
    var stems = new Map();  // stem → words as they are written in a phrase
    var whole = new Set();  // the words of all phrases
    var bags = [];          // for each need, the stems of all its words: for queries that hold no phrase
    var inBags = new Map();

    function tokens(text) { return guide.words(text, core.same); }

    function put(root, list, meaning) {
      var node = root;
      // a place keeps its small words: East St. Louis is not St. Louis
      var kept = meaning.kind === "place" ? list : list.filter(function (word) { return !dropped.has(word); });
      if (!kept.length) kept = list;
      kept.forEach(function (word) {
        var stem = guide.stem(word);
        whole.add(word);
        if (!stems.has(stem)) stems.set(stem, new Set());
        stems.get(stem).add(word);
        if (!node.next.has(stem)) node.next.set(stem, { next: new Map(), means: [] });
        node = node.next.get(stem);
      });
      if (node !== root && node.means.indexOf(meaning) < 0) node.means.push(meaning);
    }

    function teach(root, text, meaning) {
      var list = tokens(text);
      put(root, list, meaning);
      if (list.length > 1 && list.length < 4) parted.set(list.join(""), list);
    }

    // The single words among a need's words: 'dentist', 'tooth'. A word that many needs share says too little.
    var sharedBy = new Map();
    core.needs.forEach(function (need) {
      new Set([].concat.apply([], need.words.map(tokens))).forEach(function (word) { sharedBy.set(word, (sharedBy.get(word) || 0) + 1); });
    });
    function synonyms(need) {
      var found = need.words.map(tokens).filter(function (list) { return list.length === 1 && list[0].length > 2 && sharedBy.get(list[0]) === 1; })
        .map(function (list) { return list[0]; });
      return need.line ? found.concat(tokens(need.label).slice(0, 1)) : found;
    }

    core.needs.forEach(function (need) {
      var meaning = { kind: "need", ids: need.ids, label: need.label, synonyms: synonyms(need) };
      [need.label].concat(need.words).forEach(function (text) { teach(trie, text, meaning); });
      if (need.line) {
        var bag = new Set();
        tokens([need.label].concat(need.words).join(" ")).forEach(function (word) {
          if (!ignored.has(word)) bag.add(guide.stem(word));
        });
        bag.forEach(function (stem) { inBags.set(stem, (inBags.get(stem) || 0) + 1); });
        bags.push({ meaning: meaning, stems: bag });
      }
    });
    core.people.forEach(function (term) {
      var meaning = { kind: "people", ids: [term.id], label: term.label };
      [term.label].concat(term.words).forEach(function (text) { teach(people, text, meaning); });
    });
    core.languages.forEach(function (term) {
      var meaning = { kind: "language", ids: [term.id], label: term.label };
      [term.label].concat(term.words).forEach(function (text) { teach(trie, text, meaning); });
    });
    var allDay = { kind: "hours", ids: ["allDay"], label: "24-hour line" };
    ["24/7", "24 hour", "24 hours", "24 horas", "day and night", "all night", "round the clock"].forEach(function (text) {
      teach(trie, text, allDay);
    });

    // Places. A meaning of kind 'place' names counties, the likeliest first.
    function place(text, counties, label, sort) {
      teach(trie, text, { kind: "place", ids: counties, label: label, sort: sort });
    }
    core.counties.forEach(function (one) {
      place(one.name, [one.id], one.full, "county");
      if (/ County$/.test(one.name)) {
        var bare = one.name.replace(/ County$/, "");
        place(bare, [one.id], one.full, "county");
        place(bare + " co", [one.id], one.full, "county");
      }
    });
    core.regions.forEach(function (region) {
      var ids = inRegion.get(region.id);
      place(region.name + " region", ids, region.name + " region", "region");
      if (!/^(St\. Louis|Kansas City|Central|North|South)/.test(region.name)) place(region.name, ids, region.name, "region");
    });
    core.cities.forEach(function (city) {
      var ids = city.slice(1);
      place(city[0], ids, city[0], "city");
    });
    core.called.forEach(function (called) {
      var ids = [];
      called.means.forEach(function (area) { ids = ids.concat(inRegion.get(area) || [area]); });
      place(called.name, ids, called.name, "called");
    });

    // The ways in which a word may be meant: as it stands, by its stem, as the beginning of a word, with a typo.
    // `inTexts` says whether a listing has the word.
    function ways(word, isLast, inTexts) {
      var stem = guide.stem(word);
      if (stems.has(stem)) return [{ stem: stem, how: 0 }];
      if (inTexts(word) || ignored.has(word) || /^\d+$/.test(word)) return [{ stem: stem, how: 9 }];
      var found = [], seen = new Set();
      if (word.length > (isLast ? 3 : 4)) {
        whole.forEach(function (other) {
          if (other.length > word.length && other.indexOf(word) === 0) found.push({ stem: guide.stem(other), word: other, how: 1 });
        });
        found.sort(function (a, b) { return a.word.length - b.word.length; });
      }
      var most = guide.typosAllowed(word);
      if (!found.length && most) {
        var least = most;
        whole.forEach(function (other) {
          var distance = guide.typos(word, other, least);
          if (distance > least) return;
          if (distance < least) { found = []; least = distance; }
          found.push({ stem: guide.stem(other), word: other, how: 1 + distance, typo: true });
        });
      }
      found = found.filter(function (way) { return !seen.has(way.stem) && seen.add(way.stem); });
      return found.length ? found.slice(0, 12) : [{ stem: stem, how: 9 }];
    }

    // Two words that were typed as one: 'tvisa', 'rosebrooks'.
    function split(word, inTexts) {
      if (parted.has(word) && !stems.has(guide.stem(word))) return parted.get(word);
      if (word.length < 7 || stems.has(guide.stem(word)) || inTexts(word) || !/^[a-z]+$/.test(word)) return [word];
      for (var i = 3; i <= word.length - 3; i++) {
        if (inTexts(word.slice(0, i), true) && inTexts(word.slice(i), true)) return [word.slice(0, i), word.slice(i)];
      }
      return [word];
    }

    // The longest phrase that begins at word `from`: {means, from, to, how}, or nothing.
    function longest(root, list, from) {
      var best = null;
      (function walk(node, at, how, corrected) {
        if (node.means.length && (!best || at > best.to || (at === best.to && how < best.how))) {
          best = { means: node.means, from: from, to: at, how: how, corrected: corrected };
        } else if (best && node.means.length && at === best.to && how === best.how) {
          best.means = best.means.concat(node.means.filter(function (one) { return best.means.indexOf(one) < 0; }));
        }
        if (at >= list.length) return;
        if (list[at].joined && at + 2 <= list.length && node.next.has(list[at].joined)) walk(node.next.get(list[at].joined), at + 2, how, corrected);
        if (at === list.length - 1 && at > from && list[at].word.length < 3 && !list[at].known) {
          node.next.forEach(function (next, stem) {  // 'jefferson c', still being typed
            if (stem.length > list[at].word.length && stem.indexOf(list[at].word) === 0) walk(next, at + 1, how + 1, corrected);
          });
        }
        if (at > from && dropped.has(list[at].word)) walk(node, at + 1, how, corrected);
        list[at].ways.forEach(function (way) {
          var next = node.next.get(way.stem);
          if (next) walk(next, at + 1, how + way.how, way.word ? corrected.concat([{ at: at, typed: list[at].word, word: way.word, typo: way.typo }]) : corrected);
        });
      })(root, from, 0, []);
      // a joining word at its end is not part of it
      while (best && best.to - 1 > from && dropped.has(list[best.to - 1].word)) best.to--;
      return best;
    }

    // Phrases that stand inside a longer one: 'shelter' in 'youth shelter'. They do not rule, but they help to order.
    function inside(root, list, phrase) {
      var found = [];
      for (var i = phrase.from; i < phrase.to; i++) {
        var shorter = longest(root, list.slice(0, i === phrase.from ? phrase.to - 1 : phrase.to), i);
        if (shorter && shorter.to > i && !shorter.how) found = found.concat(shorter.means);
      }
      return found;
    }

    function phrases(root, list, free) {
      var found = [];
      for (var i = 0; i < list.length; i++) {
        if (!free(i) || (dropped.has(list[i].word) && !list[i].joined)) continue;
        var phrase = longest(root, list, i);
        if (!phrase) continue;
        found.push(phrase);
        i = phrase.to - 1;
      }
      return found;
    }

    var IN = new Set(["in", "near", "nearby", "around", "from", "at", "by", "en", "cerca", "for", "serving", "serves", "outside"]);
    var STATE = { mo: "mo", missouri: "mo", il: "il", ill: "il", illinois: "il" };

    // Chooses what a phrase means where it may be a place and something else.
    function settle(phrase, list) {
      var places = phrase.means.filter(function (one) { return one.kind === "place"; });
      var isCommon = phrase.to === phrase.from + 1 && common.has(list[phrase.from].word) && list.length > 1;
      var others = phrase.means.filter(function (one) { return one.kind !== "place"; });
      if (!places.length || !(others.length || isCommon)) return { places: places, others: others };
      var before = phrase.from && list[phrase.from - 1].word, after = phrase.to < list.length && list[phrase.to].word;
      var meant = IN.has(before) || STATE[after] || after === "county" || /^\d{5}$/.test(after || "");
      return meant ? { places: places, others: [] } : { places: [], others: others };
    }

    function placeOf(meanings, state) {
      var options = [], seen = new Set();
      var counties = meanings.filter(function (one) { return one.sort === "county"; });
      var called = meanings.filter(function (one) { return one.sort === "called" || one.sort === "region"; });
      (called.length ? called : counties.concat(meanings.filter(function (one) { return one.sort === "city"; }))).forEach(function (one) {
        var ids = one.ids.filter(function (id) { return !state || id.slice(0, 2) === state; });
        if (!ids.length) return;
        var split = one.sort === "city" && ids.length > 1 ? ids.map(function (id) { return [id]; }) : [ids];
        split.forEach(function (some) {
          var key = some.join();
          if (seen.has(key)) return;
          seen.add(key);
          options.push({ ids: some, label: one.sort === "city" ? cityLabel(one.label, county.get(some[0])) : one.label, sort: one.sort,
                         cityLabel: one.label, city: one.sort === "city" ? tokens(one.label).join(" ") : "" });
        });
      });
      return options;
    }

    // Gives what a query means. `start` is the county that the search begins in, `inTexts` tells whether a listing has a word.
    return function understand(query, start, inTexts) {
      query = query.slice(0, 400);
      var asked = { query: query, needs: [], people: [], languages: [], hours: null, place: null, unknownZip: "",
                    phone: "", rest: [], all: [], corrected: [], hints: [] };
      var text = query.replace(/(\d{3})[\s.-]*([a-z]{4})(?![a-z])/gi, function (all, code, letters) {
        return /^[A-Z]{4}$/.test(letters) && /\d{3}[\s.-]*$/.test(query.slice(0, query.indexOf(all)))
          ? code + letters.replace(/./g, function (sign) { return "22233344455566677778889999"[sign.charCodeAt(0) - 65]; }) : all;
      });
      text = text.replace(/(^|\D)(\d{5})-\d{4}(?!\d)/g, "$1$2");
      var number = /(?:^|[^\d])((?:\+?1[\s.-]*)?\(?\d{3}\)?[\s.\-\/]*\d{3}[\s.-]*\d{1,4}|\d{3}[\s.-]\d{4})(?!\d)/.exec(text);
      if (number) {
        asked.phone = number[1].replace(/\D/g, "").replace(/^1(?=\d{6})/, "");
        text = text.replace(number[1], " ");
      }
      var list = [];
      tokens(text).slice(0, 40).forEach(function (word) {
        split(word.slice(0, 40), inTexts).forEach(function (part) { list.push({ word: part }); });
      });
      list.forEach(function (one, i) {
        one.known = stems.has(guide.stem(one.word));
        one.ways = ways(one.word, i === list.length - 1, inTexts);
        var joined = i + 1 < list.length && guide.stem(one.word + list[i + 1].word);
        one.joined = joined && stems.has(joined) ? joined : "";
      });

      // words that were read as others
      function correct(phrase) {
        phrase.corrected.forEach(function (one) {
          list[one.at].meant = one.word;
          if (one.typo) asked.corrected.push([one.typed, one.word]);
        });
      }
      var taken = list.map(function () { return false; });
      function take(phrase, kind) { for (var i = phrase.from; i < phrase.to; i++) taken[i] = taken[i] || kind; }

      var options = [], placeText = "", state = "";
      // of two places that are named, the one inside the other is meant: 'Clinton County Carlyle'
      function placed(found, label) {
        var ids = [].concat.apply([], options.map(function (option) { return option.ids; }));
        var both = found.filter(function (option) { return option.ids.some(function (id) { return ids.indexOf(id) >= 0; }); });
        var narrower = options.filter(function (option) { return found.some(function (other) { return other.ids.some(function (id) { return option.ids.indexOf(id) >= 0; }); }); });
        if (both.length) options = both[0].ids.length <= narrower[0].ids.length ? both : narrower;
        else options = options.concat(found);
        placeText = placeText ? placeText + " " + label : label;
      }
      list.forEach(function (one, i) {
        if (!/^\d{5}$/.test(one.word)) return;
        var ids = core.zips[one.word];
        taken[i] = "place";
        if (ids) placed([{ ids: ids, label: one.word, sort: "zip" }], one.word);
        else asked.unknownZip = one.word;
      });

      function spoken(phrase) {
        var words = [];
        for (var i = phrase.from; i < phrase.to; i++) words.push(list[i].word);
        return words;
      }
      function chip(meanings, phrase) {
        var ids = [], labels = [];
        meanings.forEach(function (one) {
          one.ids.forEach(function (id) { if (ids.indexOf(id) < 0) ids.push(id); });
          labels.push(one.label);
        });
        return { kind: meanings[0].kind, ids: ids, label: labels.slice(0, 3).join(" / "),
                 synonyms: [].concat.apply([], meanings.map(function (one) { return one.synonyms || []; })), words: spoken(phrase), from: phrase.from, to: phrase.to };
      }

      phrases(trie, list, function (i) { return !taken[i]; }).forEach(function (phrase) {
        var meant = settle(phrase, list);
        if (!meant.places.length && !meant.others.length) return;
        correct(phrase);
        if (meant.places.length) {
          var end = phrase.to, within = "", sure = "";
          if (end < list.length && (list[end].word === "county" || list[end].word === "co") && list[end - 1].word !== "county") { sure = "county"; end++; }
          if (end < list.length && STATE[list[end].word]) { within = STATE[list[end].word]; end++; }
          var means = sure ? meant.places.filter(function (one) { return one.sort === "county"; }) : meant.places;
          var found = placeOf(means.length ? means : meant.places, within);
          // 'Jackson MO' is the city
          if (within && !sure && list[phrase.to - 1].word !== "county" && found.some(isCity)) found = found.filter(isCity);
          phrase.to = end;
          take(phrase, "place");
          if (found.length) placed(found, spoken(phrase).join(" "));
          else state = within;  // a place of that name that the guide does not cover, but it knows the state
          return;
        }
        inside(trie, list, phrase).forEach(function (one) {
          if (one.kind === "need") asked.hints.push(one);
          else if (one.kind === "language") asked.languages.push(chip([one], phrase));
        });
        ["need", "language", "hours"].forEach(function (kind) {
          var means = meant.others.filter(function (one) { return one.kind === kind; });
          if (!means.length) return;
          take(phrase, kind);
          var one = chip(means, phrase);
          if (kind === "need") asked.needs.push(one);
          else if (kind === "language") asked.languages.push(one);
          else asked.hours = one;
        });
      });
      phrases(people, list, function (i) { return taken[i] !== "place"; }).forEach(function (phrase) {
        var whole = true;
        for (var i = phrase.from; i < phrase.to; i++) if (taken[i] === "place") whole = false;
        if (!whole || phrase.how >= 9) return;
        take(phrase, "people");
        correct(phrase);
        [phrase.means].concat(inside(people, list, phrase).map(function (one) { return [one]; })).forEach(function (means) {
          var one = chip(means, phrase);
          var known = asked.people.some(function (other) {
            return one.ids.every(function (id) { return other.ids.indexOf(id) >= 0; }) || (/-trafficking/.test(one.ids[0]) && /-trafficking/.test(other.ids[0]));
          });
          if (!known) asked.people.push(one);
        });
      });
      asked.people.forEach(function (one) {
        if (one.ids.some(function (id) { return /-trafficking$/.test(id); })) one.trafficking = true;
        if (one.trafficking && one.ids.length > 1) one.label = "trafficking survivors";
      });

      list.forEach(function (one, i) {  // 'shelter in Illinois'
        if (taken[i] || !STATE[one.word]) return;
        if (!options.length && list.length > 1) state = state || STATE[one.word];
        if (!options.length || options.every(function (option) { return option.ids[0].slice(0, 2) === STATE[one.word]; })) taken[i] = "place";
      });
      list.forEach(function (one, i) {
        if (!dropped.has(one.word)) asked.all.push({ word: one.word, meant: one.meant, at: i, taken: taken[i], last: i === list.length - 1 });
        if (!taken[i] && !ignored.has(one.word)) asked.rest.push(one.word);
      });
      if (!asked.needs.length && asked.rest.length) guessNeed(asked);

      if (!asked.rest.length && !taken.some(Boolean)) {  // a name of small words alone: 'Call for Help'
        asked.all.forEach(function (one) { one.small = true; });
      }
      if (options.length) asked.place = whereOf(options, placeText);
      else if (state) {
        asked.place = { ids: [], state: state, label: state === "il" ? "Illinois" : "Missouri", options: [], first: 0,
                        words: list.filter(function (one, i) { return taken[i] === "place"; }).map(function (one) { return one.word; }) };
      }
      else if (start && county.has(start)) {
        asked.place = whereOf([{ ids: [start], label: county.get(start).full, sort: "county" }], "");
        asked.place.begun = true;
      }
      return asked;
    };

    // A city with its county, unless the county's name says it all: 'Columbia (Boone County)', 'City of St. Louis'.
    function cityLabel(city, where) {
      return tokens(where.name).join(" ").indexOf(tokens(city).join(" ")) >= 0 ? where.full : city + " (" + where.full + ")";
    }

    function isCity(option) { return option.sort === "city"; }

    // Counties of all that a place may mean; `options` to choose from where it may mean several.
    function whereOf(options, words) {
      var ids = [], unique = [];
      options.forEach(function (option) {
        if (unique.some(function (other) { return other.ids.join() === option.ids.join(); })) return;
        unique.push(option);
        option.ids.forEach(function (id) { if (ids.indexOf(id) < 0) ids.push(id); });
      });
      if (unique.length > 1) {
        unique.forEach(function (option) {  // twins are told apart by their states
          var twin = unique.some(function (other) { return other.label === option.label + ", Illinois"; });
          if (twin) option.label += ", Missouri";
        });
      }
      var labels = unique.map(function (option) { return option.label; });
      var sameCity = unique[0].city && unique.every(function (option) { return option.city === unique[0].city; });
      return { ids: ids, label: sameCity && unique.length > 1 ? unique[0].cityLabel : unique.length < 4 ? labels.join(" or ") : words, words: words.split(" "),
               // of twins in two states the larger one leads; places in one state, and counties, are equals
               first: unique.every(function (one) { return one.sort === "county"; }) ? ids.length
                 : ids.filter(function (id) { return id.slice(0, 2) === ids[0].slice(0, 2); }).length,
               city: unique[0].city || "",
               options: unique.length > 1 ? unique : [] };
    }

    // Words that are no phrase may still be told by the company they keep: 'somewhere safe tonight'.
    function guessNeed(asked) {
      var scored = bags.map(function (bag) {
        var score = 0, hits = 0;
        asked.rest.forEach(function (word) {
          var stem = guide.stem(word);
          if (!bag.stems.has(stem)) return;
          hits++;
          score += Math.log(1 + bags.length / inBags.get(stem));
        });
        return { meaning: bag.meaning, score: score, hits: hits };
      }).sort(function (a, b) { return b.score - a.score; });
      var best = scored[0];
      if (!best || best.score < 2.3 || (asked.rest.length > 1 && best.hits < 2 && best.score < 3)) return;
      var near = scored.filter(function (one) { return one.score > best.score * 0.9; }).slice(0, 3);
      if (near.length > 2) return;
      asked.needs.push({ kind: "need", guessed: true, words: asked.rest.slice(),
        ids: near.reduce(function (ids, one) { return ids.concat(one.meaning.ids); }, []),
        synonyms: [], label: near.map(function (one) { return one.meaning.label; }).join(" / ") });
    }
  };
})(window.guide);
