"""The words that made-up articles are put together from. They are about plants, so that nobody takes one for advice.

What stands in curly brackets is filled by `texts.py`.
"""

SECTIONS = ("apples", "ferns", "herbs", "lawns", "potatoes", "roses", "tomatoes", "vines")

PARTS = {
    "apples": ("blossom", "fruit", "bark", "twig", "graft", "leaf tip", "root collar"),
    "ferns": ("frond", "crown", "spore", "rhizome", "leaf stalk", "young frond", "leaf edge"),
    "herbs": ("stem", "seedling", "root", "flower head", "lower leaf", "shoot", "seed"),
    "lawns": ("grass blade", "thatch", "turf edge", "sward", "grass crown", "runner", "seed head"),
    "potatoes": ("tuber", "haulm", "sprout", "tuber skin", "leaflet", "stolon", "eye"),
    "roses": ("bud", "cane", "thorn", "petal", "leaf vein", "rootstock", "hip"),
    "tomatoes": ("truss", "fruit skin", "fruit stalk", "side shoot", "stem base", "flower", "root tip"),
    "vines": ("tendril", "grape", "trunk", "spur", "leaf blade", "bunch", "new cane"),
}
QUALITIES = (
    *("sudden", "slow", "mild", "returning", "early", "late", "seasonal", "spring", "summer", "autumn"),
    *("frost-related", "drought-related", "soil-related", "silent", "mixed", "stable", "patchy", "one-sided"),
    *("greenhouse", "container"),
)
TROUBLES = (
    *("wilting", "spotting", "rot", "yellowing", "curling", "scorch", "cracking", "stunting", "drop", "blight"),
    *("mildew", "canker"),
)
FACETS = (
    *("signs and first steps", "tests and what they show", "choices of care", "living with it day to day"),
    *("a guide for beginners", "questions to ask a grower", "recovery and review", "causes and what adds to them"),
    *("what trials say", "water, light and rest", "when to ask for help", "sprays explained", "soil and season"),
)

SIGNS = (
    *("pale leaves", "a soft stem", "slow growth after rain", "brown edges above 30 °C", "few flowers", "stiff shoots"),
    *("drooping at noon", "tight buds", "fine webs", "broken tips", "sticky leaves", "dry bark"),
    *("afternoon swelling", "early leaf fall", "a sour smell", "white specks", "thin skins", "dull fruit"),
)
CAUSES = (
    *("a fungus in wet soil", "permanent shade", "too much feed", "chemical side effects", "repeated pruning"),
    *("smoke", "a weak rootstock", "too little water", "changeable temperatures", "cold nights", "hard water"),
    *("a lack of iron", "dust on the leaves"),
)
TESTS = (
    *("a soil test", "magnifying inspection", "a watering diary", "a root check", "a leaf sample", "a sap test"),
    *("a drainage test", "a light reading", "weekly photographs", "a bark scrape", "a seed count"),
    *("an acidity strip", "a spray assessment"),
)
CARES = (
    *("gentle daily watering", "potassium-enriched fertiliser", "additional illumination", "light pruning"),
    *("diluted soap treatment", "a mulch of bark", "neighbourly consultation", "airing the greenhouse"),
    *("desalinated irrigation", "daily leaf inspection", "reduced fertilising", "evening spraying"),
    *("distributing seasonal maintenance", "a change of pot"),
)
WHOSE = (
    *("gardens on clay", "plants in pots", "young trees", "seedlings", "plots by the sea", "plants under glass"),
    *("old hedges", "shared gardens", "balconies", "nurseries"),
)
HELPERS = (
    *("a gardener", "a plant nurse", "a seed merchant", "a botanist", "a tree surgeon", "a soil chemist"),
    "a neighbour",
)
TIMES = ("two weeks", "ten days", "three months", "a few hours", "six weeks", "a year", "48 hours", "the first month")
HOW_OFTEN = ("usually", "often", "sometimes", "frequently", "occasionally", "characteristically", "predominantly")

SENTENCES = (
    "{Trouble} {often} begins with {sign} and {sign2}, and it can build up over {time}.",
    "Most growers notice *{sign}* first, although {whose} may show no warning at all.",
    "It is {often} linked to {cause}, but no single cause explains every case.",
    "{Helper} will ask how long you have seen {sign}, what makes it worse and whether it comes at night.",
    "In a typical garden about {number} in 100 plants with {trouble} also show {sign}.",
    "Keeping a short diary for {time} helps {helper} to see a pattern that memory alone would miss.",
    "**Do not stop a spray suddenly** without a word with {helper}.",
    "{Care} is a sensible first step, and it {often} helps within {time}.",
    "Where {sign} lasts longer than {time}, {test} may be offered.",
    "Results are read together with the history: one value outside the range is {often} not an answer.",
    "For {whose}, the balance is different, so the plan should be reconsidered whenever {test} is repeated.",
    "Small trials suggest that {care} may reduce {sign}, but differences are modest and varies between plots.",
    "A dose such as {dose} ml in a can of water is common, yet the right amount depends on soil, age and season.",
    "Some growers find that {care} goes better when it is combined with {care2}.",
    "Seedlings are not small trees: ask {helper} before giving any spray for {trouble}.",
    "If {sign} and {sign2} come on together, request professional advice on the same day.",
    "The aim of care is not only to ease {sign} but also to keep the garden flourishing throughout the year.",
    "Marks of a spray are {often} mild and settle within {time}; a burnt leaf or a bare twig is another matter.",
    "There are good trials of {care}, fair trials of {care2} and few trials of magic powders.",
    "Ask what would happen if you did nothing for {time}: to wait and watch is a real choice.",
    "{Whose} are more likely to be affected because of {cause}.",
    "Another look is {often} arranged after {time}, sooner if {sign} comes back.",
    "Bring a list of everything applied, including ashes — even `lime 10 g/m²` counts.",
    "The history of a bed matters: tell {helper} if a neighbouring plant had {trouble} within {dose} weeks.",
)
ITEMS = (
    "{sign} that comes and goes",
    "{sign}, mostly in the evening",
    "**{sign}** with {sign2}",
    "{sign} lasting more than {time}",
    "{sign} after {cause}",
    "trouble with everyday growth because of {sign}",
)
STEPS = (
    "Start with {care} and note what you see.",
    "Add {care2} after {time} if there is no change.",
    "Plan a visit of {helper}.",
    "Ask whether {test} would change the plan.",
    "Agree on a date to stop or step down.",
)
CODES = (
    (
        "yaml",
        "plan:\n  review_after: {number} days\n  checks: [soil, light]\n  stop_if:\n    - burn\n    - wilt",
    ),
    (
        "python",
        "def litres(area: float, depth: float) -> float:\n"
        '    """Area times depth, in cubic metres, as litres."""\n'
        "    return round(area * depth * 1000, 1)\n\n"
        "print(litres({number}.5, 0.71))",
    ),
    ("json", '{{\n  "kind": "Reading",\n  "state": "final",\n  "value": {{"number": {number}, "unit": "lux"}}\n}}'),
)
MADE_UP = "Made-up text, written by a program to measure other programs with."
