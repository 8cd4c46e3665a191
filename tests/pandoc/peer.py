#!/usr/bin/env python3
# peer.py PANDOC-SOURCES KNOWN WORK: runs nkcite filter on the documents of pandoc's own tests of --citeproc (test/command) and
# compares the text with that of the pandoc that is installed. Prints what differs and is not in the list KNOWN (a name and the
# reason a line), and what is in the list and differs no more.
import glob
import json
import os
import re
import shlex
import subprocess
import sys

CASE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n% (pandoc[^\n]*)\n(.*?)^\^D\n(.*?)^\1", re.S | re.M)
TAKES = {"-f": "-f", "-r": "-f", "--from": "-f", "--csl": "csl", "--bibliography": "bibliography", "-M": "-M", "--metadata": "-M"}


def text(node):
    if isinstance(node, list):
        return "".join(text(child) for child in node)
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return content
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind in ("Code", "Math"):
        return content[1]
    if kind in ("Cite", "Span", "Link", "Quoted", "Div"):
        return text(content[1])
    if kind == "Header":
        return text(content[2]) + "\n"
    return text(content) + ("\n" if kind in ("Para", "Plain") else "")


def reader_options(words):
    out, at = [], 0
    while at < len(words):
        name, _, value = words[at].partition("=")
        takes = TAKES.get(name)
        if takes and not value:
            at += 1
            value = words[at]
        if takes == "-f" or takes == "-M":
            out += [takes, value]
        elif takes:
            out += ["-M", takes + "=" + value]
        at += 1
    return out


def run(command, data, folder):
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, check=False).stdout


def differs(command, document, folder, default):
    tree = run(["pandoc", "-t", "json"] + reader_options(shlex.split(command)[1:]), document.encode(), folder)
    style = [] if b'"csl"' in tree or b'"citation-style"' in tree else ["--style", default]
    peer = run(["pandoc", "-f", "json", "-t", "json", "--citeproc"], tree, folder)
    ours = run([os.environ["NKCITE"], "filter"] + style, tree, folder)
    if not tree or not peer:
        return None
    return not ours or text(json.loads(peer)["blocks"]) != text(json.loads(ours)["blocks"])


def main():
    folder, work = os.path.join(sys.argv[1], "test"), sys.argv[3]
    known = {line.split()[0] for line in open(sys.argv[2], encoding="utf-8") if line.strip() and line[0] != "#"}
    default = os.path.join(work, "default.csl")
    with open(default, "wb") as out:
        out.write(run(["pandoc", "--print-default-data-file", "default.csl"], b"", work))
    for path in sorted(glob.glob(os.path.join(folder, "command", "*.md"))):
        for number, case in enumerate(CASE.finditer(open(path, encoding="utf-8").read())):
            if not re.search(r"--citeproc|\s-C\b", case.group(2)):
                continue
            name = "%s.%d" % (os.path.basename(path)[:-3], number)
            other = differs(case.group(2), case.group(3), folder, default)
            if other is not None and other != (name in known):
                print(name, "differs" if other else "differs no more")


main()
