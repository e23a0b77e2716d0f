/*
 * record.c - CSV records with the physical line each starts on. The one door to libcsv.
 *
 * libcsv is fed line by line, so at most one record ends in a call and its line is known. After an
 * error the parser is thrown away, never finished (it would emit half a row), and reading goes on
 * at the next line. When a quoted field had swallowed lines before it turned out wrong, reading
 * goes back to the line behind the one where its quote opened: a stray quote costs one record, not
 * the file. No line is read more than twice that way, because a quote that opens again ends at the
 * same place. Of the lines there, those that can begin no record are the bad one's own.
 */
#include "import/record.h"
#include "import/record_internal.h"
#include "import/record_json.h"
#include "import/record_window.h"
#include <csv.h>

#ifndef PARSER_OPTIONS /* property.polluter is shown a parser that is not strict */
#define PARSER_OPTIONS (CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL)
#endif
#define PARSER_BLOCK   (16 * 1024)
#define FIRST_LINE_LEN (16 * 1024) /* bytes kept of a bad record's first line */
#define REST_LINES     64          /* at most, of a bad record, behind its first */

static const struct reader_tuning default_tuning = {
    .piece_len = 64 * 1024,
    .preview_len = 128 * 1024,
};

struct reader {
    struct json_reader *json; /* that does it all, where the source is JSON; else NULL */
    struct source *source;
    struct window *window;
    struct csv_parser parser;
    struct reader_tuning tuning;
    char delimiter;

    /* The record being read. */
    gint64 line;
    gsize raw_len;
    guint count;    /* fields so far, also those past the limit, which are not kept */
    guint too_long; /* 1 + the index of the first field over the limit, else 0 */
    gboolean has_begun, is_done;
    gboolean is_plain;    /* cells are complete: libcsv had no part in it */
    gint64 bad_byte_line; /* of its first byte that the source has escaped; 0 when there is none */
    struct quotes quotes;
    GByteArray *arena;   /* the fields' text, each with a NUL */
    GString *first_line; /* of a record that libcsv reads */
    gsize starts[RECORD_MAX_COLUMNS];
    struct cell cells[RECORD_MAX_COLUMNS];

    gboolean is_previewing;
    guint fields;           /* expected, by reader_expect(); 0 when not known */
    guint usual;            /* fields of most of the first records */
    gboolean skips_line;    /* the rest of a bad record's line is passed over */
    gboolean lacks_newline; /* the file's last line has no line end */
    struct record record;
    struct record_problem problem;
    char *problem_text;
};

static void parser_open(struct reader *reader)
{
    if (csv_init(&reader->parser, PARSER_OPTIONS) != 0)
        g_assert_not_reached(); /* it only refuses a null pointer */
    csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
    csv_set_blk_size(&reader->parser, PARSER_BLOCK);
    csv_set_realloc_func(&reader->parser, g_realloc);
    csv_set_free_func(&reader->parser, g_free);
}

static void parser_reopen(struct reader *reader)
{
    csv_free(&reader->parser);
    parser_open(reader);
}

static void record_reset(struct reader *reader)
{
    quotes_reset(&reader->quotes);
    g_byte_array_set_size(reader->arena, 0);
    reader->raw_len = 0;
    reader->count = reader->too_long = 0;
    reader->bad_byte_line = 0;
    reader->has_begun = reader->is_done = reader->is_plain = FALSE;
}

static void on_field(void *text, size_t len, void *data)
{
    struct reader *reader = data;

    if (len > RECORD_MAX_FIELD) {
        reader->too_long = reader->too_long ? reader->too_long : reader->count + 1;
    } else if (reader->count < RECORD_MAX_COLUMNS) {
        reader->starts[reader->count] = reader->arena->len;
        reader->cells[reader->count].len = len;
        g_byte_array_append(reader->arena, text, (guint)len + 1);
    }
    reader->count++;
}

