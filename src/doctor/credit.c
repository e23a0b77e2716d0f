/* credit.c - causes that lie in the credit: spent, not bought, bought elsewhere, or capped. */
#include "core/text.h"
#include "doctor/diagnosis.h"

gboolean elsewhere_write(struct db *db, struct statement *row, GError **error)
{
    const char *organization = text_of(row, "organization_id"), *other = text_of(row, "other_id");
    const char *currency = text_of(row, "currency");
    g_autofree char *credit = money_words(int_of(row, "credit_nanos"), currency);
    g_autofree char *balance = money_words(int_of(row, "balance_nanos"), currency);
    g_autofree char *finding = g_strdup_printf(
        "%s of credit, paid by %s on %s, went to %s, of which no use is known from 28 days before "
        "on; %s %s, whose balance is %s and not above zero since %s.",
        credit, text_of(row, "payer"), text_of(row, "paid_on"), other,
        int_of(row, "is_own") ? "the same payer pays" : "no payment is known of", organization,
        balance, text_of(row, "since_on"));
    g_autofree char *next_step =
        g_strdup_printf("If it was meant for %s: credit cannot be moved, so buy it there, choosing "
                        "the organization "
                        "on the billing page, and ask support to refund what %s does not need.",
                        organization, other);
    g_autofree char *evidence = g_strdup_printf("trueup report balances --org %s", other);
    const struct diagnosis diagnosis = {
        .organization_key = int_of(row, "organization_key"),
        .cause = "other-organization",
        .since_on = text_of(row, "paid_on"),
        .amount_nanos = int_of(row, "credit_nanos"),
        .currency = currency,
        .reference = text_of(row, "reference"),
        .file_id = int_of(row, "file_id"),
        .line = int_of(row, "line"),
        .finding = finding,
        .next_step = next_step,
        .evidence = evidence,
    };

    return diagnosis_write(db, &diagnosis, error);
}

/* "The payment … failed", or "The last of 3 attempts to pay, …" */
static char *attempt_words(struct statement *row, gboolean is_pending)
{
    const char *verb = is_pending ? "is pending" : "failed";
    g_autofree char *amount = money_words(int_of(row, "total_nanos"), text_of(row, "currency"));

    if (int_of(row, "attempt_count") == 1)
        return g_strdup_printf("The payment of %s on %s %s", amount, text_of(row, "paid_on"), verb);
    return g_strdup_printf("The last of %" G_GINT64_FORMAT
                           " attempts to pay in a row, of %s on %s, %s",
                           int_of(row, "attempt_count"), amount, text_of(row, "paid_on"), verb);
}

gboolean payment_write(struct db *db, struct statement *row, GError **error)
{
    const gboolean is_pending = g_str_equal(text_of(row, "status"), "pending");
    g_autofree char *attempt = attempt_words(row, is_pending);
    g_autofree char *finding = is_null(row, "last_paid_on")
                                   ? g_strdup_printf("%s, and none was ever paid.", attempt)
                                   : g_strdup_printf("%s, and none was paid since %s.", attempt,
                                                     text_of(row, "last_paid_on"));
    g_autofree char *evidence = g_strdup_printf("trueup explain %s", text_of(row, "id"));
    const struct diagnosis diagnosis = {
        .organization_key = int_of(row, "organization_key"),
        .cause = "payment",
        .since_on = text_of(row, "paid_on"),
        .amount_nanos = int_of(row, "total_nanos"),
        .currency = text_of(row, "currency"),
        .reference = text_of(row, "reference"),
        .file_id = int_of(row, "file_id"),
        .line = int_of(row, "line"),
        .finding = finding,
        .next_step =
            is_pending
                ? "Look on the billing page whether the payment waits for a confirmation of the "
                  "bank, and on the card's statement whether it was charged."
                : "Try the payment again on the billing page, with another card where the bank "
                  "declines this one.",
        .evidence = evidence,
    };

    return diagnosis_write(db, &diagnosis, error);
}

gboolean cap_write(struct db *db, struct statement *row, GError **error)
{
    const char *currency = text_of(row, "currency");
    g_autofree char *bought = money_words(int_of(row, "automatic_nanos"), currency);
    g_autofree char *cap = money_words(int_of(row, "cap_nanos"), currency);
    g_autofree char *each = money_words(int_of(row, "credit_nanos"), currency);
    g_autofree char *balance = money_words(int_of(row, "balance_nanos"), currency);
    g_autofree char *finding =
        g_strdup_printf("Auto-recharge bought %s in %s, and its cap of %s leaves no room for "
                        "another %s; the balance on %s is %s.",
                        bought, text_of(row, "month"), cap, each, text_of(row, "last_on"), balance);
    g_autofree char *evidence =
        g_strdup_printf("trueup report recharge-audit --org %s", text_of(row, "organization_id"));
    const struct diagnosis diagnosis = {
        .organization_key = int_of(row, "organization_key"),
        .cause = "recharge-cap",
        .since_on = text_of(row, "paid_on"),
        .amount_nanos = int_of(row, "cap_nanos"),
        .currency = currency,
        .finding = finding,
        .next_step = "Raise the cap in the auto-recharge settings, or buy credit by hand until the "
                     "month is over.",
        .evidence = evidence,
    };

    return diagnosis_write(db, &diagnosis, error);
}

