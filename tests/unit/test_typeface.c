/* test_typeface.c - the typeface is found without the user's settings, or said to be missing. */
#include "core/error.h"
#include "report/typeface.h"
#include "test.h"
#include <glib/gstdio.h>

static int width_of(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(PangoLayout) layout = typeface_layout(TYPEFACE_FOLDER, &error);
    g_autoptr(PangoFontDescription) font = pango_font_description_from_string(TYPEFACE_NAME " 10");
    int width;

    assert_null(error);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, text, -1);
    pango_layout_get_size(layout, &width, NULL);
    return width;
}

static void a_point_is_a_point_and_figures_are_of_one_width(void **state)
{
    (void)state;
    /* A figure of DejaVu Sans is 1303 of 2048 units wide. */
    assert_int_equal(width_of("0"), 10 * PANGO_SCALE * 1303 / 2048);
    for (const char *figure = "123456789"; *figure; figure++)
        assert_int_equal(width_of((char[]){*figure, '\0'}), width_of("0"));
}

/* The first, for Fontconfig would read that file once. */
static void what_fontconfig_is_told_elsewhere_changes_nothing(void **state)
{
    g_autofree char *folder = g_dir_make_tmp("trueup-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "fonts.conf", NULL);

    (void)state;
    assert_true(g_file_set_contents(path,
                                    "<fontconfig><dir>/usr/share/fonts</dir><alias binding='same'>"
                                    "<family>DejaVu Sans</family><prefer><family>DejaVu Sans Mono"
                                    "</family></prefer></alias></fontconfig>",
                                    -1, NULL));
    assert_true(g_setenv("FONTCONFIG_FILE", path, TRUE));
    assert_true(width_of("iiiii") * 2 < width_of("WWWWW"));
    g_unsetenv("FONTCONFIG_FILE");
    assert_int_equal(g_unlink(path), 0);
    assert_int_equal(g_rmdir(folder), 0);
}

static void a_machine_without_the_font_is_told_what_to_install(void **state)
{
    g_autofree char *folder = g_dir_make_tmp("trueup-XXXXXX", NULL);
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_null(typeface_layout(folder, &error));
    assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM));
    assert_non_null(strstr(error->message, "the font DejaVu Sans is not below "));
    assert_non_null(strstr(error->message, "fonts-dejavu-core"));
    assert_int_equal(g_rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fontconfig_is_told_elsewhere_changes_nothing),
        cmocka_unit_test(a_point_is_a_point_and_figures_are_of_one_width),
        cmocka_unit_test(a_machine_without_the_font_is_told_what_to_install),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
