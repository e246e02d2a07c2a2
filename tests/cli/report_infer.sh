#!/bin/sh
# report infer: the draft, completed, is a version that the file follows.
. "$(dirname "$0")/lib.sh"

at "$(git -C "$register" rev-parse HEAD)"
{
    printf 'ref;state;sum;at;flag;"a ""label"""\r\n'
    for i in 1 2 3 4 5 6 7 8 9 10; do
        printf '00%s;"on;off";%s.5;2021-10-05T10:00:0%sZ;true;\r\n' $i $i $((i % 10))
    done
} >R2_20211120.csv
expect 0 '6 fields from 10 rows' \
    'file: {name: "R2_%Y%m%d.csv", encoding: utf-8, line_ending: crlf}' \
    'dialect: {delimiter: ";", header: true}' \
    '{name: "ref", type: string, constraints: {required: true}}' \
    '{name: "state", type: string, constraints: {required: true, enum: ["on;off"]}}' \
    '{name: "sum", type: number,' '{name: "at", type: datetime,' \
    '{name: "flag", type: boolean,' \
    '{name: "a \"label\"", type: string}' -- "$OPSGATE" report infer R2_20211120.csv

mkdir reports/R-2
{
    printf '%s\n' 'report: R-2' 'version: 1.0.0' 'title: Another report' 'owner: DCC' \
        'effective_from: 2021-11-01' 'frequency: daily' \
        'recipients: [{category: electricity_networks}]' \
        'notice: {breaking: 30 working_days, compatible: 10 working_days}'
    cat "$scratch/out"
} >reports/R-2/1.0.0.yaml
commit
expect 0 'R-2 1.0.0' 'conforms: 10 rows' -- "$OPSGATE" report verify R-2 R2_20211120.csv
expect 0 'R-2 1.0.0 (in force' -- "$OPSGATE" report identify R2_20211120.csv

# Outside any register; no labels; what is no table.
cd "$scratch/work"
printf '1,2021-10-05\n2,2021-10-06\n' >plain.csv
expect 0 'header: false' '{name: "column_1", type: integer,' \
    '{name: "column_2", type: date,' \
    -- "$OPSGATE" report infer plain.csv
printf 'a,b\n1\n' >ragged.csv
expect 4 'row 2 has 1 cells and the first one 2' -- "$OPSGATE" report infer ragged.csv
printf 'a,a\n' >twice.csv
expect 4 "two columns have the label 'a'" -- "$OPSGATE" report infer twice.csv
printf 'a,"b\n' >open.csv
expect 4 'open.csv' 'line 1, column 3: a quote is not closed' \
    -- "$OPSGATE" report infer open.csv
printf 'a,b\n1,caf\351\n' >latin.csv
expect 4 "line 2, column 6: invalid UTF-8: draft from a copy in UTF-8, and write the file's 'enc" \
    -- "$OPSGATE" report infer latin.csv
printf '\377\376a\0\n\0' >wide.csv
expect 4 'the file is in UTF-16LE, by its byte order mark: draft from a copy in UTF-8' \
    -- "$OPSGATE" report infer wide.csv
echo '<html>' >page.csv
expect 4 'the file is a page of HTML' -- "$OPSGATE" report infer page.csv
expect 4 'the file has no row' -- "$OPSGATE" report infer -
expect 2 'absent.csv' -- "$OPSGATE" report infer absent.csv

finish
