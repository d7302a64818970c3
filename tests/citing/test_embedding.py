"""What a page tells programs about its speech."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from archive.citing import coins, json_ld, meta
from tests.citing.cases import CASES, reference


def test_the_meta_elements_say_what_is_known_and_nothing_else():
    assert dict(meta(reference())) == {
        "citation_title": "在全市党办系统党的建设工作推进会上的讲话",
        "citation_author": "张三",
        "citation_publication_date": "2022/11/20",
        "citation_public_url": "https://example.org/speeches/12/",
        "citation_language": "zh-Hans",
        "DC.title": "在全市党办系统党的建设工作推进会上的讲话",
        "DC.creator": "张三",
        "DC.date": "2022-11-20",
        "DC.identifier": "https://example.org/speeches/12/",
        "DC.language": "zh-Hans",
        "DC.publisher": "讲话库",
        "DC.type": "Text",
    }
    unknown = dict(meta(reference(speaker="", date=None)))
    assert not {"citation_author", "citation_publication_date", "DC.creator", "DC.date"} & set(unknown)


def test_json_ld_is_a_creative_work():
    work = json.loads(json_ld(reference(role="市委书记", venue="北京", subtitle="——在推进会上")))
    assert work["@type"] == "CreativeWork"
    assert work["author"] == {"@type": "Person", "name": "张三", "jobTitle": "市委书记"}
    assert work["dateCreated"] == "2022-11-20"
    assert work["locationCreated"] == {"@type": "Place", "name": "北京"}
    bare = json.loads(json_ld(reference(speaker="", date=None)))
    assert not {"author", "dateCreated", "locationCreated"} & set(bare)


@given(st.text(st.sampled_from("</script>!-\u2028\u2029&\"'\\党"), max_size=40))
def test_no_word_ends_the_script_element_that_holds_the_json(title: str):
    written = json_ld(reference(title=title))
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written).get("name", "") == " ".join(title.split())


def test_coins_says_the_same():
    for one in CASES.values():
        told = {name: values[0] for name, values in parse_qs(coins(one)).items()}
        assert told["ctx_ver"] == "Z39.88-2004"
        assert told["rft.title"] == one.whole_title
        assert told["rft.identifier"] == one.url
        assert ("rft.creator" in told) is bool(one.speaker)
        assert told.get("rft.date") == one.date
