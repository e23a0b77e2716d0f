"""The Platform's exports and the tables a person keeps: cost, usage, payments, receipts, grants."""
import calendar
from datetime import date, datetime, timedelta, timezone

from company import DAY, NANOS, cost_parts
from statements import Table, plain

EPOCH = date(1970, 1, 1)
USAGE = ("start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,"
         "api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens,"
         "input_uncached_tokens,input_text_tokens,output_text_tokens,input_cached_text_tokens,"
         "input_audio_tokens,input_cached_audio_tokens,output_audio_tokens,input_image_tokens,"
         "input_cached_image_tokens,output_image_tokens")
COST_OLD = ("start_time,end_time,amount_value,amount_currency,line_item,project_id,"
            "organization_id,project_name,organization_name")
COST = ("start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,"
        "quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,"
        "organization_name,user_email")
PAYMENTS = ("paid_at,organization_id,organization_name,invoice_number,receipt_number,description,"
            "kind,status,credit_amount,tax_amount,total_amount,currency,card_last4,refunded_at,"
            "refunded_credit,refunded_total")
RECEIPTS = ("receipt_number,invoice_number,date_paid,seller,description,subtotal,tax,total,"
            "currency,payment_method")


def day_of(number):
    return EPOCH + timedelta(days=number)


def number_of(day):
    return (day - EPOCH).days


