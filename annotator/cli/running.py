"""Run what was typed, and turn everything that can go wrong into a message and an exit code."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import traceback

from annotator.cli import shortcut
from annotator.cli.command import DONE, FAULT, PROBLEM, USAGE, Call, Desktop
from annotator.cli.output import Output
from annotator.cli.parser import COMMANDS
from annotator.cli.window import open_window
from annotator.domain.errors import AnalystNeededError, InputError, UsageError, UserError
from annotator.system import SetUpError

_INTERRUPTED = 130


def run(options: argparse.Namespace, desktop: Desktop) -> int:
    """Run one command, or open the window when there is none.

    Args:
        options: what :func:`annotator.cli.parser.parse` returned.
        desktop: the window and its picture.

    Returns:
        The exit code.
    """
    output = Output(as_json=options.json)
    try:
        if options.command is None and options.shortcut:
            return shortcut.run(options.shortcut, output)
        if options.command is None:
            return open_window(options.paths, options.analyst, desktop, output, alone=options.new_window)
        return COMMANDS[options.command].run(Call(options, output, desktop))
    except KeyboardInterrupt:
        output.say("Stopped; what was not finished was not saved.")
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001  (the one place where all errors end)
        return _ended(error, output)


def _ended(error: Exception, output: Output) -> int:
    """Say what went wrong and return the exit code for it."""
    if isinstance(error, UserError):
        return _explain(error, output)
    if isinstance(error, SetUpError):
        output.say(str(error))
        return FAULT
    if isinstance(error, BrokenPipeError):  # the reader of our output has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    if isinstance(error, OSError) and (error.filename is not None or error.errno == errno.ENOSPC):
        output.say(f"annotator: {error.filename or 'standard output'}: {error.strerror}")
        return PROBLEM
    lines = "".join(traceback.format_exception(error))
    output.say(f"{lines}\nThis is a fault of Annotator. Please report it with the lines above.")
    return FAULT


def _explain(error: UserError, output: Output) -> int:
    """Print an error that a person can act on and return its exit code."""
    problems = error.problems if isinstance(error, InputError) else ()
    output.say(f"annotator: {error.message}")
    for problem in problems:
        output.say(f"  {problem}")
    if error.advice:
        output.say(error.advice)
    if output.as_json:
        plain = [{"path": problem.path, "message": problem.message} for problem in problems]
        document = {"error": error.message, "advice": error.advice, "problems": plain}
        output.result(document, ())
    return USAGE if isinstance(error, (UsageError, AnalystNeededError)) else PROBLEM
