/*
 * opening.h - whether it is known what stood before an account's first day.
 */
#pragma once
#include "credit/account.h"

struct opening {
    const char *evidence; /* "opening grant", "balance seen", "first invoice"; "": none, it is
                             assumed to be zero */
    char *reference;      /* the grant's, the invoice's, or the instant of the balance; "" */
};

/*
 * An opening grant states what stood before the first file; a balance seen on or before the day of
 * first use shows it; a first top-up with invoice counter 0001 has nothing bought before it. The
 * first of these that there is. Free with opening_clear.
 */
void opening_find(const struct account *account, struct opening *out);
void opening_clear(struct opening *opening);

/* Its row of the table opening; none for an account without a day. */
gboolean opening_store(const struct account *account, const struct opening *opening, struct db *db,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
