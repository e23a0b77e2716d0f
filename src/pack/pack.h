/*
 * pack.h - the evidence pack: what it is made of.
 */
#pragma once
#include <glib.h>

/* The files that every pack has besides its manifest; NULL ends them. */
extern const char *const pack_required[];
