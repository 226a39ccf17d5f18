// The words that the guide understands, and the phrases of them in a query: needs, people, languages and places.
(function (guide) {
  "use strict";

  // A trie of stems. A meaning is {kind, ids, label …}; of a place, `ids` are counties.
  // `written` are the words, as they are written, that lead to it.
  function branch() { return { next: new Map(), means: [], written: new Set() }; }

  // Its root; `waiting` are the phrases that are not yet in it.
  function tree() { return Object.assign(branch(), { waiting: new Map() }); }

  var BY_STEM = 0.01;
  var LONG = 7;  // letters

  guide.makeVocabulary = function (core) {
    var dropped = core.droppedWords, ignored = core.ignoredWords, real = new Set(core.real);
    var said = core.said.map(function (one) { return { words: one[0].split(" "), means: one[1] }; });  // 'kill myself' looks for 'suicide', too
    var root = tree(), people = tree();
    var whole = new Set();    // all words of all phrases
    var byStart = new Map();  // these by their first two letters, which no stemmer changes
    var parted = new Map();   // two or three words that are typed as one: 'tvisa', 'rapekit'
    var bags = [];            // for each need, its words: for a query that holds no phrase
    var inBags = new Map();   // word → number of bags

    // A phrase waits until a query has a word that begins as it does: to find the stems of all takes longer than a search.
    function teach(into, phrase, meaning) {
      var list = phrase.split(" ");
      // a place keeps its small words: East St. Louis is not St. Louis
      var kept = meaning.kind === "place" ? list : list.filter(function (word) { return !dropped.has(word); });
      // 'can' is no 'CA/N'
      if (list.length > 1 && list.length < 4 && !ignored.has(list.join(""))) parted.set(list.join(""), list);
      if (!kept.length || (kept.length === 1 && list.length > 1)) kept = list;  // 'in the life' is not 'life'
      kept.forEach(function (word) {
        if (whole.has(word)) return;
        whole.add(word);
        push(byStart, start(word), word);
      });
      push(into.waiting, start(kept[0]), { words: kept, meaning: meaning });
    }

    function start(word) { return word.slice(0, 2); }

    function push(into, key, one) {
      if (into.has(key)) into.get(key).push(one); else into.set(key, [one]);
    }

    function grow(into, words, meaning) {
      var node = into;
      words.forEach(function (word) {
        var stem = guide.stem(word);
        if (!node.next.has(stem)) node.next.set(stem, branch());
        node = node.next.get(stem);
        node.written.add(word);
      });
      if (node !== into && node.means.indexOf(meaning) < 0) node.means.push(meaning);
    }

    // The branch of a stem.
    function follow(node, stem) {
      var waiting = node.waiting && node.waiting.get(start(stem));
      if (waiting) {
        node.waiting.delete(start(stem));
        waiting.forEach(function (one) { grow(node, one.words, one.meaning); });
      }
      return node.next.get(stem);
    }

    var stemsByStart = new Map();
    function isStem(stem) {
      var key = start(stem);
      if (!stemsByStart.has(key)) stemsByStart.set(key, new Set((byStart.get(key) || []).map(guide.stem)));
      return stemsByStart.get(key).has(stem);
    }

    // A need's single words that no other need knows: 'dentist', 'tooth'.
    var sharedBy = new Map();
    core.needs.forEach(function (need) {
      new Set(need.phrases.join(" ").split(" ")).forEach(function (word) { sharedBy.set(word, (sharedBy.get(word) || 0) + 1); });
    });
    function synonyms(need) {
      return need.phrases.filter(function (phrase) { return phrase.length > 2 && phrase.indexOf(" ") < 0 && sharedBy.get(phrase) === 1; });
    }

    core.needs.forEach(function (need) {
      var meaning = { kind: "need", ids: need.ids, label: need.label, synonyms: synonyms(need) };
      need.phrases.forEach(function (phrase) { teach(root, phrase, meaning); });
      if (need.isGroup) return;
      var bag = new Set();
      need.phrases.join(" ").split(" ").forEach(function (word) { if (!ignored.has(word)) bag.add(word); });
      bag.forEach(function (word) { inBags.set(word, (inBags.get(word) || 0) + 1); });
      bags.push({ meaning: meaning, words: bag });
    });
    [["people", people], ["languages", root]].forEach(function (pair) {
      core[pair[0]].forEach(function (term) {
        var meaning = { kind: pair[0], ids: [term.id], label: term.label };
        term.phrases.forEach(function (phrase) { teach(pair[1], phrase, meaning); });
      });
    });
    var allDay = { kind: "hours", ids: ["allDay"], label: "24-hour line" };
    core.hours.forEach(function (phrase) { teach(root, phrase, allDay); });
    guide.placesOf(core).forEach(function (place) { teach(root, place.phrase, place); });

    var speller = null;
    function spelled(word, most) {
      speller = speller || guide.makeSpeller(Array.from(whole));
      return speller(word, most);
    }

    // The ways in which a word may be meant: as it stands (how 0), by its stem (a little more), as a beginning (1), with typos (2, 3).
    function ways(word, isLast, inTexts) {
      var stem = guide.stem(word);
      if (isStem(stem)) return [{ stem: stem, how: 0 }];
      if (inTexts(word) || ignored.has(word) || real.has(word) || /^\d+$/.test(word)) return [];
      var found = [], most = guide.typosAllowed(word), seen = new Set();
      if (word.length > (isLast ? 3 : 4)) {
        whole.forEach(function (other) {
          if (other.length > word.length && other.indexOf(word) === 0) found.push({ stem: guide.stem(other), word: other, how: 1 });
        });
        found.sort(function (a, b) { return a.word.length - b.word.length; });
      }
      if (!found.length && most) {
        var near = spelled(word, most);
        found = near[1].map(function (other) { return { stem: guide.stem(other), word: other, how: 1 + near[0], typo: true }; });
      }
      return found.filter(function (way) { return !seen.has(way.stem) && seen.add(way.stem); }).slice(0, 12);
    }

    // Words that were typed as one: 'tvisa', 'rosebrooks'.
    function split(word, inTexts) {
      if (isStem(guide.stem(word))) return [word];
      if (parted.has(word)) return parted.get(word);
      if (word.length < 7 || inTexts(word) || !/^[a-z]+$/.test(word)) return [word];
      for (var i = 3; i <= word.length - 3; i++) {
        if (inTexts(word.slice(0, i), true) && inTexts(word.slice(i), true)) return [word.slice(0, i), word.slice(i)];
      }
      return [word];
    }

    // A query's words, each with its ways; `joined` is the stem of a word and the next where that is known: 'de kalb'.
    function read(text, inTexts) {
      var list = [];
      guide.words(text, core.same).slice(0, 40).forEach(function (word) {
        split(word.slice(0, 40), inTexts).forEach(function (part) { list.push({ word: part }); });
      });
      said.forEach(function (one) {
        for (var i = 0; i + one.words.length <= list.length; i++) {
          if (one.words.every(function (word, k) { return list[i + k].word === word; })) list[i + one.words.length - 1].meant = one.means;
        }
      });
      list.forEach(function (one, i) {
        var joined = i + 1 < list.length ? guide.stem(one.word + list[i + 1].word) : "";
        one.ways = ways(one.word, i === list.length - 1, inTexts);
        one.joined = joined && isStem(joined) ? joined : "";
      });
      return list;
    }

    // The longest phrase that begins at `from`: {means, from, to, how, changes}, or nothing.
    function longest(into, list, from) {
      var best = null;
      (function walk(node, at, how, changes) {
        if (node.means.length && (!best || at > best.to || (at === best.to && how < best.how))) {
          best = { means: node.means, from: from, to: at, how: how, changes: changes };
        } else if (best && node.means.length && at === best.to && how === best.how) {
          best.means = best.means.concat(node.means.filter(function (one) { return best.means.indexOf(one) < 0; }));
        }
        if (at >= list.length) return;
        var one = list[at];
        if (one.joined && at + 2 <= list.length && follow(node, one.joined)) walk(follow(node, one.joined), at + 2, how, changes);
        if (at > from && at === list.length - 1 && one.word.length < 3) {
          node.next.forEach(function (next, stem) {  // still being typed: 'jefferson c'
            if (stem.length > one.word.length && stem.indexOf(one.word) === 0) walk(next, at + 1, how + 1, changes);
          });
        }
        if (at > from && dropped.has(one.word)) walk(node, at + 1, how, changes);
        one.ways.forEach(function (way) {
          var next = follow(node, way.stem);
          if (next && !way.word && real.has(one.word) && !next.written.has(one.word)) return;  // 'down' is not Downing
          if (next) walk(next, at + 1, how + way.how + (way.how || next.written.has(one.word) ? 0 : BY_STEM), way.word ? changes.concat([{ at: at, word: way.word, typo: way.typo }]) : changes);
        });
      })(into, from, 0, []);
      while (best && best.to - 1 > from && dropped.has(list[best.to - 1].word)) best.to--;  // a joining word at its end is not part of it
      return best;
    }

    function phrases(into, list, free) {
      var found = [];
      for (var i = 0; i < list.length; i++) {
        if (!free(i)) continue;
        var phrase = longest(into, list, i);
        if (!phrase) continue;
        found.push(phrase);
        i = phrase.to - 1;
      }
      return found;
    }

    // Meanings of phrases that stand inside a longer one, as they are written: 'shelter' in 'youth shelter'.
    function inside(into, list, phrase) {
      var found = [];
      for (var i = phrase.from; i < phrase.to; i++) {
        var shorter = longest(into, list.slice(0, i === phrase.from ? phrase.to - 1 : phrase.to), i);
        if (shorter && shorter.how < 1) found = found.concat(shorter.means);
      }
      return found;
    }

    // Words that are no phrase may still be told by the company they keep: 'somewhere safe tonight', and long ones with a typo,
    // too. Gives needs, or none, and the words that were read as others.
    function guess(list, inTexts) {
      var words = list.map(function (one) {
        var near = one.word.length < LONG ? [] : one.ways.filter(function (way) { return way.typo; }).map(function (way) { return way.word; });
        return { word: one.word, read: [one.word].concat(near).filter(function (word) { return inBags.has(word); }) };
      }).filter(function (one) { return one.read.length || inTexts(one.word); });
      var scored = bags.map(function (bag) {
        var known = [], score = 0;
        words.forEach(function (one) {
          var read = one.read.filter(function (word) { return bag.words.has(word); })[0];
          if (!read) return;
          known.push([one.word, read]);
          score += Math.log(1 + bags.length / inBags.get(read));
        });
        return { meaning: bag.meaning, score: score, known: known };
      }).sort(function (a, b) { return b.score - a.score; });
      var best = scored[0], near = scored.filter(function (one) { return one.score > best.score * 0.9; });
      if (best.score < 2.3 || near.length > 2 || (words.length > 1 && best.known.length < 2 && best.score < 3)) return { means: [], corrected: [] };
      return { means: near.map(function (one) { return one.meaning; }),
               corrected: best.known.filter(function (pair) { return pair[0] !== pair[1]; }) };
    }

    return {
      read: read,
      phrases: function (list, free) { return phrases(root, list, free); },
      people: function (list, free) { return phrases(people, list, free); },
      inside: function (list, phrase) { return inside(root, list, phrase); },
      peopleInside: function (list, phrase) { return inside(people, list, phrase); },
      guess: guess
    };
  };
})(window.guide);
