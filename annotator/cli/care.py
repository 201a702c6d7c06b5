"""Commands that take care of the project's file: check, backup, restore, upgrade."""

from __future__ import annotations

from annotator.cli.command import Command

COMMANDS: tuple[Command, ...] = ()
