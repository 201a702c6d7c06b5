"""Golden pictures: how the window and the article view look, kept as pictures that a test compares."""
