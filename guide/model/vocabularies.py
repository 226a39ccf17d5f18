"""Vocabularies: kinds of help, people served, languages, and their names elsewhere."""

from __future__ import annotations

from guide.kinds import SLUG, TEXT, name_of
from guide.shapes import FromFile, Many, Record, told


class Service(FromFile):
    """A kind of help."""

    id: str = told(SLUG, "Its name in the data.", required=True)
    label: str = told(TEXT, "Its name on the pages.", required=True)
    discreet: str | None = told(
        TEXT, "Its name where somebody may look over a shoulder: in the browser's title. Left out: its label tells nothing.")
    line: str = told(TEXT, "One plain line: what a person gets.", required=True)
    words: tuple[str, ...] = told(Many(TEXT), "What people type who look for it.", required=True)


class ServiceGroup(FromFile):
    """A need, with the services that answer it."""

    id: str = told(SLUG, "Its name in the data.", required=True)
    label: str = told(TEXT, "Its name on the pages.", required=True)
    services: tuple[Service, ...] = told(Many(Record(Service)), "The services of the group.", required=True)


class Services(FromFile):
    """The file `data/services.yaml`."""

    groups: tuple[ServiceGroup, ...] = told(Many(Record(ServiceGroup)), "The groups, most urgent first.", required=True)


class Term(FromFile):
    """A word of a vocabulary: people served, or a language."""

    id: str = told(SLUG, "Its name in the data.", required=True)
    label: str = told(TEXT, "Its name on the pages.", required=True)
    words: tuple[str, ...] = told(Many(TEXT), "What people type who look for it.")


class People(FromFile):
    """The file `data/people.yaml`."""

    people: tuple[Term, ...] = told(Many(Record(Term)), "Who is served.", required=True)


class Languages(FromFile):
    """The file `data/languages.yaml`."""

    languages: tuple[Term, ...] = told(Many(Record(Term)), "Languages, by ISO 639 code.", required=True)


# Open Eligibility

class ServiceTerm(FromFile):
    """A service in the words of Open Eligibility."""

    service: str = told(name_of("service"), "The service, as in services.yaml.", required=True)
    id: str = told(TEXT, "The term's id, in quotes: '1305'.", required=True)
    title: str = told(TEXT, "The term's title; the same id stands for several.", required=True)


class PeopleTerm(FromFile):
    """Who is served, in the words of Open Eligibility."""

    people: str = told(name_of("people"), "Who is served, as in people.yaml.", required=True)
    id: str = told(TEXT, "The term's id, in quotes: '20036'.", required=True)
    title: str = told(TEXT, "The term's title.", required=True)


class OpenEligibility(FromFile):
    """The file `data/open_eligibility.yaml`: our names and the terms of that taxonomy that fit."""

    attribution: str = told(TEXT, "Who made the taxonomy, and under which license; exports repeat it.", required=True)
    license: str = told(TEXT, "The license of the taxonomy and of this file.", required=True)
    terms: tuple[ServiceTerm, ...] = told(Many(Record(ServiceTerm)), "Services and their terms.", required=True)
    people: tuple[PeopleTerm, ...] = told(Many(Record(PeopleTerm)), "Who is served, and the terms for it.")
