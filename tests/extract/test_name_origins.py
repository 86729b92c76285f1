"""Whether a person's name is of the kind that a country's people have."""

import pytest

from kg.extract.name_origins import fits


@pytest.mark.parametrize(
    ("name", "iso", "fitting"),
    [
        ("Ryu Tae-gyeom", "KR", True),
        ("Ryu Tae-gyeom", "AU", False),
        ("Ruth Ballantyne", "AU", True),
        ("Ruth Ballantyne", "KR", False),
        ("Denis Achterberg", "CN", False),
        ("Moon Jae", "KR", True),
        ("Ballantyne", "KR", True),
    ],
)
def test_a_name_fits_a_country(name: str, iso: str, *, fitting: bool) -> None:
    assert fits(name, iso) is fitting
