// The referral sheet: which listings a reader picked. It lives in this tab alone, and in nothing that stays.
window.guide = window.guide || {};
(function (guide) {
  'use strict';
  const KEY = 'sheet';
  // Firefox gives each page of a folder a storage of its own; the window's name goes from page to page there
  const inFolder = location.protocol === 'file:';
  const CARDS = ['h3 > a', 'h4 > a', '.rows > li > a:first-child'].map(one => `${one}[href*="listings/"]`).join();

  const known = text => {
    try {
      const ids = JSON.parse(text);
      return Array.isArray(ids) ? ids.filter(id => /^[a-z0-9-]+$/.test(id)) : [];
    } catch (error) { return []; }
  };
  const stored = () => {
    try { return sessionStorage.getItem(KEY) || ''; } catch (error) { return ''; }
  };
  const read = () => {
    const here = known(stored());
    return here.length || !inFolder ? here : known(window.name);
  };
  const write = ids => {
    const text = ids.length ? JSON.stringify(ids) : '';
    try {
      if (text) sessionStorage.setItem(KEY, text); else sessionStorage.removeItem(KEY);
    } catch (error) { /* no storage is allowed: then the sheet holds for this page */ }
    if (inFolder) window.name = text;
    picked = ids;
    tell();
  };
  let picked = read();

  const link = document.querySelector('[data-sheet]');
  const spoken = document.createElement('p');
  spoken.className = 'unseen';
  spoken.setAttribute('role', 'status');
  document.body.append(spoken);
  const count = () => {
    link.textContent = picked.length ? `Sheet (${picked.length})` : 'Sheet';
    link.parentElement.classList.toggle('also', !picked.length);
  };
  const tell = () => {
    count();
    for (const button of document.querySelectorAll('button.add')) show(button);
  };

  const show = button => {
    const on = picked.includes(button.dataset.id);
    button.textContent = on ? 'Added' : 'Add';
    button.setAttribute('aria-label', `${on ? 'Added' : 'Add'} to the sheet: ${button.dataset.name}`);
    button.classList.toggle('on', on);
  };
  const add = (id, name) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'add';
    button.dataset.id = id;
    button.dataset.name = name;
    show(button);
    return button;
  };
  const id = link => (/listings\/([a-z0-9-]+)\.html$/.exec(link.getAttribute('href')) || [])[1];

  guide.sheet = {
    ids: () => picked.slice(),
    set: ids => write(ids.filter((one, place) => ids.indexOf(one) === place)),
    // Put a button beside each listing inside `element`.
    offer: element => {
      for (const link of element.querySelectorAll(CARDS)) {
        if (!id(link) || link.dataset.offered) continue;
        link.dataset.offered = '';
        link.closest('li').append(add(id(link), link.textContent));
      }
    },
  };

  document.addEventListener('click', event => {
    const button = event.target.closest('button.add');
    if (!button) return;
    const on = picked.includes(button.dataset.id);
    write(on ? picked.filter(one => one !== button.dataset.id) : [...picked, button.dataset.id]);
    spoken.textContent = `${button.dataset.name} is ${on ? 'off' : 'on'} the sheet. ${picked.length} on it.`;
  });
  // a page that the browser kept in memory may know an older sheet
  addEventListener('pageshow', event => { if (event.persisted) { picked = read(); tell(); } });

  guide.sheet.offer(document);
  const listing = document.querySelector('article.listing h1');
  if (listing) document.querySelector('.listing .phones').append(add(/([a-z0-9-]+)\.html$/.exec(location.pathname)[1], listing.textContent));
  count();
})(window.guide);
