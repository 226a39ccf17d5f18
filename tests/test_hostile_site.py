"""Hostile text in every field that people edit, in a built site: it is plain text in every file.

Each payload that a load takes is built into one site, and a harmless twin of it into another. Whatever a file is made of,
elements, attributes, records, rows, must be the same in both: then nothing of it came out of a text.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from hostile import GOOD_URLS, LISTING, PLACES, SHOWN, TEXTS, as_yaml, put, quoted, shown
from sample import EDITION, FOLDERS, ROOT, TODAY

from guide import kinds
from guide.building import Builder
from guide.problems import InputError
from guide.unseen import unseen

POLYGLOT = "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */onerror=alert(1) )//</title></style></textarea></script>--!><svg/onload=alert(1)>{{7*7}}{% raw %}${7*7}"
DATA = re.compile(r"""[\w.]+\((?:'[\w-]+', )?(?:JSON\.parse\('((?:[^'\\\n]|\\.)*)'\)|([{\[][^\n]*[}\]]))\);\n?""")


def twin(text: str) -> str:
    """Give harmless words that stand in the same place of every list: the first sign stays."""
    return f"{shown(text)[0]} harmless words"


@dataclass(frozen=True)
class Sites:
    """The files of both sites, and of a third one from nothing but templates and code."""

    hostile: dict[str, bytes]
    harmless: dict[str, bytes]


def lines_with(listings: list[Any]) -> str:
    return "listings:\n" + "".join(f"  - {as_yaml(listing)}\n" for listing in listings)


