"""Dates, addresses, authors and languages in one form."""

import pytest

from kg.sources.normal import authors, canonical_url, iso_date, language_code, line


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2031-03-04", "2031-03-04"),
        ("2031-03-04T17:40:00+11:00", "2031-03-04T17:40:00+11:00"),
        ("2031-03-04T17:40:00.123Z", "2031-03-04T17:40:00+00:00"),
        ("2031-03-04 17:40", "2031-03-04T17:40:00"),
        ("2031-03-04 00:00:00", "2031-03-04"),
        ("2031-03-04T00:00:00+11:00", "2031-03-04T00:00:00+11:00"),
        ("20310304", "2031-03-04"),
        ("2031/3/4", "2031-03-04"),
        ("Tue, 04 Mar 2031 06:40:00 GMT", "2031-03-04T06:40:00+00:00"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01"),
        ("March 4, 2031", "2031-03-04"),
        ("Thursday 4th March 2031, 9:05 UTC", "2031-03-04T09:05:00+00:00"),
        ("Updated Sept. 30, 2031 at 5:40 PM EDT", "2031-09-30"),
        (1930363200, "2031-03-04T04:00:00+00:00"),
        (1930363200000, "2031-03-04T04:00:00+00:00"),
    ],
)
def test_a_date_with_day_month_and_year_becomes_iso(written: object, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    "written",
    ["", None, "2031-03", "2031", "03/04/2031", "4/3/31", "Tuesday", "yesterday", "2031-02-30", "Foo 4, 2031",
     "99-FEB-2031", True, {"date": 1}, "2031-13-45T00:00", "Tue, 99 Foo 2031 06:40:00 GMT", float("nan")],
)  # fmt: skip
def test_what_is_no_whole_date_or_is_two_stays_unread(written: object) -> None:
    assert iso_date(written) is None


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (
            "https://Argus.example/World/Talks?utm_source=a&id=3&UTM_medium=b#top",
            "https://argus.example/World/Talks?id=3",
        ),
        ("https://argus.example", "https://argus.example/"),
        ("HTTP://argus.example:80/a?fbclid=x", "http://argus.example/a"),
        ("http://argus.example:8080/a", "http://argus.example:8080/a"),
        ("https://reader:secret@argus.example/a", "https://argus.example/a"),
        ("https://argus.example/a?b&c=%20d", "https://argus.example/a?b&c=%20d"),
        ("https://argus.example/#!/talks", "https://argus.example/#!/talks"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_an_address_loses_what_does_not_tell_the_article(written: str, canonical: str) -> None:
    assert canonical_url(written) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize("written", ["", None, "argus.example/a", "ftp://a.example/", "javascript:alert(1)", "https://",
                                     "http://[bad/", "http://a.example:99999/", 7])  # fmt: skip
def test_what_is_no_web_address_is_none(written: object) -> None:
    assert canonical_url(written) is None


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Ewa Lisiecka and Tom Rask", ("Ewa Lisiecka", "Tom Rask")),
        ("Ewa Lisiecka, Tom Rask, and Jo Lind", ("Ewa Lisiecka", "Tom Rask", "Jo Lind")),
        ("Amy Doe, Jr.; Bob Roe III", ("Amy Doe, Jr.", "Bob Roe III")),
        ("Jeanne Rubio, Opinion Writer", ("Jeanne Rubio",)),
        ("Analysis by Chris Cole, Senior Editor-At-Large", ("Chris Cole",)),
        ('"Jo OShea", Milo Trent', ("Jo OShea", "Milo Trent")),
        ("Ministry of Trade and Industry", ("Ministry of Trade and Industry",)),
        (["Department of Trade, Fiji", "Mara Quill", "Mara Quill"], ("Department of Trade, Fiji", "Mara Quill")),
        ([{"@type": "Person", "name": "By Mara Quill"}, None, 3], ("Mara Quill",)),
        ("https://argus.example/mara", ()),
        (" ", ()),
        (None, ()),
    ],
)
def test_authors_are_names_in_order_each_once(written: object, names: tuple[str, ...]) -> None:
    assert authors(written) == names


def test_a_language_is_its_two_letters() -> None:
    codes = [language_code(v) for v in ("en", "EN-us", "pt_BR", "english", "", None)]
    assert codes == ["en", "en", "pt", None, None, None]


def test_a_line_has_single_spaces_and_no_half_characters() -> None:
    assert line(" MINISTRY SEES\n SMALLER CROP ") == "MINISTRY SEES SMALLER CROP"
    assert line("crop \ud800") == "crop ?"
    assert line(["crop"]) is None
