#!/bin/sh
# report check: what a range can do around a version that was announced already, without
# an edit of the version itself.
. "$(dirname "$0")/lib.sh"

# version NUMBER FROM CODES
version()
{
    cat >"reports/X-1/$1.yaml" <<END
report: X-1
version: $1
title: Readings
owner: DCC
effective_from: $2
frequency: daily
recipients: [{role: x1_reader}]
notice: {breaking: 20 working_days, compatible: 5 working_days}
reading: by_name
file: {name: "X1_%Y%m%d.csv"}
schema: {fields: [{name: id}, {name: state, constraints: {enum: [$3]}}]}
END
}

# request ID FROM TO DATE FINDINGS
request()
{
    cat >"changes/$1.yaml" <<END
report_change: $1
report: X-1
${2:+from: $2}
to: $3
reason: A state is missing.
requested_by: DCC
approved: {by: OPSG, meeting: OPSG_56, on: 2021-09-07, findings: [$5]}
effective_from: $4
END
}

# party ID CONSUMES
party()
{
    cat >>parties.yaml <<END
- party: $1
  names: [{name: $1, from: 2010-10-29}]
  category: other_sec_parties
  roles: [x1_reader]
  consumes: [$2]
  contacts: [{type: email, to: changes@example.com}]
END
}

# X-1: 1.0.0 in force, 2.0.0 announced to R1 and R2 on 4 October for 18 November.
announced()
{
    at opsg-56
    mkdir -p changes reports/X-1
    version 1.0.0 2021-01-01 'a, b'
    request RC-1001 '' 1.0.0 2021-01-01 ''
    party R1 '{report: X-1}'
    party R2 "${r2_uses:-{report: X-1, fields: [id]\}}"
    commit
    start=$(git rev-parse HEAD)
    version 2.0.0 2021-11-18 'a, b, c'
    request RC-1002 1.0.0 2.0.0 2021-11-18 f954d06d552ef
    cat >notices/N-1002.yaml <<'END'
notice: N-1002
about: report_change
report_change: RC-1002
text: Version 2.0.0 of Readings.
takes_effect: 2021-11-18
from: DCC
to: [{role: x1_reader, served_on: 2021-10-04, served_by: ack}]
END
    commit
    base=$(git rev-parse HEAD)
}

# check CODE TEXT…
check()
{
    commit
    expect "$@" -- "$OPSGATE" report check "$base..HEAD" --at "${on:-2021-10-07}"
}

announced
expect 0 '2 versions of reports changed, 2 parties affected: all in order' \
    -- "$OPSGATE" report check opsg-56..HEAD --at 2021-10-07
sed -i '1i # a remark' parties.yaml
git mv reports/X-1/2.0.0.yaml reports/X-1/two.yaml
check 0 'no report is changed'

# Another version before it, or on its day: what was announced is no longer the change
# that readers will see.
announced
version 1.5.0 2021-11-10 'a, b, d'
check 1 "'RC-1002' is a change from 1.0.0, but readers have 1.5.0" \
    "version 1.5.0 of 'X-1' comes without a change request" \
    "'code-removed' of state is not among what was approved"
announced
version 2.0.1 2021-11-18 'a, b, c, d'
check 1 "versions 2.0.1 and 2.0.0 of 'X-1' take effect on the same day" report-same-day

# A draft between the two goes again before anybody was told of it: nobody ever had it.
announced
version 1.5.0 2021-11-10 'a, b, d'
commit
base=$(git rev-parse HEAD)
git rm -q reports/X-1/1.5.0.yaml
check 0 '1 version of reports changed, 2 parties affected: all in order'

# Two requests for one version: an emergency that is read in the place of the first.
announced
request RC-1000 1.0.0 2.0.0 2021-11-18 ''
sed -i 's/^approved.*/emergency: {reason: Now., by: OPSG, on: 2021-09-07}/' changes/RC-1000.yaml
check 1 "'RC-1002' asks for version 2.0.0 of 'X-1', as 'RC-1000' does" report-two-requests

# What was served, and what it said, is past.
announced
sed -i 's/served_on: 2021-10-04/served_on: 2021-10-01/' notices/N-1002.yaml
check 1 "'N-1002' was served, and 'to' is edited" report-notice-edited ': 1 finding'
announced
sed -i 's/2021-11-18/2021-12-02/' notices/N-1002.yaml changes/RC-1002.yaml reports/X-1/2.0.0.yaml
check 1 "'N-1002' was served, and 'takes_effect' is edited" report-edited ': 2 findings'
announced
sed -i 's/RC-1002/RC-1001/' notices/N-1002.yaml
check 1 "'N-1002' was served, and 'report_change' is edited" "'R1' was not told"
announced
sed -i 's/^to: \[/to: [{party: UKPN}, /; s/^text: .*/text: Readings, version 2.0.0/' notices/N-1002.yaml
check 0 'all in order'
announced
git rm -q notices/N-1002.yaml
check 1 "'R1' was not told" "'R2' was not told" "'N-1002' was served, and is gone"

# A party that is not to be reached any more is one that cannot be told the next thing.
announced
sed -i '$d' parties.yaml
check 1 "'R2' receives 'X-1' and has no contact" ': 1 finding'

