/* test_zone.c - where a zone puts civil dates and times on the UTC line. */
#include "core/error.h"
#include "core/instant.h"
#include "test.h"

static struct civil parse(const char *text)
{
    struct civil civil = {0};
    g_autoptr(GError) error = NULL;

    if (!civil_parse(&civil, text, strlen(text), "iso", &error))
        fail_msg("\"%s\" %s", text, error->message);
    return civil;
}

/* "" is the unknown zone. */
static const struct zone *find(const char *name)
{
    g_autoptr(GError) error = NULL;
    const struct zone *zone = name[0] ? zone_find(name, &error) : zone_unknown();

    if (!zone)
        fail_msg("%s", error->message);
    return zone;
}

static void zone_find_knows_iana_names_utc_and_fixed_offsets(void **state)
{
    static const char *const names[] = {"Europe/Berlin", "America/Argentina/Ushuaia",
                                        "Etc/GMT+5",     "Japan",
                                        "UTC",           "+08:00",
                                        "-03:30",        "+14:00"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const struct zone *zone = find(names[i]);

        assert_string_equal(zone_name(zone), names[i]);
        assert_ptr_equal(zone, find(names[i]));
        assert_false(zone_is_unknown(zone));
    }
    assert_ptr_equal(find("UTC"), zone_utc());
    assert_true(zone_is_unknown(zone_unknown()));
    assert_string_equal(zone_name(zone_unknown()), "unknown");
}

static void zone_find_refuses_what_is_no_zone_or_this_machines_own(void **state)
{
    static const char *const names[] = {
        "",
        "Europe/Berlim",
        "europe/berlin",
        "America",
        "America/Foo5",
        "EST5EDT",
        "CET-1CEST",
        "EST5EDT,M3.2.0,M11.1.0",
        "localtime",
        "posixrules",
        "right/UTC",
        "/etc/localtime",
        "../Europe/Berlin",
        "Europe/../UTC",
        "+8:00",
        "+08:60",
        "+14:01",
        "+15:00",
        "+0800",
        "+08:0x",
        "unknown",
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *expected =
            g_strdup_printf("there is no time zone \"%s\"\nhint: a zone is named like "
                            "Europe/Berlin, America/New_York, UTC or +08:00",
                            names[i]);

        if (zone_find(names[i], &error))
            fail_msg("\"%s\" is a zone", names[i]);
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        assert_string_equal(error->message, expected);
    }
}

static gpointer find_many(gpointer unused)
{
    const struct zone *first = zone_find("Africa/Nairobi", NULL);

    (void)unused;
    for (int i = 0; i < 200; i++) {
        g_autofree char *name = g_strdup_printf("+%02d:%02d", i % 14, i % 60);

        if (zone_find("Africa/Nairobi", NULL) != first || !zone_find(name, NULL))
            return NULL;
    }
    return (gpointer)(uintptr_t)first;
}

