// Ages are worked out when the page is read, so that an old copy says that it is old.
window.guide = window.guide || {};
(function (guide) {
  "use strict";
  var DAY = 24 * 60 * 60 * 1000;
  var OLD_COPY = 180;  // days after which a copy says so on each page

  function daysSince(text) {
    var part = text.split("-");
    var now = new Date();
    return Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - Date.UTC(+part[0], part[1] - 1, +part[2])) / DAY);
  }

  function ago(days) {
    if (days < 1) return "today";
    if (days === 1) return "1 day ago";
    if (days < 61) return days + " days ago";
    if (days < 730) return Math.floor(days / 30.44) + " months ago";
    return Math.floor(days / 365.25) + " years ago";
  }

  // Say of each confirmed listing inside `element` how long ago that was, and whether it is due or old.
  guide.freshen = function (element) {
    var confirmed = element.querySelectorAll("[data-confirmed]");
    for (var i = 0; i < confirmed.length; i++) {
      var data = confirmed[i].dataset;
      var days = daysSince(data.confirmed);
      var said = ", " + ago(days);
      if (days > +data.old) said += ". That is long ago. Call first.";
      else if (days > +data.due) said += ". It is due to be confirmed again.";
      confirmed[i].className += days > +data.old ? " old" : days > +data.due ? " due" : " fresh";
      confirmed[i].lastElementChild.textContent = said;
    }
  };

  var edition = document.querySelector("[data-edition]");
  var age = daysSince(edition.dateTime);
  document.querySelectorAll("[data-edition-age]").forEach(function (place) { place.textContent = ", " + ago(age); });
  if (age > OLD_COPY) {
    var banner = document.createElement("p");
    banner.className = "old-copy";
    banner.textContent = "This copy of the guide is from " + ago(age) + ". Numbers may have changed, so call first.";
    if (edition.dataset.newest) {
      var newest = document.createElement("a");
      newest.href = newest.textContent = edition.dataset.newest;
      newest.rel = "noreferrer";
      banner.append(" The newest is at ", newest);
    } else banner.append(" Ask the person who gave it to you for a newer one.");
    document.querySelector("main").prepend(banner);
    document.documentElement.classList.add("old");
  }
  guide.freshen(document);
})(window.guide);
