"""Pages out: rendering, feeds, assets, publishing."""
