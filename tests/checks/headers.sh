#!/bin/sh
# headers.sh ROOT: a header written <so> is included only where tests/headers.txt allows it.
. "$(dirname "$0")/common.sh"

code lib cmd include tests bench tools | awk -v table="$tables/headers.txt" '
function fits(name, pattern)
{
    return pattern == "*" || name == pattern ||
        (pattern ~ /\/$/ && index(name, pattern) == 1)
}
BEGIN {
    while ((getline line < table) > 0) {
        if (line ~ /^#/ || split(line, field, " ") < 2)
            continue
        headers[++rows] = field[1]
        owners[rows] = field[2]
    }
}
!/^[^:]*:[0-9]+:[ \t]*#[ \t]*include[ \t]*</ { next }
{
    split($0, part, ":")
    match($0, /<[^>]*>/)
    header = substr($0, RSTART + 1, RLENGTH - 2)
    owner = ""
    for (i = 1; i <= rows; i++) {
        if (!fits(header, headers[i]))
            continue
        owner = owner (owner == "" ? "" : " or ") owners[i]
        if (fits(part[1], owners[i]))
            next
    }
    if (owner == "")
        print part[1] ":" part[2] ": <" header "> is not in tests/headers.txt"
    else
        print part[1] ":" part[2] ": <" header "> belongs to " owner
}' >"$findings"
report "$findings"
