/*
 * digest.c - SHA-256 through OpenSSL's EVP, which uses the CPU's instructions.
 */
#include "core/digest.h"

#include <openssl/evp.h>
#include <stdarg.h>

#define ID_HEX_LEN 12

struct digest {
    EVP_MD_CTX *context;
    gboolean finished;
};

/* Found once: EVP_sha256() is looked for among the providers whenever a digest begins. */
static gpointer algorithm_fetch(gpointer unused)
{
    (void)unused;
    return EVP_MD_fetch(NULL, "SHA256", NULL);
}

struct digest *digest_new(void)
{
    static GOnce algorithm = G_ONCE_INIT;
    struct digest *digest = g_new0(struct digest, 1);
    const EVP_MD *sha256 = g_once(&algorithm, algorithm_fetch, NULL);

    /* These fail only when memory is short or libcrypto is broken: both end the program. */
    digest->context = EVP_MD_CTX_new();
    g_assert(sha256 && digest->context && EVP_DigestInit_ex2(digest->context, sha256, NULL) == 1);
    return digest;
}

void digest_update(struct digest *digest, const void *bytes, gsize len)
{
    g_assert(!digest->finished);
    if (len > 0)
        g_assert(EVP_DigestUpdate(digest->context, bytes, len) == 1);
}

void digest_field(struct digest *digest, const char *text, gsize len)
{
    g_autofree char *length = g_strdup_printf("%" G_GSIZE_FORMAT ":", len);

    digest_update(digest, length, strlen(length));
    digest_update(digest, text, len);
}

void digest_finish(struct digest *digest, char hex[DIGEST_HEX_LEN + 1])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[DIGEST_HEX_LEN / 2];
    unsigned len = 0;

    g_assert(!digest->finished);
    g_assert(EVP_DigestFinal_ex(digest->context, bytes, &len) == 1 && len == sizeof bytes);
    digest->finished = TRUE;
    for (unsigned i = 0; i < len; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[DIGEST_HEX_LEN] = '\0';
}

void digest_free(struct digest *digest)
{
    if (!digest)
        return;
    EVP_MD_CTX_free(digest->context);
    g_free(digest);
}

void digest_text(const char *text, gssize len, char hex[DIGEST_HEX_LEN + 1])
{
    g_autoptr(Digest) digest = digest_new();

    digest_update(digest, text, len < 0 ? strlen(text) : (gsize)len);
    digest_finish(digest, hex);
}

char *digest_id(char prefix, const char *part, ...)
{
    g_autoptr(Digest) digest = digest_new();
    char hex[DIGEST_HEX_LEN + 1];
    va_list parts;

    va_start(parts, part);
    for (; part; part = va_arg(parts, const char *)) {
        digest_update(digest, part, strlen(part));
        digest_update(digest, "\x1f", 1); /* unit separator: "ab","c" is not "a","bc" */
    }
    va_end(parts);
    digest_finish(digest, hex);
    return g_strdup_printf("%c%.*s", prefix, ID_HEX_LEN, hex);
}
