/*
 * source.c - the bytes of one file, as UTF-8 text in chunks, and their SHA-256.
 *
 * Text that is UTF-8 already is handed out where read() put it; everything else goes through iconv
 * (GCharsetConverter). Either way the text given ends before the first bad byte, and the next call
 * fails, or gives it escaped: so the physical line of a failure is the number of line ends in the
 * text given, which is counted by reading the file once more instead of on every good file.
 */
#include "import/source.h"
#include "core/error.h"
#include "core/progress.h"
#include "core/secret.h"
#include "core/text.h"
#include "import/pdf_receipt.h"
#include "import/source_internal.h"
#include "import/source_kind.h"
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sys/stat.h>
#include <unistd.h>

#define CARRY_LEN 64                 /* room for a character that a chunk's end cut */
#define PDF_READ  (16 * 1024 * 1024) /* a longer PDF is refused, whatever follows */

struct source {
    char *path, *name, *encoding;
    int fd;
    gsize chunk_len;
    GConverter *converter; /* NULL when the file is UTF-8 */
    char *raw;             /* bytes as on disk: [raw_at, raw_end) are not handed out yet */
    gsize raw_at, raw_end;
    char *text; /* what the converter made of them, or what is given with escapes */
    gboolean at_end, has_mark, is_json;
    gboolean escapes, has_escaped;
    gint64 given_len;                      /* bytes of text handed out */
    char rules_digest[DIGEST_HEX_LEN + 1]; /* of a PDF, else "" */
};

/* A file's name is somebody else's text. */
static char *display_name(const char *path)
{
    g_autofree char *base = g_path_get_basename(path);
    g_autofree char *clean = text_clean(base, FALSE);

    return secret_masked(clean);
}

static void set_errno_error(GError **error, const char *name, int number)
{
    gboolean is_missing = number == ENOENT || number == ENOTDIR;
    g_set_error(error, TRUEUP_ERROR, is_missing ? TRUEUP_ERROR_INPUT : TRUEUP_ERROR_SYSTEM,
                "%s: %s", name, is_missing ? "there is no such file" : g_strerror(number));
}

/* Opens a regular file. O_NONBLOCK: a pipe under that name must not make us wait. */
static int open_file(const char *path, const char *name, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;

    if (fd < 0 || fstat(fd, &status) != 0) {
        set_errno_error(error, name, errno);
    } else if (!S_ISREG(status.st_mode)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: is %s, not a file", name,
                    S_ISDIR(status.st_mode) ? "a folder" : "a device or a pipe");
    } else {
        return fd;
    }
    if (fd >= 0)
        close(fd);
    return -1;
}

/* Reads up to len bytes at the file's position; fewer only at its end. -1 sets error. */
static gssize read_fully(int fd, char *bytes, gsize len, const char *name, GError **error)
{
    gsize done = 0;

    while (done < len) {
        gssize got = read(fd, bytes + done, len - done);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR) {
            set_errno_error(error, name, errno);
            return -1;
        }
        done += got > 0 ? (gsize)got : 0;
    }
    return (gssize)done;
}

static gboolean is_utf8_name(const char *encoding)
{
    return g_ascii_strcasecmp(encoding, "utf-8") == 0 || g_ascii_strcasecmp(encoding, "utf8") == 0;
}

/* Settles the encoding: the byte order mark, then the option, then UTF-8. *skip: the mark's length.
 */
static gboolean settle_encoding(struct source *source, const char *head, gsize len,
                                const char *option, gsize *skip, GError **error)
{
    *skip = 0;
    source->has_mark = TRUE;
    if (len >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0) {
        source->encoding = g_strdup("utf-8 with BOM");
        *skip = 3;
        return TRUE;
    }
    if (len >= 2 && (memcmp(head, "\xff\xfe", 2) == 0 || memcmp(head, "\xfe\xff", 2) == 0)) {
        source->encoding = g_strdup(head[0] == '\xff' ? "utf-16le" : "utf-16be");
        *skip = 2;
    } else if (!option || !*option || is_utf8_name(option)) {
        source->encoding = g_strdup("utf-8");
        source->has_mark = FALSE;
        return TRUE;
    } else {
        source->has_mark = FALSE;
        source->encoding = g_ascii_strdown(option, -1);
    }

    source->converter = (GConverter *)g_charset_converter_new("UTF-8", source->encoding, NULL);
    if (!source->converter) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "%s: \"%s\" is not an encoding that this system knows\n"
                    "hint: `iconv --list` names them all; windows-1252 and shift_jis are common",
                    source->name, option);
        return FALSE;
    }
    return TRUE;
}

