"""Every word of the domain that a person sees has a translatable text."""

from __future__ import annotations

from annotator.desktop.words import entity_text, field_text
from annotator.domain.entities import ENTITIES
from annotator.domain.entity import field_specs


def test_every_field_that_two_versions_can_differ_in_has_a_word() -> None:
    """A field may well be called what it is ("note"); those with a word of several parts never are."""
    names = {spec.name for entity in ENTITIES for spec in field_specs(entity) if spec.in_content}
    assert len(names) > 40
    assert [name for name in sorted(names) if "_" in field_text(name)] == []
    assert len({field_text(name) for name in names}) == len(names), "no two fields share a word"


def test_every_entity_has_a_word() -> None:
    assert [entity.TYPE for entity in ENTITIES if "_" in entity_text(entity.TYPE)] == []
