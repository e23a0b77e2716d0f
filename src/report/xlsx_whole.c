/*
 * xlsx_whole.c - reading the parts of a file that libxlsxwriter has made: a zip without comment,
 * extra fields or zip64.
 */
#include "report/xlsx_whole.h"

#include <gio/gio.h>

#define END_SIZE       22 /* of the record at the end of the directory */
#define ENTRY_SIZE     46
#define LOCAL_SIZE     30
#define ENTRY_MAGIC    0x02014b50u
#define NAME_MAX_BYTES 64 /* of an XML element; ours are short */

/* A part as it is being inflated. */
struct part {
    GString *head; /* as much as names the root element */
    GString *tail;
    guint matched; /* letters of "<c " that came last */
    guint64 cell_count;
};

static guint32 number_at(const char *bytes, gsize at, gsize size)
{
    guint32 number = 0;

    for (gsize i = size; i-- > 0;)
        number = number << 8 | (guint8)bytes[at + i];
    return number;
}

/* Text cannot hold "<": every "<c " begins a cell. */
static void count_cells(struct part *part, const char *bytes, gsize len)
{
    static const char cell[] = "<c ";

    for (gsize i = 0; i < len; i++) {
        if (bytes[i] == '<')
            part->matched = 1;
        else if (part->matched > 0 && bytes[i] == cell[part->matched])
            part->matched++;
        else
            part->matched = 0;
        if (part->matched == strlen(cell)) {
            part->cell_count++;
            part->matched = 0;
        }
    }
}

static void part_add(struct part *part, const char *bytes, gsize len)
{
    gsize last = MIN(len, NAME_MAX_BYTES);

    count_cells(part, bytes, len);
    if (part->head->len < 4 * NAME_MAX_BYTES)
        g_string_append_len(part->head, bytes, (gssize)MIN(len, 4 * NAME_MAX_BYTES));
    g_string_append_len(part->tail, bytes + len - last, (gssize)last);
    if (part->tail->len > NAME_MAX_BYTES)
        g_string_erase(part->tail, 0, (gssize)(part->tail->len - NAME_MAX_BYTES));
}

static gboolean inflate_part(struct part *part, const char *bytes, gsize len)
{
    g_autoptr(GZlibDecompressor) inflater = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_RAW);
    GConverterResult result = G_CONVERTER_CONVERTED;
    char buffer[65536];

    while (result == G_CONVERTER_CONVERTED) {
        gsize read = 0, written = 0;

        result = g_converter_convert(G_CONVERTER(inflater), bytes, len, buffer, sizeof buffer,
                                     G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
        bytes += read;
        len -= read;
        if (result != G_CONVERTER_ERROR)
            part_add(part, buffer, written);
    }
    return result == G_CONVERTER_FINISHED;
}

/* "<?xml … ?>\n<worksheet xmlns=…" … "</worksheet>" */
static gboolean is_ended(const struct part *part)
{
    const char *declaration = strstr(part->head->str, "?>");
    const char *root = declaration ? strchr(declaration, '<') : NULL;
    g_autofree char *name = root ? g_strndup(root + 1, strcspn(root + 1, " >\n")) : NULL;
    g_autofree char *end = name ? g_strconcat("</", name, ">", NULL) : NULL;

    g_strchomp(part->tail->str);
    return end && g_str_has_suffix(part->tail->str, end);
}

static gboolean check_part(const char *bytes, gsize len, guint64 *cell_count)
{
    struct part part = {g_string_new(NULL), g_string_new(NULL), 0, 0};
    gboolean ended = inflate_part(&part, bytes, len) && is_ended(&part);

    *cell_count += part.cell_count;
    g_string_free(part.head, TRUE);
    g_string_free(part.tail, TRUE);
    return ended;
}

gboolean xlsx_is_whole(const char *bytes, gsize len, guint64 cell_count)
{
    gsize end, entry;
    guint64 found = 0;

    if (len < END_SIZE)
        return FALSE;
    end = len - END_SIZE;
    for (entry = number_at(bytes, end + 16, 4);
         entry + ENTRY_SIZE <= end && number_at(bytes, entry, 4) == ENTRY_MAGIC;
         entry += ENTRY_SIZE + number_at(bytes, entry + 28, 2) + number_at(bytes, entry + 30, 2)) {
        gsize size = number_at(bytes, entry + 20, 4), local = number_at(bytes, entry + 42, 4);
        gsize data;

        if (local + LOCAL_SIZE > end)
            return FALSE;
        data =
            local + LOCAL_SIZE + number_at(bytes, local + 26, 2) + number_at(bytes, local + 28, 2);
        if (data + size > end || !check_part(bytes + data, size, &found))
            return FALSE;
    }
    return entry == end && found == cell_count;
}
