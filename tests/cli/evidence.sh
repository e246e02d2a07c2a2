#!/bin/sh
# Evidence from other people's files: CSV, JSON, JUnit reports. What is read, what is refused
# and with which one message, what is live, stale, covered, vanished.
. "$(dirname "$0")/lib.sh"
data=$(dirname "$0")/../data/junit
case $data in /*) ;; *) data=$OLDPWD/$data ;; esac

folder=evidence/2021-11
issues=$folder/testing-issues-2021-10-04
uit=$folder/uit-2021-10-04.yaml

assess()
{
    "$OPSGATE" assess 2021-11 --repo . --rev change --at 2021-10-05 --gate assessment "$@"
}

explain()
{
    "$OPSGATE" explain 2021-11 "$1" --repo . --rev change --at 2021-10-05 --gate assessment
}

# The one error of a register with a wrong file, from both commands: refused TEXT…
refused()
{
    commit
    expect 3 "$@" '1 error' -- assess
    expect 3 "$@" '1 error' -- "$OPSGATE" lint --repo . --rev change
    found=$(grep -c ': error: ' "$scratch/out" || :)
    [ "$found" -eq 1 ] || complain "expected one error, found $found"
}

# ---- CSV: every fault of quoting ----

# csv ROWS TEXT…: the rows (as printf writes them) stand in place of all others.
csv()
{
    at opsg-58
    # shellcheck disable=SC2059 # rows are a format
    printf "Ref,Sev,Status,Raised,Closed,Phase,Title,Workaround\n$1" >$issues.csv
    shift
    refused "$@"
}
csv 'TI-1,1,Open,,,,"not closed,\nTI-2,1,Open,,,,,\n' "$issues.csv:2:16: error: row 2:" \
    'a quote is not closed' 'hint: close it'
csv 'TI-1,1,Open,,,,"closed" late,\n' "$issues.csv:2:24: error: row 2:" \
    'text follows a closing quote'
csv 'TI-1,1,Open,,,,a "bare" quote,\n' "$issues.csv:2:18: error: row 2:" \
    'a quote in a cell that is not quoted'
csv 'TI-1,1,Open,,,,"one "" two" ",\n' "$issues.csv:2:" 'text follows a closing quote'
csv 'TI-1,1,Open,,,,a\rb,\n' "$issues.csv:2:17: error: row 2:" 'a carriage return'
csv 'TI-1,1,Open,,,,"é\nü",\nTI-2,1,Open,,,,\000,\n' "$issues.csv:4:16: error:" 'a NUL byte'
csv 'TI-1,1,Open,,,,\377,\n' "$issues.csv:2:16: error:" 'invalid UTF-8'
csv 'TI-1,1,Open\n' "$issues.csv:2:1: error: row 2:" '3 cells under 8 columns'
csv 'TI-1,1,Open,,,,a,b,c\n' "$issues.csv:2:1: error: row 2:" '9 cells under 8 columns'
csv 'TI-1,1,"Open\n",,,,,\n' "$issues.csv:2:8: error: row 2:" 'is not listed under'
csv "TI-1,1,Open,,,,$(head -c 17000000 /dev/zero | tr '\0' x),\n" \
    "$issues.csv:2:16: error: row 2:" 'a cell is too long'

# Quoted, with line breaks and CR LF, and a last row without an end.
at opsg-58
printf '\357\273\277Ref,Sev,Status,Raised,Closed,Phase,Title,Workaround\r\n' >$issues.csv
printf '"TI-900","2","Open",2021-10-01,,"UIT","one ""two""\r\nthree, four",\r\n' >>$issues.csv
printf 'TI-901,5,Closed,,,,,' >>$issues.csv
commit
expect 0 "TI-900 is Severity 2" "$issues.csv:2" -- explain LSC-07

# ---- CSV: wrong mapping ----
at opsg-58
sed -i 's/    Sev: severity/    Sev: severty/' $issues.yaml
refused "$issues.yaml:12:10: error: 'severty' is no field of this kind" "did you mean 'severity'"

# ---- JSON ----
json_issues()
{
    at opsg-58
    sed -i '/^records:/,$d' $issues.yaml
    cat >>$issues.yaml <<'END'
records:
  json: issues.json
  records: /issues
  columns: {key: ref, /fields/severity/id: severity, /fields/status: state, note: note}
  values: {state: {Open: open, Done: closed}}
END
    git rm -q $issues.csv
    cat >$folder/issues.json
}
json_issues <<'END'
{"total": 2, "issues": [
  {"key": "TI-1", "fields": {"severity": {"id": "4"}, "status": "Done"}, "note": null},
  {"key": "TI-2", "fields": {"severity": {"id": 2}, "status": "Open"}, "assignee": 1e5}
]}
END
commit
expect 0 'TI-2 is Severity 2' "$folder/issues.json:3" 'issues.json' -- explain LSC-07
expect 1 'LSC-07' 'no_go' -- assess -o json

json_issues <<'END'
{"issues": [
  {"key": "TI-1", "fields": {"severity": {"id": 12}, "status": "Done"}, "note": ""}
]}
END
refused "$folder/issues.json:2:49: error: /issues/0: 12 is above 5"
json_issues <<'END'
{"issues": [
  {"key": "TI-1", "fields": {"severity": {"id": 2}, "status": "Dne"}, "note": ""}
]}
END
refused "$folder/issues.json:2:63: error: /issues/0: 'Dne' is not listed" 'hint: add what it'
json_issues <<'END'
{"issues": {"a": []}}
END
refused "$folder/issues.json:1:12: error: records are an array of objects, not a mapping"
json_issues <<'END'
{"issues": [],}
END
refused "$folder/issues.json:1:15: error: a key in double quotes is expected here"
head -c 5000 /dev/zero | tr '\0' '[' >"$scratch/in"
json_issues <"$scratch/in"
refused "$folder/issues.json:1:101: error: arrays and objects are nested too deep"

# ---- JUnit ----
results=$folder/results
# junit [KEYS]: the UIT status report is counted from the reports in results/.
junit()
{
    at opsg-58
    mkdir $results
    sed -i '/^records:/,$d' $uit
    cat >>$uit <<END
records: {junit: results/*.xml, phase: UIT, environment: UIT-B, started: 2021-09-21$1}
END
}

# report NAME PASSED FAILED SKIPPED
report()
{
    awk -v passed="$2" -v failed="$3" -v skipped="$4" 'BEGIN {
        printf "<testsuites><testsuite name=\"uit\" tests=\"%d\" failures=\"%d\">\n", \
            passed + failed + skipped, failed
        for (i = 0; i < passed; i++) print "<testcase name=\"p" i "\"/>"
        for (i = 0; i < failed; i++) print "<testcase name=\"f" i "\"><failure/></testcase>"
        for (i = 0; i < skipped; i++) print "<testcase name=\"s" i "\"><skipped/></testcase>"
        print "</testsuite></testsuites>"
    }' >"$results/$1.xml"
}

junit ', planned: 412'
report north 200 3 1
report south 196 2 0
commit
expect 0 'go' -- assess
expect 0 'LSC-08' 'met' 'uit-2021-10-04.yaml:2 with results/north.xml and 1 more file' -- \
    explain LSC-08
expect 0 '"path": "evidence/2021-11/results/south.xml"' -- assess -o json

# A lower share of passed tests is seen, and so is a suite that failed as a whole.
report south 100 96 0
commit
expect 0 'UIT/UIT-B: 412 planned, 399 executed, 300 passed' -- explain LSC-08
report south 196 2 0
echo '<testsuite name="broken" tests="0" failures="0" errors="40"/>' >$results/broken.xml
commit
expect 0 'UIT/UIT-B: 412 planned, 441 executed, 396 passed' 'broken.xml:1:1: warning:' \
    "suite 'broken' says it has 40 failures and errors, and 0 are there" -- explain LSC-08

# No report at all: no evidence, and the report before it does not come back.
junit ''
commit
expect 4 "$uit:8:18: warning: 'results/*.xml' matches no file: this batch is no evidence" \
    'LSC-06' 'missing' -- assess

# The files of real test runners.
for file in "$data"/*.xml; do
    junit ''
    cp "$file" $results/
    commit
    expect 0 -- "$OPSGATE" lint --repo . --rev change
done

# One report, the file $scratch/in, and what is said of it.
wrong_report()
{
    junit ''
    cp "$scratch/in" $results/r.xml
    refused "$@"
}
wrong_text()
{
    printf '%s' "$1" >"$scratch/in"
    shift
    wrong_report "$@"
}
wrong_text '<testsuite><testcase>' "$results/r.xml:1:22: error: not well-formed XML"
wrong_text '' "$results/r.xml:1:1: error: not well-formed XML: no element found" \
    'did the test run end'
wrong_text '{"tests": 1}' "$results/r.xml:1:1: error: not well-formed XML"
wrong_text '<html><body/></html>' "$results/r.xml:1:1: error: the root is 'html'"
wrong_text '<testsuite>&xxe;</testsuite>' "$results/r.xml:1:12: error:" 'entity'
wrong_text '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite name="&x;"/>' \
    "$results/r.xml:1:13: error: a document type declaration is not read"
{
    echo '<!DOCTYPE lolz [<!ENTITY l0 "lol">'
    for i in 1 2 3 4 5 6 7 8 9; do
        l="&l$((i - 1));"
        echo "<!ENTITY l$i \"$l$l$l$l$l$l$l$l$l$l\">"
    done
    echo ']><testsuite name="&l9;"/>'
} >"$scratch/in"
wrong_report "$results/r.xml:1:16: error: a document type declaration is not read"
awk 'BEGIN { for (i = 0; i < 200000; i++) printf "<testsuite>" }' >"$scratch/in"
wrong_report "$results/r.xml:1:1101: error: elements are nested too deep"
junit ''
truncate -s 1100M $results/r.xml
commit
expect 3 "$results/r.xml" 'the limit is 1073741824' -- assess

# Large is no fault: 200,000 tests.
junit ''
report large 199000 1000 0
commit
expect 0 -- assess

junit ', passed: 400'
report one 1 0 0
refused "$uit:8:94: error: 'passed' is counted from the reports" 'leave it out'

# ---- Freshness, vanished, covers ----
at opsg-58
sed -i 's/^as_of: .*/as_of: 2021-09-28T17:00/' $issues.yaml
commit
expect 0 'LSC-07 ' 'stale' 'is as of 2021-09-28, older than' -- explain LSC-07

# An open issue that the next export leaves out has vanished, and counts as open.
at opsg-58
sed -i '2s/.*/TI-777,1,Open,2021-09-25,,UIT,gone without a word,/' \
    $folder/testing-issues-2021-09-27.csv
commit
expect 0 'TI-777' "$folder/testing-issues-2021-09-27.csv:2" -- explain LSC-07

at opsg-58
sed -i 's/^covers: .*/covers: {from: 2021-10-04, to: 2021-09-01}/' \
    evidence/live-service/incidents-2021-10-04.yaml
refused 'evidence/live-service/incidents-2021-10-04.yaml' 'the period ends before it begins'
finish
