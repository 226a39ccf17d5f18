// How the search reads words: the same as guide/words.py, and what only the browser needs: stems and typos.
window.guide = window.guide || {};
(function (guide) {
  "use strict";

  var QUOTES = /[\u2018\u2019\u201b\u02bc\u00b4`\u2032\uff07]/g;
  var MARKS = /\p{M}/gu;
  var WORD = /[\p{L}\p{N}]+/gu;
  var known = new Map();

  guide.plain = function (text) {
    text = text.replace(QUOTES, "'").normalize("NFKD").replace(MARKS, "").toLowerCase();
    text = text.replace(/([a-z0-9])'s(?![a-z0-9])/g, "$1").replace(/'/g, "");
    text = text.replace(/(^|[^a-z0-9])((?:[a-z]\.)+[a-z])(?![a-z0-9])/g, function (all, before, dotted) {
      return before + dotted.replace(/\./g, "");
    });
    return text.replace(/24\s*\/\s*7/g, "247");
  };

  guide.words = function (text, same) {
    var found = [];
    (guide.plain(text).match(WORD) || []).forEach(function (word) {
      if (Object.prototype.hasOwnProperty.call(same, word)) found.push.apply(found, same[word].split(" "));
      else found.push(word);
    });
    return found;
  };

  guide.stem = function (word) {
    if (!known.has(word)) known.set(word, /^[a-z]+$/.test(word) ? window.lunr.stemmer(new window.lunr.Token(word)).toString() : word);
    return known.get(word);
  };

  // How many letters to add, leave out, change or swap with the next, up to `most`; more than that is `most` + 1.
  guide.typos = function (one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    var before = [], row = [], i, j;
    for (j = 0; j <= other.length; j++) row[j] = j;
    for (i = 1; i <= one.length; i++) {
      var next = [i], least = i;
      for (j = 1; j <= other.length; j++) {
        var cost = one[i - 1] === other[j - 1] ? 0 : 1;
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + cost);
        if (cost && i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          next[j] = Math.min(next[j], before[j - 2] + 1);
        }
        if (next[j] < least) least = next[j];
      }
      if (least > most) return most + 1;
      before = row;
      row = next;
    }
    return row[other.length];
  };

  // Of many words, those with the fewest typos from one, up to `most`: [typos, words].
  // Each letter or digit that a word has is a bit; a typo changes two bits at most.
  guide.makeSpeller = function (words) {
    var masks = words.map(mask), known = new Map();
    return function (word, most) {
      var key = word + most;
      if (known.has(key)) return known.get(key);
      var own = mask(word), least = most, found = [];
      for (var i = 0; i < words.length; i++) {
        if (Math.abs(words[i].length - word.length) > least || bits(own ^ masks[i]) > 2 * least) continue;
        var typos = guide.typos(word, words[i], least);
        if (typos > least) continue;
        if (typos < least) { found = []; least = typos; }
        found.push(words[i]);
      }
      known.set(key, [least, found]);
      return [least, found];
    };
  };

  function mask(word) {
    var bitsOf = 0;
    for (var i = 0; i < word.length; i++) bitsOf |= 1 << (word.charCodeAt(i) & 31);
    return bitsOf;
  }

  function bits(number) {
    var count = 0;
    for (; number; count++) number &= number - 1;
    return count;
  }

  guide.typosAllowed = function (word) {
    return /\d/.test(word) || word.length < 5 ? 0 : word.length < 9 ? 1 : 2;
  };
})(window.guide);
