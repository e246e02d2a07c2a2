#!/bin/sh
# findings.sh ROOT: every id a finding can have is in docs/findings.md, every id there is one,
# and every rule of lint has a case in which it finds something.
. "$(dirname "$0")/common.sh"

ids=$(mktemp)
trap 'rm -f "$findings" "$ids"' EXIT
sed -n 's/^  - id: //p' criteria/lint/rules.yaml >"$ids"
while read -r id; do
    grep -qF "[$id]" tests/golden/lint-every-rule/stdout ||
        echo "tests/golden/lint-every-rule: no case for '$id'"
done <"$ids" >"$findings"

# Ids are the only hyphenated lower-case words in quotes in these modules, but for a few names,
# those of encodings, and options of ssh-keygen.
sources lib/value lib/model lib/assess lib/cel lib/csv lib/app | grep -vE '^lib/(csv/charset|app/ssh_signature)' |
    xargs -r grep -hoE '"[a-z][a-z0-9]*(-[a-z0-9]+)+"' | tr -d '"' |
    grep -vxE 'england-and-wales|cel-env|no-such-zone|dry-run|test-run|testng-results' | sort -u >>"$ids"
# Those of report check stand in docs/report-check.md.
sources lib/report | grep -v /control | xargs -r grep -hoE '"(report|descriptor)-[a-z-]+"' |
    tr -d '"' | sort -u >>"$ids"
while read -r id; do
    grep -qF "\`$id\`" docs/findings.md || echo "docs/findings.md: '$id' is missing"
done <"$ids" >>"$findings"
grep -oE '^\| `[^|]*\|' docs/findings.md | grep -oE '`[a-z0-9-]+`' | tr -d '`' |
    grep -e - | while read -r id; do
    grep -qxF "$id" "$ids" || echo "docs/findings.md: '$id' is no finding"
done >>"$findings"
report "$findings"
