/*
 * pattern.h - patterns searched in text that is not ours: the one door to PCRE2.
 *
 * A pattern is PCRE2 without regard to case, and may be a user's own. Every search runs under
 * limits on steps, depth and heap, and says when it met one: then nothing is known about the text.
 * The just-in-time compiler heeds only some of these limits, so it is not used.
 */
#pragma once
#include <glib.h>

struct pattern;

/* A pattern that does not compile fails with TRUEUP_ERROR_INPUT, saying where. */
struct pattern *pattern_new(const char *text, GError **error);
void pattern_free(struct pattern *pattern);
typedef struct pattern Pattern; /* for g_autoptr(Pattern) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pattern, pattern_free)

/* How many groups it captures. */
guint pattern_group_count(const struct pattern *pattern);

/* Where a pattern was found, in bytes: the whole, and its first two groups (-1 when one took no
 * part). */
struct pattern_find {
    gssize from[3], until[3];
};

enum pattern_status { PATTERN_FOUND, PATTERN_NOT_FOUND, PATTERN_UNDECIDED };

/* The first place at or behind `start` where the pattern is found. Text is UTF-8; find may be NULL.
 */
enum pattern_status pattern_search(struct pattern *pattern, const char *text, gsize len,
                                   gsize start, struct pattern_find *find);
