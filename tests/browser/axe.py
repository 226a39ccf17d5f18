"""axe-core, from the package that carries it: what is wrong with a page for people who see, hear or move differently."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Page

_COLORS = ["color-contrast", "link-in-text-block"]
_ALL = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
_RULES = {"all": _ALL, "colors": {"runOnly": {"type": "rule", "values": _COLORS}},
          "all but colors": {**_ALL, "rules": {name: {"enabled": False} for name in _COLORS}}}  # fmt: skip
SHORTEN = """() => document.querySelectorAll('main :is(li, tr):nth-child(n + 5), main section.service:nth-of-type(n + 3)')
  .forEach(one => one.remove())"""
"""Leaves a few of the parts that one line of a template makes again and again: the colors of hundreds take axe-core minutes."""
_RUN = """async rules => {
  const found = await axe.run(document, {...rules, resultTypes: ['violations'], preload: false});
  return found.violations.map(one => `${one.id}: ${one.help}: ` + one.nodes.slice(0, 4).map(node => node.target.join(' ')).join(' | '));
}"""


def source() -> str:
    """Give axe-core as a script."""
    found = find_spec("axe_playwright_python")
    assert found and found.submodule_search_locations
    return Path(found.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, script: str, rules: str = "all") -> list[str]:
    """Run some rules of axe-core (`script`) on a page as it stands; give what it finds, as words."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(script)
    found: list[str] = page.evaluate(_RUN, _RULES[rules])
    return found