def spoil(root: Path, of: Callable[[str], str], url_of: Callable[[int], str]) -> None:
    """Put texts into every field of a bare guide: `of` gives what stands for a payload, `url_of` for the n-th link."""
    listings = []
    for number, text in enumerate(SHOWN):
        listing = put(LISTING, ("id",), f"h-{number:03}")
        for path in TEXTS:
            listing = put(listing, path, of(text))
        for path, kind in PLACES.items():
            if kind is kinds.URL:
                listing = put(listing, path, url_of(number))
        listings.append(listing)
    # fields that are left out take other ways through the templates
    few = ("name", "summary", "services")
    listings += [{**{key: listing[key] for key in few}, "id": f"few-{listing['id']}", "sources": [{"title": listing["name"]}], "website": listing["website"]}
                 for listing in listings]  # fmt: skip
    (root / "data/resources/mo/cole.yaml").write_text(lines_with(listings), encoding="utf-8")
    (root / "data/resources/us.yaml").write_text(lines_with([put(one, ("id",), f"us-{one['id']}") for one in listings[:40]]), encoding="utf-8")
    closed = [{"id": f"gone-{number:03}", "name": of(text), "area": "mo/cole", "on": "2020", "source": {"url": url_of(number), "title": of(text)}}
              for number, text in enumerate(SHOWN)]  # fmt: skip
    (root / "data/closed.yaml").write_text("closed:\n" + "".join(f"  - {as_yaml(one)}\n" for one in closed), encoding="utf-8")
    sources = [{"id": f"s-{number:03}", "title": of(text), "by": of(text), "kind": "news", "url": url_of(number), "read": "2022", "note": of(text)}
               for number, text in enumerate(SHOWN)]  # fmt: skip
    with (root / "data/sources.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"  - {as_yaml(one)}\n" for one in sources)
    rows = [{"label": of(text), "value": "1", "note": of(text), "sources": [f"s-{number:03}"]} for number, text in enumerate(SHOWN)]
    for draw in ("bars", "years", "named"):
        drawn = [{key: value for key, value in row.items() if draw != "named" or key != "value"} for row in rows[:190]]
        figure = {"title": of(POLYGLOT), "draw": draw, "unit": of(POLYGLOT), "base": of(POLYGLOT), "question": of(POLYGLOT), "values": drawn, "caveat": of(POLYGLOT),
                  "sources": ["s-001"]}  # fmt: skip
        (root / f"data/figures/h-{draw}.yaml").write_text(as_yaml(figure), encoding="utf-8")
    cited = "".join(f"Said.[^s-{number:03}]\n\n" for number in range(len(SHOWN)))
    head = f"---\ntitle: {quoted(of(POLYGLOT))}\nsummary: {quoted(of(POLYGLOT))}\ndate: 2022-01-01\nsources: [{', '.join(one['id'] for one in sources)}]\n---\n"
    text = head + cited + "".join(f"!figure[h-{draw}]\n\n" for draw in ("bars", "years", "named"))
    (root / "content/reports/hostile.md").write_text(text, encoding="utf-8")
    for file in ("site", "services", "people", "languages", "regions", "search", "open_eligibility", "counties"):
        _spoil_words(root / f"data/{file}.yaml", of)


def _spoil_words(path: Path, of: Callable[[str], str]) -> None:
    """Give each word of a vocabulary a payload behind it; what is read by other files keeps its beginning."""
    payloads = iter([POLYGLOT, *SHOWN] * 20)
    keys = r"title|description|label|line|name|about|note|attribution|license"
    lines = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        found = re.fullmatch(rf"(\s*(?:- )?(?:{keys}): )(.*?)", line)
        if found and not found[2].startswith((">", "|", '"')) and "#" not in found[2]:
            word = found[2].strip("'").replace("''", "'")
            line = found[1] + quoted(f"{word} {of(next(payloads))}"[:300])
        elif found := re.fullmatch(r"(\s*words: \[)(.*)(\])", line):
            line = f"{found[1]}{found[2]}, {quoted('w ' + of(next(payloads))[:200] + str(len(lines)))}{found[3]}"
        lines.append(line)
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Both sites."""
    built = []
    for of, url_of in ((str, lambda number: GOOD_URLS[number % len(GOOD_URLS)]), (twin, lambda number: f"https://twin.example/{number % len(GOOD_URLS)}")):
        root = tmp_path_factory.mktemp("hostile")
        for folder in FOLDERS:
            shutil.copytree(ROOT / folder, root / folder)
        for path in (root / "data/resources").rglob("*.yaml"):
            path.write_text("listings: []\n", encoding="utf-8")
        (root / "data/published_ids.txt").write_text("", encoding="utf-8")
        spoil(root, of, url_of)
        try:
            Builder(root, root / "site").build(EDITION, TODAY)
        except InputError as error:
            raise AssertionError("\n".join(map(str, error.problems[:20]))) from None
        site = root / "site"
        built.append({path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()})
    return Sites(*built)


def of_kind(sites: Sites, *ends: str) -> Iterator[tuple[str, bytes, bytes]]:
    names = [name for name in sites.hostile if name.endswith(ends)]
    return ((name, sites.hostile[name], sites.harmless[name]) for name in names)


def elements(data: bytes) -> Counter[Any]:
    """Count what a browser makes of a page: each element with the names of its attributes."""
    root = html5lib.HTMLParser(namespaceHTMLElements=False).parse(data.decode("utf-8"))
    return Counter((one.tag, tuple(sorted(one.attrib))) if isinstance(one.tag, str) else "a comment" for one in root.iter())


def shape(value: Any) -> Any:
    """Tell what JSON is made of, without its texts, and how many words and items it has."""
    if isinstance(value, dict) and all(key.isdigit() for key in value):  # a column that tells only where it cannot be derived
        return {"some": sorted({json.dumps(shape(item), sort_keys=True) for item in value.values()})}
    if isinstance(value, dict):
        return {key: None if key in ("terms", "vectors") else shape(item) for key, item in value.items()}
    return sorted({json.dumps(shape(item), sort_keys=True) for item in value}) if isinstance(value, list) else type(value).__name__


def data_in(script: bytes) -> Any:
    """Give what a script with data holds; it may be nothing but one call, in ASCII."""
    found = DATA.fullmatch(script.decode("ascii"))
    assert found, script[:100]
    return json.loads(found[2] or re.sub(r"\\(.)", r"\1", found[1]))


def test_both_sites_have_the_same_files(sites):
    assert sites.hostile.keys() == sites.harmless.keys()
    assert len([name for name in sites.hostile if name.endswith(".html")]) > 600


def test_every_file_is_of_a_kind_that_these_tests_look_into(sites):
    known = {"html", "js", "css", "csv", "json", "geojson", "jsonld", "svg", "xml", "vcf", "txt", "zip", "webmanifest", "ics"}
    assert {name.rpartition(".")[2] for name in sites.hostile} <= known


def test_no_element_and_no_attribute_of_a_page_comes_from_a_text(sites):
    strange = {name: (now - then, then - now) for name, hostile, harmless in of_kind(sites, ".html")
               if (now := elements(hostile)) != (then := elements(harmless))}  # fmt: skip
    assert strange == {}


def test_every_link_of_a_page_leads_to_the_guide_the_web_or_a_number(sites):
    allowed = re.compile(r"(?:https?://[a-z]|HTTPS://G|tel:\+?[0-9]|sms:\+?[0-9]|mailto:[a-z]|#|(?:\.\./)*[a-z0-9])[^\s\"<>]*")
    strange = set()
    for _, page, _ in of_kind(sites, ".html"):
        root = html5lib.HTMLParser(namespaceHTMLElements=False).parse(page.decode("utf-8"))
        for one in root.iter():
            links = [one.attrib[key] for key in ("href", "src", "action", "data", "content") if key in one.attrib and (key != "content" or "refresh" in one.attrib.values())]
            strange |= {link for link in links if not allowed.fullmatch(link) or (":" in link and not re.match("https?:|tel:|sms:|mailto:|#", link, re.IGNORECASE))}
    assert strange == set()


def test_each_text_is_shown_as_it_is_written(sites):
    for number, text in enumerate(SHOWN):
        root = html5lib.HTMLParser(namespaceHTMLElements=False).parse(sites.hostile[f"listings/h-{number:03}.html"].decode("utf-8"))
        words = " ".join("".join(root.itertext()).split())
        assert words.count(shown(text)) >= 8, text
        links = [one.attrib["href"] for one in root.iter("a") if "href" in one.attrib]
        assert links.count(GOOD_URLS[number % len(GOOD_URLS)]) == 2


def test_a_source_of_a_report_is_shown_and_linked_as_it_is_written(sites):
    root = html5lib.HTMLParser(namespaceHTMLElements=False).parse(sites.hostile["reports/hostile.html"].decode("utf-8"))
    words = " ".join("".join(root.itertext()).split())
    links = {one.attrib.get("href") for one in root.iter("a")}
    assert [text for text in SHOWN if shown(text) not in words] == []
    assert [url for url in GOOD_URLS if url not in links] == []


def test_every_script_with_data_is_one_call_with_json_and_nothing_of_it_can_end_the_script(sites):
    looked = 0
    for name, hostile, harmless in of_kind(sites, ".js"):
        if hostile == harmless:
            continue  # code
        looked += 1
        assert b"</" not in hostile, name
        assert shape(data_in(hostile)) == shape(data_in(harmless)), name
    assert looked >= 3


def test_every_table_has_the_same_rows_and_no_cell_starts_a_formula(sites):
    tables = list(of_kind(sites, ".csv"))
    assert len(tables) >= 4
    for name, hostile, harmless in tables:
        rows, twins = (list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) for data in (hostile, harmless))
        assert list(map(len, rows)) == list(map(len, twins)), name
        assert len(set(map(len, rows))) == 1, name
        formulas = [cell for row in rows for cell in row if re.match(r"\s*[=+@\t\r\uff1d\uff0b\uff0d\uff20]|\s*-(?![\d.]+$)", cell)]
        assert formulas == [], name


def test_every_json_file_parses_and_is_made_of_the_same(sites):
    for name, hostile, harmless in of_kind(sites, ".json", ".geojson", ".jsonld", ".webmanifest"):
        assert shape(json.loads(hostile)) == shape(json.loads(harmless)), name


def test_every_xml_file_parses_and_is_made_of_the_same(sites):
    for name, hostile, harmless in of_kind(sites, ".xml", ".svg"):
        made = [Counter((one.tag, tuple(sorted(one.attrib))) for one in ElementTree.fromstring(data).iter()) for data in (hostile, harmless)]  # noqa: S314  our own
        assert made[0] == made[1], name


def test_every_card_and_calendar_has_the_same_lines(sites):
    for name, hostile, harmless in of_kind(sites, ".vcf", ".ics"):
        properties = [Counter(re.match(r"[A-Za-z.-]*", line)[0] for line in re.sub(r"\r?\n[ \t]", "", data.decode("utf-8")).splitlines())
                      for data in (hostile, harmless)]  # fmt: skip
        assert properties[0] == properties[1], name


def test_no_file_holds_a_character_that_cannot_be_seen(sites):
    texts = of_kind(sites, ".html", ".js", ".csv", ".json", ".geojson", ".jsonld", ".svg", ".xml", ".txt", ".vcf", ".ics")
    code = {name for name, hostile, harmless in of_kind(sites, ".js") if hostile == harmless}
    found = {name: words for name, data, _ in texts if name not in code
             and (words := unseen(data.decode("utf-8-sig").replace("\r\n", "\n"))) is not None}  # fmt: skip
    assert found == {}


def test_archives_hold_the_same_files(sites):
    for name, hostile, harmless in of_kind(sites, ".zip"):
        names = [zipfile.ZipFile(io.BytesIO(data)).namelist() for data in (hostile, harmless)]
        assert names[0] == names[1], name
        assert not any(re.search(r"(?:^|/)\.\.(?:/|$)|^/|\\", one) for one in names[0]), name
