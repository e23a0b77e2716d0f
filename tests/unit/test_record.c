/* Readers: lines, delimiters, limits, and what is said of each kind of malformed record. */
#include "core/error.h"
#include "import/record_internal.h"
#include "import/source_internal.h"
#include "test.h"
#include <glib/gstdio.h>
#include <malloc.h>
#include <unistd.h>
#ifdef __SANITIZE_ADDRESS__
size_t __sanitizer_get_current_allocated_bytes(void); /* its header is not in every package */
#endif

#define MEBI (1024 * 1024)

static char *path;                   /* the file that the test at hand reads */
static struct record_problem broken; /* the last bad record; its text is in broken_text */
static char broken_text[256], broken_line[256];

struct counts {
    gint64 rows, bad;
    gsize most_bytes; /* the most memory in use between two records */
};

static gsize bytes_in_use(void)
{
#ifdef __SANITIZE_ADDRESS__
    return __sanitizer_get_current_allocated_bytes();
#else
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#endif
}

static struct reader *open_text(struct source **source, const char *text, gsize len, char delimiter)
{
    g_autoptr(GError) error = NULL;

    assert_true(g_file_set_contents(path, text, (gssize)len, NULL));
    *source = source_open(path, NULL, &error);
    assert_non_null(*source);
    struct reader *reader = reader_new(*source, delimiter, &error);
    assert_non_null(reader);
    return reader;
}

/* Adds "3:a|b " for a record on line 3, "!4 " for a bad one. */
static enum record_status append_next(struct reader *reader, GString *out, struct counts *counts)
{
    const struct record *record;
    const struct record_problem *problem;
    enum record_status status = reader_next(reader, &record, &problem, NULL);

    if (status == RECORD_BAD) {
        broken = *problem;
        g_strlcpy(broken_text, problem->text, sizeof broken_text);
        g_strlcpy(broken_line, problem->record, sizeof broken_line);
        counts->bad++;
        g_string_append_printf(out, "!%" G_GINT64_FORMAT " ", problem->line);
    } else if (status == RECORD_ROW) {
        counts->rows++;
        g_string_append_printf(out, "%" G_GINT64_FORMAT ":", record->line);
        for (guint i = 0; i < record->count; i++)
            g_string_append_printf(out, "%s%.40s", i ? "|" : "", record->cells[i].text);
        g_string_append_c(out, ' ');
    }
    return status;
}

/* What is read of a text; at most its beginning. */
static char *read_text_of(const char *text, gsize len, char delimiter, struct counts *counts)
{
    g_autoptr(Source) source = NULL;
    g_autoptr(Reader) reader = open_text(&source, text, len, delimiter);
    GString *out = g_string_new(NULL);
    enum record_status status;

    *counts = (struct counts){0};
    broken_text[0] = '\0';
    do {
        status = append_next(reader, out, counts);
        if ((counts->rows + counts->bad) % 1000 < 5)
            counts->most_bytes = MAX(counts->most_bytes, bytes_in_use());
        if (counts->rows + counts->bad > 1000)
            g_string_truncate(out, 0);
    } while (status == RECORD_ROW || status == RECORD_BAD);
    assert_int_equal(status, RECORD_END);
    return g_string_free(out, FALSE);
}

static const struct {
    const char *text, *read;
} good[] = {
    {"a,b\n1,2\n", "1:a|b 2:1|2 "},
    {"a,b\r\n\r\n1,2\r\n", "1:a|b 3:1|2 "},
    {"a,b\r1,2\r\r3,4\r", "1:a|b 2:1|2 4:3|4 "},
    {"a,b\r\r\n1,2\r\r\n", "1:a|b 2:1|2 "},
    {"a,b\n1,\"x\ny\r\nz\"\n3,4", "1:a|b 2:1|x\ny\r\nz 5:3|4 "},
    {"a,b\n1,\"x\r\r\ny\rz\"\n3,4", "1:a|b 2:1|x\r\r\ny\rz 5:3|4 "},
    {" a ,\tb\t\n \n\"\",\"x \"\n", "1:a|b 3:|x  "},
    {"a,b\n\"say \"\"hi\"\"\",2\n,\n", "1:a|b 2:say \"hi\"|2 3:| "},
    {"a,b\n1, \"x,y\" \n", "1:a|b 2:1|x,y "},
    {"sep=;\na;b,c\n1;2\n", "2:a|b,c 3:1|2 "},
    {"SEP=|\r\na|b\r\n", "2:a|b "},
    {"sep=\t\na\tb\n", "2:a|b "},
    {"sep=ab\n1,2\n", "1:sep=ab 2:1|2 "},
    {"\n\n", ""},
};

