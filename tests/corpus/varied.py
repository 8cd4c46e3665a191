#!/usr/bin/env python3
"""varied.py: prints varied.json, CSL-JSON items made up to try every reader and writer on.

Every item has one purpose, told by its id: <group>-<what>. All items are valid CSL-JSON 1.0.2 but those whose
id begins with "invalid-". Run: python3 varied.py > varied.json
"""
import json

items = []
ids = set()


def add(ident, type="article-journal", **fields):
    """One item; in names of fields _ stands for -, a field that is None is left out."""
    assert ident not in ids, ident
    ids.add(ident)
    item = {"id": ident, "type": type}
    for name, value in fields.items():
        name = RENAMED.get(name, name.replace("_", "-"))
        if value is not None:
            item[name] = value
    items.append(item)


# CSL spells these with an underscore
RENAMED = {"archive_collection": "archive_collection", "archive_location": "archive_location"}


def person(family, given=None, **parts):
    name = {"family": family}
    if given is not None:
        name["given"] = given
    name.update({part.replace("_", "-"): value for part, value in parts.items()})
    return name


def group(name):
    return {"literal": name}


def date(*points, **more):
    """date((2020, 3, 4)), date((2020,), (2021,)), date((2020,), circa=True)"""
    return dict({"date-parts": [list(p) for p in points]}, **more)


# ---------------------------------------------------------------------------
# 1. Every type with every variable that makes sense in it
# ---------------------------------------------------------------------------

EVERYWHERE = {
    "title": "The Lighthouse Keepers of Jeju",
    "title-short": "Lighthouse Keepers",
    "author": [person("Harcourt", "Imogen"), person("Yoon", "Seri")],
    "issued": date((2019, 11, 4)),
    "accessed": date((2024, 2, 29)),
    "URL": "https://example.org/lighthouse?id=42&lang=en",
    "language": "en-GB",
    "abstract": "Keepers recorded ninety years of weather. We read their logs.",
    "note": "Read the second edition as well.",
    "annote": "Useful for chapter two.",
    "keyword": "lighthouses, weather, Jeju",
    "source": "National Library Catalogue",
    "call-number": "VK1103 .H37",
    "archive": "Maritime Archive",
    "archive_collection": "Keepers' Papers",
    "archive_location": "Box 7, folder 3",
    "archive-place": "Busan",
    "citation-key": "harcourt2019lighthouse",
    "citation-label": "Har19",
    "citation-number": 12,
    "first-reference-note-number": 3,
    "locator": "44",
    "year-suffix": "b",
    "categories": ["sea", "buildings"],
    "custom": {"shelf": "east", "rank": 3, "seen": [True, None, 1.5]},
    "status": "published",
    "medium": "print",
    "genre": "study",
    "dimensions": "24 x 30 cm",
    "contributor": [person("Baines", "Ruth")],
    "editor": [person("Calloway", "Dev")],
    "translator": [person("Ferreira", "Ana")],
    "illustrator": [person("Quill", "Peter")],
    "original-author": [person("Homer")],
    "original-date": date((1923,)),
    "original-publisher": "Tidewater Press",
    "original-publisher-place": "Leith",
    "original-title": "Les gardiens du phare",
    "publisher": "Northlight Press",
    "publisher-place": "Edinburgh",
    "DOI": "10.5555/lighthouse.2019",
    "available-date": date((2019, 12, 1)),
    "submitted": date((2018, 6, 30)),
    "references": "Cites the Harbour Act 1847",
}

