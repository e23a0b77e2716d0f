/* partition.c - see partition.h. */
#include "import/partition.h"
#include "import/endpoint.h"

#define PROVISIONAL_DAYS 2 /* newest charged days that later exports ordinarily change */
#define SETTLING_DAYS    7

struct partitions {
    GHashTable *by_key;     /* set of struct partition, owned by `all` */
    GPtrArray *all;         /* in order of first appearance */
    struct partition *last; /* rows come in runs of one partition */
    int64_t next_partition_id, next_row_id;
};

static guint partition_hash(gconstpointer pointer)
{
    const struct partition_key *key = pointer;
    guint64 hash = (guint64)key->day * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);

    hash = (hash ^ (guint64)key->project_key) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
    hash = (hash ^ (guint64)key->organization_key ^ (guint64)key->endpoint << 32) *
           G_GUINT64_CONSTANT(0xc4ceb9fe1a85ec53);
    return (guint)(hash >> 32);
}

static gboolean key_equal(const struct partition_key *left, const struct partition_key *right)
{
    return left->day == right->day && left->project_key == right->project_key &&
           left->organization_key == right->organization_key && left->endpoint == right->endpoint &&
           memcmp(left->currency, right->currency, sizeof left->currency) == 0;
}

static gboolean partition_equal(gconstpointer left, gconstpointer right)
{
    return key_equal(left, right);
}

/* The first id past those that a query has found. */
static gboolean next_id(struct db *db, const char *name, int64_t *id, GError **error)
{
    struct statement *statement = statement_get(db, name, error);
    gboolean found = statement && statement_step(statement, error) == ROW;

    if (found)
        *id = statement_int(statement, 0);
    if (statement)
        statement_reset(statement);
    return found;
}

struct partitions *partitions_new(struct load *load, GError **error)
{
    struct partitions *partitions = g_new0(struct partitions, 1);
    const char *rows = load->kind == FACT_COST ? "cost_next_id" : "usage_next_id";

    partitions->by_key = g_hash_table_new(partition_hash, partition_equal);
    partitions->all = g_ptr_array_new_with_free_func(g_free);
    if (!next_id(load->db, "partition_next_id", &partitions->next_partition_id, error) ||
        !next_id(load->db, rows, &partitions->next_row_id, error))
        g_clear_pointer(&partitions, partitions_free);
    return partitions;
}

void partitions_free(struct partitions *partitions)
{
    if (!partitions)
        return;
    g_hash_table_unref(partitions->by_key);
    g_ptr_array_unref(partitions->all);
    g_free(partitions);
}

struct partition *partitions_find(struct partitions *partitions, const struct partition_key *key)
{
    struct partition *partition = partitions->last;

    if (partition && key_equal(&partition->key, key))
        return partition;
    partition = g_hash_table_lookup(partitions->by_key, key);
    if (!partition) {
        partition = g_new0(struct partition, 1);
        partition->key = *key;
        partition->partition_id = partitions->next_partition_id++;
        g_ptr_array_add(partitions->all, partition);
        g_hash_table_add(partitions->by_key, partition); /* its first member is its key */
    }
    partitions->last = partition;
    return partition;
}

int64_t partitions_add_row(struct partitions *partitions, struct partition *partition)
{
    int64_t row = partitions->next_row_id++;

    if (partition->row_count++ == 0)
        partition->first_row = row;
    partition->last_row = row;
    return row;
}

/* What one organization's partitions of a kind say of its days. */
struct snapshot {
    int64_t organization_key;
    enum usage_endpoint endpoint;
    GArray *days; /* int32_t, charged, newest first, each once */
    gboolean is_grouped;
};

static int compare_days_down(gconstpointer left, gconstpointer right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;

    return (a < b) - (a > b);
}

static void snapshot_free(gpointer pointer)
{
    g_array_unref(((struct snapshot *)pointer)->days);
    g_free(pointer);
}

static gboolean is_of(const struct partition *partition, const struct snapshot *snapshot)
{
    return snapshot->organization_key == partition->key.organization_key &&
           snapshot->endpoint == partition->key.endpoint;
}

static struct snapshot *snapshot_of(GPtrArray *snapshots, const struct partition *partition)
{
    struct snapshot *snapshot;

    for (guint i = 0; i < snapshots->len; i++) { /* a file names one organization, seldom a few */
        snapshot = g_ptr_array_index(snapshots, i);
        if (is_of(partition, snapshot))
            return snapshot;
    }
    snapshot = g_new0(struct snapshot, 1);
    snapshot->organization_key = partition->key.organization_key;
    snapshot->endpoint = partition->key.endpoint;
    snapshot->days = g_array_new(FALSE, FALSE, sizeof(int32_t));
    g_ptr_array_add(snapshots, snapshot);
    return snapshot;
}

static void sort_days(GArray *days)
{
    guint kept = 0;

    g_array_sort(days, compare_days_down);
    for (guint i = 0; i < days->len; i++) {
        int32_t day = g_array_index(days, int32_t, i);

        if (kept == 0 || g_array_index(days, int32_t, kept - 1) != day)
            g_array_index(days, int32_t, kept++) = day;
    }
    g_array_set_size(days, kept);
}

