// Makes whole again what guide/packing.py and guide/known_words.py put into few bytes.
(function (guide) {
  "use strict";

  var LAST = 64, MORE = 26, VALUE = new Int8Array(128);
  for (var code = 33, at = 0; code < 127; code++) if ("\"'\\<".indexOf(String.fromCharCode(code)) < 0) VALUE[code] = at++;

  // The numbers of a text; each sign below 64 ends one.
  guide.numbers = function (text) {
    var found = [], before = 0;
    for (var i = 0; i < text.length; i++) {
      var value = VALUE[text.charCodeAt(i)];
      if (value < LAST) { found.push(before * LAST + value); before = 0; } else before = before * MORE + value - LAST;
    }
    return found;
  };

  // Of gaps the numbers: 3, 0, 4 → 3, 4, 9.
  function from(gaps) {
    var after = 0;
    return gaps.map(function (gap) { after += gap + 1; return after - 1; });
  }

  // Lists of ids from lists of their places in `ids`. The same list comes often, and is made once.
  function lists(text, ids) {
    var known = new Map();
    return text.split(" ").map(function (numbers) {
      if (!known.has(numbers)) known.set(numbers, guide.numbers(numbers).map(function (at) { return ids[at]; }));
      return known.get(numbers);
    });
  }

  function slug(name) { return name.replace(/[\u2019']/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, ""); }

  function link(number) {
    var digits = number.replace(/ ext\. .*/, "").replace(/-/g, ""), extension = number.split(" ext. ")[1];
    return "tel:" + (digits.length < 10 ? "" : "+1") + digits + (extension ? "," + extension : "");
  }

  var STATES = { mo: "Missouri", il: "Illinois" };

  function around(area, core) { return core.countyOf.has(area) ? core.countyOf.get(area).full : STATES[area.slice(0, 2)] || ""; }

  // A listing, as match.js, rank.js and results.js read it; what only a result shows is made when it is shown.
  function Listing(columns, at) {
    this.columns = columns;
    this.at = at;
    this.name = columns.name[at];
    this.area = columns.area[at][0];
    this.serves = columns.serves[at];
    this.services = columns.services[at];
    this.people = columns.people[at];
    this.languages = columns.languages[at];
    this.trafficking = Boolean(columns.flags[at] & 1);
    this.allDay = Boolean(columns.flags[at] & 2);
    this.crisis = Boolean(columns.flags[at] & 4);
    this.confirmed = columns.confirmed[at] || null;
    this.rank = columns.rank[at];
  }

  function fact(name, of) {
    Object.defineProperty(Listing.prototype, name, { get: function () { return of(this.columns, this.at, this); } });
  }

  fact("what", function (columns, at) { return columns.what[at]; });
  fact("known", function (columns, at) { return columns.known[at] || []; });
  fact("text", function (columns, at) { return columns.text[at] || null; });
  fact("website", function (columns, at) { return columns.website[at] || ""; });
  fact("newest", function (columns, at) { return columns.newest[at]; });
  fact("id", function (columns, at) {
    var rest = columns.id[at];
    return rest && rest[0] !== "-" ? rest : slug(columns.name[at]) + rest;
  });
  fact("office", function (columns, at, listing) {
    if (listing.area === "us") return columns.city[at] || "National";
    return [columns.city[at], around(listing.area, columns.core)].filter(Boolean).join(", ");
  });
  fact("numbers", function (columns, at) { return columns.phones.slice(columns.calls[at], columns.calls[at + 1]); });
  fact("phones", function (columns, at, listing) {  // each [number, link, label, hours]
    return listing.numbers.map(function (number, i) {
      return [number, link(number), columns.labels[columns.calls[at] + i], columns.hours[columns.calls[at] + i]];
    });
  });

  guide.unpackListings = function (part, core) {
    var services = core.needs.filter(function (need) { return !need.isGroup; }).map(function (need) { return need.ids[0]; });
    var ids = function (term) { return term.id; };
    var calls = [0];
    guide.numbers(part.calls).forEach(function (number, i) { calls.push(calls[i] + number); });
    var columns = {
      core: core, name: part.name, id: part.id, known: part.known, what: part.what, city: part.city, text: part.text,
      website: part.website, confirmed: part.confirmed, newest: part.newest, phones: part.phones, labels: part.labels, hours: part.hours,
      area: lists(part.area, core.areas), serves: lists(part.serves, core.areas), services: lists(part.services, services),
      people: lists(part.people, core.people.map(ids)), languages: lists(part.languages, core.languages.map(ids)),
      flags: guide.numbers(part.flags), calls: calls, rank: from(guide.numbers(part.rank))
    };
    return part.name.map(function (name, at) { return new Listing(columns, at); });
  };

  // The counties, ZIP codes and cities of the core.
  guide.unpackPlaces = function (core) {
    var areas = core.areas, packed = core.counties, regions = guide.numbers(packed.region), near = lists(packed.near, areas);
    core.counties = packed.names.map(function (name, i) {
      var isCounty = / County$/.test(name), bare = packed.phrases[i] || name.replace(/ County$/, "").toLowerCase();
      return { id: areas[i], name: name, full: packed.full[i] || name, region: areas[regions[i]], near: near[i],
               phrases: [isCounty ? bare + " county" : bare, bare, bare + " co"] };
    });
    core.countyOf = new Map(core.counties.map(function (one) { return [one.id, one]; }));
    var counties = lists(core.zips.counties, areas), zips = {};
    from(guide.numbers(core.zips.codes)).forEach(function (code, i) { zips[String(code).padStart(5, "0")] = counties[i]; });
    core.zips = zips;
    var cities = core.cities, inCounties = lists(cities.counties, areas);
    core.cities = cities.names.map(function (name, i) { return [name, cities.phrases[i] || name.toLowerCase()].concat(inCounties[i]); });
  };
})(window.guide);
