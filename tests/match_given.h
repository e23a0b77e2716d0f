/*
 * match_given.h - payments, receipts and charges given to matching, and what came out, for tests.
 *
 * A ledger in memory with two organizations, one file and as many accounts as are named. Amounts
 * are in cents; days and instants are ISO text. Members that are not stated have the value most
 * tests want.
 */
#pragma once
#include "core/db.h"
#include "core/instant.h"
#include "core/money.h"
#include "match/match.h"
#include "test.h"

/* What a test does not state is zero: that is the point of the structs below. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define CENT (NANOS_PER_UNIT / 100)

struct given_payment {
    const char *at;     /* "2026-03-02T10:00:00Z" */
    int cents, tax;     /* total, tax in it */
    int organization;   /* 1 or 2; 0 is 1 */
    const char *status; /* NULL: paid */
    const char *invoice, *receipt, *last4, *currency, *description;
    const char *refunded_at; /* by payment history, or NULL */
    int refunded_cents;      /* of the total; 0: all of it */
};

struct given_receipt {
    const char *on;
    int cents;
    const char *receipt, *invoice, *last4, *currency, *description;
    gboolean is_due; /* an unpaid invoice */
};

struct given_charge {
    const char *at;     /* "2026-03-02" or "2026-03-02T10:00:00" */
    const char *posted; /* a day, or NULL */
    int cents;
    int account;      /* 0 is 1 */
    const char *zone; /* NULL: UTC */
    const char *currency, *original_currency, *last4, *descriptor, *type, *state, *fee_currency;
    int original_cents, fee_cents;
    gboolean posting_only;
};

static inline void given_run(Db *db, const char *format, ...) G_GNUC_PRINTF(2, 3);
static inline void given_run(Db *db, const char *format, ...)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *sql = NULL;
    va_list list;

    va_start(list, format);
    sql = g_strdup_vprintf(format, list);
    va_end(list);
    if (!db_execute(db, "given", sql, &error))
        fail_msg("%s", error->message);
}

static inline const char *given_or(const char *text, const char *otherwise)
{
    return text ? text : otherwise;
}

static inline struct interval given_interval(const char *text, const char *zone)
{
    struct civil civil;
    struct interval interval;
    const struct zone *in = g_str_equal(zone, "unknown") ? zone_unknown() : zone_find(zone, NULL);

    assert_true(civil_parse(&civil, text, strlen(text), "iso", NULL));
    assert_true(civil_to_interval(&interval, &civil, in, NULL));
    return interval;
}

static inline Db *given_ledger(void)
{
    Db *db = db_open_memory(NULL);

    assert_non_null(db);
    given_run(db,
              "insert into organization values (1, 'org-a', 'A'), (2, 'org-b', 'B');"
              "insert into file (file_id, name, path, sha256, kind, format, format_digest, options,"
              " encoding, delimiter, zone, zone_source, account_option, account_hint, as_of,"
              " record_count, fact_count, empty_count, skipped_count, reject_count,"
              " control_total, residue, rounded_count, imported_at) values"
              " (1, 'given.csv', '/given.csv', 'aa', 'payments', '', '', '', '', '', '', '', '',"
              " '', '', 0, 0, 0, 0, 0, '', '', 0, 0);");
    return db;
}

static inline void given_account(Db *db, int account, const char *last4, const char *from_on,
                                 const char *until_on)
{
    given_run(db, "insert or ignore into account values (%d, 'account %d', '%s', '', '', '')",
              account, account, last4);
    if (from_on)
        given_run(db, "insert into statement_coverage values (%d, '%s', '%s')", account, from_on,
                  until_on);
}

static inline void given_topup(Db *db, int id, struct given_payment payment)
{
    struct interval paid = given_interval(payment.at, "UTC");
    const char *currency = given_or(payment.currency, "USD");
    const char *invoice = given_or(payment.invoice, "");
    g_autofree char *source = g_strdup_printf("given.csv:%d", id);

    given_run(db,
              "insert into topup values (%d, 't%012d', %d, 1, %d, %d, %" G_GINT64_FORMAT
              ", '%.10s', 0, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
              ", '%s', '%s', '%s', 'auto', '%s', %" G_GINT64_FORMAT ", '%s', %" G_GINT64_FORMAT
              ", %" G_GINT64_FORMAT ", '%s', '%s', null, null, null, '%s', 1, '')",
              id, id, id, id, payment.organization ? payment.organization : 1, paid.from,
              payment.at, paid.from, paid.until, invoice, given_or(payment.receipt, ""),
              given_or(payment.description, "OpenAI API usage credit"),
              given_or(payment.status, "paid"), (payment.cents - payment.tax) * CENT, currency,
              payment.tax * CENT, payment.cents * CENT, currency, given_or(payment.last4, ""),
              *invoice ? invoice : source);
    if (payment.refunded_at)
        given_run(db,
                  "update topup set refunded_at = %" G_GINT64_FORMAT
                  ", refunded_total_nanos = nullif(%" G_GINT64_FORMAT ", 0) where topup_id = %d",
                  given_interval(payment.refunded_at, "UTC").from, payment.refunded_cents * CENT,
                  id);
}

