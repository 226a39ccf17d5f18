// The listings that are here so far, and the Lunr index over them: put together from the parts that have arrived.
(function (guide) {
  "use strict";

  // A real lunr.Index from the parts' word vectors, and what finds a word's relatives among its words.
  guide.makeLibrary = function (parts) {
    var listings = [], vectors = [], postings = new Map();
    parts.forEach(function (part) {
      var terms = part.terms.split(" "), offset = listings.length;
      part.listings.forEach(function (one) { listings.push(one); });
      ["name", "text"].forEach(function (field) {
        part.vectors[field].forEach(function (pairs, i) {
          var ref = String(offset + i), vector = [];
          for (var p = 0; p < pairs.length; p += 2) {
            var term = terms[pairs[p]];
            if (!postings.has(term)) postings.set(term, { _index: postings.size, name: {}, text: {} });
            var posting = postings.get(term);
            posting[field][ref] = {};
            vector.push([posting._index, pairs[p + 1] / 100]);
          }
          vector.sort(function (a, b) { return a[0] - b[0]; });
          vectors.push([field + "/" + ref, [].concat.apply([], vector)]);
        });
      });
    });
    var words = Array.from(postings.keys()).sort(function (a, b) { return a < b ? -1 : a > b ? 1 : 0; });
    var index = window.lunr.Index.load({
      version: window.lunr.version, fields: ["name", "text"], fieldVectors: vectors, pipeline: [],
      invertedIndex: words.map(function (word) { return [word, postings.get(word)]; })
    });
    var byStem = null;

    function stemMates(word) {
      if (!byStem) {
        byStem = new Map();
        words.forEach(function (other) {
          var stem = guide.stem(other);
          if (byStem.has(stem)) byStem.get(stem).push(other);
          else byStem.set(stem, [other]);
        });
      }
      return byStem.get(guide.stem(word)) || [];
    }

    function beginning(word) {
      var low = 0, high = words.length;
      while (low < high) {
        var middle = (low + high) >> 1;
        if (words[middle] < word) low = middle + 1; else high = middle;
      }
      var found = [];
      while (low < words.length && words[low].indexOf(word) === 0 && found.length < 40) found.push(words[low++]);
      return found;
    }

    var speller = guide.makeSpeller(words);
    function misspelled(word) {
      var most = guide.typosAllowed(word);
      return most ? speller(word, most)[1].slice(0, 10) : [];
    }

    var bearers = new Map();

    return {
      listings: listings,

      // How many listings bear one of these ids in their services, people or languages.
      bearing: function (ids, facet) {
        var key = facet + ids.join();
        if (!bearers.has(key)) {
          bearers.set(key, listings.filter(function (one) { return (one[facet] || []).some(function (id) { return ids.indexOf(id) >= 0; }); }).length);
        }
        return bearers.get(key);
      },

      has: function (word, exactly) { return postings.has(word) || (!exactly && stemMates(word).length > 0); },

      // The words that are spelled most like one that nothing was found for: with a typo more than is passed over in silence.
      nearest: function (word) {
        return word.length < 4 ? [] : speller(word, guide.typosAllowed(word) + 1)[1].slice(0, 3);
      },

      // The words of the index that a word stands for: [word, weight] with exact > stem > beginning > typo.
      // A word that is understood already stands for itself and its stem alone.
      relatives: function (word, isLast, isUnderstood) {
        var found = [], seen = new Set();
        function add(other, weight) {
          if (!seen.has(other)) { seen.add(other); found.push([other, weight]); }
        }
        if (postings.has(word)) add(word, 10);
        stemMates(word).forEach(function (other) { add(other, 6); });
        if (isUnderstood) return found;
        if (word.length > 1 && (isLast || !found.length)) beginning(word).forEach(function (other) { add(other, 3); });
        if (!found.length) misspelled(word).forEach(function (other) { add(other, 1); });
        return found;
      },

      // Ask Lunr for words, each [word, weight]: [{at: place in listings, score, words: word → fields}].
      ask: function (words) {
        if (!words.length) return [];
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
