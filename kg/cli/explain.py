"""Commands that explain: schema, show, why, path, timeline."""

from typing import Annotated

import typer

from kg.cli.app import app, workspace
from kg.cli.terminal import console
from kg.errors import NotFoundError
from kg.model.ontology import ENTITY_TYPES, ENUMS, RELATIONS
from kg.model.schema_types import EntityType, RelationType

Every = Annotated[bool, typer.Option("--all", help="Show all, however many.")]


@app.command(epilog="Examples: kg schema · kg schema Policy · kg schema CHANGES_POLICY")
def schema(
    name: Annotated[str | None, typer.Argument(metavar="[TYPE]", help="A type of entity or relation.")] = None,
) -> None:
    """What types of entities and relations there are, and what each means."""
    if name is None:
        _list_types()
        return
    by_name = {key.casefold(): value for key, value in (ENTITY_TYPES | RELATIONS).items()}
    found = by_name.get(name.casefold())
    if found is None:
        raise NotFoundError(f"The ontology has no type {name!r}; `kg schema` lists them all.")
    if isinstance(found, RelationType):
        _relation(found)
    else:
        _entity(found)


def _list_types() -> None:
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    out.print(Text("Entities", style="bold"))
    for entity in ENTITY_TYPES.values():
        out.print(Padding(Text.assemble((f"{entity.name:<29}", "cyan"), _first_sentence(entity.description)), (0, 2)))
    areas = dict.fromkeys(relation.area for relation in RELATIONS.values())
    for area in areas:
        out.print(Text(f"\nRelations: {area}", style="bold"))
        for relation in RELATIONS.values():
            if relation.area == area:
                text = Text.assemble((f"{relation.name:<18}", "cyan"), _first_sentence(relation.description))
                out.print(Padding(text, (0, 2)))


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".")


def _entity(entity: EntityType) -> None:
    from rich.text import Text

    out = console()
    out.print(
        Text.assemble((entity.name, "bold cyan"), " < " + " < ".join(entity.parents[1:]) if entity.parents[1:] else "")
    )
    out.print(Text(entity.description))
    for attribute, kind in entity.attributes.items():
        values = f" ({', '.join(ENUMS[kind])})" if kind in ENUMS else f" ({kind})"
        out.print(
            Text.assemble(
                ("\n" if attribute == next(iter(entity.attributes)) else ""), (f"  {attribute}", "cyan"), values
            )
        )
    _examples(entity.examples)
    subject = sorted(r.name for r in RELATIONS.values() if entity.name in r.domain)
    object_ = sorted(r.name for r in RELATIONS.values() if entity.name in r.range)
    out.print(Text.assemble(("\nSubject of  ", "bold"), ", ".join(subject) or "nothing"))
    out.print(Text.assemble(("Object of   ", "bold"), ", ".join(object_) or "nothing"))
    _mappings(entity.mappings)


def _relation(relation: RelationType) -> None:
    from rich.text import Text

    out = console()
    arrow = "↔" if relation.symmetric else "→"
    out.print(Text.assemble((relation.name, "bold cyan"), f"  (in RDF kg:{relation.rdf_name})"))
    out.print(Text(relation.description))
    out.print()
    for domain, range_ in relation.signatures:
        out.print(Text(f"  {_types(domain)} {arrow} {_types(range_)}"))
    if relation.qualifiers:
        marked = [f"{q} (part of its identity)" if q in relation.key_qualifiers else q for q in relation.qualifiers]
        out.print(Text.assemble(("\nQualifiers  ", "bold"), ", ".join(marked)))
    _examples(relation.examples)
    _mappings(relation.mappings)


def _types(names: tuple[str, ...]) -> str:
    return "any" if set(names) >= set(ENTITY_TYPES) - {"Entity"} else " | ".join(names)


def _examples(examples: tuple[str, ...]) -> None:
    from rich.text import Text

    for example in examples:
        console().print(Text.assemble(("\nExample     ", "bold"), example))


def _mappings(mappings: tuple[str, ...]) -> None:
    from rich.text import Text

    if mappings:
        console().print(Text.assemble(("\nSame as     ", "bold"), ", ".join(mappings)))


@app.command(epilog='Example: kg show "Scott Bessent"')
def show(name: Annotated[str, typer.Argument(help="A name, an alias or an id.")]) -> None:
    """A card of an entity, or the candidates if the name is ambiguous."""
    from kg.cli.cards import render_card

    render_card(console(), workspace().show(name))


@app.command(
    epilog='Examples: kg why China "United States" · kg why "Scott Bessent" HOLDS_POSITION "Secretary of the Treasury"'
)
def why(
    a: Annotated[str, typer.Argument(help="One end.")],
    b: Annotated[
        str, typer.Argument(metavar="[TYPE] B", help="The other end, or the relation's type and then the other end.")
    ],
    c: Annotated[str | None, typer.Argument(hidden=True)] = None,
    *,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what found each claim: the rule, its version, what it follows from.")
    ] = False,
    every: Every = False,
) -> None:
    """The claims for and against a relation, with article, date, speaker and the sentence."""
    from kg.cli.cards import render_why

    other, type_ = (b, None) if c is None else (c, b)
    render_why(console(), workspace().why(a, other, type_), explain=explain, every=every)


@app.command(epilog='Example: kg path "Guo Jiakun" "Donald Trump"')
def path(
    a: Annotated[str, typer.Argument(help="One end.")], b: Annotated[str, typer.Argument(help="The other end.")]
) -> None:
    """How two entities are linked, with a sentence for every step."""
    from kg.cli.cards import render_path

    render_path(console(), workspace().path(a, b))


@app.command(epilog='Example: kg timeline "United States" --from 2025-01-01')
def timeline(
    name: Annotated[str, typer.Argument(help="A name, an alias or an id.")],
    start: Annotated[str | None, typer.Option("--from", help="Leave out what was before this date.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Leave out what was after this date.")] = None,
    *,
    every: Every = False,
) -> None:
    """What happened when, to one entity."""
    from kg.cli.cards import render_timeline

    render_timeline(console(), workspace().timeline(name, start, end), every=every)
