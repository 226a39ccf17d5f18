"""The tables of HSDS 3.1 that the guide fills: their files, columns and keys by name, and what the guide puts there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

# a line for each column in the specification's order: its name, `*` where it is required, its type, its choices; and behind the
# bar what the guide puts there. What has no bar is left empty.
_TABLES = """
organization organizations.csv | One for each listing. Whether two listings belong to one organization is not known.
  id* uuid | Made from the listing's id; always the same.
  name* | The name that the provider uses.
  alternate_name | Short and former names, parted by semicolons.
  description* | What it does, and for whom.
  email email | An address of the office.
  website uri | The provider's own site.
  tax_status
  tax_id
  year_incorporated number
  legal_status
  logo
  uri uri
  parent_organization_id uuid
organization_identifier organization_identifiers.csv | The guide's own id of each listing.
  id* uuid | Always the same.
  organization_id* uuid | The organization.
  identifier_scheme
  identifier_type* | The guide's name.
  identifier* | The listing's id, the name of its page.
service services.csv | One for each listing.
  id* uuid | Made from the listing's id; always the same.
  organization_id* uuid | Who offers it.
  program_id uuid
  name* | The name that the provider uses.
  alternate_name | Short and former names, parted by semicolons.
  description | What it does, and for whom.
  url uri | The provider's own site.
  email email | An address of the office.
  status* =active|inactive|defunct|temporarily closed | Always active: closed listings are left out.
  interpretation_services
  application_process | What to do first.
  fees_description | What it costs.
  wait_time
  fees
  accreditations
  eligibility_description | Who can be helped, and who cannot.
  minimum_age number
  maximum_age number
  assured_date date | The day on which a person asked the provider, and all was right. Empty: nobody has.
  assurer_email email
  licenses
  alert | Where nobody has confirmed it: that, and the date of the newest source.
  last_modified datetime
location locations.csv | One for each listing.
  id* uuid | Made from the listing's id; always the same.
  location_type* =physical|postal|virtual | Physical: a public place. Virtual: told by city only, or withheld.
  url uri
  organization_id uuid | Who is there.
  name
  alternate_name
  description | In words what may be told of the place.
  transportation
  latitude number
  longitude number
  external_identifier
  external_identifier_type
service_at_location service_at_location.csv | One for each listing.
  id* uuid | Always the same.
  service_id* uuid | The service.
  location_id* uuid | The location.
  description
address addresses.csv | Public places whose street, city, state and ZIP code are all known.
  id* uuid | Always the same.
  location_id uuid | The location.
  attention
  address_1* | Street and number.
  address_2
  city* | The city or town.
  region | The county.
  state_province* | MO or IL.
  postal_code* | ZIP code.
  country* | US
  address_type* =physical|postal|virtual | physical
phone phones.csv | Numbers to call or to text to, the one to call first as first row.
  id* uuid | Made from the listing's id and the number.
  location_id uuid
  service_id uuid | The service.
  organization_id uuid
  contact_id uuid
  service_at_location_id uuid
  number* | The number; with its extension where that begins with 0.
  extension number | The extension to dial.
  type | voice or text.
  description | Who or what answers, and when; what to text.
schedule schedules.csv | When the office is open, local time.
  id* uuid | Always the same.
  service_id uuid | The service.
  location_id uuid
  service_at_location_id uuid
  valid_from date
  valid_to date
  dtstart date
  timezone number
  until date
  count number
  wkst =MO|TU|WE|TH|FR|SA|SU
  freq =WEEKLY|MONTHLY | WEEKLY, where a week tells all hours.
  interval number
  byday | Days of the week.
  byweekno
  bymonthday
  byyearday
  description | All hours in words.
  opens_at time | Local time. All day: 00:00:00 to 23:59:00.
  closes_at time | Local time. Earlier than opens_at: on the next day.
  schedule_link uri
  attending_type
  notes | All hours in OpenStreetMap's syntax, as the guide holds them.
service_area service_areas.csv | What a source says it serves, a row for each county, state or the nation.
  id* uuid | Made from the listing's id and the area.
  service_id uuid | The service.
  service_at_location_id uuid
  name | The county, state or nation.
  description | Of which region the county is a part, where the listing serves a region; or that no source says.
  extent | The FIPS code of the county (5 digits) or state (2 digits). Empty: the nation.
  extent_type | text
  uri uri
language languages.csv | Languages spoken.
  id* uuid | Always the same.
  service_id uuid | The service.
  location_id uuid
  phone_id uuid
  name | The language.
  code | By ISO 639.
  note
attribute attributes.csv | Kinds of help, people served, and facts that have no field of their own.
  id* uuid | Always the same.
  link_id* uuid | The service, location or phone.
  taxonomy_term_id* uuid | The term.
  link_type | service_type, people_served or fact.
  link_entity* | service, location or phone.
  value | The fact, where the term only names it.
  label | The fact in words.
taxonomy_term taxonomy_terms.csv | Only terms that some listing has. The taxonomy of a row says whose it is.
  id* uuid | Always the same.
  code | Its id in its taxonomy.
  name* | The term.
  description* | What it means.
  parent_id uuid | The need that a kind of help answers.
  taxonomy | Its taxonomy, with the license of terms that are not the guide's.
  language | en
  taxonomy_id uuid | Its taxonomy.
  term_uri uri
taxonomy taxonomies.csv | The guide's own words, and Open Eligibility.
  id* uuid | Always the same.
  name* | Its name.
  description* | What it is, with attribution and license.
  uri uri | Where it is published.
  version | Its version.
source sources.csv | Not a table of HSDS: where the facts of each listing come from.
  id* uuid | Always the same.
  service_id* uuid | The service.
  url uri | The public page that says it.
  title | The list or document, where no public page can be linked.
  published | Its date, as exact as known: 2022, 2022-07 or 2022-07-13.
  supports | Which facts it supports.
"""


class Field(Struct, frozen=True):
    """A column: its name and type, whether it must be filled, its choices, and what the guide puts there."""

    name: str
    type: str = "string"
    format: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    meaning: str = ""


class Table(Struct, frozen=True, dict=True):
    """A table: its name and file, what the guide puts there, and its columns in order."""

    name: str
    file: str
    meaning: str
    fields: tuple[Field, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(field.name for field in self.fields)

    @property
    def keys(self) -> Iterator[tuple[str, str]]:
        """Columns that name a row of another table that the guide fills, and that table."""
        for name in self.names:
            if (other := name.removesuffix("_id")) != name and other in TABLES:
                yield name, other


def _tables() -> Iterator[Table]:
    for block in _TABLES.strip().split("\n"):
        if not block.startswith(" "):
            head, _, meaning = block.partition(" | ")
            name, file = head.split()
            lines = _TABLES.partition(f"\n{block}\n")[2].split("\n")
            end = next((n for n, line in enumerate(lines) if not line.startswith(" ")), len(lines))
            yield Table(name, file, meaning, tuple(map(_field, lines[:end])))


def _field(line: str) -> Field:
    written, _, meaning = line.strip().partition(" | ")
    name, _, kind = written.partition(" ")
    choices = tuple(kind[1:].split("|")) if kind.startswith("=") else ()
    is_format = kind in ("uuid", "uri", "email")
    return Field(name.rstrip("*"), "string" if choices or is_format or not kind else kind, kind if is_format else "",
                 name.endswith("*"), choices, meaning)  # fmt: skip


TABLES: Mapping[str, Table] = {table.name: table for table in _tables()}
OWN = "source"
"""The one table that is not of HSDS."""
