// What a query means: a phone number, needs, people, languages and a place in it, and the words that are left.
(function (guide) {
  "use strict";

  var STATE = { mo: "mo", missouri: "mo", il: "il", ill: "il", illinois: "il" };
  var BEFORE_PLACE = new Set(["in", "near", "nearby", "around", "from", "at", "by", "en", "cerca", "for", "serving", "serves", "outside"]);
  var KEYS = "22233344455566677778889999";

  // 'needs', 'people', 'languages': chips {kind, ids, label, words, from, to}; `all`: the words, with what each was taken for;
  // `rest`: words that nothing was understood by; `place`: see places.js; `hints`: needs that only help to order.
  function nothing() {
    return { phone: "", needs: [], people: [], languages: [], hours: null, place: null, unknownZip: "", corrected: [], hints: [], all: [], rest: [], unheard: [] };
  }

  // Makes the function that understands queries, from what the build knows (words-known.js).
  guide.makeUnderstand = function (core) {
    var vocabulary = guide.makeVocabulary(core), places = guide.makePlaceReader(core), common = new Set(core.common);

    // `start` is the county that the search begins in, `inTexts` tells whether a listing has a word.
    return function (query, start, inTexts) {
      var asked = nothing();
      var text = takePhone(query.slice(0, 400), asked);
      var list = vocabulary.read(text, inTexts);
      var options = [], placeWords = [], pleas = [], state = "";

      function take(phrase, kind) { for (var i = phrase.from; i < phrase.to; i++) list[i].taken = list[i].taken || kind; }
      function spoken(phrase) { return list.slice(phrase.from, phrase.to).map(function (one) { return one.word; }); }
      function correct(phrase) {
        phrase.changes.forEach(function (change) {
          list[change.at].meant = change.word;
          if (change.typo) asked.corrected.push([list[change.at].word, change.word]);
        });
      }
      function chip(means, phrase) {
        var ids = new Set([].concat.apply([], means.map(function (one) { return one.ids; })));
        return { kind: means[0].kind, ids: Array.from(ids), from: phrase.from, to: phrase.to, words: spoken(phrase),
                 label: means.slice(0, 3).map(function (one) { return one.label; }).join(" / "),
                 synonyms: [].concat.apply([], means.map(function (one) { return one.synonyms || []; })) };
      }

      // A cry for help in words that a sentence has anyway.
      function isPlea(phrase, means) {
        return means[0].kind === "need" && means[0].ids.indexOf("crisis-line") >= 0 && spoken(phrase).every(function (word) { return core.ignoredWords.has(word); });
      }

      list.forEach(function (one) {
        if (!/^\d{5}$/.test(one.word)) return;
        one.taken = "place";
        if (!core.zips[one.word]) { asked.unknownZip = one.word; return; }
        options = places.narrowed(options, [{ ids: core.zips[one.word], label: one.word, sort: "zip" }]);
        placeWords.push(one.word);
      });

      var people = vocabulary.people(list, function (i) { return !list[i].taken; });
      vocabulary.phrases(list, function (i) { return !list[i].taken; }).forEach(function (phrase) {
        var means = settle(phrase, list);
        if (!means.length || people.some(function (other) { return isCovered(phrase, other); })) return;
        if (isPlea(phrase, means)) { pleas.push(chip(means, phrase)); return; }
        correct(phrase);
        if (means[0].kind === "place") { takePlace(phrase, means); return; }
        vocabulary.inside(list, phrase).forEach(function (one) {
          if (one.kind === "need") asked.hints.push(one);
          else if (one.kind === "languages") asked.languages.push(chip([one], phrase));
        });
        [["need", asked.needs], ["languages", asked.languages]].forEach(function (pair) {
          var some = means.filter(function (one) { return one.kind === pair[0]; });
          if (some.length) pair[1].push(chip(some, phrase));
        });
        var hours = means.filter(function (one) { return one.kind === "hours"; });
        if (hours.length) asked.hours = chip(hours, phrase);
        take(phrase, "understood");
      });

      function takePlace(phrase, means) {
        var within = "", saysCounty = list[phrase.to - 1].word === "county" || list[phrase.to - 1].word === "co";
        if (!saysCounty && phrase.to < list.length && /^(county|co)$/.test(list[phrase.to].word)) { saysCounty = true; phrase.to++; }
        if (phrase.to < list.length && STATE[list[phrase.to].word]) within = STATE[list[phrase.to++].word];
        var found = places.optionsOf(means, within, saysCounty);
        take(phrase, "place");
        placeWords = placeWords.concat(spoken(phrase));
        if (found.length) options = places.narrowed(options, found);
        else state = within;  // the guide does not cover the place of that name, but it knows the state
      }

      list.forEach(function (one) {  // 'shelter in Illinois'
        if (one.taken || !STATE[one.word] || list.length < 2) return;
        if (!options.length) state = state || STATE[one.word];
        else if (options.some(function (option) { return option.ids[0].slice(0, 2) !== STATE[one.word]; })) return;
        one.taken = "place";
        placeWords.push(one.word);
      });

      people.forEach(function (phrase) {
        if (list.slice(phrase.from, phrase.to).some(function (one) { return one.taken === "place"; })) return;
        correct(phrase);
        take(phrase, "understood");
        addPeople(chip(phrase.means, phrase));
        vocabulary.peopleInside(list, phrase).forEach(function (one) { addPeople(chip([one], phrase)); });
      });
      function addPeople(one) {
        one.trafficking = one.ids.some(function (id) { return /-trafficking$/.test(id); });
        if (one.trafficking && one.ids.length > 1) one.label = "trafficking survivors";
        var known = asked.people.some(function (other) {
          return (one.trafficking && other.trafficking) || one.ids.every(function (id) { return other.ids.indexOf(id) >= 0; });
        });
        if (!known) asked.people.push(one);
      }

      var unread = list.filter(function (one) { return !one.taken && !core.ignoredWords.has(one.word); });
      asked.rest = unread.map(function (one) { return one.word; });
      if (!asked.needs.length && asked.rest.length) {
        var guessed = vocabulary.guess(unread, inTexts);
        if (guessed.means.length) {
          asked.corrected = asked.corrected.concat(guessed.corrected);
          asked.needs.push({ kind: "need", guessed: true, words: asked.rest.slice(), synonyms: [],
                             ids: [].concat.apply([], guessed.means.map(function (one) { return one.ids; })),
                             label: guessed.means.map(function (one) { return one.label; }).join(" / ") });
        }
      }
      // 'I need help' alone asks for a crisis line, 'I need help with rent' does not
      if (!asked.needs.length && !asked.people.length && !asked.languages.length) {
        pleas.forEach(function (plea) { asked.needs.push(plea); take(plea, "understood"); });
      }
      list.forEach(function (one, i) {
        if (!core.droppedWords.has(one.word)) {
          asked.all.push({ word: one.word, meant: one.meant, at: i, taken: one.taken, last: i === list.length - 1 });
        }
      });
      if (!asked.rest.length && !list.some(function (one) { return one.taken; })) {
        asked.all.forEach(function (one) { one.small = true; });  // a name of small words alone: 'Call for Help'
      }
      if (options.length) asked.place = places.placeOf(options, placeWords);
      else if (state) asked.place = { ids: [], words: placeWords, label: state === "il" ? "Illinois" : "Missouri", first: 0, options: [], state: state };
      else if (places.county.has(start)) {
        asked.place = places.placeOf([{ ids: [start], label: places.county.get(start).full, sort: "county" }], []);
        asked.place.begun = true;
      }
      return asked;
    };

    // Words that name people are no need: 'school' in 'high school student', 'immigrant' beside 'immigration'.
    function isCovered(phrase, people) {
      if (people.from > phrase.from || people.to < phrase.to || people.how >= 1) return false;
      return people.to - people.from > phrase.to - phrase.from || (people.how < phrase.how && phrase.how < 1);
    }

    // Chooses the meanings that count where a phrase may be a place and something else, or a city has a common word's name.
    function settle(phrase, list) {
      var isPlace = function (one) { return one.kind === "place"; };
      var named = phrase.means.filter(isPlace), others = phrase.means.filter(function (one) { return !isPlace(one); });
      var isCommon = list.length > 1 && phrase.to === phrase.from + 1
        && (common.has(list[phrase.from].word) || phrase.changes.some(function (change) { return common.has(change.word); }));
      if (!named.length || !(others.length || isCommon)) return phrase.means;
      var before = phrase.from ? list[phrase.from - 1].word : "", after = phrase.to < list.length ? list[phrase.to].word : "";
      return BEFORE_PLACE.has(before) || STATE[after] || after === "county" || /^\d{5}$/.test(after) ? named : others;
    }
  };

  // Takes a phone number out of a text, also one in letters (800-799-SAFE); a ZIP code with four digits more loses these.
  function takePhone(text, asked) {
    text = text.replace(/(^|\D)(\d{5})-\d{4}(?!\d)/g, "$1$2");
    text = text.replace(/(\d{3}[\s.)-]*\d{3}[\s.-]*)([A-Z]{4})(?![A-Za-z])/g, function (all, start, letters) {
      return start + letters.replace(/./g, function (sign) { return KEYS[sign.charCodeAt(0) - 65]; });
    });
    var found = /(?:^|\D)((?:\+?1[\s.-]*)?\(?\d{3}\)?[\s.\-\/]*\d{3}[\s.-]*\d{1,4}|\d{3}[\s.-]\d{4})(?!\d)/.exec(text);
    if (!found) return text;
    asked.phone = found[1].replace(/\D/g, "").replace(/^1(?=\d{6})/, "");
    return text.replace(found[1], " ");
  }
})(window.guide);
