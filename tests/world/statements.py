"""Card statements as the banks export them: one writer per format, from movements to rows."""
import csv
import io
from datetime import datetime, timedelta

BOM = "\ufeff"


class Table:
    """A CSV file that knows on which physical line each row stands."""

    def __init__(self, name, header, preamble="", delimiter=",", quoting=csv.QUOTE_MINIMAL):
        self.name, self.header = name, header
        self.buffer = io.StringIO()
        self.buffer.write(preamble)
        self.writer = csv.writer(self.buffer, delimiter=delimiter, quoting=quoting,
                                 lineterminator="\n")
        self.line = 1 + preamble.count("\n")
        self.rows = -1
        self.add(header)

    def add(self, row):
        """Writes a row and returns the line on which it starts."""
        at = self.line
        self.rows += 1
        before = self.buffer.tell()
        self.writer.writerow(row)
        self.buffer.seek(before)
        self.line += self.buffer.read().count("\n")
        return at

    def write(self, folder):
        (folder / self.name).write_text(self.buffer.getvalue(), encoding="utf-8", newline="")


def plain(cents):
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def comma(cents):
    whole, part = plain(cents).split(".")
    digits = whole.lstrip("-")
    grouped = f"{int(digits):,}".replace(",", ".")
    return ("-" if whole.startswith("-") else "") + grouped + "," + part


def us(day):
    return day.strftime("%m/%d/%Y")


def chase(m, shown):
    kind = "Return" if m.amount < 0 else "Sale"
    return [us(m.at), us(m.posted), m.text, "Services", kind, plain(-m.amount), ""]


def capital_one(m, shown):
    taken = m.amount > 0
    return [m.at.date(), m.posted, m.account.last4, m.text, "Other Services",
            plain(m.amount) if taken else "", "" if taken else plain(-m.amount)]


def citi(m, shown):
    taken = m.amount > 0
    return ["Pending" if shown == "pending" else "Cleared", us(m.at), m.text,
            plain(m.amount) if taken else "", "" if taken else plain(m.amount)]


def discover(m, shown):
    return [us(m.at), us(m.posted), m.text, plain(m.amount), "Services"]


def bank_of_america(m, shown):
    return [us(m.posted), "2494300" + m.id[:16], m.text, "SAN FRANCISCO CA ", plain(-m.amount)]


def mercury(m, shown):
    status = {"pending": "Pending", "dead": "Failed"}.get(shown, "Sent" if m.amount > 0 else
                                                          "Received")
    return [m.at.strftime("%m-%d-%Y"), m.text, plain(-m.amount), status, "Mercury Credit", m.text,
            "", "", m.account.last4, "A Sample", "Software", "",
            m.at.strftime("%m-%d-%Y %H:%M:%S"), "USD"]


def virtual(m, shown):
    status = {"pending": "Pending", "dead": "Declined"}.get(shown, "Completed")
    return ["T" + m.id[:14], m.at, "441234******" + m.account.last4, m.text,
            plain(abs(m.original)), "USD", plain(abs(m.amount)), "HKD", plain(m.fee), status,
            "Purchase" if m.amount > 0 else "Refund"]


def revolut_personal(m, shown):
    state = {"pending": "PENDING", "dead": "DECLINED", "gone": "REVERTED"}.get(shown, "COMPLETED")
    done = "" if shown else datetime.combine(m.posted, m.at.time())
    kind = "CARD_PAYMENT" if m.amount > 0 else "CARD_REFUND"
    return [kind, "Current", m.at, done, m.text, plain(-m.amount), plain(m.fee), "GBP", state, ""]


def revolut_business(m, shown):
    state = {"pending": "PENDING", "dead": "DECLINED", "gone": "REVERTED"}.get(shown, "COMPLETED")
    kind = "CARD_PAYMENT" if m.amount > 0 else "CARD_REFUND"
    return [m.at.date(), "" if shown else m.posted, "6f0c" + m.id[:12], kind, state, m.text, "",
            "443252******" + m.account.last4, "USD", plain(abs(m.original)), "EUR",
            plain(-m.amount), plain(-m.amount - m.fee), "", plain(m.fee), "EUR", "", "Main"]


def monzo(m, shown):
    out, back = (plain(-m.amount), "") if m.amount > 0 else ("", plain(-m.amount))
    return ["tx_0000A" + m.id[:14], m.at.strftime("%d/%m/%Y"), m.at.strftime("%H:%M:%S"),
            "Card payment", m.text.split()[0].title(), "", "Bills", plain(-m.amount), "GBP",
            plain(-m.original), "USD", "", "", "", m.text, "", out, back, "", ""]


def n26(m, shown):
    kind = "Presentment" if m.amount > 0 else "Presentment Refund"
    rate = f"{m.original / m.amount:.6f}"
    return [m.posted, m.posted, m.text, "", kind, "", "Main Account", plain(-m.amount),
            plain(-m.original), "USD", rate]


def dkb(m, shown):
    return [m.at.strftime("%d.%m.%y"), "" if shown else m.posted.strftime("%d.%m.%y"),
            "Vorgemerkt" if shown else "Gebucht", m.text, "Onlinezahlung",
            comma(-m.amount) + " €", comma(-m.original) + " USD"]


