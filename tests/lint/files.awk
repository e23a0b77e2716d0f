# files.awk - the rules of tests/lint/files.

FNR == 1 {
    tell()
    file = FILENAME
}

/^[a-z]/ && !/;$/ {
    name_line = FNR
}

/^[{]/ {
    start = name_line
}

/^[}]/ && start {
    if (FNR - start + 1 > 70) {
        printf "%s:%d: a function of %d lines; at most 70\n", FILENAME, start, FNR - start + 1
        failed = 1
    }
    start = 0
}

{
    lines = FNR
}

function tell() {
    if (lines > 600) {
        printf "%s: %d lines; at most 600\n", file, lines
        failed = 1
    }
    lines = 0
}

END {
    tell()
    exit failed
}
