"""A heading has a link by which its place can be copied."""

from generator.site.anchors import with_heading_links

LABEL = "Link to “{title}”"


def test_a_heading_has_its_link_beside_it_with_its_words_as_name() -> None:
    assert with_heading_links('<h2 id="a-b">A <em>b</em> &amp; c</h2>\n<p>d</p>', LABEL) == (
        '<div class="headed headed-2"><h2 id="a-b">A <em>b</em> &amp; c</h2>'
        '<a class="anchor" href="#a-b" aria-label="Link to “A b &amp; c”"></a></div>\n<p>d</p>'
    )


def test_deeper_headings_and_those_without_an_anchor_have_no_link() -> None:
    for source in ('<h4 id="a">A</h4>', "<h2>A</h2>", "<p>h2</p>"):
        assert with_heading_links(source, LABEL) == source
