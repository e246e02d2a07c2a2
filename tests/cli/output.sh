#!/bin/sh
# Output that does not arrive is never a pass: full disk, closed stdout, a reader that left.
. "$(dirname "$0")/lib.sh"

assess="assess 2021-11 --repo $register --rev opsg-58 --at 2021-10-05 --gate assessment"
expect 0 -- "$OPSGATE" $assess

for format in text json; do
    expect 4 'write' -- sh -c '"$1" $2 -o $3 >/dev/full' sh "$OPSGATE" "$assess" $format
    expect 4 'write' -- sh -c '"$1" $2 -o $3 >&-' sh "$OPSGATE" "$assess" $format
done
# The reader is gone before the first byte is written.
expect 4 'write' -- sh -c '{ sleep 1; "$1" $2 -o json; echo $? >"$3"; } | true
    exit "$(cat "$3")"' sh "$OPSGATE" "$assess" "$scratch/status"
expect 4 'write' -- sh -c '"$1" version >/dev/full' sh "$OPSGATE"
expect 4 'write' -- sh -c '"$1" help >/dev/full' sh "$OPSGATE"
expect 4 'write' -- sh -c '"$1" help assess >&-' sh "$OPSGATE"

# To a file: whole or not at all, and the others all the same.
expect 0 -- "$OPSGATE" $assess -o json=verdict.json -o text
grep -q '"verdict": "go"' verdict.json || complain 'no verdict in the file'
[ -s "$scratch/out" ] || complain 'no text on stdout'
expect 4 'missing/verdict.json' -- "$OPSGATE" $assess -o json=missing/verdict.json -o text
[ -s "$scratch/out" ] || complain 'no text on stdout beside the failed file'

# Standard descriptors closed at start do not get the document written somewhere else.
expect 0 -- sh -c '"$1" $2 -o json <&-' sh "$OPSGATE" "$assess"
expect 0 -- sh -c '"$1" $2 -o json 2>&-' sh "$OPSGATE" "$assess"

# No colour where it was not asked for.
expect 0 -- "$OPSGATE" $assess
! grep -q "$(printf '\033')" "$scratch/out" "$scratch/err" || complain 'escape codes in a pipe'
finish
