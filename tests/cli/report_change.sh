#!/bin/sh
# A change to a report as a subject: what it is judged by when something is not there, whose word
# counts, and what a release that brings it rests on. That the verdict is the check's is tested with
# the check (report_check.sh).
. "$(dirname "$0")/lib.sh"

assess()
{
    "$OPSGATE" assess "$@"
}

# Without the version, or with one that cannot be read as a layout, nothing is known to be well.
at opsg-58
rm reports/SMKI-11/2.0.0.yaml
expect 4 'not_assessable — RCC-01, RCC-02, RCC-03, RCC-04, RCC-05' 'no evidence: change.edited, change.sound' \
    'no evidence: affected_parties' -- assess RC-0007 --worktree --at 2021-10-05
at opsg-58
sed -i 's/type: datetime/type: datetim/' reports/SMKI-11/2.0.0.yaml
expect 1 'no_go — RCC-01' "'datetim' is not a type of Table Schema" -- assess RC-0007 --worktree --at 2021-10-05

# A rename that does not hold, a day that is another, a contact that is gone.
at opsg-58
sed -i 's/{cert_state: status}/{cert_stat: status}/' changes/RC-0007.yaml
expect 1 'no_go — RCC-01' "'cert_stat: status' is no rename" -- assess RC-0007 --worktree --at 2021-10-05
at opsg-58
sed -i 's/^effective_from.*/effective_from: 2021-11-17/' changes/RC-0007.yaml
expect 1 'no_go — RCC-02' 'SMKI-11/2.0.0 says 2021-11-18' -- assess RC-0007 --worktree --at 2021-10-05
at opsg-58
sed -i '/change-control@wpd/d' parties.yaml
expect 1 'no_go — RCC-04' 'WPD has no contact' -- assess RC-0007 --worktree --at 2021-10-05

# Who is told by then is told in time; a day later is a day too late.
at opsg-58
expect 0 'at approval on 2021-10-07: go' -- assess RC-0007 --at 2021-10-07
expect 1 'no_go — RCC-05' 'UKPN had to be told by 2021-10-07; and 5 more' -- assess RC-0007 --at 2021-10-08
at go-live
sed -i 's/{party: ENWL, served_on: 2021-10-07/{party: ENWL, served_on: 2021-10-08/' notices/N-2021-04.yaml
expect 1 'no_go — RCC-09;' 'recipient.given = 29' 'recipient.needed = 30' \
    'ENWL was told on 2021-10-08, 29 of the 30 working_days before' 'effect for it on 2021-11-19' \
    'notices/N-2021-04.yaml:13:5' -- assess RC-0007 --worktree --at 2021-11-04

# An approval that the policy revision does not have is proposed: the gate is not passed by it.
expect 1 'at approval on 2021-11-04: no_go — RCC-05' 'proposed' \
    -- assess RC-0007 --rev go-live --policy-rev opsg-58 --at 2021-11-04
expect 1 'RCC-07' 'gate approval not passed' \
    -- assess RC-0007 --rev go-live --policy-rev opsg-58 --at 2021-11-04 --gate effect
expect 0 'at effect on 2021-11-04: go' -- assess RC-0007 --rev go-live --policy-rev go-live --at 2021-11-04

# An emergency is told of, and passes the gate.
at opsg-58
echo 'emergency: {reason: Certificates were revoked., by: OPSG, on: 2021-10-05}' >>changes/RC-0007.yaml
expect 0 'at effect on 2021-10-05: go' 'An emergency is allowed by a body that may' \
    -- assess RC-0007 --worktree --at 2021-10-05
sed -i 's/by: OPSG, on: 2021-10-05}$/by: DCC, on: 2021-10-05}/' changes/RC-0007.yaml
expect 1 'Certificates were revoked. (DCC) is no emergency that counts' \
    -- assess RC-0007 --worktree --at 2021-10-05

# A subject that is not there.
expect 2 "there is no subject 'RC-0070': did you mean 'RC-0007'?" -- assess RC-0070
expect 2 "there is no subject 'SMKI-11': the register has TCoS, 2021-11, RC-0007" -- assess SMKI-11

# Decisions are upon any subject, and upon nothing else.
decide()
{
    cat >"decisions/$2.yaml" <<END
decision: D-$2
subject: $1
gate: $2
decided: {by: OPSG, on: 2021-11-02}
outcome: AGREED
END
}
at go-live
decide RC-0007 effect
decide TCoS turn_off
commit
expect 0 '2 finished' 'by decision D-effect' 'by decision D-turn_off' -- "$OPSGATE" status --at 2021-11-04
expect 0 '3 subjects on 2021-11-04: 2 go, 1 not_assessable;' -- "$OPSGATE" status --at 2021-11-04 --policy-rev go-live
decide RC-0008 effect
expect 3 "there is no subject 'RC-0008'" "did you mean 'RC-0007'?" -- "$OPSGATE" lint --worktree
decide MP090 effect
expect 3 "there is no subject 'MP090'" -- "$OPSGATE" lint --worktree
at opsg-58
mkdir decisions
decide RC-0007 approval
sed -i 's/2021-11-02/2021-10-05/' decisions/approval.yaml
expect 1 'approval, passed by decision D-approval' 'nobody approved it' \
    -- assess RC-0007 --worktree --at 2021-10-05

# A release that alters the report rests on the same records.
at go-live
sed -i '/^  - modification: MP077/,$s/alters_reports: \[\]/alters_reports: [SMKI-11]/' releases/2021-11.yaml
expect 1 'no_go — LSC-18' -- assess 2021-11 --worktree --at 2021-11-04 --gate go_live
echo 'release: 2021-11' >>changes/RC-0007.yaml
expect 0 'go_live on 2021-11-04: go' -- assess 2021-11 --worktree --at 2021-11-04 --gate go_live
expect 0 'notices/N-2021-04.yaml' -- "$OPSGATE" explain 2021-11 LSC-18 --worktree --at 2021-11-04 --gate go_live
sed -i '/party: NPG/d' notices/N-2021-04.yaml
expect 1 'no_go — LSC-18' -- assess 2021-11 --worktree --at 2021-11-04 --gate go_live
at go-live
sed -i '/^  - modification: MP077/,$s/alters_reports: \[\]/alters_reports: [SMKI-11]/' releases/2021-11.yaml
echo 'release: 2021-11' >>changes/RC-0007.yaml
sed -i 's/^recipients.*/recipients: [{category: electricity_networks}, {category: gas_networks}]/' reports/SMKI-11/*.yaml
expect 1 'no_go — LSC-18' -- assess 2021-11 --worktree --at 2021-11-04 --gate go_live

# What is computed is not written.
at opsg-58
cat >evidence/told.yaml <<'END'
kind: affected_party
series: told
as_of: 2021-10-05
source: nobody
supplied_by: DCC
records: [{report_change: RC-0007, recipient: UKPN, party: UKPN, contacts: 1, class: breaking, told: true, moved: false}]
END
expect 3 'records of this kind are computed from others and never written' -- "$OPSGATE" lint --worktree
at opsg-58
mkdir kinds
cat >kinds/verdicts.yaml <<'END'
kind: own
plural: owns
doc: A kind that nothing computes.
key: own
computed: true
fields: {own: {type: string, required: true, doc: identifier}}
END
expect 3 'only built-in kinds are computed' -- "$OPSGATE" lint --worktree
finish
