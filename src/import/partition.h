/*
 * partition.h - the snapshots and partitions of one cost or usage file, counted while it is read.
 *
 * A partition is (organization, project, UTC day, currency or endpoint). Its rows get increasing
 * ids; others may lie between.
 */
#pragma once
#include "import/load.h"

enum grain { GRAIN_LINE_ITEM = 1, GRAIN_MODEL = 2, GRAIN_API_KEY = 4, GRAIN_USER = 8 };

struct partition_key {
    int64_t organization_key, project_key; /* 0: none */
    int32_t day;
    char currency[4];             /* "" for usage */
    enum usage_endpoint endpoint; /* of usage */
};

struct partition {
    struct partition_key key;
    int64_t partition_id, first_row, last_row;
    int64_t row_count, total, request_count; /* total: nanos, tokens, or an endpoint's quantity */
    int grain;
};

/* The first free ids are read from the ledger. */
struct partitions *partitions_new(struct load *load, GError **error);
void partitions_free(struct partitions *partitions);

/* The partition of a key, new when it is; borrowed. */
struct partition *partitions_find(struct partitions *partitions, const struct partition_key *key);
/* Gives the next row id to a partition's row. */
int64_t partitions_add_row(struct partitions *partitions, struct partition *partition);

/* Writes snapshots and partitions, and settles what the file covers. */
gboolean partitions_store(struct load *load, GError **error) G_GNUC_WARN_UNUSED_RESULT;
