"""The words of the interface that name what the site is about get it from site.yaml."""

from generator.site.words import of_wider, read_words
from generator.sources.files import source_file
from tests.helpers import REPOSITORY

EN = source_file("templates/words/en.yaml", (REPOSITORY / "templates/words/en.yaml").read_bytes())


def test_a_wider_group_is_named_where_site_yaml_says_what_it_has() -> None:
    words, problems = read_words([EN], ("en",))
    assert problems == []
    assert of_wider(words, "") == words
    named = of_wider(words, "foot pain")["en"]
    assert named["found_elsewhere"] == "In foot pain in general"
    assert named["applies_wider"] == "people with foot pain in general"
    assert {one for one in named if named[one] != words["en"][one]} == {"found_elsewhere", "applies_wider"}
