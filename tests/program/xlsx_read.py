"""Reading a workbook as strictly as an XML parser does: what is wrong with it, and what its cells say."""

import datetime
import decimal
import os
import posixpath
import re
import xml.parsers.expat
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
NUMBERS = ("money", "amount", "integer", "share", "instant", "day", "month")
FORMULA = tuple("=+-@＝＋－＠")
EPOCH = datetime.datetime(1899, 12, 30)


REPORTS = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..", "reports"))


def types_of(report, grain=None):
    """The types of a report's columns, as its file declares them."""
    name = f"{report}.{grain}" if grain else report
    if not os.path.exists(f"{REPORTS}/{name}.sql"):
        name = report
    with open(f"{REPORTS}/{name}.sql", encoding="utf-8") as file:
        return re.findall(r"^-- column: +\S+ +(\w+)", file.read(), re.M)


class Wrong(Exception):
    """A workbook that is not as it must be."""


class Element:
    """An element of a part: its name as "namespace tag", its attributes likewise, and its text."""

    def __init__(self, name, attributes):
        self.name, self.attributes, self.children, self.text = name, attributes, [], ""

    def all(self, name):
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)


def parse(name, data):
    """The root of a part. A document type, an entity or anything that is not XML is wrong."""
    parser = xml.parsers.expat.ParserCreate("UTF-8", namespace_separator=" ")
    stack, roots = [], []

    def start(tag, attributes):
        element = Element(tag, attributes)
        (stack[-1].children if stack else roots).append(element)
        stack.append(element)

    def add(text):
        stack[-1].text += text

    def refuse(*_):
        raise Wrong(f"{name}: declares a document type")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = add
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except xml.parsers.expat.ExpatError as error:
        raise Wrong(f"{name}: {error}") from None
    return roots[0]


def check_types(roots):
    """Every part has a content type, and every content type its part."""
    types = roots["[Content_Types].xml"]
    defaults = {d.attributes["Extension"] for d in types.all(PACKAGE + "content-types Default")}
    overrides = {o.attributes["PartName"] for o in types.all(PACKAGE + "content-types Override")}
    for name in overrides:
        if name[1:] not in roots:
            raise Wrong(f"[Content_Types].xml: there is no {name}")
    for name in roots:
        if name != "[Content_Types].xml" and "/" + name not in overrides and (
            name.rsplit(".", 1)[-1] not in defaults or not name.endswith(".rels")
        ):
            raise Wrong(f"{name}: has no content type")


def check_relationships(roots):
    """Every relationship leads to a part, none out of the file."""
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for relationship in root.all(PACKAGE + "relationships Relationship"):
            target = relationship.attributes["Target"]
            path = posixpath.normpath(posixpath.join("/" + folder, target))[1:]
            if relationship.attributes.get("TargetMode") == "External" or path not in roots:
                raise Wrong(f"{name}: leads to {target}")


def check_inert(roots):
    """No cell computes, links or runs anything."""
    for name, root in roots.items():
        for tag in ("f", "hyperlink", "hyperlinks", "oleObject", "externalReference"):
            if next(root.all(f"{MAIN} {tag}"), None):
                raise Wrong(f"{name}: has a <{tag}>")
        if "vba" in name.lower() or "external" in name.lower():
            raise Wrong(f"{name}: has no business here")


def number_formats(styles):
    """The number format of each cell style."""
    declared = {
        f.attributes["numFmtId"]: f.attributes["formatCode"] for f in styles.all(MAIN + " numFmt")
    }
    styles = next(styles.all(MAIN + " cellXfs")).all(MAIN + " xf")
    return [declared.get(x.attributes["numFmtId"], x.attributes["numFmtId"]) for x in styles]


