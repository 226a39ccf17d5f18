"""Markdown becomes HTML that is clean, with numbered references and placed figures."""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.charts import PLACED, with_figures
from guide.kinds import read_partial_date
from guide.model import Article, Figure, FrontMatter, Reference, Value
from guide.prose import prose

READ = read_partial_date("2026-11")


def reference(name, **facts):
    return Reference(**{"id": name, "title": name.title(), "kind": "news", "url": f"https://{name}.org/", "read": READ, **facts})


REFERENCES = (reference("one"), reference("two", published=read_partial_date("2022-07")), reference("three"))
FIGURES = (Figure(id="cases", title="Cases", draw="bars", unit="cases", base="All", question="How many?",
                  values=(Value(label="Some", value=Decimal(1)),), caveat="None.", sources=("three",)),)  # fmt: skip


def made(text, references=REFERENCES):
    head = FrontMatter(title="T", summary="S", date=read_partial_date("2026-11-01"))
    return prose(Article("page", head, text), references, FIGURES)


def test_references_are_numbered_in_the_order_in_which_a_reader_meets_them():
    assert made("First.[^two] Second.[^one] Again.[^two]\n\n!figure[cases]\n").numbers == {"two": 1, "one": 2, "three": 3}


def test_references_in_lists_and_tables_are_numbered_in_their_places():
    text = "- First.[^two]\n- Second.[^one]\n\nThird.[^three]\n"
    assert made(text).numbers == {"two": 1, "one": 2, "three": 3}
    text = "Word.[^three]\n\n| a |\n|---|\n| b[^one] |\n\nEnd.[^two]\n"
    assert made(text).numbers == {"three": 1, "one": 2, "two": 3}


def test_the_list_at_the_foot_has_link_kind_and_date_of_each_source():
    html = made("Said.[^two]").html
    foot = html[html.index('<h2 id="sources">') :]
    assert 'href="https://two.org/"' in foot
    assert "News report. Published July 2022; read in November 2026." in foot


def test_a_source_without_a_date_says_so():
    assert "Date not known; read in November 2026." in made("Said.[^one]").html


def test_a_source_that_is_not_cited_is_not_listed():
    assert "one.org" not in made("Said.[^two]").html


def test_a_text_without_references_has_no_list():
    assert "Sources" not in made("Words.").html


@pytest.mark.parametrize("title", ["A *b* _c_ `d`", "[x](y)", "<b>x</b>", "R&D", "1. First", "x | y", "![p](q)", "a ~~ b \\ c", "# x"])
def test_a_sources_title_is_shown_as_it_is_written(title):
    html = made("Said.[^a]", (reference("a", title=title),)).html
    shown = re.search(r'<a href="https://a.org/"[^>]*>(.*?)</a>', html)[1]
    assert shown == title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_a_figure_stands_where_it_is_placed_with_its_references():
    html = with_figures(made("Before.[^one]\n!figure[cases]\nAfter.").html, lambda name, cited: f"[{name}: {cited.striptags()}]")
    assert re.search(r"Before.*\[cases: 2\].*After", html, re.DOTALL)


def test_a_table_of_contents_can_be_placed():
    assert 'href="#first"' in made("[TOC]\n\n## First\n").html


def test_contents_are_the_headings_of_the_second_level():
    assert made("## First\n\n### Inside\n\n## Second *one*\n").contents == (("first", "First"), ("second-one", "Second one"))


def test_headings_do_not_take_the_ids_of_the_page():
    assert {"results", "content", "q"}.isdisjoint(made("## Results\n\n## Content\n\n## Q\n").ids)


def test_tables_attributes_and_notes_are_understood():
    html = made("## Here {#there}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nWord.[^n]\n\n[^n]: A note.\n").html
    assert '<h2 id="there">' in html
    assert "<td>1</td>" in html
    assert "A note." in html


def test_each_table_scrolls_by_itself_under_a_name_of_its_own():
    html = made("| a | *b* |\n|---|---|\n| 1 | 2 |\n\nWord.\n\n| a | \"b\" |\n|---|---|\n| 1 | 2 |\n").html
    names = re.findall(r'<div class="scrolls" role="region" tabindex="0" aria-label="([^"]*)"><table>', html)
    assert names == ["Table 1: a, b", "Table 2: a, &quot;b&quot;"]


HOSTILE = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](data:text/html,x)",
           "<a href='vbscript:x'>x</a>", "<p onclick=alert(1)>x</p>", "<style>body{display:none}</style>", "<iframe src=//x.org>",
           "<svg onload=alert(1)>", "<form action=//x.org><input name=q>", "<base href=//x.org>", "<meta http-equiv=refresh>",
           "x {: onclick=alert(1) style=color:red }", "<link rel=stylesheet href=//x.org>", "<math><mi xlink:href=javascript:x>",
           "<p style='position:fixed'>x</p>", "<object data=//x.org>", "<!-- note -->", "[x](jAvAsCrIpT:alert(1))",
           "![x](//x.org/p.png)", "<figure data-figure='cases' onclick=x></figure>", "<div class='exit'>x</div>"]  # fmt: skip
TAGS = {*["a", "abbr", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "figure", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "sub", "sup", "table"],
        *["tbody", "td", "th", "thead", "tr", "ul"]}  # fmt: skip
ATTRIBUTES = {"href", "id", "lang", "rel", "title", "class", "data-figure"}
SCROLLS = [("class", "scrolls"), ("role", "region"), ("tabindex", "0")]
CLASSES = {"", "footnote", "footnote-ref", "footnote-backref", "toc"}


class Elements(HTMLParser):
    """Gathers what a browser would make of a text."""

    def __init__(self, html):
        super().__init__()
        self.strange = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "div" and attributes[0] == ("class", "scrolls"):  # what lets a table scroll
            attributes = [one for one in attributes if one not in SCROLLS and one[0] != "aria-label"]
        for name, value in attributes:
            if (name not in ATTRIBUTES or (name == "class" and value not in CLASSES)
                    or (name == "href" and not re.match("https?:|mailto:|tel:|sms:|#|[\\w./]*$", value))):  # fmt: skip
                self.strange.append(f"{tag} {name}={value}")
        if tag not in TAGS:
            self.strange.append(tag)

    def handle_comment(self, data):
        self.strange.append(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_cleaned(text):
    assert Elements(made(text).html).strange == []


@given(st.lists(st.sampled_from([*HOSTILE, "## a", "\n\n", "[^one]", "!figure[cases]", "- x", "> y", "| a |\n|---|\n| b |",
                                 "`", "*", "[TOC]", "\n", "    ", "{: #content }", "&lt;script&gt;", "\\"]), max_size=12))  # fmt: skip
def test_no_mixture_of_texts_gets_past_the_sanitizer(parts):
    html = made(" ".join(parts)).html
    assert Elements(html).strange == []
    assert all(name in ("cases", "x") for name, _ in PLACED.findall(html))
