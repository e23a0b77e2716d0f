# exceptions.awk - docs/EXCEPTIONS.md against the codes of core/exception.c. Reads CODE, tab, SEVERITY
# a line up to the line "document", and the document after it.

function bad(why) {
    print "docs/EXCEPTIONS.md: " why
    failed = 1
}

function section_end() {
    if (section != "" && parts != "Means Usually Do ")
        bad(section " does not say what it means, what usually causes it and what to do, in this order")
    section = parts = ""
}

!in_document && $0 == "document" {
    in_document = 1
    next
}

!in_document {
    split($0, pair, "\t")
    severity[pair[1]] = pair[2]
    next
}

/^#/ {
    section_end()
}

/^### / {
    section = $2
    if (!(section in severity))
        bad("there is no exception " section)
    else if ($3 != "(" severity[section] ")")
        bad(section " is of severity " severity[section])
    if (section in told)
        bad(section " has two sections")
    told[section] = 1
}

/^[*] (Means|Usually|Do): / && section != "" {
    parts = parts substr($2, 1, length($2) - 1) " "
}

END {
    section_end()
    for (code in severity)
        if (!(code in told))
            bad(code " has no section")
    exit failed
}
