#!/usr/bin/env python3
"""Whether what trueup wrote holds text from files as text alone: inert.py <LIST

A line of the list is a format, a number and what it is, with tabs between: NUMBER.hostile is the file,
NUMBER.harmless the same of a ledger with harmless names, for html. One function a format, named by
what a file of it ends in; a format without one is an error.
"""

import csv
import html.parser
import io
import json
import pathlib
import posixpath
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as tree
import zipfile
import zlib

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫")
NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(\.[0-9]+)?( %)?\Z")
OUR_COLOURS = re.compile(r"\033\[(0|1|31|32|33)m")
problems = []
folder, entries = "", set()  # of the page in a pack that is looked at: it may link to what the pack holds


def problem(text):
    problems.append(text)


def check_characters(text, where, allowed="\n"):
    """No control, bidi control or other invisible format character, and nothing that is no character."""
    for character in text:
        kind = unicodedata.category(character)
        if character not in allowed and (kind in ("Cc", "Cf", "Zl", "Zp", "Cs") or ord(character) & 0xFFFE == 0xFFFE):
            problem(f"{where}: holds U+{ord(character):04X} in {text[max(0, text.index(character) - 30):][:70]!r}")
            return


def decode(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as why:
        problem(f"is no UTF-8: {why}")
        return ""


def check_table(data, _):
    check_characters(OUR_COLOURS.sub("", decode(data)), "table")


def check_csv(data, _):
    text = decode(data)
    check_characters(text, "csv", "\n\r")
    for row in csv.reader(text.splitlines(keepends=True), strict=True):
        for cell in row:
            if cell.lstrip(" \u00a0\u3000").startswith(FORMULA) and not NUMBER.match(cell):
                problem(f"csv: the cell {cell!r} is a formula to a spreadsheet")


def check_json(data, _):
    text = decode(data)
    check_characters(text, "json")
    json.loads(text)


class Page(html.parser.HTMLParser):
    """What a page is made of, and what it may not have whoever wrote it."""

    FORBIDDEN = {"script", "iframe", "object", "embed", "form", "base", "frame", "applet", "input", "video", "audio"}

    def __init__(self):
        super().__init__()
        self.kinds = set()
        self.texts = []

    def handle_starttag(self, tag, attributes):
        self.kinds.add(tag)
        if tag in self.FORBIDDEN:
            problem(f"html: has an element {tag}")
        for name, value in attributes:
            self.kinds.add(f"{tag} {name}")
            check_characters(value or "", f"html: {tag} {name}")
            if name.startswith("on") or name in ("srcdoc", "formaction", "ping"):
                problem(f"html: has an attribute {name}")
            if name in ("href", "xlink:href") and not (value or "").startswith("#") and (tag, value) != ("link", "data:,") and posixpath.normpath(posixpath.join(folder, value)) not in entries:
                problem(f"html: a link leads to {value!r}")
            if name == "src" and not (value or "").startswith("data:image/svg+xml"):
                problem(f"html: loads {value!r}")

    def handle_data(self, data):
        check_characters(data, "html text")

    def handle_pi(self, data):
        problem(f"html: has an instruction {data!r}")

    def handle_comment(self, data):
        if "\n" in data or ">" in data:
            problem(f"html: has a comment {data!r}")


def page_of(data):
    page = Page()
    page.feed(decode(data))
    page.close()
    return page


def check_html(data, benign):
    check_characters(decode(data), "html")
    page = page_of(data)
    if not page.kinds:
        problem("html: is no page")
    if benign is not None:
        for kind in sorted(page.kinds - page_of(benign).kinds):
            problem(f"html: {kind} is not there with harmless names")


def check_xlsx(data, _):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            if re.search(r"vba|externalLink|activeX|embeddings|connections", name, re.I):
                problem(f"xlsx: holds {name}")
            if not name.endswith((".xml", ".rels")):
                continue
            for element in tree.fromstring(book.read(name)).iter():
                tag = element.tag.rsplit("}")[-1]
                if tag == "f" and name.startswith("xl/charts/"):
                    # what a chart draws: cells of a sheet, and nothing that computes
                    if not re.fullmatch(r"('[^']+'|\w+)!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", element.text or ""):
                        problem(f"xlsx: {name} draws {element.text!r}")
                elif tag in ("f", "hyperlink", "ddeLink", "oleLink"):
                    problem(f"xlsx: {name} has an element {tag}")
                if element.get("TargetMode") == "External":
                    problem(f"xlsx: {name} leads to {element.get('Target')!r}")
                if tag == "c" and element.get("t") not in (None, "n", "s", "inlineStr", "b"):
                    problem(f"xlsx: {name} has a cell of type {element.get('t')}")
                check_characters(element.text or "", f"xlsx: {name}")


def check_pdf(data, _):
    if not data.startswith(b"%PDF-"):
        problem("pdf: is none")
    streams = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
    parts = [streams.sub(b"", data)]
    for stream in streams.finditer(data):
        try:
            parts.append(zlib.decompress(stream.group(1)))
        except zlib.error:
            pass  # an image, a font: not a dictionary
    for part in parts:
        part = re.sub(rb"\((?:[^()\\]|\\.)*\)", b"()", part, flags=re.S)  # text, its brackets escaped
        for key in (b"JS", b"JavaScript", b"URI", b"Launch", b"OpenAction", b"AA", b"EmbeddedFile", b"RichMedia", b"SubmitForm", b"GoToR"):
            if re.search(rb"/" + key + rb"[\s/(<\[]", part):
                problem(f"pdf: has a key /{key.decode()}")
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=False)
    if text.returncode != 0:
        problem("pdf: pdftotext does not read it")
    check_characters(text.stdout.decode("utf-8", "replace"), "pdf", "\n\f")


def check_zip(data, _):
    global folder

    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        entries.update(pack.namelist())
        for name in pack.namelist():
            folder = posixpath.dirname(name)
            if not re.fullmatch(r"([A-Za-z0-9][A-Za-z0-9._-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*", name) or ".." in name:
                problem(f"zip: an entry is called {name!r}")
            ending = name.rsplit(".")[-1]
            # Sources and receipts are theirs, byte for byte.
            if not name.startswith(("sources/", "receipts/")) and ending in ("csv", "html", "pdf", "xlsx", "json", "txt"):
                check(ending, pack.read(name), None)
    entries.clear()


ENDINGS = {"txt": "table", "hledger": "table", "beancount": "table", "quickbooks": "csv", "xero": "csv", "focus": "csv"}


def check(ending, data, benign):
    function = globals().get("check_" + ENDINGS.get(ending, ending))
    if function is None:
        problem(f"{ending}: inert.py does not know this format: tell it what inert means there")
        return
    function(data, benign)


def main():
    failed = False
    for line in sys.stdin:
        ending, number, what = line.rstrip("\n").split("\t")
        harmless = pathlib.Path(number + ".harmless")
        problems.clear()
        try:
            check(ending, pathlib.Path(number + ".hostile").read_bytes(), harmless.read_bytes() if harmless.exists() else None)
        except (csv.Error, ValueError, tree.ParseError, zipfile.BadZipFile) as why:
            problem(f"cannot be read: {why}")
        for text in problems[:3]:
            print(f"{what}: {text}")
        failed = failed or bool(problems)
    sys.exit(1 if failed else 0)


main()
