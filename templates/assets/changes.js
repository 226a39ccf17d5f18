// Shows only what changed since the edition of a copy: changes.html#since=2026-05-01, or a day that is typed in.
(function () {
  'use strict';
  const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
    'November', 'December'];
  const since = document.querySelector('.since');
  const edition = document.querySelector('[data-edition]').dateTime;

  function isDay(text) {
    const day = new Date(text + 'T00:00:00Z');
    return /^[12]\d{3}-\d\d-\d\d$/.test(text) && !isNaN(day) && day.toISOString().slice(0, 10) === text;
  }

  function inWords(day) {
    const [year, month, date] = day.split('-').map(Number);
    return MONTHS[month - 1] + ' ' + date + ', ' + year;
  }

  // What was changed on the very day of a copy may have come after it, so it is shown.
  function show(day, said) {
    const field = since.querySelector('input');
    let count = 0;
    let same = 0;
    for (const change of document.querySelectorAll('[data-on]')) {
      change.hidden = change.dataset.on < day;
      const number = Number(change.dataset.count || 1);
      if (!change.hidden) count += number;
      if (change.dataset.on === day) same += number;
    }
    for (const part of document.querySelectorAll('[data-area], [data-month]')) {
      part.hidden = !part.querySelector('[data-on]:not([hidden])');
    }
    for (const older of document.querySelectorAll('[data-older]')) older.hidden = Boolean(day);
    since.querySelector('button').hidden = !day;
    if (field.value !== day) field.value = day;
    since.querySelector('[role=status]').textContent = day ? inSentences(day, count, same) : said;
  }

  function inSentences(day, count, same) {
    const copy = 'the edition of ' + inWords(day);
    if (day > edition) return 'Your copy, ' + copy + ', is newer than this page, which is of ' + inWords(edition) + '.';
    const number = count.toLocaleString('en');
    const said = [count ? 'Changes since ' + copy + ': ' + number + '.' : 'Nothing changed since ' + copy + '.'];
    if (same) said.push('Of that day itself: ' + same.toLocaleString('en') + ', which your copy may have already.');
    const told = since.dataset.told;
    if (told && day < told) said.push('What changed before ' + inWords(told) + ' is not listed here: get a new copy.');
    return said.join(' ');
  }

  // The day is taken out of the address at once: no trace of it is kept.
  function asked() {
    if (!window.location.hash.startsWith('#since=')) return;
    const day = window.location.hash.slice('#since='.length);
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    if (!since) return;
    if (isDay(day)) show(day);
    else show('', 'The link to this page names no day. All changes are shown.');
  }

  if (since) {
    const field = since.querySelector('input');
    since.hidden = false;
    field.addEventListener('change', () => show(isDay(field.value) ? field.value : '', ''));
    since.querySelector('button').addEventListener('click', () => {
      show('', 'All changes are shown.');
      field.focus();
    });
  }
  asked();
  window.addEventListener('hashchange', asked);
})();