static void records_know_their_physical_line(void **state)
{
    struct counts counts;

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autofree char *read = read_text_of(good[i].text, strlen(good[i].text), 0, &counts);
        assert_string_equal(read, good[i].read);
        assert_int_equal(counts.bad, 0);
    }
}

static const struct {
    const char *text;
    char delimiter;
} sniffed[] = {
    {"a,b\n1,2\n", ','},
    {"a;b;c\n1,5;2,5;x\n2,5;3,5;y\n", ';'},
    {"a\tb\n1,5\t2\n", '\t'},
    {"a|b|c\n1|2|3\n", '|'},
    {"only\none\ncolumn\n", ','},
    {"a,b;c\n1,2;3\n", ','}, /* a tie */
    {"Bank of X; statement\n\na,b,c,d\n1,2,3,4\n5,6,7,8\n", ','},
    {"a;b\n\"1;2\";3\n\"x\ny;z\";4\n", ';'},
};

static void the_delimiter_with_the_most_fields_in_most_records_wins(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(sniffed); i++) {
        g_autoptr(Source) source = NULL;
        g_autoptr(Reader) reader = open_text(&source, sniffed[i].text, strlen(sniffed[i].text), 0);
        assert_int_equal(reader_delimiter(reader), sniffed[i].delimiter);
    }
}

static void sniffing_loses_no_record(void **state)
{
    g_autoptr(GString) text = g_string_new("a;b\n");
    struct counts counts;

    (void)state;
    for (int i = 0; i < 100000; i++)
        g_string_append_printf(text, "%d;\"x,%d\"\n", i, i);
    g_autofree char *read = read_text_of(text->str, text->len, 0, &counts);
    assert_int_equal(counts.rows, 100001);
    assert_int_equal(counts.bad, 0);
}

static void a_delimiter_that_is_given_is_not_sniffed(void **state)
{
    struct counts counts;
    g_autofree char *read = read_text_of("a;b,c\n1;2,3\n", 12, ',', &counts);

    (void)state;
    assert_string_equal(read, "1:a;b|c 2:1;2|3 ");
}

static void cells_know_whether_they_stood_in_quotes(void **state)
{
    static const char *const texts[] = {"\"a\",b,\"\",,\"c\"\n",          /* split without libcsv */
                                        "\"a\"\"\",b, \"\" ,,\"c\n\"\n"}; /* by libcsv */
    static const gboolean expected[] = {TRUE, FALSE, TRUE, FALSE, TRUE};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        const struct record *record;
        const struct record_problem *problem;
        g_autoptr(Source) source = NULL;
        g_autoptr(Reader) reader = open_text(&source, texts[i], strlen(texts[i]), ',');
        assert_int_equal(reader_next(reader, &record, &problem, NULL), RECORD_ROW);
        assert_int_equal(record->count, 5);
        for (guint k = 0; k < 5; k++)
            assert_int_equal(record->cells[k].quoted, expected[k]);
    }
}

static const struct {
    const char *text, *read, *problem;
} malformed[] = {
    {"a,b\n1,\"x\n2,y\n3,z\n", "1:a|b !2 3:2|y 4:3|z ",
     "unclosed quote: it opens on line 2, column 2, and never closes"},
    {"a,b\n1,\"x\n", "1:a|b !2 ", "unclosed quote: it opens on line 2, column 2, and never closes"},
    {"a,b\n1,\"x", "1:a|b !2 ", "unclosed quote: it opens on line 2, column 2, and never closes"},
    {"a,b\n\"k\nl\",\"x\n2,y\n", "1:a|b !2 4:2|y ",
     "unclosed quote: it opens on line 3, column 2, and never closes"},
    {"a,b\n1,\"x\"y\n2,z\n", "1:a|b !2 3:2|z ", "column 2: text after the closing quote"},
    {"a,b\n1,\"x\" \"y\"\n2,z\n", "1:a|b !2 3:2|z ", "column 2: text after the closing quote"},
    {"a,b\n1,\"x\n2,\"y\"\n3,z\n", "1:a|b !2 3:2|y 4:3|z ",
     "column 2: text after the closing quote on line 3; the field's quote opens on line 2"},
    {"a,b\n1,x\"y\n2,z\n", "1:a|b !2 3:2|z ", "column 2: a quote inside an unquoted field"},
    {"a,b\n\"k\nl\",x\"\n2,z\n", "1:a|b !2 4:2|z ",
     "column 2: a quote inside an unquoted field on line 3"},
    {"a,b\n1,x\"", "1:a|b !2 ", "column 2: a quote inside an unquoted field"},
};

