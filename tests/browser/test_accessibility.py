"""For everyone: WCAG 2.2 AA, on each kind of page, in each way in which people set up their browsers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from axe import SHORTEN, source, violations
from looking import CUT, DESK, PHONE, UNFOLD, Way
from playwright.sync_api import Browser, Page, expect

PageOf = Callable[..., Page]
MODES: dict[str, dict[str, Any]] = {
    "light": {"size": DESK}, "dark on a phone": {"size": PHONE, "color_scheme": "dark"}, "forced colors": {"size": DESK, "forced_colors": "active"},
    "zoomed to 400 %": {"size": (320, 200)},
}  # fmt: skip
# test_looks.py sees to the colors of every text, and in forced colors all but colors is the same
WHOLE = {"light": "all but colors", "zoomed to 400 %": "all but colors"}
SHORT = {"light": "colors", "dark on a phone": "all", "forced colors": "colors"}
"""The rules for whole pages in a mode, and for pages whose long lists are cut short."""
PICKED = "sheet.html#rape-and-abuse-crisis-service,missouri-state-highway-patrol"


@pytest.fixture(scope="module")
def axe() -> str:
    return source()


def set_mode(page: Page, mode: str) -> None:
    width, height = MODES[mode]["size"]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=MODES[mode].get("color_scheme", "light"), forced_colors=MODES[mode].get("forced_colors", "none"))


def test_axe_finds_nothing_on_any_kind_of_page(page_of: PageOf, folder: Way, addresses: list[str], axe: str) -> None:
    page = page_of()
    found = {}
    for address in [*addresses, "measures.html"]:
        page.goto(folder(address))
        page.evaluate(UNFOLD)
        for rules_of in (WHOLE, SHORT):
            for mode, rules in rules_of.items():
                set_mode(page, mode)
                if faults := violations(page, axe, rules):
                    found[address, mode] = faults
            page.evaluate(SHORTEN)
    assert found == {}


@pytest.mark.parametrize("mode", ["light", "dark on a phone", "forced colors"])
def test_axe_finds_nothing_while_the_guide_is_used(page_of: PageOf, folder: Way, axe: str, mode: str) -> None:
    page = page_of()
    set_mode(page, mode)
    rules = "colors" if mode == "forced colors" else "all"

    def results(text: str) -> None:
        page.goto(folder("index.html"))
        page.get_by_role("searchbox").fill(text)
        expect(page.locator("#results[data-state=ready]")).to_be_visible()
        page.evaluate(UNFOLD)

    def sheet(layout: str) -> None:
        page.goto(folder(PICKED))
        expect(page.locator(".picked > li")).to_have_count(2)
        page.get_by_label(layout).check()
        page.get_by_role("button", name="Copy as text").click()

    def sorted_table() -> None:
        page.goto(folder("coverage.html"))
        page.get_by_role("button", name="Legal help").click()

    def leaving() -> None:
        page.goto(folder("mo/cole.html"))
        page.keyboard.press("Shift")

    found = {}
    for name, use in {"results": lambda: results("shelter in st louis"), "nothing found": lambda: results("xqzzy"),
                      "elsewhere": lambda: results("u visa st joseph"), "sheet": lambda: sheet("the file"),
                      "slip": lambda: sheet("a pocket"), "sorted": sorted_table, "lights": leaving}.items():  # fmt: skip
        use()
        if faults := violations(page, axe, rules):
            found[name] = faults
    assert found == {}


# By keyboard

STOP = """() => {
  const one = document.activeElement;
  if (one === document.body || one === null) return null;
  const all = window.stops = window.stops || new Map();
  if (!all.has(one)) all.set(one, all.size);
  const box = one.getClientRects()[0] || one.getBoundingClientRect(), style = getComputedStyle(one);
  const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(box.y + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const order = [...document.querySelectorAll('a[href], button, input, textarea, select, summary, [tabindex="0"]')].indexOf(one);
  return {
    stop: all.get(one), order, name: (one.getAttribute('aria-label') || one.textContent || one.id).trim().slice(0, 40),
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !(top && (one.contains(top) || top.contains(one))),
    ring: one.closest('svg') ? true : style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2,
  };
}"""
WALKED = ("mo/worth.html", "services/legal-aid.html", "reports/needs-assessment.html", "coverage.html", "regions/northwest.html",
          "safety.html", "404.html", "changes.html", "data.html", PICKED)  # fmt: skip


def walk(page: Page, key: str, most: int = 400) -> list[dict[str, Any]]:
    """Press a key until the focus leaves the page or has been where it was; give each stop."""
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press(key)
        stop = page.evaluate(STOP)
        if stops and stop and stop["stop"] == stops[-1]["stop"]:
            continue  # a field for a date has stops of its own
        if stop is None or stop["stop"] < len(stops):
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("address", WALKED)
def test_by_keyboard_every_control_is_reached_in_order_and_seen(folder: Way, page_of: PageOf, address: str) -> None:
    page = page_of(DESK)
    page.goto(folder(address))
    if "#" in address:
        expect(page.locator(".picked > li")).to_have_count(2)
        page.evaluate("document.activeElement.blur()")
    controls = page.evaluate("""() => [...document.querySelectorAll('a[href], button, input, textarea, select, summary, [tabindex="0"]')]
        .filter(one => one.checkVisibility({contentVisibilityAuto: true}) && !one.disabled && one.getClientRects().length
            && !(one.type === 'radio' && !one.checked)).length""")
    stops = walk(page, "Tab", 700)
    assert [stop for stop in stops if not stop["seen"]] == []
    assert [stop for stop in stops if stop["covered"]] == []
    assert [stop for stop in stops if not stop["ring"]] == []
    assert [stop["order"] for stop in stops] == sorted(stop["order"] for stop in stops), "the order is that of the page"
    assert len(stops) == controls, "each is reached once, and the end is"


def test_on_a_copy_that_is_old_no_control_is_covered_by_what_says_so(folder: Way, page_of: PageOf) -> None:
    page = page_of(PHONE)
    page.clock.set_fixed_time(datetime(2028, 1, 12, tzinfo=UTC))
    page.goto(folder("mo/worth.html"))
    expect(page.locator(".old-copy")).to_be_in_viewport()
    stops = walk(page, "Tab")
    assert len(stops) > 100
    assert [stop for stop in stops if stop["covered"] or not stop["seen"]] == []


def test_backwards_no_control_is_a_trap_and_none_is_covered_by_the_way_out(folder: Way, page_of: PageOf) -> None:
    page = page_of(PHONE)
    page.goto(folder("mo/worth.html"))
    forth = walk(page, "Tab")
    page.goto(folder("mo/worth.html"))
    page.evaluate("scrollTo(0, document.body.scrollHeight); document.querySelector('.bottom li:last-child a').focus()")
    back = [page.evaluate(STOP), *walk(page, "Shift+Tab")]
    assert len(back) == len(forth)
    assert [stop for stop in back if stop["covered"] or not stop["seen"]] == []


def test_escape_closes_and_loses_nothing(folder: Way, page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto(folder("mo/jackson.html"))
    page.evaluate(UNFOLD)
    before = page.evaluate("[document.querySelectorAll('details[open]').length, location.href]")
    page.locator("summary").first.focus()
    page.keyboard.press("Escape")
    assert page.evaluate("[document.querySelectorAll('details[open]').length, location.href]") == before


# Seen

CONTRAST = """(pairs) => {
  const probe = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const light = color => {
    probe.fillStyle = color;
    probe.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...probe.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map(n => n <= 10.31475 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const value = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  return pairs.map(([a, b]) => {
    const [dark, bright] = [light(value(a)), light(value(b))].sort((x, y) => x - y);
    return [a, b, (bright + 0.05) / (dark + 0.05)];
  });
}"""
BORDERS = [("deep", "paper"), ("rule", "paper"), ("rule", "land"), ("focus", "paper"), ("amber", "paper"), ("soft", "paper"),
           ("ink", "paper")]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_of_controls_maps_and_charts_stand_out_three_to_one(folder: Way, page_of: PageOf, scheme: str) -> None:
    page = page_of(color_scheme=scheme)
    page.goto(folder("index.html"))
    found = page.evaluate(CONTRAST, BORDERS)
    assert [pair for pair in found if pair[2] < 3] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_control_has_a_border_or_an_underline_of_such_a_color(folder: Way, page_of: PageOf, scheme: str) -> None:
    page = page_of(DESK, color_scheme=scheme)
    page.goto(folder(PICKED))
    expect(page.locator(".picked > li")).to_have_count(2)
    bare = page.evaluate("""() => {
      const probe = name => {
        const one = document.body.appendChild(document.createElement('p'));
        one.style.color = `var(--${name})`;
        const color = getComputedStyle(one).color;
        one.remove();
        return color;
      };
      const strong = ['deep', 'ink', 'rule'].map(probe);
      return [...document.querySelectorAll('button, input:not([type=radio]), textarea')].filter(one => one.checkVisibility() && !one.disabled)
        .filter(one => !strong.includes(getComputedStyle(one).borderTopColor)).map(one => one.outerHTML);
    }""")
    assert bare == []


def test_in_forced_colors_the_way_out_can_be_read(folder: Way, page_of: PageOf) -> None:
    page = page_of(DESK, forced_colors="active")
    page.goto(folder("mo/cole.html"))
    color, back = page.locator(".exit").evaluate("one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]")
    assert color != back


MOVING = """() => [...document.querySelectorAll('*')].filter(one => {
  const style = getComputedStyle(one);
  return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0 || style.scrollBehavior === 'smooth';
}).map(one => one.tagName + '.' + one.className)"""
NUMBERS = """() => [...document.querySelectorAll("a[href^='tel:']")]
  .map(one => [one.getAttribute('href'), one.textContent, one.getAttribute('aria-label')])"""
BARE_TABLES = """() => [...document.querySelectorAll('table')].filter(table =>
  ![...table.querySelectorAll('thead th')].length || [...table.querySelectorAll('th')].some(cell => !cell.scope && !cell.closest('.text'))
  || !(table.caption || table.closest('[aria-label]') || table.closest('section, article').querySelector('h2, h3'))
).map(table => table.textContent.slice(0, 60))"""
SPANISH = """() => [...document.querySelectorAll('body *')].filter(one => !one.closest('[lang=es]'))
  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && /[¿¡]|\\b(español|teléfono|ayuda|número)\\b/iu.test(node.data)))
  .map(one => one.textContent)"""
LANGUAGE = "() => document.documentElement.lang"


@pytest.fixture(scope="module")
def seen(browser: Browser, folder: Way, addresses: list[str]) -> dict[str, dict[str, Any]]:
    """What each script finds on each kind of page; they are visited once, by a reader who wants no motion."""
    page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]}, reduced_motion="reduce")
    found: dict[str, dict[str, Any]] = {}
    for address in addresses:
        page.goto(folder(address))
        for script in (MOVING, NUMBERS, BARE_TABLES, SPANISH, LANGUAGE):
            found.setdefault(script, {})[address] = page.evaluate(script)
    page.close()
    return found


def test_nothing_moves_where_the_reader_wants_no_motion(seen: dict[str, dict[str, Any]]) -> None:
    assert {address: found[:5] for address, found in seen[MOVING].items() if found} == {}


SPACED = """
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=lambda size: f"{size[0]} wide")
def test_no_text_is_cut_where_a_reader_spaces_it_out(folder: Way, page_of: PageOf, addresses: list[str], size: tuple[int, int]) -> None:
    page = page_of(size, bypass_csp=True)  # the reader's own style, as an extension would bring it
    cut = {}
    for address in addresses:
        page.goto(folder(address))
        page.add_style_tag(content=SPACED)
        if found := [fault for fault in page.evaluate(CUT) if "way out" not in fault]:
            cut[address] = found
    assert cut == {}


