"""`kg demo`: the sample articles to a graph, three questions, one proof, and what to try next."""

from rich.rule import Rule
from rich.text import Text

from kg.cli.cards import render_why
from kg.cli.output import Format, write_rows
from kg.cli.progress import Voice, progress
from kg.cli.terminal import console
from kg.workspace import Workspace

# Invented people and companies, as in all of ingest/sample.
_QUESTIONS = (
    ("who-holds-which-office", "Who holds which office?", ("person", "office", "status", "firstSeen")),
    (
        "who-denies-what-others-assert",
        "Who denies what others assert?",
        ("date", "deniedBy", "subject", "relation", "object"),
    ),
    ("which-companies-moved", "Which companies moved, and why?", ("name", "ticker", "direction", "value", "cause")),
)
_PROOF = ("Australia", "South Korea", "NEGOTIATES_WITH")
_ROWS = 6


def play(graph: Workspace, voice: Voice) -> None:
    """Ingest the sample and show what a person would look at first."""
    out = console()
    with progress(voice) as notify:
        report = graph.ingest("sample", notify=notify)
    out.print(Text(f"Sample: {report.sentence()}"))
    status = graph.status()
    kinds = sorted(status.entities.items(), key=lambda kind: (-kind[1], kind[0]))
    out.print(Text("Found: " + ", ".join(f"{count} {type_}" for type_, count in kinds)))
    out.print(Text(f"{status.relations:,} relations on {status.claims:,} claims, each with its sentence."))
    for name, title, columns in _QUESTIONS:
        out.print(Rule(Text(title, style="bold"), align="left", style="dim"))
        out.print(Text(f"kg ask {name}", style="cyan"))
        rows = graph.ask(name)
        kept = [rows.columns.index(column) for column in columns]
        write_rows(columns, [[row[i] for i in kept] for row in rows.rows[:_ROWS]], Format.TABLE)
    out.print(Rule(Text("Do they negotiate? Every claim, for and against", style="bold"), align="left", style="dim"))
    one, other, type_ = _PROOF
    out.print(Text(f'kg why {one} {type_} "{other}"', style="cyan"))
    render_why(out, graph.why(one, other, type_))
    _next(graph)


def _next(graph: Workspace) -> None:
    out = console()
    out.print(Rule(Text("What to try next", style="bold"), align="left", style="dim"))
    own = f"export KG_WORKSPACE={graph.folder}"
    for line in (
        own,
        "kg ask                                the questions there are",
        'kg show "Ruth Ballantyne"             a card with everything about one person',
        'kg timeline "South Korea"             what happened when',
        "kg query 'MATCH (p:Person)-[r:HEAD_OF]->(o) RETURN p.name, o.name'",
        "kg export turtle --output graph.ttl   RDF for other tools",
        "kg ingest YOUR-ARTICLES/              the same with articles of your own",
    ):
        out.print(Text(f"  {line}", style="cyan"))
