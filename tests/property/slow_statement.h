/*
 * slow_statement.h - what a cost export and a card statement say, read independently of src/import:
 * slow_csv.h splits them, and the rules of two formats are written out here once more.
 *
 * A record that this reading accepts may still be refused by a stricter one; a record that it does
 * not accept must be.
 */
#pragma once
#include "slow_csv.h"
#include <string.h>

/* A file as read: sorted texts, one a good record, and the lines of bad ones. */
struct slow_reading {
    GPtrArray *facts; /* char *, beginning with the line */
    GArray *bad;      /* gint64 */
    gboolean has_header;
};

struct slow_row {
    gint64 line;
    gboolean is_bad;
    GPtrArray *cells; /* char *, trimmed */
};

static inline void slow_row_free(gpointer pointer)
{
    struct slow_row *row = pointer;

    g_ptr_array_unref(row->cells);
    g_free(row);
}

static inline char *slow_trimmed(const GString *cell)
{
    const char *from = cell->str, *end = cell->str + cell->len;

    while (from < end && g_ascii_isspace(*from))
        from++;
    while (end > from && g_ascii_isspace(end[-1]))
        end--;
    return g_strndup(from, (gsize)(end - from));
}

/* One record, or NULL for a blank line. A cell that holds no text makes it bad. */
static inline struct slow_row *slow_next_row(struct slow *slow)
{
    struct slow_row *row = g_new0(struct slow_row, 1);

    row->line = slow->line;
    row->cells = g_ptr_array_new_with_free_func(g_free);
    for (gsize count = 0;; count++) {
        g_autoptr(GString) cell = g_string_new(NULL);
        slow_skip_blanks(slow);
        if (count == 0 && slow_ends(slow)) {
            slow_skip_line(slow);
            slow_row_free(row);
            return NULL;
        }
        struct slow opening = *slow;
        gboolean quoted = slow->at < slow->len && slow->text[slow->at] == '"';
        slow->at += quoted;
        if (!(quoted ? slow_quoted(slow, cell) : slow_unquoted(slow, cell))) {
            if (quoted)
                *slow = opening;
            slow_skip_line(slow);
            row->is_bad = TRUE;
            return row;
        }
        if (memchr(cell->str, '\0', cell->len) ||
            !g_utf8_validate(cell->str, (gssize)cell->len, NULL))
            row->is_bad = TRUE;
        g_ptr_array_add(row->cells, slow_trimmed(cell));
        if (slow_ends(slow))
            break;
        slow->at++;
    }
    slow_skip_line(slow);
    return row;
}

/* A header's name as formats compare it: without case, and without blanks, quotes or BOM around. */
static inline char *slow_name(const char *cell)
{
    g_autofree char *name = g_ascii_strdown(cell, -1);
    char *from = name;

    for (;;) {
        gsize len = strlen(from);

        if (g_str_has_prefix(from, "\xef\xbb\xbf"))
            from += 3;
        else if (*from && strchr(" \t\r\n\"'", *from))
            from++;
        else if (g_str_has_suffix(from, "\xef\xbb\xbf"))
            from[len - 3] = '\0';
        else if (len > 0 && strchr(" \t\r\n\"'", from[len - 1]))
            from[len - 1] = '\0';
        else
            return g_strdup(from);
    }
}

/* The cell of a column; the header's cells are its names by now. */
static inline const char *slow_cell(const struct slow_row *row, const struct slow_row *header,
                                    const char *name)
{
    for (guint i = 0; i < header->cells->len && i < row->cells->len; i++)
        if (strcmp(g_ptr_array_index(header->cells, i), name) == 0)
            return g_ptr_array_index(row->cells, i);
    return "";
}

