/*
 * zone.c - between local time and UTC, by the system's zone data.
 *
 * GLib tells the offset that a zone has at an instant; that direction has one answer always, and
 * everything here is built on it alone. The way back, from a local time to its instant, tries every
 * offset in force around that time and keeps those that lead back to it: none is a gap, two are an
 * overlap.
 */
#include "core/error.h"
#include "core/instant.h"

/* Two local times further apart than this cannot be the same instant anywhere (Apia skipped a day).
 */
#define REACH (40 * INT64_C(3600))
/* How far a date's day in an unknown zone can lie from the UTC day. */
#define UNKNOWN_WIDTH    (14 * INT64_C(3600))
#define MAX_OFFSET_HOURS 14

struct zone {
    char *name;
    GTimeZone *rules; /* NULL: a fixed offset */
    int offset_seconds;
    gboolean unknown;
};

static struct zone utc = {.name = (char[]){"UTC"}};
static struct zone unknown = {.name = (char[]){"unknown"}, .unknown = TRUE};

/* Zones found so far by name; never emptied, since they are borrowed for good. */
static GMutex zones_lock;
static GHashTable *zones;

/* "+08:00" to seconds east. */
static gboolean offset_parse(const char *name, int *out)
{
    if (strlen(name) != 6 || (name[0] != '+' && name[0] != '-') || !g_ascii_isdigit(name[1]) ||
        !g_ascii_isdigit(name[2]) || name[3] != ':' || !g_ascii_isdigit(name[4]) ||
        !g_ascii_isdigit(name[5]))
        return FALSE;
    int hours = (name[1] - '0') * 10 + name[2] - '0';
    int minutes = (name[4] - '0') * 10 + name[5] - '0';
    *out = (hours * 3600 + minutes * 60) * (name[0] == '-' ? -1 : 1);
    return minutes <= 59 && ABS(*out) <= MAX_OFFSET_HOURS * 3600;
}

/*
 * Whether this can be the name of an IANA zone. GLib would also take a path, a POSIX rule
 * ("EST5EDT, M3.2.0,M11.1.0"), "localtime" (this machine's zone) and "right/…" (with leap seconds).
 */
static gboolean iana_shaped(const char *name)
{
    if (!g_ascii_isupper(name[0]))
        return FALSE;
    for (const char *p = name; *p; p++) {
        if (!g_ascii_isalnum(*p) && !strchr("/_+-", *p))
            return FALSE;
    }
    /* Only below a folder do names carry numbers; "EST5EDT" and "MST7MDT" are not places. */
    return strchr(name, '/') || strcspn(name, "0123456789") == strlen(name);
}

static struct zone *zone_load(const char *name)
{
    int offset_seconds = 0;
    g_autoptr(GTimeZone) rules = NULL;

    if (!offset_parse(name, &offset_seconds)) {
        offset_seconds = 0;
        rules = iana_shaped(name) ? g_time_zone_new_identifier(name) : NULL;
        if (!rules)
            return NULL;
    }
    struct zone *zone = g_new0(struct zone, 1);
    zone->name = g_strdup(name);
    zone->rules = g_steal_pointer(&rules);
    zone->offset_seconds = offset_seconds;
    return zone;
}

const struct zone *zone_find(const char *name, GError **error)
{
    struct zone *zone;

    if (strcmp(name, utc.name) == 0)
        return &utc;
    g_mutex_lock(&zones_lock);
    if (!zones)
        zones = g_hash_table_new(g_str_hash, g_str_equal);
    zone = g_hash_table_lookup(zones, name);
    if (!zone && (zone = zone_load(name)) != NULL)
        g_hash_table_insert(zones, zone->name, zone);
    g_mutex_unlock(&zones_lock);

    if (!zone)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "there is no time zone \"%s\"\nhint: a zone is named like Europe/Berlin, "
                    "America/New_York, UTC or +08:00",
                    name);
    return zone;
}

const struct zone *zone_utc(void)
{
    return &utc;
}

const struct zone *zone_unknown(void)
{
    return &unknown;
}

gboolean zone_is_unknown(const struct zone *zone)
{
    return zone->unknown;
}

const char *zone_name(const struct zone *zone)
{
    return zone->name;
}

static int offset_at(const struct zone *zone, int64_t at)
{
    if (!zone->rules)
        return zone->offset_seconds;
    return g_time_zone_get_offset(
        zone->rules, g_time_zone_find_interval(zone->rules, G_TIME_TYPE_UNIVERSAL, at));
}

