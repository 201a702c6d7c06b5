"""Review sessions: members, articles, submissions, verdicts, decisions.

A migration imports nothing of the program: it stays what it was when the program changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _entity(
        "review_session",
        _text("name"),
        _text("mode"),
        _int("required_authors"),
        _flag("blind"),
        _flag("reason_on_reject"),
        _flag("hide_names"),
        _int("overlap_percent"),
        _text("codebook"),
        _text("state"),
        _text("revealed_at", null=True),
        _text("closed_at", null=True),
        _text("signed_by"),
        _text("reason"),
        _text("figures_at_reveal"),
        _text("figures_at_close"),
    )
    _entity(
        "session_member",
        _link("session_member", "session_id", "review_session"),
        _link("session_member", "analyst_id", "analyst"),
        _text("role"),
    )
    _entity(
        "session_article",
        _link("session_article", "session_id", "review_session"),
        _link("session_article", "article_id", "article"),
        _link("session_article", "text_id", "text_version"),
    )
    _entity(
        "submission",
        _link("submission", "session_id", "review_session"),
        _link("submission", "text_id", "text_version"),
        _link("submission", "analyst_id", "analyst"),
        _int("count"),
        _text("state"),
        _text("reason"),
    )
    _entity(
        "verdict",
        _link("verdict", "session_id", "review_session"),
        _link("verdict", "annotation_id", "annotation"),
        _text("of_version"),
        _link("verdict", "analyst_id", "analyst"),
        _text("outcome"),
        _text("reason_code", null=True),
        _text("comment"),
    )
    _entity(
        "decision",
        _link("decision", "session_id", "review_session"),
        _link("decision", "text_id", "text_version"),
        _text("outcome"),
        _link("decision", "taken_from", "analyst", null=True),
        _link("decision", "final_annotation_id", "annotation", null=True),
        _text("reason_code", null=True),
        _text("comment"),
        _flag("codebook_flag"),
    )
    _table(
        "cluster_member",
        _link("cluster_member", "parent_id", "decision", key=True),
        _key("position", sa.Integer()),
        _link("cluster_member", "annotation_id", "annotation"),
        _text("of_version"),
    )
    _table(
        "decided_row",
        _link("decided_row", "parent_id", "decision", key=True),
        _key("position", sa.Integer()),
        _text("row"),
        _link("decided_row", "taken_from", "analyst", null=True),
        _flag("by_hand"),
    )
    for table, columns in {
        "session_member": ("session_id", "analyst_id"),
        "session_article": ("session_id", "article_id", "text_id"),
        "submission": ("session_id", "text_id", "analyst_id"),
        "verdict": ("session_id", "annotation_id", "analyst_id"),
        "decision": ("session_id", "text_id", "taken_from", "final_annotation_id"),
        "cluster_member": ("annotation_id",),
        "decided_row": ("taken_from",),
    }.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])


def _text(name, null=False):
    return sa.Column(name, sa.Text(), nullable=null)


def _int(name, null=False):
    return sa.Column(name, sa.Integer(), nullable=null)


def _flag(name):
    return sa.Column(name, sa.Boolean(), nullable=False)


def _key(name, type_=None):
    return sa.Column(name, type_ or sa.Text(), primary_key=True, autoincrement=False, nullable=False)


def _link(table, name, target, null=False, key=False):
    reference = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{name}", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Text(), reference, nullable=null, primary_key=key)


def _table(name, *columns):
    keys = [column.name for column in columns if column.primary_key]
    for column in columns:
        column.primary_key = False
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"))


def _entity(name, *columns):
    _table(
        name,
        _key("id"),
        _int("revision"),
        _text("version"),
        _text("created_at"),
        _text("updated_at"),
        _text("updated_by", null=True),
        _text("deleted_at", null=True),
        *columns,
    )