def stamp(at):
    return datetime.fromtimestamp(at, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _amount(rng, nanos):
    """The same amount as the exports of different years print it."""
    whole = f"{nanos // NANOS}.{nanos % NANOS:09d}"
    style = rng.randrange(3)
    if style == 0:
        return whole + "0" * 27
    return repr(float(whole)) if style == 1 else whole.rstrip("0").rstrip(".") or "0"


def _months(days):
    first, last = day_of(days[0]), day_of(days[-1])
    while first <= last:
        end = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        yield first, min(end, last)
        first = end + timedelta(days=1)


def _seen(rng, project, day, last, newest):
    """What an export showed of a day: the newest days of one that is not the last were not whole."""
    parts = cost_parts(project, day)
    if last == newest or day < number_of(last) - 1:
        return parts
    share = 40 if day == number_of(last) else 90
    return [(name, nanos * share // 100) for name, nanos in parts]


def cost_exports(rng, profile, organization, days):
    """One file a month; with overlap it begins some days early and restates those before."""
    newest = day_of(days[-1])
    old = rng.random() < 0.3
    for index, (first, last) in enumerate(_months(days)):
        start = first - timedelta(days=rng.randrange(3, 6)) if profile["overlap"] and index else first
        shown = newest if not profile["overlap"] else last
        table = Table(f"cost_{organization.tag}_{start}_{last}.csv",
                      (COST_OLD if old else COST).split(","))
        for day in range(number_of(start), number_of(last) + 1):
            begin, end = day * DAY, (day + 1) * DAY
            times = [begin, end] if old else [begin, end, day_of(day).isoformat() + "T00:00:00",
                                              day_of(day + 1).isoformat() + "T00:00:00+00:00"]
            rows = [(p, part) for p in organization.projects
                    for part in _seen(rng, p, day, shown, newest)]
            if not rows:
                table.add(times + [""] * (len(table.header) - len(times)))
            for project, (item, nanos) in rows:
                amount = _amount(rng, nanos)
                names = [project.id, organization.id, project.name, organization.name]
                table.add(times + ([amount, "usd", item] + names if old else
                                   [amount, "usd", "", "", item, "", ""] + names + [""]))
        yield table


def usage_export(organization, days):
    table = Table(f"completions_usage_{organization.tag}_{day_of(days[0])}_{day_of(days[-1])}.csv",
                  USAGE.split(","))
    for day in days:
        for project in organization.projects:
            if day not in project.used:
                continue
            fresh, cached, out = (float(n) for n in project.used[day])
            table.add([day * DAY, (day + 1) * DAY, f"{day_of(day)}T00:00:00+00:00",
                       f"{day_of(day + 1)}T00:00:00+00:00", project.id, float(1 + fresh // 1500),
                       project.user, project.key, project.model[0], False, "default",
                       fresh + cached, out, cached, fresh, fresh, out, cached] + [0.0] * 6)
    return table


class Typed:
    """What a person wrote of a payment: the truth, but for slips of the hand."""

    def __init__(self, rng, profile, payment, date_only):
        by_hand = payment.organization.noise.get("typed")
        slip = lambda name: by_hand and payment.status == "Paid" and rng.random() < profile[name]
        self.at = payment.at + (rng.choice([-DAY, DAY]) if slip("typed_day") else 0)
        cent = rng.choice([-1, 1]) if slip("typed_cent") else 0
        self.tax = payment.tax + (cent if payment.tax else 0)
        self.credit = payment.credit + (0 if payment.tax else cent)
        self.invoice = "" if slip("typed_no_invoice") else payment.invoice
        self.receipt = "" if not self.invoice else payment.receipt
        self.date_only = bool(date_only)
        if self.date_only:
            self.at = self.at // DAY * DAY + DAY // 2
        self.is_true = (self.at == payment.at or date_only) and not cent

    def paid_at(self):
        return stamp(self.at)[:10] if self.date_only else stamp(self.at)


def payments_file(rng, profile, organization, payments, found):
    """Writes the payments as billing shows them, or as a person kept them. found: what and where."""
    table = Table(f"payments_{organization.tag}.csv", PAYMENTS.split(","))
    date_only = organization.noise.get("typed") and rng.random() < profile["typed_date_only"]
    card = "" if organization.noise.get("no_card") else organization.account.last4
    for payment in payments:
        typed = Typed(rng, profile, payment, date_only)
        told = [r for r in payment.refunds if r[3]]
        back = [stamp(told[0][0]), plain(told[0][2]), plain(told[0][1])] if told else [""] * 3
        status = "Refunded" if told and told[0][2] == payment.credit else payment.status
        line = table.add([typed.paid_at(), organization.id, organization.name, typed.invoice,
                          typed.receipt, "OpenAI API usage credit", payment.kind, status,
                          plain(typed.credit), plain(typed.tax),
                          plain(typed.credit + typed.tax), "USD", card] + back)
        found[id(payment)] = (table.name, line, typed)
    return table


def receipts_file(rng, profile, payments, rates, found):
    """Receipts in no order; some are lost, some sellers bill in euros."""
    table = Table("receipts.csv", RECEIPTS.split(","))
    kept = [p for p in payments if p.status == "Paid"]
    rng.shuffle(kept)
    for payment in kept:
        if rng.random() < profile["missing_receipt"]:
            continue
        euros = payment.organization.noise.get("foreign_receipts")
        rate = rates.of("EUR", payment.at // DAY) if euros else 1
        net, tax = round(payment.credit * rate), round(payment.tax * rate)
        sign = "€" if euros else "$"
        day = day_of(payment.at // DAY)
        line = table.add([payment.receipt, payment.invoice, f"{day:%B} {day.day}, {day.year}",
                          "OpenAI, LLC", "OpenAI API usage credit", sign + plain(net),
                          sign + plain(tax), sign + plain(net + tax), "EUR" if euros else "USD",
                          "Visa - " + payment.organization.account.last4])
        found[id(payment)] = (table.name, line)
    return table


def grants_file(profile, organization, days, payments):
    """The console's list of grants; where it shows paid ones, at the end of the month before."""
    table = Table(f"credit_grants_{organization.tag}.csv",
                  "organization_id,grant_id,kind,granted_at,expires_at,amount,currency".split(","))
    if organization.promotion:
        table.add([organization.id, "grant_" + organization.tag, "promotional",
                   stamp(days[0] * DAY), stamp((days[0] + 91) * DAY),
                   plain(organization.promotion), "USD"])
    for payment in payments:
        if organization.noise.get("paid_grants") and payment.status == "Paid":
            day = day_of(payment.at // DAY).replace(day=1) - timedelta(days=1)
            table.add([organization.id, "grant_" + payment.receipt, "paid",
                       stamp(number_of(day) * DAY), stamp((number_of(day) + 365) * DAY),
                       plain(payment.credit), "USD"])
    return table


def rates_file(rates, days):
    table = Table("fx_rates.csv", ["date", "base", "quote", "rate"])
    for (currency, day), rate in sorted(rates.table.items(), key=lambda r: r[0][::-1]):
        if (day + 3) % 7 < 5 and day <= days[-1] + 3:
            table.add([day_of(day), "USD", currency, f"{rate:.4f}"])
    return table


def accounts_file(accounts):
    table = Table("accounts.csv",
                  "account,card_last4,file_pattern,timezone,currency,owner".split(","))
    for account in accounts:
        pattern = f"Chase{account.last4}_*" if account.bank.format == "chase-card" else \
            f"card_{account.name}_*"
        table.add([account.name, account.last4, pattern, account.bank.zone, account.bank.currency,
                   "owner-" + account.last4])
    return table
