/* card.c - loading the prices, and finding the one that holds. */
#include "rate/card.h"

#define DATE_SUFFIX_LEN (sizeof "-2024-08-06" - 1)

struct span {
    struct price price;
    char *from, *until; /* first and last day; NULL: no end */
    gboolean is_own;
};

struct card {
    GHashTable *spans; /* "model|tier|kind" -> GPtrArray of struct span*, the one to prefer first */
};

static void span_free(struct span *span)
{
    g_free(span->from);
    g_free(span->until);
    g_free(span);
}

static char *key_of(const char *model, const char *service_tier, const char *token_kind)
{
    return g_strjoin("|", model, service_tier, token_kind, NULL);
}

void card_free(struct card *card)
{
    if (!card)
        return;
    g_hash_table_unref(card->spans);
    g_free(card);
}

static void add(struct card *card, struct statement *row)
{
    g_autofree char *key =
        key_of(statement_text(row, 1), statement_text(row, 2), statement_text(row, 3));
    GPtrArray *spans = g_hash_table_lookup(card->spans, key);
    struct span *span = g_new0(struct span, 1);

    span->price.rate_id = statement_int(row, 0);
    span->price.nanos = statement_int(row, 6);
    span->from = g_strdup(statement_is_null(row, 4) ? NULL : statement_text(row, 4));
    span->until = g_strdup(statement_is_null(row, 5) ? NULL : statement_text(row, 5));
    if (!spans) {
        spans = g_ptr_array_new_with_free_func((GDestroyNotify)span_free);
        g_hash_table_insert(card->spans, g_steal_pointer(&key), spans);
    }
    g_ptr_array_add(spans, span);
}

struct card *card_load(struct db *db, GError **error)
{
    g_autoptr(Card) card = g_new0(struct card, 1);
    struct statement *row = statement_get(db, "rate_card", error);
    enum row_status status = FAILED;

    card->spans =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    while (row && (status = statement_step(row, error)) == ROW)
        add(card, row);
    return status == END ? g_steal_pointer(&card) : NULL;
}

static gboolean find_exactly(const struct card *card, const char *model, const char *service_tier,
                             const char *token_kind, const char *day, struct price *out)
{
    g_autofree char *key = key_of(model, service_tier, token_kind);
    const GPtrArray *spans = g_hash_table_lookup(card->spans, key);

    for (guint i = 0; spans && i < spans->len; i++) {
        const struct span *span = g_ptr_array_index(spans, i);

        if ((span->from && strcmp(day, span->from) < 0) ||
            (span->until && strcmp(day, span->until) > 0))
            continue;
        *out = span->price;
        return TRUE;
    }
    return FALSE;
}

/* What a kind costs where the card has no price of its own for it: tried in this order. */
static const struct {
    const char *kind, *usual;
} usual_kinds[] = {
    {"cached input", "input"},
    {"cache writes", "input"},
    {"image input", "input"},
    {"cached image input", "cached input"},
    {"cached image input", "image input"},
    {"cached image input", "input"},
    {"cached audio input", "audio input"},
};

static gboolean find_kind(const struct card *card, const char *model, const char *service_tier,
                          const char *token_kind, const char *day, struct price *out)
{
    if (find_exactly(card, model, service_tier, token_kind, day, out))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(usual_kinds); i++)
        if (strcmp(usual_kinds[i].kind, token_kind) == 0 &&
            find_exactly(card, model, service_tier, usual_kinds[i].usual, day, out))
            return TRUE;
    return FALSE;
}

gboolean card_find(const struct card *card, const char *model, const char *service_tier,
                   const char *token_kind, const char *day, struct price *out)
{
    g_autofree char *base = card_base_model(model);

    return find_kind(card, model, service_tier, token_kind, day, out) ||
           find_kind(card, base, service_tier, token_kind, day, out);
}

static gboolean ends_in_date(const char *name, gsize len)
{
    static const char shape[] = "-dddd-dd-dd";
    const char *at = name + len - DATE_SUFFIX_LEN;

    if (len <= DATE_SUFFIX_LEN)
        return FALSE;
    for (gsize i = 0; i < DATE_SUFFIX_LEN; i++)
        if (shape[i] == 'd' ? !g_ascii_isdigit(at[i]) : at[i] != shape[i])
            return FALSE;
    return TRUE;
}

char *card_base_model(const char *model)
{
    gboolean is_tuned = g_str_has_prefix(model, "ft:") || g_str_has_prefix(model, "ft-");
    const char *name = is_tuned ? model + 3 : model;
    gsize len = is_tuned ? strcspn(name, ":") : strlen(name);

    if (ends_in_date(name, len))
        len -= DATE_SUFFIX_LEN;
    return g_strdup_printf("%s%.*s", is_tuned ? "ft:" : "", (int)len, name);
}