/* The civil time as if it were UTC. */
static int64_t wall_seconds(const struct civil *civil)
{
    return day_from_civil(civil->year, civil->month, civil->day) * SECONDS_PER_DAY +
           civil->hour * 3600 + civil->minute * 60 + civil->second;
}

/* How many instants have this local time in the zone; the earliest in *out. */
static int instants_of_wall(int64_t *out, int64_t wall, const struct zone *zone)
{
    int count = 0;

    if (!zone->rules) {
        *out = wall - zone->offset_seconds;
        return 1;
    }
    int first = g_time_zone_find_interval(zone->rules, G_TIME_TYPE_UNIVERSAL, wall - REACH);
    int last = g_time_zone_find_interval(zone->rules, G_TIME_TYPE_UNIVERSAL, wall + REACH);
    for (int i = first; i <= last; i++) {
        int64_t at = wall - g_time_zone_get_offset(zone->rules, i);
        /* By interval, not offset: neighbours that differ in name alone must not count twice. */
        if (g_time_zone_find_interval(zone->rules, G_TIME_TYPE_UNIVERSAL, at) != i)
            continue;
        *out = count == 0 ? at : MIN(*out, at);
        count++;
    }
    return count;
}

/* The first instant at which the local time is this or later. */
static int64_t first_instant_from_wall(int64_t wall, const struct zone *zone)
{
    int64_t at;

    if (instants_of_wall(&at, wall, zone) > 0)
        return at;
    /* In a gap: the local time jumps over it once, at the instant looked for. */
    int64_t before = wall - REACH;
    int64_t after = wall + REACH;
    while (after - before > 1) {
        int64_t middle = before + (after - before) / 2;
        if (middle + offset_at(zone, middle) >= wall)
            after = middle;
        else
            before = middle;
    }
    return after;
}

gboolean civil_to_instant(int64_t *out, const struct civil *civil, const struct zone *zone,
                          gboolean *overlap, GError **error)
{
    int64_t at;
    int64_t wall = wall_seconds(civil);

    g_assert(civil->has_time);
    if (overlap)
        *overlap = FALSE;
    if (civil->has_offset) {
        *out = wall - civil->offset_seconds;
        return TRUE;
    }
    if (zone->unknown) {
        g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                            "is a local time, and its time zone is not known");
        return FALSE;
    }
    int count = instants_of_wall(&at, wall, zone);
    if (count == 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "does not exist in %s: the clocks there skip it", zone->name);
        return FALSE;
    }
    if (overlap)
        *overlap = count > 1;
    *out = at;
    return TRUE;
}

gboolean civil_to_interval(struct interval *out, const struct civil *civil, const struct zone *zone,
                           GError **error)
{
    int64_t wall = wall_seconds(civil);
    int64_t at;

    if (zone->unknown && !civil->has_offset) {
        int64_t length = civil->has_time ? 1 : SECONDS_PER_DAY;
        *out = (struct interval){wall - UNKNOWN_WIDTH, wall + length + UNKNOWN_WIDTH};
        return TRUE;
    }
    if (civil->has_time) {
        if (!civil_to_instant(&at, civil, zone, NULL, error))
            return FALSE;
        *out = (struct interval){at, at + 1};
        return TRUE;
    }
    struct interval day = {first_instant_from_wall(wall, zone),
                           first_instant_from_wall(wall + SECONDS_PER_DAY, zone)};
    if (day.from == day.until) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "does not exist in %s: the calendar there skips it", zone->name);
        return FALSE;
    }
    *out = day;
    return TRUE;
}

void instant_to_civil(struct civil *out, int64_t at, const struct zone *zone)
{
    g_assert(!zone->unknown);

    int offset_seconds = offset_at(zone, at);
    int64_t wall = at + offset_seconds;
    int32_t day = day_from_instant(wall);
    int second = (int)(wall - day * SECONDS_PER_DAY);

    *out = (struct civil){.hour = second / 3600,
                          .minute = second / 60 % 60,
                          .second = second % 60,
                          .has_time = TRUE,
                          .has_offset = TRUE,
                          .offset_seconds = offset_seconds};
    day_to_civil(day, &out->year, &out->month, &out->day);
}

char *zone_data_version(void)
{
    static const char mark[] = "# version ";
    const char *stated = g_getenv("TZDIR"); /* as GLib looks for zones */
    g_autofree char *path =
        g_build_filename(stated ? stated : "/usr/share/zoneinfo", "tzdata.zi", NULL);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL) || !g_str_has_prefix(text, mark))
        return g_strdup("unknown");
    return g_strndup(text + strlen(mark), strcspn(text + strlen(mark), "\n"));
}
