"""What stands on every page, and how the search reads words."""

from __future__ import annotations

from guide.kinds import (
    BRANCH,
    EMAIL,
    NUMBER,
    PHONE,
    REPOSITORY,
    TEXT,
    TEXT_LINE,
    URL,
    YES_NO,
    PhoneNumber,
    TextLine,
    name_of,
)  # fmt: skip
from guide.shapes import FromFile, Many, Record, told


class EmergencyLine(FromFile):
    """A number that stands on every page."""

    number: PhoneNumber = told(PHONE, "The number.", required=True)
    shown: str = told(TEXT, "The number as it is shown.", required=True)
    label: str = told(TEXT, "When to call it.", required=True)
    text: TextLine | None = told(TEXT_LINE, "A number for text messages.")
    text_shown: str | None = told(TEXT, "How the text number is shown.")
    urgent: bool = told(YES_NO, "true for 911.", default=False)


class Freshness(FromFile):
    """After how many days a confirmed fact is due, and old."""

    due_after: int = told(NUMBER, "Days after which a confirmed listing is due.", required=True)
    old_after: int = told(NUMBER, "Days after which it is old.", required=True)
    crisis_due_after: int = told(NUMBER, "The same for crisis lines.", required=True)
    crisis_old_after: int = told(NUMBER, "The same for crisis lines.", required=True)


class Site(FromFile):
    """The file `data/site.yaml`."""

    title: str = told(TEXT, "The site's name, in neutral words: it stands in the browser's title.", required=True)
    description: str = told(TEXT, "What the guide is, in one neutral line.", required=True)
    exit_to: str = told(URL, "Where 'Leave this page' goes: a neutral page that shows nothing personal.", required=True)
    telling: tuple[str, ...] = told(
        Many(TEXT), "Beginnings of words that give away what a page is about; no browser's title has one.", required=True)
    emergency: tuple[EmergencyLine, ...] = told(Many(Record(EmergencyLine)), "Numbers on every page.", required=True)
    freshness: Freshness = told(Record(Freshness), "When facts are due and old.", required=True)
    doorways: tuple[str, ...] = told(Many(name_of("service")), "The needs on the home page, most urgent first.", required=True)
    address: str | None = told(URL, "Where the guide is published, with a slash at the end. It makes '404.html' work there.")
    repository: str | None = told(REPOSITORY, "The repository's address on GitHub; corrections go there.")
    branch: str = told(BRANCH, "The repository's branch that is published.", default="main")
    email: str | None = told(EMAIL, "An address for corrections by professionals.")


class Spelling(FromFile):
    """A word that is read as another."""

    word: str = told(TEXT, "How it is written.", required=True)
    means: str = told(TEXT, "How it is read.", required=True)


class Saying(FromFile):
    """What people say in other words than listings."""

    words: str = told(TEXT, "What they say.", required=True)
    means: str = told(TEXT, "The word that is looked for, too.", required=True)


class CalledPlace(FromFile):
    """What people call a place."""

    name: str = told(TEXT, "What it is called.", required=True)
    means: tuple[str, ...] = told(Many(name_of("area")), "The counties or the region that it means.", required=True)


class Search(FromFile):
    """The file `data/search.yaml`: how the search reads words."""

    same: tuple[Spelling, ...] = told(Many(Record(Spelling)), "Words that are read as others.", required=True)
    dropped: tuple[str, ...] = told(Many(TEXT), "Words that join others.", required=True)
    ignored: tuple[str, ...] = told(Many(TEXT), "Words that are not searched for by themselves.", required=True)
    real: tuple[str, ...] = told(Many(TEXT), "Words that are right as they stand, and no mistakes.")
    common: tuple[str, ...] = told(Many(TEXT), "Cities that bear a common word's name.", required=True)
    all_day: tuple[str, ...] = told(Many(TEXT), "What people say who need an answer at any hour.")
    said: tuple[Saying, ...] = told(Many(Record(Saying)), "What people say in other words than listings.")
    places: tuple[CalledPlace, ...] = told(Many(Record(CalledPlace)), "What people call places.", required=True)