static void on_record(int line_end, void *data)
{
    struct reader *reader = data;

    (void)line_end;
    reader->is_done = TRUE;
}

/* What libcsv stopped at, in a sentence. */
static char *stray_problem(const struct reader *reader, const struct window_piece *piece)
{
    guint column = reader->count + 1;
    gboolean elsewhere = piece->line != reader->line;
    g_autofree char *on_line =
        elsewhere ? g_strdup_printf(" on line %" G_GINT64_FORMAT, piece->line) : g_strdup("");

    if (!reader->parser.quoted)
        return g_strdup_printf("column %u: a quote inside an unquoted field%s", column, on_line);
    if (!elsewhere)
        return g_strdup_printf("column %u: text after the closing quote", column);
    return g_strdup_printf("column %u: text after the closing quote%s; the field's quote opens on "
                           "line %" G_GINT64_FORMAT,
                           column, on_line, reader->quotes.line);
}

static char *long_field_problem(const struct reader *reader, const struct window_piece *piece)
{
    guint column = reader->too_long ? reader->too_long : reader->count + 1;

    if (reader->parser.quoted && reader->quotes.line < piece->line)
        return g_strdup_printf("column %u is longer than 1 MiB; its quote opens on line "
                               "%" G_GINT64_FORMAT " and may be one that never closes",
                               column, reader->quotes.line);
    return g_strdup_printf("column %u is longer than 1 MiB", column);
}

static char *unclosed_problem(const struct reader *reader)
{
    return g_strdup_printf("unclosed quote: it opens on line %" G_GINT64_FORMAT
                           ", column %u, and never closes",
                           reader->quotes.line, reader->quotes.field + 1);
}

/* Which byte of which column is no text: the source has put a NUL and "xE9" in its place. */
static char *bad_byte_problem(const struct reader *reader)
{
    const char *text = (const char *)reader->arena->data;
    g_autofree char *on_line =
        reader->bad_byte_line != reader->line
            ? g_strdup_printf(" on line %" G_GINT64_FORMAT, reader->bad_byte_line)
            : g_strdup("");

    for (guint i = 0; i < reader->count; i++) {
        const char *cell = text + reader->starts[i];
        const char *byte = memchr(cell, '\0', reader->cells[i].len);

        if (byte && strncmp(byte + 1, "x00", 3) == 0)
            return g_strdup_printf("column %u: holds a NUL%s, which no text does", i + 1, on_line);
        if (byte)
            return g_strdup_printf("column %u: the byte 0x%.2s%s is not valid UTF-8", i + 1,
                                   byte + 2, on_line);
    }
    g_assert_not_reached();
}

static const char *bad_byte_hint(const struct reader *reader, const char *text)
{
    if (reader->bad_byte_line == 0 || !reader->is_done)
        return NULL;
    if (strstr(text, "holds a NUL"))
        return "UTF-16 without a byte order mark is read with --encoding utf-16le; anything else "
               "with NULs is damaged or no CSV";
    if (g_str_has_suffix(source_encoding(reader->source), "BOM"))
        return "the file's byte order mark names the encoding: the file is damaged";
    return "name the file's encoding, for example --encoding windows-1252";
}

/* Takes a whole line without libcsv. FALSE when there is a doubt. */
static gboolean take_plain(struct reader *reader, const struct window_piece *piece)
{
    gsize len = piece->len;

    while (len > 0 && (piece->text[len - 1] == '\n' || piece->text[len - 1] == '\r'))
        len--;
    g_byte_array_set_size(reader->arena, (guint)len + 1);
    memcpy(reader->arena->data, piece->text, len);
    int count = plain_split((char *)reader->arena->data, len, reader->delimiter, reader->cells);
    if (count < 0) {
        g_byte_array_set_size(reader->arena, 0);
        return FALSE;
    }
    reader->count = (guint)count;
    reader->is_plain = reader->is_done = count > 0;
    return TRUE;
}