PLAUSIBLE = {
    "serial": {
        "container-title": "Annals of Coastal History", "container-title-short": "Ann. Coast. Hist.", "volume": "12",
        "issue": "3-4", "page": "101-129", "page-first": "101", "number": "e417", "ISSN": "0028-0836", "PMID": "31452104",
        "PMCID": "PMC6710000", "section": "Articles", "supplement": "2", "part": "1", "part-title": "Harbours",
        "collection-title": "New Series", "collection-number": "4", "reviewed-title": "Lamps of the South",
        "reviewed-genre": "monograph", "reviewed-author": [person("Okoro", "Chidi")],
        "editorial-director": [person("Lund", "Kari")], "journalAbbreviation": "Ann Coast Hist", "shortTitle": "Keepers",
    },
    "book": {
        "ISBN": "978-0-306-40615-7", "edition": "2nd, revised", "volume": "3", "number-of-volumes": "5",
        "number-of-pages": "412", "collection-title": "Studies in Light", "collection-number": "17",
        "collection-editor": [person("Brandt", "Elke")], "volume-title": "The Southern Coast",
        "volume-title-short": "Southern", "part": "2", "part-title": "Islands", "printing": "4",
        "compiler": [person("Vogel", "Jan")], "ISSN": "1234-5679", "event-title": "Book Week", "event-place": "Leith",
        "event-date": date((2019, 5, 1), (2019, 5, 7)), "event": "Book Week",
    },
    "in-book": {
        "container-title": "Handbook of Coastal Light", "container-author": [person("Marsh", "Olive")],
        "container-title-short": "HCL", "page": "17-35", "page-first": "17", "chapter-number": "4", "section": "B",
        "ISBN": "0-306-40615-2", "edition": "3", "volume": "1", "number-of-volumes": "2",
        "collection-title": "Handbooks", "collection-number": "9", "collection-editor": [person("Brandt", "Elke")],
        "volume-title": "North", "volume-title-short": "N", "part": "I", "part-title": "Lamps", "printing": "2",
    },
    "meeting": {
        "container-title": "Proceedings of the Light Congress", "event-title": "Seventh Light Congress",
        "event-place": "Tromsø", "event-date": date((2019, 6, 3), (2019, 6, 5)), "page": "88-93", "volume": "7", "issue": "1",
        "ISBN": "9783161484100", "collection-title": "Lecture Notes on Light", "collection-number": "77",
        "collection-editor": [person("Brandt", "Elke")], "chair": [person("Moreau", "Claire")],
        "organizer": [group("Nordic Light Society")], "number": "P-12",
    },
    "report": {
        "number": "TR-2019/7", "container-title": "Coast Reports Online", "collection-title": "Technical Reports",
        "collection-number": "7", "collection-editor": [person("Brandt", "Elke")], "page": "1-61", "number-of-pages": "61",
        "authority": "Harbour Board", "version": "1.2", "ISBN": "9781402894626", "edition": "1",
        "number-of-volumes": "1", "volume": "2", "jurisdiction": "gb",
    },
    "law": {
        "authority": "Supreme Court", "jurisdiction": "us", "division": "Second Division", "number": "88-352",
        "container-title": "Statutes at Large", "container-title-short": "Stat.", "volume": "78", "page": "241",
        "section": "§ 7(b)", "chapter-number": "VII", "issue": "2", "collection-title": "Public Laws",
        "event-date": date((2019, 10, 2)), "event-place": "Washington", "number-of-volumes": "2", "edition": "2000",
    },
    "web": {
        "container-title": "Example Site", "container-title-short": "Ex.", "section": "Opinion", "number": "118",
        "collection-title": "Long Reads", "ISSN": "2049-3630", "version": "3", "page": "2", "volume": "1", "issue": "6",
    },
    "media": {
        "director": [person("Bong", "Hyun")], "producer": [person("Stone", "Mia")],
        "executive-producer": [person("Grant", "Leo")], "script-writer": [person("Pak", "Jun")],
        "performer": [person("Ito", "Rin"), group("The Foghorns")], "composer": [person("Holm", "Siri")],
        "narrator": [person("Bell", "Tom")], "host": [person("Diaz", "Eva")], "guest": [person("Moss", "Kit")],
        "series-creator": [person("Wolfe", "Ada")], "curator": [person("Rossi", "Pia")],
        "container-title": "Coast Nights", "number": "7", "volume": "2", "scale": "1:25000", "section": "Side A",
        "collection-title": "Sea Cycle", "event-place": "Oslo", "event-title": "Light Festival",
        "event-date": date((2019, 7, 14)), "ISBN": "9780306406157", "number-of-volumes": "3", "edition": "Director's cut",
        "version": "2.0.1", "authority": "Film Board",
    },
    "letter": {
        "recipient": [person("Adeyemi", "Tola")], "interviewer": [person("Novak", "Jana")],
        "container-title": "Letters from the Rock", "number": "31", "event-place": "Cork", "page": "4", "number-of-pages": "6",
    },
}

KINDS = {
    "article": "web", "article-journal": "serial", "article-magazine": "serial", "article-newspaper": "serial",
    "bill": "law", "book": "book", "broadcast": "media", "chapter": "in-book", "classic": "book", "collection": "book",
    "dataset": "report", "document": "report", "entry": "web", "entry-dictionary": "in-book",
    "entry-encyclopedia": "in-book", "event": "meeting", "figure": "in-book", "graphic": "media", "hearing": "law",
    "interview": "letter", "legal_case": "law", "legislation": "law", "manuscript": "letter", "map": "media",
    "motion_picture": "media", "musical_score": "media", "pamphlet": "book", "paper-conference": "meeting",
    "patent": "law", "performance": "media", "periodical": "serial", "personal_communication": "letter", "post": "web",
    "post-weblog": "web", "regulation": "law", "report": "report", "review": "serial", "review-book": "serial",
    "software": "report", "song": "media", "speech": "meeting", "standard": "report", "thesis": "book", "treaty": "law",
    "webpage": "web",
}

for kind_of, kind in KINDS.items():
    add("full-" + kind_of, kind_of, **{**EVERYWHERE, **PLAUSIBLE[kind]})
    plain = {key: EVERYWHERE[key] for key in
             ("title", "author", "issued", "accessed", "URL", "language", "publisher", "publisher-place")}
    plain.update({key: value for key, value in PLAUSIBLE[kind].items()
                  if key in ("container-title", "volume", "issue", "page", "number", "ISBN", "ISSN", "event-title",
                             "authority", "collection-title", "recipient", "director", "edition")})
    if kind in ("serial", "meeting", "in-book"):
        plain["DOI"] = EVERYWHERE["DOI"]
    if kind in ("serial", "web"):
        del plain["publisher"], plain["publisher-place"]
    add("usual-" + kind_of, kind_of, **plain)
    add("bare-" + kind_of, kind_of, title="Nothing but a title")

# ---------------------------------------------------------------------------
# 2. Names
# ---------------------------------------------------------------------------


