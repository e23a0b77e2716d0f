/*
 * ini.h - a look at the text of an .ini file before GKeyFile reads it.
 *
 * GKeyFile merges groups of one name and keeps the last of a repeated key. In a file that decides
 * how money is read or what is signed neither may pass: both are refused here, by line.
 */
#pragma once
#include <glib.h>

struct ini_line {
    int number; /* from 1 */
    char *group;
    char *key; /* NULL: the line opens the group */
};

/*
 * The lines that are no comments and not blank: struct ini_line, in order; free the array.
 * TRUEUP_ERROR_INPUT with path and line on a line that is none of an .ini file, on a group or key
 * that was given already, and on text that is not UTF-8.
 */
GPtrArray *ini_scan(const char *path, const char *text, gsize len, GError **error);

/* The number of the line that has the key, or (NULL) opens the group; 0 for none. */
int ini_line(const GPtrArray *lines, const char *group, const char *key);
