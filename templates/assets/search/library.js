// The listings that are here so far, and the Lunr index over them: each part is read once, however many are put together.
(function (guide) {
  "use strict";

  var K1 = 1.2, B = 0.75;  // as lunr.py and lunr.js have them
  var NAME = 0, TEXT = 1, FIELDS = ["name", "text"];
  var USUAL = [[0, 1], [1, 0], [1, 1], [0, 2]];

  function firstFrom(words, word) {
    var low = 0, high = words.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (words[middle] < word) low = middle + 1; else high = middle;
    }
    return low;
  }

  // A part of the index: its words in order, and which listings have a word. `data` is what guide/searching.py made.
  guide.makePart = function (data, core) {
    var words = data.terms ? data.terms.split(" ") : [], postings = data.postings.split(" ");
    var lengths = data.lengths.map(guide.numbers), elsewhere = guide.numbers(data.elsewhere);
    var speller = null;

    function place(word) {
      var at = firstFrom(words, word);
      return words[at] === word ? at : -1;
    }

    return {
      listings: guide.unpackListings(data, core),
      lengths: lengths,
      words: words,
      has: function (word) { return place(word) >= 0; },

      // Where a word stands: {elsewhere: in how many fields of other parts, found: [listing, times in name, times in text] …}.
      posting: function (word) {
        var at = place(word), found = [], listing = -1;
        if (at < 0) return null;
        var numbers = guide.numbers(postings[at]);
        for (var i = 0; i < numbers.length; i++) {
          var kind = numbers[i] % 5;
          listing += 1 + (numbers[i] - kind) / 5;
          found.push(kind < 4 ? [listing, USUAL[kind][NAME], USUAL[kind][TEXT]] : [listing, numbers[++i], numbers[++i]]);
        }
        return { elsewhere: elsewhere[at], found: found };
      },

      // Its words that begin with these letters, `most` at most.
      beginning: function (letters, most) {
        var found = [];
        for (var at = firstFrom(words, letters); at < words.length && found.length < most && words[at].indexOf(letters) === 0; at++) found.push(words[at]);
        return found;
      },

      spelled: function (word, most) {
        speller = speller || guide.makeSpeller(words);
        return speller(word, most);
      }
    };
  };

  // A real lunr.Index over some parts. It is taught a word when this is first asked for: until then a word costs nothing.
  function makeIndex(parts, totals) {
    var index = new window.lunr.Index({
      fields: FIELDS, invertedIndex: Object.create(null), fieldVectors: Object.create(null), pipeline: new window.lunr.Pipeline(),
      tokenSet: { intersect: function (asked) { return asked; } }  // only words that it was taught are asked for
    });
    var taught = 0;
    var averages = FIELDS.map(function (field) { return totals.lengths[field] / totals.listings; });

    // The weight of a word in a field, to three decimals, as lunr's builder reckons it.
    function weight(rarity, times, length, field) {
      var score = rarity * ((K1 + 1) * times) / (K1 * (1 - B + B * (length / averages[field])) + times);
      return Math.round(score * totals.fields[FIELDS[field]] * 1000) / 1000;
    }

    return function (word) {
      if (index.invertedIndex[word]) return index;
      var posting = { _index: taught++, name: {}, text: {} }, holders = 0, rarity = 0;
      var found = parts.map(function (part) { return part.posting(word); });
      found.forEach(function (one) {
        if (one && !holders) {
          holders = one.elsewhere;
          one.found.forEach(function (entry) { holders += (entry[1] > 0) + (entry[2] > 0); });
        }
      });
      rarity = Math.log(1 + Math.abs((totals.listings - holders + 0.5) / (holders + 0.5)));
      var offset = 0;
      found.forEach(function (one, p) {
        if (one) one.found.forEach(function (entry) {
          FIELDS.forEach(function (name, field) {
            if (!entry[1 + field]) return;
            var ref = String(offset + entry[0]), fieldRef = name + "/" + ref;
            var vector = index.fieldVectors[fieldRef] = index.fieldVectors[fieldRef] || new window.lunr.Vector();
            posting[name][ref] = NOTHING;
            vector.elements.push(posting._index, weight(rarity, entry[1 + field], parts[p].lengths[field][entry[0]], field));
          });
        });
        offset += parts[p].listings.length;
      });
      index.invertedIndex[word] = posting;
      return index;
    };
  }

  var NOTHING = {};

  guide.makeLibrary = function (parts, totals) {
    var listings = [].concat.apply([], parts.map(function (part) { return part.listings; }));
    var learn = makeIndex(parts, totals);
    var mates = new Map(), bearers = new Map();

    function has(word) { return parts.some(function (part) { return part.has(word); }); }

    // What the parts give of a word, once each and in order.
    function gathered(of) {
      var found = new Set();
      parts.forEach(function (part) { of(part).forEach(function (word) { found.add(word); }); });
      return Array.from(found).sort(function (a, b) { return a < b ? -1 : a > b ? 1 : 0; });
    }

    // The words of one stem. A stemmer changes the last letters alone, so they begin as the stem does, but for two of these.
    function stemMates(word) {
      var stem = guide.stem(word);
      if (!mates.has(stem)) {
        mates.set(stem, gathered(function (part) {
          return part.beginning(stem.slice(0, Math.max(1, stem.length - 2)), Infinity).filter(function (other) { return guide.stem(other) === stem; });
        }));
      }
      return mates.get(stem);
    }

    function spelled(word, most) {
      var least = most;
      parts.forEach(function (part) { least = Math.min(least, part.spelled(word, most)[0]); });
      return gathered(function (part) {
        var found = part.spelled(word, most);
        return found[0] === least ? found[1] : [];
      });
    }

    return {
      listings: listings,
      isWhole: listings.length === totals.listings,  // all parts are here

      // How many listings bear one of these ids in their services, people or languages.
      bearing: function (ids, facet) {
        var key = facet + ids.join();
        if (!bearers.has(key)) {
          bearers.set(key, listings.filter(function (one) { return one[facet].some(function (id) { return ids.indexOf(id) >= 0; }); }).length);
        }
        return bearers.get(key);
      },

      has: function (word, exactly) { return has(word) || (!exactly && stemMates(word).length > 0); },

      // The words that are spelled most like one that nothing was found for: with a typo more than is passed over in silence.
      nearest: function (word) {
        return word.length < 4 ? [] : spelled(word, guide.typosAllowed(word) + 1).slice(0, 3);
      },

      // The words of the index that a word stands for: [word, weight] with exact > stem > beginning > typo.
      // A word that is understood already stands for itself and its stem alone.
      relatives: function (word, isLast, isUnderstood) {
        var found = [], seen = new Set();
        function add(other, weight) {
          if (!seen.has(other)) { seen.add(other); found.push([other, weight]); }
        }
        if (has(word)) add(word, 10);
        stemMates(word).forEach(function (other) { add(other, 6); });
        if (isUnderstood) return found;
        if (word.length > 1 && (isLast || !found.length)) {
          gathered(function (part) { return part.beginning(word, 40); }).slice(0, 40).forEach(function (other) { add(other, 3); });
        }
        var most = guide.typosAllowed(word);
        if (!found.length && most) spelled(word, most).slice(0, 10).forEach(function (other) { add(other, 1); });
        return found;
      },

      // Ask Lunr for words, each [word, weight]: [{at: place in listings, score, words: word → fields}].
      ask: function (words) {
        if (!words.length) return [];
        var index = words.map(function (one) { return learn(one[0]); })[0];
        return index.query(function (query) {
          words.forEach(function (one) {
            query.term(one[0], { boost: one[1], usePipeline: false });
          });
        }).map(function (found) {
          return { at: +found.ref, score: found.score, words: found.matchData.metadata };
        });
      }
    };
  };
})(window.guide);
