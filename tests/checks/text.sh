#!/bin/sh
# text.sh ROOT: what the formatter does not see: long lines, tabs, trailing space, a missing
# final newline, notes to oneself, a C file that does not open with what it is for.
. "$(dirname "$0")/common.sh"

sources lib cmd include tests tools bench | xargs -r awk '
function at(text) { print FILENAME ":" FNR ": " text }
FNR == 1 && !/^\/\*/ { at("open the file with a comment that says what it is for") }
{
    columns = $0
    gsub(/[\200-\277]/, "", columns)
}
length(columns) > 90 { at("longer than 90 columns") }
/\t/ { at("a tab; indent with spaces") }
/[ \t]$/ { at("space at the end of the line") }
/(^|[^A-Za-z_])(TODO|FIXME|XXX)([^A-Za-z_]|$)/ { at("a note to oneself; do it or open an issue") }
' >"$findings"
for file in $(sources lib cmd include tests tools bench); do
    [ -z "$(tail -c1 "$file")" ] || echo "$file: no newline at the end" >>"$findings"
done
report "$findings"
