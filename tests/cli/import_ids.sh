#!/bin/sh
# import ids: what a scanner misread is repaired and shown, and nothing else is touched.
. "$(dirname "$0")/lib.sh"

printf '%s\n' 'modification,action' 'SECMPO00O07,53x/CO NFO1' 'MPO090,OPSG 52/O4' \
    'MPO0O77,24/7' 'MPO77,07/09/2021' >scan.csv
printf '%s\n' 'modification,action' 'SECMP0007,53x/CONF01' 'MP090,OPSG 52/04' \
    'MP077,24/7' 'MP077,07/09/2021' >repaired.csv
same()
{
    last="the output is $1"
    cmp -s "$scratch/out" "$1" || complain 'other bytes'
}

# The words of the minutes, outside any register: said, with place, before and after.
expect 0 'no register is read' 'scan.csv:2:1: SECMPO00O07 → SECMP0007' \
    'scan.csv:2:13: 53x/CO NFO1 → 53x/CONF01' 'scan.csv:3:1: MPO090 → MP090' \
    'scan.csv:3:13: 52/O4 → 52/04' 'scan.csv:4:1: MPO0O77 → MP077' \
    'scan.csv:5:1: MPO77 → MP077' '6 identifiers repaired' -- "$OPSGATE" import ids scan.csv
same repaired.csv

# Again: nothing to do, the same bytes.
expect 0 '0 identifiers repaired' -- "$OPSGATE" import ids repaired.csv
same repaired.csv

# One kind only; to a file, which may be the one that was read.
expect 0 '2 identifiers repaired' -- "$OPSGATE" import ids scan.csv --kind action
cp scan.csv both.csv
expect 0 '6 identifiers' -- "$OPSGATE" import ids both.csv -o both.csv
[ ! -s "$scratch/out" ] || complain 'something on stdout'
cmp -s both.csv repaired.csv || complain 'the file is not repaired'

# What cannot be told is said, left as it is, and no success.
printf 'é MPO10I\r\nMP1234 56/1|\n' >unclear.txt
expect 1 'unclear.txt:1:3: MPO10I may be MP101 or MP010I: left as it is' \
    'unclear.txt:2:1: MP1234 reads as no modification: left as it is' \
    'unclear.txt:2:8: 56/1| may be 56/11 or 56/01' '3 left for you to read' \
    -- "$OPSGATE" import ids unclear.txt
same unclear.txt

# A key of the register stays, in the work tree and at a revision; what it keeps as scanned
# stays; a register with an error still has keys.
at opsg-56
printf '%s\n' '- {action: 56/O7, raised: 2021-09-07, owners: [DCC], state: open}' >>actions.yaml
printf 'see 56/O7 and 56/O8\n' >note.txt
expect 0 'note.txt:1:5: 56/O7 is a key of the register: left as it is' \
    'note.txt:1:15: 56/O8 → 56/08' -- "$OPSGATE" import ids note.txt
expect 0 '2 identifiers' -- "$OPSGATE" import ids note.txt --rev HEAD
expect 0 '0 identifiers' -- "$OPSGATE" import ids actions.yaml
same actions.yaml
sed 's/MP090/MPO090/' modifications/MP090.yaml >scanned
mv scanned modifications/MP090.yaml
expect 0 'the register has 2 errors' 'modifications/MP090.yaml:' 'MPO090 → MP090' \
    'is a key of the register' -- sh -c \
    '"$1" import ids note.txt; "$1" import ids modifications/MP090.yaml' sh "$OPSGATE"

# What is wrong with the command line or the file.
expect 2 "'modification' and 'action'" -- "$OPSGATE" import ids note.txt --kind release
expect 2 "'import names' is not a command" -- "$OPSGATE" import names note.txt
expect 2 'missing.csv' -- "$OPSGATE" import ids missing.csv
expect 2 -- "$OPSGATE" import ids
expect 2 'no-such-rev' -- "$OPSGATE" import ids note.txt --rev no-such-rev
expect 4 'write' -- sh -c '"$1" import ids note.txt >/dev/full' sh "$OPSGATE"

# Nothing in a file draws on the terminal.
printf 'MPO90\n' >"$(printf 'a\033[31mb')"
expect 0 'a\x1b[31mb:1:1' -- "$OPSGATE" import ids "$(printf 'a\033[31mb')"
finish