/* A PDF is read whole, and its text is the table of what it says. */
static gboolean open_pdf(struct source *source, GError **error)
{
    g_autofree char *bytes = g_malloc(PDF_READ + 1);
    gssize len = lseek(source->fd, 0, SEEK_SET) < 0
                     ? -1
                     : read_fully(source->fd, bytes, PDF_READ + 1, source->name, error);

    if (len < 0)
        return FALSE;
    source->raw = pdf_receipt_read(bytes, (gsize)len, source->rules_digest, error);
    if (!source->raw) {
        g_prefix_error(error, "%s: ", source->name);
        return FALSE;
    }
    source->raw_end = strlen(source->raw);
    source->encoding = g_strdup("pdf");
    source->at_end = TRUE;
    return TRUE;
}

/* Looks at the file's first bytes and leaves the position behind a byte order mark. */
static gboolean look_at_head(struct source *source, const char *encoding, GError **error)
{
    g_autofree char *head = g_malloc(SOURCE_HEAD_LEN);
    gssize len = read_fully(source->fd, head, SOURCE_HEAD_LEN, source->name, error);
    gsize skip;

    if (len < 0)
        return FALSE;
    const struct source_kind *kind = source_kind_find(head, (gsize)len);
    if (kind == &source_kind_pdf)
        return open_pdf(source, error);
    source->is_json = source_kind_is_json(kind);
    if (kind && !source->is_json) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: is %s, not CSV\nhint: %s",
                    source->name, kind->noun, kind->hint);
        return FALSE;
    }
    if (!settle_encoding(source, head, (gsize)len, encoding, &skip, error))
        return FALSE;
    if ((gsize)len == skip) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: is empty", source->name);
        return FALSE;
    }
    if (lseek(source->fd, (off_t)skip, SEEK_SET) < 0) {
        set_errno_error(error, source->name, errno);
        return FALSE;
    }
    return TRUE;
}

struct source *source_open_chunked(const char *path, const char *encoding, gsize chunk_len,
                                   GError **error)
{
    g_autoptr(Source) source = g_new0(struct source, 1);

    source->name = display_name(path);
    source->fd = open_file(path, source->name, error);
    if (source->fd < 0 || !look_at_head(source, encoding, error))
        return NULL;
    source->path = g_strdup(path);
    source->chunk_len = chunk_len;
    if (!source->raw)
        source->raw = g_malloc(chunk_len + CARRY_LEN);
    if (source->converter)
        source->text = g_malloc(chunk_len + CARRY_LEN);
    posix_fadvise(source->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return g_steal_pointer(&source);
}

struct source *source_open(const char *path, const char *encoding, GError **error)
{
    return source_open_chunked(path, encoding, SOURCE_CHUNK_LEN, error);
}

struct source *source_of_text(const char *name, const char *text, gsize len, GError **error)
{
    g_autoptr(Source) source = g_new0(struct source, 1);

    source->fd = -1;
    source->name = g_strdup(name);
    if (len == 0 || utf8_valid_len(text, len) < len) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: %s", name,
                    len == 0 ? "is empty" : "is not UTF-8 text");
        return NULL;
    }
    source->encoding = g_strdup("utf-8");
    source->raw = g_memdup2(text, len);
    source->raw_end = len;
    source->at_end = TRUE;
    return g_steal_pointer(&source);
}

void source_free(struct source *source)
{
    if (!source)
        return;
    if (source->fd >= 0)
        close(source->fd);
    g_clear_object(&source->converter);
    g_free(source->path);
    g_free(source->name);
    g_free(source->encoding);
    g_free(source->raw);
    g_free(source->text);
    g_free(source);
}

