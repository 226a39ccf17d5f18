"""Makes the guide's pages with Pelican, of Markdown files that were written beforehand."""

import json
from datetime import UTC, datetime
from pathlib import Path

_SHARED = json.loads(Path("shared.json").read_text(encoding="utf-8"))
SITENAME = _SHARED["site"]["title"]
SITE = _SHARED["site"]
OUTLINES = _SHARED["outlines"]
EDITION = datetime.now(UTC).date().isoformat()
TIMEZONE = "America/Chicago"
THEME = "theme"
PATH = "content"
PAGE_PATHS = [""]
ARTICLE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_DIR = "assets"
DELETE_OUTPUT_DIRECTORY = False
DIRECT_TEMPLATES: list[str] = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
MARKDOWN = {"extensions": ["markdown.extensions.def_list"], "output_format": "html5"}