/* Digits, grouped by three where there is a mark, up to nine decimals: to nanos. */
static inline gboolean slow_amount(const char *text, char thousands, gint64 *nanos)
{
    gboolean minus = FALSE, signs = 0, seen = FALSE, groups = FALSE;
    gint64 value = 0;
    int decimals = -1, since = 0;
    gsize len = strlen(text);

    if (len > 0 && (*text == '-' || *text == '+')) {
        minus = *text++ == '-';
        signs = 1;
        len--;
        for (; *text == ' ' || *text == '\t'; len--)
            text++;
    }
    if (len > 0 && (text[len - 1] == '-' || text[len - 1] == '+') && !signs) {
        minus = text[len - 1] == '-';
        len--;
    }
    for (gsize i = 0; i < len; i++) {
        if (g_ascii_isdigit(text[i])) {
            if (decimals < 9)
                value = value * 10 + (text[i] - '0');
            seen = TRUE;
            since++;
            decimals += decimals >= 0 && decimals < 9;
        } else if (text[i] == '.' && decimals < 0 && (!groups || since == 3)) {
            decimals = 0;
        } else if (thousands && text[i] == thousands && decimals < 0 && seen &&
                   (groups ? since == 3 : since <= 3)) {
            groups = TRUE;
            since = 0;
        } else {
            return FALSE;
        }
    }
    if (!seen || decimals == 0 || (decimals < 0 && groups && since != 3))
        return FALSE;
    for (decimals = MAX(decimals, 0); decimals < 9; decimals++)
        value *= 10;
    *nanos = minus ? -value : value;
    return TRUE;
}

static inline gboolean slow_epoch(const char *text, gint64 *out)
{
    gsize len = strlen(text);

    if (len == 0 || len > 12 || strspn(text, "0123456789") != len)
        return FALSE;
    *out = g_ascii_strtoll(text, NULL, 10);
    return TRUE;
}

static inline char *slow_without_blanks(const char *text)
{
    GString *out = g_string_new(NULL);

    for (; *text; text++)
        if (!g_ascii_isspace(*text))
            g_string_append_c(out, *text);
    return g_string_free(out, FALSE);
}

/* NULL: bad. "": no fact. */
static inline char *slow_cost_fact(const struct slow_row *row, const struct slow_row *header)
{
    const char *currency = slow_cell(row, header, "amount_currency");
    const char *iso = slow_cell(row, header, "start_time_iso");
    gint64 start, end, nanos;
    gboolean is_blank = TRUE, is_empty = TRUE;

    for (guint i = 0; i < row->cells->len; i++)
        is_blank = is_blank && *(const char *)g_ptr_array_index(row->cells, i) == '\0';
    if (is_blank)
        return g_strdup("");
    if (!slow_epoch(slow_cell(row, header, "start_time"), &start) ||
        !slow_epoch(slow_cell(row, header, "end_time"), &end) || start % 86400 != 0 ||
        end - start != 86400)
        return NULL;
    if (*iso) {
        g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(start);
        g_autofree char *expected = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");

        g_autofree char *printed = slow_without_blanks(iso);

        if (strcmp(printed, expected) != 0)
            return NULL;
    }
    static const char *const others[] = {"amount_value", "amount_currency", "line_item",
                                         "project_id",   "project_name",    "organization_id"};
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        is_empty = is_empty && *slow_cell(row, header, others[i]) == '\0';
    if (is_empty)
        return g_strdup_printf("%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|empty", row->line, start);
    if (!slow_amount(slow_cell(row, header, "amount_value"), 0, &nanos) || strlen(currency) != 3 ||
        *slow_cell(row, header, "organization_id") == '\0')
        return NULL;
    g_autofree char *upper = g_ascii_strup(currency, -1);
    return g_strdup_printf(
        "%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s|%s|%s|%s|%s", row->line,
        start, nanos, upper, slow_cell(row, header, "line_item"),
        slow_cell(row, header, "project_id"), slow_cell(row, header, "project_name"),
        slow_cell(row, header, "organization_id"));
}

