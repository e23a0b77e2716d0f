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
enum { POLICY, CHARGE_ID, TOPUP_ID, AMOUNT, USE, PROJECT_KEY, PROJECT, PURPOSE, WEIGHT };

#define MILLION INT64_C(1000000)

/* What became of a part of a charge. */
struct use {
    char *use, *project, *purpose; /* project: its name; "" for none */
    int64_t project_key, weight_nanos, amount_nanos, share_ppm;
};

static void use_clear(gpointer data)
{
    struct use *use = data;

    g_free(use->use);
    g_free(use->project);
    g_free(use->purpose);
}

static GArray *uses_new(void)
{
    GArray *uses = g_array_new(FALSE, TRUE, sizeof(struct use));

    g_array_set_clear_func(uses, use_clear);
    return uses;
}

/* One charge under one policy: the uses of all top-ups that it paid, and of the one being read. */
struct charge {
    struct bulk *uses_rows, *words_rows;
    char *policy;
    int64_t charge_id, topup_id, part_nanos;
    GArray *uses;    /* struct use */
    GArray *indexes; /* guint into uses, and */
    GArray *weights; /* int64_t, of the top-up being read */
};

static void charge_clear(struct charge *charge)
{
    g_free(charge->policy);
    g_array_unref(charge->uses);
    g_array_unref(charge->indexes);
    g_array_unref(charge->weights);
}
typedef struct charge Charge; /* for g_auto(Charge) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Charge, charge_clear)

static struct use *use_at(const struct charge *charge, guint index)
{
    return &g_array_index(charge->uses, struct use, index);
}

static guint find_use(const struct charge *charge, struct statement *row)
{
    const char *use = statement_text(row, USE);
    const int64_t key = statement_int(row, PROJECT_KEY);
    struct use fresh = {0};

    for (guint i = 0; i < charge->uses->len; i++)
        if (use_at(charge, i)->project_key == key && strcmp(use_at(charge, i)->use, use) == 0)
            return i;
    fresh.use = g_strdup(use);
    fresh.project = g_strdup(statement_text(row, PROJECT));
    fresh.purpose = g_strdup(statement_text(row, PURPOSE));
    fresh.project_key = key;
    g_array_append_val(charge->uses, fresh);
    return charge->uses->len - 1;
}

/* The part of the charge that paid one top-up, over what became of it. */
static void end_topup(struct charge *charge)
{
    g_autofree int64_t *parts = g_new0(int64_t, charge->weights->len);

    if (charge->weights->len == 0)
        return;
    money_split(parts, charge->part_nanos, (const int64_t *)(gpointer)charge->weights->data,
                charge->weights->len);
    for (guint i = 0; i < charge->weights->len; i++)
        use_at(charge, g_array_index(charge->indexes, guint, i))->amount_nanos += parts[i];
    g_array_set_size(charge->indexes, 0);
    g_array_set_size(charge->weights, 0);
}

static gint by_amount(gconstpointer a, gconstpointer b)
{
    const struct use *one = a, *other = b;

    if (one->amount_nanos != other->amount_nanos)
        return one->amount_nanos > other->amount_nanos ? -1 : 1;
    return strcmp(one->use, other->use) != 0 ? strcmp(other->use, one->use)
                                             : strcmp(one->project, other->project);
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
    const char *name = !is_used ? use->use : *use->project ? use->project : "no project";
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
        if (*use->purpose && g_hash_table_add(told, use->purpose))
            append(purposes, use->purpose);
        else if (!*use->purpose && strcmp(use->use, "used") == 0)
            append(unknown, *use->project ? use->project : "cost without a project");
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
    const char *policy = statement_text(row, POLICY);
    const gboolean is_other = charge->charge_id != statement_int(row, CHARGE_ID) ||
                              g_strcmp0(charge->policy, policy) != 0;

    if (is_other && !end_charge(charge, error))
        return FALSE;
    if (is_other || charge->topup_id != statement_int(row, TOPUP_ID))
        end_topup(charge);
    if (g_strcmp0(charge->policy, policy) != 0) {
        g_free(charge->policy);
        charge->policy = g_strdup(policy);
    }
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
        .uses = uses_new(),
        .indexes = g_array_new(FALSE, FALSE, sizeof(guint)),
        .weights = g_array_new(FALSE, FALSE, sizeof(int64_t)),
    };
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        int64_t weight = statement_int(row, WEIGHT);
        guint index;

        if (!begin_row(&charge, row, error)) {
            statement_reset(row);
            return FALSE;
        }
        index = find_use(&charge, row);
        g_array_append_val(charge.indexes, index);
        g_array_append_val(charge.weights, weight);
    }
    return status == END && end_charge(&charge, error) && bulk_end(uses, error) &&
           bulk_end(words, error);
}

/* The columns of wallet_charge_rates. */
enum { RATED, CHARGED, ORIGINAL, ORIGINAL_CURRENCY, RATE, SOURCE };

static gboolean store_rate(struct db *db, struct statement *row, GError **error)
{
    struct statement *insert = statement_get(db, "wallet_rate_insert", error);
    int64_t rate = statement_int(row, RATE);

    if (!insert || (statement_is_null(row, RATE) &&
                    !money_scale(&rate, statement_int(row, CHARGED), NANOS_PER_UNIT,
                                 statement_int(row, ORIGINAL), error)))
        return FALSE;
    statement_bind_int(insert, "charge_id", statement_int(row, RATED));
    statement_bind_int(insert, "original_nanos", statement_int(row, ORIGINAL));
    statement_bind_text(insert, "original_currency", statement_text(row, ORIGINAL_CURRENCY));
    statement_bind_int(insert, "rate_nanos", rate);
    statement_bind_text(insert, "source", statement_text(row, SOURCE));
    return statement_execute(insert, error);
}

static gboolean read_rates(struct db *db, GError **error)
{
    struct statement *row = statement_get(db, "wallet_charge_rates", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW)
        if (!store_rate(db, row, error)) {
            statement_reset(row);
            return FALSE;
        }
    return status == END;
}

gboolean purpose_read(struct db *db, GError **error)
{
    return read_uses(db, error) && read_rates(db, error);
}