static void a_malformed_record_is_explained_and_costs_itself_alone(void **state)
{
    struct counts counts;

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(malformed); i++) {
        g_autofree char *read =
            read_text_of(malformed[i].text, strlen(malformed[i].text), 0, &counts);
        assert_string_equal(read, malformed[i].read);
        assert_string_equal(broken_text, malformed[i].problem);
        assert_int_equal(counts.bad, 1);
    }
}

/* Everything behind the header, whose number of fields is then expected. */
static char *read_expecting(const char *text, gsize len, gsize chunk_len)
{
    g_autoptr(GString) header = g_string_new(NULL);
    GString *out = g_string_new(NULL);
    struct counts counts = {0};

    assert_true(g_file_set_contents(path, text, (gssize)len, NULL));
    g_autoptr(Source) source = source_open_chunked(path, NULL, chunk_len, NULL);
    source_escape_bad_bytes(source);
    g_autoptr(Reader) reader = reader_new(source, ',', NULL);
    assert_int_equal(append_next(reader, header, &counts), RECORD_ROW);
    reader_expect(reader, 3);
    while (append_next(reader, out, &counts) != RECORD_END)
        ;
    return g_string_free(out, FALSE);
}

/* Files of three fields a record, read as a format reads them: the header told how many. */
static const struct {
    const char *text, *read, *problem; /* the last one */
} resynced[] = {
    /* A quote that never closes swallows good lines only until they are found again. */
    {"a,b,c\n1,\"x,2\n3,y,4\n5,z,6\n", "!2 3:3|y|4 4:5|z|6 ",
     "unclosed quote: it opens on line 2, column 2, and never closes"},
    /* The lines of the bad record itself are no records. */
    {"a,b,c\n1,\"x\ny\nz,2\n3,\"y\",4\n", "!2 5:3|y|4 ",
     "column 2: text after the closing quote on line 5; the field's quote opens on line 2; lines 3 "
     "to "
     "4 are taken for its rest"},
    {"a,b,c\n1,\"x\ny\"z,2\n3,y,4\n", "!2 4:3|y|4 ",
     "column 2: text after the closing quote on line 3; the field's quote opens on line 2; line 3 "
     "is "
     "taken for its rest"},
    {"a,b,c\n1,\"x\ny,2\n", "!2 ",
     "unclosed quote: it opens on line 2, column 2, and never closes; line 3 is taken for its "
     "rest"},
    {"a,b,c\n1x\",\"x\ny\",2\n3,y,4\n", "!2 4:3|y|4 ",
     "column 1: a quote inside an unquoted field; line 3 is taken for its rest"},
    /* A line that opens a quote of its own begins a record, whatever it has else. */
    {"a,b,c\n1,\"x,2\n3,\"y,4\n5,\"z,6\n", "!2 !3 !4 ",
     "unclosed quote: it opens on line 4, column 2, and never closes"},
    /* A stray quote, a field more and a field less cost their own line. */
    {"a,b,c\n1,x\"y,2\n1,2\n3,y,4,5\n3,y,4\n", "!2 3:1|2 4:3|y|4|5 5:3|y|4 ",
     "column 2: a quote inside an unquoted field"},
    /* A blank line behind a bad record is none of it. */
    {"a,b,c\n1,\"x\n\n3,\"y\",4\n", "!2 4:3|y|4 ",
     "column 2: text after the closing quote on line 4; the field's quote opens on line 2"},
    /* One field more, empty, is a trailing delimiter. */
    {"a,b,c\n1,\"x,2,\n3,y,4,\n", "!2 3:3|y|4| ",
     "unclosed quote: it opens on line 2, column 2, and never closes"},
    /* Bytes that are no text. */
    {"a,b,c\n1,x\xe9,2\n3,y,4\n", "!2 3:3|y|4 ", "column 2: the byte 0xE9 is not valid UTF-8"},
    {"a,b,c\n1,\"\"\"x\ny\xff\",2\n3,y,4\n", "!2 4:3|y|4 ",
     "column 2: the byte 0xFF on line 3 is not valid UTF-8"},
    {"a,b,c\n\xf0\x9f\x98,x,2\n3,y,4\n", "!2 3:3|y|4 ",
     "column 1: the byte 0xF0 is not valid UTF-8"},
};

