# The head of a probe, as lines of "fact TAB key TAB value": its file, title, verdict, needs, and the text line by line.
# POSIX awk; takes any number of probes.

FNR == 1 { fact = key = ""; ended = 0 }
FNR == 1 && /^#!/ { next }
ended { next }
!/^(\/\*|\/\/|#| \*)/ || /^ \*\// { ended = 1; next }
{ sub(/^(\/\*|\/\/|#| \*) ?/, "") }
fact == "" {
    fact = $1
    sub(/^[^ ]* /, "")
    put("file", FILENAME)
    put("title", $0)
    next
}
/^(verdict|text|needs) / { key = $1 }
/^ *$/ { next }
{ put(key, substr($0, 10)) }

function put(key, value) {
    printf "%s\t%s\t%s\n", fact, key, value
}
