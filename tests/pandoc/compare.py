#!/usr/bin/env python3
# compare.py CASE.json OURS.json: nothing when `pandoc --citeproc` gives the same tree, else how the two differ.
#
# What makes no difference to a writer is left out: words that are cut in two, empty ones, spans without attributes, the spacing
# of entries (which pandoc writes from version 3 on), and fonts inside of the same font (which pandoc leaves to writers).
import difflib
import json
import subprocess
import sys

FONTS = ("Emph", "Strong")


def flatten(node, fonts):
    """The inlines of fonts with each other's effect undone."""
    if node["t"] not in FONTS:
        return [clean(node, fonts)]
    inner = clean_list(node["c"], fonts ^ {node["t"]})
    if node["t"] in fonts:
        return inner
    return [swap({"t": node["t"], "c": inner})]


def swap(font):
    """A link in a font is a font in a link."""
    inner = font["c"][0] if len(font["c"]) == 1 else None
    if isinstance(inner, dict) and inner["t"] == "Link":
        return {"t": "Link", "c": [inner["c"][0], [{"t": font["t"], "c": inner["c"][1]}], inner["c"][2]]}
    return font


def clean_list(nodes, fonts):
    out = []
    for node in nodes:
        parts = [clean(node, fonts)]
        if isinstance(node, dict) and node.get("t") in FONTS:
            parts = flatten(node, fonts)
        elif isinstance(node, dict) and node.get("t") == "Span" and node["c"][0] == ["", [], []]:
            parts = clean_list(node["c"][1], fonts)
        for part in parts:
            last = out[-1] if out else None
            word = isinstance(part, dict) and part.get("t") == "Str"
            if word and isinstance(last, dict) and last.get("t") == "Str":
                out[-1] = {"t": "Str", "c": last["c"] + part["c"]}
            elif not word or part["c"]:
                out.append(part)
    return out


def clean(node, fonts=frozenset()):
    if isinstance(node, list):
        return clean_list(node, fonts)
    if not isinstance(node, dict):
        return node
    if node.get("t") == "Div" and "csl-bib-body" in node["c"][0][1]:
        node["c"][0][2] = []
    if node.get("t") == "Span" and node["c"][0][1] == ["csl-left-margin"] and node["c"][1][-1:] == [{"t": "Space"}]:
        node["c"][1].pop()
    return {key: clean(value, fonts) for key, value in node.items()}


def main():
    case = open(sys.argv[1], "rb").read()
    peer = subprocess.run(["pandoc", "-f", "json", "-t", "json", "--citeproc"], input=case, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=True).stdout
    want = json.dumps(clean(json.loads(peer)["blocks"]), indent=0, ensure_ascii=False).split("\n")
    got = json.dumps(clean(json.load(open(sys.argv[2], encoding="utf-8"))["blocks"]), indent=0, ensure_ascii=False).split("\n")
    for line in difflib.unified_diff(want, got, "pandoc", "nkcite", n=2, lineterm=""):
        print(line)


main()