/* Keeps the beginning of a record that may turn out bad. */
static void keep_first_line(struct reader *reader, const struct window_piece *piece)
{
    gsize len = MIN(piece->len, FIRST_LINE_LEN);

    while (len > 0 && (piece->text[len - 1] == '\n' || piece->text[len - 1] == '\r'))
        len--;
    g_string_truncate(reader->first_line, 0);
    g_string_append_len(reader->first_line, piece->text, (gssize)len);
}

/* Gives a piece to libcsv. Returns what is wrong with the record, or NULL. */
static char *feed(struct reader *reader, const struct window_piece *piece)
{
    guint field = reader->count;
    gboolean scans = piece->has_quote || reader->quotes.state != QUOTE_OUTSIDE;
    gboolean is_whole = reader->raw_len == 0 && piece->ends_line && piece->has_newline;
    gboolean has_bad_byte =
        source_has_escaped(reader->source) && memchr(piece->text, '\0', piece->len);

    if (has_bad_byte && reader->bad_byte_line == 0)
        reader->bad_byte_line = piece->line;
    if (is_whole && !has_bad_byte && piece->len <= RECORD_MAX_FIELD &&
        !reader->tuning.libcsv_alone && take_plain(reader, piece))
        return NULL;
    if (reader->raw_len == 0)
        keep_first_line(reader, piece);
    reader->raw_len += piece->len;
    if (reader->raw_len > RECORD_MAX_LEN)
        return g_strdup("the record is longer than 4 MiB");

    gsize used = csv_parse(&reader->parser, piece->text, piece->len, on_field, on_record, reader);
    if (scans)
        quotes_scan(&reader->quotes, piece->text, used, reader->delimiter, field, piece->line);
    if (used < piece->len)
        return stray_problem(reader, piece);
    if (piece->ends_line && !piece->has_newline &&
        csv_fini(&reader->parser, on_field, on_record, reader) != 0)
        return unclosed_problem(reader);
    if (reader->too_long || reader->parser.entry_pos > RECORD_MAX_FIELD)
        return long_field_problem(reader, piece);
    if (reader->is_done && reader->count > RECORD_MAX_COLUMNS)
        return g_strdup_printf("has %u fields; more than %d are not read", reader->count,
                               RECORD_MAX_COLUMNS);
    return reader->is_done && reader->bad_byte_line > 0 ? bad_byte_problem(reader) : NULL;
}

/*
 * Passes over the lines in front that can begin no record, up to one that may: they are the rest of
 * the bad one. None when too many of them would be. Returns how many.
 */
static guint pass_over_rest(struct reader *reader)
{
    struct window_piece piece;
    enum window_status status = WINDOW_END;
    guint count = 0;

    window_mark(reader->window);
    while (count < REST_LINES &&
           (status = window_next(reader->window, &piece, NULL)) == WINDOW_PIECE &&
           piece.ends_line &&
           !line_may_begin(piece.text, piece.len, reader->delimiter, reader->fields))
        count++;
    window_return(reader->window);
    if (count == REST_LINES || status == WINDOW_FAILED)
        return 0;
    for (guint i = 0; i < count; i++)
        if (window_next(reader->window, &piece, NULL) == WINDOW_PIECE)
            reader->lacks_newline = !piece.has_newline;
    return count;
}

/* Settles where reading goes on behind a bad record; how many lines there are its rest. */
static guint resync(struct reader *reader, const struct window_piece *piece)
{
    gboolean goes_back = reader->parser.quoted && reader->quotes.line < piece->line;
    gboolean may_go_on = goes_back;

    reader->skips_line = FALSE;
    if (goes_back) {
        window_return(reader->window);
    } else {
        window_unmark(reader->window);
        reader->skips_line = !piece->ends_line;
        may_go_on = piece->ends_line && !reader->is_done &&
                    line_stays_open(piece->text, piece->len, reader->delimiter);
    }
    return may_go_on && reader->fields > 0 ? pass_over_rest(reader) : 0;
}

