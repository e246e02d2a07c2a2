#!/bin/sh
# report identify: in force, early, late, unannounced.
. "$(dirname "$0")/lib.sh"

at "$(git -C "$register" rev-parse HEAD)"
old=device_id,cert_state,issued_at new=device_id,status,issued_at
file() { printf '%s\r\n0123456789ABCDEF,%s,\r\n' "$2" "$3" >"$1"; }

file SMKI11_20211120.csv $new revoked
file SMKI11_20211110.csv $old in_use
expect 0 'SMKI11_20211120.csv: SMKI-11 2.0.0 (in force on 2021-11-20; it takes effect' \
    'SMKI11_20211110.csv: SMKI-11 1.0.0 (in force on 2021-11-10' '2 of 2 files in the layout' \
    -- "$OPSGATE" report identify SMKI11_20211120.csv SMKI11_20211110.csv

file SMKI11_20211111.csv $new pending
expect 1 'SMKI-11 2.0.0 (early on 2021-11-11; it takes effect on 2021-11-18)' \
    -- "$OPSGATE" report identify SMKI11_20211111.csv
file SMKI11_20211127.csv $old pending
expect 1 'SMKI-11 1.0.0 (late on 2021-11-27; it takes effect on 2021-08-02)' \
    -- "$OPSGATE" report identify SMKI11_20211127.csv
expect 0 'in force on 2021-09-01' \
    -- "$OPSGATE" report identify --date 2021-09-01 SMKI11_20211127.csv

file SMKI11_20211204.csv device_id,status,comment x
expect 1 'SMKI11_20211204.csv: unannounced' \
    'first difference from SMKI-11 2.0.0, the version in force:' \
    "row 1, column 3 issued_at: 'comment': the label should be 'issued_at'" \
    -- "$OPSGATE" report identify SMKI11_20211204.csv
expect 1 '"standing": "unannounced"' '"rule": "incorrect-label"' \
    -- "$OPSGATE" report identify SMKI11_20211204.csv -o json

expect 4 'absent.csv: not read' '1 could not be read' \
    -- "$OPSGATE" report identify absent.csv SMKI11_20211120.csv

# A pipe is kept, as it comes; too much of it is not.
piped() { "$@" <"$scratch/piped"; }
gzip -c SMKI11_20211120.csv >"$scratch/piped"
expect 0 '-: SMKI-11 2.0.0 (in force on 2021-11-20' \
    -- piped "$OPSGATE" report identify --date 2021-11-20 -
mkfifo "$scratch/pipe"
cat SMKI11_20211120.csv >"$scratch/pipe" &
expect 0 'SMKI-11 2.0.0 (in force on 2021-11-20' \
    -- "$OPSGATE" report identify --date 2021-11-20 "$scratch/pipe"
truncate -s 257M "$scratch/piped"
expect 4 '-: not read: it cannot be read twice, and more than 256 MiB' 'save it to a file' \
    -- piped "$OPSGATE" report identify -
git rm -q -r reports changes notices
commit
expect 2 'the register has no report' -- "$OPSGATE" report identify SMKI11_20211120.csv

finish
