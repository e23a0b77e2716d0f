/*
 * typeface.h - the one typeface of pages and charts: DejaVu Sans, whatever the machine prefers.
 *
 * Fontconfig reads no configuration but ours, Pango no language but English, and nothing is hinted
 * or rounded to pixels: the same text has the same glyphs and widths under any user, LANG and
 * screen. Characters that DejaVu lacks come from another font below the folder, and stand as boxes
 * with their number where none has them.
 */
#pragma once
#include <glib.h>
#include <pango/pangocairo.h>

#define TYPEFACE_NAME   "DejaVu Sans"
#define TYPEFACE_FOLDER "/usr/share/fonts"

/*
 * A layout for texts of one paragraph, whose sizes are in points. TRUEUP_ERROR_SYSTEM when the
 * folder, which is TYPEFACE_FOLDER but in tests, lacks DejaVu Sans. Free with g_object_unref().
 */
PangoLayout *typeface_layout(const char *folder, GError **error);