def named(what, *names, role="author", type="book"):
    add("name-" + what, type, title="A book by " + what.replace("-", " "), issued=date((2001,)), publisher="Press",
        **{role: list(names)})


named("particle", person("Velde", "Joost", non_dropping_particle="van der"))
named("particle-dropping", person("Tocqueville", "Alexis", dropping_particle="de"))
named("particle-both", person("Fontaine", "Jean", dropping_particle="de", non_dropping_particle="La"))
named("particle-apostrophe", person("Alembert", "Jean", dropping_particle="d'"),
      person("Annunzio", "Gabriele", non_dropping_particle="d’"))
named("particle-arabic", person("Hakim", "Tawfiq", non_dropping_particle="al-"),
      person("Saud", "Fahd", non_dropping_particle="Āl "))
named("particle-in-family", person("van Beethoven", "Ludwig"), person("de la Cruz", "Juana"), person("'t Hooft", "Gerard"))
named("particle-capital", person("Van Buren", "Martin"), person("De Niro", "Roberto"))
named("particle-only-lower", person("hooks", "bell"), person("cummings", "e. e."))
named("particle-and-suffix", person("Beck", "Ernst", non_dropping_particle="von der", suffix="III"))
named("particle-no-given", person("Gogh", non_dropping_particle="van"))
named("suffix", person("Griffey", "Ken", suffix="Jr."), person("Ford", "Henry", suffix="II"))
named("suffix-comma", person("Strunk", "William", suffix="Jr.", comma_suffix=True))
named("suffix-no-given", person("Barnum", suffix="Sr."))
named("suffix-comma-inside", person("Watson", "Ann", suffix="MD, PhD"))
named("mononym", person("Voltaire"), person("Madonna"))
named("given-only", {"given": "Prince"})
named("two-word-mononym", person("Leonardo da Vinci"))
named("hyphens", person("Levi-Strauss", "Jean-Claude"), person("Ortega-y-Gasset", "M.-J."))
named("initials", person("Ng", "A. Y."), person("Eliot", "T.S."), person("Doe", "JX"), person("Ho", "L.-W. C."))
named("and-inside", person("Alexander", "Sandy"), person("Rand", "Andy"), person("Husband", "Brand"))
named("and-as-word", person("Salt and Pepper", "Chef"), person("Et Al", "Ibn"))
named("comma-in-family", person("Smith, Esq.", "John"))
named("comma-in-given", person("King", "Martin Luther, Jr."))
named("quotes", person("O'Neill", "Eugene"), person("Marc \"Mask\" Blane", "D."), person("Ta’eed", "Lata"))
named("braces", person("{Ba}rr", "A {B}"), person("Open {", "Close }"))
named("tex", person("Gauß & Söhne", "50% of #1_~^\\"))
named("diacritics", person("Ångström", "Anders"), person("Šťastný", "Jiří"), person("Gödel", "Kürt"), person("Ğül", "Işık"))
named("combining", person("Nu\u0301n\u0303ez", "Jose\u0301"), person("Nun\u0303o", "A\u030anders"))
named("rare-letters", person("Þórðarson", "Æsa"), person("Łoś", "Œuvre"), person("Ɖzifa", "Ŋmai"), person("İnan", "ı"))
named("korean", person("김", "하늘"), person("독고", "영재"))
named("korean-static", person("박", "지민", static_ordering=True))
named("korean-roman", person("Kim", "Ha-neul"), person("Pak", "Chi-min"))
named("chinese", person("司马", "相如"), person("李", "清照"))
named("japanese", person("夏目", "漱石"), person("ドストエフスキー", "フョードル"))
named("vietnamese", person("Nguyễn", "Thị Minh Khai"), person("Đặng", "Văn Ngữ"))
named("arabic", person("طه حسين"), person("الحكيم", "توفيق"))
named("hebrew", person("עגנון", "שמואל יוסף"))
named("cyrillic", person("Ахматова", "Анна Андреевна"), person("Їжак", "Ґалаґан"))
named("greek", person("Καβάφης", "Κωνσταντίνος Π."))
named("thai-hindi", person("ชาติ กอบจิตติ"), person("ठाकुर", "रवीन्द्रनाथ"))
named("armenian-georgian", person("Սևակ", "Պարույր"), person("რუსთაველი", "შოთა"))
named("spaces", person(" Padded ", "  Too   many "), person("Zero\u200bwidth", "No\u00a0break"))
named("literal", group("United Nations Development Programme"))
named("literal-comma", group("Acme Widgets, Inc."), group("University of Somewhere, Department of Law, Library"))
named("literal-and", group("Department of Trade and Industry"), group("Barnes and Sons and Daughters"))
named("literal-ampersand", group("Procter & Gamble"), group("AT&T"), group("R&D <Lab>"))
named("literal-lower", group("the editors of n+1"), group("iFixit"))
named("literal-semicolon", group("Lab A; Lab B"))
named("literal-braces", group("{Anonymous} Collective"), group("Half {open"))
named("literal-scripts", group("국가인권위원회"), group("新华社"), group("اتحاد الكتاب"), group("Министерство культуры, СССР"))
named("literal-dot", group("Ministry of Health. Bureau of Statistics."))
named("literal-one-word", group("UNESCO"), group("Greenpeace"))
named("literal-number", group("42"), group("3M"))
named("literal-colon", group("BBC: World Service"), group("Who? (a group)"))
named("mixed", person("Roe", "Jane"), group("World Bank"), person("van Dyk", "Piet"), group("Doe, Inc."))
named("many", *[person("Author%d" % n, "N. %d" % n) for n in range(1, 121)])
named("same-name-twice", person("Li", "Wei"), person("Li", "Wei"))
named("editors-only", person("Bright", "Sarah"), person("Olsen", "Per"), role="editor")
named("translator-only", person("Grossman", "Edith"), role="translator")
named("director-only", person("Varda", "Agnès"), role="director", type="motion_picture")
named("flags", person("Sato", "Ken", static_ordering="true", parse_names=False))
named("empty-parts", {"family": "Stone", "given": "", "suffix": ""})
named("empty-list")
named("nobody", {})
named("literal-and-family", {"family": "Fox", "given": "Mo", "literal": "Mo Fox"})
named("long", person("Wolfeschlegelsteinhausenbergerdorff" * 20, "Hubert " * 40 + "B."))
named("title-in-given", person("Curie", "Dr. Marie"), person("Mandela", "President Nelson"))
named("punctuation", person("Müller-Lüdenscheidt", "Dr. h.c. K.-H."), person("Ali (editor)", "M."), person("Ash; Bo", "C"))

