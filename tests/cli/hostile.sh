#!/bin/sh
# Registers made to harm: too much, too long, misleading to look at, files that are none. Each
# ends soon, is never a pass by accident, and says what is wrong and where.
. "$(dirname "$0")/lib.sh"

csv=evidence/2021-11/testing-issues-2021-10-04.csv
criteria=criteria/live_services.yaml

judge()
{
    timeout 60 "$OPSGATE" assess 2021-11 --at 2021-10-05 --gate assessment "$@"
}

# judged CODE TEXT…: commits what was changed and judges it.
judged()
{
    code=$1
    shift
    commit
    expect "$code" "$@" -- judge
}

# Nothing that a terminal obeys, or leaves out, comes from the register.
at opsg-58
sed -i 's/^title: .*/title: "o\\u202ene\\e[31m\\x07\\u200b\\u00ad\\U000E0041"/' releases/2021-11.yaml
judged 0 'o\u{202e}ne\x1b[31m\x07\u{200b}\u{ad}\u{e0041}'
printf '\033\n' >>releases/2021-11.yaml
judged 3 '\x1b' 'releases/2021-11.yaml:' 'control character'
at opsg-58
printf 'TI-999,2,Open,2021-09-22,,UIT,a\033[31mb,\n' >>$csv
judged 1 'TI-999'
! grep -q "$(printf '\033')" "$scratch/out" "$scratch/err" || complain 'an escape code came through'
at opsg-58
echo x >"$(printf 'evidence/a\033[31m\nb.csv')"
judged 3 'evidence/a\x1b[31m\nb.csv'
at opsg-58
printf 'TI-999,2,x%s,2021-09-22,,UIT,a,\n' "$(printf '\342\202\254%.0s' $(seq 40))" >>$csv
expect 3 'unlisted-value' -- "$OPSGATE" lint -o json
iconv -f UTF-8 -t UTF-8 "$scratch/out" >/dev/null || complain 'findings that are not UTF-8'

# Long lists: 100,000 rows, and a condition that is quadratic in them.
at opsg-58
seq 1000 100999 | sed 's/.*/TI-&,2,Open,2021-09-22,,UIT,Title &,/' >>$csv
judged 1 'LSC-07' 'more'
at opsg-58
seq 30000 | sed 's/.*/  - {modification: MP090, part: P&}/' >"$scratch/scope"
sed -i "/^scope:/r $scratch/scope" releases/2021-11.yaml
judged 3 'LSC-01' 'takes more steps than its limit allows'

# Conditions.
condition()
{
    at opsg-58
    sed -i "s/require: issue.severity > 2/require: $1/" $criteria
}
condition "$(printf '(%.0s' $(seq 1000))true$(printf ')%.0s' $(seq 1000))"
judged 3 "$criteria:" 'nested more than 250 deep'
condition "issue.severity > 2$(printf ' \\&\\& issue.severity > 2%.0s' $(seq 4000))"
judged 3 "$criteria:" 'the limit is 65536'
condition "'\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\".matches(\"^(a+)+\$\")'"
judged 3 'LSC-07' 'matching takes more steps'
condition '9223372036854775807 + issue.severity > 0'
judged 3 'overflow'

# Many criteria, many warnings, many files.
at opsg-58
for i in $(seq 3000); do
    printf '  - id: X-%s\n    title: t\n    due: go_live\n    require: release.id != ""\n' "$i"
    printf '    provenance: {mark: modelled}\n'
done >>$criteria
judged 0 'X-3000'
at opsg-58
for i in $(seq 3000); do
    printf '  - id: X-%s\n    title: t\n    due: assessment\n    each: testing_issues\n' "$i"
    printf '    as: i\n    require: i.severity > 20 && i.title == ""\n'
    printf '    provenance: {mark: modelled}\n'
done >>$criteria
judged 1 'X-3000' 'X-50 and 2950 more;'
at opsg-58
mkdir elsewhere
for i in $(seq 1200); do
    echo >"elsewhere/$i.yaml"
done
judged 0 '200 more findings are not shown'
echo 'title: 7: 8' >releases/2021-12.yaml
judged 3 'releases/2021-12.yaml:1:'

# Names that are almost those of something that is read.
for file in parties.yaml releases/2021-11.yaml criteria/tests/live_services.yaml \
    evidence/2021-11/known-issues-2021-10-05.yaml; do
    at opsg-58
    rm $file
    mkdir $file
    echo x >$file/x
    judged 3 "'$file' is to be a file"
done
at opsg-58
cp modifications/MP105.yaml modifications/mp105.yaml
judged 3 "there is another modification 'MP105'"
at opsg-58
cp meetings.yaml Meetings.yaml
judged 0 'Meetings.yaml: warning: nothing is read from here'

# CSV as spreadsheets leave it.
while read -r expected line; do
    at opsg-58
    printf "$line" >>$csv
    judged 3 "$csv:10:" "$expected"
done <<'LINES'
closed TI-999,2,Open,2021-09-22,,UIT,"a\n
quoted TI-999,2,Open,2021-09-22,,UIT,a "b",\n
closing TI-999,2,Open,2021-09-22,,UIT,"a"b,\n
cells TI-999,2,Open\n
NUL TI-999,2,Open,2021-09-22,,UIT,a\000b,\n
UTF-8 TI-999,2,Open,2021-09-22,,UIT,a\377b,\n
int TI-999,99999999999999999999,Open,2021-09-22,,UIT,a,\n
LINES
at opsg-58
: >$csv
judged 3 'the first row'
at opsg-58
printf '\357\273\277' >"$scratch/bom"
cat $csv >>"$scratch/bom"
sed 's/$/\r/' "$scratch/bom" >$csv
judged 0
for path in ../../../../etc/passwd /etc/passwd ../../../outside.csv . ''; do
    at opsg-58
    sed -i "s,csv: .*,csv: \"$path\"," "${csv%csv}yaml"
    judged 3 "${csv%csv}yaml:9:8"
done
finish
