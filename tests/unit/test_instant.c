/* test_instant.c - days, and the texts of dates and times. */
#include "core/error.h"
#include "core/instant.h"
#include "test.h"

static void assert_instant(int64_t at, const char *expected)
{
    char text[21];

    instant_format(at, text);
    assert_string_equal(text, expected);
}

/* The civil value as "YYYY-MM-DD[ HH:MM:SS][ offset]". */
static char *civil_print(const struct civil *c)
{
    g_autofree char *day = g_strdup_printf("%04d-%02d-%02d", c->year, c->month, c->day);
    g_autofree char *time = c->has_time
                                ? g_strdup_printf(" %02d:%02d:%02d", c->hour, c->minute, c->second)
                                : g_strdup("");
    g_autofree char *offset =
        c->has_offset ? g_strdup_printf(" %d", c->offset_seconds) : g_strdup("");

    return g_strconcat(day, time, offset, NULL);
}

static struct civil parse(const char *text, const char *pattern)
{
    struct civil civil = {0};
    g_autoptr(GError) error = NULL;

    if (!civil_parse(&civil, text, strlen(text), pattern, &error))
        fail_msg("\"%s\" %s", text, error->message);
    return civil;
}

static void civil_day_valid_knows_months_leap_years_and_the_range(void **state)
{
    (void)state;
    assert_true(civil_day_valid(1970, 1, 1));
    assert_true(civil_day_valid(2199, 12, 31));
    assert_true(civil_day_valid(2000, 2, 29));
    assert_true(civil_day_valid(2024, 2, 29));
    assert_false(civil_day_valid(1969, 12, 31));
    assert_false(civil_day_valid(2200, 1, 1));
    assert_false(civil_day_valid(2100, 2, 29));
    assert_false(civil_day_valid(2026, 2, 29));
    assert_false(civil_day_valid(2026, 4, 31));
    assert_false(civil_day_valid(2026, 0, 1));
    assert_false(civil_day_valid(2026, 13, 1));
    assert_false(civil_day_valid(2026, 1, 0));
}

static void days_and_instants_before_1970_are_printed_too(void **state)
{
    char text[11];

    (void)state;
    day_format(-1, text);
    assert_string_equal(text, "1969-12-31");
    assert_int_equal(day_from_instant(-1), -1);
    assert_int_equal(day_from_instant(-86400), -1);
    assert_int_equal(day_from_instant(-86401), -2);
    assert_int_equal(day_from_instant(86399), 0);
    assert_instant(-1, "1969-12-31T23:59:59Z");
    assert_instant(0, "1970-01-01T00:00:00Z");
    assert_instant(1774548251, "2026-03-26T18:04:11Z");
    assert_instant(INT64_C(7258118400), "2200-01-01T00:00:00Z");
}

static void day_parse_reads_its_one_shape(void **state)
{
    static const struct {
        const char *text, *why;
    } refused[] = {
        {"", "is not a date like 2026-03-26"},
        {"2026-3-26", "is not a date like 2026-03-26"},
        {"2026-03-26 ", "is not a date like 2026-03-26"},
        {"2026/03/26", "is not a date like 2026-03-26"},
        {"20260326", "is not a date like 2026-03-26"},
        {"2O26-03-26", "is not a date like 2026-03-26"},
        {"2026-02-30", "there is no 30 February 2026"},
        {"2026-13-01", "there is no month 13"},
        {"2026-00-01", "there is no month 0"},
        {"1834-01-01", "year 1834 is outside 1970 to 2199"},
        {"2200-01-01", "year 2200 is outside 1970 to 2199"},
    };
    int32_t day = -77;

    (void)state;
    assert_true(day_parse(&day, "1970-01-02", 10, NULL));
    assert_int_equal(day, 1);
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autoptr(GError) error = NULL;

        assert_false(day_parse(&day, refused[i].text, strlen(refused[i].text), &error));
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        assert_string_equal(error->message, refused[i].why);
        assert_int_equal(day, 1);
    }
}

static void instant_add_year_makes_29_february_the_28th(void **state)
{
    (void)state;
    assert_instant(instant_add_year(1709208000), "2025-02-28T12:00:00Z");     /* 2024-02-29T12:00 */
    assert_instant(instant_add_year(1709164800 - 1), "2025-02-28T23:59:59Z"); /* 2024-02-28 */
    assert_instant(instant_add_year(1677585600), "2024-02-28T12:00:00Z");     /* 2023-02-28T12:00 */
    assert_instant(instant_add_year(1774548251), "2027-03-26T18:04:11Z");
    assert_instant(instant_add_year(INT64_C(7258118399)), "2200-12-31T23:59:59Z");
}

