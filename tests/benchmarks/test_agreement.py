"""All figures of a team: what a person waits for at the reveal, in CPU time."""

from __future__ import annotations

import random
import statistics
import time

from annotator.domain.annotations import Annotation, AnnotationPerson, Role
from annotator.domain.comparisons import ReadText
from annotator.domain.measures import Measure
from annotator.domain.relations import Relation
from annotator.domain.team_figures import TeamFigures, run, team_figures
from tests.benchmarks.conftest import Figure
from tests.factories import (
    make_analyst,
    make_annotation,
    make_article,
    make_person,
    make_relation,
    make_tag,
    make_text,
)

ARTICLES, ANALYSTS, EACH = 20, 4, 25
RUNS = 9

Team = tuple[list[ReadText], list[Relation], list[str]]


def team() -> Team:
    """Return 20 articles of 8,000 code points on which 4 analysts mostly see the same 28 passages."""
    dice = random.Random(11)
    tags, people = [make_tag(f"tag {n}") for n in range(9)], [make_person(f"Person {n}") for n in range(30)]
    analysts = [make_analyst(f"Analyst {n}") for n in range(ANALYSTS)]
    texts: list[ReadText] = []
    relations: list[Relation] = []
    for _ in range(ARTICLES):
        text = make_text(make_article(), "The mayor sold the bridge. " * 300)
        spots = [(start := dice.randrange(7_500), start + dice.randrange(60, 250)) for _ in range(EACH + 3)]
        layers: dict[str, list[Annotation]] = {}
        for analyst in analysts:
            layers[analyst.id] = own = []
            for start, end in dice.sample(spots, EACH):
                named = tuple(AnnotationPerson(person_id=dice.choice(people).id, role=role) for role in Role)
                tag = dice.choice(tags[: dice.choice((1, 9))])
                own.append(make_annotation(text, tag, analyst, start + dice.choice((0, 0, 4)), end, people=named))
            relations += [make_relation(dice.choice(own[:12]), dice.choice(own[12:])) for _ in range(10)]
        texts.append(ReadText(text.id, text.article_id, text.text, layers))
    return texts, relations, [tag.id for tag in tags]


def test_all_figures_of_a_team(figure: Figure) -> None:
    texts, relations, tags = team()

    def measure() -> TeamFigures:
        return run(team_figures(texts, relations, tags, {}))

    found = measure()
    assert len(found.whole.figures[Measure.SAME_PASSAGE].ids) == ARTICLES * ANALYSTS * EACH
    assert found.whole.figures[Measure.U_ALPHA].low is not None
    spent: list[float] = []
    for _ in range(RUNS):
        started = time.process_time()
        measure()
        spent.append(time.process_time() - started)
    name = "clusters and all agreement figures of 4 analysts with 2,000 passages on 20 articles, CPU time"
    figure(name, statistics.median(spent) * 1e3, 2_000, unit="ms")