# Said

def test_numbers_are_read_as_numbers(seen: dict[str, dict[str, Any]]) -> None:
    wrong = {}
    for address, links in seen[NUMBERS].items():
        for href, text, label in links:
            digits = re.sub(r"\D", "", text.split(" ext")[0])
            grouped = re.fullmatch(r"(1-)?\d{3}-\d{3}-\d{4}.*|\d{3}", text)
            if label or not grouped or not re.sub(r"\D", "", href.split(",")[0]).endswith(digits):
                wrong[address] = (href, text, label)
    assert wrong == {}


def test_every_table_has_headers_and_a_name(seen: dict[str, dict[str, Any]]) -> None:
    assert {address: found for address, found in seen[BARE_TABLES].items() if found} == {}


@pytest.mark.parametrize("address", ["index.html", "counties.html"])
def test_the_map_has_an_equal_list(folder: Way, page_of: PageOf, address: str) -> None:
    page = page_of()
    page.goto(folder(address))
    counties = "links => [...new Set(links.map(one => one.getAttribute('href')).filter(href => /^(mo|il)\\//.test(href)))].sort()"
    on_map = page.locator("main svg a").evaluate_all(counties)
    in_lists = page.locator("main :not(svg) > a").evaluate_all(counties)
    assert len(on_map) == 123 and on_map == in_lists


def test_what_is_spanish_says_so(seen: dict[str, dict[str, Any]]) -> None:
    assert set(seen[LANGUAGE].values()) == {"en"}
    assert {address: found for address, found in seen[SPANISH].items() if found} == {}
