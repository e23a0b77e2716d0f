# messages.awk - every message of a failure in C, over the tokens of tokens.awk: FILE:LINE, tab, text.
#
# A message is a string of at least two words inside a call that reports one (g_set_error, problem,
# fail, …), in the body of a function named for it (stray_problem), or assigned to a variable `why` of
# import; the rooms after import name their reasons likewise, and those are no failures. record.c
# returns its problems as strings, so all of its count. Only a message's first line counts, the second
# is a hint; what printf fills in is "…".

function normal(text) {
    sub(/\\n.*/, "", text)
    gsub(/\\"/, "\"", text)
    gsub(/\\\\/, "\\", text)
    gsub(/%%/, "\001", text)
    gsub(/%[-+ #0]*([0-9]+|\*)?(\.([0-9]+|\*))?(hh|h|ll|l|z|j)?[a-zA-Z]/, "…", text)
    gsub(/\001/, "%", text)
    gsub(/(…)+/, "…", text)
    sub(/^[ ,;:]+/, "", text)
    sub(/[ :]+$/, "", text)
    return text
}

BEGIN {
    FS = "\t"
    reporter = "^(g_set_error|g_set_error_literal|g_error_new|g_error_new_literal|g_prefix_error|" \
               "g_propagate_prefixed_error|terminal_error)$"
    named = "(^|_)(fail|problem|refuse|refusal|complain|set_error|error_new)(_|$)"
}

$1 != file {
    file = $1
    depth = braces = call_depth = body = assigned = 0
    returned = file == "src/import/record.c"
    previous = ""
}

$3 == "mark" && $4 == "(" {
    depth++
    if (!call_depth && (previous ~ reporter || previous ~ named))
        call_depth = depth
    if (braces == 0 && depth == 1)
        defined = previous
}

$3 == "mark" && $4 == ")" {
    if (depth == call_depth)
        call_depth = 0
    depth--
}

$3 == "mark" && $4 == "{" {
    braces++
    if (braces == 1)
        body = defined ~ named && file !~ /^src\/(match|credit|runaway)\//
}

$3 == "mark" && $4 == "}" {
    braces--
    if (braces == 0) {
        body = 0
        defined = ""
    }
}

$3 == "mark" && $4 == "=" && previous ~ /^(why|known)$/ && file ~ /^src\/import\// {
    assigned = 1
}

$3 == "mark" && $4 == ";" {
    assigned = 0
}

$3 == "string" && (call_depth || body || assigned || returned) {
    text = normal($4)
    if (text ~ /[a-z…"][ ][a-z…"]/ && text ~ /[a-z][a-z]/ && !((file, text) in told)) {
        told[file, text] = 1
        printf "%s:%d\t%s\n", $1, $2, text
    }
}

{
    previous = $3 == "word" ? $4 : ""
}
