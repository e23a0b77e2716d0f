"""Everything that a ledger's reports tell, so that two ledgers can be compared."""
import json
import re

from ledger import Ledger

# Report audit tells when and by whom: it is about the commands, not about the facts.
UNORDERED = ("audit",)
PLACE = re.compile(r"[\w.-]+\.(?:csv|CSV):\d+")


def reports_of(ledger):
    """name -> its JSON, without the time of import."""
    told = {}
    for line in ledger.run("reports").splitlines():
        name, _, summary = line.partition("  ")
        words = name.split()
        if words[0] in UNORDERED or summary.lstrip().startswith("document: "):
            continue  # a document is made of reports
        text = ledger.run("report", *words, "--format", "json")
        told[" ".join(words)] = re.sub(r'("imported_at": ")[^"]*', r"\1", text)
    told["status"] = ledger.run("status")
    told["check"] = ledger.run("check")
    return told


def ledger_of(binary, groups):
    """A ledger into which groups of files went, a command each."""
    ledger = Ledger(binary)
    for group in groups:
        ledger.run("--quiet", "import", *group)
    return ledger


def unplaced(name, text):
    """A report's rows without what says where in a file something stands, in order of content."""
    if name in ("status", "check"):
        return [PLACE.sub("PLACE", line) for line in text.splitlines()]
    rows = []
    for row in json.loads(text):
        row = {k: v for k, v in row.items() if not (k.endswith("line") or k == "sha256")}
        if PLACE.fullmatch(row.get("reference") or ""):
            row.pop("id", None)  # made of the reference
        rows.append(PLACE.sub("PLACE", json.dumps(row, sort_keys=True)))
    return sorted(rows)


def differ(kind, before, after, note=""):
    """Whether a report differs; the first that does is told."""
    for name in before:
        if before[name] != after.get(name):
            print(f"{kind}: report {name} differs {note}")
            pairs = [(a, b) for a, b in zip(_lines(before[name]), _lines(after[name])) if a != b]
            for a, b in pairs[:3]:
                print(f"  - {a[:600]}\n  + {b[:600]}")
            return True
    return False


def _lines(told):
    return told.splitlines() if isinstance(told, str) else told
