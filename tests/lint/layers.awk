# layers.awk - the rules of tests/lint/layers, over the tokens of tokens.awk.

function bad(why) {
    printf "%s:%d: %s\n", $1, $2, why
    failed = 1
}

function room_of(path,    parts) {
    split(path, parts, "/")
    return parts[1]
}

function check_own(path,    from, to) {
    from = room_of(substr($1, 5))
    to = room_of(path)
    if (path == "renderers.inc") {
        if ($1 != "src/report/renderer.c")
            bad("only report/renderer.c includes renderers.inc")
    } else if (to !~ /^(cli|import|match|decide|credit|wallet|rate|runaway|close|doctor|books|report|pack|core)$/ || path !~ /\//)
        bad("includes \"" path "\", which is not room/file.h")
    else if (from == "core" && to != "core")
        bad("core includes " path ", which stands above it")
    else if (from == "pack" && to == "report")
        return
    else if (from != to && from != "cli" && to != "core")
        bad("the room " from " includes " path ": the rooms meet in the database")
}

BEGIN {
    FS = "\t"
    doors["sqlite3.h"] = "^src/core/(db|statement|rowsource)[.]c$"
    doors["csv.h"] = "^src/import/record[a-z_]*[.]c$"
    doors["pcre2.h"] = "^src/core/pattern[.]c$"
    doors["yajl/yajl_parse.h"] = "^src/import/record_json[.]c$"
    doors["zlib.h"] = "^src/pack/archive_format[.]c$"
    doors["fontconfig/fontconfig.h"] = "^src/report/typeface[.]c$"
    doors["pango/pangocairo.h"] = "^(src/report/typeface[.]h|tests/receipts/make[.]c)$"
    doors["cairo-pdf.h"] = "^(src/report/pdf_page[.]c|tests/receipts/make[.]c)$"
    doors["xlsxwriter.h"] = "^src/report/xlsx_book[.]c$"
    doors["cairo-svg.h"] = "^src/report/chart_svg[.]c$"
    doors["cmocka.h"] = "^tests/test[.]h$"
    prints = "^(v?f?printf|v?dprintf|puts|fputs|putchar|putc|fputc|fwrite|perror|stdout|stderr|" \
             "g_print|g_printerr|g_message|g_debug|g_info)$"
}

$3 == "include" {
    path = substr($4, 2, length($4) - 2)
    if (path in doors && $1 !~ doors[path])
        bad("includes <" path ">, which only " doors[path] " may")
    if ($1 ~ /^src\// && $4 ~ /^"/)
        check_own(path)
}

$3 == "word" && $1 ~ /^src\// {
    if ($4 ~ prints && $1 != "src/cli/terminal.c")
        bad($4 ": only cli/terminal.c prints")
    # A forked child that could not be confined must not become another program.
    if ($4 ~ /^(exit|_exit|_Exit|quick_exit)$/ && $1 !~ /^src\/(cli\/main|import\/pdf_sandbox)[.]c$/)
        bad($4 ": only cli/main.c exits")
    if ($4 ~ /^(double|float|gdouble|gfloat)$/ && $1 !~ /^src\/report\/(render_|pdf_|chart_|typeface|xlsx_book[.]c)/)
        bad($4 ": money is never a floating-point number")
}

END {
    exit failed
}
