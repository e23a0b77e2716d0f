/*
 * fuzz_format.c - any text as a format's .ini: it is refused with a sentence that names the file,
 * or taken, and then it can read a header made of its own names.
 */
#include "fuzz.h"
#include "import/format_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char path[] = "formats/fuzz.ini";
    g_autoptr(GError) error = NULL;
    struct format *format = format_parse(path, (const char *)data, size, &error);

    if (!format) {
        fuzz_demand(error && g_str_has_prefix(error->message, path));
        fuzz_demand(g_utf8_validate(error->message, -1, NULL));
        return 0;
    }
    fuzz_demand(error == NULL);
    fuzz_demand(strcmp(format_name(format), "fuzz") == 0);
    fuzz_demand(format_title(format) && strlen(format_digest(format)) == DIGEST_HEX_LEN);
    format_free(format);
    return 0;
}
