"""The keys by which an entity of one article meets those of others.

A key is a block and a facet within it. Who shares a block may be the same; `partition` says which facets of a block
go together, as a function of how often each occurs, so that the order in which articles came has no say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.model.ontology import is_a
from kg.resolve import names

NEVER = frozenset({"Group", "Statement", "Article"})
"""Types that never merge across articles."""

BY_ENDS = frozenset({"Position", "Event", "Policy"})
"""Types whose key holds clusters of other entities; they are resolved after those."""


class Key(NamedTuple):
    """What entities share: "org|bank of ghana" with the facet "PublicBody|GH"."""

    block: str
    facet: str = ""


class Link(NamedTuple):
    """An entity's word that two keys are of one: entities of the block `weak` may join those of the key `strong`."""

    weak: str
    strong: Key
    kind: str


@dataclass(frozen=True, slots=True)
class Local:
    """An entity of one article as resolution sees it; `country` is an ISO code where the article tells it."""

    n: int
    type: str
    name: str
    aliases: tuple[str, ...]
    identifiers: Mapping[str, str]
    attributes: Mapping[str, str]
    country: str = ""


def key_of(local: Local) -> Key | None:
    """The key of an entity that is known by its own name; none if it may not merge."""
    if local.type in NEVER or local.type in BY_ENDS:
        return None
    if local.type == "Person":
        full = names.person(local.name)
        return None if full is None else Key(f"person|{full[0]}", full[1])
    if local.type == "Country":
        return Key(f"country|{local.identifiers.get('iso3166') or _plain(local.name)}")
    if is_a(local.type, "Organization"):
        return _organisation(local, local.name)
    return Key(f"{local.type.casefold()}|{_plain(local.name)}", local.country if local.type == "Place" else "")


def _plain(name: str) -> str:
    return " ".join(names.words(name))


def _organisation(local: Local, name: str) -> Key | None:
    folded = names.organisation(name)
    national = local.type in {"PublicBody", "PoliticalParty"} or names.is_generic(name)
    if not folded or (names.is_generic(name) and not local.country):
        return None
    return Key(f"org|{folded}", f"{local.type}|{local.country if national else ''}")


def links_of(local: Local, key: Key) -> list[Link]:
    """What an entity says about other keys: its acronym, short form, fuller name, ISO code, ticker."""
    found = set(_alias_links(local, key))
    ticker = local.identifiers.get("ticker")
    if ticker:
        found.add(Link(f"ticker|{ticker}", key, "ticker"))
    if local.type == "Country" and local.identifiers.get("iso3166"):
        found.update(Link(f"country|{_plain(name)}", key, "name") for name in (local.name, *local.aliases))
    return sorted(link for link in found if link.weak != link.strong.block)


def _alias_links(local: Local, key: Key) -> Iterable[Link]:
    for alias in local.aliases:
        if local.type == "Person":
            yield from _person_link(key, alias)
        elif is_a(local.type, "Organization"):
            yield from _organisation_links(local, alias)


def _person_link(key: Key, alias: str) -> Iterable[Link]:
    full = names.person(alias)
    own = key.block.removeprefix("person|")
    if full is not None and full[0] != own and names.same_person(own, full[0]):
        other = Key(f"person|{full[0]}", full[1])
        weak, strong = sorted((key, other), key=lambda k: (len(k.block.split()), k))
        yield Link(weak.block, strong, "variant")


def _organisation_links(local: Local, alias: str) -> Iterable[Link]:
    for short, long in ((alias, local.name), (local.name, alias)):
        kind = "acronym" if names.is_acronym(short, long) else "short" if names.is_short_form(short, long) else None
        strong = _organisation(local, long)
        if kind is not None and strong is not None:
            yield Link(f"org|{names.organisation(short)}", strong, kind)


def partition(block: str, sizes: Mapping[str, int]) -> list[list[str]]:
    """Which facets of a block are of one entity; `sizes` says how many entities have each."""
    kind = block.partition("|")[0]
    if kind == "person":
        return _around(sizes, most=2 / 3)
    if kind == "place":
        return _around(sizes, most=1)
    if kind == "org":
        return _organisations(sizes)
    if kind == "policy":
        return _overlapping(sizes)
    return [[facet] for facet in sorted(sizes)]


def _around(sizes: Mapping[str, int], most: float) -> list[list[str]]:
    """Each facet for itself, and the empty one with that which has at least `most` of all that is told."""
    told = {facet: size for facet, size in sizes.items() if facet}
    groups = {facet: [facet] for facet in sorted(sizes)}
    if "" in sizes and told:
        top = min(told, key=lambda facet: (-told[facet], facet))
        if told[top] >= most * sum(told.values()):
            groups[top] += groups.pop("")
    return [sorted(group) for group in groups.values()]


def _organisations(sizes: Mapping[str, int]) -> list[list[str]]:
    """By type and country; what is only known as an organisation goes with the most frequent of the special ones."""
    groups: list[list[str]] = []
    for type_ in sorted({facet.partition("|")[0] for facet in sizes}):
        own = {facet.partition("|")[2]: size for facet, size in sizes.items() if facet.partition("|")[0] == type_}
        groups += [[f"{type_}|{country}" for country in group] for group in _around(own, most=1)]
    general = [group for group in groups if group[0].startswith("Organization|")]
    special = [group for group in groups if not group[0].startswith("Organization|")]
    for group in general:
        fitting = [other for other in special if _fits(group, other)]
        if fitting:
            top = min(fitting, key=lambda other: (-sum(sizes.get(facet, 0) for facet in other), other))
            top += group
        else:
            special.append(group)
    return [sorted(group) for group in special]


def _fits(group: list[str], other: list[str]) -> bool:
    return compatible({f.partition("|")[2] for f in group} | {f.partition("|")[2] for f in other})


def compatible(values: set[str]) -> bool:
    """Whether at most one thing is told."""
    return len(values - {""}) <= 1


def _overlapping(sizes: Mapping[str, int]) -> list[list[str]]:
    """Windows "from/to" that overlap go together, and so on; without a window each is for itself."""
    groups: list[list[str]] = []
    last = ""
    for facet in sorted(facet for facet in sizes if "/" in facet):
        start, _, end = facet.partition("/")
        if groups and start <= last:
            groups[-1].append(facet)
        else:
            groups.append([facet])
        last = max(last, end)
    return groups + [[facet] for facet in sorted(sizes) if "/" not in facet]