/* The problem, and which lines belong to the bad record besides the one it starts on. */
static char *with_rest(char *text, gint64 first, guint count)
{
    g_autofree char *bare = text;

    if (count == 0)
        return g_steal_pointer(&bare);
    if (count == 1)
        return g_strdup_printf("%s; line %" G_GINT64_FORMAT " is taken for its rest", bare, first);
    return g_strdup_printf("%s; lines %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                           " are taken for its rest",
                           bare, first, first + count - 1);
}

/* A NUL ends a C string: what the source has escaped is shown with a backslash. */
static const char *shown_first_line(struct reader *reader)
{
    GString *line = reader->first_line;

    for (gsize i = 0; i < line->len; i++)
        if (line->str[i] == '\0')
            line->str[i] = '\\';
    return line->str;
}

/* Gives up the record being read. Takes the text. */
static enum record_status give_up(struct reader *reader, const struct window_piece *piece,
                                  char *text, const struct record_problem **problem)
{
    guint rest = resync(reader, piece);
    gint64 next = window_line_count(reader->window) + 1;

    g_free(reader->problem_text);
    reader->problem_text = with_rest(text, next - rest, rest);
    reader->problem = (struct record_problem){.line = reader->line,
                                              .text = reader->problem_text,
                                              .record = shown_first_line(reader),
                                              .hint = bad_byte_hint(reader, reader->problem_text)};
    *problem = &reader->problem;
    parser_reopen(reader);
    return RECORD_BAD;
}

static enum record_status hand_out(struct reader *reader, const struct record **record)
{
    const char *text = (const char *)reader->arena->data;

    for (guint i = 0; !reader->is_plain && i < reader->count; i++) {
        reader->cells[i].text = text + reader->starts[i];
        reader->cells[i].quoted = reader->quotes.quoted[i];
    }
    reader->record = (struct record){reader->line, reader->cells, reader->count};
    *record = &reader->record;
    window_unmark(reader->window);
    return RECORD_ROW;
}

enum record_status reader_next(struct reader *reader, const struct record **record,
                               const struct record_problem **problem, GError **error)
{
    struct window_piece piece = {0};

    if (reader->json)
        return json_reader_next(reader->json, record, error);
    for (record_reset(reader);;) {
        enum window_status status = window_next(reader->window, &piece, error);
        if (status == WINDOW_FAILED)
            return RECORD_FAILED;
        if (status == WINDOW_END) {
            if (!reader->has_begun || reader->is_previewing)
                return RECORD_END;
            piece = (struct window_piece){.line = window_line_count(reader->window) + 1,
                                          .ends_line = TRUE};
            return give_up(reader, &piece, unclosed_problem(reader), problem);
        }
        reader->lacks_newline = piece.ends_line && !piece.has_newline;
        if (reader->skips_line) {
            reader->skips_line = !piece.ends_line;
            continue;
        }

        if (!reader->has_begun)
            reader->line = piece.line;
        reader->has_begun = TRUE;
        char *text = feed(reader, &piece);
        if (text)
            return give_up(reader, &piece, text, problem);
        if (reader->is_done)
            return hand_out(reader, record);
        if (!piece.ends_line)
            continue;
        if (reader->quotes.state == QUOTE_OUTSIDE)
            record_reset(reader); /* a blank line */
        else if (reader->quotes.line == piece.line)
            window_mark(reader->window); /* back to here if the quote never closes */
    }
}

/* Back to the file's beginning, with another delimiter. */
static void restart(struct reader *reader, char delimiter, gboolean previewing)
{
    reader->delimiter = delimiter;
    reader->is_previewing = previewing;
    reader->skips_line = reader->lacks_newline = FALSE;
    parser_reopen(reader);
    record_reset(reader);
    window_start(reader->window, previewing);
}

