// The order of what was found, and what it has in common.
(function (guide) {
  "use strict";

  // Gives {results, counts, counties, nearby, elsewhere}; `chosen` narrows: facet → ids that each result must bear.
  guide.rank = function (asked, library, core, chosen) {
    var where = guide.where(asked.place, core);
    var kept = ranked(asked, where, library, core, chosen);
    return { results: kept, counts: count(kept), counties: where.counties, nearby: where.nearby,
             elsewhere: kept.length || !where.counties.length ? [] : elsewhere(asked, where, library, core, chosen) };
  };

  function ranked(asked, where, library, core, chosen) {
    var results = called(asked, library, where) || guide.match(asked, library, core, where).sort(order(asked, where));
    return results.filter(function (one) {
      return Object.keys(chosen).every(function (facet) {
        return chosen[facet].every(function (id) { return bears(one.listing, facet, id); });
      });
    });
  }

  // Who may be asked where nobody serves the place: all that answer else, the nearest first.
  function elsewhere(asked, where, library, core, chosen) {
    var away = guide.away(where.counties, core);
    function far(one) { return Math.min.apply(null, [one.listing.area].concat(one.listing.serves || []).map(function (area) { return away.has(area) ? away.get(area) : 99; })); }
    return ranked(Object.assign({}, asked, { place: null }), guide.where(null, core), library, core, chosen).sort(function (a, b) {
      return a.misfit - b.misfit || b.needs - a.needs || far(a) - far(b);
    });
  }

  // Listings with a phone number, or nothing where none is asked for.
  function called(asked, library, where) {
    if (asked.phone.length < 6 || (asked.phone.length < 7 && asked.all.length)) return null;
    var found = library.listings.filter(function (one) {
      return one.numbers.some(function (number) { return number.replace(/\D/g, "").indexOf(asked.phone) >= 0; })
        || (one.text && one.text[1].indexOf(asked.phone) >= 0);
    });
    if (!found.length) return null;
    return found.sort(function (a, b) { return a.rank - b.rank; }).map(function (listing) {
      var place = where.of(listing);
      return { listing: listing, tier: place.tier, county: place.county };
    });
  }

  function order(asked, where) {
    var somewhere = where.counties.length > 0;
    function wide(one) { return guide.isWide(one.listing) ? 0 : 1; }
    return function (a, b) {
      return (b.named > 0) - (a.named > 0)
        || (a.named && b.named ? (b.named >= 1) - (a.named >= 1) || Math.floor(a.tier) - Math.floor(b.tier) || b.named - a.named : 0)
        || a.misfit - b.misfit
        || (b.needs > 0) - (a.needs > 0)
        || b.line - a.line
        || a.indirect - b.indirect
        || (somewhere ? a.far - b.far : b.fit - a.fit || a.far - b.far)
        || a.special - b.special
        || Math.ceil(b.needs) - Math.ceil(a.needs)
        || (where.asked || asked.rest.length ? 0 : wide(a) - wide(b))
        || b.match - a.match
        || b.needs - a.needs
        || b.hints - a.hints
        || (asked.needs.length ? 0 : b.score - a.score)
        || a.listing.rank - b.listing.rank;
    };
  }

  function bears(listing, facet, id) {
    if (facet === "marks") return Boolean(listing[id]);
    return (listing[facet === "needs" ? "services" : facet] || []).indexOf(id) >= 0;
  }

  function count(results) {
    var counts = { needs: {}, people: {}, languages: {}, marks: {} };
    function add(facet, id) { counts[facet][id] = (counts[facet][id] || 0) + 1; }
    results.forEach(function (one) {
      var listing = one.listing;
      (listing.services || []).forEach(function (id) { add("needs", id); });
      (listing.people || []).forEach(function (id) { add("people", id); });
      (listing.languages || []).forEach(function (id) { add("languages", id); });
      ["allDay", "trafficking", "confirmed"].forEach(function (mark) { if (listing[mark]) add("marks", mark); });
    });
    return counts;
  }

  // The lines that are always there: statewide and national crisis lines, those for trafficking survivors first.
  guide.lines = function (library, county) {
    return library.listings.filter(function (one) {
      return one.crisis && guide.isWide(one) && (!county || guide.tier(one, county) < guide.NOWHERE);
    }).sort(function (a, b) { return a.rank - b.rank; }).slice(0, 5);
  };
})(window.guide);
