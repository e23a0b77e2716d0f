# errors.awk - docs/ERRORS.md against the messages of messages.awk: both ways. Reads the messages
# first, the document after; codes of exceptions count as messages.

BEGIN {
    FS = "\t"
}

FNR == NR {
    where[$2] = $1
    next
}

{
    line = $0
    gsub(/\\[|]/, "|", line)
    document = document "\n" line
}

# The message of a row: the first cell, between backticks.
line ~ /^[|] `/ {
    entry = substr(line, 4)
    sub(/` [|].*/, "", entry)
    rows[entry] = FNR
}

END {
    for (text in where)
        if (!index(document, text)) {
            printf "%s: \"%s\" has no line in docs/ERRORS.md\n", where[text], text
            failed = 1
        }
    for (entry in rows) {
        found = 0
        for (text in where)
            if (index(entry, text)) {
                found = 1
                break
            }
        if (!found) {
            printf "docs/ERRORS.md:%d: \"%s\" is no message of the program\n", rows[entry], entry
            failed = 1
        }
    }
    exit failed
}
