# cards.awk - turns the columns of a statement's table: the first one becomes the last.
#
# The header is the first record that holds all of match_names ("A | B (*)", as a format states them),
# under whichever delimiter. Records before it, after a cell that stop_at names, and those with another
# number of fields stay as they are; with short_rows they are filled up first.

BEGIN {
    RS = "\001"
    name_count = split(tolower(match_names), names, / *\| */)
    stop_count = stop_at == "" ? 0 : split(stop_at, stops, / *\| */)
}

# A cell as names are compared: without quotes, BOM and blanks around it.
function plain(cell) {
    sub(/^\357\273\277/, "", cell)
    gsub(/^[ \t"]+|[ \t"]+$/, "", cell)
    return tolower(cell)
}

function has_name(name,    i, stem, cell) {
    stem = name
    sub(/ \(\*\)$/, "", stem)
    for (i = 1; i <= field_count; i++) {
        cell = plain(fields[i])
        if (cell == name || (stem != name && substr(cell, 1, length(stem)) == stem))
            return 1
    }
    return 0
}

function is_header(    i) {
    for (i = 1; i <= name_count; i++)
        if (!has_name(names[i]))
            return 0
    return 1
}

function is_stop(    i, cell) {
    cell = fields[1]
    gsub(/^[ \t"]+/, "", cell)
    for (i = 1; i <= stop_count; i++)
        if (substr(cell, 1, length(stops[i])) == stops[i])
            return 1
    return 0
}

# Reads the record at `at` into fields, raw, and its line end; moves `at`. A quote opens only where a
# field starts, and ends before a delimiter.
function take_record(    c, start, quoted, length_of_end) {
    field_count = 0
    start = at
    quoted = 0
    for (;;) {
        c = substr(text, at, 1)
        if (quoted) {
            if (c == "")
                break
            if (c == "\"" && substr(text, at + 1, 1) == "\"")
                at++
            else if (c == "\"")
                quoted = 0
            at++
            continue
        }
        if (c == "\"" && (at == start || substr(text, start, at - start) ~ /^(\357\273\277)?[ \t]*$/)) {
            quoted = 1
            at++
        } else if (c == delimiter || c == "\n" || c == "\r" || c == "") {
            fields[++field_count] = substr(text, start, at - start)
            if (c != delimiter)
                break
            start = ++at
        } else {
            at++
        }
    }
    match(substr(text, at), /^(\r*\n|\r)?/)
    length_of_end = RLENGTH > 0 ? RLENGTH : 0
    end = substr(text, at, length_of_end)
    at += length_of_end
}

# Whether something stands behind the header's last column.
function has_more(    i) {
    for (i = width + 1; i <= field_count; i++)
        if (fields[i] != "")
            return 1
    return 0
}

function print_turned(    i, first, bom) {
    if (short_rows == "yes")
        while (field_count < width)
            fields[++field_count] = ""
    if (is_stop())
        stopped = 1
    if (stopped || field_count < width || has_more()) {
        for (i = 1; i <= field_count; i++)
            printf "%s%s", (i > 1 ? delimiter : ""), fields[i]
        printf "%s", end
        return
    }
    first = fields[1]
    bom = sub(/^\357\273\277/, "", first)
    if (bom)
        printf "\357\273\277"
    for (i = 2; i <= width; i++)
        printf "%s%s", fields[i], delimiter
    printf "%s", first
    for (i = width; i < field_count; i++)
        printf "%s", delimiter
    printf "%s", end
}

{
    text = $0
    for (d = 1; d <= 4; d++) {
        delimiter = substr(",;\t|", d, 1)
        at = 1
        for (found = 0; at <= length(text) && !found; ) {
            before = at
            take_record()
            found = is_header()
        }
        if (found)
            break
    }
    if (!found)
        exit 1
    width = field_count
    while (fields[width] == "" || fields[width] == "\"\"")
        width--
    printf "%s", substr(text, 1, before - 1)
    at = before
    while (at <= length(text)) {
        take_record()
        print_turned()
    }
}