static void a_bad_record_costs_its_own_lines_and_no_others(void **state)
{
    static const gsize chunk_lens[] = {1, 2, 3, 5, 128 * 1024};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(resynced); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(chunk_lens); k++) {
            g_autofree char *read =
                read_expecting(resynced[i].text, strlen(resynced[i].text), chunk_lens[k]);

            assert_string_equal(read, resynced[i].read);
            assert_string_equal(broken_text, resynced[i].problem);
        }
}

static void a_nul_makes_its_record_bad_and_is_shown_in_its_text(void **state)
{
    static const char text[] = "a,b,c\n1,x\0y\xe9,2\n3,y,4\n";
    g_autofree char *read = read_expecting(text, sizeof text - 1, 128 * 1024);

    (void)state;
    assert_string_equal(read, "!2 3:3|y|4 ");
    assert_string_equal(broken_text, "column 2: holds a NUL, which no text does");
    assert_string_equal(broken_line, "1,x\\x00y\\xE9,2");
}

/* So many lines cannot all be the rest of one record: each is one of its own. */
static void a_rest_without_end_is_none(void **state)
{
    g_autoptr(GString) text = g_string_new("a,b,c\n1,\"x,2\n");

    (void)state;
    for (int i = 0; i < 100; i++)
        g_string_append(text, "3,4\n");
    g_autofree char *read = read_expecting(text->str, text->len, 128 * 1024);
    assert_true(g_str_has_prefix(read, "!2 3:3|4 4:3|4 "));
}

static void an_invalid_byte_behind_the_sniffed_part_ends_reading(void **state)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(Source) source = NULL;
    const struct record *record;
    const struct record_problem *problem;
    enum record_status status;
    gint64 rows = 0;

    (void)state;
    for (int i = 0; i < 50000; i++)
        g_string_append(text, "abc,def\n");
    g_string_append(text, "gh\xff,1\n2,3\n");
    g_autoptr(Reader) reader = open_text(&source, text->str, text->len, 0);
    while ((status = reader_next(reader, &record, &problem, &error)) == RECORD_ROW)
        rows++;
    assert_int_equal(status, RECORD_FAILED);
    assert_int_equal(rows, 50000);
    assert_non_null(strstr(error->message, ":50001: the byte 0xFF is not valid UTF-8"));
}

static void lines_are_counted_and_a_missing_newline_is_known(void **state)
{
    static const struct {
        const char *text;
        gint64 lines;
        gboolean lacks_newline;
    } cases[] = {{"a,b\n1,2\n", 2, FALSE},          {"a,b\n1,2", 2, TRUE},
                 {"a,b\r\r\n\"x\ny\"\r", 3, FALSE}, {"a,b\n\n\n", 3, FALSE},
                 {"a,b\n\"x\"", 2, TRUE},           {"a,b\nx\"", 2, TRUE}};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Source) source = NULL;
        g_autoptr(Reader) reader = open_text(&source, cases[i].text, strlen(cases[i].text), 0);
        g_autoptr(GString) out = g_string_new(NULL);
        struct counts counts = {0};
        while (append_next(reader, out, &counts) != RECORD_END)
            ;
        assert_int_equal(reader_line_count(reader), cases[i].lines);
        assert_int_equal(reader_ends_without_newline(reader), cases[i].lacks_newline);
    }
}

static void repeat(GString *text, const char *piece, gsize times)
{
    for (gsize i = 0; i < times; i++)
        g_string_append(text, piece);
}