for role in ("chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator", "director",
             "editorial-director", "executive-producer", "guest", "host", "illustrator", "interviewer", "narrator",
             "organizer", "original-author", "performer", "producer", "recipient", "reviewed-author", "script-writer",
             "series-creator"):
    named("role-" + role, person("Visser", "Anna", non_dropping_particle="de"), group("Studio One, Ltd."), role=role,
          type="chapter")

# ---------------------------------------------------------------------------
# 3. Dates
# ---------------------------------------------------------------------------


def dated(what, issued, **more):
    add("date-" + what, "book", title="A book of " + what.replace("-", " "), author=[person("Tempus", "Vera")], issued=issued,
        publisher="Press", **more)


dated("year", date((1984,)))
dated("month", date((1984, 2)))
dated("day", date((1984, 2, 29)))
dated("strings", date(("1984", "2", "9")))
dated("first-day", date((2000, 1, 1)))
dated("last-day", date((1999, 12, 31)))
dated("range-years", date((1914,), (1918,)))
dated("range-months", date((1914, 7), (1918, 11)))
dated("range-days", date((2021, 3, 28), (2021, 4, 2)))
dated("range-same-month", date((2021, 3, 1), (2021, 3, 5)))
dated("range-mixed", date((2021,), (2022, 6)))
dated("range-across-eras", date((-43, 3, 15), (14, 8, 19)))
dated("circa", date((1450,), circa=True))
dated("circa-string", date((1450,), circa="true"))
dated("circa-number", date((1450,), circa=1))
dated("circa-month", date((1450, 6), circa=True))
dated("circa-range", date((1450,), (1460,), circa=True))
dated("circa-false", date((1450,), circa=False))
dated("bce", date((-44,)))
dated("bce-day", date((-44, 3, 15)))
dated("bce-long", date((-12000,)))
dated("year-1", date((1,)))
dated("year-2-digits", date((79,)))
dated("year-3-digits", date((793,)))
dated("year-5-digits", date((12024,)))
for number, season in enumerate(("spring", "summer", "autumn", "winter"), 1):
    dated("season-" + season, date((2019,), season=number))
dated("season-string", date((2019,), season="3"))
dated("season-word", date((2019,), season="Michaelmas"))
dated("season-range", date((2019, 21), (2019, 23)))
dated("season-month", date((2019, 24)))
dated("literal", {"literal": "forthcoming"})
dated("literal-year", {"literal": "Winter 1999 or 2000"})
dated("literal-nd", {"literal": "n.d."})
dated("literal-hangul", {"literal": "1945년 8월"})
dated("literal-hebrew", {"literal": "תש״ח"})
dated("literal-slashes", {"literal": "Trinity/Michaelmas 1888"})
dated("literal-besides", date((1888,), literal="Trinity Term 1888"))
dated("raw", {"raw": "2013-11-04"})
dated("raw-words", {"raw": "4 November 2013"})
dated("raw-range", {"raw": "2013-11-04/2013-11-06"})
dated("empty", {"literal": ""})
dated("none", None)
dated("original", date((2003,)), original_date=date((1867,)))
dated("original-bce", date((1998,)), original_date=date((-399,), circa=True))
dated("accessed-only", None, accessed=date((2025, 5, 6)), URL="https://example.org/")
dated("accessed-month", date((2020,)), accessed=date((2025, 5)), URL="https://example.org/")
dated("accessed-literal", date((2020,)), accessed={"literal": "in May"}, URL="https://example.org/")
dated("all", date((2019, 3)), submitted=date((2018, 1, 2)), available_date=date((2019, 2, 28)),
      event_date=date((2018, 9, 1), (2018, 9, 3)), original_date=date((1919,)), accessed=date((2020, 2, 2)))

# ---------------------------------------------------------------------------
# 4. Text
# ---------------------------------------------------------------------------


