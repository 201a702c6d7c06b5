from __future__ import annotations

import uuid

from annotator.domain.ids import derived_id, is_id, new_id


def test_new_ids_are_version_7_and_sort_in_the_order_of_making() -> None:
    ids = [new_id() for _ in range(20_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    one = uuid.UUID(ids[0])
    assert one.version == 7
    assert one.variant == uuid.RFC_4122


def test_derived_ids_depend_on_every_part_and_on_nothing_else() -> None:
    space, other = new_id(), new_id()
    assert derived_id(space, "person", "Ada") == derived_id(space, "person", "Ada")
    assert len({derived_id(space, "a", "b"), derived_id(space, "ab"), derived_id(other, "a", "b")}) == 3
    assert uuid.UUID(derived_id(space, "x")).version == 5


def test_only_canonical_text_is_an_id() -> None:
    assert is_id(new_id())
    for wrong in ("", "x", new_id().upper(), f"{{{new_id()}}}", 7, None):
        assert not is_id(wrong)
