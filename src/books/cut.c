/* cut.c - the part of a journal that was asked for, and what stood before it. */
#include "books/make.h"

/* The order of entries of one day: credit comes before it is used. */
static int kind_rank(const struct entry *entry)
{
    static const char *const kinds[] = {"forward", "opening", "grant",       "topup",
                                        "charge",  "fee",     "card-refund", "suspense",
                                        "expiry",  "refund",  "usage"};

    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (strcmp(kinds[i], entry->kind) == 0)
            return (int)i;
    g_assert_not_reached();
}

static int entry_compare(gconstpointer a, gconstpointer b)
{
    const struct entry *x = *(const struct entry *const *)a, *y = *(const struct entry *const *)b;
    int by_day = strcmp(x->day, y->day);
    int by_kind = kind_rank(x) - kind_rank(y);
    int by_organization = strcmp(x->organization_id, y->organization_id);
    int by_reference = strcmp(x->reference, y->reference);

    if (by_day || by_kind)
        return by_day ? by_day : by_kind;
    if (by_organization || by_reference)
        return by_organization ? by_organization : by_reference;
    return strcmp(x->id, y->id);
}

static int assertion_compare(gconstpointer a, gconstpointer b)
{
    const struct assertion *x = a, *y = b;
    int by_day = strcmp(x->day, y->day);
    int by_organization = strcmp(x->organization_id, y->organization_id);
    int by_currency = strcmp(x->currency, y->currency);

    if (by_day || by_organization)
        return by_day ? by_day : by_organization;
    return by_currency ? by_currency : (int)x->role - (int)y->role;
}

static struct entry *forward_of(struct journal *journal, GPtrArray *forwards,
                                const struct entry *entry)
{
    struct entry *forward;

    for (guint i = 0; i < forwards->len; i++) {
        forward = g_ptr_array_index(forwards, i);
        if (strcmp(forward->organization_id, entry->organization_id) == 0 &&
            strcmp(forward->currency, entry->currency) == 0)
            return forward;
    }
    forward = journal_add(journal, "forward", entry->organization_id, entry->currency,
                          journal->from, journal->from, "");
    forward->organization_name = entry->organization_name;
    forward->text = "Balances brought forward";
    g_ptr_array_add(forwards, forward);
    return forward;
}

static struct posting *line_of(struct entry *forward, const struct posting *posting)
{
    struct posting line = {.role = posting->role,
                           .card = posting->card,
                           .text = "",
                           .project_id = "",
                           .is_placed = TRUE};

    for (guint i = 0; i < forward->postings->len; i++) {
        struct posting *known = &g_array_index(forward->postings, struct posting, i);

        if (known->role == posting->role && strcmp(known->card, posting->card) == 0 &&
            strcmp(known->own_currency, posting->own_currency) == 0)
            return known;
    }
    g_strlcpy(line.own_currency, posting->own_currency, sizeof line.own_currency);
    g_array_append_val(forward->postings, line);
    return &g_array_index(forward->postings, struct posting, forward->postings->len - 1);
}

static void fold(struct entry *forward, const struct entry *entry)
{
    for (guint i = 0; i < entry->postings->len; i++) {
        const struct posting *posting = &g_array_index(entry->postings, struct posting, i);
        struct posting *line;

        if (!role_is_carried(posting->role))
            continue;
        line = line_of(forward, posting);
        line->exact_nanos += posting->exact_nanos;
        line->nanos += posting->nanos;
        line->own_nanos += posting->own_nanos;
    }
}

static int posting_compare(gconstpointer a, gconstpointer b)
{
    const struct posting *x = a, *y = b;
    int by_card = strcmp(x->card, y->card);

    if (x->role != y->role)
        return (int)x->role - (int)y->role;
    return by_card ? by_card : strcmp(x->own_currency, y->own_currency);
}

/*
 * What moved in another currency and its value may have come apart: given back in full at another
 * rate, a card holds no more of its currency and still a value. An amount can then have no price of
 * its own sign, and the value becomes a line without it.
 */
static void part_value(struct entry *forward, guint index)
{
    struct posting *posting = &g_array_index(forward->postings, struct posting, index);
    struct posting value = *posting;

    if (!*posting->own_currency || posting->nanos == 0 ||
        (posting->own_nanos != 0 && (posting->own_nanos < 0) == (posting->nanos < 0)))
        return;
    value.own_nanos = 0;
    *value.own_currency = '\0';
    posting->exact_nanos = posting->nanos = 0;
    g_array_append_val(forward->postings, value);
}

/* Lines that came to nothing go; equity takes the rest. */
static void close_forward(struct entry *forward)
{
    struct posting equity = {
        .role = ROLE_OPENING, .card = "", .text = "", .project_id = "", .is_placed = TRUE};

    for (guint i = 0, count = forward->postings->len; i < count; i++)
        part_value(forward, i);
    for (guint i = forward->postings->len; i-- > 0;) {
        struct posting *posting = &g_array_index(forward->postings, struct posting, i);

        equity.exact_nanos -= posting->exact_nanos;
        equity.nanos -= posting->nanos;
        if (posting->exact_nanos == 0 && posting->nanos == 0 && posting->own_nanos == 0)
            g_array_remove_index(forward->postings, i);
    }
    g_array_sort(forward->postings, posting_compare);
    if (equity.exact_nanos != 0 || equity.nanos != 0)
        g_array_append_val(forward->postings, equity);
    entry_close(forward);
}

void journal_cut(struct journal *journal)
{
    g_autoptr(GPtrArray) forwards = g_ptr_array_new();

    for (guint i = 0, count = journal->entries->len; i < count; i++) {
        struct entry *entry = g_ptr_array_index(journal->entries, i);

        if (strcmp(entry->day, journal->from) < 0 && entry->postings->len > 0)
            fold(forward_of(journal, forwards, entry), entry);
    }
    for (guint i = 0; i < forwards->len; i++)
        close_forward(g_ptr_array_index(forwards, i));
    for (guint i = journal->entries->len; i-- > 0;) {
        const struct entry *entry = g_ptr_array_index(journal->entries, i);

        if (strcmp(entry->day, journal->from) < 0 || strcmp(entry->day, journal->until) >= 0 ||
            (entry->postings->len == 0 && entry->memos->len == 0))
            g_ptr_array_remove_index(journal->entries, i);
    }
    g_ptr_array_sort(journal->entries, entry_compare);
    g_array_sort(journal->assertions, assertion_compare);
}