# A new report: its definition is read, and its request agrees with it.
announced
mkdir reports/X-2
sed 's/X-1/X-2/; s/name: state/name: state, type: dattime/' reports/X-1/2.0.0.yaml >reports/X-2/2.0.0.yaml
sed 's/X-1/X-2/; s/RC-1002/RC-1003/; s/effective_from: .*/effective_from: 2021-11-19/' changes/RC-1002.yaml >changes/RC-1003.yaml
check 1 "'dattime' is not a type of Table Schema" "'RC-1003' is a change from 1.0.0, but readers have nothing" \
    "takes effect on 2021-11-19, the version says 2021-11-18" ': 3 findings'

# Too late for one that uses the field, early enough for one that does not.
late()
{
    announced
    sed -i 's/served_on: 2021-10-04/served_on: 2021-11-08/' notices/N-1002.yaml
    base=$start
    on=2021-11-09
}
late
check 1 "'R1' was told on 2021-11-08 of a change that is breaking for it" ': 1 finding'
late
sed -i 's/{report: X-1}/{report: X-1, fields: [id]}/' parties.yaml
check 1 "'R1' was told on 2021-11-08 of a change that is breaking for it" ': 1 finding'
for r2_uses in '{report: X-1, fields: [idd]}' '{report: X-1, fields: [id]}, {report: X-1, fields: [state]}' \
    '{report: X-1, fields: [id]}, {report: X-1}'; do
    late
    check 1 "'R2' was told on 2021-11-08 of a change that is breaking for it" ': 2 findings'
done
unset r2_uses
on=2021-10-07

# Who comes later was not told by a notice to everybody; under a policy revision neither,
# until a notice of its own comes along with it.
announced
party R3 '{report: X-1}'
check 1 "'R3' was not told of a change that is breaking for it" ': 1 finding'
expect 1 "'R3' was not told" ': 1 finding' \
    -- "$OPSGATE" report check "$base..HEAD" --policy-rev "$base" --at 2021-10-07
sed 's/N-1002/N-1003/; s/role: x1_reader/party: R3/' notices/N-1002.yaml >notices/N-1003.yaml
check 0 'all in order'
expect 0 'all in order' \
    -- "$OPSGATE" report check "$base..HEAD" --policy-rev "$base" --at 2021-10-07
sed 's/N-1002/N-1003/; s/role: x1_reader/party: R1/' notices/N-1002.yaml >notices/N-1003.yaml
check 1 "'R3' was not told"
announced
sed -i 's/from: 2010-10-29/from: 2021-10-05/' parties.yaml
commit
expect 1 "'R1' was not told" "'R2' was not told" \
    -- "$OPSGATE" report check "$start~1..HEAD" --at 2021-10-07

# A party is taken out, or off the list, along with the change: it is told all the same.
announced
sed -i '/^- party: R1/,/^- party: R2/{/^- party: R2/!d}' parties.yaml
sed -i 's/role: x1_reader, served/party: R2, served/' notices/N-1002.yaml
base=$start
check 1 "'R1' was not told" ': 1 finding'
expect 1 "'R1' was not told" \
    -- "$OPSGATE" report check "$base..HEAD" --policy-rev "$base" --at 2021-10-07

# The hook of docs/ci.md, as it stands there: what is merged first counts, and nothing else.
announced
server=$scratch/server.git
git clone -q --bare "$register" "$server"
git push -q -f "$server" "$start:refs/heads/main"
sed -n '/^#!\/bin\/sh/,/^done/p' "$TOOLS/../docs/ci.md" >"$server/hooks/pre-receive"
grep -q 'report check' "$server/hooks/pre-receive" || complain 'no hook in docs/ci.md'
chmod +x "$server/hooks/pre-receive"
PATH=$(dirname "$OPSGATE"):$PATH
export PATH
expect 1 "'RC-1002' is proposed" "'R1' was not told" 'pre-receive hook declined' \
    -- git push "$server" "$base:refs/heads/main"
expect 0 'new branch' -- git push "$server" "$base:refs/heads/draft"
git checkout -q -b first "$start"
git checkout -q "$base" changes notices
commit
expect 0 'no report is changed' -- git push "$server" first:main
git checkout -q "$base" reports
commit
expect 0 'all in order' -- git push "$server" first:main
expect 1 "'N-1002' was served, and is gone" 'pre-receive hook declined' \
    -- git push "$server" first~2:main -f
expect 1 'the branch is deleted' -- git push "$server" :main

# The range says what to do when it is none that can be checked.
git checkout -q --orphan elsewhere
git rm -qrf .
git commit -q --allow-empty -m nothing
expect 2 'no register' 'has to be a commit that has the register' \
    -- "$OPSGATE" report check "HEAD..$base" --at 2021-10-07
expect 2 'no commit' 'the branch it will be merged into' \
    -- "$OPSGATE" report check "0000000000000000000000000000000000000000..$base"
expect 2 "HEAD: unknown revision 'nope'" -- "$OPSGATE" report check "$base..nope"
git checkout -q -b behind "$base~1"
expect 1 'where BASE has what HEAD does not have yet, merge it first' \
    -- "$OPSGATE" report check "$base..HEAD"
finish
