/*
 * derive_payments.c - top-ups, receipts, grants and observed balances: one fact per identity.
 *
 * Which row counts is decided in SQL (sql/staging/stg_*_revisions); here facts get their ids, and
 * rows that contradict each other without one being newer are reported.
 */
#include "import/derive_payments.h"
#include "core/bulk.h"
#include "core/digest.h"
#include "core/exception.h"
#include "core/instant.h"
#include "core/money.h"
#include "import/derive.h"

struct source {
    const char *revisions; /* keeps them for the others; NULL: these read the view */
    const char *select, *insert, *conflicts;
    const char *noun;
    char prefix; /* of the ids */
    gboolean has_documents;
};

static const struct source sources[] = {
    {"derive_topup_revisions", "derive_topups", "derive_topup_insert", "derive_topup_conflicts",
     "payment", 't', FALSE},
    {"derive_receipt_revisions", "derive_receipts", "derive_receipt_insert",
     "derive_receipt_conflicts", "receipt", 'r', TRUE},
    {NULL, "derive_grants", "derive_grant_insert", "derive_grant_conflicts", "grant", 'g', FALSE},
};

/* A receipt belongs to no organization: its number alone is its identity. */
static char *fact_id(const struct source *source, const char *owner, const char *identity,
                     const char *occurrence)
{
    if (*owner)
        return digest_id(source->prefix, owner, identity, occurrence, NULL);
    return digest_id(source->prefix, identity, occurrence, NULL);
}

static void add_day(struct bulk *facts, struct statement *row, int column)
{
    char day[11];

    if (statement_is_null(row, column)) {
        bulk_add_null(facts);
    } else {
        day_format(day_from_instant(statement_int(row, column)), day);
        bulk_add_text(facts, day);
    }
}

/* The columns of derive_topups, derive_receipts and derive_grants, as they stand in the select. */
enum { ROW_ID, OWNER, IDENTITY, OCCURRENCE, FACT_REFERENCE, AT, REVISION_COUNT };

static gboolean insert_fact(struct bulk *facts, const struct source *source, struct statement *row,
                            int64_t position, GError **error)
{
    g_autofree char *id = fact_id(source, statement_text(row, OWNER), statement_text(row, IDENTITY),
                                  statement_text(row, OCCURRENCE));

    bulk_add_int(facts, statement_int(row, ROW_ID));
    bulk_add_int(facts, position);
    bulk_add_text(facts, id);
    bulk_add_text(facts, statement_text(row, FACT_REFERENCE));
    add_day(facts, row, AT);
    bulk_add_key(facts, statement_int(row, REVISION_COUNT));
    return bulk_end_row(facts, error);
}

static gboolean fill(struct db *db, const struct source *source, GError **error)
{
    g_autoptr(Bulk) facts = bulk_new(db, source->insert);
    struct statement *rows = statement_get(db, source->select, error);
    enum row_status status = FAILED;

    for (int64_t position = 1; rows && (status = statement_step(rows, error)) == ROW; position++)
        if (!insert_fact(facts, source, rows, position, error))
            return FALSE;
    return status == END && bulk_end(facts, error);
}

static gboolean fill_observations(struct db *db, GError **error)
{
    struct statement *rows = statement_get(db, "derive_observations", error);
    enum row_status status = FAILED;

    for (int64_t position = 1; rows && (status = statement_step(rows, error)) == ROW; position++) {
        struct statement *insert = statement_get(db, "derive_observation_insert", error);
        char day[11];

        if (!insert)
            return FALSE;
        statement_bind_int(insert, "position", position);
        if (statement_is_null(rows, 0))
            statement_bind_null(insert, "file_id");
        else
            statement_bind_int(insert, "file_id", statement_int(rows, 0));
        statement_bind_int(insert, "line", statement_int(rows, 1));
        statement_bind_int(insert, "organization_key", statement_int(rows, 2));
        statement_bind_int(insert, "observed_at", statement_int(rows, 3));
        day_format(day_from_instant(statement_int(rows, 3)), day);
        statement_bind_text(insert, "observed_on", day);
        statement_bind_int(insert, "balance_nanos", statement_int(rows, 4));
        statement_bind_text(insert, "currency", statement_text(rows, 5));
        if (!statement_execute(insert, error))
            return FALSE;
    }
    return status == END;
}

/* The columns of derive_*_conflicts, as they stand in the select. */
enum {
    ORGANIZATION_KEY,
    DATED_ON, /* as printed, else null */
    DATED_AT,
    REFERENCE,
    FILE_ID,
    LINE,
    SOURCE,
    NANOS,
    CURRENCY,
    OTHER_SOURCE,
    OTHER_LINE,
    OTHER_NANOS,
    OTHER_CURRENCY,
    /* of receipts alone: */
    KEPT_DOCUMENT,
    OTHER_DOCUMENT,
    KEPT_INVOICE,
    OTHER_INVOICE,
    KEPT_TAX,
    OTHER_TAX,
    TELLS_DOCUMENTS
};

