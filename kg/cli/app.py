"""The application: options that every command knows, and how an error ends."""

import json
import os
import signal
import sys
from contextlib import ExitStack
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import KgError
from kg.version import __version__

if TYPE_CHECKING:
    from kg.cli.progress import Voice
    from kg.workspace import Workspace

app = typer.Typer(
    name="kg",
    help="News articles in, a knowledge graph one can trust out.",
    epilog="Start with: kg ingest FOLDER, then: kg status, kg show NAME, kg why A B, kg ask",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

DEFAULT_WORKSPACE = "kg-workspace"
_STOPPED = 130  # what shells say of a command that Ctrl-C ended
_settings: ContextVar["Settings"] = ContextVar("settings")


class Interrupted(BaseException):
    """Ctrl-C; no `Exception`, so that nothing on the way takes it for a failure of its own."""


@dataclass(slots=True)
class Settings:
    """What was said before the command's name."""

    workspace: Path
    quiet: bool
    verbose: bool
    json_logs: bool
    open_things: ExitStack = field(default_factory=ExitStack)

    @property
    def voice(self) -> "Voice":
        """How much a command says of its work."""
        from kg.cli.progress import Voice

        if self.json_logs:
            return Voice.JSON
        if self.quiet:
            return Voice.QUIET
        return Voice.VERBOSE if self.verbose else Voice.NORMAL

    def say(self, sentence: str) -> None:
        """Tell a person (or a program, with --json-logs) how it went, on standard error."""
        if self.json_logs:
            typer.echo(json.dumps({"event": "note", "text": sentence}, ensure_ascii=False), err=True)
        elif not self.quiet:
            typer.echo(sentence, err=True)


@app.callback()
def options(
    workspace: Annotated[
        Path, typer.Option(help="The folder of the ledger and the stores.", envvar="KG_WORKSPACE", show_envvar=True)
    ] = Path(DEFAULT_WORKSPACE),
    *,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but errors and what was asked for.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more of what is done.")] = False,
    json_logs: Annotated[
        bool, typer.Option("--json-logs", help="Progress and notes as JSON lines on standard error.")
    ] = False,
    version: Annotated[bool, typer.Option("--version", is_eager=True, help="The version.")] = False,
) -> None:
    """News articles in, a knowledge graph one can trust out."""
    if version:
        typer.echo(f"kg {__version__}")
        raise typer.Exit
    _settings.set(Settings(workspace, quiet, verbose, json_logs))


def settings() -> Settings:
    """What was said before the name of the running command."""
    return _settings.get()


def workspace(*, create: bool = False) -> "Workspace":
    """The workspace that was asked for; closed when the command ends. Without `create` it must be there."""
    from kg.workspace import Workspace

    own = settings()
    return own.open_things.enter_context(Workspace(own.workspace, create=create))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; the process ends with the exit code of the design (0, 1, 2, 3; 130 after Ctrl-C)."""
    signal.signal(signal.SIGINT, _interrupt)
    for stream in (sys.stdout, sys.stderr):
        # A lone surrogate or a terminal of another encoding must not end a command.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(run(arguments))


def _interrupt(_signal: int, _frame: object) -> None:
    raise Interrupted


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; an expected error is one sentence on standard error."""
    try:
        app(args=arguments, prog_name="kg")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Interrupted:
        typer.echo("Stopped. What was done is kept; the same command goes on from there.", err=True)
        return _STOPPED
    except KgError as error:
        typer.echo(f"kg: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:
        # `kg query … | head` closes the pipe early; that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        if found := _settings.get(None):
            found.open_things.close()
    return 0
