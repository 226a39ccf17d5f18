"""Which web addresses of the listings answer. It only tells: a site that is down today is no mistake in the guide."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from msgspec import Struct

from guide.editing.summary import code, escaped
from guide.editing.wording import Words
from guide.model import Listing

AT_ONCE = 16
"""Sites that are asked at the same time; of one site never two pages at once."""
TRIES = 2
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; link check of a public directory)", "Accept": "text/html,*/*;q=0.5"}


class Answer(Struct, frozen=True):
    """What an address answered: nothing where all is well, else why it cannot be read; and where it has moved for good."""

    url: str
    fault: str = ""
    moved_to: str = ""


class _Watching(urllib.request.HTTPRedirectHandler):
    """Follows where a page has moved, and keeps in mind whether each step says that it is for good."""

    def __init__(self) -> None:
        self.for_good = True

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        self.for_good &= code in (301, 308)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def addresses_of(listings: Iterable[Listing]) -> dict[str, list[Listing]]:
    """List each website and source of listings, with the listings that name it."""
    found: dict[str, list[Listing]] = defaultdict(list)
    for listing in listings:
        for url in dict.fromkeys([listing.website, *(source.url for source in listing.sources)]):
            if url:
                found[url].append(listing)
    return dict(found)


def ask(urls: Iterable[str], patience: float = 20) -> list[Answer]:
    """Ask each address for its page; `patience` is the seconds that one may take. Never raises: faults are told."""
    by_site: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_site[urlsplit(url).netloc.lower()].append(url)

    def ask_site(some: list[str]) -> list[Answer]:
        return [_ask(url, patience) for url in some]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [answer for some in pool.map(ask_site, by_site.values()) for answer in some]


def _ask(url: str, patience: float) -> Answer:
    answer = Answer(url, "was not asked")
    for _ in range(TRIES):
        answer = _ask_once(url, patience)
        if not answer.fault or answer.fault.startswith("answers 4"):
            break
    return answer


def _ask_once(url: str, patience: float) -> Answer:
    watching = _Watching()
    opener = urllib.request.build_opener(watching)
    try:
        request = urllib.request.Request(url, headers=_HEADERS)  # noqa: S310  the model reads http and https alone
        with opener.open(request, timeout=patience) as page:
            page.read(1)
            moved = page.url if watching.for_good and page.url.rstrip("/") != url.rstrip("/") else ""
            return Answer(url, moved_to=moved)
    except urllib.error.HTTPError as error:
        return Answer(url, f"answers {error.code}")
    except TimeoutError:
        return Answer(url, "does not answer in time")
    except urllib.error.URLError as error:
        return Answer(url, "does not answer in time" if isinstance(error.reason, TimeoutError) else "cannot be reached")
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(url, "cannot be reached")


def link_report(answers: Sequence[Answer], listings: Mapping[str, Sequence[Listing]], words: Words) -> str:
    """Write what was found, as Markdown."""
    faulty = [answer for answer in answers if answer.fault]
    moved = [answer for answer in answers if answer.moved_to]
    lines = [f"{len(answers):,} addresses were asked; {len(faulty):,} do not answer as they should, {len(moved):,} have moved "
             "for good.", "A site may only be slow today, or refuse programs. Open it before you change anything."]  # fmt: skip
    for title, some in (("Look at these", faulty), ("Moved", moved)):
        if some:
            lines += ["", f"## {title}", ""]
        for answer in sorted(some, key=lambda one: one.url):
            said = answer.fault or f"is now {code(answer.moved_to)}"
            names = "; ".join(f"{escaped(one.name)}, {escaped(words.of(one.area))}" for one in listings[answer.url][:5])
            lines.append(f"- {code(answer.url)} {said} ({names})")
    return "\n".join(lines) + "\n"
