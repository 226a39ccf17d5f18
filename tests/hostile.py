"""Texts that try to become more than text, and every field of a listing that they could stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from guide import kinds, model
from guide.shapes import Choice, Many, Record, fields_of

HTML = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "' onmouseover='alert(1)",
        "<b>x</b>", '" onclick="alert(1)', "</title><script>alert(1)</script>", "</script><script>alert(1)</script>", "<!-- x",
        "--><b>x</b>", "]]><b>x</b>", "<![CDATA[<b>x</b>]]>", "</textarea></main></body><p>x",
        "<a href=javascript:alert(1)>x</a>", "<base href=//evil.example>", "<plaintext>", "&lt;b&gt;", "&#60;b&#62;",
        "&#x3c;b&#x3e;", "&amp;amp;", "&", "&rlm;&zwj;&#8238;x", "<", "a < b > c", "\\u003cb\\u003e", "\\x3cb\\x3e",
        "\uff1cscript\uff1e"]  # fmt: skip
PROGRAMS = ["\\", "\\'", '\\"', "'", '"', "`", "';alert(1);'", "${7*7}", "#{7*7}", "{{ 7*7 }}", "{{ site.title }}", "{% raw %}",
            "{% endblock %}", "{% include 'base.html' %}", "{# x #}", "<%= 7*7 %>", "%s %n %d %(x)s", "{0.__class__}", "{}",
            "$(id)", "`id`", "; rm -rf /", "' OR '1'='1", "../../x", "constructor", "__proto__", "toString", "name:x",
            "+must -not ~1 ^2 *", "a*", "NaN", "Infinity", "undefined", "javascript:alert(1)", "data:text/html,x",
            "https://evil.example/", "//evil.example", "mailto:x@evil.example"]  # fmt: skip
TABLES = ['=HYPERLINK("https://evil.example/","x")', "=1+1", "+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", '"=1+1',
          'a",=1+1,"b', "a;=1+1", "a,=1+1", "BEGIN:VCARD", "END:VCARD", "x;y:z,w", "TEL:911", "x\\nTEL:911", "TEL;TYPE=x:911",
          "--- x", "x\\r\\nX: y"]  # fmt: skip
YAML = ["!!python/object/apply:os.system [ls]", "&a x", "*a", "<<", "<<: *a", "- x", "? x", "| x", "> x", "# x", "a # x",
        "%YAML 1.2", "@x", "yes", "1e3", "0x1F", "1_000", "12:30", "{a: b}", "[a, b]", "a: b", "---", "...", "'x", "x'"]  # fmt: skip
MARKDOWN = ["[x](javascript:alert(1))", "![x](//evil.example/x.png)", "**x**", "[^htimp-project]", "!figure[hotline-cases]",
            "[TOC]", "x {: #q onclick=x }", "///Footnotes Go Here///", "<figure data-figure='x'></figure>", "## x", "> x",
            "    x", "| x | y |", "[x]: https://evil.example", "***", "<https://evil.example>"]  # fmt: skip
LETTERS = ["\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd", "\u4e2d\u6587", "\u0939\u093f\u0928\u094d\u0926\u0940",
           "\U0001f600", "\ufdfa", "\u00df\u0130\u0131", "a\u00a0b", "a\u3000b", "a" * 1_000, "x " * 1_500 + "x", "a\u2028b",
           "a\x85b", "a\tb", "a\nb", "a\rb", "a\x1cb", "\u260e\ufe0f"]  # fmt: skip
SHOWN = [*HTML, *PROGRAMS, *TABLES, *YAML, *MARKDOWN, *LETTERS]
REFUSED = ["\0", "a\0b", "\x01", "\x07", "\x08", "\x1b[31mx", "\x7f", "\x90", "\u00ad", "a\u00adb", "\u034f", "\u061c",
           "\u115f", "\u180e", "\u200b", "a\u200cb", "a\u200db", "\u200e", "\u200f", "\u202a", "\u202dx", "\u202ex", "\u2060",
           "\u2063", "\u2066x\u2069", "\u2067x", "\u206f", "\u2800", "\u3164", "\ue000", "\uf8ff", "\ufdd0", "a\ufe0fb",
           "\ufeff", "\uffa0", "\ufff9", "\ufffc", "\ufffd", "\ufffe", "\uffff", "\U000e0041", "\U000e0100", "\U000f0000",
           "\U0010ffff", "\U0001fffe", "\u0378", "e" + "\u0301" * 8, "\ud800", "\udfff", "x" * 5_001, "", " ", "\u3000"]  # fmt: skip
GOOD_URLS = ["https://good.example/?a=1&b=2", "https://good.example/?q=javascript:alert(1)", "https://good.example/'onclick='x",
             "https://good.example/)](x)", "https://good.example/&quot;onclick=x", "https://good.example/&lt;b&gt;",
             "https://good.example/;x", "https://good.example/**x**", "https://good.example/%00%0d%0a",
             "https://good.example/[x](y)", "https://good.example/?=1+1,x", "https://good.example/$(id)",
             "http://good.example:8080/#x", "HTTPS://Good.Example/", "https://good.example/?a@b", "https://good.example/_x_/*"]  # fmt: skip
BAD_URLS = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
            " javascript:alert(1)", "\x01javascript:alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)",
            "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHN2Zz4=", "vbscript:x", "file:///etc/passwd",
            "blob:https://a.example/x", "about:blank", "view-source:https://a.example", "ftp://a.example", "mailto:a@b.example",
            "tel:911", "//evil.example", "/x", "x", "http:evil.example", "https:/evil.example", "https:///evil.example",
            "https:\\\\evil.example", "https://good.example@evil.example/", "https://good.example:x@evil.example/",
            "https://good.example%40evil.example", "https://good.example\\@evil.example",
            "https://good.example\uff20evil.example", "https://good.example\uff0fevil.example", "https://\u0430pple.example/",
            "https://ap\u0440le.example", "https://xn--pple-43d.example/", "https://good\u3002example",
            "https://\u2460.example", "https://\u212aelvin.example", "https://127.0.0.1/", "https://2130706433/",
            "https://0x7f000001/", "https://0177.0.0.1", "https://[::1]/", "https://localhost/", "https://good.example:22/",
            "https://good.example:/", "https://good.example:0443/", "https://good.example:99999", "https://good.example./",
            "https://-x.example", 'https://good.example/"onclick="x', "https://good.example/<script>",
            "https://good.example/{{7*7}}", "https://good.example/`x`", "https://good.example/a b",
            "https://good.example/\u00e9", "https://good.example/\u202ex", "https://good.example/\\x",
            "https://good.example/|x", "https://good.example/[^htimp-project]", "https://good.\u200bexample/",
            "ht\u200btps://good.example/", "*a", "=1+1"]  # fmt: skip
BAD_EMAILS = ["a@b.example?bcc=c@d.example", "a?bcc=c%40d.example&x@b.example", "a%0abcc:c@b.example",
              "a@b.example,c@d.example", "<a@b.example>", "\"a b\"@b.example", "a@xn--b.example", "a@b\u0430.example",
              "a@[127.0.0.1]", "mailto:a@b.example", "=1@b.example", "-a@b.example", "+1@b.example", "a\n@b.example",
              "a/b@c.example", "a#b@c.example", "a{b}@c.example"]  # fmt: skip


def quoted(text: str) -> str:
    """Write any text as a YAML scalar."""
    return '"' + "".join(f"\\U{ord(sign):08X}" if sign in '"\\' or not " " <= sign <= "~" else sign for sign in text) + '"'


def as_yaml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {as_yaml(item)}" for key, item in value.items()) + "}"
    return f"[{', '.join(map(as_yaml, value))}]" if isinstance(value, list) else quoted(value)


def shown(text: str) -> str:
    return " ".join(text.split())


# The fields, by the model itself: a new one is tried without a change here

EXAMPLES = {kinds.TEXT.read: "Words", kinds.SLUG.read: "one", kinds.PHONE.read: "573-634-4911",
            kinds.TEXT_LINE.read: "START (88788)", kinds.PARTIAL_DATE.read: "2022-07", kinds.DAY.read: "2022-07-13",
            kinds.HOURS.read: "Mo-Fr 08:00-17:00", kinds.URL.read: "https://good.example/", kinds.EMAIL.read: "a@b.example",
            kinds.ZIP.read: "65101", kinds.YES_NO.read: "true", kinds.NUMBER.read: "1", kinds.AMOUNT.read: "1.5",
            kinds.FIPS.read: "29051", kinds.COUNTY.read: "mo/cole"}  # fmt: skip
NAMES = {"service": "case-management", "area": "mo/cole", "people": "adults", "language": "en", "file": "mo/cole",
         "region": "central", "county": "mo/cole", "source": "htimp-project"}  # fmt: skip


def example(shape: Any, names: dict[str, str]) -> Any:
    """Give a right value of a shape, with every field that it has."""
    if isinstance(shape, Many):
        return [example(shape.of, names)]
    if isinstance(shape, Record | Choice):
        record = shape.type if isinstance(shape, Record) else shape.types["public"]
        return {field.key: "public" if field.key == "visibility" else example(field.shape, names) for field in fields_of(record)}
    if shape.names:
        return names[shape.names]
    return str(shape.schema["enum"][0]) if "enum" in shape.schema else EXAMPLES[shape.read]


def places(shape: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """List the path and kind of every scalar inside a shape."""
    if isinstance(shape, Many):
        yield from places(shape.of, (*path, 0))
    elif isinstance(shape, Record | Choice):
        for field in fields_of(shape.type if isinstance(shape, Record) else shape.types["public"]):
            yield from places(field.shape, (*path, field.key))
    else:
        yield path, shape


def put(value: Any, path: tuple[Any, ...], text: str) -> Any:
    """Give the value with a text at a path."""
    if not path:
        return text
    step, *rest = path
    if isinstance(value, list):
        return [put(item, tuple(rest), text) if number == step else item for number, item in enumerate(value)]
    return {key: put(item, tuple(rest), text) if key == step else item for key, item in value.items()}


def name_of(path: tuple[Any, ...]) -> str:
    return re.sub(r"^\.", "", "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path))


LISTING = example(Record(model.Listing), NAMES)
PLACES = dict(places(Record(model.Listing)))
TEXTS = [path for path, kind in PLACES.items() if kind is kinds.TEXT]
