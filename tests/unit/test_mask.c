/* Masking files in pieces: what comes out is what masking the whole would give. */
#include "core/secret.h"
#include "pack/mask.h"
#include "test.h"
#include <glib/gstdio.h>
#include <unistd.h>

static char *write_file(const char *text, gsize len)
{
    char *path = NULL;
    int file = g_file_open_tmp("trueup-mask-XXXXXX", &path, NULL);

    assert_true(file >= 0);
    close(file);
    assert_true(g_file_set_contents(path, text, (gssize)len, NULL));
    return path;
}

static gboolean collect(gpointer user, const char *bytes, gsize len, GError **error)
{
    (void)error;
    g_string_append_len(user, bytes, (gssize)len);
    return TRUE;
}

static enum mask_result mask(const char *text, gsize len, const char *encoding, GString *out)
{
    g_autofree char *path = write_file(text, len);
    g_autoptr(GError) error = NULL;
    enum mask_result result = mask_file(path, encoding, collect, out, &error);

    if (error)
        fail_msg("%s", error->message);
    g_unlink(path);
    return result;
}

static void short_texts_are_masked_or_not(void **state)
{
    static const struct {
        const char *text, *encoding, *masked;
        enum mask_result result;
    } cases[] = {
        {"id,amount\n1,2.50\n", "utf-8", "id,amount\n1,2.50\n", MASK_PLAIN},
        {"", "utf-8", "", MASK_PLAIN},
        {"a,4539578763621486\n", "utf-8", "a,****1486\n", MASK_MASKED},
        {"sk-proj-QwErTyUiOpAsDfGhJkLz0123", "utf-8 with BOM", "sk-…0123", MASK_MASKED},
        {"\xe9,4539\xa0"
         "5787\xa0"
         "6362\xa0"
         "1486\n",
         "windows-1252", "é,****1486\n", MASK_MASKED},
        {"[\"4539578763621486\"]", "utf-8", "[\"****1486\"]", MASK_MASKED},
        {"[\"price \\u20ac 5\"]", "utf-8", "[\"price \\u20ac 5\"]", MASK_PLAIN},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);

        assert_int_equal(mask(cases[i].text, strlen(cases[i].text), cases[i].encoding, out),
                         cases[i].result);
        assert_string_equal(out->str, cases[i].masked);
    }
}

static void what_cannot_be_looked_through_is_opaque(void **state)
{
    g_autofree char *blob = g_strnfill(9 * 1024 * 1024, 'a');
    const struct {
        const char *text;
        gsize len;
        const char *encoding;
    } cases[] = {
        {"a\0b", 3, "utf-8"},                         /* no text */
        {blob, 9 * 1024 * 1024, "utf-8"},             /* nowhere to cut */
        {"[\"\\u0034539578763621486\"]", 0, "utf-8"}, /* a card's number */
        {"[\"4539\\u00a05787\\u00a06362\\u00a01486\"]", 0, "utf-8"},
        {"[\"s\\u006b-proj-QwErTyUiOpAsDfGhJkLz0123\"]", 0, "utf-8"},
        {"a", 1, "klingon"},  /* no encoding */
        {"a", 1, "utf-16le"}, /* half a character */
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);

        gsize len = cases[i].len ? cases[i].len : strlen(cases[i].text);

        assert_int_equal(mask(cases[i].text, len, cases[i].encoding, out), MASK_OPAQUE);
    }
}

/* A file of some MiB with secrets at every distance from the places where it is read and cut. */
static void pieces_give_what_the_whole_would(void **state)
{
    static const char *const parts[] = {"4539578763621486",
                                        "4539 5787 6362 1486",
                                        "0.4539578763621486",
                                        "2026-10-01,",
                                        "sk-QwErTyUiOpAsDfGh01",
                                        "deadbeef4539578763621486deadbeef",
                                        ",",
                                        "\r\n",
                                        "\"a;b\"",
                                        "\t",
                                        "+4539578763621486",
                                        "x"};
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *whole = NULL;
    guint32 random = 1;

    (void)state;
    while (text->len < 3 * 1024 * 1024) {
        random = random * 1664525 + 1013904223;
        g_string_append(text, parts[(random >> 16) % G_N_ELEMENTS(parts)]);
    }
    whole = secret_mask(text->str, text->len);
    assert_non_null(whole);
    assert_int_equal(mask(text->str, text->len, "utf-8", out), MASK_MASKED);
    assert_string_equal(out->str, whole);
}

static gboolean refuse(gpointer user, const char *bytes, gsize len, GError **error)
{
    (void)user;
    (void)bytes;
    (void)len;
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "full");
    return FALSE;
}

static void a_sink_that_fails_ends_it(void **state)
{
    g_autofree char *path = write_file("a\n", 2);
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_int_equal(mask_file(path, "utf-8", refuse, NULL, &error), MASK_FAILED);
    assert_string_equal(error->message, "full");
    g_unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_texts_are_masked_or_not),
        cmocka_unit_test(what_cannot_be_looked_through_is_opaque),
        cmocka_unit_test(pieces_give_what_the_whole_would),
        cmocka_unit_test(a_sink_that_fails_ends_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
