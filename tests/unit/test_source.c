/* Sources: what is refused and why, what encodings become, and which line a bad byte stands on. */
#include "core/error.h"
#include "import/source_internal.h"
#include "import/source_kind.h"
#include "test.h"
#include <glib/gstdio.h>
#include <sys/stat.h>

static char *folder; /* of this run */

static char *write_file(const char *name, const char *bytes, gsize len)
{
    char *path = g_build_filename(folder, name, NULL);

    assert_true(g_file_set_contents(path, bytes, (gssize)len, NULL));
    return path;
}

/* The whole text, or NULL with error; every chunk is UTF-8 by itself. */
static char *read_text(const char *path, const char *encoding, gsize chunk_len,
                       char **said_encoding, GError **error)
{
    g_autoptr(Source) source = source_open_chunked(path, encoding, chunk_len, error);
    g_autoptr(GString) all = g_string_new(NULL);
    const char *text;
    gsize len;

    if (!source)
        return NULL;
    do {
        if (!source_read(source, &text, &len, error))
            return NULL;
        assert_true(len == 0 || g_utf8_validate(text, (gssize)len, NULL));
        g_string_append_len(all, text, (gssize)len);
    } while (len > 0);
    if (said_encoding)
        *said_encoding = g_strdup(source_encoding(source));
    return g_strdup(all->str);
}

static const struct {
    const char *bytes;
    gsize len;
    const char *option, *text, *encoding;
} encodings[] = {
    {"a,b\n1,2\n", 8, NULL, "a,b\n1,2\n", "utf-8"},
    {"caf\xc3\xa9,\xf0\x9f\x98\x80", 10, "UTF-8", "café,😀", "utf-8"},
    {"\xef\xbb\xbf"
     "a,b",
     6, NULL, "a,b", "utf-8 with BOM"},
    {"\xef\xbb\xbf\xc3\xa9", 5, "windows-1252", "é", "utf-8 with BOM"}, /* the mark wins */
    {"\xff\xfe"
     "a\0,\0\xe9\0\n\0",
     10, NULL, "a,é\n", "utf-16le"},
    {"\xfe\xff"
     "\0a\0,\0\xe9\0\n",
     10, NULL, "a,é\n", "utf-16be"},
    {"\xff\xfe"
     "\x3d\xd8\x00\xde",
     6, NULL, "😀", "utf-16le"}, /* a surrogate pair */
    {"a\0,\0", 4, "UTF-16LE", "a,", "utf-16le"},
    {"Stra\xdf"
     "e,12\x80",
     10, "windows-1252", "Straße,12€", "windows-1252"},
    {"\x8f\xd8\x95\xa5", 4, "shift_jis", "証払", "shift_jis"},
};

static void text_comes_out_as_utf_8_whatever_the_chunk_length(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(encodings); i++) {
        g_autofree char *path = write_file("encoded.csv", encodings[i].bytes, encodings[i].len);
        for (gsize chunk_len = 1; chunk_len <= 12; chunk_len++) {
            g_autoptr(GError) error = NULL;
            g_autofree char *encoding = NULL;
            g_autofree char *text =
                read_text(path, encodings[i].option, chunk_len, &encoding, &error);
            assert_null(error);
            assert_string_equal(text, encodings[i].text);
            assert_string_equal(encoding, encodings[i].encoding);
        }
    }
}

static void long_text_is_not_changed_by_the_way_it_is_checked(void **state)
{
    g_autoptr(GString) text = g_string_new(NULL);

    (void)state;
    for (int i = 0; i < 60000; i++)
        g_string_append(text, i % 977 == 0 ? "é" : i % 1009 == 0 ? "日本語" : "plain,text\n");
    g_autofree char *path = write_file("long.csv", text->str, text->len);
    for (gsize chunk_len = 1000; chunk_len < 300000; chunk_len = chunk_len * 3 + 1) {
        g_autofree char *read = read_text(path, NULL, chunk_len, NULL, NULL);
        assert_string_equal(read, text->str);
    }
}

