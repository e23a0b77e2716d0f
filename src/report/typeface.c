/* typeface.c - a font map of our own configuration. */
#include "report/typeface.h"
#include "core/error.h"
#include <fontconfig/fontconfig.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(FcConfig, FcConfigDestroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FcPattern, FcPatternDestroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(cairo_font_options_t, cairo_font_options_destroy)

/* The fonts below a folder, and none of the rules by which users replace one with another. */
static FcConfig *configure(const char *folder)
{
    g_autoptr(FcConfig) config = FcConfigCreate();
    g_autofree char *text = g_markup_printf_escaped("<fontconfig><dir>%s</dir>"
                                                    "<cachedir>/var/cache/fontconfig</cachedir>"
                                                    "</fontconfig>",
                                                    folder);

    if (!config || !FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)text, FcTrue) ||
        !FcConfigBuildFonts(config))
        return NULL;
    return g_steal_pointer(&config);
}

static gboolean has_typeface(FcConfig *config)
{
    g_autoptr(FcPattern) wanted = FcPatternCreate();
    g_autoptr(FcPattern) found = NULL;
    FcResult result;
    FcChar8 *family;

    FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)TYPEFACE_NAME);
    found = FcFontMatch(config, wanted, &result);
    return found && FcPatternGetString(found, FC_FAMILY, 0, &family) == FcResultMatch &&
           strcmp((const char *)family, TYPEFACE_NAME) == 0;
}

/* What Pango and Cairo would else take from the screen and the environment. */
static void settle(PangoContext *context)
{
    g_autoptr(cairo_font_options_t) options = cairo_font_options_create();

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
}

PangoLayout *typeface_layout(const char *folder, GError **error)
{
    g_autoptr(FcConfig) config = configure(folder);
    g_autoptr(PangoFontMap) map = NULL;
    PangoContext *context;
    PangoLayout *layout;

    if (!config || !has_typeface(config)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
                    "the font " TYPEFACE_NAME
                    " is not below %s\nhint: install it (Debian: fonts-dejavu-core)",
                    folder);
        return NULL;
    }
    /* Pango asks this variable, else LANGUAGE, in which language it is to shape what is not
     * English: Chinese characters look otherwise in Japanese. */
    (void)g_setenv("PANGO_LANGUAGE", "en", TRUE);
    (void)FcConfigSetCurrent(config); /* what Pango reads */
    map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    context = pango_font_map_create_context(map);
    settle(context);
    layout = pango_layout_new(context);
    g_object_unref(context);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    return layout;
}

#ifdef __SANITIZE_ADDRESS__
/* Fontconfig refers to its memory by offsets, in which the leak checker sees no reference. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
#endif
