/* check.c - see check.h. */
#include "rate/check.h"
#include "core/error.h"
#include "core/money.h"
#include "rate/value.h"

#define ROUNDING_NANOS 1000   /* a millionth of a dollar */
#define ROUNDING_PART  100000 /* of the cost */
#define MICROS         1000000

/* The columns of rate_costs. */
enum {
    ORGANIZATION_KEY,
    PROJECT_KEY,
    DAY,
    CURRENCY,
    IS_PROVISIONAL,
    SURFACE,
    MODEL,
    MODALITY,
    TOKEN_KIND,
    IS_LONG_CONTEXT,
    COST,
    QUANTITY_MICROS,
    HAS_QUANTITY,
};

/* Of one project's day, model, tier and kind. */
struct use {
    int64_t quantity;
    gboolean is_provisional;
};

/* One line of cost, as the card names things. */
typedef struct line Line; /* for g_auto(Line) alone */
struct line {
    const char *day, *service_tier;
    char *model, *token_kind;
    int64_t quantity, cost_nanos, value_nanos;
    gboolean is_provisional, is_long_context, has_price;
    struct price price;
};

static void line_clear(struct line *line)
{
    g_free(line->model);
    g_free(line->token_kind);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Line, line_clear)

static char *key_of(int64_t organization_key, int64_t project_key, const char *day,
                    const char *model, const char *service_tier, const char *token_kind)
{
    return g_strdup_printf("%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s|%s|%s|%s",
                           organization_key, project_key, day, model, service_tier, token_kind);
}

static int64_t project_of(struct statement *row, int column)
{
    return statement_is_null(row, column) ? 0 : statement_int(row, column);
}

static void add_use(GHashTable *used, struct statement *row)
{
    g_autofree char *model = card_base_model(statement_text(row, 3));
    g_autofree char *key = key_of(statement_int(row, 0), project_of(row, 1), statement_text(row, 2),
                                  model, statement_text(row, 4), statement_text(row, 5));
    struct use *use = g_hash_table_lookup(used, key);

    if (!use) {
        use = g_new0(struct use, 1);
        g_hash_table_insert(used, g_steal_pointer(&key), use);
    }
    use->quantity += statement_int(row, 6); /* tokens of one day: far from 2^63 */
    use->is_provisional |= statement_int(row, 7) == 1;
}

static GHashTable *load_used(struct db *db, GError **error)
{
    g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    struct statement *row = statement_get(db, "rate_used", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW)
        add_use(used, row);
    return status == END ? g_steal_pointer(&used) : NULL;
}

/* Which tier a line item's surface is; NULL for what is billed by other rules. */
static const char *tier_of(const char *surface)
{
    static const struct {
        const char *surface, *tier;
    } tiers[] = {{"", "standard"},
                 {"evals", "standard"},
                 {"batch api", "batch"},
                 {"flex", "flex"},
                 {"priority", "priority"}};

    for (guint i = 0; i < G_N_ELEMENTS(tiers); i++)
        if (strcmp(tiers[i].surface, surface) == 0)
            return tiers[i].tier;
    return NULL;
}

/* "cached input" of "image" is "cached image input"; text is what has no other name. */
static char *kind_of(const char *modality, const char *token_kind)
{
    if (*modality == '\0' || strcmp(modality, "text") == 0)
        return g_strdup(token_kind);
    if (g_str_has_prefix(token_kind, "cached "))
        return g_strdup_printf("cached %s %s", modality, token_kind + strlen("cached "));
    return g_strdup_printf("%s %s", modality, token_kind);
}

/* Some line items of batches write the point of a version as a low line. */
static char *model_of(const char *text)
{
    g_autofree char *pointed = g_strdelimit(g_strdup(text), "_", '.');

    return card_base_model(pointed);
}