static inline void given_receipt(Db *db, int id, struct given_receipt receipt)
{
    struct interval paid = given_interval(receipt.on, "UTC");
    const char *number = given_or(receipt.receipt, "");

    given_run(
        db,
        "insert into receipt values (%d, 'r%012d', %d, 1, %d, '%s', '%s', '%s', %" G_GINT64_FORMAT
        ", %" G_GINT64_FORMAT ", 'OpenAI, LLC', '%s', null, null, %" G_GINT64_FORMAT
        ", '%s', '', '%s', '%s', '', '', %d, null, null, '', '')",
        id, id, id, id, number, given_or(receipt.invoice, ""), receipt.on, paid.from, paid.until,
        given_or(receipt.description, "OpenAI API usage credit"), receipt.cents * CENT,
        given_or(receipt.currency, "USD"), given_or(receipt.last4, ""), number, !receipt.is_due);
}

static inline void given_charge(Db *db, int id, struct given_charge charge)
{
    const char *zone = given_or(charge.zone, "UTC");
    struct interval bought = given_interval(charge.at, zone);
    struct interval posted = {0};
    g_autofree char *posting = g_strdup("null, null");
    g_autofree char *original = g_strdup("null");
    int account = charge.account ? charge.account : 1;

    given_account(db, account, "", NULL, NULL);
    if (charge.posted) {
        g_free(posting);
        posted = given_interval(charge.posted, zone);
        posting =
            g_strdup_printf("%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT, posted.from, posted.until);
    }
    if (charge.original_currency) {
        g_free(original);
        original = g_strdup_printf("%" G_GINT64_FORMAT, charge.original_cents * CENT);
    }
    if (charge.posting_only)
        given_run(
            db,
            "insert into card_row (card_row_id, file_id, line, posted_on, amount_nanos, currency,"
            " original_currency, fee_nanos, fee_currency, state, status, type, descriptor,"
            " reference, card_last4)"
            " values (%d, 1, %d, '%.10s', 0, '', '', 0, '', 'posted', '', '', '', '', '')",
            id, id, charge.at);
    given_run(db,
              "insert into charge values (%d, 'c%012d', %d, 1, %d, %d, '%s', '%.10s', %s%s%s, "
              "%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %s, %d, '%s', %" G_GINT64_FORMAT
              ", '%s', %s, '%s', %" G_GINT64_FORMAT
              ", '%s', '%s', '%s', '%s', '%s', 'given.csv:c%d', '', '')",
              id, id, id, id, account, given_or(charge.last4, ""), charge.at,
              charge.posted ? "'" : "", given_or(charge.posted, "null"), charge.posted ? "'" : "",
              bought.from, bought.until, posting, bought.until - bought.from == 1, zone,
              charge.cents * CENT, given_or(charge.currency, "USD"), original,
              given_or(charge.original_currency, ""), charge.fee_cents * CENT,
              given_or(charge.fee_currency, ""), given_or(charge.state, "posted"),
              given_or(charge.state, "posted"), given_or(charge.type, "Sale"),
              given_or(charge.descriptor, "OPENAI *API CREDITS"), id);
}

static inline void given_transaction_id(Db *db, int id, const char *reference)
{
    given_run(db, "update charge set reference = '%s' where charge_id = %d", reference, id);
}

static inline void given_rate(Db *db, const char *day, const char *base, const char *quote,
                              int64_t rate_nanos)
{
    given_run(db, "insert into fx_rate values ('%s', '%s', '%s', %" G_GINT64_FORMAT ", 1)", day,
              base, quote, rate_nanos);
}

static inline void given_matched(Db *db)
{
    g_autoptr(GError) error = NULL;

    if (!match_run(db, &error))
        fail_msg("%s", error->message);
}

/* The rows of a query: columns joined by '|', rows by newlines. */
static inline char *given_rows(Db *db, const char *sql)
{
    g_autoptr(GError) error = NULL;
    Statement *rows = statement_new(db, "given", sql, &error);
    GString *out = g_string_new(NULL);

    if (!rows)
        fail_msg("%s", error->message);
    while (statement_step(rows, &error) == ROW) {
        if (out->len)
            g_string_append_c(out, '\n');
        for (int i = 0; i < statement_column_count(rows); i++)
            g_string_append_printf(out, "%s%s", i ? "|" : "",
                                   given_or(statement_text(rows, i), "-"));
    }
    assert_null(error);
    statement_free(rows);
    return g_string_free(out, FALSE);
}

static inline void assert_rows(Db *db, const char *sql, const char *expected)
{
    g_autofree char *rows = given_rows(db, sql);

    assert_string_equal(rows, expected);
}

/* The card legs: "topup|charge|state|rule" by top-up. */
static inline void assert_card_legs(Db *db, const char *expected)
{
    assert_rows(db,
                "select topup_id, charge_id, card_state, coalesce(link.rule, '')"
                " from topup_state left join link using (topup_id)"
                " where coalesce(leg, 'card') = 'card' or topup_id not in"
                " (select topup_id from link where leg = 'card') order by topup_id",
                expected);
}
