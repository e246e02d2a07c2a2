#!/bin/sh
# transcripts.sh PAGE: what a page shows of commands is what they say.
#
# A fenced block that begins with "$ opsgate …" is run in the example register; what follows it must
# be what comes out, on either stream. A line "..." stands for any lines.
#
# Called with OPSGATE (the program) and EXAMPLE_REGISTER (a register to copy).
set -eu
page=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -R "$EXAMPLE_REGISTER" "$scratch/register"
mkdir "$scratch/bin" "$scratch/blocks"
ln -s "$OPSGATE" "$scratch/bin/opsgate"

# One file a block: the command, then what is expected.
awk -v dir="$scratch/blocks" '
/^```/ { inside = !inside; fresh = inside; close(name); next }
inside && fresh { wanted = /^\$ opsgate /; fresh = 0; if (wanted) name = sprintf("%s/%02d", dir, ++n) }
inside && wanted { print > name }
' "$page"

count=0 failed=0
for block in "$scratch"/blocks/*; do
    [ -f "$block" ] || break
    count=$((count + 1))
    line=$(sed -n '1s/^\$ //p' "$block")
    sed 1d "$block" >"$scratch/expected"
    (cd "$scratch/register" && env -i PATH="$scratch/bin:$PATH" HOME="$scratch" TZ=UTC \
        LC_ALL=C.UTF-8 COLUMNS=80 GIT_CONFIG_NOSYSTEM=1 sh -c "$line" </dev/null) \
        >"$scratch/actual" 2>&1 || :
    awk -v expected="$scratch/expected" '
    BEGIN { while ((getline text < expected) > 0) want[++n] = text; i = 1 }
    i <= n && want[i] == "..." { any = 1; i++ }
    i <= n && want[i] == $0 { any = 0; i++; next }
    any { next }
    { print "line " NR " is not shown: " $0; bad = 1; exit 1 }
    END {
        if (i <= n && want[i] == "...") i++
        if (!bad && i <= n) { print "not there: " want[i]; exit 1 }
    }
    ' "$scratch/actual" >"$scratch/why" || {
        failed=$((failed + 1))
        echo "$page: $line"
        cat "$scratch/why"
    }
done
echo "$count commands shown, $failed otherwise"
[ "$count" -gt 0 ] && [ "$failed" -eq 0 ]
