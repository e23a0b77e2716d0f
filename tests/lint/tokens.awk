# tokens.awk - C as tokens, for the lints: FILE, LINE, KIND and TEXT between tabs, a token a line.
#
# KIND is include (TEXT as written, with its quotes or angles), word, string (without its quotes;
# strings in a row are one, over a macro like G_GINT64_FORMAT too), or mark. Comments, character
# constants and other directives are left out.
# Run with LC_ALL=C, so that a character is a byte.

function emit(kind, text) {
    if (kind == "string" && last_kind == "string") {
        last_text = last_text text
        return
    }
    flush()
    last_kind = kind
    last_text = text
    last_file = FILENAME
    last_line = FNR
}

function flush() {
    if (last_kind != "")
        printf "%s\t%d\t%s\t%s\n", last_file, last_line, last_kind, last_text
    last_kind = ""
}

# The macros that stand between two strings are the end of a printf directive.
function word(text) {
    if (last_kind == "string" && text ~ /^(G_G[A-Z0-9]+_FORMAT|PRI[a-zA-Z0-9]+)$/)
        last_text = last_text "d"
    else
        emit("word", text)
}

# The length of the constant at the start of text, both quotes included.
function quoted_length(text, quote,    i, c) {
    for (i = 2; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\\")
            i++
        else if (c == quote)
            return i
    }
    return length(text)
}

FNR == 1 {
    in_comment = 0
    in_directive = 0
}

in_directive {
    in_directive = /\\$/
    next
}

!in_comment && /^[ \t]*#/ {
    if ($0 ~ /^[ \t]*#[ \t]*include/) {
        sub(/^[ \t]*#[ \t]*include[ \t]*/, "")
        match($0, /^("[^"]*"|<[^>]*>)/)
        emit("include", substr($0, 1, RLENGTH))
    }
    in_directive = /\\$/
    next
}

{
    rest = $0
    while (rest != "") {
        if (in_comment) {
            end = index(rest, "*/")
            if (!end)
                break
            in_comment = 0
            rest = substr(rest, end + 2)
        } else if (match(rest, /^[ \t]+/)) {
            rest = substr(rest, RLENGTH + 1)
        } else if (substr(rest, 1, 2) == "//") {
            break
        } else if (substr(rest, 1, 2) == "/*") {
            in_comment = 1
            rest = substr(rest, 3)
        } else if (substr(rest, 1, 1) == "\"") {
            size = quoted_length(rest, "\"")
            emit("string", substr(rest, 2, size - 2))
            rest = substr(rest, size + 1)
        } else if (substr(rest, 1, 1) == "'") {
            rest = substr(rest, quoted_length(rest, "'") + 1)
        } else if (match(rest, /^[A-Za-z_0-9]+/)) {
            word(substr(rest, 1, RLENGTH))
            rest = substr(rest, RLENGTH + 1)
        } else {
            emit("mark", substr(rest, 1, 1))
            rest = substr(rest, 2)
        }
    }
}

END {
    flush()
}
