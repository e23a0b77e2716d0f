/*
 * digest.h - SHA-256, by libcrypto.
 */
#pragma once
#include <glib.h>

#define DIGEST_HEX_LEN 64

struct digest; /* a running SHA-256 */

struct digest *digest_new(void);
void digest_update(struct digest *digest, const void *bytes, gsize len);
/* Adds a field: its length in bytes, ':' and the bytes, so that no two rows of other fields are the
 * same bytes. */
void digest_field(struct digest *digest, const char *text, gsize len);
/* Finishes: writes 64 lower-case hex digits and the NUL. The digest takes no more bytes. */
void digest_finish(struct digest *digest, char hex[DIGEST_HEX_LEN + 1]);
void digest_free(struct digest *digest);
typedef struct digest Digest; /* for g_autoptr(Digest) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Digest, digest_free)

/* The SHA-256 of one text. */
void digest_text(const char *text, gssize len, char hex[DIGEST_HEX_LEN + 1]);

/*
 * The id of a fact, made from what identifies it in the world: the prefix and twelve hex digits of
 * the SHA-256 of the parts, each followed by a unit separator. Parts end with NULL.
 */
char *digest_id(char prefix, const char *part, ...) G_GNUC_NULL_TERMINATED;
