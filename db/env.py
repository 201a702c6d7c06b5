"""Runs the migrations on the connection that the program hands over; there is no alembic.ini and no URL here."""

from alembic import context

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Migrations are run by the program: annotator upgrade PROJECT")

context.configure(connection=connection, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
