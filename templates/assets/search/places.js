// Places by their names, and what is meant where a name is that of several.
(function (guide) {
  "use strict";

  // All names of places: {kind: "place", phrase, ids: counties, the likeliest first, label, sort}.
  guide.placesOf = function (core) {
    var found = [];
    function add(phrase, ids, label, sort) { found.push({ kind: "place", phrase: phrase, ids: ids, label: label, sort: sort }); }
    var inRegion = new Map(core.regions.map(function (region) {
      return [region.id, core.counties.filter(function (one) { return one.region === region.id; }).map(function (one) { return one.id; })];
    }));
    core.counties.forEach(function (county) {
      county.phrases.forEach(function (phrase) { add(phrase, [county.id], county.full, "county"); });
    });
    core.regions.forEach(function (region) {
      add(region.phrase, inRegion.get(region.id), region.name + " region", "called");
    });
    core.cities.forEach(function (city) { add(city[1], city.slice(2), city[0], "city"); });
    core.called.forEach(function (called) {
      var ids = called.means.map(function (area) { return inRegion.get(area) || [area]; });
      add(called.phrase, [].concat.apply([], ids), called.name, "called");
    });
    return found;
  };

  // What a reader may have meant: gathers the places of a query.
  guide.makePlaceReader = function (core) {
    var county = new Map(core.counties.map(function (one) { return [one.id, one]; }));
    function tokens(text) { return guide.words(text, core.same).join(" "); }
    function meets(one, other) { return one.ids.some(function (id) { return other.ids.indexOf(id) >= 0; }); }
    function isCity(option) { return Boolean(option.city); }

    // A city with its county, unless the county's name says it all: 'Columbia (Boone County)', 'City of St. Louis'.
    function cityLabel(city, where) {
      return tokens(where.name).indexOf(tokens(city)) >= 0 ? where.full : city + " (" + where.full + ")";
    }

    // The options that a name gives, those in one state where one is named; a city in several counties is an option for each.
    // `saysCounty`: the name is followed by 'county'.
    function optionsOf(meanings, state, saysCounty) {
      var counties = meanings.filter(function (one) { return one.sort === "county"; });
      var called = meanings.filter(function (one) { return one.sort === "called"; });
      var cities = meanings.filter(function (one) { return one.sort === "city"; });
      var found = [];
      (called.length ? called : saysCounty && counties.length ? counties : counties.concat(cities)).forEach(function (one) {
        var ids = one.ids.filter(function (id) { return !state || id.slice(0, 2) === state; });
        if (one.sort !== "city") { if (ids.length) found.push({ ids: ids, label: one.label, sort: one.sort }); return; }
        ids.forEach(function (id) { found.push({ ids: [id], label: cityLabel(one.label, county.get(id)), sort: "city", city: one.label }); });
      });
      // 'Jackson MO' is the city
      return state && !saysCounty && found.some(isCity) ? found.filter(isCity) : found;
    }

    // Of two places that are named, the one inside the other is meant: 'Clinton County Carlyle'.
    function narrowed(before, found) {
      var both = found.filter(function (one) { return before.some(function (other) { return meets(one, other); }); });
      if (!both.length) return before.concat(found);
      var narrower = before.filter(function (one) { return both.some(function (other) { return meets(one, other); }); });
      return both[0].ids.length <= narrower[0].ids.length ? both : narrower;
    }

    // One place of all options: `ids` are their counties, of which the `first` ones are the likeliest; `options` to choose
    // from where there are several; `words` are the query's words for it.
    function placeOf(options, words) {
      var ids = [], unique = [];
      options.forEach(function (option) {
        if (unique.some(function (other) { return other.ids.join() === option.ids.join(); })) return;
        unique.push(option);
        option.ids.forEach(function (id) { if (ids.indexOf(id) < 0) ids.push(id); });
      });
      unique.forEach(function (option) {  // twins are told apart by their states
        if (unique.some(function (other) { return other.label === option.label + ", Illinois"; })) option.label += ", Missouri";
      });
      var labels = unique.map(function (option) { return option.label; });
      var sameCity = unique.length > 1 && unique[0].city && unique.every(function (option) { return option.city === unique[0].city; });
      var equals = unique.every(function (option) { return option.sort === "county"; });
      return {
        ids: ids,
        words: words,
        label: sameCity ? unique[0].city : labels.length < 4 ? labels.join(" or ") : words.join(" "),
        // of cities in two states the larger one leads; places in one state, and counties, are equals
        first: equals ? ids.length : ids.filter(function (id) { return id.slice(0, 2) === ids[0].slice(0, 2); }).length,
        city: unique[0].city ? tokens(unique[0].city) : "",
        options: unique.length > 1 ? unique : []
      };
    }

    return { optionsOf: optionsOf, narrowed: narrowed, placeOf: placeOf, county: county };
  };
})(window.guide);
