// How the other programs read and weigh words, in the build and in the browser.
(function (holder) {
  "use strict";
  var DROPPED = new Set("a an and are at by de do el en for i in is la me my of on or que the to un una with y".split(" "));
  holder.miniSettings = {
    fields: ["name", "known", "summary", "more", "services", "words", "people", "place", "around"],
    storeFields: ["name", "what", "office", "phones"],
    processTerm: function (term) {
      term = term.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['\u2019]s$/, "").replace(/['\u2019]/g, "");
      return DROPPED.has(term) ? null : term;
    },
    tokenize: function (text) { return text.split(/[^\p{L}\p{N}\p{M}'\u2019]+/u).filter(Boolean); }
  };
  // The last word may be half-typed; a word of five letters and more may have a typo (two from eight letters on).
  holder.miniAsk = {
    prefix: function (term, at, terms) { return at === terms.length - 1; },
    fuzzy: function (term) { return term.length > 4 ? 0.2 : false; },
    boost: { name: 3, known: 3, services: 3, words: 3, place: 5, around: 5, people: 1.5, summary: 1.5, more: 0.5 }
  };
  holder.withoutSmallWords = function (text) {
    return text.split(/\s+/).filter(function (word) { return !DROPPED.has(word.toLowerCase()); }).join(" ");
  };
})(typeof window === "undefined" ? module.exports : window);
