"""How an editor's change is written: canonical YAML, new listings, forms, and what is due."""
