/*
 * record_json_shape.h - which results of the Platform's APIs are known, and under which column
 * names of the CSV exports they stand.
 */
#pragma once
#include <glib.h>

/* Every bucket's. */
enum { JSON_START, JSON_END, JSON_START_ISO, JSON_END_ISO, JSON_TIMES };
extern const char *const json_times[JSON_TIMES];

#define JSON_MAX_COLUMNS 32

struct json_shape {
    const char *object;                    /* "organization.costs.result" */
    const char *columns[JSON_MAX_COLUMNS]; /* behind the times; NULL-terminated */
};

/* The values of one result, by name. */
struct json_result;
struct json_result *json_result_new(void);
void json_result_free(struct json_result *result);
void json_result_clear(struct json_result *result);
/* A name that no shape has is passed over. */
void json_result_set(struct json_result *result, const char *prefix, const char *name,
                     const char *value);
const char *json_result_value(const struct json_result *result, const char *name); /* or "" */
const char *json_result_object(const struct json_result *result);                  /* or NULL */
/* The shape that its object names; costs where it names none and has an amount; else NULL. */
const struct json_shape *json_result_shape(const struct json_result *result);
