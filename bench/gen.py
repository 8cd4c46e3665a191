#!/usr/bin/env python3
"""gen.py COUNT [FOLDER]: made-up CSL-JSON items, about 1 kB each; the same every time. One list on standard output, or
with FOLDER one file a record in it.

What a research library holds: two fifths journal articles, much from the web, names and titles in seven scripts,
missing authors and dates, URLs with characters that formats trip over, some markup, and abstracts of several sentences.
"""
import json
import os
import random
import sys

STEMS = """archive border border-crossing camp census charter citizen claim commission conflict court custody data debate
decree detention dialogue diplomacy dissent election embassy estimate evidence exile exit family famine forecast freedom
frontier grain harvest hearing household inquiry interview island judgment judiciary justice labour law ledger letter
market memory migration ministry mission model monitoring nation network newspaper observer parliament petition photograph
policy press prison province record reform refugee region register report resolution right river sanction satellite school
sentence settlement source speech state statute survey testimony trade transition treaty trial verdict village visit voice
witness women worker""".split()
JOINTS = "of in and for the on under before after against without between".split()
TITLES = {
    "ko": ["북한 인권 상황에 대한 보고", "정치범 수용소의 기록", "탈북민 증언과 자료의 검증"],
    "zh": ["边境地区的人口流动", "档案与记忆：一项研究", "劳动教养制度的废止"],
    "ja": ["拉致問題に関する資料集", "証言の記録と検証"],
    "ru": ["Архивы и память: заметки о методе", "Права человека и международное право"],
    "ar": ["حقوق الإنسان في شمال شرق آسيا", "شهادات من الحدود"],
    "el": ["Μαρτυρίες και αρχεία"],
}
PEOPLE = [("Okonkwo", "Adaeze"), ("Lindqvist", "Maja"), ("Szabó", "Péter"), ("Iwata", "Kenji"), ("Marquez", "Lucía"),
          ("Thorne", "Edmund"), ("Şahin", "Elif"), ("Nielsen", "Bo"), ("Dvořák", "Tomáš"), ("Achterberg", "Femke"),
          ("O'Connell", "Niamh"), ("Ferreira", "Inês"), ("Hoang", "Minh Anh"), ("Rao", "S. K."), ("Weiß", "Jörg"),
          ("Lévesque", "Hélène"), ("Popescu", "Ion"), ("Mwangi", "Grace"), ("Haugen", "Åse"), ("Castel", "Jean-Luc"),
          ("김", "서준"), ("이", "하은"), ("陈", "思远"), ("佐藤", "美咲"), ("Петрова", "Анна"), ("حداد", "ليلى")]
PARTICLES = [("non-dropping-particle", "van der"), ("non-dropping-particle", "de la"), ("dropping-particle", "von"),
             ("non-dropping-particle", "al-")]
BODIES = ["Institute for Border Studies", "Committee on Records & Testimony", "Ministry of Justice (North Province)",
          "International Federation of Archives", "국가기록연구원", "Office of the Special Rapporteur"]
OUTLETS = {
    "article-journal": ["Journal of Archival Evidence", "Asian Borderlands Review", "Human Rights & Method", "동북아연구"],
    "article-newspaper": ["The Morning Ledger", "Der Beobachter", "한빛일보", "La Gaceta del Norte"],
    "article-magazine": ["The Envoy", "World Affairs Monthly"],
    "post-weblog": ["Notes from the Frontier", "Open Sources"],
    "webpage": ["Borderwatch", "Records Online", "Freedom Index"],
}
HOUSES = ["Harbour University Press", "Nordlys & Søn", "Quill, Inc.", "도서출판 한결", "Éditions du Fleuve"]
PLACES = ["Rotterdam", "Seoul", "New York, NY", "Łódź", "Zürich", "São Paulo"]
# type: how many of a hundred
MIX = {"article-journal": 40, "webpage": 13, "article-newspaper": 9, "book": 9, "chapter": 8, "paper-conference": 6,
       "report": 6, "post-weblog": 4, "thesis": 3, "article-magazine": 2}
ONLINE = {"webpage", "article-newspaper", "article-magazine", "post-weblog", "report"}


