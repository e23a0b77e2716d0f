/*
 * slow_csv.h - a CSV parser written from the rules alone, to hold the reader against: one character
 * at a time, over the whole text, without libcsv and without anything of src/import.
 *
 * The rules: LF, CRLF, CR and CR CR LF end a line. Blanks around a field are not part of it, unless
 * they stand in its quotes. A record that breaks the rules is bad; reading goes on at the line
 * behind the one where its broken field opened (a quoted one) or stands (any other).
 */
#pragma once
#include <glib.h>

/* Planted bugs: the harness must notice each. */
enum slow_bug { NO_BUG, BUG_CR_CR_LF_IS_TWO, BUG_QUOTES_STAY_DOUBLED, BUG_GOES_ON_BEHIND_ERROR };

struct slow {
    const char *text;
    gsize len, at;
    gint64 line;
    char delimiter;
    enum slow_bug bug;
    GString *out; /* one line an event: "ROW 3 [a]q[b]" or "BAD 5" */
};

/* The length of the line end that stands here, 0 when none does. */
static inline gsize slow_line_end(const struct slow *slow, gsize at)
{
    const char *text = slow->text + at;
    gsize left = slow->len - at;

    if (left > 0 && text[0] == '\n')
        return 1;
    if (left == 0 || text[0] != '\r')
        return 0;
    if (left > 1 && text[1] == '\n')
        return 2;
    return left > 2 && text[1] == '\r' && text[2] == '\n' && slow->bug != BUG_CR_CR_LF_IS_TWO ? 3
                                                                                              : 1;
}

static inline gboolean slow_ends(const struct slow *slow)
{
    return slow->at == slow->len || slow_line_end(slow, slow->at) > 0;
}

static inline void slow_skip_blanks(struct slow *slow)
{
    while (slow->at < slow->len && slow->text[slow->at] != slow->delimiter &&
           (slow->text[slow->at] == ' ' || slow->text[slow->at] == '\t'))
        slow->at++;
}

/* Behind the opening quote, to the closing one and the blanks behind it. */
static inline gboolean slow_quoted(struct slow *slow, GString *cell)
{
    for (;;) {
        if (slow->at == slow->len)
            return FALSE;
        char c = slow->text[slow->at];
        gsize line_end = slow_line_end(slow, slow->at);
        if (c != '"') {
            gsize width = MAX(line_end, 1);
            g_string_append_len(cell, slow->text + slow->at, (gssize)width);
            slow->line += line_end > 0;
            slow->at += width;
        } else if (slow->at + 1 < slow->len && slow->text[slow->at + 1] == '"') {
            g_string_append(cell, slow->bug == BUG_QUOTES_STAY_DOUBLED ? "\"\"" : "\"");
            slow->at += 2;
        } else {
            break;
        }
    }
    slow->at++;
    slow_skip_blanks(slow);
    return slow_ends(slow) || slow->text[slow->at] == slow->delimiter;
}

static inline gboolean slow_unquoted(struct slow *slow, GString *cell)
{
    while (!slow_ends(slow) && slow->text[slow->at] != slow->delimiter) {
        if (slow->text[slow->at] == '"')
            return FALSE;
        g_string_append_c(cell, slow->text[slow->at++]);
    }
    while (cell->len > 0 && (cell->str[cell->len - 1] == ' ' || cell->str[cell->len - 1] == '\t'))
        g_string_truncate(cell, cell->len - 1);
    return TRUE;
}

static inline void slow_skip_line(struct slow *slow)
{
    while (!slow_ends(slow))
        slow->at++;
    gsize line_end = slow_line_end(slow, slow->at);
    slow->at += line_end;
    slow->line += line_end > 0;
}

/* One record, or one blank line. */
static inline void slow_record(struct slow *slow)
{
    g_autoptr(GString) row = g_string_new(NULL);
    gint64 start = slow->line;

    g_string_printf(row, "ROW %" G_GINT64_FORMAT " ", start);
    for (gsize count = 0;; count++) {
        g_autoptr(GString) cell = g_string_new(NULL);
        slow_skip_blanks(slow);
        if (count == 0 && slow_ends(slow)) {
            slow_skip_line(slow);
            return;
        }
        struct slow opening = *slow;
        gboolean quoted = slow->at < slow->len && slow->text[slow->at] == '"';
        slow->at += quoted;
        if (!(quoted ? slow_quoted(slow, cell) : slow_unquoted(slow, cell))) {
            g_string_append_printf(slow->out, "BAD %" G_GINT64_FORMAT "\n", start);
            if (slow->bug != BUG_GOES_ON_BEHIND_ERROR && quoted)
                *slow = opening;
            slow_skip_line(slow);
            return;
        }
        g_string_append_printf(row, "%s[%s]", quoted ? "q" : "", cell->str);
        if (slow_ends(slow))
            break;
        slow->at++; /* the delimiter */
    }
    slow_skip_line(slow);
    g_string_append_printf(slow->out, "%s\n", row->str);
}

static inline char *slow_parse(const char *text, gsize len, char delimiter, enum slow_bug bug)
{
    struct slow slow = {text, len, 0, 1, delimiter, bug, g_string_new(NULL)};

    while (slow.at < slow.len)
        slow_record(&slow);
    return g_string_free(slow.out, FALSE);
}
