"""The names of a text: where they stand, which are one, and what kind of thing each names."""