class Source:
    """One made-up item after another, all from one seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.kinds = [kind for kind, share in MIX.items() for _ in range(share)]

    def chance(self, share):
        return self.random.random() < share

    def phrase(self, low, high):
        words = []
        for place in range(self.random.randint(low, high)):
            words.append(self.random.choice(JOINTS if place % 3 == 2 else STEMS))
        return " ".join(words)

    def sentence(self, low, high):
        text = self.phrase(low, high)
        return text[0].upper() + text[1:]

    def title(self):
        if self.chance(.08):
            language = self.random.choice(list(TITLES))
            return self.random.choice(TITLES[language]), language
        text = self.sentence(4, 10)
        if self.chance(.25):
            text += ": " + self.phrase(3, 6)
        extra = self.random.random()
        if extra < .02:
            text = "<i>" + text.split(" ")[0] + "</i> " + " ".join(text.split(" ")[1:])
        elif extra < .04:
            text += " & 100% of the #1 case_file"
        elif extra < .06:
            text += " (“" + self.phrase(2, 3) + "”)?"
        return text, self.random.choice(["en", "en-US", "en-GB", "de", "fr", ""])

    def person(self):
        family, given = self.random.choice(PEOPLE)
        name = {"family": family, "given": given}
        if self.chance(.06):
            particle, text = self.random.choice(PARTICLES)
            name[particle] = text
        if self.chance(.02):
            name["suffix"] = "Jr."
        return name

    def people(self, most):
        return [self.person() for _ in range(min(most, 1 + int(self.random.expovariate(.6))))]

    def date(self, year, parts):
        return {"date-parts": [[year, self.random.randint(1, 12), self.random.randint(1, 28)][:parts]]}

    def pages(self):
        first = self.random.randint(1, 800)
        return "%d-%d" % (first, first + self.random.randint(2, 40))

    def where(self, kind, year):
        choice, number = self.random.choice, self.random.randint
        if kind in OUTLETS:
            yield "container-title", choice(OUTLETS[kind])
        if kind == "article-journal":
            yield "volume", str(number(1, 80))
            yield "issue", str(number(1, 12))
            yield "page", self.pages()
            yield "DOI", "10.%d/%s_%d.%04d" % (number(1000, 9999), choice(STEMS), year, number(0, 9999))
            yield "ISSN", "%04d-%04d" % (number(0, 9999), number(0, 9999))
        if kind in ("chapter", "paper-conference"):
            yield "container-title", self.sentence(3, 7)
            yield "editor", self.people(3)
            yield "page", self.pages()
        if kind in ("book", "chapter", "paper-conference"):
            yield "publisher", choice(HOUSES)
            yield "publisher-place", choice(PLACES)
            yield "ISBN", "978%010d" % number(0, 10**10 - 1)
        if kind in ("report", "thesis"):
            yield "publisher", choice(BODIES)
            yield "genre", "PhD thesis" if kind == "thesis" else "Working paper"
        if kind == "report":
            yield "number", "%d/%d" % (year, number(1, 99))

    def address(self, place, year):
        return "https://www.site%d.example/%s/%d/%s-%s_%d.html?ref=a&q=50%%25#p%d" % (
            self.random.randint(1, 99), self.random.choice(["news", "~desk", "blog"]), year, self.random.choice(STEMS),
            self.random.choice(STEMS), place, self.random.randint(1, 9))

    def item(self, place):
        kind = self.random.choice(self.kinds)
        year = self.random.randint(1948, 2026)
        title, language = self.title()
        item = {"id": "item%d" % place, "type": kind, "title": title}
        if self.chance(.07):
            item["author"] = [{"literal": self.random.choice(BODIES)}]
        elif kind not in ONLINE or self.chance(.75):
            item["author"] = self.people(12)
        if kind not in ONLINE or self.chance(.9):
            item["issued"] = self.date(year, 3 if kind in ONLINE else self.random.randint(1, 2))
        item.update(self.where(kind, year))
        if kind in ONLINE or self.chance(.25):
            item["URL"] = self.address(place, year)
            item["accessed"] = self.date(self.random.randint(2015, 2026), 3)
        if language:
            item["language"] = language
        if self.chance(.6):
            item["abstract"] = ". ".join(self.sentence(9, 22) for _ in range(self.random.randint(4, 9))) + "."
        if self.chance(.4):
            item["keyword"] = ", ".join(sorted(set(self.random.choices(STEMS, k=self.random.randint(2, 6)))))
        return item


def write_list(source, count):
    """All items as one CSL-JSON list on standard output, one a line."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False) as out:
        out.write("[")
        for place in range(count):
            out.write(",\n" if place else "\n")
            out.write(encode(source.item(place)))
        out.write("\n]\n")


def write_files(source, count, folder):
    """Each item as FOLDER/<id>.json."""
    os.makedirs(folder)
    for place in range(count):
        item = source.item(place)
        with open(os.path.join(folder, item["id"] + ".json"), "w", encoding="utf-8", newline="\n") as out:
            json.dump(item, out, ensure_ascii=False, indent=2)
            out.write("\n")


def main():
    source, count = Source(1), int(sys.argv[1])
    if len(sys.argv) > 2:
        write_files(source, count, sys.argv[2])
    else:
        write_list(source, count)


if __name__ == "__main__":
    main()
