/*
 * carrier.h - the line items, keys, users and models that carried what an episode was above the
 * weeks before it.
 */
#pragma once
#include "core/db.h"
#include "runaway/episode.h"

struct carrier {
    const char *dimension; /* static: "line item", "model", "key", "user" */
    const char *basis;     /* static: "cost", "tokens", "requests" */
    char *name;
    guint position;    /* 1: the largest of its dimension */
    int64_t share_ppm; /* of what all of its dimension are above the weeks before */
    gboolean is_new;   /* not there in the weeks before, of which a week was known by names */
    int128 increase;   /* scaled, to sort by */
};

/*
 * struct carrier by dimension and position; those with less than a twentieth are left out, and so
 * are all but the five largest. Models, keys and users come from cost where its rows name them,
 * else from usage: by tokens, where it has none by requests.
 */
GPtrArray *carriers_load(struct db *db, const struct organization *organization,
                         const struct project *project, const struct episode *episode,
                         GError **error);
/* The largest of a dimension; NULL when there is none. */
const struct carrier *carriers_first(const GPtrArray *carriers, const char *dimension);
/* "gpt-5-mini, output 80 %, gpt-5-mini, input 20 %; key key_a 100 % (new)"; free it. */
char *carriers_words(const GPtrArray *carriers);