def unescape(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def column_of(place):
    column = 0
    for letter in re.match("[A-Z]+", place)[0]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def plain(number, number_format):
    """A number as the csv has it, but for zeros after the point."""
    if number_format == "yyyy-mm-dd":
        return (EPOCH + datetime.timedelta(days=int(number))).strftime("%Y-%m-%d")
    if number_format == "yyyy-mm":
        return (EPOCH + datetime.timedelta(days=int(number))).strftime("%Y-%m")
    if number_format == "yyyy-mm-dd hh:mm:ss":
        at = EPOCH + datetime.timedelta(seconds=round(float(number) * 86400))
        return at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return decimal.Decimal(repr(float(number)))


def rows_of(root, formats):
    """Rows of (text or number, is a string, is folded away); None where there is no cell."""
    rows = []
    for row in root.all(MAIN + " row"):
        cells = []
        for cell in row.all(MAIN + " c"):
            column = column_of(cell.attributes["r"])
            cells += [None] * (column + 1 - len(cells))
            value = next(cell.all(MAIN + " v"), None)
            text = next(cell.all(MAIN + " t"), None)
            if cell.attributes.get("t") == "inlineStr":
                if len(text.text.encode("utf-16-le")) // 2 > 32767:
                    raise Wrong(f"{cell.attributes['r']}: is longer than a cell holds")
                cells[column] = (unescape(text.text), True)
            elif value is not None:
                if "t" in cell.attributes:
                    raise Wrong(f"{cell.attributes['r']}: is of type {cell.attributes['t']}")
                cells[column] = (plain(value.text, formats[int(cell.attributes["s"])]), False)
        number = int(row.attributes["r"])
        rows += [[] for _ in range(number - len(rows))]
        rows[number - 1] = cells
    return rows


def read(path):
    """{name of sheet: rows}, in the order of the sheets, of a workbook that is as it must be."""
    with zipfile.ZipFile(path) as archive:
        if archive.testzip():
            raise Wrong(f"{archive.testzip()}: is damaged")
        for entry in archive.infolist():
            if entry.date_time != (1980, 1, 1, 0, 0, 0):
                raise Wrong(f"{entry.filename}: has a time")
        roots = {name: parse(name, archive.read(name)) for name in archive.namelist()}
        if len(roots) != len(archive.namelist()):
            raise Wrong("two parts have one name")
    check_types(roots)
    check_relationships(roots)
    check_inert(roots)
    targets = {
        r.attributes["Id"]: "xl/" + r.attributes["Target"]
        for r in roots["xl/_rels/workbook.xml.rels"].all(PACKAGE + "relationships Relationship")
    }
    formats = number_formats(roots["xl/styles.xml"])
    sheets = {}
    for sheet in roots["xl/workbook.xml"].all(MAIN + " sheet"):
        name = sheet.attributes["name"]
        if len(name) > 31 or name.lower() in (other.lower() for other in sheets):
            raise Wrong(f"the sheet {name} has a name that no program takes")
        sheets[name] = rows_of(roots[targets[sheet.attributes[RELATIONSHIPS + " id"]]], formats)
    return sheets


def as_csv(text):
    return "'" + text if text.startswith(FORMULA) else text


def same(cell, text, kind):
    """Whether a cell of that kind says what the csv says. A text may have been cut."""
    if cell is None:
        return text == ""
    value, is_string = cell
    if is_string:
        cut = len(value) > 32000 and value.endswith("…") and text.startswith(as_csv(value)[:-1])
        return kind not in NUMBERS and (cut or as_csv(value) == text)
    if isinstance(value, str):
        return kind in NUMBERS and value == text
    return kind in NUMBERS and text != "" and value == decimal.Decimal(text)


def compare(where, rows, expected, kinds):
    """A sheet against the rows of a csv, whose columns are of those kinds."""
    if len(rows) != len(expected) or len(rows[0]) != len(kinds):
        raise Wrong(f"{where}: {len(rows)} rows, and the csv has {len(expected)}")
    for number, (row, line) in enumerate(zip(rows[1:], expected[1:]), 2):
        row = row + [None] * (len(line) - len(row))
        for cell, said, kind, name in zip(row, line, kinds, expected[0], strict=True):
            if not same(cell, said, kind):
                raise Wrong(f"{where}: row {number}, {name}: {cell}, and the csv has {said[:200]!r}")
