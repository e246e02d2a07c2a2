#!/bin/sh
# report verify: files against the version in force on their day, from files and pipes.
. "$(dirname "$0")/lib.sh"

# The register with both versions of the SMKI 11 Report.
at "$(git -C "$register" rev-parse HEAD)"
[ -f reports/SMKI-11/2.0.0.yaml ] || complain 'the register has no version 2.0.0'

row() { printf '%s\r\n' "$1"; }
{
    row device_id,status,issued_at
    row 0123456789ABCDEF,in_use,2021-11-01T10:00:00Z
} >SMKI11_20211120.csv
{
    row device_id,status,issued_at
    row 0123456789ABCDEF,lost,2021-11-01T10:00:00Z
    row 0123456789ABCDEF,in_use,soon
    row 12,in_use
    printf 'ABCDEF0123456789,"a ""q""",,x\n'
} >SMKI11_20211127.csv

# The date comes from the name, and with it the version.
expect 0 'SMKI-11 2.0.0, in force on 2021-11-20, the date of its name' 'conforms: 1 row' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211120.csv
cp SMKI11_20211120.csv SMKI11_20211110.csv
expect 1 'SMKI-11 1.0.0' "column 2 cert_state: 'status': the label should be 'cert_state'" \
    'incorrect-label 1' -- "$OPSGATE" report verify SMKI-11 SMKI11_20211110.csv
cp SMKI11_20211120.csv other.csv
expect 0 'in force on 2021-12-01' "'other.csv' is no name" \
    -- "$OPSGATE" report verify SMKI-11 --date 2021-12-01 other.csv

# Row, column, value and rule; a count for each rule; the first ones only.
expect 1 "row 2, column 2 status: 'lost': expected one of pending, in_use, revoked [enum]" \
    "row 3, column 3 issued_at: 'soon': expected a datetime [type]" \
    'row 3, column 1 device_id: '"'0123456789ABCDEF'"': row 2 has this primary key' \
    'row 4, column 3 issued_at: the row has 2 cells instead of 3 [missing-cell]' \
    'row 5: the row ends with LF alone, and the layout says CRLF [line-ending]' \
    "row 5, column 4: 'x': the row has 4 cells instead of 3 [extra-cell]" \
    'by rule: line-ending 1, missing-cell 1, extra-cell 1, primary-key 1, type 1, enum 2' \
    'does not conform: 4 rows, 8 findings' '0 of 1 file conform' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211127.csv
expect 1 'and 7 more' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211127.csv --show 1 -o text -o json=v.json
grep -q '"primary-key": 1' v.json || complain 'the JSON has no counts'

# A pipe; a file that is not there beside one that is.
last='verify a pipe'
"$OPSGATE" report verify SMKI-11 --date 2021-11-20 - <SMKI11_20211120.csv >pipe.txt 2>&1 ||
    complain 'a pipe does not conform'
grep -q '^-: SMKI-11 2.0.0' pipe.txt || complain 'a pipe is not named'
expect 4 'absent.csv: not checked: open' 'conforms: 1 row' \
    '1 of 2 files conforms, 1 could not be decided' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211120.csv absent.csv

# gzip, by name or from a pipe; cut off in the middle.
gzip -k SMKI11_20211120.csv
expect 0 'SMKI11_20211120.csv.gz: SMKI-11 2.0.0' 'the date of its name' 'conforms: 1 row' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211120.csv.gz
last='verify a gzipped pipe'
"$OPSGATE" report verify SMKI-11 --date 2021-11-20 - <SMKI11_20211120.csv.gz >pipe.txt 2>&1 ||
    complain 'a gzipped pipe does not conform'
head -c 40 SMKI11_20211120.csv.gz >SMKI11_20211118.csv.gz
expect 4 'not checked: the gzip data is cut off' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211118.csv.gz
expect 4 'https://x.example/a.csv: not checked: it is an address, and nothing is fetched' \
    -- "$OPSGATE" report verify SMKI-11 --date 2021-11-20 https://x.example/a.csv

# Two members are one text: here the labels come twice. One gzip in another.
cat SMKI11_20211120.csv.gz SMKI11_20211120.csv.gz >SMKI11_20211119.csv.gz
expect 1 'row 3: the labels stand here again: is this several files in one? [dialect]' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211119.csv.gz
gzip -c SMKI11_20211120.csv.gz >SMKI11_20211119.csv.gz
expect 1 'the file is gzip data inside gzip data, and no table [format]' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211119.csv.gz
head -c -2 SMKI11_20211120.csv >SMKI11_20211119.csv
expect 0 'note: the last row has no line ending' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211119.csv

# Several threads say what one says: of a file, gzipped, from a pipe.
awk 'BEGIN { printf "device_id,status,issued_at\r\n"
    for (i = 0; i < 40000; i++)
        printf "%016X,%s,%s\r\n%s", i % 39990, i % 9999 ? "in_use" : "lost",
            i % 7777 ? "" : "\"never,\n\"", i % 5000 ? "" : "\r\n" }' >SMKI11_20211126.csv
