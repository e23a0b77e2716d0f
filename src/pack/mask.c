/*
 * mask.c - masking in pieces: text is cut where no secret can be, which is behind a separator that
 * stands in no key, no card number and nothing that tells one from an amount or a digest.
 */
#include "pack/mask.h"
#include "core/secret.h"
#include <gio/gio.h>

#define CHUNK      (256 * 1024)
#define MAX_PIECE  (4 * 1024 * 1024) /* without a separator: no table and no JSON of ours */
#define SEPARATORS "\n\r,;\t\"{}"

struct masking {
    GByteArray *pending; /* read and not given yet */
    mask_sink sink;
    gpointer user;
    gboolean is_masked, is_opaque;
    GError **error;
};

/* "\u0034" as the character it stands for; the text is shorter then. */
static void unescape(GString *out, const char *text, gsize len)
{
    for (gsize at = 0; at < len; at++) {
        gunichar character = 0;
        gsize digit = 0;

        if (text[at] == '\\' && len - at > 5 && text[at + 1] == 'u')
            for (; digit < 4 && g_ascii_isxdigit(text[at + 2 + digit]); digit++)
                character = character * 16 + (gunichar)g_ascii_xdigit_value(text[at + 2 + digit]);
        if (digit == 4 && character != 0 && (character < 0xD800 || character > 0xDFFF)) {
            g_string_append_unichar(out, character);
            at += 5;
        } else {
            g_string_append_c(out, text[at]);
        }
    }
}

/* A secret that is written with escapes is not masked but kept out. */
static gboolean hides_secret(const char *text, gsize len)
{
    g_autoptr(GString) plain = NULL;
    g_autofree char *masked = NULL;

    if (!g_strstr_len(text, (gssize)len, "\\u"))
        return FALSE;
    plain = g_string_sized_new(len);
    unescape(plain, text, len);
    masked = secret_mask(plain->str, plain->len);
    return masked != NULL;
}

/* Gives the first `len` pending bytes to the sink, masked. */
static gboolean give(struct masking *masking, gsize len)
{
    const char *text = (const char *)masking->pending->data;
    g_autofree char *masked = NULL;
    gsize given_len = len;

    if (len == 0)
        return TRUE;
    if (memchr(text, '\0', len)) {
        masking->is_opaque = TRUE;
        return FALSE;
    }
    masked = secret_mask(text, len);
    if (masked) {
        masking->is_masked = TRUE;
        text = masked;
        given_len = strlen(masked);
    }
    if (hides_secret(text, given_len)) {
        masking->is_opaque = TRUE;
        return FALSE;
    }
    if (!masking->sink(masking->user, text, given_len, masking->error))
        return FALSE;
    g_byte_array_remove_range(masking->pending, 0, (guint)len);
    return TRUE;
}

/* The bytes up to and with the last separator. */
static gsize complete_len(const GByteArray *pending)
{
    gsize len = pending->len;

    while (len > 0 && !(pending->data[len - 1] && strchr(SEPARATORS, pending->data[len - 1])))
        len--;
    return len;
}

static gboolean read_on(struct masking *masking, GInputStream *stream, gboolean *at_end)
{
    guint before = masking->pending->len;
    gssize len;

    if (before > MAX_PIECE) {
        masking->is_opaque = TRUE;
        return FALSE;
    }
    g_byte_array_set_size(masking->pending, before + CHUNK);
    len = g_input_stream_read(stream, masking->pending->data + before, CHUNK, NULL, masking->error);
    g_byte_array_set_size(masking->pending, before + (guint)MAX(len, 0));
    *at_end = len == 0;
    return len >= 0;
}

static GInputStream *open_text(const char *path, const char *encoding, gboolean *is_opaque,
                               GError **error)
{
    g_autoptr(GFile) file = g_file_new_for_path(path);
    g_autoptr(GFileInputStream) stream = g_file_read(file, NULL, error);
    g_autoptr(GCharsetConverter) converter = NULL;

    if (!stream || g_str_has_prefix(encoding, "utf-8"))
        return (GInputStream *)g_steal_pointer(&stream);
    converter = g_charset_converter_new("UTF-8", encoding, NULL);
    if (!converter) {
        *is_opaque = TRUE;
        return NULL;
    }
    return g_converter_input_stream_new(G_INPUT_STREAM(stream), G_CONVERTER(converter));
}

enum mask_result mask_file(const char *path, const char *encoding, mask_sink sink, gpointer user,
                           GError **error)
{
    g_autoptr(GByteArray) pending = g_byte_array_new();
    g_autoptr(GError) failure = NULL;
    struct masking masking = {.pending = pending, .sink = sink, .user = user, .error = &failure};
    g_autoptr(GInputStream) stream = open_text(path, encoding, &masking.is_opaque, &failure);
    gboolean at_end = FALSE, going = stream != NULL;

    while (going && !at_end)
        going = read_on(&masking, stream, &at_end) &&
                give(&masking, at_end ? pending->len : complete_len(pending));
    if (failure && !g_error_matches(failure, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) &&
        !g_error_matches(failure, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return MASK_FAILED;
    }
    if (masking.is_opaque || failure)
        return MASK_OPAQUE;
    return masking.is_masked ? MASK_MASKED : MASK_PLAIN;
}