static void tally_records(struct reader *reader, struct sniff_tally *tally)
{
    const struct record *record = NULL;
    const struct record_problem *problem = NULL;
    enum record_status status = RECORD_ROW;

    while (tally->records < SNIFF_RECORDS && (status == RECORD_ROW || status == RECORD_BAD)) {
        status = reader_next(reader, &record, &problem, NULL);
        tally->records += status == RECORD_ROW || status == RECORD_BAD;
        if (status == RECORD_ROW && record)
            tally->with_count[record->count]++;
    }
}

static char sniff(struct reader *reader)
{
    g_autofree struct sniff_tally *tallies =
        g_new0(struct sniff_tally, G_N_ELEMENTS(sniff_delimiters));

    for (gsize i = 0; i < G_N_ELEMENTS(sniff_delimiters); i++) {
        restart(reader, sniff_delimiters[i], TRUE);
        tally_records(reader, &tallies[i]);
    }
    return sniff_choose(tallies);
}

static void count_usual(struct reader *reader, char delimiter)
{
    g_autofree struct sniff_tally *tally = g_new0(struct sniff_tally, 1);

    restart(reader, delimiter, TRUE);
    tally_records(reader, tally);
    reader->usual = sniff_usual(tally);
}

/* Settles the delimiter and stands before the first record. */
static gboolean settle(struct reader *reader, char delimiter, GError **error)
{
    struct window_piece piece;
    char declared;

    if (!window_preview(reader->window, reader->tuning.preview_len, error))
        return FALSE;
    gboolean has_line = window_next(reader->window, &piece, error) == WINDOW_PIECE;
    gboolean is_declared = has_line && sniff_declared(piece.text, piece.len, &declared);
    if (is_declared)
        delimiter = declared;
    else if (delimiter == 0)
        delimiter = sniff(reader);
    count_usual(reader, delimiter);
    restart(reader, delimiter, FALSE);
    return !is_declared || window_next(reader->window, &piece, error) == WINDOW_PIECE;
}

struct reader *reader_new_tuned(struct source *source, char delimiter,
                                const struct reader_tuning *tuning, GError **error)
{
    g_autoptr(Reader) reader = g_new0(struct reader, 1);

    if (source_is_json(source)) {
        reader->json = json_reader_new(source);
        return g_steal_pointer(&reader);
    }
    reader->tuning = *tuning;
    reader->source = source;
    reader->window = window_new(source, tuning->piece_len);
    reader->arena = g_byte_array_new();
    reader->first_line = g_string_new(NULL);
    reader->delimiter = ',';
    parser_open(reader);
    return settle(reader, delimiter, error) ? g_steal_pointer(&reader) : NULL;
}

struct reader *reader_new(struct source *source, char delimiter, GError **error)
{
    return reader_new_tuned(source, delimiter, &default_tuning, error);
}

void reader_free(struct reader *reader)
{
    if (!reader)
        return;
    if (reader->json) {
        json_reader_free(reader->json);
        g_free(reader);
        return;
    }
    csv_free(&reader->parser);
    window_free(reader->window);
    g_byte_array_unref(reader->arena);
    g_string_free(reader->first_line, TRUE);
    g_free(reader->problem_text);
    g_free(reader);
}

void reader_expect(struct reader *reader, guint fields)
{
    reader->fields = fields;
}

guint reader_usual_count(const struct reader *reader)
{
    return reader->usual;
}

char reader_delimiter(const struct reader *reader)
{
    return reader->delimiter;
}

gint64 reader_line_count(const struct reader *reader)
{
    return reader->json ? json_reader_line_count(reader->json) : window_line_count(reader->window);
}

gboolean reader_ends_early(const struct reader *reader)
{
    return reader->json && json_reader_ends_early(reader->json);
}

gboolean reader_ends_without_newline(const struct reader *reader)
{
    return reader->lacks_newline;
}