static void fields_records_and_columns_have_limits(void **state)
{
    static const struct {
        const char *before, *piece;
        gsize times;
        const char *after, *problem; /* NULL: it is just within the limit */
    } cases[] = {
        {"1,", "x", MEBI, "\n", NULL},
        {"1,", "x", MEBI + 1, "\n", "column 2 is longer than 1 MiB"},
        {"1,", "x", 10 * MEBI, "\n", "column 2 is longer than 1 MiB"},
        {"1,\"", "x", MEBI, "\"\n", NULL},
        {"1,\"", "x", 10 * MEBI, "\",3\n", "column 2 is longer than 1 MiB"},
        {"1,\"", "\"\"", MEBI, "\"\n", NULL},
        {"1", ",2", 255, "\n", NULL},
        {"1", ",2", 256, "\n", "has 257 fields; more than 256 are not read"},
        {"1", ",2", 99999, "\n", "has 100000 fields; more than 256 are not read"},
        {"1", ",\"\"\"\"", 99999, "\n", "has 100000 fields; more than 256 are not read"},
        {"1", ",2", 4 * MEBI, "\n", "the record is longer than 4 MiB"},
        {"", "\"", 1000000, "\n", NULL},
        {"", "\"", 1000001, "\n", "unclosed quote: it opens on line 2, column 1, and never closes"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new("a,b\n");
        struct counts counts;
        g_string_append(text, cases[i].before);
        repeat(text, cases[i].piece, cases[i].times);
        g_string_append_printf(text, "%s7,8\n", cases[i].after);
        gsize before = bytes_in_use();
        g_autofree char *read = read_text_of(text->str, text->len, ',', &counts);
        assert_true(counts.most_bytes - before < 5 * MEBI); /* three copies of what may be kept */
        assert_string_equal(broken_text, cases[i].problem ? cases[i].problem : "");
        assert_int_equal(counts.rows, cases[i].problem ? 2 : 3);
        assert_true(g_str_has_suffix(read, "3:7|8 "));
    }
}

static void a_quote_that_swallows_a_mebibyte_is_given_up_and_its_lines_are_read(void **state)
{
    g_autoptr(GString) text = g_string_new("a,b\n1,\"x\n");
    struct counts counts;

    (void)state;
    repeat(text, "2,y\n", 600000);
    g_autofree char *read = read_text_of(text->str, text->len, ',', &counts);
    assert_int_equal(counts.bad, 1);
    assert_int_equal(broken.line, 2);
    assert_string_equal(broken_text, "column 2 is longer than 1 MiB; its quote opens on line 2 and "
                                     "may be one that never closes");
    assert_int_equal(counts.rows, 600001);
}

/* 50,000 bad records by turns with good ones; and 50,000 quotes that never close. */
static void many_bad_records_cost_neither_time_nor_memory(void **state)
{
    static const struct {
        const char *piece;
        gint64 rows, bad;
    } cases[] = {{"1,\"2\"x\n3,4\n", 50002, 50000}, {"1,\"2\n", 2, 50000}};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new("a,b\n");
        struct counts counts;
        repeat(text, cases[i].piece, 50000);
        g_string_append(text, "7,8\n");
        gsize before = bytes_in_use();
        clock_t start = clock(); /* of this process: others may be busy */
        g_autofree char *read = read_text_of(text->str, text->len, ',', &counts);
        assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
        assert_true(counts.most_bytes - before < 2 * MEBI);
        assert_int_equal(counts.rows, cases[i].rows);
        assert_int_equal(counts.bad, cases[i].bad);
    }
}

static int make_path(void **state)
{
    int fd = g_file_open_tmp("trueup-record-XXXXXX", &path, NULL);

    (void)state;
    return fd >= 0 ? close(fd) : -1;
}

static int remove_path(void **state)
{
    (void)state;
    g_unlink(path);
    g_free(path);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_know_their_physical_line),
        cmocka_unit_test(the_delimiter_with_the_most_fields_in_most_records_wins),
        cmocka_unit_test(sniffing_loses_no_record),
        cmocka_unit_test(a_delimiter_that_is_given_is_not_sniffed),
        cmocka_unit_test(cells_know_whether_they_stood_in_quotes),
        cmocka_unit_test(a_malformed_record_is_explained_and_costs_itself_alone),
        cmocka_unit_test(a_bad_record_costs_its_own_lines_and_no_others),
        cmocka_unit_test(a_nul_makes_its_record_bad_and_is_shown_in_its_text),
        cmocka_unit_test(a_rest_without_end_is_none),
        cmocka_unit_test(an_invalid_byte_behind_the_sniffed_part_ends_reading),
        cmocka_unit_test(lines_are_counted_and_a_missing_newline_is_known),
        cmocka_unit_test(fields_records_and_columns_have_limits),
        cmocka_unit_test(a_quote_that_swallows_a_mebibyte_is_given_up_and_its_lines_are_read),
        cmocka_unit_test(many_bad_records_cost_neither_time_nor_memory),
    };

    return cmocka_run_group_tests_name("record", tests, make_path, remove_path);
}
