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

    function placeOf(word) {
      var at = firstFrom(words, word);
      return words[at] === word ? at : -1;
    }

    return {
      listings: guide.unpackListings(data, core),
      lengths: lengths,
      words: words,
      has: function (word) { return placeOf(word) >= 0; },

      // Where a word stands: {elsewhere: in how many fields of other parts, at: listings, name, text: how often in these of each}.
      posting: function (word) {
        var place = placeOf(word), found = { elsewhere: elsewhere[place], at: [], name: [], text: [] }, listing = -1;
        if (place < 0) return null;
        var numbers = guide.numbers(postings[place]);
        for (var i = 0; i < numbers.length; i++) {
          var kind = numbers[i] % 5;
          listing += 1 + (numbers[i] - kind) / 5;
          found.at.push(listing);
          found.name.push(kind < 4 ? USUAL[kind][NAME] : numbers[++i]);
          found.text.push(kind < 4 ? USUAL[kind][TEXT] : numbers[++i]);
        }
        return found;
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

  // Where a word stands in all parts together: {at, name, text} as above, and in how many fields in all: `fields`.
  function together(parts, word) {
    var all = { at: [], name: [], text: [], fields: 0 }, offset = 0;
    parts.forEach(function (part) {
      var one = part.posting(word);
      if (one) {
        if (!all.fields) all.fields = one.elsewhere + one.name.filter(Boolean).length + one.text.filter(Boolean).length;
        for (var i = 0; i < one.at.length; i++) {
          all.at.push(offset + one.at[i]);
          all.name.push(one.name[i]);
          all.text.push(one.text[i]);
        }
      }
      offset += part.listings.length;
    });
    return all;
  }

  // A real lunr.Index over some parts. It is taught a word when this is first asked for: until then a word costs nothing.
  function makeIndex(parts, totals, standing) {
    var index = new window.lunr.Index({
      fields: FIELDS, invertedIndex: Object.create(null), fieldVectors: Object.create(null), pipeline: new window.lunr.Pipeline(),
      tokenSet: { intersect: function (asked) { return asked; } }  // only words that it was taught are asked for
    });
    var taught = 0;
    var averages = FIELDS.map(function (field) { return totals.lengths[field] / totals.listings; });
    var lengths = FIELDS.map(function (name, field) {
      return [].concat.apply([], parts.map(function (part) { return part.lengths[field]; }));
    });

    // The weight of a word in a field, to three decimals, as lunr's builder reckons it.
    function weight(rarity, times, length, field) {
      var score = rarity * ((K1 + 1) * times) / (K1 * (1 - B + B * (length / averages[field])) + times);
      return Math.round(score * totals.fields[FIELDS[field]] * 1000) / 1000;
    }

    return function (word) {
      if (index.invertedIndex[word]) return index;
      var posting = { _index: taught++, name: {}, text: {} }, found = standing(word);
      var rarity = Math.log(1 + Math.abs((totals.listings - found.fields + 0.5) / (found.fields + 0.5)));
      FIELDS.forEach(function (name, field) {
        found.at.forEach(function (at, i) {
          if (!found[name][i]) return;
          var ref = name + "/" + at;
          var vector = index.fieldVectors[ref] = index.fieldVectors[ref] || new window.lunr.Vector();
          posting[name][at] = NOTHING;
          vector.elements.push(posting._index, weight(rarity, found[name][i], lengths[field][at], field));
        });
      });
      index.invertedIndex[word] = posting;
      return index;
    };
  }

  var NOTHING = {};

  guide.makeLibrary = function (parts, core) {
    var totals = core.index;
    var listings = [].concat.apply([], parts.map(function (part) { return part.listings; }));
    var learn = null;
    var mates = new Map(), bearers = new Map(), places = new Map();

    function standing(word) {
      if (!places.has(word)) places.set(word, together(parts, word));
      return places.get(word);
    }

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

      // Which listings bear one of these ids in their services, people or languages: `by` listing 1 or 0, and their `number`.
      bearing: function (ids, facet) {
        var key = facet + ids.join();
        if (!bearers.has(key)) {
          var by = Uint8Array.from(listings, function (one) { return +one[facet].some(function (id) { return ids.indexOf(id) >= 0; }); });
          bearers.set(key, { by: by, number: by.reduce(function (sum, one) { return sum + one; }, 0) });
        }
        return bearers.get(key);
      },

      // Where a word stands: {at: listings in order, name, text: how often in these of each}.
      standing: standing,

      // Whether a word stands in a listing.
      stands: function (word, at) {
        var all = standing(word).at;
        return all[firstFrom(all, at)] === at;
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
          gathered(function (part) { return part.beginning(word, 40); }).slice(0, 40).forEach(function (other) {
            if (!core.droppedWords.has(other)) add(other, 3);  // they say nothing when they are typed whole, either
          });
        }
        var most = guide.typosAllowed(word);
        if (!found.length && most) spelled(word, most).slice(0, 10).forEach(function (other) { add(other, 1); });
        return found;
      },

      // Ask Lunr for words, each [word, weight]: [{at: place in listings, score}], the best first.
      ask: function (words) {
        if (!words.length) return [];
        learn = learn || makeIndex(parts, totals, standing);
        var index = words.map(function (one) { return learn(one[0]); })[0];
        return index.query(function (query) {
          words.forEach(function (one) {
            query.term(one[0], { boost: one[1], usePipeline: false });
          });
        }).map(function (found) {
          return { at: +found.ref, score: found.score };
        });
      }
    };
  };
})(window.guide);
