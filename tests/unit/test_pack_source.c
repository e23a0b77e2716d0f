/* Sources of a pack: what becomes of a file that is whole, masked, gone, changed or not to be
 * looked through. */
#include "core/error.h"
#include "pack/source.h"
#include "test.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    char *folder, *path;
};

static int setup(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);

    fixture->folder = g_dir_make_tmp("trueup-source-XXXXXX", NULL);
    fixture->path = g_build_filename(fixture->folder, "file", NULL);
    *state = fixture;
    return fixture->folder == NULL;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;

    g_unlink(fixture->path);
    g_rmdir(fixture->folder);
    g_free(fixture->path);
    g_free(fixture->folder);
    g_free(fixture);
    return 0;
}

/* What the text of every PDF is here; NULL: it cannot be read. */
static const char *pdf_says;

static char *pdf_text(const char *bytes, gsize len, GError **error)
{
    (void)bytes;
    (void)len;
    (void)error;
    return g_strdup(pdf_says);
}

static struct pack_source *given(const struct fixture *fixture, const char *text,
                                 const char *encoding)
{
    struct pack_source *source = g_new0(struct pack_source, 1);

    assert_true(g_file_set_contents(fixture->path, text, -1, NULL));
    source->name = g_strdup("file");
    source->path = g_strdup(fixture->path);
    source->kind = g_strdup("payments");
    source->encoding = g_strdup(encoding);
    source->is_whole = TRUE;
    digest_text(text, -1, source->sha256);
    return source;
}

static enum source_state state_of(struct pack_source *source)
{
    enum source_state state;

    pack_source_look(source, pdf_text);
    state = source->state;
    pack_source_free(source);
    return state;
}

static void a_source_is_what_it_is(void **state)
{
    struct fixture *fixture = *state;
    struct pack_source *source;

    assert_int_equal(state_of(given(fixture, "a,b\n1,2\n", "utf-8")), SOURCE_WHOLE);
    assert_int_equal(state_of(given(fixture, "a,4539578763621486\n", "utf-8")), SOURCE_MASKED);
    assert_int_equal(state_of(given(fixture, "[\"\\u0034539578763621486\"]", "utf-8")),
                     SOURCE_OPAQUE);
    source = given(fixture, "a,b\n", "utf-8");
    source->is_whole = FALSE;
    assert_int_equal(state_of(source), SOURCE_FOREIGN);
    source = given(fixture, "a,b\n", "utf-8");
    assert_true(g_file_set_contents(fixture->path, "a,c\n", -1, NULL));
    assert_int_equal(state_of(source), SOURCE_CHANGED);
    source = given(fixture, "a,b\n", "utf-8");
    g_unlink(fixture->path);
    assert_int_equal(state_of(source), SOURCE_ABSENT);
}

static void a_pdf_is_as_its_text_is(void **state)
{
    struct fixture *fixture = *state;

    pdf_says = "Visa ending in 4370";
    assert_int_equal(state_of(given(fixture, "%PDF-1.4", "pdf")), SOURCE_WHOLE);
    pdf_says = "Visa 4539 5787 6362 1486";
    assert_int_equal(state_of(given(fixture, "%PDF-1.4", "pdf")), SOURCE_SECRET);
    pdf_says = NULL;
    assert_int_equal(state_of(given(fixture, "%PDF-1.4", "pdf")), SOURCE_OPAQUE);
}

/* A pipe would be waited for, a folder cannot be read. */
static void what_is_no_file_is_absent(void **state)
{
    struct fixture *fixture = *state;
    struct pack_source *source = given(fixture, "a,b\n", "utf-8");

    g_unlink(fixture->path);
    assert_int_equal(mkfifo(fixture->path, 0600), 0);
    assert_int_equal(state_of(source), SOURCE_ABSENT);
    source = g_new0(struct pack_source, 1);
    source->path = g_strdup(fixture->folder);
    source->encoding = g_strdup("utf-8");
    source->is_whole = TRUE;
    assert_int_equal(state_of(source), SOURCE_ABSENT);
}

static void endings_are_of_what_a_file_is(void **state)
{
    static const struct {
        const char *text, *encoding, *ending;
    } cases[] = {
        {"a,b\n", "utf-8", "csv"},
        {"\n\n[1]\n", "utf-8", "json"},
        {"\xef\xbb\xbf{\"a\": 1}", "utf-8 with BOM", "json"},
        {"%PDF-1.4", "pdf", "pdf"},
    };

    pdf_says = "";
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct pack_source *source = given(*state, cases[i].text, cases[i].encoding);

        pack_source_look(source, pdf_text);
        assert_string_equal(source->ending, cases[i].ending);
        pack_source_free(source);
    }
}

static void a_file_that_changes_meanwhile_ends_the_pack(void **state)
{
    static const char *const before[] = {"a,b\n", "a,4539578763621486\n"};
    struct fixture *fixture = *state;

    for (guint i = 0; i < G_N_ELEMENTS(before); i++) {
        int file = open("/dev/null", O_WRONLY | O_CLOEXEC);
        g_autoptr(Archive) archive = archive_new(file, "x.zip");
        g_autoptr(GError) error = NULL;
        struct pack_source *source = given(fixture, before[i], "utf-8");

        pack_source_look(source, pdf_text);
        source->entry = g_strdup("sources/s0001.csv");
        assert_true(g_file_set_contents(fixture->path, "a,c\n", -1, NULL));
        assert_false(pack_source_copy(source, archive, &error));
        assert_int_equal(error->code, TRUEUP_ERROR_INPUT);
        assert_non_null(strstr(error->message, "file: it changed while it was packed\n"));
        pack_source_free(source);
        close(file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_source_is_what_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(a_pdf_is_as_its_text_is, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_no_file_is_absent, setup, teardown),
        cmocka_unit_test_setup_teardown(endings_are_of_what_a_file_is, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_that_changes_meanwhile_ends_the_pack, setup,
                                        teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
