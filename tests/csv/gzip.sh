#!/bin/sh
# What gzip wrote reads as the text it had; damage, a cut, a bomb and what follows the data
# are errors. 77 (skipped) without gzip.
set -eu
command -v gzip >/dev/null || { echo 'skipped: gzip is not installed'; exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# expect NAME TEXT FILE...: the end of the dump of the files, as one stream, holds the text.
expect()
{
    name=$1
    text=$2
    shift 2
    cat "$@" | "$CSV_DUMP" "${way:-whole}" , - | tail -n 1 >"$scratch/end"
    grep -qF "$text" "$scratch/end" ||
        { failed=1; echo "$name: '$text' is not in: $(cat "$scratch/end")"; }
}

cd "$scratch"
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "%d,\"a, \"\"%d\"\"\",%x\r\n", i, i * 7, i * i }' >plain.csv
gzip -c plain.csv >one.gz
"$CSV_DUMP" portable , plain.csv >plain.rows
for way in whole portable bytes; do
    "$CSV_DUMP" $way , - <one.gz >one.rows
    cmp -s plain.rows one.rows || { failed=1; echo "$way: gzip and plain differ"; }
done
head -c 3000 one.gz >one.cut
head -c 12 one.gz >head.cut
{ head -c 9000 one.gz; printf 'xxxxxxxx'; tail -c +9009 one.gz; } >damaged
cat one.gz plain.csv >followed
cat one.gz one.gz >two.gz
"$CSV_DUMP" whole , - <two.gz >two.rows
[ "$(grep -c '^\[' two.rows)" = 40000 ] || { failed=1; echo 'two members are not one text'; }
for way in whole portable; do
    expect "two, $way" '"problem":null' two.gz
    expect "cut, $way" 'the gzip data is cut off' one.cut
    expect "head, $way" 'the gzip data is cut off' head.cut
    expect "damaged, $way" '"problem":"' damaged
    expect "followed, $way" 'something that is not gzip follows' followed
    expect "empty, $way" '"problem":null' /dev/null
done
head -c 64M /dev/zero | tr '\0' x | gzip -9 >bomb.gz
way=whole
expect damaged 'the gzip data is damaged' damaged
way=portable
expect bomb 'inflates to more than 500 times' bomb.gz
exit $failed
