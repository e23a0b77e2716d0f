/*
 * account_map.h - rules/accounts.ini: what each format calls the accounts, and which usage account
 * a project's class belongs to.
 */
#pragma once
#include "books/entry.h"

struct account_map;

/*
 * Reads the group of one format. is_plain_text: account names are those of hledger and beancount,
 * parts joined by colons. TRUEUP_ERROR_INPUT names group and key: unknown, missing, not a name.
 */
struct account_map *account_map_read(const char *format, gboolean is_plain_text, GError **error);
void account_map_free(struct account_map *map);
typedef struct account_map AccountMap; /* for g_autoptr(AccountMap) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AccountMap, account_map_free)

/* The account of a posting, {organization}, {name} and {card} filled in. Free it. */
char *account_map_name(const struct account_map *map, enum role role, const char *organization_id,
                       const char *organization_name, const char *card);
/* Another key of the format's group, likewise filled in; "" when it is empty. Free it. */
char *account_map_setting(const struct account_map *map, const char *key,
                          const struct entry *entry);
/* ROLE_PRODUCTION or ROLE_RESEARCH; a class_role. */
enum role account_map_class(const void *map, const char *class);