const char *source_name(const struct source *source)
{
    return source->name;
}

gboolean source_is_json(const struct source *source)
{
    return source->is_json;
}

const char *source_encoding(const struct source *source)
{
    return source->encoding;
}

const char *source_rules_digest(const struct source *source)
{
    return source->rules_digest[0] ? source->rules_digest : NULL;
}

gint64 source_first_line(const struct source *source)
{
    return source->rules_digest[0] ? 0 : 1;
}

/*
 * The physical line that follows the text given so far and more text after it. The file is read
 * again up to there.
 */
static gint64 line_reached(const struct source *source, const char *more, gsize more_len)
{
    const char *option = g_str_has_prefix(source->encoding, "utf-8") ? NULL : source->encoding;
    g_autoptr(Source) again = source_open_chunked(source->path, option, source->chunk_len, NULL);
    struct line_counter counter = {0};
    const char *text;
    gsize len;

    while (again && again->given_len < source->given_len && source_read(again, &text, &len, NULL) &&
           len > 0)
        line_counter_add(&counter, text, len);
    line_counter_add(&counter, more, more_len);
    return line_counter_ends(&counter) + 1;
}

static gboolean fail_at_nul(const struct source *source, gint64 line, GError **error)
{
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "%s:%" G_GINT64_FORMAT ": holds a NUL, which no text does\n"
                "hint: UTF-16 without a byte order mark is read with --encoding utf-16le; "
                "anything else with NULs is damaged or no CSV",
                source->name, line);
    return FALSE;
}

/* Fails with what is wrong with the first byte that was not handed out. */
static gboolean fail_at_bad_byte(const struct source *source, GError **error)
{
    guchar byte = (guchar)source->raw[source->raw_at];
    gint64 line = line_reached(source, "", 0);

    if (byte == 0 && !source->converter)
        return fail_at_nul(source, line, error);
    g_set_error(
        error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
        "%s:%" G_GINT64_FORMAT ": the byte 0x%02X is not valid %s here\nhint: %s", source->name,
        line, byte, source->converter ? source->encoding : "UTF-8",
        source->has_mark    ? "the file's byte order mark names the encoding: the file is damaged"
        : source->converter ? "the file is in another encoding than --encoding states, or damaged"
                            : "name the file's encoding, for example --encoding windows-1252");
    return FALSE;
}

/* Moves what is left of raw to its front and reads the next chunk behind it. */
static gboolean fill_raw(struct source *source, GError **error)
{
    gsize left = source->raw_end - source->raw_at;

    g_assert(left <= CARRY_LEN);
    memmove(source->raw, source->raw + source->raw_at, left);
    source->raw_at = 0;
    source->raw_end = left;
    gssize got = read_fully(source->fd, source->raw + left, source->chunk_len, source->name, error);
    if (got < 0)
        return FALSE;
    source->at_end = got == 0;
    source->raw_end += (gsize)got;
    progress_add(got);
    return TRUE;
}

/*
 * TRUE when the bytes are the beginning of a character whose rest may follow. GLib takes a NUL
 * within a character for such an end as well.
 */
static gboolean is_cut_character(const char *bytes, gsize len)
{
    return len > 0 && !memchr(bytes, '\0', MIN(len, 6)) &&
           g_utf8_get_char_validated(bytes, (gssize)len) == (gunichar)-2;
}

#define ESCAPE_LEN 4 /* NUL, 'x' and two digits */