static void civil_parse_reads_every_shape_of_its_contract(void **state)
{
    static const struct {
        const char *text, *pattern, *civil;
    } cases[] = {
        {"0", "epoch", "1970-01-01 00:00:00 0"},
        {"1774548251", "epoch", "2026-03-26 18:04:11 0"},
        {" 1774548251 ", "epoch", "2026-03-26 18:04:11 0"},
        {"7258118399", "epoch", "2199-12-31 23:59:59 0"},
        {"2026-03-26", "iso", "2026-03-26"},
        {" 2026-03-26 ", "iso", "2026-03-26"},
        {"2026-03-26T18:04:11", "iso", "2026-03-26 18:04:11"},
        {"2026-03-26 18:04:11", "iso", "2026-03-26 18:04:11"},
        {"2026-03-26t18:04:11", "iso", "2026-03-26 18:04:11"},
        {"2026-03-26 9:04:11", "iso", "2026-03-26 09:04:11"},
        {"2026-03-26T18:04", "iso", "2026-03-26 18:04:00"},
        {"2026-03-26T18:04:11Z", "iso", "2026-03-26 18:04:11 0"},
        {"2026-03-26T18:04:11+00:00", "iso", "2026-03-26 18:04:11 0"},
        {"2026-03-26T18:04:11+0800", "iso", "2026-03-26 18:04:11 28800"},
        {"2026-03-26T18:04:11-03:30", "iso", "2026-03-26 18:04:11 -12600"},
        {"2026-03-26T18:04:11+08", "iso", "2026-03-26 18:04:11 28800"},
        {"2026-03-26 18:04:11 +0000", "iso", "2026-03-26 18:04:11 0"},
        {"2026-03-26 18:04:11 UTC", "iso", "2026-03-26 18:04:11 0"},
        {"2026-03-26T18:04:11.999999999999Z", "iso", "2026-03-26 18:04:11 0"},
        {"2026-03-26T18:04:11,5+01:00", "iso", "2026-03-26 18:04:11 3600"},
        {"03/26/2026", "%m/%d/%Y", "2026-03-26"},
        {"3/6/2026", "%m/%d/%Y", "2026-03-06"},
        {"26.03.26", "%d.%m.%y", "2026-03-26"},
        {"26.03.69", "%d.%m.%y", "2069-03-26"},
        {"26.03.70", "%d.%m.%y", "1970-03-26"},
        {"20260326", "%Y%m%d", "2026-03-26"},
        {"26 Mar 2026", "%d %b %Y", "2026-03-26"},
        {"26  march\t2026", "%d %b %Y", "2026-03-26"},
        {"6 SEPT 2026", "%d %b %Y", "2026-09-06"},
        {"14 Feb. 2026", "%d %b. %Y", "2026-02-14"},
        {"May 5, 2026", "%B %d, %Y", "2026-05-05"},
        {"December 31, 2026", "%B %d, %Y", "2026-12-31"},
        {"03-26-2026 18:04:11", "%m-%d-%Y %H:%M:%S", "2026-03-26 18:04:11"},
        {"03-26-2026 8:04:11", "%m-%d-%Y %H:%M:%S", "2026-03-26 08:04:11"},
        {"26/03/2026 23:59", "%d/%m/%Y %H:%M", "2026-03-26 23:59:00"},
        {"14 Feb. 2026", "%d %b %Y", "2026-02-14"},
        {"14.Feb.2026", "%d.%b.%Y", "2026-02-14"},
        {"3/6/2026", "mdy", "2026-03-06"},
        {"3/6/2026", "dmy", "2026-06-03"},
        {"26.03.26", "dmy", "2026-03-26"},
        {"26-03-1999", "dmy", "1999-03-26"},
        {"03.04.05", "ymd", "2003-04-05"},
        {"2026/3/26", "ymd", "2026-03-26"},
        {"2026-03-26T18:04:11Z", "ymd", "2026-03-26 18:04:11 0"},
        {"03-26-2026 18:04:11", "mdy", "2026-03-26 18:04:11"},
        {"03/26/2026 06:04 PM", "mdy", "2026-03-26 18:04:00"},
        {"26/03/2026 12:04:11am", "dmy", "2026-03-26 00:04:11"},
        {"26/03/2026 12:04:11 PM", "dmy", "2026-03-26 12:04:11"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct civil civil = parse(cases[i].text, cases[i].pattern);
        g_autofree char *printed = civil_print(&civil);

        if (strcmp(printed, cases[i].civil) != 0)
            fail_msg("\"%s\" is read as %s", cases[i].text, printed);
    }
}

static void civil_parse_says_why_it_refuses_and_leaves_out_alone(void **state)
{
    static const char iso[] = "is not a date like 2026-03-26 or a time like 2026-03-26T18:04:11Z";
    static const char epoch[] = "is not a count of seconds since 1970, like 1774548251";
    static const struct {
        const char *text, *pattern, *why;
    } cases[] = {
        {"", "epoch", epoch},
        {"-1", "epoch", epoch},
        {"1774548251.5", "epoch", epoch},
        {"1774548251x", "epoch", epoch},
        {"99999999999999999999", "epoch", epoch},
        {"7258118400", "epoch", "is after 2199 when read as seconds since 1970"},
        {"1774548251000", "epoch", "is after 2199 when read as seconds since 1970"},
        {"", "iso", iso},
        {"Pending", "iso", iso},
        {"2026-3-26", "iso", iso},
        {"03/26/2026", "iso", iso},
        {"2026-03-26Z", "iso", iso},
        {"2026-03-26T", "iso", iso},
        {"2026-03-26T18", "iso", iso},
        {"2026-03-26T18:4:11", "iso", iso},
        {"2026-03-26T18:04:111", "iso", iso},
        {"2026-03-26T18:04:11.", "iso", iso},
        {"2026-03-26T18:04:11+8", "iso", iso},
        {"2026-03-26T18:04:11+08:0", "iso", iso},
        {"2026-03-26T18:04:11+16:00", "iso", iso},
        {"2026-03-26T18:04:11+08:60", "iso", iso},
        {"2026-03-26T18:04:11 PST", "iso", iso},
        {"2026-02-29", "iso", "there is no 29 February 2026"},
        {"2026-03-26T24:00:00", "iso", "there is no time 24:00:00"},
        {"2026-03-26T23:59:60Z", "iso", "there is no time 23:59:60"},
        {"1969-12-31T23:59:59Z", "iso", "year 1969 is outside 1970 to 2199"},
        {"", "%m/%d/%Y", "is not a date like 03/26/2026"},
        {"PENDING", "%m/%d/%Y", "is not a date like 03/26/2026"},
        {"03/26/26", "%m/%d/%Y", "is not a date like 03/26/2026"},
        {"03/26/2026 x", "%m/%d/%Y", "is not a date like 03/26/2026"},
        {"003/26/2026", "%m/%d/%Y", "is not a date like 03/26/2026"},
        {"26/03/2026", "%m/%d/%Y", "there is no month 26"},
        {"02/30/2026", "%m/%d/%Y", "there is no 30 February 2026"},
        {"01/02/1834", "%m/%d/%Y", "year 1834 is outside 1970 to 2199"},
        {"26 Mai 2026", "%d %b %Y", "is not a date like 26 Mar 2026"},
        {"26 Marc 2026", "%d %b %Y", "is not a date like 26 Mar 2026"},
        {"26Mar2026", "%d %b %Y", "is not a date like 26 Mar 2026"},
        {"1 2 2026", "%d %B %Y", "is not a date like 26 March 2026"},
        {"03-26-2026", "%m-%d-%Y %H:%M:%S", "is not a date like 03-26-2026 18:04:11"},
        {"03-26-2026 18:04:60", "%m-%d-%Y %H:%M:%S", "there is no time 18:04:60"},
        {"26.3.26", "%d.%m.%y %Q", "is not a date like 26.03.26 %Q"},
        {"26/03.2026", "dmy", "is not a date like 26/03/2026"},
        {"26 03 2026", "dmy", "is not a date like 26/03/2026"},
        {"26/03/026", "dmy", "is not a date like 26/03/2026"},
        {"26/03/2026x", "dmy", "is not a date like 26/03/2026"},
        {"26/03/202618:04", "dmy", "is not a date like 26/03/2026"},
        {"26/03/2026 18:04 PM", "dmy", "is not a date like 26/03/2026"},
        {"26/03/2026", "mdy", "there is no month 26"},
        {"2026-03-26", "mdy", "is not a date like 03/26/2026"},
        {"26-03-2026", "ymd", "is not a date like 2026/03/26"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct civil civil;
        struct civil before;
        g_autoptr(GError) error = NULL;

        memset(&civil, 0x55, sizeof civil);
        memset(&before, 0x55, sizeof before);
        if (civil_parse(&civil, cases[i].text, strlen(cases[i].text), cases[i].pattern, &error))
            fail_msg("\"%s\" is accepted", cases[i].text);
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        if (strcmp(error->message, cases[i].why) != 0)
            fail_msg("\"%s\" %s", cases[i].text, error->message);
        assert_memory_equal(&civil, &before, sizeof civil);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(civil_day_valid_knows_months_leap_years_and_the_range),
        cmocka_unit_test(days_and_instants_before_1970_are_printed_too),
        cmocka_unit_test(day_parse_reads_its_one_shape),
        cmocka_unit_test(instant_add_year_makes_29_february_the_28th),
        cmocka_unit_test(civil_parse_reads_every_shape_of_its_contract),
        cmocka_unit_test(civil_parse_says_why_it_refuses_and_leaves_out_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