/* Blanks collapsed, as card texts are. */
static inline char *slow_collapsed(const char *text)
{
    GString *out = g_string_new(NULL);

    for (; *text; text++)
        if (!g_ascii_isspace(*text) || (out->len > 0 && out->str[out->len - 1] != ' '))
            g_string_append_c(out, g_ascii_isspace(*text) ? ' ' : *text);
    while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

static inline char *slow_card_fact(const struct slow_row *row, const struct slow_row *header)
{
    g_autofree char *text = slow_collapsed(slow_cell(row, header, "description"));
    g_auto(GStrv) date = g_strsplit(slow_cell(row, header, "date"), "/", -1);
    gint64 parts[3], nanos;
    gboolean is_blank = TRUE;

    for (guint i = 0; i < row->cells->len; i++)
        is_blank = is_blank && *(const char *)g_ptr_array_index(row->cells, i) == '\0';
    if (is_blank)
        return g_strdup("");
    if (g_strv_length(date) != 3)
        return NULL;
    for (int i = 0; i < 3; i++)
        if (!slow_epoch(date[i], &parts[i]))
            return NULL;
    if (!g_date_valid_dmy((GDateDay)parts[1], (GDateMonth)parts[0], (GDateYear)parts[2]) ||
        parts[0] > 12 || parts[1] > 31 || parts[2] < 1000 || parts[2] > 9999)
        return NULL;
    if (!slow_amount(slow_cell(row, header, "amount"), ',', &nanos))
        return NULL;
    return g_strdup_printf("%" G_GINT64_FORMAT "|%d-%02d-%02d|%" G_GINT64_FORMAT "|%s|%s",
                           row->line, (int)parts[2], (int)parts[0], (int)parts[1], nanos, text,
                           slow_cell(row, header, "reference"));
}

struct slow_format {
    const char *const *needed; /* names in lower case, NULL-terminated */
    char *(*fact)(const struct slow_row *row, const struct slow_row *header);
};

/* Whether a row has all names; then its cells become these. */
static inline gboolean slow_is_header(struct slow_row *row, const struct slow_format *format)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; !row->is_bad && i < row->cells->len; i++)
        g_ptr_array_add(names, slow_name(g_ptr_array_index(row->cells, i)));
    for (guint i = 0; format->needed[i]; i++)
        if (!g_ptr_array_find_with_equal_func(names, format->needed[i], g_str_equal, NULL))
            return FALSE;
    g_ptr_array_unref(row->cells);
    row->cells = g_steal_pointer(&names);
    return TRUE;
}

static inline int slow_compare_texts(gconstpointer left, gconstpointer right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* How many fields most records have; the larger of equally many. */
static inline guint slow_usual(const GPtrArray *rows)
{
    guint counts[64] = {0}, usual = 0;

    for (guint i = 0; i < rows->len; i++) {
        const struct slow_row *row = g_ptr_array_index(rows, i);

        if (!row->is_bad && row->cells->len < G_N_ELEMENTS(counts))
            counts[row->cells->len]++;
    }
    for (guint i = 2; i < G_N_ELEMENTS(counts); i++)
        if (counts[i] > 0 && counts[i] >= counts[usual])
            usual = i;
    return usual;
}

/* As many fields as the header, or one more, empty, where most records have it: banks do that. */
static inline gboolean slow_fits(const struct slow_row *row, const struct slow_row *header,
                                 guint usual)
{
    guint count = row->cells->len, fields = header->cells->len;

    if (row->is_bad || usual != fields + 1)
        return !row->is_bad && count == fields;
    return count == fields + 1 && *(const char *)g_ptr_array_index(row->cells, fields) == '\0';
}

/* A record in front of the header is bad only when it is malformed. */
static inline void slow_take_rows(struct slow_reading *reading, const GPtrArray *rows,
                                  const struct slow_format *format)
{
    const struct slow_row *header = NULL;
    guint usual = slow_usual(rows);

    for (guint i = 0; i < rows->len; i++) {
        struct slow_row *row = g_ptr_array_index(rows, i);
        g_autofree char *fact = NULL;

        if (!header) {
            header = slow_is_header(row, format) ? row : NULL;
            if (row->is_bad)
                g_array_append_val(reading->bad, row->line);
            continue;
        }
        if (slow_fits(row, header, usual))
            fact = format->fact(row, header);
        if (!fact)
            g_array_append_val(reading->bad, row->line);
        else if (*fact)
            g_ptr_array_add(reading->facts, g_steal_pointer(&fact));
    }
    reading->has_header = header != NULL;
}

static inline void slow_read(struct slow_reading *reading, const char *text, gsize len,
                             const struct slow_format *format)
{
    gsize mark = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    struct slow slow = {text + mark, len - mark, 0, 1, ',', NO_BUG, NULL};
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(slow_row_free);

    reading->facts = g_ptr_array_new_with_free_func(g_free);
    reading->bad = g_array_new(FALSE, FALSE, sizeof(gint64));
    while (slow.at < slow.len) {
        struct slow_row *row = slow_next_row(&slow);

        if (row)
            g_ptr_array_add(rows, row);
    }
    slow_take_rows(reading, rows, format);
    g_ptr_array_sort(reading->facts, slow_compare_texts);
}

static inline void slow_reading_clear(struct slow_reading *reading)
{
    g_ptr_array_unref(reading->facts);
    g_array_unref(reading->bad);
}