/* FALSE for a line without a quantity that the card prices by. */
static gboolean read_line(struct line *line, struct statement *row, GHashTable *used)
{
    g_autofree char *key = NULL;
    const struct use *use;

    line->service_tier = tier_of(statement_text(row, SURFACE));
    if (!line->service_tier || strcmp(statement_text(row, CURRENCY), "USD") != 0)
        return FALSE;
    line->day = statement_text(row, DAY);
    line->model = model_of(statement_text(row, MODEL));
    line->token_kind = kind_of(statement_text(row, MODALITY), statement_text(row, TOKEN_KIND));
    line->cost_nanos = statement_int(row, COST);
    line->is_provisional = statement_int(row, IS_PROVISIONAL) == 1;
    line->is_long_context = statement_int(row, IS_LONG_CONTEXT) == 1;
    if (statement_int(row, HAS_QUANTITY) == 1 &&
        statement_int(row, QUANTITY_MICROS) % MICROS == 0) {
        line->quantity = statement_int(row, QUANTITY_MICROS) / MICROS;
        return TRUE;
    }
    key = key_of(statement_int(row, ORGANIZATION_KEY), project_of(row, PROJECT_KEY), line->day,
                 line->model, line->service_tier, line->token_kind);
    use = g_hash_table_lookup(used, key);
    if (!use)
        return FALSE;
    line->quantity = use->quantity;
    line->is_provisional |= use->is_provisional;
    return TRUE;
}

static gboolean is_rounding(const struct line *line, int64_t value_nanos)
{
    int64_t residual = ABS(line->cost_nanos - value_nanos);

    return residual <= ROUNDING_NANOS || residual <= ABS(line->cost_nanos) / ROUNDING_PART;
}

static gboolean fits_other_tier(const struct line *line, const struct card *card)
{
    static const char *const tiers[] = {"standard", "batch", "flex", "priority"};

    for (guint i = 0; i < G_N_ELEMENTS(tiers); i++) {
        struct price price;
        int64_t value;

        if (card_find(card, line->model, tiers[i], line->token_kind, line->day, &price) &&
            value_of(&value, &price, line->token_kind, line->quantity, NULL) &&
            is_rounding(line, value))
            return TRUE;
    }
    return line->is_long_context;
}

static const char *cause_of(const struct line *line, const struct card *card)
{
    if (!line->has_price)
        return "unknown model";
    if (line->cost_nanos == line->value_nanos)
        return "";
    if (is_rounding(line, line->value_nanos))
        return "rounding";
    if (fits_other_tier(line, card))
        return "tier";
    return line->is_provisional ? "late" : "unexplained";
}

static gboolean store(struct db *db, struct statement *cost, const struct line *line,
                      const char *cause, GError **error)
{
    struct statement *row = statement_get(db, "rate_check_insert", error);

    if (!row)
        return FALSE;
    statement_bind_int(row, "organization_key", statement_int(cost, ORGANIZATION_KEY));
    statement_bind_key(row, "project_key", project_of(cost, PROJECT_KEY));
    statement_bind_text(row, "day", line->day);
    statement_bind_text(row, "currency", statement_text(cost, CURRENCY));
    statement_bind_text(row, "model", line->model);
    statement_bind_text(row, "service_tier", line->service_tier);
    statement_bind_text(row, "token_kind", line->token_kind);
    statement_bind_int(row, "quantity", line->quantity);
    statement_bind_key(row, "rate_id", line->has_price ? line->price.rate_id : 0);
    statement_bind_int(row, "value_nanos", line->value_nanos);
    statement_bind_int(row, "cost_nanos", line->cost_nanos);
    statement_bind_text(row, "cause", cause);
    return statement_execute(row, error);
}

static gboolean check_line(struct db *db, const struct card *card, GHashTable *used,
                           struct statement *row, GError **error)
{
    g_auto(Line) line = {0};

    if (!read_line(&line, row, used))
        return TRUE;
    line.has_price =
        card_find(card, line.model, line.service_tier, line.token_kind, line.day, &line.price);
    if (line.has_price &&
        !value_of(&line.value_nanos, &line.price, line.token_kind, line.quantity, error))
        return FALSE;
    return store(db, row, &line, cause_of(&line, card), error);
}

gboolean check_costs(struct db *db, const struct card *card, GError **error)
{
    g_autoptr(GHashTable) used = load_used(db, error);
    struct statement *row = used ? statement_get(db, "rate_costs", error) : NULL;
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW)
        if (!check_line(db, card, used, row, error)) {
            statement_reset(row);
            return FALSE;
        }
    return status == END;
}
