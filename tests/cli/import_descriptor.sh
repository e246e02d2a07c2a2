#!/bin/sh
# import descriptor: from a Frictionless descriptor to a version that a file is held against.
. "$(dirname "$0")/lib.sh"
data=$(cd "$(dirname "$0")/../data/descriptors" && pwd)

# Outside any register; the schema stands in a file of its own, in the words of v1.
cp -R "$data" .
expect 0 'resource "certificates"' 'report: "CERT-1"' 'version: "1.2.0"' \
    'title: "Certificates by device"' 'file: {name: "certs_%Y%m%d.csv", encoding: utf-8, line_ending: crlf}' \
    'add: owner, effective_from, frequency, recipients, notice' \
    "datapackage.json:19:9: note: 'csvddfVersion' is left out" "'licenses'" '16 fields imported' \
    -- "$OPSGATE" import descriptor descriptors/v1/datapackage.json --resource certificates \
    --report CERT-1
expect 0 'dialect: {delimiter: "\t"}' 'primaryKey: [id]' \
    -- "$OPSGATE" import descriptor descriptors/v1/datapackage.json --resource meters
expect 0 'headerRows: [2]' 'note: a version file has no place' 'warning: the standard has no' \
    -- "$OPSGATE" import descriptor descriptors/v2/datapackage.json
expect 0 'name: device_id' 'NAME_%Y%m%d.csv' \
    -- "$OPSGATE" import descriptor descriptors/v1/schemas/certificates.json
expect 2 'name one with --resource: certificates, meters' \
    -- "$OPSGATE" import descriptor descriptors/v1/datapackage.json
expect 2 "no resource 'meter'" \
    -- "$OPSGATE" import descriptor descriptors/v1/datapackage.json --resource meter

# What is missing is added by hand, and a file is held against it.
cp -R descriptors "$scratch"
at go-live
mkdir reports/METERS
expect 0 -- "$OPSGATE" import descriptor ../descriptors/v1/datapackage.json --resource meters \
    --report METERS --version 1.0.0 -o reports/METERS/1.0.0.yaml
[ ! -s "$scratch/out" ] || complain 'something on stdout'
cat >>reports/METERS/1.0.0.yaml <<'END'
owner: DCC
effective_from: 2021-11-01
frequency: daily
recipients: [{category: electricity_networks}]
notice: {breaking: 30 working_days, compatible: 10 working_days}
END
expect 0 -- "$OPSGATE" lint --at 2021-11-04
printf 'id\tparent\tread_on\nM1\t\t18/11/2021\nM2\tM1\t19/11/2021\n' >meters.tsv
expect 0 'conforms: 2 rows' \
    -- "$OPSGATE" report verify METERS meters.tsv --worktree --date 2021-11-18
printf 'id\tparent\tread_on\nM1\t\t2021-11-18\n' >meters.tsv
expect 1 'read_on' -- "$OPSGATE" report verify METERS meters.tsv --worktree --date 2021-11-18

# As YAML, which some tools write; a version that is none of a report's.
cd "$scratch/work"
printf '%s\n' 'version: 2021-11' 'resources:' '  - name: r' '    path: r.csv' \
    '    schema: {fields: [{name: a, type: integer}]}' >datapackage.yaml
expect 0 'name: a, type: integer' "datapackage.yaml:1:10: note: the version '2021-11'" \
    'add: report, version, title' -- "$OPSGATE" import descriptor datapackage.yaml

# What is wrong says where, and nothing is written.
json()
{
    printf '%s\n' "$1" >wrong.json
}
json '{"path": "x.csv", "schema": "absent.json"}'
expect 3 'read its schema' 'absent.json' -- "$OPSGATE" import descriptor wrong.json
json '{"path": "x.csv", "schema": "broken.json"}'
echo '{"fields": [}' >broken.json
expect 3 'broken.json:1:13: error:' 'nothing is written' -- "$OPSGATE" import descriptor wrong.json
echo '{"fields": [{"name": "a", "type": "int"}]}' >broken.json
expect 3 'broken.json:1:35: error:' "'int' is not a type" -- "$OPSGATE" import descriptor wrong.json
[ ! -s "$scratch/out" ] || complain 'something on stdout'
json '{"path": "x.csv", "schema": "https://x.invalid/s.json"}'
expect 3 'wrong.json:1:29: error:' 'nothing is fetched' -- "$OPSGATE" import descriptor wrong.json
json '{"path": "x.csv", "schema": "../wrong.json"}'
expect 3 "without '..'" -- "$OPSGATE" import descriptor wrong.json
json '{"path": "x.csv", "dialect": "d/dialect.json", "schema": {"fields": [{"name": "a"}]}}'
mkdir d
echo '{"delimiter": ";"}' >d/dialect.json
expect 0 'dialect: {delimiter: ";"}' -- "$OPSGATE" import descriptor wrong.json
echo '{"delimiter": ";;"}' >d/dialect.json
expect 3 'd/dialect.json:1:15: error:' -- "$OPSGATE" import descriptor "$PWD/wrong.json"
json '{"path": ["1.csv", "2.csv"], "format": "json", "data": 1}'
expect 3 '4 errors in the descriptor' 'in 2 files' "'format' is 'json'" \
    'holds its data itself' "has no 'schema'" -- "$OPSGATE" import descriptor wrong.json
: >wrong.json
expect 3 'wrong.json:1:1: error:' -- "$OPSGATE" import descriptor wrong.json
: >wrong.yaml
expect 3 'wrong.yaml:1:1: error:' 'no data package' -- "$OPSGATE" import descriptor wrong.yaml
expect 2 'absent.json' -- "$OPSGATE" import descriptor absent.json
expect 2 -- "$OPSGATE" import descriptor
expect 2 "--version: '1.0' cannot be the version" 'three numbers' \
    -- "$OPSGATE" import descriptor datapackage.yaml --version 1.0
expect 2 "--report: 'a b' cannot be the report" \
    -- "$OPSGATE" import descriptor datapackage.yaml --report 'a b'

# Nothing in a file draws on the terminal.
json '{"path": "x.csv", "\u001b[31m": 1, "schema": {"fields": [{"name": "\u001b[32m"}]}}'
expect 0 '\x1b[31m' 'name: "\x1b[32m"' -- "$OPSGATE" import descriptor wrong.json
finish
