/* threshold.c - reads rules/runaway.ini. */
#include "runaway/threshold.h"
#include "core/asset.h"
#include "core/error.h"
#include "core/money.h"

#define FILE_NAME "rules/runaway.ini"
#define GROUP     "spike"

enum { WINDOW_DAYS, MINIMUM_DAYS, MODIFIED_Z, FLOOR, RATIO, KEYS };

struct limit {
    const char *key;
    int64_t least, most; /* nanos */
    gboolean is_whole;
};

static const struct limit limits[KEYS] = {
    [WINDOW_DAYS] = {"window-days", NANOS_PER_UNIT, 366 * NANOS_PER_UNIT, TRUE},
    [MINIMUM_DAYS] = {"minimum-days", NANOS_PER_UNIT, 366 * NANOS_PER_UNIT, TRUE},
    [MODIFIED_Z] = {"modified-z", NANOS_PER_UNIT, 1000 * NANOS_PER_UNIT, FALSE},
    [FLOOR] = {"floor", 0, 1000000000 * NANOS_PER_UNIT, FALSE},
    [RATIO] = {"ratio", NANOS_PER_UNIT, 1000 * NANOS_PER_UNIT, FALSE},
};

static gboolean read_key(GKeyFile *file, const struct limit *limit, int64_t *out, GError **error)
{
    g_autofree char *text = g_key_file_get_string(file, GROUP, limit->key, NULL);

    if (!text) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: [%s] lacks \"%s\"", FILE_NAME,
                    GROUP, limit->key);
        return FALSE;
    }
    if (!money_parse(out, text, strlen(text), &number_style_plain, NULL, error)) {
        g_prefix_error(error, "%s: [%s] %s: \"%s\" ", FILE_NAME, GROUP, limit->key, text);
        return FALSE;
    }
    if (*out < limit->least || *out > limit->most || (limit->is_whole && *out % NANOS_PER_UNIT)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: [%s] %s: \"%s\" is not a %snumber from %" G_GINT64_FORMAT
                    " to %" G_GINT64_FORMAT,
                    FILE_NAME, GROUP, limit->key, text, limit->is_whole ? "whole " : "",
                    limit->least / NANOS_PER_UNIT, limit->most / NANOS_PER_UNIT);
        return FALSE;
    }
    return TRUE;
}

static gboolean is_known(const char *key)
{
    for (int i = 0; i < KEYS; i++)
        if (strcmp(limits[i].key, key) == 0)
            return TRUE;
    return FALSE;
}

/* A misspelt key would silently leave its limit as it was. */
static gboolean check_keys(GKeyFile *file, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(file, GROUP, NULL, NULL);

    for (guint i = 0; keys && keys[i]; i++) {
        if (is_known(keys[i]))
            continue;
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: [%s] has an unknown key \"%s\"",
                    FILE_NAME, GROUP, keys[i]);
        return FALSE;
    }
    return TRUE;
}

gboolean threshold_read(struct spike_threshold *out, GError **error)
{
    g_autoptr(GBytes) text = asset_read(FILE_NAME, error);
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) reason = NULL;
    int64_t values[KEYS];

    if (!text)
        return FALSE;
    if (!g_key_file_load_from_bytes(file, text, G_KEY_FILE_NONE, &reason)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: %s", FILE_NAME, reason->message);
        return FALSE;
    }
    if (!check_keys(file, error))
        return FALSE;
    for (int i = 0; i < KEYS; i++)
        if (!read_key(file, &limits[i], &values[i], error))
            return FALSE;
    if (values[MINIMUM_DAYS] > values[WINDOW_DAYS]) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: [%s] minimum-days is more than window-days", FILE_NAME, GROUP);
        return FALSE;
    }
    *out = (struct spike_threshold){
        .window_days = (guint)(values[WINDOW_DAYS] / NANOS_PER_UNIT),
        .minimum_days = (guint)(values[MINIMUM_DAYS] / NANOS_PER_UNIT),
        .modified_z = values[MODIFIED_Z],
        .floor_nanos = values[FLOOR],
        .ratio = values[RATIO],
    };
    return TRUE;
}
