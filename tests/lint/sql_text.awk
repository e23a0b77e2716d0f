# sql_text.awk - SQL text in C, over the tokens of tokens.awk. The one exception declares a virtual
# table's columns, which is C's side of the interface and no statement.

BEGIN {
    FS = "\t"
}

$3 == "string" {
    text = tolower($4)
    gsub(/\\n|[ \t]+/, " ", text)
    if (text ~ /(^|[^a-z])(select .* from |insert (or [a-z]+ )?into |delete from |update [a-z_]+ set |with [a-z_]+ as \()/ ||
        text ~ /(^|[^a-z])(create|drop|alter) (temp |temporary |virtual |unique )?(table|view|index|trigger) / &&
        $1 != "src/core/rowsource.c") {
        printf "%s:%d: SQL in a .c file: it belongs in sql/statement\n", $1, $2
        failed = 1
    }
}

END {
    exit failed
}
