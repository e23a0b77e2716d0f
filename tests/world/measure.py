"""Judges pairs, books and exceptions against the answer key."""
import csv
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

DONE = ("confirmed", "interchangeable", "accepted", "settled")
CODES = ("NO_RECEIPT", "NO_CARD_CHARGE", "DUPLICATE_CHARGE", "REFUND", "CHARGEBACK")


def truth_read(folder, name):
    with open(folder / "truth" / f"{name}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@dataclass
class Tally:
    """How the pairs of one leg came out."""
    right: int = 0
    right_clean: int = 0
    wrong: int = 0
    wrong_money: Decimal = Decimal(0)
    there: int = 0              # pairs that the world has
    there_clean: int = 0
    suggested_right: int = 0

    @property
    def recall(self):
        return self.right / self.there if self.there else 1.0

    @property
    def recall_clean(self):
        return self.right_clean / self.there_clean if self.there_clean else 1.0

    def add(self, other):
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def _verdict(link, place, state):
    """right | wrong | untold of a pair that was made: untold is what no file can tell."""
    if place in link["cards"].split("|"):
        return "right"
    if place in link["lenient"].split("|"):
        if link["clean"] == "0":
            return "untold"
        if state == "interchangeable":
            return "right"
    return "wrong"


def judge_cards(links, pairs):
    """pairs: (payment file, line) -> (file:line of a charge, state)."""
    tally = Tally()
    for link in links:
        place, state = pairs.get((link["payment_file"], link["payment_line"]), ("", "open"))
        made = place and state in DONE
        verdict = _verdict(link, place, state) if made else ""
        clean = link["clean"] == "1"
        tally.there += bool(link["cards"])
        tally.there_clean += bool(link["cards"]) and clean
        tally.right += verdict == "right"
        tally.right_clean += verdict == "right" and clean
        if verdict == "wrong":
            tally.wrong += 1
            tally.wrong_money += Decimal(link["total"])
        if not made and place and place in link["cards"].split("|"):
            tally.suggested_right += 1
    return tally


def judge_receipts(links, pairs):
    tally = Tally()
    for link in links:
        place, state = pairs.get((link["payment_file"], link["payment_line"]), ("", "open"))
        made = place and state in DONE
        tally.there += bool(link["receipt"])
        tally.right += bool(made) and place == link["receipt"]
        if made and place != link["receipt"]:
            tally.wrong += 1
            tally.wrong_money += Decimal(link["total"])
        tally.suggested_right += not made and bool(place) and place == link["receipt"]
    tally.right_clean, tally.there_clean = tally.right, tally.there
    return tally


def pairs_of(topups, leg):
    """The pairs of a leg as the report of top-ups has them."""
    made = {}
    for row in topups:
        place = f"{row[leg + '_source']}:{row[leg + '_line']}" if row[leg + "_source"] else ""
        made[row["topup_source"], row["topup_line"]] = (place, row[leg + "_state"])
    return made


def wrong_charges(folder, charges):
    """Cards of which a movement is lost, or counted twice, or read otherwise."""
    found = {}
    for row in charges:
        if row["state"] in ("posted", "reversed"):
            count, total = found.get(row["account"], (0, Decimal(0)))
            found[row["account"]] = (count + 1, total + Decimal(row["amount"]))
    return [(t["account"], "found", *found.get(t["account"], (0, 0)), "of", t["count"], t["sum"])
            for t in truth_read(folder, "charges")
            if found.get(t["account"]) != (int(t["count"]), Decimal(t["sum"]))]


def wrong_spend(folder, spend):
    """Projects' months whose cost is not exactly the truth's."""
    found = Counter()
    for row in spend:
        found[row["organization_id"], row["project_id"], row["month"]] += Decimal(row["cost"])
    wanted = {(t["organization_id"], t["project_id"], t["month"]): Decimal(t["cost"])
              for t in truth_read(folder, "monthly")}
    return [key for key in wanted.keys() | found.keys()
            if wanted.get(key, 0) != found.get(key, 0)]


def wrong_balances(folder, balances):
    found = {(r["organization_id"], r["day"]): Decimal(r["balance"]) for r in balances}
    return [(t["organization_id"], t["day"]) for t in truth_read(folder, "balances")
            if found.get((t["organization_id"], t["day"])) != Decimal(t["balance"])]


def wrong_diagnoses(folder, diagnoses):
    """Organizations out of credit at the end that are not called so, and others that are ill. A
    payment that failed lately is a cause of its own, whatever is left."""
    last = {t["organization_id"]: Decimal(t["balance"]) for t in truth_read(folder, "balances")}
    out = {organization for organization, balance in last.items() if balance <= 0}
    called = {r["organization_id"] for r in diagnoses if r["cause"] == "balance"}
    ill = {r["organization_id"] for r in diagnoses if r["cause"] != "payment"}
    return sorted((out ^ called) | (ill - out))


def wrong_grants(folder, grants):
    columns = (("face", "face"), ("used", "used"), ("expired", "expired"),
               ("withdrawn", "withdrawn"), ("remaining", "left"))
    found = {(r["organization_id"], r["reference"]): r for r in grants}
    wanted = truth_read(folder, "grants")
    bad = []
    for t in wanted:
        row = found.get((t["organization_id"], t["reference"]))
        if not row or any(Decimal(row[a]) != Decimal(t[b]) for a, b in columns):
            bad.append(t["reference"])
    return bad + ["more grants than there are"] * (len(found) > len(wanted))


def wrong_rollforward(rows, balances):
    """Months that do not add up, do not begin where the last one ended, or end elsewhere."""
    ends = {(r["organization_id"], r["day"][:7]): Decimal(r["balance"]) for r in balances}
    closing, bad = {}, []
    for row in rows:
        n = {k: Decimal(row[k] or 0) for k in ("opening", "restated", "topups", "grants", "usage",
                                               "expired", "withdrawn", "adjustments", "closing")}
        owner = row["organization_id"]
        sums = n["opening"] + n["restated"] + n["topups"] + n["grants"] - n["usage"] - \
            n["expired"] - n["withdrawn"] + n["adjustments"]
        if sums != n["closing"] or closing.get(owner, n["opening"]) != n["opening"] or \
                ends.get((owner, row["month"])) != n["closing"]:
            bad.append((owner, row["month"]))
        closing[owner] = n["closing"]
    return bad


def exceptions_found(folder, rows):
    """code -> (found, wanted, found besides), counted by organization."""
    result = {}
    for code in CODES:
        wanted = Counter(t["organization_id"] for t in truth_read(folder, "exceptions")
                         if t["code"] == code)
        found = Counter(r["organization_id"] for r in rows if r["code"] == code)
        hit = sum((wanted & found).values())
        result[code] = (hit, sum(wanted.values()), sum(found.values()) - hit)
    return result
