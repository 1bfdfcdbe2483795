"""The catalogue of problem codes: what each means and how it is mended. `CONTRIBUTING.md` shows it as a table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """One kind of problem. `severity` is `error` (nothing is published) or `warning`."""

    severity: str
    meaning: str
    fix: str


def _error(meaning: str, fix: str) -> Code:
    return Code("error", meaning, fix)


def _warning(meaning: str, fix: str) -> Code:
    return Code("warning", meaning, fix)


CODES: dict[str, Code] = {
    # Files
    "not-utf8": _error("The file is not UTF-8 text.", "Save it again with the encoding UTF-8."),
    "byte-order-mark": _warning("The file starts with an invisible byte order mark.", "Save it as UTF-8 without BOM."),
    "carriage-return": _warning("Lines end the Windows way (CRLF) or with a lone CR.", "Save it with LF line ends."),
    "empty-file": _error("The file has nothing in it.", "Write it, or delete it."),
    "file-too-large": _error(
        "The file is larger than the limit in site.yaml.", "Split it, or raise `limits.file_size`."
    ),
    "file-name": _error(
        "The name of a file or folder cannot become a web address, or is not possible on every machine.",
        "Use a-z, 0-9 and single hyphens only.",
    ),
    "name-clash": _error("Two names in one folder are the same on some machines.", "Rename one of the two."),
    "special-file": _error(
        "A pipe, a socket, a device or a folder stands where a file should be.",
        "Delete it, or put an ordinary file in its place.",
    ),
    "over-limit": _error(
        "The site or a page has more of something than a limit in site.yaml allows.",
        "Take some out, or raise the limit that is named.",
    ),
    "takes-too-long": _error(
        "Reading or making a page takes longer than the limit in site.yaml.",
        "Make it simpler or split it, or raise `limits.seconds`.",
    ),
    "outside-folder": _error(
        "A link in the file system leads outside the site's folder.", "Copy the file into the folder."
    ),
    "unknown-file": _warning(
        "Nothing is made from this file.", "Move it out of `content/`, or give it a name the site knows."
    ),
    "unknown-section": _error(
        "The folder is not a section of the site.", "Name it in `sections` of site.yaml, or move the file."
    ),
    "wrong-folder": _error("An article stands in a folder for another kind.", "Move it to a folder of its kind."),
    "unreadable-file": _error("A file or folder cannot be read.", "Allow your account to read it."),
    "missing-file": _error("A file that every site needs is not there.", "Write it."),
    "broken-import": _error(
        "A stylesheet or script puts in a file that is not beside it, or that puts in others itself.",
        "Name a file of the same folder and type.",
    ),
    "reserved-character": _error(
        "The text holds a control or private-use character.", "Delete the character; it is invisible."
    ),
    "bidi-control": _error(
        "An invisible character changes the order in which a text is shown.",
        "Delete it; right-to-left text needs none.",
    ),
    "invisible-character": _error(
        "A character that shows nothing stands where no script or emoji needs it.", "Delete it."
    ),
    # YAML and front matter
    "no-front-matter": _error(
        "The file does not begin with front matter, or there are no fields in it.",
        "Begin with a line `---`, the fields, and a line `---`.",
    ),
    "open-front-matter": _error("The front matter is never closed.", "Add a line with only `---` after the fields."),
    "tab": _error("A tab stands where YAML wants spaces.", "Use spaces."),
    "bad-yaml": _error("The YAML cannot be read.", "Mostly a missing quote, colon or indent at the place shown."),
    "bad-json": _error("The JSON cannot be read.", "Mostly a missing or extra comma or quote at the place shown."),
    "cut-value": _error(
        "A value ends at ` #`, where a comment begins.", "Put the text in quotes, or write a space after the `#`."
    ),
    "yaml-feature": _error(
        "YAML anchors, aliases and tags are not used here.", "Write the value out where it is needed."
    ),
    "too-deep": _error("Lists and fields are nested too deeply.", "Make it flatter."),
    "duplicate-key": _error("A field is given twice.", "Keep one of the two."),
    "unknown-key": _error("This kind of file has no such field.", "Check the spelling, or remove it."),
    "missing-field": _error("A field that this kind of file needs is missing.", "Add it."),
    "wrong-type": _error("The value is of another type than the field.", "Write the type that is named."),
    "empty-value": _error("The field has no value.", "Give it a value, or remove the field."),
    "bad-date": _error("The value is not a date.", "Write it as year-month-day: 2026-11-21."),
    "date-order": _error("Two dates contradict each other, or one is yet to come.", "Correct the date that is wrong."),
    "bad-choice": _error("The value is not one of those allowed.", "Use one of the values that are named."),
    "bad-number": _error("The number is not whole, or out of range.", "Write a whole number in range."),
    "bad-id": _error("The id is malformed.", "Use lower-case letters, digits and hyphens."),
    "bad-address": _error("The address is malformed or not allowed.", "Write an address like `/old-page/`."),
    "bad-web-address": _error("The web address is malformed.", "Write it in full, beginning with https://."),
    "bad-language": _error("The language is not a known code.", "Write a code such as `en-GB` or `de`."),
    "too-long": _error("The text is longer than its place allows.", "Shorten it."),
    "too-few": _error("The list has too few entries.", "Add entries."),
    "too-many": _error("The list has too many entries.", "Remove entries, or split the page."),
    "not-plain": _error(
        "A plain-text field holds a citation or link.", "Move it to the text or to a field that allows it."
    ),
    # Markdown
    "bad-citation": _error("The citation is malformed.", "Write `[@key]` or `[@one; @two, table 2]`."),
    "unknown-callout": _error("There is no callout of that name.", "Use NOTE, TIP, IMPORTANT, WARNING or CAUTION."),
    "misplaced-callout": _error(
        "A callout's name must be the first line of its quote.",
        "Write `> [!NOTE]` as a line of its own first.",
    ),
    "unknown-block": _error("There is no block of that name.", "Use a block that is named."),
    "bad-block": _error(
        "A block is malformed, or stands where only a line of text fits.",
        "Write `::name{arguments}` alone on a line of the text.",
    ),
    "block-argument": _error("A block's argument names nothing.", "Use one of the names that are listed."),
    "missing-alt": _error("A picture has no text for those who cannot see it.", "Write it: `![text](file)`."),
    "table-caption": _error(
        "A table has no caption.", "Put a paragraph `Table: what it shows` directly before the table."
    ),
    "heading-one": _error("The text has a heading of level one.", "Begin with `##`: the title is level one."),
    "heading-skip": _error("A heading skips a level.", "Use one `#` more than the heading above, not two."),
    "empty-heading": _error("A heading has no text.", "Write it, or delete the line."),
    "html-removed": _error(
        "An HTML tag or attribute is not allowed and would be removed.", "Write it in Markdown, or delete it."
    ),
    "other-dialect": _error(
        "The Markdown of another generator would be shown as it is written.", "Write what the message names."
    ),
    "open-code": _error("A fenced code block is never closed.", "Close it with the same fence."),
    "misplaced-code": _error(
        "A fenced code block stands within a list or quote.", "Begin the fence at the start of its line."
    ),
    "unknown-code-language": _warning(
        "The language of a code block is not known, so it has no colours.", "Correct it, or leave it out."
    ),
    "unknown-footnote": _error("A footnote that is used has no text.", "Add a line `[^name]: text`."),
    "unused-footnote": _warning("A footnote that is written is never used.", "Use it, or delete it."),
    "unknown-label": _error("A link's label is defined nowhere.", "Add a line `[label]: address`."),
    # Links and other things that point
    "broken-link": _error("A link leads to a page that does not exist.", "Correct the path."),
    "own-address": _error("A link to a page of this site is written as a web address.", "Write the path of its file."),
    "broken-anchor": _error("A link leads to a heading that does not exist.", "Correct what follows the `#`."),
    "unpublished-link": _error(
        "A link leads to a page that is not published.", "Publish that page, or remove the link."
    ),
    "unsafe-link": _error(
        "A link has a scheme that is not allowed.", "Use http, https, mailto, tel or a relative path."
    ),
    "misleading-link": _error(
        "A link hides where it leads, or shows another address than its own.",
        "Write the plain address of the page, and the same or plain words in the text.",
    ),
    "missing-picture": _error("A picture's file does not exist.", "Correct the path, or add the file."),
    "picture-type": _error("A picture is of a type that is not allowed.", "Use svg, png, jpg or webp."),
    "unsafe-picture": _error(
        "A drawing (SVG) holds a script, a link, or something that it would load.", "Save it as plain SVG."
    ),
    "unknown-citation": _error(
        "A citation names no reference.", "Correct the key, or add the reference to references.json."
    ),
    "unknown-page": _error("A field names a page that does not exist.", "Correct the path."),
    "unknown-finding": _error("A field names a finding that does not exist.", "Correct the id, or add the finding."),
    "unknown-person": _error(
        "A field names somebody who is not in people.yaml.", "Correct the id, or add them to people.yaml."
    ),
    "wrong-role": _error(
        "Somebody is named for what people.yaml does not say they do.", "Name another, or correct their `roles`."
    ),
    "unknown-topic": _error("The topic is not one of the site's.", "Use a topic of site.yaml."),
    "self-link": _warning("A page names itself as related.", "Remove it."),
    "duplicate-address": _error("Two things want the same address.", "Rename one of the two."),
    "duplicate-id": _error("Two records have the same id.", "Rename one of the two."),
    "bad-reference": _error("A reference lacks what every reference needs.", "Add the field that is named."),
    # Maps of the body, and the comparison
    "bad-path": _error("The path of a drawing is malformed.", "Write it as the attribute `d` of an SVG path."),
    "small-target": _error("A place of a map is too small for a finger on a phone.", "Make it as large as is named."),
    "outside-map": _error("A place of a map lies outside its drawing.", "Correct its `x` and `y`, or the `view`."),
    "page-weight": _warning("A page is heavy for a reader on a phone.", "Split it, or shorten what it repeats."),
    "unmapped-page": _warning("No place of a body map leads to a look-alike.", "Name the page at a place of the map."),
    "unused-map": _warning("No page shows this map.", "Write `::body-map` where it belongs, or remove it."),
    "compared-twice": _error(
        "Two pages say how the site's own condition compares.", "Keep `compared` on one page for each language."
    ),
    # Evidence
    "uncontrolled-certainty": _error(
        "A finding is rated higher than its kind of study allows.",
        "Rate it lower, or correct its design or comparator.",
    ),
    "unexplained-rating": _error(
        "The rating of a finding does not follow from its reasons.", "Name in `because` what lowers it, for each step."
    ),
    "impossible-numbers": _error("The numbers of a finding cannot be true.", "Check them against the source."),
    "unknown-check": _error("An item of a standard names a check that does not exist.", "Use a check that is named."),
    "retracted": _error("A work that has been retracted is cited.", "Take out what rests on it."),
    "no-untreated-option": _error(
        "There are treatments, but none of the category `no-treatment` to compare them with.",
        "Write what happens without treatment, as a treatment of its own.",
    ),
    # Hosting
    "inline-code": _error(
        "A page holds a script or style of its own, which the site's policy forbids.",
        "Put it into a file below static/.",
    ),
    "foreign-request": _error("A page would load a file from another host.", "Copy the file into static/ or content/."),
    "expired-contact": _warning("The contact for security has expired.", "Check it, and set the next day."),
    # Texts
    "promise-word": _error(
        "A word of certainty or promise stands near a treatment.",
        "Let a finding say it, or say that it is not shown; quote a claim of others.",
    ),
    "unwritten": _error("A published page holds a TODO.", "Write it, or make the page a draft."),
    "uncited-paragraph": _error("A paragraph has no citation.", "Cite the source, or say what we did."),
    "softened-sign": _error(
        "A text calls a warning sign less urgent than red-flags.yaml does.", "Give it that level, or a higher one."
    ),
    "hard-to-read": _error("A page is harder to read than its kind may be.", "Use shorter sentences and words."),
    "harder-to-read": _error("A page has become harder to read than it was.", "Use shorter sentences and words."),
    "passive-voice": _error("Too many sentences of a page are in the passive voice.", "Say who does what."),
    "long-sentence": _error("A sentence has too many words.", "Make two of it."),
    "unexplained-word": _warning(
        "A medical word is not explained.", "Put it into the glossary, use an everyday word, or allow it."
    ),
    "review-overdue": _error(
        "The day of a page's review has passed, and reviews are strict.", "Review it, and set the next day."
    ),
    "review-due": _warning("The day of a page's review has passed.", "Review it, and set the next day."),
    "unknown-synonym": _error(
        "A word that stands for what readers type is in no text of its language.", "Use words of our own texts."
    ),
    # Accepted warnings
    "unknown-code": _error("There is no such code of a problem.", "Write one from the table in CONTRIBUTING.md."),
    "error-accepted": _error("An error cannot be accepted.", "Mend it, and take the record out."),
    "acceptance-over": _warning("The last day of an acceptance has passed.", "Mend the warning, or give a new day."),
    "nothing-accepted": _warning("There is no such warning any more.", "Take the record out of accepted.yaml."),
    # Other sites (asked for on request only)
    "gone-link": _warning("A page of another site is gone.", "Link to another page, or to an archived copy."),
    "moved-link": _warning("A page of another site has moved for good.", "Write its new address."),
    # Usage
    "orphan-page": _warning("No page links to this page.", "Link to it from a text or a `related` field."),
    "unused-reference": _warning("Nothing cites this reference.", "Cite it, or remove it."),
    "unused-term": _warning("No page uses this glossary term.", "Use it, or remove it."),
    "unused-disagreement": _warning("No page shows this disagreement.", "Show it, or remove it."),
    "unused-finding": _warning("No page uses this finding.", "Use it, or remove it."),
    "unused-picture": _warning("No page shows this picture.", "Show it, or remove it."),
    # The site's own files and what came out
    "missing-word": _error("A language file lacks a word of the interface.", "Add it."),
    "template": _error("A template could not be rendered.", "Correct the template at the line that is shown."),
    "search-index": _error("The index of the search could not be made.", "Install what README.md names."),
    "output-id": _error("A rendered page has the same id twice.", "Rename a heading or a footnote."),
    "output-link": _error("A rendered page links to nothing.", "Correct the template or the text it came from."),
    "output-heading": _error("A rendered page has no single main heading.", "Correct its template."),
}
