/*
 * diagnosis.h - one cause that was found, and where it is written down.
 */
#pragma once
#include "core/db.h"

struct diagnosis {
    int64_t organization_key;
    const char *cause;    /* as diagnosis.cause */
    const char *since_on; /* NULL: not known */
    int64_t amount_nanos;
    const char *currency;  /* NULL where it is about no amount */
    const char *reference; /* NULL for none */
    int64_t file_id, line; /* 0 for none */
    const char *finding, *next_step, *evidence;
};

/* After those of its organization that were written before, which are likelier. */
gboolean diagnosis_write(struct db *db, const struct diagnosis *diagnosis,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads the rows of a cause and writes its diagnoses: credit.c, use.c. */
typedef gboolean (*cause_write)(struct db *db, struct statement *row, GError **error);
gboolean elsewhere_write(struct db *db, struct statement *row, GError **error);
gboolean payment_write(struct db *db, struct statement *row, GError **error);
gboolean cap_write(struct db *db, struct statement *row, GError **error);
gboolean balance_write(struct db *db, struct statement *row, GError **error);
gboolean budget_write(struct db *db, struct statement *row, GError **error);
gboolean project_write(struct db *db, struct statement *row, GError **error);
gboolean key_write(struct db *db, struct statement *row, GError **error);
gboolean stop_write(struct db *db, struct statement *row, GError **error);
gboolean unknown_write(struct db *db, struct statement *row, GError **error);

/* A cell by its column's name. */
static inline const char *text_of(struct statement *row, const char *name)
{
    const char *text = statement_text(row, statement_column_index(row, name));

    return text ? text : "";
}

static inline int64_t int_of(struct statement *row, const char *name)
{
    return statement_int(row, statement_column_index(row, name));
}

static inline gboolean is_null(struct statement *row, const char *name)
{
    return statement_is_null(row, statement_column_index(row, name));
}

/* "27.50 USD" to the cent; free it. */
char *money_words(int64_t nanos, const char *currency);
