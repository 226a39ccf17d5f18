// A listing's card among the results. Everything is made by DOM calls: no text of a reader or a listing is read as HTML.
(function (guide) {
  "use strict";

  // Makes an element: its attributes, `text` or `click` among them, and its children.
  guide.make = function (name, attributes, children) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      if (key === "text") element.textContent = attributes.text;
      else if (key === "click") element.addEventListener("click", attributes.click);
      else if (attributes[key] !== null && attributes[key] !== undefined) element.setAttribute(key, attributes[key]);
    });
    (children || []).forEach(function (child) {
      if (child) element.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return element;
  };
  var make = guide.make;

  // A listing's name and what it does, in pieces, each with its words: [name, what], read once.
  function piecesOf(listing, core) {
    if (!listing.pieces) {
      listing.pieces = [listing.name, listing.what].map(function (text) {
        return text.split(/([\p{L}\p{N}'\u2019]+)/u).map(function (piece, i) {
          return { text: piece, words: i % 2 ? guide.words(piece, core.same) : [] };
        });
      });
    }
    return listing.pieces;
  }

  // Which pieces have a word that was asked for: [places in the name, places in what it does].
  function marksOf(one, core) {
    var wanted = new Set(guide.wordsIn(one));
    return piecesOf(one.listing, core).map(function (pieces) {
      var places = [];
      pieces.forEach(function (piece, i) { if (piece.words.some(function (word) { return wanted.has(word); })) places.push(i); });
      return places;
    });
  }

  function marked(pieces, marks) {
    var out = [], from = 0;
    function textTo(end) { return pieces.slice(from, end).map(function (piece) { return piece.text; }).join(""); }
    marks.forEach(function (at) {
      out.push(textTo(at), make("mark", { text: pieces[at].text }));
      from = at + 1;
    });
    return out.concat(textTo(pieces.length)).filter(Boolean);
  }

  function why(one, asked, labels) {
    var listing = one.listing, said = [];
    if (one.county) {
      var name = one.county.full, tier = Math.floor(one.tier);
      if (tier === 0) said.push("office in " + name);
      else if (tier === 1) said.push("serves " + name);
      else if (tier === 2) said.push("statewide");
      else if (tier === 3) said.push("national");
      else if (tier === guide.NEARBY) said.push("in or for " + name + ", nearby");
    }
    asked.needs.forEach(function (need) {
      need.ids.forEach(function (id) {
        if ((listing.services || []).indexOf(id) >= 0 && labels.needs[id]) said.push(labels.needs[id].toLowerCase());
      });
    });
    asked.people.forEach(function (chip) {
      chip.ids.forEach(function (id) { if ((listing.people || []).indexOf(id) >= 0) said.push("serves " + labels.people[id]); });
    });
    asked.languages.forEach(function (chip) {
      chip.ids.forEach(function (id) { if ((listing.languages || []).indexOf(id) >= 0) said.push("speaks " + labels.languages[id]); });
    });
    if (listing.allDay) said.push("24-hour line");
    if (listing.trafficking) said.push("says it serves trafficking survivors");
    return said.filter(function (text, i) { return said.indexOf(text) === i; });
  }

  // How a result's card looks, besides what the listing says itself: why it was found, and which words are marked.
  guide.looksOf = function (one, asked, labels, core) {
    return { said: why(one, asked, labels), marks: marksOf(one, core) };
  };

  // Makes the card of a result that is to look so.
  guide.card = function (one, looks, core, labels, root) {
    var listing = one.listing, pieces = piecesOf(listing, core);
    var ask = one.county && one.tier < 1 && !says(listing, one.county);
    var item = make("li", { "data-listing": listing.id }, [
      make("h3", {}, [make("a", { href: root + "listings/" + listing.id + ".html" }, marked(pieces[0], looks.marks[0]))])
    ].concat(phones(listing), [
      looks.said.length ? make("p", { "class": "why", text: looks.said.join(" \u00b7 ") }) : null,
      make("p", { "class": "what" }, marked(pieces[1], looks.marks[1])),
      make("p", { "class": "facts", text: listing.office + ((listing.people || []).length ? " \u00b7 " + listing.people.map(function (id) { return labels.people[id]; }).join(", ") : "") }),
      age(listing, core),
      ask ? make("p", { "class": "ask", text: "Ask whether they serve your county." }) : null,
      one.tier === guide.NEARBY ? make("p", { "class": "ask", text: "Not in your county. Ask whether they serve it." }) : null
    ]));
    guide.freshen(item);
    guide.sheet.offer(item);
    return item;
  };

  function says(listing, county) {
    return (listing.serves || []).some(function (area) { return area === county.id || area === county.region || area === county.id.slice(0, 2) || area === "us"; });
  }

  function phones(listing) {
    var rows = (listing.phones || []).slice(0, 2).map(function (phone) {
      var repeats = /24/.test(phone[2] || "") && phone[3] === "24 hours a day";
      var label = [phone[2], repeats ? "" : phone[3]].filter(Boolean).join(", ");
      return make("p", { "class": "call" }, [make("a", { "class": "number", href: phone[1], text: phone[0] }), label ? make("span", { text: " " + label }) : null]);
    });
    if (listing.text) rows.push(make("p", { "class": "call" }, [make("span", { text: "Text " }), make("a", { "class": "number words", href: listing.text[1], text: listing.text[0] })]));
    if (!rows.length) {
      rows.push(make("p", { "class": "call none" }, ["No number known", listing.website ? " \u00b7 " : null,
        listing.website ? make("a", { href: listing.website, rel: "noreferrer", text: listing.website.replace(/^https?:\/\/(www\.)?/, "").split("/")[0] }) : null]));
    }
    return rows;
  }

  var HOW = { phone: "by phone", email: "by e-mail", visit: "by a visit", website: "on its website" };

  function age(listing, core) {
    if (listing.confirmed) {
      return make("p", { "class": "age", "data-confirmed": listing.confirmed[0], "data-due": listing.crisis ? core.limits.crisisDue : core.limits.due,
                         "data-old": listing.crisis ? core.limits.crisisOld : core.limits.old },
        ["Confirmed " + HOW[listing.confirmed[2]] + " on " + listing.confirmed[1], make("span", {})]);
    }
    return make("p", { "class": "age unconfirmed" }, [make("b", { text: "Call first." }),
      listing.newest ? " Not confirmed; newest public source: " + listing.newest : " Not confirmed; public sources without a date"]);
  }
})(window.guide);
