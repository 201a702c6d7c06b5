"""The same services from the shell: every command is a row of a table, one family of commands a file.

Headless: nothing here imports Qt. The window and the picture of it are handed in by ``annotator.__main__``.
"""
