"""The answer key of a world, beside its files and never among them.

links       per payment of a file: the lines on which its receipt and its charges stand. `cards` are
            the right lines, one charge possibly in several statements; `group` names the payments of
            one organization, card, amount and month, `lenient` the lines of such charges, and of rows
            that are the same to the byte. A group of which a charge is missing, doubled or reversed,
            or a date mistyped, is not `clean`: no file tells which of its charges is whose.
balances    per organization and day; grants: face, used, expired, withdrawn, left. Both follow
            from the payments as the file has them: what a person mistyped is not the program's.
charges     per card: how many movements the statements show as posted, and their sum
monthly     cost per project and month. exceptions: what must be found.
"""
from burn import Grant, burn, year_after
from company import DAY, NANOS, cost_of, cost_parts
from exports import day_of
from statements import Table, plain


def dollars(nanos):
    sign = "-" if nanos < 0 else ""
    return f"{sign}{abs(nanos) // NANOS}.{abs(nanos) % NANOS:09d}"


def _month(at):
    return str(day_of(at // DAY))[:7]


def _group(payment, total=None):
    """What payments are alike in: to the books they are, whichever of their charges is whose."""
    organization = payment.organization
    return (f"{organization.id}/{organization.account.last4}/"
            f"{plain(payment.total if total is None else total)}/{_month(payment.at)}")


def _places(world, movements):
    """The lines on which movements stand as posted."""
    return [f"{name}:{line}" for m in movements
            for name, line, shown in world.rows.get(id(m), []) if not shown]


def _twin_places(world, movements):
    """The lines that are, to the byte, those on which movements stand as posted."""
    return [f"{name}:{line}" for m in movements for place in world.rows.get(id(m), [])
            if not place[2] for name, line, _ in world.twins[place]]


def _movements(payment, *kinds):
    return [m for m in payment.organization.account.movements
            if any(p is payment for p in m.pays) and m.kind in kinds]


def _shape(payment, charges):
    if len(charges) > 1:
        return "split"
    return "joint" if charges and len(charges[0].pays) > 1 else "one"


def _is_soiled(world, payment, charges):
    """Whether its group no longer tells by itself which charge is whose."""
    if payment.status != "Paid":
        return False
    return not world.typed[id(payment)][2].is_true or _shape(payment, charges) != "one" or \
        not _places(world, charges) or bool(_movements(payment, "duplicate", "reversed"))


def links(world):
    table = Table("links.csv", ["payment_file", "payment_line", "organization_id", "status",
                                "invoice", "total", "receipt", "cards", "shape", "group",
                                "lenient", "clean"])
    soiled, lenient = set(), {}
    for payment in world.payments:
        charges = _movements(payment, "charge")
        if _is_soiled(world, payment, charges):
            soiled.add(_group(payment))
        for movement in _movements(payment, "charge", "duplicate", "reversed"):
            group = _group(payment, movement.original)
            lenient.setdefault(group, []).extend(_twin_places(world, [movement]))
    for payment in world.payments:
        name, line, typed = world.typed[id(payment)]
        charges = _movements(payment, "charge")
        receipt = world.receipts.get(id(payment))
        group = _group(payment)
        table.add([name, line, payment.organization.id, payment.status, typed.invoice,
                   plain(payment.total), f"{receipt[0]}:{receipt[1]}" if receipt else "",
                   "|".join(_places(world, charges)), _shape(payment, charges), group,
                   "|".join(lenient.get(group, [])), int(group not in soiled)])
    return table


def _grants(world, organization):
    """The organization's grants and withdrawals as its files tell them."""
    grants, withdrawals = [], []
    if organization.promotion:
        grants.append(Grant("grant_" + organization.tag, True, world.days[0] * DAY,
                            (world.days[0] + 91) * DAY, organization.promotion * NANOS // 100))
    for payment in world.payments:
        if payment.organization is not organization or payment.status != "Paid":
            continue
        name, line, typed = world.typed[id(payment)]
        grant = Grant(typed.invoice or f"{name}:{line}", False, typed.at, year_after(typed.at),
                      typed.credit * NANOS // 100)
        grants.append(grant)
        withdrawals += [(at, grant, min(credit, typed.credit) * NANOS // 100)
                        for at, _, credit, told in payment.refunds if told]
    return grants, withdrawals


def books(world):
    balances = Table("balances.csv", ["organization_id", "day", "balance"])
    listed = Table("grants.csv", ["organization_id", "reference", "face", "used", "expired",
                                  "withdrawn", "left"])
    for organization in world.organizations:
        grants, withdrawals = _grants(world, organization)
        costs = {day: cost_of(organization, day) for day in world.days}
        last = max(day for day, cost in costs.items() if cost)  # none is known after it
        days = range(world.days[0], last + 1)
        for day, balance in burn(grants, withdrawals, costs, days).items():
            balances.add([organization.id, day_of(day), dollars(balance)])
        for g in grants:
            listed.add([organization.id, g.reference] +
                       [dollars(n) for n in (g.face, g.used, g.expired, g.withdrawn, g.left)])
    return [balances, listed]


def monthly(world):
    table = Table("monthly.csv", ["organization_id", "project_id", "month", "cost"])
    for organization in world.organizations:
        for project in organization.projects:
            spent = {}
            for day in world.days:
                month = str(day_of(day))[:7]
                spent[month] = spent.get(month, 0) + sum(n for _, n in cost_parts(project, day))
            for month, nanos in sorted(spent.items()):
                if nanos:
                    table.add([organization.id, project.id, month, dollars(nanos)])
    return table


def charges(world):
    table = Table("charges.csv", ["account", "count", "sum"])
    for account in world.accounts:
        shown = [m for m in account.movements if _places(world, [m])]
        table.add([account.name, len(shown), plain(sum(m.amount for m in shown))])
    return table


def _is_covered(world, payment):
    """Statements reach far enough past the payment for its charge to be missed."""
    return payment.at // DAY + 8 <= world.days[-1]


def exceptions(world):
    table = Table("exceptions.csv", ["code", "organization_id", "group", "amount"])

    def add(code, payment):
        table.add([code, payment.organization.id, _group(payment), plain(payment.total)])

    for payment in world.payments:
        if payment.status != "Paid":
            continue
        if id(payment) not in world.receipts:
            add("NO_RECEIPT", payment)
        if not _places(world, _movements(payment, "charge")) and _is_covered(world, payment) and \
                not payment.joint:
            add("NO_CARD_CHARGE", payment)
        for code, kind in (("DUPLICATE_CHARGE", "duplicate"), ("REFUND", "refund"),
                           ("CHARGEBACK", "chargeback")):
            for movement in _movements(payment, kind):
                if _places(world, [movement]):
                    add(code, payment)
    return table


def write(world, folder):
    for table in [links(world), charges(world), monthly(world), exceptions(world)] + books(world):
        table.write(folder)
