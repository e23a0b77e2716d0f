/*
 * import_world.h - a folder and a ledger of its own for each test of importing.
 */
#pragma once
#include "ledger_text.h"

struct world {
    char *folder;
    struct db *db;
};

static inline int setup(void **state)
{
    struct world *world = g_new0(struct world, 1);

    world->folder = g_dir_make_tmp("trueup-import-XXXXXX", NULL);
    world->db = db_open_memory(NULL);
    *state = world;
    return 0;
}

static inline int teardown(void **state)
{
    struct world *world = *state;

    db_close(world->db);
    g_free(world->folder);
    g_free(world);
    return 0;
}

/* Writes and imports a file. */
static inline struct import_result *import_text(struct world *world, const char *name,
                                                const char *text,
                                                const struct import_options *options)
{
    g_autofree char *path = file_in(world->folder, name, text);

    return import_path(world->db, path, options);
}

static inline void assert_rows(struct world *world, const char *sql, const char *expected)
{
    g_autofree char *rows = rows_of(world->db, sql);

    assert_string_equal(rows, expected);
}

static inline void assert_refused(const struct import_result *result, const char *why)
{
    assert_int_equal(result->outcome, IMPORT_REFUSED);
    assert_int_equal(result->exit_code, 3);
    assert_non_null(result->refusal);
    if (!strstr(result->refusal, why))
        fail_msg("\"%s\" does not say \"%s\"", result->refusal, why);
}

/* A test with a world as its state. */
#define IN_WORLD(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
