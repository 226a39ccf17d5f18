"""Where a text tells a place that it must not: a street address, a ZIP code, a point on the map.

It sees what is written as people write addresses. It cannot see every way to tell a place, and it is no substitute for
reading: it is the net below the editors. Numbers of ordinary prose ('24 beds', '65 Illinois counties') must pass.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from urllib.parse import unquote_plus, urlsplit

STREET, ZIP, POINT = "a street address", "a ZIP code", "a point on the map"

# A word after a number that tells what is counted or when: what follows is no street's name.
_COUNTED = (
    "the|a|an|and|or|of|in|on|at|to|for|from|with|by|is|are|was|were|that|who|if|when|then|per|percent|through|via|"
    "hours?|days?|weeks?|months?|years?|nights?|minutes?|miles?|times?|am|pm|"
    "beds?|units?|rooms?|offices?|locations?|sites?|shelters?|programs?|agencies|staff|workers?|advocates?|calls?|text|ext|"
    "people|women|men|girls|boys|children|kids|youth|teens|families|survivors|victims|clients|residents|students|adults|"
    "counties|county residents|full-time|part-time|local|domestic|sexual|homeless|other|different|rural"
)
_SAINTS = (
    "louis|charles|joseph|clair|francois|francis|james|john|johns|peter|peters|genevieve|anne?|robert|roberts|mary|marys|"
    "luke|lukes|vincent|patrick|paul|pauls|anthony|martin|thomas|elizabeth|jude|andrew|michael|mark|matthew|stephen|"
    "nicholas|agnes|teresa|theresa|clement|martha|marthas|monica|rita|alphonsus|joachim"
)
_SURE = (
    r"street(?! (?:outreach|drugs?|medicine|level|youth|teams?|children|kids|crimes?|gangs?|smart)\b)|"
    rf"st(?!\.? (?:{_SAINTS})\b)|avenue|ave|av|str|boulevard|blvd|road(?! (?:trips?|maps?)\b)|rd|lanes?|ln|parkway|pkwy|"
    "highway|hwy|freeway|expressway|turnpike|terrace|alley|outer road"
)
_OFTEN_NO_STREET = (  # a street only in capitals, or where the text ends behind it
    "drive|dr|(?<!drug )(?<!family )(?<!circuit )(?<!municipal )(?<!juvenile )(?<!treatment )(?<!veterans )(?<!district )"
    "(?<!federal )(?<!health )(?:court|ct)|circle|cir|plaza|square|sq|trail|trl|loop|pike|crossing|(?<!united )way|"
    "(?<!safe )place|pl|ridge|row|walk|pointe?|cove|path|bend|pass|hill"
)
_NUMBER = r"(?<![\w$])(?<!\d[.,/:-])(?<![\u2010-\u2015])(?<!\bin )(?<!\bsince )\d{1,5}(?: ?- ?\d{1,5}| ?1/2|-?[a-z]\b)?,? "
_WORDS = rf"(?:(?!(?=[a-z])(?:{_COUNTED})\b)[\w'.\u2019-]+ ){{1,4}}?"
_TOWARD = r"(?:(?-i:[NSEW]|NE|NW|SE|SW)\.?|north|south|east|west|northeast|northwest|southeast|southwest)"
_END = r"(?= ?(?:$|[,.;:)(/]|in\b|near\b|apt|suite|ste\b|unit|#))"
_NO_STREET_BEHIND_WEST = (
    "virginia|carolina|dakota|missouri|illinois|central|county|counties|coast|side|end|region|plains|st|america|american"
)
_STATES = (
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|"
    "iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|"
    "nevada|hampshire|jersey|mexico|york|carolina|dakota|ohio|oklahoma|oregon|pennsylvania|island|tennessee|texas|utah|"
    "vermont|virginia|washington|wisconsin|wyoming|(?-i:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|"
    "O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|Mo|Ill?|Kans?)"
)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_STREETS = (
    _pattern(rf"{_NUMBER}{_WORDS}(?=[a-z])(?:{_SURE})\b(?!-)"),
    _pattern(rf"{_NUMBER}{_WORDS}(?=[a-z])"
             rf"(?:(?-i:(?=[A-Z]))(?:{_OFTEN_NO_STREET})\b(?!-)(?! (?!apt|suite|ste\b|unit|in\b)(?-i:[a-z]))|"
             rf"(?:{_OFTEN_NO_STREET})\b{_END})"),
    _pattern(rf"{_NUMBER}(?:(?-i:[NSEW]|NE|NW|SE|SW)\.? |(?:north|south|east|west) (?!(?:{_NO_STREET_BEHIND_WEST})\b))"
             r"(?:\d{1,3}(?:st|nd|rd|th)\b|(?-i:[A-Z])[\w'.]+)"),
    _pattern(rf"{_NUMBER}(?:{_TOWARD} )?(?-i:Main|Broadway|Kingshighway|MLK|Martin Luther King|The Paseo)\b"
             r"(?! (?:office|line|number)s?\b)"),
    _pattern(rf"{_NUMBER}(?:{_TOWARD} )?(?:highway|hwy|county road|state road|state route|rural route|route|rte|rr|"
             r"(?:us|u\.s\.)(?: highway| hwy| route)?(?= ?\d)|i(?=-\d))[ -]?(?:\d{1,3}|(?-i:[A-Z]{1,2}))\b"
             r"(?! (?:counties|states))"),
    _pattern(r"\b(?-i:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten) (?-i:(?:[A-Z][\w'.]+ ){1,2}"
             r"(?:Street|Avenue|Ave|Road|Boulevard|Blvd|Lane|Drive|Plaza))\b"),
    _pattern(r"\b(?:corner|intersection|junction) of (?:the )?(?-i:[A-Z0-9])[\w'.]*"),
)  # fmt: skip
_STREET_NAMED = _pattern(
    rf"\b(?:on|at|near|off|along|behind|beside) (?:{_TOWARD} )?(?-i:[A-Z0-9])[\w'.\u2019-]* (?:(?-i:[A-Z])[\w'.]* ){{0,2}}?"
    rf"(?-i:Street|St(?!\.? (?i:{_SAINTS})\b)|Avenue|Ave|Boulevard|Blvd|Road|Rd|Lane|Ln)\b"
    r"(?! (?-i:[A-Z]\w+ )?(?:outreach|clinic|center))"
)
_STATE_ZIP = _pattern(rf"\b(?:{_STATES})\.?,? ?\d{{5}}(?:-\d{{4}})?(?![\d-]|,\d)|\bzip(?: codes?)?:? ?\d{{5}}\b")
_ZIP = _pattern(
    r"(?<![\d$#/=_])(?<!\d[.,-])(?<!-\d)(?<!\bx)(?!\d\d000)(?:6[0-2]\d{3}|63\d{3}|64\d{3}|65[0-8]\d{2})(?:-\d{4})?(?!\d|[.,]\d|-\d{1,3}\b|%|_)"
)
_POINTS = (
    _pattern(r"\b(?:2[4-9]|3\d|4[0-9])\.\d{3,}[^\d]{1,12}?-?(?:6[7-9]|[789]\d|1[012]\d)\.\d{3,}"),
    _pattern(r"\b\d{2} ?\u00b0 ?\d{1,2}(?: ?['\u2019\u2032.]|\b)"),
    _pattern(r"(?<!\w)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"),
    _pattern(r"\b(?:lat|latitude)\b\W{0,3}\d{2}\.\d+"),
)
_MAP_LINK = _pattern(
    r"\bmaps\.(?:google|apple|app\.goo\.gl)\b|\bgoogle\.[a-z.]+/maps|\bgoo\.gl/maps|\bbing\.com/maps|openstreetmap\.org|"
    r"\bwaze\.com|\bplus\.codes|what3words|\bw3w\.co|\bmapquest\."
)
_MAY_TELL = _pattern(
    r"\d|\u00b0|\b(?:street|st|avenue|ave|boulevard|blvd|road|rd|lane|ln|drive|plaza|corner|intersection|junction)\b|map|waze|w3w|\+"
)


def may_tell_place(text: str) -> bool:
    """Say at once that a text tells no place, as most do."""
    return bool(_MAY_TELL.search(text))


def told_place(text: str, *, zips: bool = True, named_streets: bool = True) -> str | None:
    """Say what kind of place a text tells, or None. `named_streets`: also a street without a number, 'on Elm Street'."""
    if not may_tell_place(text):
        return None
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("\u2044", "/").split())
    if any(street.search(plain) for street in _STREETS) or (named_streets and _STREET_NAMED.search(plain)):
        return STREET
    if _STATE_ZIP.search(plain) or (zips and _ZIP.search(plain)):
        return ZIP
    if any(point.search(plain) for point in _POINTS) or _MAP_LINK.search(plain):
        return POINT
    return None


def told_place_of_link(url: str) -> str | None:
    """Say what kind of place a web address tells: a map link does, and an address in its query."""
    if _MAP_LINK.search(url):
        return POINT
    try:
        parts = urlsplit(url)
    except ValueError:
        return None  # no link at all is told elsewhere
    query = [unquote_plus(part) for part in re.split("[&;]", f"{parts.query}&{parts.fragment}")]
    if any(re.match(r"(?:zip|postal)\w*=\d{5}", part, re.IGNORECASE) for part in query):
        return ZIP
    words = [unquote_plus(step) for step in parts.path.split("/") if "+" in step or "%20" in step]
    for part in (*words, *(part.partition("=")[2] for part in query)):
        if told := told_place(part, zips=False):
            return told
    return None


def comments(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """List the comments of a YAML text: line and column from 1, and words. `spans` are the places of its values."""
    spans = sorted(spans)
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        for found in re.finditer(r"(?:^|(?<=\s))#", line):
            at = start + found.start()
            before = bisect_right(spans, at, key=lambda span: span[0])
            if not before or spans[before - 1][1] <= at:
                yield number, found.start() + 1, line[found.start() + 1 :]
                break
        start += len(line) + 1
