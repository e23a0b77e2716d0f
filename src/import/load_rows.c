/*
 * load_rows.c - a statement's encoding, its rows without a header and the lines before one; see
 * load.h.
 */
#include "core/error.h"
#include "core/text.h"
#include "import/load.h"

gboolean load_read_as(struct load *load, const char *encoding)
{
    g_clear_pointer(&load->mapping, mapping_free);
    g_clear_pointer(&load->assembly, assembly_free);
    g_clear_pointer(&load->reader, reader_free);
    g_clear_pointer(&load->source, source_free);
    load->encoding = encoding;
    load->source = source_open(load->path, encoding, &load->refusal);
    if (load->source) {
        source_escape_bad_bytes(load->source);
        load->reader = reader_new(load->source, 0, &load->refusal);
    }
    if (load->reader)
        load->assembly = assembly_new(load->reader);
    return load->assembly != NULL;
}

/* Takes what the lines before the header say, and hands the assembly its mapping. */
gboolean load_settle_rows(struct load *load)
{
    const GPtrArray *kept = assembly_kept(load->assembly);
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i + 1 < kept->len; i++) {
        const struct record *record = g_ptr_array_index(kept, i);

        if (mapping_has_header(load->mapping) &&
            !mapping_read_preamble(load->mapping, record, &error)) {
            load_refuse_at(load, record->line, error->message);
            return FALSE;
        }
    }
    assembly_settle(load->assembly, load->mapping);
    return TRUE;
}

gboolean load_settle_card(struct load *load)
{
    const char *card = mapping_last4(load->mapping);

    if (!format_file_last4(load->format, load->name, load->account_hint))
        load->account_hint[0] = '\0';
    if (*card && load->account_hint[0] && strcmp(card, load->account_hint) != 0) {
        load_refuse(load, "is named after the card %s, and says that it is of %s",
                    load->account_hint, card);
        return FALSE;
    }
    if (*card)
        g_strlcpy(load->account_hint, card, sizeof load->account_hint);
    return TRUE;
}

/* Whether the whole file is text in an encoding. */
static gboolean is_readable(const char *path, const char *encoding)
{
    g_autoptr(Source) source = source_open(path, encoding, NULL);
    const char *text;
    gsize len = 1;

    while (source && len > 0) {
        if (!source_read(source, &text, &len, NULL))
            return FALSE;
    }
    return source != NULL;
}

/* The format that a file is when it is read in an encoding; NULL when none. */
static const struct format *format_in(const struct load *load, const char *encoding)
{
    g_autoptr(Source) source = source_open(load->path, encoding, NULL);
    g_autoptr(Reader) reader = source ? reader_new(source, 0, NULL) : NULL;
    const struct format *format = NULL;
    const struct record *record;
    const struct record_problem *problem;

    for (guint i = 0; reader && i < LOAD_HEADER_RECORDS && !format; i++) {
        enum record_status status = reader_next(reader, &record, &problem, NULL);

        if (status == RECORD_END || status == RECORD_FAILED)
            break;
        if (status == RECORD_ROW &&
            format_recognise_header(load->formats, record, &format, NULL) != RECOGNISED_HEADER)
            format = NULL;
    }
    return format;
}

/* Of the encodings that a format lists, the first in which the file is text and of that format. */
static const char *first_encoding(const struct load *load, const struct format *format)
{
    const char *const *encodings = format_encodings(format);

    for (guint i = 0; encodings[i]; i++) {
        if (is_readable(load->path, encodings[i]) && format_in(load, encodings[i]) == format)
            return encodings[i];
    }
    return NULL;
}

const char *load_find_encoding(const struct load *load)
{
    const struct format *format;

    if (load->options->encoding || is_readable(load->path, NULL))
        return NULL;
    for (guint i = 0; (format = format_set_nth(load->formats, i)); i++) {
        const char *encoding = format_encodings(format) ? first_encoding(load, format) : NULL;

        if (encoding)
            return encoding;
    }
    return NULL;
}

/* A statement without a header, by its first records. */
void load_recognise_rows(struct load *load, const struct format_set *formats)
{
    const GPtrArray *kept = assembly_kept(load->assembly);
    const struct format *format = NULL;
    GError *error = NULL;

    if (kept->len == 0)
        return;
    if (format_recognise_rows(formats, kept, &format, load->alike, &error) == RECOGNISED_HEADER)
        load->mapping = load_bind(load, format, g_ptr_array_index(kept, 0), &error);
    if (error) {
        load_refuse(load, "%s", error->message);
        g_clear_error(&error);
    }
}

void load_count_behind(struct load *load)
{
    gint64 line;
    gint64 doubtful = assembly_doubtful_count(load->assembly, &line);
    g_autofree char *records = text_count(doubtful, "record");

    load->record_count += assembly_behind_count(load->assembly);
    load->skipped_count += assembly_behind_count(load->assembly);
    if (doubtful > 0)
        load_note(load, NOTE_WARNING,
                  "%s behind the end of the table may be more rows, not read; the first "
                  "is on line %" G_GINT64_FORMAT,
                  records, line);
}
