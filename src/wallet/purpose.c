/*
 * purpose.c - lays each charge's amount over what became of the credit that it paid.
 *
 * The amount that the card lost (tax and conversion in it) is split in proportion to the credit:
 * over the projects that used it, what is not used yet, expired or was withdrawn.
 */
#include "wallet/purpose.h"
#include "core/bulk.h"
#include "core/money.h"

/* The columns of wallet_charge_uses. */
enum { POLICY, CHARGE_ID, TOPUP_ID, AMOUNT, USE, PROJECT_KEY, WEIGHT };

#define MILLION INT64_C(1000000)

struct project {
    guint place; /* in the order of project ids, from 1 */
    const char *name, *purpose;
};

/* What no project is known of. */
static const struct project no_project = {0, "", ""};

/* What became of a part of a charge. */
struct use {
    const char *use; /* interned */
    const struct project *project;
    int64_t project_key, amount_nanos, share_ppm;
};

/* How much of a top-up's credit became that. */
struct part {
    guint use; /* an index */
    int64_t weight_nanos;
};

/* One charge under one policy: the uses of all top-ups that it paid, and of the one being read. */
struct charge {
    struct bulk *uses_rows, *words_rows;
    GHashTable *projects; /* int64_t key -> struct project */
    GStringChunk *texts;  /* theirs */
    const char *policy;   /* interned */
    int64_t charge_id, topup_id, part_nanos;
    GArray *uses;  /* struct use */
    GArray *parts; /* struct part, of the top-up being read */
};

static void charge_clear(struct charge *charge)
{
    g_hash_table_unref(charge->projects);
    g_string_chunk_free(charge->texts);
    g_array_unref(charge->uses);
    g_array_unref(charge->parts);
}
typedef struct charge Charge; /* for g_auto(Charge) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Charge, charge_clear)

static struct use *use_at(const struct charge *charge, guint index)
{
    return &g_array_index(charge->uses, struct use, index);
}

static gboolean projects_read(struct charge *charge, struct db *db, GError **error)
{
    struct statement *row = statement_get(db, "wallet_projects", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct project *project = g_new(struct project, 1);
        int64_t *key = g_new(int64_t, 1);

        *key = statement_int(row, 0);
        *project = (struct project){
            .place = g_hash_table_size(charge->projects) + 1,
            .name = g_string_chunk_insert(charge->texts, statement_text(row, 1)),
            .purpose = g_string_chunk_insert(charge->texts, statement_text(row, 2)),
        };
        g_hash_table_insert(charge->projects, key, project);
    }
    return status == END;
}

static guint find_use(const struct charge *charge, struct statement *row)
{
    struct use fresh = {
        .use = g_intern_string(statement_text(row, USE)),
        .project = &no_project,
        .project_key = statement_int(row, PROJECT_KEY),
    };

    for (guint i = 0; i < charge->uses->len; i++)
        if (use_at(charge, i)->project_key == fresh.project_key &&
            use_at(charge, i)->use == fresh.use)
            return i;
    if (fresh.project_key)
        fresh.project = g_hash_table_lookup(charge->projects, &fresh.project_key);
    g_array_append_val(charge->uses, fresh);
    return charge->uses->len - 1;
}

/* Used first, then by project: of equal rests, the first has the odd nano. */
static gint in_order(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct charge *charge = data;
    const struct use *one = use_at(charge, ((const struct part *)a)->use);
    const struct use *other = use_at(charge, ((const struct part *)b)->use);

    if (one->use != other->use)
        return strcmp(other->use, one->use);
    return (one->project->place > other->project->place) -
           (one->project->place < other->project->place);
}

/* The part of the charge that paid one top-up, over what became of it. */
static void end_topup(struct charge *charge)
{
    guint count = charge->parts->len;
    g_autofree int64_t *weights = g_new0(int64_t, count);
    g_autofree int64_t *amounts = g_new0(int64_t, count);

    if (count == 0)
        return;
    g_array_sort_with_data(charge->parts, in_order, charge);
    for (guint i = 0; i < count; i++)
        weights[i] = g_array_index(charge->parts, struct part, i).weight_nanos;
    money_split(amounts, charge->part_nanos, weights, count);
    for (guint i = 0; i < count; i++)
        use_at(charge, g_array_index(charge->parts, struct part, i).use)->amount_nanos +=
            amounts[i];
    g_array_set_size(charge->parts, 0);
}

static gint by_amount(gconstpointer a, gconstpointer b)
{
    const struct use *one = a, *other = b;

    if (one->amount_nanos != other->amount_nanos)
        return one->amount_nanos > other->amount_nanos ? -1 : 1;
    return one->use != other->use ? strcmp(other->use, one->use)
                                  : strcmp(one->project->name, other->project->name);
}

static void split_shares(const struct charge *charge)
{
    g_autofree int64_t *weights = g_new0(int64_t, charge->uses->len);
    g_autofree int64_t *shares = g_new0(int64_t, charge->uses->len);

    for (guint i = 0; i < charge->uses->len; i++)
        weights[i] = use_at(charge, i)->amount_nanos;
    money_split(shares, MILLION, weights, charge->uses->len);
    for (guint i = 0; i < charge->uses->len; i++)
        use_at(charge, i)->share_ppm = shares[i];
}

static gboolean store_uses(const struct charge *charge, GError **error)
{
    for (guint i = 0; i < charge->uses->len; i++) {
        const struct use *use = use_at(charge, i);

        if (use->amount_nanos == 0)
            continue;
        bulk_add_text(charge->uses_rows, charge->policy);
        bulk_add_int(charge->uses_rows, charge->charge_id);
        bulk_add_text(charge->uses_rows, use->use);
        bulk_add_key(charge->uses_rows, use->project_key);
        bulk_add_int(charge->uses_rows, use->share_ppm);
        bulk_add_int(charge->uses_rows, use->amount_nanos);
        if (!bulk_end_row(charge->uses_rows, error))
            return FALSE;
    }
    return TRUE;
}

