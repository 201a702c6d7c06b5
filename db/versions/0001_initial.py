"""The first schema: the entities and their parts, the journal, and the search.

A migration imports nothing of the program: it stays what it was when the program changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LIVE_IN_LAYER = "deleted_at IS NULL AND session_id IS NULL"


def upgrade() -> None:
    _make_entities()
    _make_parts()
    _make_journal()
    if op.get_bind().dialect.name == "postgresql":
        # An article and its current text refer to each other; SQLite has this key in the table itself.
        op.create_foreign_key(
            "fk_article_current_text_id",
            "article",
            "text_version",
            ["current_text_id"],
            ["id"],
            deferrable=True,
            initially="DEFERRED",
        )
        op.execute(
            "CREATE TABLE search_index (rowid BIGINT NOT NULL, words TSVECTOR NOT NULL, "
            "CONSTRAINT pk_search_index PRIMARY KEY (rowid))"
        )
        op.execute("CREATE INDEX ix_search_index_words ON search_index USING gin (words)")
    else:
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5("
            "words, tokenize = \"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'\")"
        )
    op.execute("INSERT INTO journal_head (id, seq) VALUES (1, 0)")


def _text(name, null=False):
    return sa.Column(name, sa.Text(), nullable=null)


def _int(name, null=False):
    return sa.Column(name, sa.Integer(), nullable=null)


def _big(name):
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _flag(name):
    return sa.Column(name, sa.Boolean(), nullable=False)


def _bytes(name, null=False):
    return sa.Column(name, sa.LargeBinary(), nullable=null)


def _key(name, type_=None):
    return sa.Column(name, type_ or sa.Text(), primary_key=True, autoincrement=False, nullable=False)


def _position():
    return _key("position", sa.Integer())


def _link(table, name, target, null=False, key=False, column="id"):
    reference = sa.ForeignKey(
        f"{target}.{column}",
        name=f"fk_{table}_{name}",
        deferrable=True,
        initially="DEFERRED",
        use_alter=(table, name) == ("article", "current_text_id"),
    )
    return sa.Column(name, sa.Text(), reference, nullable=null, primary_key=key)


def _table(name, *columns):
    keys = [column.name for column in columns if isinstance(column, sa.Column) and column.primary_key]
    for column in columns:
        if isinstance(column, sa.Column):
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


def _index(table, *columns, name=None, live=False):
    where = {"sqlite_where": sa.text(LIVE_IN_LAYER), "postgresql_where": sa.text(LIVE_IN_LAYER)} if live else {}
    op.create_index(name or f"ix_{table}_{'_'.join(columns)}", table, list(columns), **where)


def _make_entities() -> None:
    _entity(
        "project",
        _text("name"),
        _text("description"),
    )
    _entity(
        "analyst",
        _text("name"),
        _text("initials"),
        _text("colour"),
        _text("role"),
        _text("login"),
    )
    _entity(
        "tag",
        _link("tag", "parent_id", "tag", null=True),
        _text("kind"),
        _text("name"),
        _text("colour"),
        _text("key"),
        _text("description"),
        _text("decision_rule"),
        _int("position"),
        _flag("retired"),
        _link("tag", "merged_into", "tag", null=True),
    )
    _entity(
        "article",
        _text("title"),
        _text("outlet"),
        _text("byline"),
        _text("url"),
        _text("language"),
        _text("kind"),
        _text("published_at"),
        _text("accessed_at"),
        _text("capture"),
        _text("note"),
        _link("article", "current_text_id", "text_version", null=True),
        _link("article", "merged_into", "article", null=True),
    )
    _entity(
        "text_version",
        _link("text_version", "article_id", "article"),
        _link("text_version", "replaces_id", "text_version", null=True),
        _text("sha256"),
        _text("normalisation"),
        _text("source_media_type"),
        _text("source_sha256"),
        _text("text"),
        _bytes("source_bytes", null=True),
    )
    _entity(
        "person",
        _text("kind"),
        _text("name"),
        _text("position"),
        _link("person", "affiliation_id", "person", null=True),
        _text("external_id"),
        _text("note"),
        _link("person", "article_id", "article", null=True),
        _link("person", "merged_into", "person", null=True),
    )
    _entity(
        "point",
        _text("text"),
        _text("note"),
        _link("point", "merged_into", "point", null=True),
    )
    _entity(
        "annotation",
        _link("annotation", "article_id", "article"),
        _link("annotation", "text_id", "text_version"),
        _int("start"),
        _int("end"),
        _text("quote"),
        _text("prefix"),
        _text("suffix"),
        _link("annotation", "tag_id", "tag"),
        _link("annotation", "analyst_id", "analyst"),
        _text("session_id", null=True),
        _text("attribution"),
        _flag("attribution_set"),
        _text("stated_on"),
        _text("occasion"),
        _flag("unsure"),
        _text("note"),
        _text("origin"),
    )
    _entity(
        "relation",
        _link("relation", "source_id", "annotation"),
        _link("relation", "target_id", "annotation"),
        _text("kind"),
        _text("note"),
        _link("relation", "analyst_id", "analyst"),
        _text("session_id", null=True),
    )
    _entity(
        "comment",
        _link("comment", "article_id", "article"),
        _link("comment", "text_id", "text_version", null=True),
        _link("comment", "annotation_id", "annotation", null=True),
        _int("start", null=True),
        _int("end", null=True),
        _text("quote"),
        _text("text"),
        _link("comment", "parent_id", "comment", null=True),
        _link("comment", "analyst_id", "analyst"),
        _text("resolved_at", null=True),
    )
    _index("tag", "merged_into")
    _index("tag", "parent_id")
    _index("article", "current_text_id")
    _index("article", "merged_into")
    _index("text_version", "article_id")
    _index("text_version", "replaces_id")
    _index("text_version", "sha256")
    _index("person", "affiliation_id")
    _index("person", "article_id")
    _index("person", "merged_into")
    _index("point", "merged_into")
    _index("annotation", "analyst_id")
    _index("annotation", "article_id")
    _index("annotation", "article_id", "tag_id", "analyst_id", "deleted_at", "session_id", name="ix_annotation_counts", live=True)
    _index("annotation", "text_id", "start", "end", "id", "tag_id", "analyst_id", "deleted_at", "session_id", name="ix_annotation_marks", live=True)
    _index("annotation", "tag_id")
    _index("annotation", "text_id")
    _index("relation", "analyst_id")
    _index("relation", "source_id")
    _index("relation", "target_id")
    _index("comment", "analyst_id")
    _index("comment", "annotation_id")
    _index("comment", "article_id")
    _index("comment", "parent_id")
    _index("comment", "text_id")


def _make_parts() -> None:
    _table(
        "setting",
        _link("setting", "parent_id", "project", key=True),
        _position(),
        _text("name"),
        _text("value"),
    )
    _table(
        "example",
        _link("example", "parent_id", "tag", key=True),
        _position(),
        _text("text"),
        _flag("fits"),
    )
    _table(
        "block",
        _link("block", "parent_id", "text_version", key=True),
        _position(),
        _int("start"),
        _int("end"),
        _text("kind"),
    )
    _table(
        "alias",
        _link("alias", "parent_id", "person", key=True),
        _position(),
        _text("text"),
        _text("valid_from"),
        _text("valid_to"),
    )
    _table(
        "annotation_person",
        _link("annotation_person", "parent_id", "annotation", key=True),
        _position(),
        _link("annotation_person", "analyst_id", "analyst"),
        _link("annotation_person", "person_id", "person"),
        _text("role"),
        _int("mention_start", null=True),
        _int("mention_end", null=True),
        _text("certainty"),
    )
    _table(
        "annotation_point",
        _link("annotation_point", "parent_id", "annotation", key=True),
        _position(),
        _link("annotation_point", "analyst_id", "analyst"),
        _link("annotation_point", "point_id", "point"),
        _text("stance"),
    )
    _index("annotation_person", "analyst_id")
    _index("annotation_person", "person_id")
    _index("annotation_point", "analyst_id")
    _index("annotation_point", "point_id")


def _make_journal() -> None:
    _table(
        "journal_head",
        _key("id", sa.Integer()),
        _big("seq"),
    )
    _table(
        "change",
        _key("id"),
        _big("seq"),
        _text("at"),
        _text("analyst_id", null=True),
        _text("device"),
        _text("label"),
        _text("undoes_id", null=True),
        sa.UniqueConstraint("seq", name="uq_change_seq"),
    )
    _table(
        "version",
        _key("hash"),
        _link("version", "change_id", "change", null=True),
        _text("entity_type"),
        _text("entity_id"),
        _int("revision"),
        _text("parents"),
        _bytes("content"),
        _text("at"),
        _text("by", null=True),
        _text("device"),
        _text("told_ancestors"),
        _text("owner_id", null=True),
        _text("article_id", null=True),
    )
    _table(
        "other_head",
        _link("other_head", "hash", "version", key=True, column="hash"),
        _text("entity_type"),
        _text("entity_id"),
    )
    _table(
        "merge_log",
        _key("id"),
        _big("seq"),
        _text("at"),
        _text("analyst_id", null=True),
        _text("device"),
        _text("label"),
        sa.UniqueConstraint("seq", name="uq_merge_log_seq"),
    )
    _table(
        "search_entry",
        _key("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        _text("entity_type"),
        _text("entity_id"),
        _int("start"),
    )
    _index("change", "analyst_id")
    _index("change", "undoes_id")
    _index("version", "change_id")
    _index("version", "entity_type", "entity_id")
    _index("other_head", "entity_type", "entity_id")
    _index("search_entry", "entity_id")