static void zone_find_gives_every_thread_the_same_zone(void **state)
{
    GThread *threads[8];

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new(NULL, find_many, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        assert_ptr_equal(g_thread_join(threads[i]), find("Africa/Nairobi"));
}

static void civil_to_instant_follows_the_zone_and_flags_what_happens_twice(void **state)
{
    static const struct {
        const char *text, *zone, *instant;
        gboolean overlap;
    } cases[] = {
        {"2026-03-26T18:04:11", "UTC", "2026-03-26T18:04:11Z", FALSE},
        {"2026-03-26T18:04:11", "+08:00", "2026-03-26T10:04:11Z", FALSE},
        {"2026-03-26T18:04:11", "-03:30", "2026-03-26T21:34:11Z", FALSE},
        {"2026-01-15T12:00:00", "Europe/Berlin", "2026-01-15T11:00:00Z", FALSE},
        {"2026-07-15T12:00:00", "Europe/Berlin", "2026-07-15T10:00:00Z", FALSE},
        {"2026-03-29T01:59:59", "Europe/Berlin", "2026-03-29T00:59:59Z", FALSE},
        {"2026-03-29T03:00:00", "Europe/Berlin", "2026-03-29T01:00:00Z", FALSE},
        {"2026-10-25T01:59:59", "Europe/Berlin", "2026-10-24T23:59:59Z", FALSE},
        {"2026-10-25T02:00:00", "Europe/Berlin", "2026-10-25T00:00:00Z", TRUE},
        {"2026-10-25T02:59:59", "Europe/Berlin", "2026-10-25T00:59:59Z", TRUE},
        {"2026-10-25T03:00:00", "Europe/Berlin", "2026-10-25T02:00:00Z", FALSE},
        {"2026-03-29T02:30:00+01:00", "Europe/Berlin", "2026-03-29T01:30:00Z", FALSE},
        {"2026-10-25T02:30:00+01:00", "Europe/Berlin", "2026-10-25T01:30:00Z", FALSE},
        {"2026-03-26T18:04:11Z", "Asia/Tokyo", "2026-03-26T18:04:11Z", FALSE},
        {"2026-03-26T18:04:11+08:00", "", "2026-03-26T10:04:11Z", FALSE},
        {"2011-12-31T00:00:00", "Pacific/Apia", "2011-12-30T10:00:00Z", FALSE},
        {"2011-12-29T23:59:59", "Pacific/Apia", "2011-12-30T09:59:59Z", FALSE},
        {"1970-01-01T00:00:00", "Asia/Tokyo", "1969-12-31T15:00:00Z", FALSE},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct civil civil = parse(cases[i].text);
        gboolean overlap = !cases[i].overlap;
        char printed[21];
        int64_t at;

        assert_true(civil_to_instant(&at, &civil, find(cases[i].zone), &overlap, NULL));
        instant_format(at, printed);
        if (strcmp(printed, cases[i].instant) != 0)
            fail_msg("%s in %s is %s", cases[i].text, cases[i].zone, printed);
        assert_int_equal(overlap, cases[i].overlap);
        assert_true(civil_to_instant(&at, &civil, find(cases[i].zone), NULL, NULL));
    }
}

static void civil_to_instant_refuses_what_does_not_exist_and_leaves_out_alone(void **state)
{
    static const struct {
        const char *text, *zone, *why;
    } cases[] = {
        {"2026-03-29T02:00:00", "Europe/Berlin",
         "does not exist in Europe/Berlin: the clocks there skip it"},
        {"2026-03-29T02:59:59", "Europe/Berlin",
         "does not exist in Europe/Berlin: the clocks there skip it"},
        {"2026-03-08T02:30:00", "America/New_York",
         "does not exist in America/New_York: the clocks there skip it"},
        {"2011-12-30T12:00:00", "Pacific/Apia",
         "does not exist in Pacific/Apia: the clocks there skip it"},
        {"2026-03-26T18:04:11", "", "is a local time, and its time zone is not known"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct civil civil = parse(cases[i].text);
        g_autoptr(GError) error = NULL;
        int64_t at = -77;

        assert_false(civil_to_instant(&at, &civil, find(cases[i].zone), NULL, &error));
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        assert_string_equal(error->message, cases[i].why);
        assert_true(at == -77);
    }
}

static void civil_to_interval_covers_the_day_in_its_zone(void **state)
{
    static const struct {
        const char *text, *zone, *from, *until;
    } cases[] = {
        {"2026-03-26", "UTC", "2026-03-26T00:00:00Z", "2026-03-27T00:00:00Z"},
        {"2026-03-26", "Asia/Hong_Kong", "2026-03-25T16:00:00Z", "2026-03-26T16:00:00Z"},
        {"2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"},
        {"2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"},
        {"2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"},
        {"2018-11-03", "America/Sao_Paulo", "2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z"},
        {"2018-02-17", "America/Sao_Paulo", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z"},
        {"2011-12-29", "Pacific/Apia", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"},
        {"2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"},
        {"2026-03-26", "", "2026-03-25T10:00:00Z", "2026-03-27T14:00:00Z"},
        {"2026-03-26T18:04:11", "UTC", "2026-03-26T18:04:11Z", "2026-03-26T18:04:12Z"},
        {"2026-03-26T18:04:11", "Asia/Tokyo", "2026-03-26T09:04:11Z", "2026-03-26T09:04:12Z"},
        {"2026-03-26T18:04:11", "", "2026-03-26T04:04:11Z", "2026-03-27T08:04:12Z"},
        {"2026-03-26T18:04:11Z", "", "2026-03-26T18:04:11Z", "2026-03-26T18:04:12Z"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct civil civil = parse(cases[i].text);
        struct interval interval;
        char from[21], until[21];

        assert_true(civil_to_interval(&interval, &civil, find(cases[i].zone), NULL));
        instant_format(interval.from, from);
        instant_format(interval.until, until);
        if (strcmp(from, cases[i].from) != 0 || strcmp(until, cases[i].until) != 0)
            fail_msg("%s in %s is %s to %s", cases[i].text, cases[i].zone, from, until);
    }
}

static void civil_to_interval_refuses_what_does_not_exist_and_leaves_out_alone(void **state)
{
    static const struct {
        const char *text, *zone, *why;
    } cases[] = {
        {"2026-03-29T02:30:00", "Europe/Berlin",
         "does not exist in Europe/Berlin: the clocks there skip it"},
        {"2011-12-30", "Pacific/Apia",
         "does not exist in Pacific/Apia: the calendar there skips it"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct civil civil = parse(cases[i].text);
        struct interval interval = {-77, -78};
        g_autoptr(GError) error = NULL;

        assert_false(civil_to_interval(&interval, &civil, find(cases[i].zone), &error));
        assert_true(g_error_matches(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT));
        assert_string_equal(error->message, cases[i].why);
        assert_true(interval.from == -77 && interval.until == -78);
    }
}

static void instant_to_civil_gives_the_local_day_and_its_offset(void **state)
{
    struct civil civil;

    (void)state;
    instant_to_civil(&civil, 1774548251, find("Asia/Tokyo")); /* 2026-03-26T18:04:11Z */
    assert_int_equal(civil.day, 27);
    assert_int_equal(civil.hour, 3);
    assert_int_equal(civil.offset_seconds, 9 * 3600);
    assert_true(civil.has_time && civil.has_offset);

    instant_to_civil(&civil, -1, find("-03:30"));
    assert_int_equal(civil.year, 1969);
    assert_int_equal(civil.hour, 20);
    assert_int_equal(civil.minute, 29);
    assert_int_equal(civil.second, 59);
}

static void a_zone_does_not_depend_on_tz(void **state)
{
    struct civil civil = parse("2026-07-15T12:00:00");
    int64_t before, after;

    (void)state;
    assert_true(civil_to_instant(&before, &civil, find("Europe/Paris"), NULL, NULL));
    assert_true(g_setenv("TZ", "Asia/Kathmandu", TRUE));
    tzset();
    assert_true(civil_to_instant(&after, &civil, find("Europe/Paris"), NULL, NULL));
    assert_true(before == after);
    assert_true(civil_to_instant(&after, &civil, find("UTC"), NULL, NULL));
    assert_int_equal(after - before, 2 * 3600);
    assert_true(civil_to_instant(&after, &civil, find("Europe/Madrid"), NULL, NULL));
    assert_true(before == after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zone_find_knows_iana_names_utc_and_fixed_offsets),
        cmocka_unit_test(zone_find_refuses_what_is_no_zone_or_this_machines_own),
        cmocka_unit_test(zone_find_gives_every_thread_the_same_zone),
        cmocka_unit_test(civil_to_instant_follows_the_zone_and_flags_what_happens_twice),
        cmocka_unit_test(civil_to_instant_refuses_what_does_not_exist_and_leaves_out_alone),
        cmocka_unit_test(civil_to_interval_covers_the_day_in_its_zone),
        cmocka_unit_test(civil_to_interval_refuses_what_does_not_exist_and_leaves_out_alone),
        cmocka_unit_test(instant_to_civil_gives_the_local_day_and_its_offset),
        cmocka_unit_test(a_zone_does_not_depend_on_tz),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
