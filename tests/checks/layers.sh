#!/bin/sh
# layers.sh ROOT: a module includes only headers of modules that tests/layers.txt lists for it.
. "$(dirname "$0")/common.sh"

code lib cmd include | awk -v table="$tables/layers.txt" '
BEGIN {
    while ((getline line < table) > 0) {
        if (line ~ /^#/ || line !~ /:/)
            continue
        split(line, half, ":")
        known[half[1]] = 1
        allowed[half[1], half[1]] = 1
        count = split(half[2], names, " ")
        for (i = 1; i <= count; i++)
            allowed[half[1], names[i]] = 1
    }
}
!/^[^:]*:[0-9]+:[ \t]*#[ \t]*include[ \t]*"/ { next }
{
    split($0, part, ":")
    split(part[1], path, "/")
    module = path[1] == "cmd" ? "cmd" : path[2]
    match($0, /"[^"]*"/)
    header = substr($0, RSTART + 1, RLENGTH - 2)
    where = part[1] ":" part[2] ": "
    if (!(module in known)) {
        print where "module \047" module "\047 is not in tests/layers.txt"
        next
    }
    slash = index(header, "/")
    if (!slash || header ~ /\.\./) {
        if (module != "cmd" || header ~ /\.\./)
            print where "\"" header "\": write it as \"module/file.h\""
        next
    }
    target = substr(header, 1, slash - 1)
    if (!((module, target) in allowed))
        print where module " may not use " target " (\"" header "\"); see tests/layers.txt"
}' >"$findings"
report "$findings"
