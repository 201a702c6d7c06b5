"""Exchange JSON, version 1: the one format in which a project travels.

``layout`` says where each entity stands in the document, ``writing`` makes one from a project's state, ``parsing``
takes the bytes of a hostile file apart, ``reading`` checks the document against the layout, ``checking`` compares what
is said twice (quotes and texts, hashes and contents). ``packet`` is the head of a review packet, ``cutting`` what of a
project goes into one.
"""