gzip -k SMKI11_20211126.csv
last='verify with several threads'
for file in SMKI11_20211126.csv SMKI11_20211126.csv.gz; do
    "$OPSGATE" report verify SMKI-11 --date 2021-11-20 --show 100 - <$file >one.txt || :
    for jobs in 2 3 auto 0; do
        "$OPSGATE" report verify SMKI-11 --date 2021-11-20 --show 100 --jobs $jobs - \
            <$file >several.txt || :
        cmp one.txt several.txt || complain "--jobs $jobs says something else"
    done
done
grep -q "by rule: blank-row 8, primary-key 10, type 6, enum 5" one.txt ||
    complain 'not all that is wrong was found'
expect 2 "'many' is neither a number from 1 to 256 nor 'auto'" \
    -- "$OPSGATE" report verify SMKI-11 --jobs many SMKI11_20211126.csv

# Another delimiter; nothing at all.
tr , ';' <SMKI11_20211120.csv >SMKI11_20211121.csv
expect 1 "fields look separated by ';', and the layout says ',' [dialect]" \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211121.csv
: >SMKI11_20211122.csv
expect 1 'the file has no row of labels [empty]' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211122.csv

# The very day; a name of a day before the first version is the file's trouble alone.
cp SMKI11_20211120.csv SMKI11_20211118.csv
expect 0 'SMKI-11 2.0.0, in force on 2021-11-18' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211118.csv
cp SMKI11_20211120.csv SMKI11_20210801.csv
expect 4 'SMKI11_20210801.csv: not checked: no version of' 'in force on 2021-08-01' \
    'conforms: 1 row' '1 of 2 files conforms, 1 could not be decided' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20210801.csv SMKI11_20211120.csv

# Names that two versions read otherwise, the later one on a day on which it is in force;
# names of a month within which a version takes effect.
sed -i 's/SMKI11_%Y%m%d.csv/SMKI11_%y%m%d.csv/' reports/SMKI-11/1.0.0.yaml
sed -i 's/SMKI11_%Y%m%d.csv/SMKI11_%d%m%y.csv/' reports/SMKI-11/2.0.0.yaml
commit
cp SMKI11_20211120.csv SMKI11_201121.csv
expect 0 'SMKI-11 2.0.0, in force on 2021-11-20, the date of its name' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_201121.csv
cp SMKI11_20211120.csv SMKI11_211022.csv
expect 4 "'SMKI11_211022.csv' is of 2021-10-22 by the name of one version and of 2022-10-21" \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_211022.csv
sed -i 's/SMKI11_%[a-z%]*.csv/SMKI11_%Y-%m.csv/' reports/SMKI-11/[12].0.0.yaml
commit
cp SMKI11_20211120.csv SMKI11_2021-12.csv
cp SMKI11_20211120.csv SMKI11_2021-11.csv
expect 4 'SMKI11_2021-12.csv: SMKI-11 2.0.0, in force on 2021-12-01' \
    "is of a day from 2021-11-01 to 2021-11-30, and version '2.0.0' takes effect on 2021-11-18" \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_2021-12.csv SMKI11_2021-11.csv
sed -i 's/SMKI11_%Y-%m.csv/SMKI11_%Q.csv/' reports/SMKI-11/2.0.0.yaml
commit
expect 3 "the name 'SMKI11_%Q.csv' tells no date" 'report-value' \
    -- "$OPSGATE" report verify SMKI-11 other.csv
git checkout -q HEAD~3 -- reports
commit

# The order of rows.
echo 'sorted_by: [device_id]' >>reports/SMKI-11/2.0.0.yaml
commit
expect 0 'conforms: 1 row' -- "$OPSGATE" report verify SMKI-11 SMKI11_20211120.csv
{ cat SMKI11_20211120.csv && row 0000000000000000,in_use,; } >SMKI11_20211125.csv
expect 1 "row 2 before it has '0123456789ABCDEF', and rows ascend by 'device_id' [order]" \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211125.csv

# Other encodings, and what is no table.
sed -i 's/encoding: utf-8/encoding: windows-1252/' reports/SMKI-11/2.0.0.yaml
commit
expect 0 'conforms: 1 row' -- "$OPSGATE" report verify SMKI-11 SMKI11_20211120.csv
printf '\357\273\277' | cat - SMKI11_20211120.csv >SMKI11_20211123.csv
expect 1 "the file is in UTF-8, by its byte order mark, and the layout says 'windows-1252' [enc" \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211123.csv
echo '<!doctype html><title>502' >SMKI11_20211124.csv
expect 1 'the file is a page of HTML, as an error of a web server is, and no table [format]' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211124.csv
sed -i 's/windows-1252/ebcdic/' reports/SMKI-11/2.0.0.yaml
commit
expect 3 "'ebcdic' is no encoding that is read here: it is utf-8, us-ascii," 'report-encoding' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211120.csv

# What cannot be asked.
expect 2 "no report 'SMKI-12'" "did you mean 'SMKI-11'" \
    -- "$OPSGATE" report verify SMKI-12 other.csv
expect 2 'the first takes effect on 2021-08-02' \
    -- "$OPSGATE" report verify SMKI-11 --date 2020-01-01 other.csv
expect 2 "'soon' is no date" -- "$OPSGATE" report verify SMKI-11 --date soon other.csv
expect 2 "'-1' is no number" -- "$OPSGATE" report verify SMKI-11 --show=-1 other.csv

finish
