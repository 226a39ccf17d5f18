"""What changed in one listing, in words, with the old and the new values; nothing of a place that is not public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from guide.confidential import told_place, told_place_of_link
from guide.model import AreaPlace, Listing, Phone, PublicPlace, Source
from guide.unseen import unseen

ARROW = " → "
NOT_REPEATED = "a text that is not repeated here, because it looks like a place"
_TEXTS = {"name": "name", "summary": "summary", "website": "website", "email": "e-mail", "hours": "hours",
          "eligibility": "who can be helped", "fees": "cost", "how_to_refer": "how to refer"}  # fmt: skip
_LISTS = {"services": "kinds of help", "serves": "counties served", "people": "who it serves", "languages": "languages",
          "also_known_as": "other names"}  # fmt: skip


class Words(Struct, frozen=True):
    """Words for what listings name by an id: services, people, languages, counties, regions."""

    names: Mapping[str, str]

    def of(self, name: str) -> str:
        """Give the words for an id; the id itself where none are known."""
        return self.names.get(name, name)


def changes_in_words(before: Listing, after: Listing, words: Words) -> list[str]:
    """Tell each fact that differs, like `24-hour line: 573-634-4911 → 573-634-4912`."""
    return list(_Comparing(before, after, words).lines())


def facts_in_words(listing: Listing, words: Words) -> list[str]:
    """Tell the facts of a new listing."""
    nothing = Listing(id=listing.id, name="", summary="", services=(), sources=(), area=listing.area)
    return [line.removeprefix("added: ") for line in _Comparing(nothing, listing, words).lines()]


class _Comparing:
    def __init__(self, before: Listing, after: Listing, words: Words) -> None:
        self.before = before
        self.after = after
        self.words = words
        self.secret = not all(isinstance(one.location, PublicPlace) for one in (before, after))

    def lines(self) -> Iterator[str]:
        before, after = self.before, self.after
        if before.area != after.area:
            yield f"moved from {self.words.of(before.area)} to {self.words.of(after.area)}"
        if before.confirmed != after.confirmed:
            yield (f"confirmed by {after.confirmed.how} on {after.confirmed.on}" if after.confirmed
                   else "no longer said to be confirmed")  # fmt: skip
        yield from self._phones(before.phones or (), after.phones or ())
        yield from self._text("number for text messages", *(one.text.words if one.text else None for one in (before, after)))
        for key, label in _TEXTS.items():
            yield from self._text(label, *(_written(getattr(one, key)) for one in (before, after)))
        for key, label in _LISTS.items():
            yield from self._list(label, getattr(before, key) or (), getattr(after, key) or ())
        if before.trafficking != after.trafficking:
            yield ("now says that it serves trafficking survivors" if after.trafficking
                   else "no longer said to serve trafficking survivors")  # fmt: skip
        yield from self._place()
        yield from self._sources(before.sources or (), after.sources or ())

    def _text(self, label: str, before: str | None, after: str | None) -> Iterator[str]:
        if (before or "") == (after or ""):
            return
        old, new = (self._shown(value) if value else "" for value in (before, after))
        if old and new:
            yield f"{label}: {old}{ARROW}{new}"
        else:
            yield f"added: {label}: {new}" if new else f"taken out: {label}: {old}"

    def _list(self, label: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
        came, gone = [one for one in after if one not in before], [one for one in before if one not in after]
        for said, names in (("added", came), ("taken out", gone)):
            if names:
                yield f"{said}: {label}: {', '.join(self._shown(self.words.of(name)) for name in names)}"

    def _phones(self, before: Sequence[Phone], after: Sequence[Phone]) -> Iterator[str]:
        old = [phone for phone in before if phone.number]
        new = [phone for phone in after if phone.number]
        kept = {str(phone.number) for phone in old} & {str(phone.number) for phone in new}
        gone = [phone for phone in old if str(phone.number) not in kept]
        came = [phone for phone in new if str(phone.number) not in kept]
        while gone and came:
            one = next((phone for phone in came if phone.label == gone[0].label), came[0])
            came.remove(one)
            label = self._shown(gone[0].label or one.label or "phone")
            yield f"{label}: {gone[0].number}{ARROW}{one.number}"
            yield from self._about(str(one.number), gone.pop(0), one)
        yield from (f"taken out: {self._phone(phone)}" for phone in gone)
        yield from (f"added: {self._phone(phone)}" for phone in came)
        for number in (str(phone.number) for phone in old):
            if number in kept:
                one, other = (next(phone for phone in some if str(phone.number) == number) for some in (old, new))
                yield from self._about(number, one, other)
        first = [str(phone.number) for some in (old, new) for phone in some if str(phone.number) in kept]
        if first[: len(kept)] != first[len(kept) :] or (old and new and kept and str(old[0].number) in kept
                                                        and old[0].number != new[0].number):  # fmt: skip
            yield f"the number to call first is now {new[0].number}"

    def _about(self, number: str, before: Phone, after: Phone) -> Iterator[str]:
        yield from self._text(f"what {number} is for", before.label, after.label)
        yield from self._text(f"when {number} is answered", _written(before.hours), _written(after.hours))

    def _phone(self, phone: Phone) -> str:
        about = ", ".join(part for part in (phone.label, _written(phone.hours)) if part)
        return f"{phone.number} ({self._shown(about)})" if about else str(phone.number)

    def _place(self) -> Iterator[str]:
        before, after = self.before.location, self.after.location
        if type(before) is not type(after) and before is not None:
            shown = {PublicPlace: "the address is shown", AreaPlace: "only the city is shown"}
            yield f"place: {shown.get(type(after), 'only the county is shown')} now"
        if isinstance(after, PublicPlace):
            old = before if isinstance(before, PublicPlace) else PublicPlace()
            for key, label in {"street": "street", "city": "city", "zip": "ZIP code"}.items():
                yield from self._text(label, getattr(old, key), getattr(after, key))
        elif isinstance(after, AreaPlace) and isinstance(before, AreaPlace):
            yield from self._text("city", before.city, after.city)

    def _sources(self, before: Sequence[Source], after: Sequence[Source]) -> Iterator[str]:
        yield from (f"added: source: {self._source(source)}" for source in after if source not in before)
        yield from (f"taken out: source: {self._source(source)}" for source in before if source not in after)

    def _source(self, source: Source) -> str:
        date = f", {source.published}" if source.published else ", no date"
        return f"{self._shown(source.url or source.title or 'nothing named')}{date}"

    def _shown(self, value: str) -> str:
        text = "".join("\N{REPLACEMENT CHARACTER}" if unseen(sign) else sign for sign in value)
        if self.secret and (told_place(text) or told_place_of_link(text)):
            return NOT_REPEATED
        return text if len(text) <= 300 else f"{text[:297]}..."


def _written(value: object) -> str | None:
    return None if value is None else getattr(value, "text", None) or str(value)
