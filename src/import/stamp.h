/*
 * stamp.h - printed dates to instants.
 */
#pragma once
#include "import/load.h"

/* A printed date as the ledger keeps it. */
struct stamp {
    int64_t at;            /* the instant, or the one that stands for a date */
    struct interval range; /* the instants that it may be */
    gboolean is_date;
};

/* Which instant stands for a date without a time. */
enum date_stands_for { DATE_IS_NOON, DATE_IS_START };

/*
 * Reads a printed date in the file's zone: its own offset, else --tz, else the format's. A date in
 * no known zone is widened by 14 hours either way and stands in UTC.
 * FALSE: listed as a problem of `column`.
 */
gboolean stamp_read(struct load *load, gint64 line, const char *column,
                    const struct printed_date *date, enum date_stands_for rule, struct stamp *out);
