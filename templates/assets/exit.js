// "Leave this page": hides the page first, then goes to a neutral page that takes this page's place in the history.
(function () {
  "use strict";
  var links = document.querySelectorAll("[data-exit]");
  function leave(event) {
    event.preventDefault();
    document.documentElement.className += " left";
    document.title = "";
    window.location.replace(this.href);
  }
  for (var i = 0; i < links.length; i++) links[i].addEventListener("click", leave);
  // a page that the browser kept in memory shows itself again
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) window.location.reload();
  });
})();