def text(what, title, **more):
    add("text-" + what, more.pop("type", "article-journal"), title=title, author=[person("Letter", "Rita")],
        issued=date((2022, 8)), container_title="Journal of Signs", **more)


SPECIALS = "Q&A: 100% of #7 cost $3 in a_b ~ {c} ^ \\d"
text("tex-specials", SPECIALS, abstract=SPECIALS, note=SPECIALS, keyword=SPECIALS, publisher=SPECIALS)
text("tex-commands", "\\input{/etc/hosts} and \\textbf{bold} \\\\ \\end{document}")
text("tex-math", "A bound of $O(n^2 \\log n)$ for $x_{i}$")
text("tex-dollars", "Five $5 notes and ten $10 notes")
text("tex-comment", "Half of it % is not a comment\\% here")
text("tex-accents", "Schr\\\"{o}dinger's {\\'e}tude")
text("braces-unbalanced-open", "An {open brace")
text("braces-unbalanced-close", "A close} brace")
text("braces-wrong-order", "}Wrong{ order")
text("at-sign", "@article{fake, title={Injected}}")
text("hash-percent", "#hashtag 5%-rule % # %% ##")
text("backslash-end", "Ends in a backslash\\")
text("tilde-caret", "~tilde^caret~ ^^M ^^5e")
text("quote-straight", "\"Quoted\" and 'single' and ''double single'' and ``ticks''")
text("quote-whole", "\"The whole title in quotes\"")
text("quote-curly", "“Curly ‘nested’ quotes” and ’90s rock ’n’ roll")
text("quote-guillemets", "« Guillemets » and „German“ and 「括弧」")
text("quote-unbalanced", "An “open quote and a closing one” too”")
text("dashes", "En–dash, em—dash, minus −1, hyphen‐non‑breaking, 1--2 and 3---4")
text("ellipsis", "Wait… what... and. . .")
text("markup-italic", "Nest sites of <i>Larus argentatus</i> and <i>L. fuscus</i>")
text("markup-bold", "A <b>bold</b> new world")
text("markup-sub-sup", "CO<sub>2</sub> at 10<sup>−3</sup> and E = mc<sup>2</sup>")
text("markup-smallcaps", "<span style=\"font-variant:small-caps;\">Brut</span> force")
text("markup-smallcaps-old", "<sc>Brut</sc> force")
text("markup-nocase", "Why <span class=\"nocase\">macOS</span> and <span class=\"nocase\">DNA</span> stay")
text("markup-nested", "On <i>the <b>very</b> <sup>high</sup></i> ground")
text("markup-crossed", "On <i>crossed <b>tags</i> here</b>")
text("markup-open", "On <i>never closed")
text("markup-unknown", "A <u>underlined</u> <blink>tag</blink> and <br/> break")
text("markup-attributes", "<i class=\"x\" onclick='y'>Loud</i> letters")
text("entities", "Fish &amp; chips &lt;b&gt; &#8212; &eacute;t&eacute; &nbsp;&bogus;")
text("less-than", "When a<b and c>d, p < 0.05 & q<r")
text("script", "<script>alert('x')</script> as a title")
text("comment", "<!-- hidden --> visible <![CDATA[ data ]]>")
text("newline", "Two\nlines", abstract="One.\n\nTwo.\nThree.", note="First line\nSecond line", annote="A\r\nB")
text("tab", "A\ttab and\ttwo")
text("carriage-return", "A\rreturn")
text("control", "Bell\u0007 null\u0001 escape\u001b[31m delete\u007f nel\u0085 end")
text("line-separator", "Line\u2028separator\u2029paragraph")
text("vertical-tab", "Vertical\u000btab and form\u000cfeed")
text("ris-injection", "Innocent\nER  - \nTY  - JOUR\nTI  - Injected", abstract="Begin\nER  - \n\nTY  - BOOK\nTI  - Injected\nER  - ",
     note="TY  - note\n  AU  - Spaced")
