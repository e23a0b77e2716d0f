# ledger.awk - docs/LEDGER.md from the comments of sql/schema and of the views.
#
# Reads schema files first, views after. A schema's sections are the comments under its rulers, a
# table is told by the comment above it, a column by the one behind it.

function prose(text) {
    gsub(/[*]/, "\\*", text)
    return text
}

function cell(text) {
    gsub(/[|]/, "\\|", text)
    return prose(text)
}

# Comment lines make paragraphs; an empty one ends a paragraph.
function add(list, text) {
    if (text == "")
        return list "\n\n"
    return list == "" || list ~ /\n$/ ? list text : list " " text
}

BEGIN {
    print "# The ledger"
    print ""
    print "Every table and column of a ledger, and every view over them. Made from the comments in `sql/` by"
    print "`tests/lint/ledger --accept`; change it there."
}

FNR == 1 {
    comment = ""
    in_table = in_head = 0
    folder = FILENAME
    sub(/\/[^\/]*$/, "", folder)
    is_schema = folder == "sql/schema"
    if (!is_schema && folder != last_folder) {
        title = folder
        sub(/.*\//, "", title)
        printf "\n## Views: %s\n\n| view | one row per | read by |\n| --- | --- | --- |\n", title
    }
    last_folder = folder
}

is_schema && /^-- -----/ {
    after_ruler = 1
    comment = ""
    next
}

is_schema && /^--/ {
    text = $0
    sub(/^-- ?/, "", text)
    comment = add(comment, text)
    next
}

is_schema && /^$/ {
    if (after_ruler && comment != "") {
        heading = comment
        rest = ""
        if (match(heading, /[.:] /)) {
            rest = substr(heading, RSTART + 2)
            heading = substr(heading, 1, RSTART - 1)
        }
        sub(/\.$/, "", heading)
        printf "\n## %s\n", heading
        if (rest != "")
            printf "\n%s\n", prose(rest)
        after_ruler = 0
    } else if (comment != "" && !told) {
        printf "\n%s\n", prose(comment)
    }
    told = 1
    comment = ""
    next
}

is_schema && /^create table / {
    printf "\n### %s\n", $3
    if (comment != "")
        printf "\n%s\n", prose(comment)
    print "\n| column | type | meaning |\n| --- | --- | --- |"
    comment = ""
    in_table = 1
    next
}

is_schema && /^\)/ {
    in_table = 0
    next
}

# A later migration's column: "alter table TABLE add column COLUMN TYPE;  -- meaning".
is_schema && /^alter table [^ ]+ add column / {
    if (altered != FILENAME " " $3) {
        printf "\n### %s, added\n", $3
        if (comment != "")
            printf "\n%s\n", prose(comment)
        print "\n| column | type | meaning |\n| --- | --- | --- |"
    }
    altered = FILENAME " " $3
    comment = meaning = ""
    text = $0
    at = index(text, ";  -- ")
    if (at) {
        meaning = substr(text, at + 6)
        text = substr(text, 1, at - 1)
    }
    sub(/^alter table [^ ]+ add column /, "", text)
    sub(/;$/, "", text)
    column = text
    sub(/ .*/, "", column)
    sub(/^[^ ]+ /, "", text)
    printf "| `%s` | %s | %s |\n", column, cell(text), cell(meaning)
    next
}

in_table {
    text = $0
    meaning = ""
    at = index(text, "  -- ")
    if (at) {
        meaning = substr(text, at + 5)
        text = substr(text, 1, at - 1)
    }
    sub(/^[ \t]+/, "", text)
    sub(/,$/, "", text)
    if (text ~ /^(primary key|unique|check|foreign key) ?\(/) {
        printf "| | | %s |\n", cell(text)
        next
    }
    column = text
    sub(/ .*/, "", column)
    sub(/^[^ ]+ /, "", text)
    printf "| `%s` | %s | %s |\n", column, cell(text), cell(meaning)
    next
}

!is_schema && FNR == 1 {
    name = FILENAME
    sub(/.*\//, "", name)
    sub(/\.sql$/, "", name)
    row = readers = ""
    in_row = 1
}

!is_schema && in_row {
    if ($0 == "--" || $0 !~ /^--/) {
        in_row = 0
    } else {
        text = $0
        sub(/^-- ?(One row per )?/, "", text)
        row = add(row, text)
    }
    next
}

!is_schema && /^-- read by / {
    readers = $0
    sub(/^-- read by +/, "", readers)
    printf "| `%s` | %s | %s |\n", name, cell(row), cell(readers)
}