static const struct {
    const char *bytes;
    gsize len;
    const char *noun;
} kinds[] = {
    {"\x1f\x8b\x08\0\0\0\0\0", 8, "a gzip archive"},
    {"BZh91AY&SY", 10, "a bzip2 archive"},
    {"\xfd\x37zXZ\0", 6, "an xz archive"},
    {"PK\3\4\x14\0\0\0\x08\0[Content_Types].xml", 29, "an Excel workbook (.xlsx)"},
    {"PK\3\4\x14\0\0\0statement.csv", 21, "a zip archive"},
    {"PK\5\6\0\0\0\0", 8, "a zip archive"},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", 9, "an old Excel workbook (.xls)"},
    {"\n <!DOCTYPE html><html>", 23, "a web page (HTML)"},
    {"<HTML lang=en>", 14, "a web page (HTML)"},
    {"\xef\xbb\xbf<?xml version='1.0'?><Ofx>", 29, "an XML document"},
    {"SQLite format 3\0", 16, "an SQLite database"},
};

static void what_is_no_csv_is_named_for_what_it_is(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = write_file("statement.csv", kinds[i].bytes, kinds[i].len);
        g_autofree char *sentence =
            g_strdup_printf("statement.csv: is %s, not CSV\nhint: ", kinds[i].noun);

        assert_null(source_open(path, NULL, &error));
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        assert_true(g_str_has_prefix(error->message, sentence));
    }
}

static void json_is_text_that_is_told_apart(void **state)
{
    static const struct {
        const char *text;
        gboolean is_json;
    } cases[] = {
        {"{\"object\": \"page\"}", TRUE},
        {"\xef\xbb\xbf[\n  {\"id\": 1}]", TRUE},
        {"{curly,b\n", FALSE},
        {"start_time,end_time\n", FALSE},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = write_file("page.json", cases[i].text, strlen(cases[i].text));
        g_autoptr(Source) source = source_open(path, NULL, NULL);

        assert_non_null(source);
        assert_int_equal(source_is_json(source), cases[i].is_json);
    }
}

static void text_that_only_resembles_something_else_is_read(void **state)
{
    static const char *const texts[] = {"[1] note,b\n", "{curly,b\n", "PK,name\n",
                                        "<5,b\n",       "BZ,h\n",     "GIF,b\n",
                                        "%PD,b\n",      "[",          "{"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *path = write_file("odd.csv", texts[i], strlen(texts[i]));
        g_autofree char *text = read_text(path, NULL, 64, NULL, NULL);
        assert_string_equal(text, texts[i]);
    }
}

/* A character that a NUL breaks off is no character that a chunk's end cut. */
static void a_nul_within_a_character_is_a_bad_byte_and_no_end(void **state)
{
    g_autoptr(GString) text = g_string_new("a,b\n\xef");

    (void)state;
    g_string_append_c(text, '\0');
    while (text->len < 300)
        g_string_append(text, "1,2\n");
    for (gsize chunk_len = 64; chunk_len <= 1024; chunk_len *= 4) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = write_file("nul.csv", text->str, text->len);

        assert_null(read_text(path, NULL, chunk_len, NULL, &error));
        assert_non_null(strstr(error->message, "nul.csv:2: the byte 0xEF is not valid UTF-8"));
    }
}

static void an_empty_file_is_an_error(void **state)
{
    static const char *const marks[] = {"", "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = write_file("empty.csv", marks[i], strlen(marks[i]));
        assert_null(source_open(path, NULL, &error));
        assert_int_equal(error->code, TRUEUP_ERROR_INPUT);
        assert_string_equal(error->message, "empty.csv: is empty");
    }
}

static const struct {
    const char *bytes;
    gsize len;
    const char *option, *sentence;
} bad_bytes[] = {
    {"a\nb\n\xe9,c\n", 8, NULL, "bad.csv:3: the byte 0xE9 is not valid UTF-8 here\nhint: name "},
    {"a\r\nb\rc\r\r\nd\xff", 12, NULL, "bad.csv:4: the byte 0xFF is not valid UTF-8 here"},
    {"a\r\r\xc3(", 5, NULL, "bad.csv:3: the byte 0xC3 is not valid UTF-8 here"},
    {"a\nb\xe6\x97", 5, NULL, "bad.csv:2: the byte 0xE6 is not valid UTF-8 here"}, /* cut off */
    {"\xc0\xaf", 2, NULL, "bad.csv:1: the byte 0xC0 is not valid UTF-8 here"},     /* overlong */
    {"a,b\n1,\0\n", 8, NULL, "bad.csv:2: holds a NUL, which no text does\nhint: "},
    {"a\0,\0b\0\n\0", 8, NULL, "bad.csv:1: holds a NUL, which no text does\nhint: UTF-16"},
    {"\xff\xfe"
     "a\0\n\0\0\0b\0",
     10, NULL, "bad.csv:2: holds a NUL"},
    {"\xff\xfe"
     "a\0\n\0b",
     7, NULL, "bad.csv:2: the byte 0x62 is not valid utf-16le here\nhint: the "},
    {"a\n\x81", 3, "windows-1252", "bad.csv:2: the byte 0x81 is not valid windows-1252 here"},
    {"a\n\n\x95", 4, "shift_jis", "bad.csv:3: the byte 0x95 is not valid shift_jis here"},
};

