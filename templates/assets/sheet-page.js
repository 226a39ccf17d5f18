// The page of the referral sheet: order, note, print, copy. Which listings are on it, assets/sheet.js knows.
(function (guide) {
  'use strict';
  const SCRIPTS = 64;  // as in guide/sheet.py
  const WORDS = {
    en: {title: 'Phone numbers', text: 'Text', allDay: '24 hours', lang: 'en'},
    es: {title: 'Teléfonos', text: 'Mensaje de texto', allDay: '24 horas', lang: 'es'},
  };
  const page = document.querySelector('[data-sheet-page]');
  const one = selector => page.querySelector(selector);
  const form = one('form'), list = one('.picked'), paper = one('.paper'), told = one('.told'), warning = one('.warning');
  const name = one('#sheet-name'), note = one('#sheet-note'), copied = one('#sheet-copied');
  const facts = {}, title = document.title;
  let words = null, missing = [];

  const make = (element, attributes, ...children) => {
    const made = document.createElement(element);
    for (const key of Object.keys(attributes)) {
      if (key === 'click') made.addEventListener('click', attributes.click);
      else made.setAttribute(key, attributes[key]);
    }
    made.append(...children.filter(child => child));
    return made;
  };
  const chosen = group => form.querySelector(`input[name=${group}]:checked`).value;
  const ids = () => guide.sheet.ids().filter(id => facts[id]);

  // What is needed arrives as calls of guide.sheet.facts and guide.sheet.words.

  guide.sheet.facts = some => Object.assign(facts, some);
  guide.sheet.words = some => { words = some; };
  const load = file => new Promise(done => {
    const script = make('script', {src: `assets/sheet/${file}.sheet.js`});
    script.onload = script.onerror = done;
    document.head.append(script);
  });
  const scriptOf = id => [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % SCRIPTS;
  const asked = {};
  const loadAll = some => Promise.all(['words', ...some.map(scriptOf)].map(file => asked[file] = asked[file] || load(file)));

  // The list

  const move = (id, by) => {
    const order = guide.sheet.ids(), from = order.indexOf(id), to = from + by;
    if (to < 0 || to >= order.length) return;
    order.splice(to, 0, order.splice(from, 1)[0]);
    guide.sheet.set(order);
    draw();
    const button = list.querySelector(`[data-id="${id}"] [data-by="${by}"]`);
    (button.disabled ? list.querySelector(`[data-id="${id}"] [data-by="${-by}"]`) : button).focus();
    told.textContent = `${facts[id].name} is number ${to + 1} of ${order.length}.`;
  };
  const remove = id => {
    const order = guide.sheet.ids(), place = order.indexOf(id);
    guide.sheet.set(order.filter(other => other !== id));
    draw();
    const rest = list.children[Math.min(place, list.children.length - 1)];
    if (rest) rest.querySelector('[data-remove]').focus();
    else one('[data-empty] a').focus();
    told.textContent = `${facts[id].name} is off the sheet.`;
  };

  let dragged = null;
  const item = (id, place, all) => {
    const button = (label, attributes) => make('button', {type: 'button', 'aria-label': `${label}: ${facts[id].name}`, ...attributes}, label);
    const up = button('Up', {'data-by': '-1', click: () => move(id, -1)});
    const down = button('Down', {'data-by': '1', click: () => move(id, 1)});
    up.disabled = place === 0;
    down.disabled = place === all - 1;
    const made = make('li', {'data-id': id, draggable: 'true'},
      make('a', {href: `listings/${id}.html`}, facts[id].name),
      make('span', {class: 'place'}, facts[id].phones.length ? facts[id].phones[0].number : 'No number known'),
      make('span', {class: 'do'}, up, down, button('Remove', {'data-remove': '', click: () => remove(id)})));
    made.addEventListener('dragstart', () => { dragged = id; });
    made.addEventListener('dragover', event => event.preventDefault());
    made.addEventListener('drop', event => {
      event.preventDefault();
      const order = guide.sheet.ids();
      if (dragged && dragged !== id) move(dragged, order.indexOf(id) - order.indexOf(dragged));
      dragged = null;
    });
    return made;
  };

  // What is printed

  const call = phone => make('p', {class: 'call'}, make('a', {class: 'number', href: phone.link}, phone.number),
    phone.label || phone.hours ? make('span', {}, ` ${[phone.label, phone.hours].filter(Boolean).join(', ')}`) : null);

  const age = listing => {
    if (!listing.confirmed) {
      const source = listing.newest ? `newest public source: ${listing.newest}` : 'public sources without a date';
      return make('p', {class: 'age unconfirmed'}, make('b', {}, 'Call first.'), ` Not confirmed; ${source}`);
    }
    const {on, due, old, words} = listing.confirmed;
    return make('p', {class: 'age', 'data-confirmed': on, 'data-due': due, 'data-old': old}, words, make('span', {}));
  };

  const fullSheet = () => {
    const edition = document.querySelector('[data-edition]').parentElement.firstChild;
    const day = new Date().toLocaleDateString('en-US', {year: 'numeric', month: 'long', day: 'numeric'});
    const sheet = make('div', {}, make('h2', {}, 'Referral sheet'),
      make('p', {class: 'note'}, `Printed on ${day}. ${edition.textContent}${document.querySelector('[data-edition]').textContent}`
        + `${document.querySelector('[data-edition-age]').textContent}. Facts come from public sources and may have changed. Call first.`));
    if (name.value) sheet.append(make('p', {}, make('b', {}, 'Name: '), name.value));
    if (note.value) sheet.append(make('p', {class: 'written'}, make('b', {}, 'Note: '), note.value));
    ids().forEach(id => {
      const listing = facts[id];
      sheet.append(make('section', {class: 'entry'}, make('h3', {}, listing.name),
        ...listing.phones.map(call),
        listing.text ? make('p', {class: 'call'}, 'Text ', make('a', {class: 'number words', href: listing.text.link}, listing.text.number)) : null,
        listing.phones.length || listing.text ? null : make('p', {class: 'call none'}, 'No number known'),
        age(listing),
        make('dl', {}, ...listing.facts.map(row => make('div', {}, make('dt', {}, row[0]), make('dd', {}, row[1])))),
        make('p', {class: 'note'}, `Sources: ${listing.sources.join('; ')}`)));
    });
    guide.freshen(sheet);
    return sheet;
  };

  const hours = (phone, lang) => {
    if (!phone.hours) return '';
    return phone.hours === '24 hours a day' ? lang.allDay : lang === WORDS.es ? phone.es : phone.hours;
  };
  const reachable = id => facts[id].phones.length || facts[id].text;
  const pocketSlip = () => {
    const lang = WORDS[chosen('language')];
    const slip = make('div', {class: 'slip', lang: lang.lang}, make('h2', {}, lang.title));
    ids().filter(reachable).forEach(id => {
      const listing = facts[id];
      const numbers = listing.phones.map(phone => make('p', {}, make('b', {}, phone.number), ` ${hours(phone, lang)}`));
      if (listing.text) numbers.push(make('p', {}, `${lang.text} `, make('b', {}, listing.text.number)));
      slip.append(make('div', {class: 'entry'}, make('p', {lang: 'en'}, listing.discreet), ...numbers));
    });
    if (note.value || name.value) {
      slip.append(make('div', {class: 'entry', lang: ''}, make('p', {class: 'written'}, note.value), make('p', {}, name.value)));
    }
    return slip;
  };

  const warn = () => {
    const said = chosen('layout') === 'pocket' ? paper.textContent : '';
    const beginnings = words.telling.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
    const found = new Set((said.match(new RegExp(`(?<![\\p{L}])(?:${beginnings})\\p{L}*`, 'giu')) || []).map(word => word.toLowerCase()));
    const without = chosen('layout') === 'pocket' ? ids().filter(id => !reachable(id)).map(id => facts[id].name) : [];
    warning.textContent = [
      found.size ? `The slip has words that can give it away: ${[...found].join(', ')}.` : '',
      without.length ? `Not on the slip, for no number is known: ${without.join(', ')}.` : '',
    ].filter(Boolean).join(' ');
  };

  const draw = () => {
    const some = ids(), pocket = chosen('layout') === 'pocket';
    one('[data-empty]').hidden = some.length > 0;
    form.hidden = paper.hidden = !some.length;
    list.replaceChildren(...some.map((id, place) => item(id, place, some.length)));
    one('[data-language]').hidden = !pocket;
    drawPaper();
    document.documentElement.classList.toggle('pocket', pocket && some.length > 0);
    document.title = pocket && some.length ? WORDS[chosen('language')].title : title;
    if (missing.length) told.textContent = `Not in this edition of the guide: ${missing.join(', ')}.`;
  };
  const drawPaper = () => {
    paper.replaceChildren(chosen('layout') === 'pocket' ? pocketSlip() : fullSheet());
    paper.classList.toggle('pocket', chosen('layout') === 'pocket');
    warn();
  };

  // Copying

  const asText = () => {
    const lines = [];
    for (const part of paper.querySelectorAll('h2, h3, p, dl > div')) {
      if (part.matches('h2, h3') && lines.length) lines.push('');
      else if (part.parentElement.matches('.slip > .entry') && !part.previousElementSibling) lines.push('');
      lines.push(part.matches('div') ? `${part.firstChild.textContent}: ${part.lastChild.textContent}` : part.textContent.trim());
    }
    return `${lines.join('\n')}\n`;
  };
  const asLink = () => {
    const base = location.protocol === 'file:' && words.address ? `${words.address}sheet.html` : location.href.split('#')[0];
    return `${base}#${ids().join(',')}`;
  };
  const copy = (text, what) => {
    copied.value = text;
    copied.parentElement.hidden = false;
    copied.focus();
    copied.select();
    const byHand = () => {
      told.textContent = document.execCommand('copy') ? `${what} was copied.` : `Copy ${what.toLowerCase()} from the field: press Ctrl and C.`;
    };
    if (!navigator.clipboard) return byHand();
    navigator.clipboard.writeText(text).then(() => { told.textContent = `${what} was copied.`; }, byHand);
  };

  const actions = {
    print: () => window.print(),
    text: () => copy(asText(), 'The text'),
    link: () => copy(asLink(), 'The link'),
    clear: () => {
      guide.sheet.set([]);
      forget();
      draw();
      one('[data-empty] a').focus();
    },
  };
  const forget = () => {
    name.value = note.value = copied.value = '';
    copied.parentElement.hidden = true;
  };
  form.addEventListener('click', event => {
    const action = event.target.dataset.do;
    if (action) actions[action]();
  });
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('change', draw);
  form.addEventListener('input', drawPaper);
  addEventListener('pagehide', forget);  // a page kept in memory keeps its fields, too

  // A link to a sheet: its ids leave the address at once.
  const open = () => {
    const linked = location.hash.slice(1).split(',').filter(id => /^[a-z0-9-]+$/.test(id));
    if (location.hash) history.replaceState(null, '', location.pathname + location.search);
    if (linked.length) guide.sheet.set([...guide.sheet.ids(), ...linked]);
    return loadAll(guide.sheet.ids()).then(() => {
      missing = guide.sheet.ids().filter(id => !facts[id]);
      if (missing.length) guide.sheet.set(ids());
      document.querySelector('[data-without-scripts]').hidden = true;
      page.hidden = false;
      draw();
    });
  };
  addEventListener('hashchange', () => { if (location.hash) open(); });
  open();
})(window.guide);
