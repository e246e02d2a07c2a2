#!/bin/sh
# The author of a change cannot make it pass: with a policy revision, what is weakened on the
# assessed side changes nothing, is shown as proposed, or is refused.
. "$(dirname "$0")/lib.sh"

# An open Testing Issue of Severity 2: no_go, whatever the author does about it.
assess()
{
    "$OPSGATE" assess 2021-11 --repo . --rev change --policy-rev policy --at 2021-10-05 \
        --gate assessment -o json
}
bad()
{
    at origin/what-if/severity-2-open
    git branch -q policy origin/what-if/severity-2-open
}

bad
expect 1 '"verdict": "no_go"' '"LSC-07"' -- assess

# A criterion.
bad
sed -i 's/require: issue.severity > 2/require: issue.severity > 0/' criteria/live_services.yaml
commit
expect 1 '"verdict": "no_go"' -- assess
# The same judged by itself is a go, and says that it judged itself.
expect 0 '"self": true' -- "$OPSGATE" assess 2021-11 --repo . --rev change --at 2021-10-05 \
    --gate assessment -o json

# The criteria file gone: it is the policy's that counts. Broken, it is a file of the register
# that cannot be read, and no verdict.
bad
git rm -q -r criteria
commit
expect 1 '"verdict": "no_go"' -- assess
bad
echo '[' >criteria/live_services.yaml
commit
expect 3 'criteria/live_services.yaml:' -- assess

# Another criteria set named in the configuration.
bad
sed 's/severity > 2/severity > 0/; s/criteria_set: live_services/criteria_set: easy/' \
    criteria/live_services.yaml >criteria/easy.yaml
sed -i 's/release: live_services/release: easy/' opsgate.yaml
commit
expect 1 '"verdict": "no_go"' -- assess

# A parameter.
at origin/what-if/severity-2-open
git branch policy change
sed -i 's/min_uit_working_days: 10/min_uit_working_days: 60/' criteria/live_services.yaml
commit 'ask for more'
git branch -f policy change
sed -i 's/min_uit_working_days: 60/min_uit_working_days: 1/' criteria/live_services.yaml
commit 'ask for less'
expect 1 '"LSC-06"' '60' -- assess

# A kind of the register's own, loosened: the policy's kinds read the records.
at origin/what-if/severity-2-open
mkdir kinds
cat >kinds/spare.yaml <<'YAML'
kind: spare
plural: spares
doc: A kind for this test.
key: ref
fields:
  ref: {type: string, required: true, doc: reference}
  count: {type: int, required: true, min: 5, doc: how many}
YAML
cat >evidence/2021-11/spare.yaml <<'YAML'
kind: spare
series: spare
as_of: 2021-10-04
source: test
supplied_by: DCC
records: [{ref: A, count: 7}]
YAML
commit
git branch -f policy change
sed -i 's/min: 5/min: 0/' kinds/spare.yaml
sed -i 's/count: 7/count: 1/' evidence/2021-11/spare.yaml
commit
expect 3 'evidence/2021-11/spare.yaml:6:' '5' -- assess

# A built-in kind cannot be redefined, by anybody.
at origin/what-if/severity-2-open
git branch -f policy change
mkdir kinds
sed 's/min: 1/min: 0/' >kinds/testing_issue.yaml <<'YAML'
kind: testing_issue
plural: testing_issues
doc: Looser.
key: ref
fields:
  ref: {type: string, required: true, doc: reference}
YAML
commit
expect 1 '"verdict": "no_go"' -- assess
expect 3 'kinds/testing_issue.yaml:1:' 'built-in' -- "$OPSGATE" assess 2021-11 --repo . \
    --rev change --at 2021-10-05 --gate assessment

# The calendar, and the time zone.
at origin/what-if/severity-2-open
git branch -f policy change
sed -i 's/calendar: {jurisdiction: england-and-wales}/calendar: {jurisdiction: england-and-wales, holidays: [{date: 2021-09-29, title: made up}]}/; s,Europe/London,Pacific/Kiritimati,' opsgate.yaml
commit
expect 1 -- "$OPSGATE" assess 2021-11 --repo . --rev policy --policy-rev policy \
    --at 2021-10-05 --gate assessment -o json
grep -A 3 '"digests"' "$scratch/out" >"$scratch/calendar"
expect 1 '"verdict": "no_go"' -- assess
last='the calendar digest is the policy revision'"'"'s'
[ -s "$scratch/calendar" ] || complain 'no calendar in the record'
grep -A 3 '"digests"' "$scratch/out" | cmp -s - "$scratch/calendar" ||
    complain 'the calendar of the assessed side counted'

# A gate dropped: put back from the policy revision; judged by itself it is refused.
bad
sed -i '/milestone: assessment/d' releases/2021-11.yaml
commit
expect 1 '"verdict": "no_go"' 'milestones/assessment' -- assess
expect 3 "no milestone 'assessment'" 'releases/2021-11.yaml:' -- "$OPSGATE" assess 2021-11 \
    --repo . --rev change --at 2021-10-05 --gate assessment

# A gate moved, or the emergency lane claimed: proposed, without effect.
bad
sed -i 's/planned: 2021-10-05/planned: 2021-12-01/; s/cycle: scheduled /cycle: emergency /' \
    releases/2021-11.yaml
commit
expect 1 '"milestones/assessment.planned"' '2021-12-01' '"cycle"' 'emergency' -- assess

# The baseline moved to a commit that has the scope one wants.
at opsg-58
git branch policy opsg-58
sed -i 's/^scope:/scope:\n  - {modification: MP077, part: Part 2}/' releases/2021-11.yaml
commit 'more scope'
sed -i "s/commit: \"[0-9a-f]*\"/commit: \"$(git rev-parse HEAD)\"/" releases/2021-11.yaml
commit 'and its own baseline'
expect 1 '"LSC-01"' '"baseline"' 'MP077/Part 2 is in scope and not in the baseline' -- assess

# `when` made false by the claim alone still applies.
at origin/what-if/severity-2-open
sed -i 's/    blocker: true/    blocker: true\n    when: release.cycle != "emergency"/' \
    criteria/live_services.yaml
commit
git branch -f policy change
sed -i 's/cycle: scheduled /cycle: emergency /' releases/2021-11.yaml
commit
expect 1 '"verdict": "no_go"' -- assess

# A decision that only the change holds does not open the next gate.
at go-live
git rm -q -r decisions
commit 'no decision yet'
git branch -f policy change
git checkout -q go-live -- decisions
commit 'claim one'
expect 4 '"verdict": "not_assessable"' 'D-2021-31' -- "$OPSGATE" assess 2021-11 --repo . --rev change \
    --policy-rev policy --at 2021-11-04 --gate go_live -o json

# Sinks are the policy's: the change cannot have its verdict sent elsewhere.
at opsg-58
git branch -f policy change
sed -i 's,https://hooks.example.org/opsgate,https://elsewhere.example.net/x,' opsgate.yaml
commit
expect 0 'hooks.example.org' -- env OPSGATE_SECAS_SECRET=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw \
    "$OPSGATE" assess 2021-11 --repo . --rev change --policy-rev policy --at 2021-10-05 \
    --gate assessment --post --dry-run
! grep -q elsewhere "$scratch/out" "$scratch/err" || complain 'posts to the claimed sink'

finish