static void a_bad_byte_is_named_with_its_line_whatever_the_chunk_length(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(bad_bytes); i++) {
        g_autofree char *path = write_file("bad.csv", bad_bytes[i].bytes, bad_bytes[i].len);
        for (gsize chunk_len = 1; chunk_len <= 12; chunk_len++) {
            g_autoptr(GError) error = NULL;
            assert_null(read_text(path, bad_bytes[i].option, chunk_len, NULL, &error));
            assert_int_equal(error->code, TRUEUP_ERROR_INPUT);
            if (!g_str_has_prefix(error->message, bad_bytes[i].sentence))
                fail_msg("chunks of %zu: %s", chunk_len, error->message);
        }
    }
}

static void what_is_no_file_is_refused_without_waiting(void **state)
{
    g_autoptr(GError) missing = NULL, directory = NULL, pipe = NULL;
    g_autofree char *none = g_build_filename(folder, "none.csv", NULL);
    g_autofree char *fifo = g_build_filename(folder, "pipe.csv", NULL);

    (void)state;
    assert_null(source_open(none, NULL, &missing));
    assert_string_equal(missing->message, "none.csv: there is no such file");
    assert_int_equal(missing->code, TRUEUP_ERROR_INPUT);
    assert_null(source_open(folder, NULL, &directory));
    assert_non_null(strstr(directory->message, ": is a folder, not a file"));
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_null(source_open(fifo, NULL, &pipe));
    assert_string_equal(pipe->message, "pipe.csv: is a device or a pipe, not a file");
}

static void an_encoding_that_nobody_knows_is_a_usage_error(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = write_file("a.csv", "a\n", 2);

    (void)state;
    assert_null(source_open(path, "windows-9999", &error));
    assert_int_equal(error->code, TRUEUP_ERROR_USAGE);
    assert_true(g_str_has_prefix(error->message, "a.csv: \"windows-9999\" is not an encoding"));
}

static void a_name_cannot_move_the_cursor(void **state)
{
    g_autofree char *path = write_file("a\x1b[2J.csv", "a\n", 2);
    g_autoptr(Source) source = source_open(path, NULL, NULL);

    (void)state;
    assert_non_null(source);
    assert_null(strchr(source_name(source), '\x1b'));
    assert_true(g_str_has_suffix(source_name(source), "[2J.csv"));
}

static void a_digest_is_of_the_bytes_on_disk(void **state)
{
    char hex[DIGEST_HEX_LEN + 1];
    g_autoptr(GError) error = NULL;
    g_autofree char *path = write_file("abc.csv", "abc", 3);
    g_autofree char *none = g_build_filename(folder, "none.csv", NULL);

    (void)state;
    assert_true(source_digest(path, hex, NULL));
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_false(source_digest(none, hex, &error));
    assert_string_equal(error->message, "none.csv: there is no such file");
}

static int make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("trueup-source-XXXXXX", NULL);
    return folder ? 0 : -1;
}

static int remove_folder(void **state)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name;

    (void)state;
    while ((name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    g_dir_close(dir);
    g_rmdir(folder);
    g_free(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_comes_out_as_utf_8_whatever_the_chunk_length),
        cmocka_unit_test(long_text_is_not_changed_by_the_way_it_is_checked),
        cmocka_unit_test(what_is_no_csv_is_named_for_what_it_is),
        cmocka_unit_test(json_is_text_that_is_told_apart),
        cmocka_unit_test(text_that_only_resembles_something_else_is_read),
        cmocka_unit_test(a_nul_within_a_character_is_a_bad_byte_and_no_end),
        cmocka_unit_test(an_empty_file_is_an_error),
        cmocka_unit_test(a_bad_byte_is_named_with_its_line_whatever_the_chunk_length),
        cmocka_unit_test(what_is_no_file_is_refused_without_waiting),
        cmocka_unit_test(an_encoding_that_nobody_knows_is_a_usage_error),
        cmocka_unit_test(a_name_cannot_move_the_cursor),
        cmocka_unit_test(a_digest_is_of_the_bytes_on_disk),
    };

    return cmocka_run_group_tests_name("source", tests, make_folder, remove_folder);
}
