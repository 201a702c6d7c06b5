"""What a person can do with a project: one family of use cases a file; every write returns a ChangeSet.

:func:`annotator.services.project.open_project` is where all parts meet.
"""
