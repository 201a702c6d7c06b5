"""Quote sheets: the passages of a project for people who read and check them, not for machines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from annotator.domain.annotations import Annotation, AnnotationPerson, Role, Stance
from annotator.domain.articles import TextVersion
from annotator.domain.entity import now
from annotator.domain.passages import Answer, PassageFilter, PassageRow
from annotator.domain.points import Point
from annotator.domain.progress import Progress, each_told, part, silent
from annotator.domain.projects import Project
from annotator.formats.checksum_beside import checksum_line, checksum_path
from annotator.formats.exchange.layout import FINAL, UNREVIEWED
from annotator.formats.export_formats import SheetFormat, format_of, sheet_format
from annotator.formats.quote_sheet import ATTRIBUTIONS, INCOMING, OUTGOING, QuoteRow, QuoteSheet, SheetArticle
from annotator.services.context import Context
from annotator.services.passages import Passages
from annotator.services.whole_files import write_whole

_SHOWN = 80
_STANCES = {Stance.ASSERTS: "asserts", Stance.DENIES: "denies", Stance.SUPPORTS: "supports"}


class QuoteSheets:
    """Makes quote sheets of one project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def sheet(
        self,
        wanted: PassageFilter | None = None,
        *,
        client: bool = False,
        no_text: bool = False,
        progress: Progress = silent,
    ) -> QuoteSheet:
        """Return the passages that fit ``wanted`` as a sheet, in the order of article date and reading.

        ``client``: without notes and analysts' names. ``no_text``: context and hashes instead of the articles' texts.
        ``progress`` may raise to stop.
        """
        passages = Passages(self._context).query(wanted, progress=part(progress, 0, 0.6))
        with self._context.read() as reader:
            (project,) = reader.all(Project)
            texts = reader.get_many(TextVersion, dict.fromkeys(row.annotation.text_id for row in passages))
            points = {point.id: point for point in reader.all(Point, deleted=True)}
        places = {text_id: index for index, text_id in enumerate(texts)}
        numbers = {row.annotation.id: number for number, row in enumerate(passages, start=1)}
        by_text = {row.annotation.text_id: row for row in passages}
        told = each_told(passages, len(passages), part(progress, 0.6, 1))
        return QuoteSheet(
            project=project.name,
            made_at=now(),
            articles=tuple(_article(by_text[id_], text, no_text=no_text) for id_, text in texts.items()),
            rows=tuple(_row(row, texts, places, numbers, points, client=client) for row in told),
            client=client,
            no_text=no_text,
        )

    def render(
        self, format_name: str, wanted: PassageFilter | None = None, *, client: bool = False, no_text: bool = False
    ) -> bytes:
        """Return a sheet as the bytes of a file; raises UsageError for a format that is no row of ``SHEETS``."""
        sheet = self.sheet(wanted, client=client, no_text=no_text)
        return sheet_format(format_name).writer().render(sheet, silent)

    def write(
        self,
        path: str | Path,
        wanted: PassageFilter | None = None,
        *,
        format_name: str = "",
        client: bool = False,
        no_text: bool = False,
        progress: Progress = silent,
    ) -> QuoteSheet:
        """Write a sheet to a file and return it; the format is that of the name's ending unless it is given.

        A file that cannot hold its own fingerprint gets its SHA-256 beside it. ``progress`` may raise to stop, and
        nothing is written then.
        Raises UsageError for an unknown format, StorageError.
        """
        path = Path(path)
        chosen = sheet_format(format_name) if format_name else _format_of(path)
        sheet = self.sheet(wanted, client=client, no_text=no_text, progress=part(progress, 0, 0.5))
        content = chosen.writer().render(sheet, part(progress, 0.5, 1))
        write_whole(path, content)
        if chosen.inside is None:
            write_whole(checksum_path(path), checksum_line(path, content))
        return sheet


def _format_of(path: Path) -> SheetFormat:
    """Return the format of a name's ending; raises UsageError when it is no quote sheet's."""
    found = format_of(path)
    return found if isinstance(found, SheetFormat) else sheet_format(path.suffix.lower().removeprefix("."))


def _article(row: PassageRow, text: TextVersion, *, no_text: bool) -> SheetArticle:
    article = row.article
    return SheetArticle(
        title=article.title,
        outlet=article.outlet,
        byline=article.byline,
        date=article.published_at,
        url=article.url,
        language=article.language,
        sha256=text.sha256,
        text="" if no_text else text.text,
        original=bool(text.source_sha256),
    )


def _row(
    row: PassageRow,
    texts: dict[str, TextVersion],
    places: dict[str, int],
    numbers: dict[str, int],
    points: dict[str, Point],
    *,
    client: bool,
) -> QuoteRow:
    annotation = row.annotation
    made = QuoteRow(
        number=numbers[annotation.id],
        article=places[annotation.text_id],
        start=annotation.start,
        end=annotation.end,
        block=row.block,
        paragraph=row.paragraph,
        tag=row.tag.name,
        kind=row.tag.kind,
        prefix=annotation.prefix,
        quote=annotation.quote,
        suffix=annotation.suffix,
        named=tuple(_named(annotation.people, texts[annotation.text_id].text)),
        identified=row.speakers,
        attribution=ATTRIBUTIONS[annotation.attribution],
        answers=(*(_answer(answer, numbers) for answer in row.answers), *_points(annotation, points)),
        review_state=UNREVIEWED if annotation.session_id is None else FINAL,
    )
    return made if client else replace(made, analyst=row.analyst, note=annotation.note)


def _named(people: Iterable[AnnotationPerson], text: str) -> Iterable[str]:
    for entry in people:
        if entry.role is Role.SPEAKER and entry.mention_start is not None and entry.mention_end is not None:
            yield text[entry.mention_start : entry.mention_end]


def _answer(answer: Answer, numbers: dict[str, int]) -> str:
    words = (OUTGOING if answer.outgoing else INCOMING)[answer.kind]
    quote = answer.quote if len(answer.quote) <= _SHOWN else f"{answer.quote[:_SHOWN].rstrip()}…"
    speakers = ", ".join(answer.speakers)
    number = numbers.get(answer.annotation_id)
    who = f"{speakers}: {quote}" if speakers else quote
    return f"{words} {number} ({who})" if number else f"{words}: {who}"


def _points(annotation: Annotation, points: dict[str, Point]) -> Iterable[str]:
    for entry in annotation.points:
        point = points.get(entry.point_id)
        if point is not None:
            yield f"{_STANCES[entry.stance]} the point: {point.text}"
