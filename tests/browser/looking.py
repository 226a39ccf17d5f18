"""What the browser tests look at a page with: each script gives what is wrong, as words; nothing where all is well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PHONE, TABLET, DESK = (360, 640), (768, 1024), (1280, 800)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read the guide: where its folder stands, and how its addresses begin."""

    site: Path
    start: str

    def __call__(self, address: str) -> str:
        return self.start + address


DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
"""Waits until a page is drawn as its styles say: what folds opens on paper only then."""
UNFOLD = "() => document.querySelectorAll('details').forEach(one => { one.open = true })"

_TEXTS = """
  const strictly = {visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true};
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest('svg, script, .unseen') || !element.checkVisibility(strictly)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    texts.push({element, words: walker.currentNode.data.trim().slice(0, 40), boxes: [...range.getClientRects()]});
  }
"""

CUT = f"""() => {{
  {_TEXTS}
  const cut = new Set();
  const wide = document.scrollingElement.scrollWidth;
  if (wide > innerWidth) cut.add(`scrolls sideways: ${{wide}}`);
  for (const {{element, words, boxes}} of texts) for (const box of boxes) {{
    if (element.closest('[role="region"][tabindex="0"]')) continue;  // it scrolls by itself, and can be focused
    if (box.left < -1 || box.right > innerWidth + 1) cut.add(`'${{words}}' runs out of the window`);
    for (let above = element; above !== document.body; above = above.parentElement) {{
      const style = getComputedStyle(above), frame = above.getBoundingClientRect();
      if (!/hidden|clip/.test(style.overflow)) continue;
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
        cut.add(`'${{words}}' is cut off`);
    }}
  }}
  const exit = document.querySelector('.exit'), frame = exit.getBoundingClientRect();
  for (const {{element, words, boxes}} of texts) for (const box of boxes)
    if (!exit.contains(element) && box.left < frame.right && box.right > frame.left && box.top < frame.bottom
        && box.bottom > frame.top && scrollY === 0) cut.add(`'${{words}}' lies under the way out`);
  return [...cut].slice(0, 5);
}}"""

_IN_SENTENCE = """
  const inSentence = one => [...(one.closest('sup') ?? one).parentElement.childNodes]
    .some(node => node.nodeType === 3 && /\\p{L}/u.test(node.data));
"""

# a link in a sentence may be as low as its line (WCAG 2.2, 2.5.8), and each county of the map stands in a list as well
SMALL = f"() => {{ {_IN_SENTENCE}" + """
  const small = [];
  for (const one of document.querySelectorAll('a[href], button, summary, input, select, textarea')) {
    if (!one.checkVisibility({visibilityProperty: true}) || one.closest('svg')) continue;
    const box = one.getBoundingClientRect();
    if (!inSentence(one) && (box.width < 24 || box.height < 24)) {
      const parent = one.parentElement, place = parent.tagName.toLowerCase() + (parent.className && '.' + parent.className);
      small.push(`${place} > '${one.textContent.trim().slice(0, 30)}' ${box.width.toFixed(1)}x${box.height.toFixed(1)}`);
    }
  }
  return small.slice(0, 8);
}"""

SMALL_ON_PAPER = f"() => {{ {_IN_SENTENCE}" + """
  const points = one => parseFloat(getComputedStyle(one).fontSize) * 0.75;
  return [...document.querySelectorAll('main a[href^="tel:"]')].filter(one => !inSentence(one) && points(one) < 12.99)
    .map(one => `${one.textContent} is ${points(one)} points high`).slice(0, 3);
}"""

FAINT = f"""() => {{
  {_TEXTS}
  const parts = color => /^rgba?\\(/.test(color) ? color.match(/[\\d.]+/g).map(Number) : [0, 0, 0, 1];
  const light = color => {{
    const linear = n => n <= 10.31475 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = parts(color).slice(0, 3).map(linear);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }};
  const behind = element => {{
    for (let above = element; above; above = above.parentElement) {{
      const color = getComputedStyle(above).backgroundColor;
      if ((parts(color)[3] ?? 1) > 0) return color;
    }}
    return 'rgb(255, 255, 255)';
  }};
  const faint = new Set();
  for (const {{element, words}} of texts) {{
    const color = getComputedStyle(element).color, back = behind(element);
    if (!/^rgba?\\(/.test(color + back)) faint.add(`cannot judge ${{color}} on ${{back}}`);
    const [dark, bright] = [light(color), light(back)].sort((a, b) => a - b);
    const ratio = (bright + 0.05) / (dark + 0.05);
    if (ratio < 4.5) faint.add(`'${{words}}' ${{color}} on ${{back}}: ${{ratio.toFixed(1)}}`);
  }}
  return [...faint];
}}"""
