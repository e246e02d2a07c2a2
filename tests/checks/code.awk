# Prints C sources as "file:line:code": comments gone, string and character literals emptied,
# so that a search finds code only. #include lines stay as they are.
FNR == 1 { in_comment = 0 }
{
    rest = $0
    code = ""
    if (!in_comment && rest ~ /^[ \t]*#[ \t]*include/) {
        print FILENAME ":" FNR ":" rest
        next
    }
    while (rest != "") {
        if (in_comment) {
            end = index(rest, "*/")
            if (!end)
                break
            rest = substr(rest, end + 2)
            in_comment = 0
            continue
        }
        if (!match(rest, /\/\*|\/\/|"|'/)) {
            code = code rest
            break
        }
        code = code substr(rest, 1, RSTART - 1)
        mark = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        if (mark == "//")
            break
        if (mark == "/*") {
            in_comment = 1
            code = code " "
            continue
        }
        quoted = mark == "\"" ? match(rest, /^([^"\\]|\\.)*"/) : match(rest, /^([^'\\]|\\.)*'/)
        rest = quoted ? substr(rest, RLENGTH + 1) : ""
        code = code mark mark
    }
    if (code ~ /[^ \t]/)
        print FILENAME ":" FNR ":" code
}
