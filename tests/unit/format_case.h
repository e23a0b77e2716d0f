/*
 * format_case.h - one header and its records, written with ';' between cells, for the tests of
 * formats and mapping.
 */
#pragma once
#include "core/error.h"
#include "import/mapping_internal.h"
#include "test.h"

struct format_case {
    struct format_set *set;
    struct mapping *mapping;
    GPtrArray *problems, *notes;
    GStrv split;
    struct cell cells[RECORD_MAX_COLUMNS];
    struct record record;
    GError *error;
};

static void case_record(struct format_case *c, const char *line)
{
    g_strfreev(c->split);
    c->split = g_strsplit(line, ";", -1);
    c->record = (struct record){.line = c->record.line + 1, .cells = c->cells};
    for (guint i = 0; c->split[i]; i++)
        c->cells[c->record.count++] =
            (struct cell){.text = c->split[i], .len = strlen(c->split[i])};
}

static enum recognition case_open(struct format_case *c, const char *header,
                                  const struct mapping_options *options)
{
    memset(c, 0, sizeof(*c));
    c->set = format_set_load(&c->error);
    if (c->error)
        print_message("%s\n", c->error->message);
    assert_non_null(c->set);
    c->problems = g_ptr_array_new_with_free_func(g_free);
    c->notes = g_ptr_array_new_with_free_func(g_free);
    case_record(c, header);
    return format_recognise(c->set, &c->record, options, &c->mapping, &c->error);
}

/* Opens a header that must be the named format's. */
static inline void case_open_as(struct format_case *c, const char *format, const char *header,
                                const struct mapping_options *options)
{
    if (case_open(c, header, options) != RECOGNISED_HEADER)
        print_message("%s\n", c->error ? c->error->message : "not recognised");
    assert_non_null(c->mapping);
    assert_string_equal(format_name(mapping_format(c->mapping)), format);
}

static inline gboolean case_read(struct format_case *c, const char *line, struct fact *fact)
{
    g_ptr_array_set_size(c->problems, 0);
    case_record(c, line);
    return mapping_read(c->mapping, &c->record, fact, c->problems, c->notes);
}

/* Opens a header with one format alone, whose group is [format x]. */
static inline enum recognition case_open_ini(struct format_case *c, const char *ini,
                                             const char *header,
                                             const struct mapping_options *options)
{
    g_autofree char *text = g_strconcat("[format x]\nkind = card\ntitle = X\n", ini, NULL);
    struct format *format;

    memset(c, 0, sizeof(*c));
    c->set = g_new0(struct format_set, 1);
    c->set->formats = g_ptr_array_new_with_free_func((GDestroyNotify)format_free);
    c->problems = g_ptr_array_new_with_free_func(g_free);
    c->notes = g_ptr_array_new_with_free_func(g_free);
    format = format_parse("formats/x.ini", text, strlen(text), &c->error);
    if (!format)
        fail_msg("%s", c->error->message);
    g_ptr_array_add(c->set->formats, format);
    case_record(c, header);
    return format_recognise(c->set, &c->record, options, &c->mapping, &c->error);
}

/* Reads a record that must be bad in exactly one way. */
static inline void case_bad(struct format_case *c, const char *line, const char *problem)
{
    struct fact fact;

    assert_false(case_read(c, line, &fact));
    assert_int_equal(c->problems->len, 1);
    assert_string_equal(c->problems->pdata[0], problem);
}

static inline void assert_text(struct text text, const char *expected)
{
    assert_int_equal(text.len, strlen(expected));
    assert_memory_equal(text.text, expected, text.len);
}

static void case_close(struct format_case *c)
{
    g_clear_error(&c->error);
    mapping_free(c->mapping);
    format_set_free(c->set);
    g_ptr_array_unref(c->problems);
    g_ptr_array_unref(c->notes);
    g_strfreev(c->split);
}
