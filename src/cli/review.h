/*
 * review.h - what is open and a person may decide, item by item, and the screens that show it.
 */
#pragma once
#include "core/db.h"

struct review_candidate {
    char *id, *noun, *source, *dated_on, *currency, *verdict, *reason;
    int64_t amount_nanos;
};

/* A leg of a top-up, a receipt or a charge that lacks its counterpart. */
struct review_item {
    char *kind, *id, *reference, *leg, *code, *severity, *source, *organization_id, *dated_on;
    char *currency, *description, *explanation, *next_action;
    int64_t fact_key, amount_nanos;
    GPtrArray *candidates; /* struct review_candidate, owned */
};

/* The gravest and largest first; of one organization, or all with NULL. Free with
 * g_ptr_array_unref. */
GPtrArray *review_load(struct db *db, const char *organization_id, GError **error);

/* What a decision about the item is told by: "id leg"; free it. */
char *review_key(const struct review_item *item);

#define REVIEW_NUMBERED 9 /* candidates that a key can name */

/* One item with its candidates, numbered, in `width` columns (0: as they come); free it. */
char *review_screen(const struct review_item *item, guint number, guint count, int width);
