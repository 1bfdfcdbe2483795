"""Social cards: the picture of a page that others show with a link."""
