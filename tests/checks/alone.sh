#!/bin/sh
# alone.sh ROOT [COMPILER]: every header compiles by itself as strict C17.
. "$(dirname "$0")/common.sh"
compiler=${2:-cc}

for header in $(sources include lib | grep '\.h$'); do
    printf '#include "%s"\nextern int not_empty;\n' "$header" |
        "$compiler" -std=c17 -pedantic -Wall -Wextra -Werror -fsyntax-only \
            -D_POSIX_C_SOURCE=200809L -Ilib -Iinclude -I. -x c - 2>>"$findings" ||
        echo "$header: does not compile alone" >>"$findings"
done
report "$findings"
