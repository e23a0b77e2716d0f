/* threshold.c - reads rules/runaway.ini. */
#include "runaway/threshold.h"
#include "core/asset.h"
#include "core/error.h"
#include "core/money.h"

#define FILE_NAME "rules/runaway.ini"

struct key {
    const char *group, *name;
    int64_t least, most; /* units */
    gboolean is_whole;   /* a whole number, kept as it is */
};

#define WHOLE(group, name, most)                                                                   \
    {                                                                                              \
        group, name, 1, most, TRUE                                                                 \
    }
#define AMOUNT(group, name)                                                                        \
    {                                                                                              \
        group, name, 0, 1000000000, FALSE                                                          \
    }
#define RATIO(group, name)                                                                         \
    {                                                                                              \
        group, name, 1, 1000, FALSE                                                                \
    }
#define SHARE(group, name)                                                                         \
    {                                                                                              \
        group, name, 0, 1, FALSE                                                                   \
    }

static const struct key keys[LIMITS] = {
    [MONEY_FLOOR] = AMOUNT("money", "floor"),
    [MONEY_SHARE] = SHARE("money", "share"),
    [MONEY_CEILING] = AMOUNT("money", "ceiling"),
    [SPIKE_WINDOW_DAYS] = WHOLE("spike", "window-days", 366),
    [SPIKE_MINIMUM_DAYS] = WHOLE("spike", "minimum-days", 366),
    [SPIKE_MODIFIED_Z] = RATIO("spike", "modified-z"),
    [SPIKE_RATIO] = RATIO("spike", "ratio"),
    [SPIKE_FACTORS] = WHOLE("spike", "factors", 20),
    [SPIKE_RUN_DAYS] = WHOLE("spike", "run-days", 28),
    [SPIKE_LONGEST_DAYS] = WHOLE("spike", "longest-days", 366),
    [SPIKE_RHYTHM_DAYS] = WHOLE("spike", "rhythm-days", 7),
    [SPIKE_CATCH_UP_DAYS] = WHOLE("spike", "catch-up-days", 28),
    [DRIFT_RISE] = {"drift", "rise", 0, 1000, FALSE},
    [DRIFT_GROWTH] = RATIO("drift", "growth"),
    [NEW_FIRST_DAY] = AMOUNT("new", "first-day"),
    [NEW_PRODUCTION] = AMOUNT("new", "production"),
    [NEW_TEST] = AMOUNT("new", "test"),
    [NEW_OTHER] = AMOUNT("new", "other"),
    [TEST_SHARE] = SHARE("test", "share"),
    [TEST_MULTIPLE] = RATIO("test", "multiple"),
    [TEST_EXCESS] = SHARE("test", "excess"),
    [SHAPE_GROWTH] = RATIO("shape", "growth"),
    [SHAPE_HOURS] = WHOLE("shape", "hours", 24),
    [SHAPE_OFFICE_HOURS] = WHOLE("shape", "office-hours", 24),
    [SHAPE_FLAT] = SHARE("shape", "flat"),
    [SHAPE_OUTPUT] = RATIO("shape", "output"),
    [SHAPE_CACHED] = SHARE("shape", "cached"),
    [SHAPE_REST] = SHARE("shape", "rest"),
    [BALANCE_DAYS] = WHOLE("balance", "days", 366),
    [BALANCE_USUAL_DAYS] = WHOLE("balance", "usual-days", 366),
    [BALANCE_RECHARGES] = WHOLE("balance", "recharges", 1000),
};

static gboolean read_key(GKeyFile *file, const struct key *key, int64_t *out, GError **error)
{
    g_autofree char *text = g_key_file_get_string(file, key->group, key->name, NULL);

    if (!text) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: [%s] lacks \"%s\"", FILE_NAME,
                    key->group, key->name);
        return FALSE;
    }
    if (!money_parse(out, text, strlen(text), &number_style_plain, NULL, error)) {
        g_prefix_error(error, "%s: [%s] %s: \"%s\" ", FILE_NAME, key->group, key->name, text);
        return FALSE;
    }
    if (*out < key->least * NANOS_PER_UNIT || *out > key->most * NANOS_PER_UNIT ||
        (key->is_whole && *out % NANOS_PER_UNIT)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: [%s] %s: \"%s\" is not a %snumber from %" G_GINT64_FORMAT
                    " to %" G_GINT64_FORMAT,
                    FILE_NAME, key->group, key->name, text, key->is_whole ? "whole " : "",
                    key->least, key->most);
        return FALSE;
    }
    if (key->is_whole)
        *out /= NANOS_PER_UNIT;
    return TRUE;
}

static gboolean is_known(const char *group, const char *name)
{
    for (int i = 0; i < LIMITS; i++)
        if (strcmp(keys[i].group, group) == 0 && (!name || strcmp(keys[i].name, name) == 0))
            return TRUE;
    return FALSE;
}

/* A misspelt key would silently leave its limit as it was. */
static gboolean check_keys(GKeyFile *file, GError **error)
{
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);

    for (guint g = 0; groups[g]; g++) {
        g_auto(GStrv) names = g_key_file_get_keys(file, groups[g], NULL, NULL);

        for (guint i = 0; names && names[i]; i++) {
            if (is_known(groups[g], names[i]))
                continue;
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                        "%s: [%s] has an unknown key \"%s\"", FILE_NAME, groups[g], names[i]);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean threshold_read(struct threshold *out, GError **error)
{
    g_autoptr(GBytes) text = asset_read(FILE_NAME, error);
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) reason = NULL;

    if (!text)
        return FALSE;
    if (!g_key_file_load_from_bytes(file, text, G_KEY_FILE_NONE, &reason)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: %s", FILE_NAME, reason->message);
        return FALSE;
    }
    if (!check_keys(file, error))
        return FALSE;
    for (int i = 0; i < LIMITS; i++)
        if (!read_key(file, &keys[i], &out->of[i], error))
            return FALSE;
    if (out->of[SPIKE_MINIMUM_DAYS] > out->of[SPIKE_WINDOW_DAYS]) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: [spike] minimum-days is more than window-days", FILE_NAME);
        return FALSE;
    }
    if (out->of[MONEY_FLOOR] > out->of[MONEY_CEILING]) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: [money] floor is more than ceiling", FILE_NAME);
        return FALSE;
    }
    return TRUE;
}
