#!/bin/sh
# symbols.sh ROOT BUILD: what the libraries of a build export and keep. Every external symbol
# of og_<module> begins with og_, with the module's prefix, or with the first word of its file's
# name (zone_open in zone.c, kind_type_parse in kind_type.c); there is no variable that could
# change. tests/symbols.txt lists the exceptions.
. "$(dirname "$0")/common.sh"

for archive in "$2"/libog_*.a; do
    [ -f "$archive" ] || {
        echo "no library in $2: build first"
        exit 1
    }
    module=${archive##*/libog_}
    module=${module%.a}
    # The section tells a variable from a constant that holds addresses (.data.rel.ro).
    nm --format=sysv "$archive" | tr -d ' ' | awk -F'|' -v module="$module" -v table="$tables/symbols.txt" '
    BEGIN {
        while ((getline line < table) > 0) {
            count = split(line, word, " ")
            if (word[1] == "variable" && word[2] == module)
                variable[word[3]] = 1
            if (word[1] == "exports" && word[2] == module)
                for (i = 3; i <= count; i++)
                    prefix[++prefixes] = word[i]
        }
        prefix[++prefixes] = "og_"
        prefix[++prefixes] = module "_"
    }
    # Of a line "Symbolsfromarchive.a[object.o]:" the object.
    match($0, /\[[^]]*\]:$/) {
        object = substr($0, RSTART + 1, RLENGTH - 3) ": "
        word_end = match(object, /[._]/)
        prefix[0] = substr(object, 1, word_end - 1) "_"
    }
    NF != 7 { next }
    $3 ~ /[TDBRVW]/ {
        own = 0
        for (i = 0; i <= prefixes; i++)
            if (index($1, prefix[i]) == 1)
                own = 1
        if (!own)
            print object $1 ": name it " module "_... or make it static"
    }
    $7 ~ /^\.(data|bss|tdata|tbss)(\..*)?$/ && $7 !~ /^\.data\.rel\.ro/ && $3 ~ /[DdBbC]/ &&
        !($1 in variable) { print object $1 ": a variable; the library keeps no state" }
    '
done >"$findings"
report "$findings"
