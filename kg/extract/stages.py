"""The order of the stages, which is all that ties them together."""

from collections.abc import Callable

from kg.extract import (
    actions,
    agencies,
    business,
    calibration,
    coreference,
    credits_,
    events,
    first_person,
    markets,
    names,
    offices,
    policies,
    statements,
    status,
    times,
    zones,
)
from kg.extract.assemble import assemble
from kg.extract.draft import Draft
from kg.extract.reader import read
from kg.model import Article, Extraction

STAGES: tuple[Callable[[Draft], None], ...] = (
    zones.find,  # headline, byline, dateline, labels, footers: what is not prose
    names.find,  # typed mentions of names, one entity a name
    markets.find_tickers,  # before coreference, which must not read "BABA" as a name of its own
    coreference.find,  # aliases, surnames, acronyms, nominals, pronouns
    offices.find,  # who holds which office of what
    agencies.find,  # public bodies and their countries; places in places
    credits_.find,  # publisher, authors, photographers
    policies.find,  # tariffs, laws, sanctions: issuer, target, change
    events.find,  # talks, meetings, summits, press conferences
    markets.find_moves,  # what rose or fell, by how much, why
    statements.find,  # who said what to whom, reported by whom
    first_person.find,  # whom "I" and "we" mean in a quotation
    actions.find,  # what agents do to each other
    business.find,  # who owns, buys, supplies whom
    times.find,  # when, for statements and claims
    status.find,  # asserted, alleged, denied, planned, possible, ended; and in whose words
    calibration.find,  # how sure, as observed by rule
)


def extract(article: Article) -> Extraction:
    """Read one article; the same article gives the same extraction, whatever was read before it.

    Raises `ExtractionError` where the text cannot be read as an article or the model is missing.
    """
    draft = Draft(article, read(article.text))
    for stage in STAGES:
        stage(draft)
    return assemble(draft)
