/*
 * detail.h - what a project's days were made of: hours, keys, line items, tokens.
 *
 * It is read for the days alone that cost enough to matter, and for the four weeks before these:
 * what rules of shape say counts only where money stands behind it.
 */
#pragma once
#include "core/db.h"
#include "runaway/organization.h"
#include "runaway/threshold.h"

#define HOURS 24

/* What one name took of a day. */
struct part {
    char *name;
    int64_t amount; /* nanos, or tokens */
};

struct detail {
    gboolean is_known; /* there is usage of the day */
    gboolean is_hourly;
    int64_t requests[HOURS];       /* where it is hourly */
    int64_t input, cached, output; /* tokens */
    GArray *items; /* struct part by name: line items, of cost; NULL: none is named */
    GArray *keys;  /* likewise keys: of cost, else of the tokens of usage */
    gboolean keys_are_money;
};

/* Reads the details that a project's days need, into project->details; all others stay NULL. */
gboolean details_load(struct db *db, const struct organization *organization,
                      struct project *project, const struct threshold *threshold,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void details_free(struct detail *details, guint count);
/* Adds to a part of that name, or makes it; *parts may be NULL. */
void details_add(GArray **parts, const char *name, int64_t amount);
int64_t details_amount(const GArray *parts, const char *name);
