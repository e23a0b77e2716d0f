/* contents.c - what a close covers: its facts, and the hash over all but the statement's text. */
#include "close/subject.h"

static void fact_free(struct fact *fact)
{
    g_free(fact->kind);
    g_free(fact->id);
    g_free(fact->currency);
    g_free(fact->text);
    g_free(fact->source);
    g_free(fact);
}

/* What was tampered with may hold no text, or NUL in it: something that no close wrote. */
static char *text_of(struct statement *rows, int column)
{
    const char *text = statement_text(rows, column);

    return g_strdup(text && strlen(text) == statement_text_len(rows, column) ? text : "\1");
}

GPtrArray *contents_facts(struct statement *rows, GError **error)
{
    g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func((GDestroyNotify)fact_free);
    enum row_status status;

    while ((status = statement_step(rows, error)) == ROW) {
        struct fact *fact = g_new0(struct fact, 1);

        fact->kind = text_of(rows, 0);
        fact->id = text_of(rows, 1);
        fact->currency = text_of(rows, 2);
        fact->amount_nanos = statement_int(rows, 3);
        fact->text = text_of(rows, 4);
        fact->source = text_of(rows, 5);
        g_ptr_array_add(facts, fact);
    }
    statement_reset(rows);
    return status == END ? g_steal_pointer(&facts) : NULL;
}

static void add_number(struct digest *digest, int64_t number)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);

    digest_field(digest, text, strlen(text));
}

static void add_text(struct digest *digest, const char *text)
{
    digest_field(digest, text, strlen(text));
}

void contents_hash(const struct contents *contents, char hex[DIGEST_HEX_LEN + 1])
{
    g_autoptr(Digest) digest = digest_new();
    const char *const texts[] = {contents->organization_id, contents->month,
                                 contents->next_month,      contents->policy,
                                 contents->prepared_by,     contents->reviewed_by,
                                 contents->statement_sha256};

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        add_text(digest, texts[i]);
    add_number(digest, contents->sequence);
    for (guint i = 0; i < contents->facts->len; i++) {
        const struct fact *fact = g_ptr_array_index(contents->facts, i);

        add_text(digest, fact->kind);
        add_text(digest, fact->id);
        add_text(digest, fact->currency);
        add_number(digest, fact->amount_nanos);
        add_text(digest, fact->text);
        add_text(digest, fact->source);
    }
    add_text(digest, "waivers");
    for (guint i = 0; i < contents->waivers->len; i++) {
        const struct close_waiver *waiver = g_ptr_array_index(contents->waivers, i);

        add_text(digest, waiver->code);
        add_text(digest, waiver->reason);
    }
    digest_finish(digest, hex);
}

char *close_act_subject(const char *organization_id, const char *month)
{
    return g_strdup_printf("%s %s", organization_id, month);
}

char *close_act_hashes(int64_t sequence, const char *statement_sha256, const char *contents_sha256)
{
    return g_strdup_printf("sequence=%" G_GINT64_FORMAT "\nstatement=%s\ncontents=%s\n", sequence,
                           statement_sha256, contents_sha256);
}
