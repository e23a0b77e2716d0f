/*
 * record_sniff.c - which delimiter a file uses, and which of its quotes open and close fields.
 */
#include "import/record_internal.h"

const char sniff_delimiters[4] = {',', ';', '\t', '|'};

guint sniff_usual(const struct sniff_tally *tally)
{
    guint mode = 0;

    for (guint count = 2; count <= RECORD_MAX_COLUMNS; count++) {
        if (tally->with_count[count] > 0 && tally->with_count[count] >= tally->with_count[mode])
            mode = count;
    }
    return mode;
}

/* The product of the usual field count (two or more) and the records that have it. */
static guint tally_score(const struct sniff_tally *tally)
{
    guint usual = sniff_usual(tally);

    return usual * tally->with_count[usual];
}

char sniff_choose(const struct sniff_tally tallies[G_N_ELEMENTS(sniff_delimiters)])
{
    gsize best = 0;

    for (gsize i = 1; i < G_N_ELEMENTS(sniff_delimiters); i++) {
        /* Products of shares, crosswise: no division. */
        guint64 mine = (guint64)tally_score(&tallies[i]) * MAX(tallies[best].records, 1);
        guint64 theirs = (guint64)tally_score(&tallies[best]) * MAX(tallies[i].records, 1);
        if (mine > theirs)
            best = i;
    }
    return sniff_delimiters[best];
}

gboolean sniff_declared(const char *line, gsize len, char *delimiter)
{
    while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
        len--;
    if (len != 5 || g_ascii_strncasecmp(line, "sep=", 4) != 0)
        return FALSE;
    if (line[4] != '\t' && !g_ascii_ispunct(line[4]))
        return FALSE;
    if (line[4] == '"')
        return FALSE;
    *delimiter = line[4];
    return TRUE;
}

void quotes_reset(struct quotes *quotes)
{
    quotes->state = QUOTE_OUTSIDE;
    if (quotes->any)
        memset(quotes->quoted, 0, sizeof quotes->quoted);
    quotes->any = FALSE;
}

/* From outside quotes to the next one, counting fields; returns where to go on. */
static gsize scan_outside(struct quotes *quotes, const char *text, gsize at, gsize len,
                          char delimiter, guint *field, gint64 line)
{
    for (; at < len && text[at] != '"'; at++)
        *field += text[at] == delimiter;
    if (at == len)
        return at;
    quotes->state = QUOTE_INSIDE;
    quotes->field = *field;
    quotes->line = line;
    if (*field < RECORD_MAX_COLUMNS)
        quotes->any = quotes->quoted[*field] = TRUE;
    return at + 1;
}

void quotes_scan(struct quotes *quotes, const char *text, gsize len, char delimiter, guint field,
                 gint64 line)
{
    gsize at = 0;

    while (at < len) {
        if (quotes->state == QUOTE_OUTSIDE) {
            at = scan_outside(quotes, text, at, len, delimiter, &field, line);
        } else if (quotes->state == QUOTE_INSIDE) {
            const char *hit = memchr(text + at, '"', len - at);
            quotes->state = hit ? QUOTE_MAYBE_CLOSED : QUOTE_INSIDE;
            at = hit ? (gsize)(hit - text) + 1 : len;
        } else if (text[at] == '"') {
            quotes->state = QUOTE_INSIDE; /* a doubled quote */
            at++;
        } else {
            quotes->state = QUOTE_OUTSIDE;
        }
    }
}
