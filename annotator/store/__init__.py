"""The database: tables made from the domain's dataclasses, one generic repository, one unit of work.

The only package that imports SQLAlchemy or Alembic. Other layers use :class:`~annotator.store.database.Database`,
:class:`~annotator.store.repository.Reader` and :class:`~annotator.store.unit_of_work.UnitOfWork`.
"""
