/*
 * fuzz_instant.c - any text as a date: what was taken exists, and is written the way it was read.
 *
 * The first byte chooses the pattern, the second the zone.
 */
#include "core/instant.h"
#include "fuzz.h"

static const char *const patterns[] = {
    "iso",      "epoch",    "%m/%d/%Y", "%d.%m.%y",          "%d %b %Y",       "%B %d, %Y",
    "%Y-%m-%d", "%d-%m-%Y", "%Y%m%d",   "%m-%d-%Y %H:%M:%S", "%d/%m/%Y %H:%M", "dmy",
    "mdy",      "ymd"};

static const char *const zones[] = {"UTC",           "America/New_York", "Asia/Hong_Kong",
                                    "Europe/Dublin", "+05:30",           NULL};

static void check_interval(const struct civil *civil, const struct zone *zone)
{
    g_autoptr(GError) error = NULL;
    struct interval interval;

    if (!civil_to_interval(&interval, civil, zone, &error)) {
        fuzz_demand(error != NULL);
        return;
    }
    fuzz_demand(interval.from < interval.until);
    if (!civil->has_time || civil->has_offset || zone_is_unknown(zone))
        return;
    struct civil again;
    instant_to_civil(&again, interval.from, zone);
    fuzz_demand(again.year == civil->year && again.month == civil->month &&
                again.day == civil->day && again.hour == civil->hour &&
                again.minute == civil->minute && again.second == civil->second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    struct civil civil = {0};

    if (size < 2)
        return 0;
    const char *pattern = patterns[data[0] % G_N_ELEMENTS(patterns)];
    const char *name = zones[data[1] % G_N_ELEMENTS(zones)];
    const struct zone *zone = name ? zone_find(name, NULL) : zone_unknown();

    if (!civil_parse(&civil, (const char *)data + 2, size - 2, pattern, &error)) {
        fuzz_demand(error && g_utf8_validate(error->message, -1, NULL));
        return 0;
    }
    fuzz_demand(civil_day_valid(civil.year, civil.month, civil.day));
    fuzz_demand(civil.has_time || (civil.hour == 0 && civil.minute == 0 && civil.second == 0));

    int32_t day = day_from_civil(civil.year, civil.month, civil.day), again;
    char text[11];
    day_format(day, text);
    fuzz_demand(day_parse(&again, text, strlen(text), NULL) && again == day);
    check_interval(&civil, zone);
    return 0;
}
