"""The guide: from `data/` and `content/` to the pages of `site/`."""
