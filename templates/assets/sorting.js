// Makes the headings of a table sort it: up, then down. Without it the table stands in the order of its counties.
(function () {
  'use strict';
  const order = cell => cell.dataset.order ? Number(cell.dataset.order) : cell.textContent.trim();
  const compare = (a, b) => typeof a === 'number' ? a - b : a.localeCompare(b, 'en', {numeric: true});

  for (const table of document.querySelectorAll('table[data-sortable]')) {
    const headings = [...table.tHead.rows[0].cells];
    const first = [...table.tBodies[0].rows];
    headings.forEach((heading, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener('click', () => {
        const down = heading.getAttribute('aria-sort') === 'ascending';
        for (const other of headings) other.removeAttribute('aria-sort');
        heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const sorted = first.map(row => [order(row.cells[column]), row]).sort((a, b) => compare(a[0], b[0]) * (down ? -1 : 1));
        table.tBodies[0].append(...sorted.map(pair => pair[1]));
      });
    });
    headings[0].setAttribute('aria-sort', 'ascending');
  }
})();
