/* test_xlsx_text.c - what a cell and a sheet's name may hold. */
#include "report/xlsx_text.h"
#include "test.h"

static void assert_text(const char *text, const char *expected, gboolean expected_cut)
{
    gboolean cut = FALSE;
    g_autofree char *fit = xlsx_cell_text(text, &cut);

    assert_string_equal(fit, expected);
    assert_int_equal(cut, expected_cut);
}

static void only_what_reads_as_an_escape_is_escaped(void **state)
{
    (void)state;
    assert_text("", "", FALSE);
    assert_text("plain", "plain", FALSE);
    assert_text("snake_case_x12_", "snake_case_x12_", FALSE);
    assert_text("_x12G4_", "_x12G4_", FALSE);
    assert_text("a_x00e9_b", "a_x005F_x00e9_b", FALSE);
    assert_text("_x005F_", "_x005F_x005F_", FALSE);
    assert_text("_x0041_x0042_", "_x005F_x0041_x005F_x0042_", FALSE);
}

static void a_text_is_cut_between_characters_with_room_for_the_mark(void **state)
{
    g_autofree char *letters = g_strnfill(XLSX_TEXT_MAX - 2, 'a');
    g_autofree char *fits = g_strconcat(letters, "\xf0\x9f\x98\x80", NULL); /* two UTF-16 units */
    g_autofree char *more = g_strconcat(letters, "x\xf0\x9f\x98\x80", NULL);
    g_autofree char *more_cut = g_strconcat(letters, "x…", NULL);
    g_autofree char *escape = g_strconcat(letters, "_x0041_", NULL);
    g_autofree char *escape_cut = g_strconcat(letters, "…", NULL);

    (void)state;
    assert_text(fits, fits, FALSE);
    assert_text(more, more_cut, TRUE);
    assert_text(escape, escape_cut, TRUE);
}

static void assert_name(GPtrArray *taken, const char *wanted, const char *expected)
{
    char *name = xlsx_sheet_name(wanted, taken);

    assert_string_equal(name, expected);
    g_ptr_array_add(taken, name);
}

static void names_of_sheets_are_short_unique_and_allowed(void **state)
{
    g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func(g_free);

    (void)state;
    assert_name(taken, "spend", "spend");
    assert_name(taken, "spend", "spend (2)");
    assert_name(taken, "SPEND", "SPEND (3)");
    assert_name(taken, "a/b\\c[d]e:f*g?h'", "a-b-c-d-e-f-g-h-");
    assert_name(taken, "History", "report History");
    assert_name(taken, "", "report ");
    assert_name(taken, "ab12", "report ab12"); /* in a reference it would be a cell */
    assert_name(taken, "2026", "report 2026");
    assert_name(taken, "RC", "report RC");
    assert_name(taken, "expiring-credits-by-organization", "expiring-credits-by-organizatio");
    assert_name(taken, "expiring-credits-by-organization", "expiring-credits-by-organiz (2)");
    assert_name(taken,
                "\xe2\x80\xae"
                "abc",
                "report <U+202E>abc");
}

static void prose_takes_the_lines_that_it_needs(void **state)
{
    (void)state;
    assert_int_equal(xlsx_text_lines("", 10), 1);
    assert_int_equal(xlsx_text_lines("0123456789", 10), 1);
    assert_int_equal(xlsx_text_lines("01234567890", 10), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_reads_as_an_escape_is_escaped),
        cmocka_unit_test(a_text_is_cut_between_characters_with_room_for_the_mark),
        cmocka_unit_test(names_of_sheets_are_short_unique_and_allowed),
        cmocka_unit_test(prose_takes_the_lines_that_it_needs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