static void append_part(GString *out, struct statement *row, const char *column, const char *what)
{
    g_autofree char *amount = money_words(int_of(row, column), text_of(row, "currency"));

    if (int_of(row, column) > 0)
        g_string_append_printf(out, "%s%s %s", out->len ? ", " : " In that time: ", amount, what);
}

static char *balance_words(struct statement *row)
{
    const char *currency = text_of(row, "currency"), *since = text_of(row, "since_on");
    const char *until = text_of(row, "last_on");
    g_autofree char *balance = money_words(int_of(row, "balance_nanos"), currency);
    g_autofree char *credit = money_words(int_of(row, "credit_nanos"), currency);
    g_autofree char *seen = money_words(int_of(row, "seen_nanos"), currency);
    g_autofree char *shown =
        is_null(row, "seen_on") ? NULL : g_strdup_printf("%s on %s", seen, text_of(row, "seen_on"));
    g_autoptr(GString) parts = g_string_new(NULL);
    GString *words = g_string_new(NULL);

    if (int_of(row, "balance_nanos") > 0)
        g_string_append_printf(words,
                               "The console showed %s, though by the files %s were left on %s, "
                               "the last covered day.",
                               shown ? shown : "", balance, until);
    else
        g_string_append_printf(words,
                               "The balance has not been above zero since %s: %s on %s, the "
                               "last covered day%s%s.",
                               since, balance, until, shown ? "; the console showed " : "",
                               shown ? shown : "");
    append_part(parts, row, "bought_nanos", "bought, of which none was left at the end of a day");
    append_part(parts, row, "expired_nanos", "expired unused");
    append_part(parts, row, "withdrawn_nanos", "withdrawn by refunds");
    g_string_append_printf(words, "%s%s", parts->str, parts->len ? "." : "");
    if (is_null(row, "paid_on"))
        g_string_append(words, " No payment is known.");
    else
        g_string_append_printf(words, " The last payment that stands bought %s on %s.", credit,
                               text_of(row, "paid_on"));
    if (!*text_of(row, "opening"))
        g_string_append(words, " What stood before the first file is assumed to be zero.");
    return g_string_free(words, FALSE);
}

static const char *balance_step(struct statement *row)
{
    if (int_of(row, "balance_nanos") > 0)
        return "Buy credit for this organization, and look at the exception BALANCE_MISMATCH for "
               "what the files lack.";
    if (*text_of(row, "opening") || !is_null(row, "seen_on"))
        return "Buy credit for this organization; what is below zero is repaid from it first.";
    return "Compare with the balance on the console, enter it with `trueup observe`, and buy "
           "credit where it is used up.";
}

gboolean balance_write(struct db *db, struct statement *row, GError **error)
{
    g_autofree char *finding = balance_words(row);
    g_autofree char *evidence = g_strdup_printf(
        "trueup report %s --org %s", int_of(row, "balance_nanos") > 0 ? "exceptions" : "balances",
        text_of(row, "organization_id"));
    const struct diagnosis diagnosis = {
        .organization_key = int_of(row, "organization_key"),
        .cause = "balance",
        .since_on = text_of(row, "since_on"),
        .amount_nanos = int_of(row, "left_nanos"),
        .currency = text_of(row, "currency"),
        .reference = text_of(row, "reference"),
        .file_id = int_of(row, "file_id"),
        .line = int_of(row, "line"),
        .finding = finding,
        .next_step = balance_step(row),
        .evidence = evidence,
    };

    return diagnosis_write(db, &diagnosis, error);
}

/* "No cost export covers this organization, …", and what was paid for it all the same. */
static char *uncovered_words(struct statement *row)
{
    g_autofree char *credit = money_words(int_of(row, "credit_nanos"), text_of(row, "currency"));
    g_autofree char *paid =
        is_null(row, "paid_on")
            ? g_strdup("")
            : g_strdup_printf(", for which %s was bought on %s", credit, text_of(row, "paid_on"));

    return g_strdup_printf("No cost export covers this organization%s: what it used, and whether "
                           "credit is left, is not known.",
                           paid);
}

gboolean unknown_write(struct db *db, struct statement *row, GError **error)
{
    const gboolean is_cost = g_str_equal(text_of(row, "missing"), "cost");
    g_autofree char *uncovered = uncovered_words(row);
    const char *no_cost =
        is_null(row, "paid_on")
            ? "Import its cost export."
            : "Import its cost export; if that is empty, the credit may have been "
              "meant for another organization: look which one the program's key "
              "belongs to.";
    const struct diagnosis diagnosis = {
        .organization_key = int_of(row, "organization_key"),
        .cause = "not-known",
        .since_on = is_null(row, "first_on") ? NULL : text_of(row, "first_on"),
        .finding = is_cost ? uncovered
                           : "No payment, grant or seen balance of this organization is imported: "
                             "whether credit is left is not known.",
        .next_step = is_cost ? no_cost
                             : "Import its payments, or enter the balance that the console shows "
                               "with `trueup observe`.",
        .evidence = "trueup status",
    };

    return diagnosis_write(db, &diagnosis, error);
}
