// How near a listing is to the place that was asked for.
(function (guide) {
  "use strict";

  var NOWHERE = 9, NEARBY = 5;
  guide.NOWHERE = NOWHERE;
  guide.NEARBY = NEARBY;

  function has(list, id) { return Boolean(list) && list.indexOf(id) >= 0; }

  // As seen from a county, as in guide/coverage.py: 0 office here, 1 serves it, 2 statewide, 3 national.
  guide.tier = function (listing, county) {
    if (listing.area === county.id) return 0;
    var serves = listing.serves && listing.serves.length ? listing.serves : [listing.area];
    if (has(serves, county.id) || has(serves, county.region)) return 1;
    if (has(serves, county.id.slice(0, 2))) return 2;
    return has(serves, "us") ? 3 : NOWHERE;
  };

  guide.isWide = function (listing) { return listing.area === "us" || listing.area === "mo" || listing.area === "il"; };

  // As seen from a whole state: 0 serves all of it, 1 has its office or a county there, 2 national.
  function inState(listing, state) {
    if (has(listing.serves, state) || listing.area === state) return 0;
    var inside = function (area) { return area.slice(0, 3) === state + "/"; };
    if (inside(listing.area) || (listing.serves || []).some(inside)) return 1;
    return has(listing.serves, "us") || listing.area === "us" ? 2 : NOWHERE;
  }

  // County → by how many borders it is away from the nearest of some.
  guide.away = function (counties, core) {
    var away = new Map(), ring = counties, borders = 0;
    function isNew(id) { return !away.has(id) && core.countyOf.has(id); }
    while (ring.length) {
      ring.forEach(function (county) { away.set(county.id, borders); });
      var next = new Set([].concat.apply([], ring.map(function (county) { return county.near; })).filter(isNew));
      ring = Array.from(next, function (id) { return core.countyOf.get(id); });
      borders++;
    }
    return away;
  };

  // Gives the counties that were asked for, those beside them, and `of(listing)`: its tier, and the county that it is
  // nearest to. A half more is for the smaller of two cities of one name.
  guide.where = function (place, core) {
    var ids = place ? place.ids : [];
    var counties = core.counties.filter(function (one) { return ids.indexOf(one.id) >= 0; });
    counties.sort(function (a, b) { return ids.indexOf(a.id) - ids.indexOf(b.id); });
    var near = new Set();
    counties.forEach(function (one) { one.near.forEach(function (id) { near.add(id); }); });
    var nearby = core.counties.filter(function (one) { return near.has(one.id) && counties.indexOf(one) < 0; });

    function of(listing) {
      if (place && place.state) return { tier: inState(listing, place.state), county: null };
      if (!counties.length) return { tier: 0, county: null };
      var best = { tier: NOWHERE, county: null };
      counties.forEach(function (county, i) {
        var tier = guide.tier(listing, county) + (i < place.first ? 0 : 0.5);
        if (tier < best.tier) best = { tier: tier, county: county };
      });
      if (best.tier < NOWHERE) return best;
      var beside = nearby.filter(function (county) { return guide.tier(listing, county) < 2; })[0];
      return beside ? { tier: NEARBY, county: beside } : best;
    }
    return { counties: counties, nearby: nearby, asked: Boolean(place), of: of };
  };
})(window.guide);
