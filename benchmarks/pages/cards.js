// Draws ten plain cards: the same for every engine.
window.plainCards = function (box, listings, root) {
  "use strict";
  function make(name, text, href) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (href) element.href = href;
    return element;
  }
  var list = document.createElement("ol");
  list.className = "cards found";
  listings.forEach(function (one) {
    var card = make("li"), title = make("h3");
    card.dataset.listing = one.id;
    title.appendChild(make("a", one.name, root + "listings/" + one.id + ".html"));
    card.appendChild(title);
    (one.phones || []).slice(0, 2).forEach(function (phone) {
      var call = make("p");
      call.className = "call";
      call.appendChild(make("a", phone[0], phone[1]));
      if (phone[2]) call.appendChild(make("span", " " + phone[2]));
      card.appendChild(call);
    });
    card.appendChild(make("p", one.what));
    card.appendChild(make("p", one.office));
    list.appendChild(card);
  });
  box.textContent = "";
  box.appendChild(list);
};