text("ris-inline", "A title with ER  - inside", note="Language: not a language")
text("bib-injection", "Close},\n year={1066}}\n@book{x, title={y}")
text("json-injection", "\"}, {\"id\": \"x\"")
text("csv-formula", "=1+2;@SUM(A1)")
text("percent-format", "%s %n %d %%")
text("url-in-title", "See https://example.org/a_b?c=d&e=f#g, please")
text("email-in-title", "Write to <user_name@example.org>")
text("space-edges", "  Spaces at both ends  ")
text("space-only", "   ")
text("space-many", "Two  spaces,   three")
text("space-unicode", "No\u00a0break, thin\u2009space, ideographic\u3000space, narrow\u202fone")
text("empty", "")
text("zero-width", "Zero\u200bwidth\u200cnon\u200djoiner\ufeffmark\u2060joiner")
text("soft-hyphen", "Co\u00adoperation")
text("ligature", "ﬁnal oﬃce and Æther, ĳssel, ŀla")
text("fraction-symbols", "½ ¼ ² ³ ₂ № ™ © ® ° ‰ § ¶ † ‡ • ※ ± × ÷ µ Ω √ ∞ ≠ ≤ ≥ ∈ ∑ → ⇒")
text("currency", "€5, £6, ¥7, ₩8, ₫9, ₹10, ¢11, ₿12")
text("greek-math", "α-helix, β-sheet, Δt, σ and 𝜆 (mathematical lambda)")
text("emoji", "Emoji 😀, skin 👍🏽, family 👨‍👩‍👧‍👦, flag 🇰🇷, keycap 7️⃣")
text("astral", "Gothic 𐌰𐌱, cuneiform 𒀀, 𠀀 and 𝒳")
text("combining-marks", "Z\u0351\u036b\u0343a\u0363\u0368lgo te\u0301xt and a\u030a vs \u00e5")
text("private-use", "Private \ue000 use and \uf8ff apple")
text("noncharacter", "Noncharacter \ufdd0 and \uffff here")
text("replacement", "Lost \ufffd letter")
text("bidi-controls", "Left \u202eoverride\u202c and \u2066isolate\u2069")
text("hebrew", "מבוא לתקשורת: עיון מחודש", language="he")
text("arabic", "مدخل إلى الإعلام: «دراسة» ٢٠٢٢", language="ar")
text("persian", "تاریخ روزنامه‌نگاری", language="fa")
text("mixed-direction", "The word שלום in English and 2022 in العربية")
text("korean", "북한의 강제노동: 증언과 기록 (1990–2020)", language="ko", keyword="인권, 강제노동, 증언")
text("korean-decomposed", "\u1112\u1161\u11ab\u1100\u116e\u11a8 in jamo", language="ko")
text("korean-hanja", "北韓 人權 白書 2022", language="ko-KR")
text("chinese-simplified", "论新闻自由与社会责任", language="zh-CN")
text("chinese-traditional", "論新聞自由與社會責任：臺灣經驗", language="zh-TW")
text("japanese", "報道の自由――「表現」をめぐって", language="ja")
text("russian", "О свободе слова: очерк истории", language="ru")
text("ukrainian", "Ґрунтовний огляд їжі та п’ять слів", language="uk")
text("greek", "Περί ελευθερίας του λόγου", language="el")
text("thai", "เสรีภาพของสื่อมวลชน", language="th")
text("hindi", "प्रेस की स्वतंत्रता", language="hi")
text("vietnamese", "Tự do báo chí và trách nhiệm xã hội", language="vi")
text("georgian-armenian", "სიტყვის თავისუფლება և խոսքի ազատություն")
text("turkish", "İstanbul'da ışık ve İĞNE", language="tr")
text("german", "Über Größe: ẞ, ß und Straße", language="de-CH-1996")
text("capitals", "ALL CAPITALS IN THIS TITLE")
text("camel", "eBay, iOS, mRNA, pH and McCarthy in New York")
text("question", "What now? And who: asks!")
text("full-stop", "A title that ends in a stop.")
text("only-punctuation", "?!")
text("only-number", "1984")
text("subtitle", "Main: first sub; second sub—third")
text("long-title", "Very " * 900 + "long title")
text("long-word", "W" + "o" * 3000 + "rd")
text("long-abstract", "Long abstract", abstract="Sentence with a few words and 5% & more. " * 400)
text("long-keywords", "Many keywords", keyword=", ".join("keyword %d" % n for n in range(300)))
text("null-word", "null", note="undefined", keyword="NaN")
text("date-like", "2013-11-04", note="12/11/10", type="report", number="00123")

# ---------------------------------------------------------------------------
# 5. Numbers, pages, identifiers, links
# ---------------------------------------------------------------------------


def numbered(what, type="article-journal", **fields):
    add("number-" + what, type, title="Numbered " + what.replace("-", " "), author=[person("Count", "Al")],
        issued=date((2010, 10, 10)), container_title="Journal of Numbers", **fields)


for what, page in {
    "one": "7", "range": "7-19", "range-en-dash": "7–19", "range-double-hyphen": "7--19", "range-spaces": "7 - 19",
    "range-short": "1032-9", "several": "1-3, 7, 9-11", "roman": "xii-xx", "letters": "e0212345", "prefixed": "S12-S19",
    "prefixed-hyphen": "S12-3-S12-9", "articles": "123:1-123:20", "plus": "14+", "ampersand": "3 & 5", "words": "front matter",
    "figure-dash": "7‒19", "minus": "7−19", "bracket": "[5]-[9]",
}.items():
    numbered("page-" + what, page=page)
