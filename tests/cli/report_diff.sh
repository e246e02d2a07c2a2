#!/bin/sh
# report list and report diff: what they show, and how they exit.
. "$(dirname "$0")/lib.sh"

at go-live
expect 0 'SMKI-11  2.0.0  from 2021-11-18  to come' 'SMKI-11  1.0.0  from 2021-08-02  in force' \
    -- "$OPSGATE" report list --at 2021-11-17
expect 0 'SMKI-11  2.0.0  from 2021-11-18  in force' 'SMKI-11  1.0.0  from 2021-08-02  past' \
    -- "$OPSGATE" report list --at 2021-11-18
expect 0 '"state": "to_come"' -- "$OPSGATE" report list --at 2021-11-17 -o json

expect 0 '1 breaking, 1 compatible, 0 editorial' 'code-added' 'status (was cert_state)' 'RC-0007' \
    'fe0a7ecda3431' -- "$OPSGATE" report diff SMKI-11 1.0.0 2.0.0
expect 0 '"fingerprint": "fe0a7ecda3431' '"report_change": "RC-0007"' \
    -- "$OPSGATE" report diff SMKI-11 1.0.0 2.0.0 -o json
# The other way round nothing declares the rename.
expect 0 'field-removed-inside' 'field-added-inside' \
    -- "$OPSGATE" report diff SMKI-11 2.0.0 1.0.0
# Unless it is asked for, which is shown; what the report change declares already may be said again.
expect 0 'field-renamed' 'cert_state (was status)' 'with 1 rename that no report change declares' \
    -- "$OPSGATE" report diff SMKI-11 2.0.0 1.0.0 --rename status=cert_state
expect 0 'field-renamed' 'RC-0007' \
    -- "$OPSGATE" report diff SMKI-11 1.0.0 2.0.0 --rename cert_state=status
! grep -q 'no report change declares' "$scratch/out" || complain 'a declared rename is called asked'
expect 2 "2.0.0 has no field 'stat'" \
    -- "$OPSGATE" report diff SMKI-11 2.0.0 1.0.0 --rename stat=cert_state
expect 2 'is given once' \
    -- "$OPSGATE" report diff SMKI-11 1.0.0 2.0.0 --rename cert_state=device_id
expect 2 'write OLD=NEW' "not 'status'" \
    -- "$OPSGATE" report diff SMKI-11 2.0.0 1.0.0 --rename status
expect 0 '0 breaking, 0 compatible, 0 editorial' \
    -- "$OPSGATE" report diff SMKI-11 1.0.0 1.0.0
expect 2 "no version '3.0.0' of report 'SMKI-11'" \
    -- "$OPSGATE" report diff SMKI-11 1.0.0 3.0.0
expect 2 'needs ID FROM TO' -- "$OPSGATE" report diff SMKI-11
expect 2 'is not a command' "did you mean 'report diff'" -- "$OPSGATE" report dif
expect 0 'report diff' 'report list' -- "$OPSGATE" help report

# A definition that checks nothing is invalid, and so is a rename of what is not there.
sed -i 's/required: true/mandatory: true/' reports/SMKI-11/2.0.0.yaml
expect 3 "no 'mandatory' in constraints" 'reports/SMKI-11/2.0.0.yaml:17' \
    -- "$OPSGATE" report diff SMKI-11 1.0.0 2.0.0 --worktree
git checkout -q .
sed -i 's/cert_state: status/cert: status/' changes/RC-0007.yaml
expect 3 "'changes/RC-0007.yaml': 'renames' has 'cert: status'" \
    -- "$OPSGATE" report diff SMKI-11 1.0.0 2.0.0 --worktree
finish