static void append(GString *out, const char *text)
{
    g_string_append_printf(out, "%s%s", out->len ? "; " : "", text);
}

/* "Support bot 62.5 %": parts per million are 1e-4 of a percent. */
static void append_share(GString *out, const struct use *use)
{
    const gboolean is_used = strcmp(use->use, "used") == 0;
    const char *name = !is_used              ? use->use
                       : *use->project->name ? use->project->name
                                             : "no project";
    const int64_t tenths = (use->share_ppm + 500) / 1000;
    g_autofree char *text = g_strdup_printf("%s %" G_GINT64_FORMAT ".%" G_GINT64_FORMAT " %%", name,
                                            tenths / 10, tenths % 10);

    append(out, text);
}

static gboolean store_words(const struct charge *charge, GError **error)
{
    g_autoptr(GString) projects = g_string_new(NULL);
    g_autoptr(GString) purposes = g_string_new(NULL);
    g_autoptr(GString) unknown = g_string_new(NULL);
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < charge->uses->len; i++) {
        const struct use *use = use_at(charge, i);

        if (use->amount_nanos == 0)
            continue;
        append_share(projects, use);
        if (*use->project->purpose &&
            g_hash_table_add(told, (gpointer)(guintptr)use->project->purpose))
            append(purposes, use->project->purpose);
        else if (!*use->project->purpose && strcmp(use->use, "used") == 0)
            append(unknown, *use->project->name ? use->project->name : "cost without a project");
    }
    bulk_add_text(charge->words_rows, charge->policy);
    bulk_add_int(charge->words_rows, charge->charge_id);
    bulk_add_text(charge->words_rows, projects->str);
    bulk_add_text(charge->words_rows, purposes->str);
    bulk_add_text(charge->words_rows, unknown->str);
    return bulk_end_row(charge->words_rows, error);
}

static gboolean end_charge(struct charge *charge, GError **error)
{
    gboolean stored;

    end_topup(charge);
    if (charge->uses->len == 0)
        return TRUE;
    g_array_sort(charge->uses, by_amount);
    split_shares(charge);
    stored = store_uses(charge, error) && store_words(charge, error);
    g_array_set_size(charge->uses, 0);
    return stored;
}

static gboolean begin_row(struct charge *charge, struct statement *row, GError **error)
{
    const char *policy = g_intern_string(statement_text(row, POLICY));
    const gboolean is_other =
        charge->charge_id != statement_int(row, CHARGE_ID) || charge->policy != policy;

    if (is_other && !end_charge(charge, error))
        return FALSE;
    if (is_other || charge->topup_id != statement_int(row, TOPUP_ID))
        end_topup(charge);
    charge->policy = policy;
    charge->charge_id = statement_int(row, CHARGE_ID);
    charge->topup_id = statement_int(row, TOPUP_ID);
    charge->part_nanos = statement_int(row, AMOUNT);
    return TRUE;
}

static gboolean read_uses(struct db *db, GError **error)
{
    struct statement *row = statement_get(db, "wallet_charge_uses", error);
    g_autoptr(Bulk) uses = bulk_new(db, "wallet_use_insert");
    g_autoptr(Bulk) words = bulk_new(db, "wallet_purpose_insert");
    g_auto(Charge) charge = {
        .uses_rows = uses,
        .words_rows = words,
        .projects = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free),
        .texts = g_string_chunk_new(1024),
        .uses = g_array_new(FALSE, TRUE, sizeof(struct use)),
        .parts = g_array_new(FALSE, FALSE, sizeof(struct part)),
    };
    enum row_status status = FAILED;

    if (!row || !projects_read(&charge, db, error))
        return FALSE;
    while ((status = statement_step(row, error)) == ROW) {
        struct part part = {.weight_nanos = statement_int(row, WEIGHT)};

        if (!begin_row(&charge, row, error)) {
            statement_reset(row);
            return FALSE;
        }
        part.use = find_use(&charge, row);
        g_array_append_val(charge.parts, part);
    }
    return status == END && end_charge(&charge, error) && bulk_end(uses, error) &&
           bulk_end(words, error);
}

/* The columns of wallet_charge_rates. */
enum { RATED, CHARGED, ORIGINAL, ORIGINAL_CURRENCY, RATE, SOURCE };

static gboolean store_rate(struct bulk *rates, struct statement *row, GError **error)
{
    int64_t rate = statement_int(row, RATE);

    if (statement_is_null(row, RATE) &&
        !money_scale(&rate, statement_int(row, CHARGED), NANOS_PER_UNIT,
                     statement_int(row, ORIGINAL), error))
        return FALSE;
    bulk_add_int(rates, statement_int(row, RATED));
    bulk_add_int(rates, statement_int(row, ORIGINAL));
    bulk_add_text(rates, statement_text(row, ORIGINAL_CURRENCY));
    bulk_add_int(rates, rate);
    bulk_add_text(rates, statement_text(row, SOURCE));
    return bulk_end_row(rates, error);
}

static gboolean read_rates(struct db *db, GError **error)
{
    struct statement *row = statement_get(db, "wallet_charge_rates", error);
    g_autoptr(Bulk) rates = bulk_new(db, "wallet_rate_insert");
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW)
        if (!store_rate(rates, row, error)) {
            statement_reset(row);
            return FALSE;
        }
    return status == END && bulk_end(rates, error);
}

gboolean purpose_read(struct db *db, GError **error)
{
    return read_uses(db, error) && read_rates(db, error);
}