numbered("page-number", page=42)
numbered("first-only", page_first="42")
numbered("volume-number", volume=12, issue=3, number=4)
numbered("volume-words", volume="Bd. 12 (N.F. 3)", issue="3/4 & Suppl. 1")
numbered("volume-roman", volume="XIV", issue="n° 2")
numbered("volume-range", volume="3–4", issue="1-2")
numbered("zero", volume="0", issue=0)
numbered("negative", volume="-1", issue=-2)
numbered("decimal", volume="1.5", issue=2.5)
numbered("huge", volume="123456789012345678901234567890")
numbered("edition-number", "book", edition=2)
numbered("edition-ordinal", "book", edition="3rd")
numbered("edition-words", "book", edition="revised and enlarged edition")
numbered("edition-german", "book", edition="2., überarb. Aufl.")
numbered("series", "book", collection_title="Lecture Notes in Numbers & Things", collection_number="12/B")
numbered("doi", DOI="10.1000/182")
numbered("doi-url", DOI="https://doi.org/10.1000/182")
numbered("doi-prefix", DOI="doi:10.1000/182")
numbered("doi-odd", DOI="10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2")
numbered("doi-specials", DOI="10.1007/978-3_16%1#a&b~c{d}e\\f^g$h")
numbered("doi-upper", DOI="10.1016/S0140-6736(20)30183-5")
numbered("isbn-10", "book", ISBN="0306406152")
numbered("isbn-13", "book", ISBN="978-0-306-40615-7")
numbered("isbn-x", "book", ISBN="0-8044-2957-X")
numbered("isbn-two", "book", ISBN="9780306406157 9783161484100")
numbered("isbn-note", "book", ISBN="9780306406157 (pbk.)")
numbered("issn", ISSN="2049-3630")
numbered("issn-two", ISSN="0028-0836, 1476-4687")
numbered("isbn-and-issn", "book", ISBN="9780306406157", ISSN="2049-3630")
numbered("pmid", PMID="31452104", PMCID="PMC6710000")
numbered("arxiv", "article", number="arXiv:2101.00001v2 [cs.DL]", publisher="arXiv")
numbered("report", "report", number="NBER 27046", genre="Working Paper")
numbered("patent", "patent", number="US 9,999,999 B2", authority="USPTO", call_number="14/123,456")
numbered("standard", "standard", number="ISO 8601-2:2019", authority="ISO")

for what, url in {
    "plain": "https://example.org/", "query": "https://example.org/s?a=1&b=2&c=x%20y", "underscore": "https://example.org/a_b_c~d",
    "fragment": "https://example.org/page#sec-2.1", "percent": "https://example.org/100%25/%E2%82%AC",
    "entity-like": "https://example.org/?a=1&section=2&copy=3&lt=4&amp=5&region=6", "unicode": "https://example.org/경로/文?q=ö",
    "idn": "https://bücher.example/", "parens": "https://example.org/wiki/Set_(mathematics)", "braces": "https://example.org/{a}/b}",
    "backslash": "https://example.org/a\\b^c|d", "quotes": "https://example.org/?q=\"x\"&r='y'", "space": "https://example.org/a b",
    "port-user": "http://user:pw@example.org:8080/p", "ftp": "ftp://ftp.example.org/file.tar.gz", "doi": "https://doi.org/10.1000/182",
    "ipv6": "http://[2001:db8::1]/", "pubmed-like": "https://example.org/PM:123", "comma-semicolon": "https://example.org/a,b;c=d",
    "no-scheme": "www.example.org/x", "mailto": "mailto:a@example.org", "data": "data:text/plain,hello", "long": "https://example.org/?" + "k=v&" * 700,
    "archive": "https://web.archive.org/web/20200101000000/https://example.org/x",
}.items():
    add("url-" + what, "webpage", title="A page called " + what, container_title="Example Site", issued=date((2023, 5)),
        accessed=date((2024, 1, 2)), URL=url)

# ---------------------------------------------------------------------------
# 6. Notes, keywords, archives, own data
# ---------------------------------------------------------------------------


def kept(what, **fields):
    add("kept-" + what, fields.pop("type", "document"), title="Kept " + what.replace("-", " "), issued=date((1951, 6)), **fields)


kept("keyword-one", keyword="alone")
kept("keyword-comma", keyword="one, two, three")
kept("keyword-tight", keyword="one,two,three")
kept("keyword-semicolon", keyword="one; two; three, with comma")
kept("keyword-empty-parts", keyword="one,, two, ,three,")
kept("keyword-newline", keyword="one\ntwo")
kept("keyword-long", keyword="a rather long phrase that is one keyword")
kept("note-html", note="<p>See <b>this</b> &amp; that.</p>")
kept("note-lines", note="original-date: 1867\nPMID: 123\nplain text")
kept("note-cheater", note="{:original-date: 1867} tex.archiveprefix: arXiv")
kept("note-colon", note="Edition: second")
kept("note-and-annote", note="short", annote="A much longer annotation.\n\nWith two paragraphs.")
kept("abstract-markup", abstract="<jats:p>We <i>show</i> x &lt; y.</jats:p>")
kept("abstract-lines", abstract="OBJECTIVE: One.\nMETHODS: Two.\n\n RESULTS: Three. \nEP  - Four")
kept("archive", type="manuscript", archive="Bodleian Library", archive_collection="Papers of A. Nother",
     archive_location="MS. Eng. misc. c. 264, fol. 3r", archive_place="Oxford", author=[person("Nother", "Ann")])
kept("archive-url", type="webpage", URL="https://example.org/gone", archive="Internet Archive",
     archive_location="https://web.archive.org/web/20190101/https://example.org/gone", accessed=date((2019, 1, 1)))
kept("custom-nested", custom={"a": {"b": {"c": [1, "two", {"d": None}]}}, "empty": {}, "list": [], "": "empty key"})
kept("custom-own", custom={"nkcite": {"absent": {"author": "none-stated"},
                                      "provenance": {"issued": {"from": "url-path", "at": "2025-05-06"}}}})