/* Good runs and escaped bytes by turns, from a bad byte on. */
static void read_escaped(struct source *source, const char **text, gsize *len)
{
    static const char digits[] = "0123456789ABCDEF";
    gsize capacity = source->chunk_len + CARRY_LEN, written = 0;

    if (!source->text)
        source->text = g_malloc(capacity);
    while (source->raw_at < source->raw_end && written + ESCAPE_LEN <= capacity) {
        const char *bytes = source->raw + source->raw_at;
        gsize left = MIN(source->raw_end - source->raw_at, capacity - written);
        gsize good = utf8_valid_len(bytes, left);

        if (good > 0) {
            memcpy(source->text + written, bytes, good);
            source->raw_at += good;
            written += good;
        } else if (is_cut_character(bytes, left) &&
                   (left < source->raw_end - source->raw_at || !source->at_end)) {
            break; /* its rest has no room here, or is not read yet */
        } else {
            const guchar byte = (guchar)*bytes;
            const char escape[ESCAPE_LEN] = {'\0', 'x', digits[byte >> 4], digits[byte & 15]};

            memcpy(source->text + written, escape, ESCAPE_LEN);
            source->raw_at++;
            written += ESCAPE_LEN;
        }
    }
    source->has_escaped = TRUE;
    *text = source->text;
    *len = written;
}

static gboolean read_utf8(struct source *source, const char **text, gsize *len, GError **error)
{
    *len = 0;
    while (*len == 0) {
        const char *bytes = source->raw + source->raw_at;
        gsize left = source->raw_end - source->raw_at;

        if (left > 0 && (source->at_end || !is_cut_character(bytes, left))) {
            *len = utf8_valid_len(bytes, left);
            if (*len == 0 && !source->escapes)
                return fail_at_bad_byte(source, error);
            *text = bytes;
            source->raw_at += *len;
            if (*len == 0)
                read_escaped(source, text, len);
        } else if (source->at_end) {
            break;
        } else if (!fill_raw(source, error)) {
            return FALSE;
        }
    }
    source->given_len += (gint64)*len;
    return TRUE;
}

/* Converts what it can of raw. FALSE with *starved when that takes more bytes than there are. */
static gboolean convert(struct source *source, gsize *written, gboolean *starved, GError **error)
{
    g_autoptr(GError) failure = NULL;
    gsize consumed = 0;
    GConverterResult result = g_converter_convert(
        source->converter, source->raw + source->raw_at, source->raw_end - source->raw_at,
        source->text, source->chunk_len + CARRY_LEN,
        source->at_end ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &consumed, written,
        &failure);

    *starved = FALSE;
    if (result == G_CONVERTER_ERROR) {
        *written = 0;
        *starved =
            !source->at_end && g_error_matches(failure, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
        return *starved ? FALSE : fail_at_bad_byte(source, error);
    }
    source->raw_at += consumed;
    return TRUE;
}

static gboolean read_converted(struct source *source, const char **text, gsize *len, GError **error)
{
    *len = 0;
    while (*len == 0 && !(source->at_end && source->raw_at == source->raw_end)) {
        gboolean starved = source->raw_at == source->raw_end;

        if (!starved && !convert(source, len, &starved, error) && !starved)
            return FALSE;
        if (starved && !fill_raw(source, error))
            return FALSE;
    }
    *text = source->text;
    gsize valid_len = utf8_valid_len(source->text, *len);
    if (valid_len < *len)
        return fail_at_nul(source, line_reached(source, source->text, valid_len), error);
    source->given_len += (gint64)*len;
    return TRUE;
}

gboolean source_read(struct source *source, const char **text, gsize *len, GError **error)
{
    return source->converter ? read_converted(source, text, len, error)
                             : read_utf8(source, text, len, error);
}

void source_escape_bad_bytes(struct source *source)
{
    source->escapes = !source->is_json;
}

gboolean source_has_escaped(const struct source *source)
{
    return source->has_escaped;
}

gboolean source_digest(const char *path, char hex[DIGEST_HEX_LEN + 1], GError **error)
{
    g_autofree char *name = display_name(path);
    int fd = open_file(path, name, error);
    if (fd < 0)
        return FALSE;

    g_autofree char *bytes = g_malloc(SOURCE_CHUNK_LEN);
    g_autoptr(Digest) digest = digest_new();
    gssize got;
    while ((got = read_fully(fd, bytes, SOURCE_CHUNK_LEN, name, error)) > 0)
        digest_update(digest, bytes, (gsize)got);
    close(fd);
    if (got == 0)
        digest_finish(digest, hex);
    return got == 0;
}
