// "Leave this page": covers the page, takes its text away, then goes to a neutral page that takes its place in the
// history. Shift three times does the same. After GOV.UK's "Exit this page" (design-system.service.gov.uk), and further.
(function () {
  'use strict';
  const PRESSES = 3, SECONDS = 5;
  const MEASURES = [['3 teaspoons', '1 tablespoon'], ['4 tablespoons', '1/4 cup'], ['16 tablespoons', '1 cup'], ['2 cups', '1 pint'],
                    ['2 pints', '1 quart'], ['4 quarts', '1 gallon'], ['8 fluid ounces', '1 cup'], ['16 ounces', '1 pound']];
  const element = (name, facts, ...children) => {
    const made = Object.assign(document.createElement(name), facts);
    made.append(...children);
    return made;
  };

  const show = thing => {
    document.body.textContent = '';
    document.body.append(thing);
  };

  // the bundled neutral page: drawn, so that it also comes where no page can be fetched
  const drawMeasures = () => {
    document.title = 'Kitchen measures';
    const rows = MEASURES.map(pair => element('tr', {}, ...pair.map(words => element('td', {textContent: words}))));
    const head = element('thead', {}, element('tr', {}, ...['This', 'Is as much as'].map(
      words => element('th', {scope: 'col', textContent: words}))));
    const table = element('table', {}, element('caption', {textContent: 'Cups, spoons and pounds'}), head, element('tbody', {}, ...rows));
    show(element('main', {}, element('h1', {textContent: 'Kitchen measures'}), table));
  };
  if (document.body.hasAttribute('data-neutral')) return drawMeasures();

  const button = document.querySelector('.exit');
  const spoken = element('p', {className: 'unseen'});
  spoken.setAttribute('role', 'status');
  const lights = Array.from({length: PRESSES}, () => element('span', {className: 'light'}));
  const row = element('span', {className: 'lights'}, ...lights);
  row.setAttribute('aria-hidden', 'true');
  row.hidden = true;
  button.setAttribute('aria-label', 'Leave this page, or press Shift three times');
  button.append(row);
  document.body.append(spoken);

  let left = false;
  const leave = event => {
    if (event) event.preventDefault();
    left = true;
    document.title = 'Weather';
    for (const told of document.querySelectorAll('[name=description], [type="application/ld+json"]')) told.remove();
    const cover = element('div', {className: 'cover'}, element('span', {className: 'unseen', textContent: 'Leaving this page.'}));
    cover.setAttribute('role', 'alert');
    show(cover);
    try { sessionStorage.clear(); } catch (error) { /* the browser allows no storage, so there is nothing in it */ }
    window.name = '';
    if (location.protocol !== 'file:' && navigator.onLine) return location.replace(button.href);
    const neutral = new URL(button.dataset.neutral, document.baseURI);
    if (location.protocol === 'file:') return location.replace(neutral);
    history.replaceState(null, '', neutral);  // without a network no page comes, so this one becomes it
    drawMeasures();
  };
  for (const link of document.querySelectorAll('[data-exit]')) link.addEventListener('click', leave);
  // a page that was left, and that the browser kept in memory, is empty: it is loaded anew
  addEventListener('pageshow', event => { if (event.persisted && left) location.reload(); });

  // Shift three times: counted when it is let go, for Shift with another key is a capital letter
  let presses = 0, timer = 0, modified = false;
  const count = (number, words) => {
    presses = number;
    lights.forEach((light, place) => light.classList.toggle('on', place < number));
    row.hidden = number === 0;
    spoken.textContent = words;
    clearTimeout(timer);
    if (number) timer = setTimeout(() => count(0, 'Leaving with the Shift key was called off.'), SECONDS * 1000);
  };
  addEventListener('keydown', event => { modified = event.key !== 'Shift' && (modified || event.shiftKey); });
  addEventListener('keyup', event => {
    if (left) return;
    if (event.key !== 'Shift' || modified || event.altKey || event.ctrlKey || event.metaKey) {
      if (presses) count(0, '');
    } else if (presses + 1 === PRESSES) {
      count(PRESSES, 'Leaving this page.');
      leave();
    } else {
      const rest = PRESSES - presses - 1;
      count(presses + 1, `Shift: press ${rest} more ${rest === 1 ? 'time' : 'times'} to leave this page.`);
    }
  });
})();