kept("custom-hostile", custom={"}": "{", "\"": "\\", "line\nbreak": "ER  - \nTY  - BOOK", "ctl": "\u0000\u001f"})
kept("custom-numbers", custom={"int": 9007199254740993, "float": 1e-7, "negative": -0.5, "big": 123456789012345678901234567890})
kept("categories", categories=["one", "two, three"])
kept("categories-empty", categories=[])
kept("no-title", author=[person("Silent", "Sam")])
kept("reviews", type="review-book", reviewed_title="The Reviewed", reviewed_author=[person("Critic", "C.")],
     reviewed_genre="novel", container_title="Review of Reviews", author=[person("Reviewer", "R.")])
kept("translation", type="book", original_title="Война и мир", original_author=[person("Толстой", "Лев")],
     original_publisher="Русский вестник", original_publisher_place="Москва", original_date=date((1869,)),
     translator=[person("Pevear", "Richard"), person("Volokhonsky", "Larissa")])
kept("conference-dates", type="paper-conference", event_title="Congress", event_date=date((2018, 9, 1), (2018, 9, 3)),
     event_place="Graz, Austria", publisher_place="Berlin", publisher="Springer", container_title="Proceedings", page="1-9")
kept("event-old-name", type="speech", event="Old Congress", event_place="Graz")
kept("abbreviation-only", type="article-journal", journalAbbreviation="J. Abbr.", author=[person("Short", "S.")])
kept("container-short-only", type="article-journal", container_title_short="J. Abbr.", author=[person("Short", "S.")])
kept("short-title-old-name", shortTitle="Kept")
kept("film", type="motion_picture", director=[person("Ozu", "Yasujirō")], author=[person("Noda", "Kōgo")],
     producer=[person("Yamamoto", "Takeshi")], publisher="Shochiku", dimensions="136 min", medium="35 mm film", genre="Drama")
kept("television", type="broadcast", container_title="The Long Show", number="7", volume="2", publisher="BBC One",
     director=[person("Hall", "Peter")], host=[person("Frost", "David")], section="Season 2")
kept("recording", type="song", author=[person("Simone", "Nina")], composer=[person("Weill", "Kurt")], publisher="Philips",
     container_title="In Concert", medium="LP", collection_title="Live", volume="1")
kept("score", type="musical_score", composer=[person("Bartók", "Béla")], publisher="Universal Edition", publisher_place="Wien")
kept("case", type="legal_case", authority="U.S. Supreme Court", container_title="U.S.", volume="347", page="483",
     number="No. 1", references="aff'd")
kept("bill", type="bill", number="H.R. 1234", authority="House of Representatives", chapter_number="117th Cong., 1st sess.",
     container_title="Congressional Record", volume="167", page="12-14", section="3")
kept("software", type="software", version="1.2.3-rc.1+build5", publisher="Example Forge", author=[group("The nkcite authors")],
     URL="https://example.org/nkcite", medium="Linux", genre="command line program", language="en")
kept("dataset", type="dataset", version="v2", publisher="Zenodo", DOI="10.5281/zenodo.1234567", number="Z-77", genre="Data set")
kept("tweet", type="post", genre="Tweet", container_title="Twitter", author=[person("Okafor", "N.")], URL="https://example.org/s/1")
kept("podcast", type="broadcast", medium="podcast", container_title="Field Notes", number="12", host=[person("Ali", "Z.")])
kept("interview", type="interview", author=[person("Subject", "S.")], interviewer=[person("Asker", "A.")], medium="Telephone")
kept("preprint", type="article", genre="Preprint", publisher="bioRxiv", DOI="10.1101/2020.01.01.123456", version="2")
kept("number-id", type="book", publisher="Press")
items[-1]["id"] = 1951

# The key is hostile: it is the id that is tried here.
for what, ident in {
    "space": "key with spaces", "tex": "key%with#tex_~\\{}", "slash": "../up/and/away", "colon": "doi:10.1000/182",
    "unicode": "키-ключ-مفتاح", "quote": "it's \"quoted\"", "comma": "smith2001,jones2002", "at": "@key", "url": "http://example.org/items/AB12",
    "newline": "key\nnewline", "case": "NAME-Particle", "long": "k" * 400, "brackets": "[@key; -@other]", "equals": "a=b",
}.items():
    add(ident, "book", title="The id is hostile: " + what, author=[person("Key", "K.")], issued=date((2005,)), publisher="Press")

# ---------------------------------------------------------------------------
# 7. Not valid CSL-JSON, though seen in files: marked by the id
# ---------------------------------------------------------------------------

add("invalid-unknown-member", "book", title="Unknown members", shelfmark="X 1", nested={"a": [1]})
add("invalid-license", "dataset", title="A variable of the specification that the schema lacks", license="CC-BY-4.0")
add("invalid-editor-translator", "book", title="The other one", **{"editor-translator": [person("Roe", "R.")]})
add("invalid-type", "blog", title="A type that is none")
add("invalid-edtf", "book", title="EDTF dates", issued="2013-11~", accessed="2024-02-29", **{"original-date": "-0043"})
add("invalid-name-text", "book", title="Names as text", author="Wertz, Daniel")
add("invalid-title-number", "book", title=1984)
add("invalid-null", "book", title="Nulls", author=None, publisher="Press")
items[-1]["author"] = None
add("invalid-empty-parts", "book", title="No parts", issued={"date-parts": [[]]})
add("wrong-month", "book", title="Month 13", issued=date((2004, 13, 11)))

if __name__ == "__main__":
    print("[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]")