/* The nth newest charged day, or the oldest there is. */
static int32_t nth_newest(const struct snapshot *snapshot, guint n)
{
    return g_array_index(snapshot->days, int32_t, MIN(n, snapshot->days->len) - 1);
}

static void bind_day(struct statement *statement, const char *parameter, int32_t day)
{
    char text[11];

    day_format(day, text);
    statement_bind_text(statement, parameter, text);
}

/* "cost", or the endpoint. */
static const char *kind_of(const struct load *load, const struct snapshot *snapshot)
{
    if (load->kind == FACT_COST)
        return format_kind_name(FACT_COST);
    if (snapshot->endpoint == ENDPOINT_UNTOLD)
        return endpoint_name(load->untold_endpoint);
    return endpoint_name(snapshot->endpoint);
}

static gboolean snapshot_store(struct load *load, const struct snapshot *snapshot, GError **error)
{
    struct statement *statement = statement_get(load->db, "snapshot_insert", error);

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "file_id", load->file_id);
    statement_bind_text(statement, "kind", kind_of(load, snapshot));
    statement_bind_key(statement, "organization_key", snapshot->organization_key);
    bind_day(statement, "from_day", load->first_day);
    bind_day(statement, "until_day", nth_newest(snapshot, 1));
    bind_day(statement, "provisional_from", nth_newest(snapshot, PROVISIONAL_DAYS));
    bind_day(statement, "settling_from", nth_newest(snapshot, SETTLING_DAYS));
    if (load->options->as_of)
        statement_bind_text(statement, "rank_day", load->options->as_of);
    else
        bind_day(statement, "rank_day", nth_newest(snapshot, 1));
    statement_bind_int(statement, "rank_stated", load->options->as_of != NULL);
    statement_bind_int(statement, "is_grouped", snapshot->is_grouped);
    statement_bind_int(statement, "is_whole", load->options->whole);
    bind_day(statement, "rows_until", load->last_day);
    return statement_execute(statement, error);
}

static gboolean partition_store(struct load *load, const struct partition *partition,
                                int64_t snapshot_id, GError **error)
{
    struct statement *statement = statement_get(load->db, "partition_insert", error);

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "partition_id", partition->partition_id);
    statement_bind_int(statement, "snapshot_id", snapshot_id);
    statement_bind_key(statement, "project_key", partition->key.project_key);
    bind_day(statement, "day", partition->key.day);
    statement_bind_text(statement, "currency", partition->key.currency);
    statement_bind_int(statement, "first_row", partition->first_row);
    statement_bind_int(statement, "last_row", partition->last_row);
    statement_bind_int(statement, "row_count", partition->row_count);
    statement_bind_int(statement, "total", partition->total);
    statement_bind_int(statement, "request_count", partition->request_count);
    statement_bind_int(statement, "grain", partition->grain);
    return statement_execute(statement, error);
}

/* An export cannot have been made before a day that it charges. */
static void check_as_of(struct load *load, const struct snapshot *snapshot)
{
    char until[11];

    day_format(nth_newest(snapshot, 1), until);
    if (load->options->as_of && strcmp(load->options->as_of, until) < 0)
        load_refuse(load, "charges %s, a day after --as-of %s", until, load->options->as_of);
}

static gboolean store_of_snapshot(struct load *load, const struct snapshot *snapshot,
                                  GError **error)
{
    const GPtrArray *all = load->partitions->all;
    int64_t snapshot_id;

    if (!snapshot_store(load, snapshot, error))
        return FALSE;
    snapshot_id = db_last_rowid(load->db);
    for (guint i = 0; i < all->len; i++) {
        const struct partition *partition = g_ptr_array_index(all, i);

        if (is_of(partition, snapshot) && !partition_store(load, partition, snapshot_id, error))
            return FALSE;
    }
    return TRUE;
}

gboolean partitions_store(struct load *load, GError **error)
{
    const GPtrArray *all = load->partitions->all;
    g_autoptr(GPtrArray) snapshots = g_ptr_array_new_with_free_func(snapshot_free);

    for (guint i = 0; i < all->len; i++) {
        const struct partition *partition = g_ptr_array_index(all, i);
        struct snapshot *snapshot = snapshot_of(snapshots, partition);

        g_array_append_val(snapshot->days, partition->key.day);
        snapshot->is_grouped |= partition->key.project_key != 0;
    }
    for (guint i = 0; i < snapshots->len; i++) {
        struct snapshot *snapshot = g_ptr_array_index(snapshots, i);

        sort_days(snapshot->days);
        check_as_of(load, snapshot);
        if (!store_of_snapshot(load, snapshot, error))
            return FALSE;
        if (!load->covers || nth_newest(snapshot, 1) > load->covered_until)
            load->covered_until = nth_newest(snapshot, 1);
        load->covered_from = load->first_day;
        load->covers = TRUE;
    }
    return TRUE;
}
