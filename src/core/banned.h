/*
 * banned.h - functions that are compile errors here, and what to use instead.
 *
 * Included into every translation unit by the build.
 */
#pragma once
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Numbers: core/money.h and core/instant.h parse exactly and report errors; these do neither. */
#pragma GCC poison atoi atol atoll atof strtod strtof strtold
/* Text: lengths are not optional. g_strdup_printf, g_strsplit. */
#pragma GCC poison sprintf vsprintf strcpy strcat strtok strtok_r
/* Time: the machine's zone and locale must not reach a result. core/instant.h. */
#pragma GCC poison mktime localtime localtime_r setlocale
