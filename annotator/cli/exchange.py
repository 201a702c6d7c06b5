"""Commands that carry work in and out: export, merge, verify."""

from __future__ import annotations

from annotator.cli.command import Command

COMMANDS: tuple[Command, ...] = ()
