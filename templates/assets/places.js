// The field that finds a county by ZIP code, city or name. The names load when the field is first used.
(function () {
  "use strict";
  var form = document.querySelector("[data-find-place]");
  var field = form.querySelector("input");
  var answer = form.querySelector("div");
  var asked = false;

  // as guide/places.py writes names
  function plain(text) {
    var short = { st: "saint", ste: "sainte", ft: "fort", mt: "mount" };
    return text.toLowerCase().replace(/-/g, " ").replace(/[^a-z0-9 ]/g, "").split(" ").filter(Boolean).map(function (word) {
      return Object.prototype.hasOwnProperty.call(short, word) ? short[word] : word;
    }).join(" ");
  }

  function find(text) {
    var places = window.guidePlaces;
    var words = plain(text).replace(/ (county|missouri|illinois|mo|il)$/, "");
    var found = [];
    function add(index, why) {
      for (var i = 0; i < found.length; i++) if (found[i].index === index) return;
      found.push({ index: index, why: why });
    }
    if (!words) return found;
    if (/^\d{5}/.test(words)) {
      var zip = words.slice(0, 5);
      if (Object.prototype.hasOwnProperty.call(places.zips, zip)) add(places.zips[zip], zip);
      return found;
    }
    if (/^\d/.test(words)) return found;
    var exact = Object.prototype.hasOwnProperty.call(places.cities, words) ? places.cities[words] : [];
    exact.slice(1).forEach(function (index) { add(index, exact[0]); });
    places.counties.forEach(function (county, index) {
      if (plain(county[1]).indexOf(words) === 0) add(index, "");
    });
    Object.keys(places.cities).forEach(function (name) {
      if (found.length < 8 && name.indexOf(words) === 0) {
        places.cities[name].slice(1).forEach(function (index) { add(index, places.cities[name][0]); });
      }
    });
    return found;
  }

  function show() {
    if (!window.guidePlaces) return;
    var text = field.value.trim();
    var found = find(text).slice(0, 8);
    answer.textContent = "";
    if (!text) return;
    if (!found.length) {
      if (text.length > 2) answer.textContent = "No county found for that. Choose it on the map or in the list below.";
      return;
    }
    var list = document.createElement("ul");
    found.forEach(function (one) {
      var county = window.guidePlaces.counties[one.index];
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = county[0] + ".html";
      link.textContent = county[1];
      item.appendChild(link);
      if (one.why) item.appendChild(document.createTextNode(" (" + one.why + ")"));
      list.appendChild(item);
    });
    answer.appendChild(list);
  }

  function load() {
    if (asked) return;
    asked = true;
    var script = document.createElement("script");
    script.src = form.dataset.places;
    script.onload = show;
    document.head.appendChild(script);
  }

  form.hidden = false;
  field.addEventListener("focus", load);
  field.addEventListener("input", show);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var links = answer.querySelectorAll("a");
    if (links.length === 1) window.location.href = links[0].href;
    else if (links.length) links[0].focus();
  });
})();
