# sql_view.awk - the shape of views, reports and checks: a file creates the view of its name, says
# what one row is, and keeps to SQL that other engines have too.

function bad(line, why) {
    printf "%s:%d: %s\n", file, line, why
    failed = 1
}

# The statement without comments and without what stands in quotes.
function bare(text) {
    gsub(/'[^']*'/, "''", text)
    sub(/--.*/, "", text)
    return text
}

function finish() {
    if (file == "")
        return
    if (is_view && !created)
        bad(1, "creates no view \"" name "\"")
    if (is_view && (!has_grain || !has_reads || !has_readers))
        bad(1, "its head comment lacks grain, reads or read by")
    if (folder == "reports" && !ordered)
        bad(1, "does not end in a total order by")
}

FNR == 1 {
    finish()
    file = FILENAME
    parts = split(FILENAME, path, "/")
    folder = path[parts - 1]
    name = path[parts]
    sub(/\.sql$/, "", name)
    is_view = folder ~ /^(staging|intermediate|mart)$/
    created = ordered = has_grain = has_reads = has_readers = 0
    if (is_view && $0 !~ /^-- One row per /)
        bad(1, "does not begin with \"-- One row per …\"")
    if (folder == "staging" && name !~ /^stg_/ || folder == "intermediate" && name !~ /^int_/ ||
        folder == "mart" && name !~ /^(fct|dim)_/)
        bad(1, "a view of " folder " has another prefix")
}

/^-- grain / { has_grain = 1 }
/^-- reads / { has_reads = 1 }
/^-- read by / { has_readers = 1 }

{
    text = bare($0)
    if (text ~ /^create view /) {
        if (!is_view || text != "create view " name " as" || created)
            bad(FNR, "must create the view \"" name "\" and nothing else")
        created = 1
    } else if (text ~ /(^|[^a-z_])(create|drop|insert|update|delete|pragma)[ \t]/)
        bad(FNR, "changes something: only a select may stand here")
    if (text ~ /(^|[^A-Za-z_])(SELECT|FROM|WHERE|JOIN|WITH|GROUP BY|ORDER BY|CASE|WHEN)([^A-Za-z_]|$)/)
        bad(FNR, "keywords are lower case")
    if (match(text, /(^|[^a-z_])(strftime|julianday|unixepoch|printf|iif|ifnull|datetime|glob|total|instr|json[a-z_]*) *\(/) ||
        match(text, /(^|[^a-z_])(glob|regexp|json_[a-z]+|->>?|rowid|indexed by)([^a-z_]|$)/))
        bad(FNR, "\"" substr(text, RSTART, RLENGTH) "\" is not in every engine's SQL")
    if (text ~ /^order by/)
        ordered = 1
}

END {
    finish()
    exit failed
}