def amex_de(m, shown):
    return [m.at.strftime("%d/%m/%Y"), m.text, "A MUSTER", "-1" + m.account.last4,
            comma(m.amount)]


def _days(first, last):
    return first.strftime("%Y%m%d"), last.strftime("%Y%m%d")


WRITERS = {
    "chase-card": (chase, "Transaction Date,Post Date,Description,Category,Type,Amount,Memo"),
    "capital-one-card": (capital_one, "Transaction Date,Posted Date,Card No.,Description,"
                         "Category,Debit,Credit"),
    "citi-card": (citi, "Status,Date,Description,Debit,Credit"),
    "discover": (discover, "Trans. Date,Post Date,Description,Amount,Category"),
    "bank-of-america-card": (bank_of_america, "Posted Date,Reference Number,Payee,Address,Amount"),
    "mercury": (mercury, "Date (UTC),Description,Amount,Status,Source Account,Bank Description,"
                "Reference,Note,Last Four Digits,Name On Card,Category,GL Code,Timestamp,"
                "Original Currency"),
    "virtual-card": (virtual, "Transaction ID,Transaction Time,Card Number,Merchant,"
                     "Transaction Amount,Transaction Currency,Billing Amount,Billing Currency,"
                     "Fee,Status,Type"),
    "revolut-personal": (revolut_personal, "Type,Product,Started Date,Completed Date,Description,"
                         "Amount,Fee,Currency,State,Balance"),
    "revolut-business": (revolut_business, "Date started (UTC),Date completed (UTC),ID,Type,State,"
                         "Description,Reference,Card number,Orig currency,Orig amount,"
                         "Payment currency,Amount,Total amount,Exchange rate,Fee,Fee currency,"
                         "Balance,Account"),
    "monzo": (monzo, "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,"
              "Local amount,Local currency,Notes and #tags,Address,Receipt,Description,"
              "Category split,Money Out,Money In,Balance,Balance currency"),
    "n26": (n26, "Booking Date,Value Date,Partner Name,Partner Iban,Type,Payment Reference,"
            "Account Name,Amount (EUR),Original Amount,Original Currency,Exchange Rate"),
    "dkb-card": (dkb, "Belegdatum;Wertstellung;Status;Beschreibung;Umsatztyp;Betrag;"
                 "Fremdwährungsbetrag"),
    "amex-de": (amex_de, "Datum,Beschreibung,Karteninhaber,Konto #,Betrag"),
}


def file_name(account, first, last):
    """As the bank names it where it does, else after the account; the accounts table knows it."""
    if account.bank.format == "chase-card":
        return "Chase{}_Activity{}_{}.CSV".format(account.last4, *_days(first, last))
    return "card_{}_{}_{}.csv".format(account.name, *_days(first, last))


def _table(account, first, last):
    name, header = file_name(account, first, last), WRITERS[account.bank.format][1]
    if account.bank.format == "dkb-card":
        preamble = (f'{BOM}"Karte";"Visa Kreditkarte";"4930 •••• •••• {account.last4}"\n""\n'
                    f'"Saldo vom {last:%d.%m.%Y}:";"-120,04 EUR"\n""\n')
        return Table(name, header.split(";"), preamble, ";", csv.QUOTE_ALL)
    return Table(name, header.split(","))


def _shown(movement, exported):
    """How a statement shows a movement on the day of the export: '' posted, None not at all."""
    bank = movement.account.bank
    if movement.state == "declined":
        return "dead" if bank.has_dead else None
    if movement.state == "dropped":
        if exported <= movement.at.date() + timedelta(days=4):
            return "pending" if bank.has_pending else None
        return "gone" if bank.format.startswith("revolut") else None
    if movement.posted <= exported:
        return ""
    return "pending" if bank.has_pending and movement.amount > 0 else None


def statement(account, first, last, exported, found, twins):
    """Writes one statement of the days first to last.

    found: movement -> its (file, line, how it is shown)s; twins: each of these -> the rows of its
    statement that are the same to the byte."""
    table, write = _table(account, first, last), WRITERS[account.bank.format][0]
    rows = []
    for movement in account.movements:
        shown = _shown(movement, exported)
        if shown is None:
            continue
        day = movement.posted if account.bank.has_posted and not shown else movement.at.date()
        if not account.bank.has_purchased:
            day = movement.posted
        if first <= day <= last or shown == "pending" and first <= day <= exported:
            rows.append((day, movement.at, movement, shown))
    lines = {}
    for _, _, movement, shown in sorted(rows, key=lambda r: r[:2]):
        row = write(movement, shown)
        place = (table.name, table.add(row), shown)
        found.setdefault(id(movement), []).append(place)
        lines.setdefault(tuple(map(str, row)), []).append(place)
    for places in lines.values():
        twins.update((place, places) for place in places)
    return table


def spans(days, count, overlap):
    """So many statements as (first, last); each begins so many days before the last one's end."""
    first, last = days
    whole = (last - first).days + 1
    step = -(-whole // count)
    made = []
    for index in range(count):
        start = first + timedelta(days=max(0, index * step - (overlap if index else 0)))
        end = min(last, first + timedelta(days=(index + 1) * step - 1))
        if start <= end:
            made.append((start, end))
    return made