static int64_t difference(struct statement *row)
{
    int64_t kept = statement_int(row, NANOS);
    int64_t other = statement_int(row, OTHER_NANOS);
    int128 apart = (int128)kept - other;

    if (strcmp(statement_text(row, CURRENCY), statement_text(row, OTHER_CURRENCY)) != 0)
        apart = kept;
    apart = apart < 0 ? -apart : apart;
    return (int64_t)MIN(apart, (int128)INT64_MAX);
}

static char *money_at(struct statement *row, int column)
{
    return statement_is_null(row, column) ? g_strdup("not told")
                                          : money_format(statement_int(row, column), 2);
}

/* Two documents of one payment: neither is a later word than the other. */
static char *explain_documents(struct statement *row)
{
    g_autofree char *kept = money_at(row, NANOS);
    g_autofree char *other = money_at(row, OTHER_NANOS);
    g_autofree char *kept_tax = money_at(row, KEPT_TAX);
    g_autofree char *other_tax = money_at(row, OTHER_TAX);

    return g_strdup_printf("The documents of the receipt %s disagree: %s, line %" G_GINT64_FORMAT
                           " (%s of invoice %s), says %s %s, tax %s; %s, line %" G_GINT64_FORMAT
                           " (%s of invoice %s), says %s %s, tax %s; the first counts.",
                           statement_text(row, REFERENCE), statement_text(row, SOURCE),
                           (gint64)statement_int(row, LINE), statement_text(row, KEPT_DOCUMENT),
                           statement_text(row, KEPT_INVOICE), kept, statement_text(row, CURRENCY),
                           kept_tax, statement_text(row, OTHER_SOURCE),
                           (gint64)statement_int(row, OTHER_LINE),
                           statement_text(row, OTHER_DOCUMENT), statement_text(row, OTHER_INVOICE),
                           other, statement_text(row, OTHER_CURRENCY), other_tax);
}

static char *explain_revisions(const struct source *source, struct statement *row)
{
    g_autofree char *kept = money_at(row, NANOS);
    g_autofree char *other = money_at(row, OTHER_NANOS);

    return g_strdup_printf(
        "The %s %s is %s %s in %s, line %" G_GINT64_FORMAT
        ", and %s %s in %s, line %" G_GINT64_FORMAT
        ", and neither file is known to be newer (--as-of states it); the first counts.",
        source->noun, statement_text(row, REFERENCE), kept, statement_text(row, CURRENCY),
        statement_text(row, SOURCE), (gint64)statement_int(row, LINE), other,
        statement_text(row, OTHER_CURRENCY), statement_text(row, OTHER_SOURCE),
        (gint64)statement_int(row, OTHER_LINE));
}

static gboolean add_conflict(struct db *db, const struct source *source, struct statement *row,
                             GError **error)
{
    char day[11];
    gboolean tells_documents = source->has_documents && statement_int(row, TELLS_DOCUMENTS);
    g_autofree char *explanation =
        tells_documents ? explain_documents(row) : explain_revisions(source, row);
    g_autofree char *subject =
        g_strdup_printf("%s %s, %s:%" G_GINT64_FORMAT, source->noun, statement_text(row, REFERENCE),
                        statement_text(row, OTHER_SOURCE), (gint64)statement_int(row, OTHER_LINE));
    const struct exception exception = {
        .room = "import",
        .code = SNAPSHOT_CONFLICT,
        .organization_key = statement_int(row, ORGANIZATION_KEY),
        .dated_on = day,
        .amount_nanos = difference(row),
        .currency = statement_text(row, CURRENCY),
        .reference = statement_text(row, REFERENCE),
        .file_id = statement_int(row, FILE_ID),
        .line = statement_int(row, LINE),
        .explanation = explanation,
        .subject = subject,
    };

    if (statement_is_null(row, DATED_ON))
        day_format(day_from_instant(statement_int(row, DATED_AT)), day);
    else
        g_strlcpy(day, statement_text(row, DATED_ON), sizeof day);
    return exception_add(db, &exception, error);
}

static gboolean report_conflicts(struct db *db, const struct source *source, GError **error)
{
    struct statement *rows = statement_get(db, source->conflicts, error);
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW)
        if (!add_conflict(db, source, rows, error))
            return FALSE;
    return status == END;
}

/* What several documents tell of one receipt, put together; the revisions of receipts are kept. */
static gboolean unite_documents(struct db *db, GError **error)
{
    return db_run(db, "derive_receipt_parts", error) &&
           db_run(db, "derive_receipt_documents", error);
}

gboolean derive_payments(struct db *db, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(sources); i++)
        if ((sources[i].revisions && !db_run(db, sources[i].revisions, error)) ||
            !fill(db, &sources[i], error) || !report_conflicts(db, &sources[i], error))
            return FALSE;
    return unite_documents(db, error) && fill_observations(db, error) &&
           report_missing_invoices(db, error);
}
