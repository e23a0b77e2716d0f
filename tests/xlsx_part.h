/*
 * xlsx_part.h - reading the XML of a workbook in tests, without the code that wrote it.
 */
#pragma once
#include "test.h"
#include <gio/gio.h>

static inline guint part_number(const GString *book, gsize at, gsize size)
{
    guint number = 0;

    for (gsize i = size; i-- > 0;)
        number = number << 8 | (guint8)book->str[at + i];
    return number;
}

/* The text of the part of that name; the test fails when there is none. */
static inline char *xlsx_part(const GString *book, const char *name)
{
    g_autoptr(GZlibDecompressor) inflater = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_RAW);
    gsize end = book->len - 22, at = part_number(book, end + 16, 4);

    for (; at < end; at += 46 + part_number(book, at + 28, 2) + part_number(book, at + 30, 2)) {
        gsize local = part_number(book, at + 42, 4), size = part_number(book, at + 24, 4);
        gsize data =
            local + 30 + part_number(book, local + 26, 2) + part_number(book, local + 28, 2);
        gsize read = 0, written = 0;
        char *text;

        if (part_number(book, at + 28, 2) != strlen(name) ||
            memcmp(book->str + at + 46, name, strlen(name)) != 0)
            continue;
        text = g_malloc0(size + 1);
        assert_int_equal(g_converter_convert(G_CONVERTER(inflater), book->str + data,
                                             part_number(book, at + 20, 4), text, size + 1,
                                             G_CONVERTER_INPUT_AT_END, &read, &written, NULL),
                         G_CONVERTER_FINISHED);
        return text;
    }
    fail_msg("no part %s", name);
    return NULL;
}

/* "<c r="A2" …" up to its end, without its style: <c r="A2" t="inlineStr"><is><t>x</t></is></c> */
static inline char *xlsx_cell(const char *sheet, const char *place)
{
    g_autofree char *start = g_strdup_printf("<c r=\"%s\"", place);
    const char *at = strstr(sheet, start), *end;
    g_autofree char *cell = NULL;
    g_autoptr(GRegex) style = g_regex_new(" s=\"\\d+\"", 0, 0, NULL);

    if (!at)
        return g_strdup("");
    end = strstr(at, "</c>");
    cell = g_strndup(at, (gsize)(end - at) + strlen("</c>"));
    return g_regex_replace_literal(style, cell, -1, 0, "", 0, NULL);
}

/* The number format of a cell, as the styles say it: "yyyy-mm-dd"; "49" for the built-in one. */
static inline char *xlsx_number_format(const GString *book, const char *sheet, const char *place)
{
    g_autofree char *styles = xlsx_part(book, "xl/styles.xml");
    g_autofree char *start = g_strdup_printf("<c r=\"%s\" s=\"", place);
    const char *cell = strstr(sheet, start), *xf = strstr(styles, "<cellXfs");
    g_autofree char *number = NULL, *declared = NULL;
    const char *code;

    assert_non_null(cell);
    for (guint64 i = g_ascii_strtoull(cell + strlen(start), NULL, 10) + 1; i > 0; i--)
        xf = strstr(xf + 1, "<xf ");
    number = g_strdup_printf("%d", (int)g_ascii_strtoull(xf + strlen("<xf numFmtId=\""), NULL, 10));
    declared = g_strdup_printf("numFmtId=\"%s\" formatCode=\"", number);
    code = strstr(styles, declared);
    if (!code)
        return g_steal_pointer(&number);
    code += strlen(declared);
    return g_strndup(code, strcspn(code, "\""));
}

static inline void assert_cell(const char *sheet, const char *place, const char *expected)
{
    g_autofree char *cell = xlsx_cell(sheet, place);

    assert_string_equal(cell, expected);
}

static inline void assert_number(const char *sheet, const char *place, const char *digits)
{
    g_autofree char *expected = g_strdup_printf("<c r=\"%s\"><v>%s</v></c>", place, digits);

    assert_cell(sheet, place, expected);
}

static inline void assert_string(const char *sheet, const char *place, const char *xml)
{
    g_autofree char *expected =
        g_strdup_printf("<c r=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>", place, xml);

    assert_cell(sheet, place, expected);
}
