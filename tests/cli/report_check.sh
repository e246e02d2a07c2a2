#!/bin/sh
# report check: the same change to a report, done properly and in every way that is not.
. "$(dirname "$0")/lib.sh"

# The change of SMKI-11 to 2.0.0, asked for, approved and announced to everybody: a branch
# that starts where OPSG_58 met. Each case below spoils one thing.
properly()
{
    at opsg-58
    sed -i '/^effective_from/i approved: {by: OPSG, meeting: OPSG_58, on: 2021-10-05, findings: [fe0a7ecda3431, f88be4fbb9c8c]}' \
        changes/RC-0007.yaml
    cat >notices/N-2021-10.yaml <<'EOF'
notice: N-2021-10
about: report_change
report_change: RC-0007
text: Version 2.0.0 of the SMKI 11 Report.
takes_effect: 2021-11-18
from: DCC
to: [{category: electricity_networks, served_on: 2021-10-06, served_by: ack}]
EOF
}

# check CODE TEXT…: of the range from what OPSG_56 was told. The verdict on the change request, if
# there is one, is the same.
check()
{
    commit
    expect "$@" -- "$OPSGATE" report check opsg-56..HEAD --at 2021-11-11
    [ ! -e changes/RC-0007.yaml ] || agree "$status"
}

# agree CODE OPTION…: assess says go where a check left 0, and else no.
agree()
{
    code=$1
    shift
    last="assess, after a check that left $code"
    checks=$((checks + 1))
    run "$OPSGATE" assess RC-0007 --gate effect --at 2021-11-11 "$@"
    case $code,$status in
    0,0 | 1,1) ;;
    *) complain 'check and assess disagree' ;;
    esac
}

properly
check 0 '1 version of reports changed, 6 parties affected: all in order; policy: self'
expect 0 'no report is changed' -- "$OPSGATE" report check HEAD..HEAD
expect 0 'no report is changed' -- "$OPSGATE" report check go-live..go-live

# What each recipient sees of it.
expect 0 'code-added' 'breaking for it; told on 2021-10-06: 31 working_days of notice, 30 due' \
    '1 change to reports coming for UKPN' \
    -- "$OPSGATE" report impact --party UKPN --at 2021-10-07
expect 0 '"enough": true' '"notice_given": 31' '"told_on": "2021-10-06"' \
    -- "$OPSGATE" report impact --party WPD --at 2021-10-07 -o json
expect 0 '0 changes to reports coming for UKPN' \
    -- "$OPSGATE" report impact --party UKPN --at 2021-11-18
expect 2 "did you mean 'UKPN'" -- "$OPSGATE" report impact --party UKPM
expect 2 'say it with --party' -- "$OPSGATE" report impact
sed -i 's/fields: \[device_id, cert_state\]/fields: [device_id]/' parties.yaml
rm notices/N-2021-10.yaml
expect 0 'compatible for it; not told: 10 working_days of notice due' \
    '2 more do not concern the fields it uses' \
    -- "$OPSGATE" report impact --party UKPN --at 2021-10-07 --worktree

# As it happened: nobody was asked and nobody was told, with a request and without.
at origin/as-it-happened/smki-11
sed -i '/^#/d' changes/RC-0007.yaml
check 1 "'UKPN' was not told" 'has no approval' "the report asks for 'TBDG E&A Forum'" ': 8 findings'
grep -q 'RCC-06, RCC-07, RCC-08' "$scratch/err" || complain 'assess does not name the criteria'
at opsg-58
rm changes/RC-0007.yaml
check 1 'report-no-request' "'UKPN' was not told" "'SSEN' was not told" 'no notice was served on it'

properly
sed -i '/^approved/d' changes/RC-0007.yaml
check 1 "'RC-0007' has no approval" ': 1 finding'

properly
sed -i 's/, f88be4fbb9c8c//' changes/RC-0007.yaml
check 1 "'field-renamed' of cert_state is not among what was approved" \
    "list f88be4fbb9c8c under 'findings'" ': 1 finding'

properly
sed -i 's/revoked\]/revoked, lost]/' reports/SMKI-11/2.0.0.yaml
check 1 "'code-added' of cert_state is not among what was approved" ': 1 finding'

properly
sed -i 's/approved: {by: OPSG/approved: {by: DCC/' changes/RC-0007.yaml
check 1 "'DCC' may not approve changes to reports" ': 1 finding'

properly
sed -i '/^consulted/d' changes/RC-0007.yaml
check 1 "the report asks for 'TBDG E&A Forum'" ': 1 finding'

# The forum cannot be dropped in the change that should go before it; nor can the period
# be shortened, or the proof weakened. Who drops a thing has to have that approved as well.
properly
sed -i '/^consulted/d' changes/RC-0007.yaml
sed -i '/^consult:/d; s/breaking: 30/breaking: 1/; s/breaking: ack/breaking: transport/' reports/SMKI-11/2.0.0.yaml
sed -i 's/served_on: 2021-10-06/served_on: 2021-11-10/' notices/N-2021-10.yaml
check 1 "the report asks for 'TBDG E&A Forum'" "'consult-changed' is not among" \
    "'notice-shortened' is not among" "'proof-weakened' is not among" \
    '6 working_days of notice, 30 are due'

# Carried is not acknowledged; enough for those whom it does not break.
properly
sed -i 's/served_by: ack/served_by: transport/' notices/N-2021-10.yaml
check 1 "nothing proves the notice it was sent" "'served_by: ack'" ': 6 findings'

# Too late; who narrows what a party uses along with the change does not make it early.
properly
sed -i 's/fields: \[device_id, cert_state\]/fields: [device_id]/' parties.yaml
sed -i 's/served_on: 2021-10-06/served_on: 2021-10-12/' notices/N-2021-10.yaml
check 1 "'WPD' was told on 2021-10-12 of a change that is breaking for it" "'UKPN' was told on 2021-10-12" \
    '27 working_days of notice, 30 are due' 'the first day it may take effect for it is 2021-11-23' \
    ': 6 findings'

# The day moves after notice was served.
properly
sed -i 's/effective_from: 2021-11-18/effective_from: 2021-12-02/' changes/RC-0007.yaml reports/SMKI-11/2.0.0.yaml
check 1 'names another day' 'report-date-moved' ': 6 findings'
properly
sed -i 's/effective_from: 2021-11-18/effective_from: 2021-12-02/' changes/RC-0007.yaml
check 1 'takes effect on 2021-12-02, the version says 2021-11-18' ': 1 finding'

# An objection is open until it is settled; one that comes too late is none.
objecting()
{
    properly
    sed -i "s/served_by: ack}\]/served_by: ack, objected: {on: 2021-10-20, reason: Too soon.}$1}]/" notices/N-2021-10.yaml
}
objecting ', objection_closed: {by: OPSG, on: 2021-10-25, how: Shown how to read both.}'
check 0 'all in order'
expect 1 'report-objection' -- "$OPSGATE" report check opsg-56..HEAD --at 2021-10-24
objecting ''
check 1 "'UKPN' objected on 2021-10-20: Too soon." 'report-objection' ': 6 findings'
grep -q 'RCC-10' "$scratch/err" || complain 'assess does not name the objection'
objected=$(git rev-parse HEAD)
sed -i 's/, objected: {[^}]*}//' notices/N-2021-10.yaml
commit
expect 1 "'N-2021-10' was served, and 'to' is edited" \
    -- "$OPSGATE" report check "$objected..HEAD" --at 2021-11-11
objecting ''
echo 'object_by: 2021-10-19' >>notices/N-2021-10.yaml
check 0 'all in order'

# Two requests for one version, two versions on one day.
properly
sed 's/RC-0007/RC-0008/' changes/RC-0007.yaml >changes/RC-0008.yaml
check 1 'report-two-requests' ': 1 finding'
properly
sed 's/version: 2.0.0/version: 2.0.1/' reports/SMKI-11/2.0.0.yaml >reports/SMKI-11/2.0.1.yaml
check 1 'report-same-day'

# A version is edited, or goes, after it was announced or came into force.
properly
commit
done=$(git rev-parse HEAD)
sed -i 's/title: SMKI 11 Report/title: SMKI 11/' reports/SMKI-11/2.0.0.yaml
commit
expect 1 "version 2.0.0 of 'SMKI-11' was edited after it was announced" ': 1 finding' \
    -- "$OPSGATE" report check "$done..HEAD" --at 2021-11-11
agree 1 --policy-rev "$done"
grep -q 'RCC-01' "$scratch/err" || complain 'assess does not say that it was edited'
git checkout -q "$done"
agree 0 --policy-rev "$done"
git rm -q reports/SMKI-11/1.0.0.yaml
commit
expect 1 "version 1.0.0 of 'SMKI-11' is gone" -- "$OPSGATE" report check "$done..HEAD"

# A party that comes later, one without a contact, a recipient that is nobody; one that is
# taken off the list is still told.
properly
sed -i 's/to: \[{category: electricity_networks, /to: [/; s/^to: \[/to: [{party: UKPN, /' notices/N-2021-10.yaml
check 1 "'WPD' was not told" ': 5 findings'
properly
cat >>parties.yaml <<'EOF'
- party: IDNO1
  names: [{name: A later one, from: 2021-10-01}]
  category: electricity_networks
  roles: [dno]
EOF
check 1 "'IDNO1' receives 'SMKI-11' and has no contact" ': 1 finding'
properly
sed -i 's/recipients: .*/recipients: [{category: electricity_networks}, {role: auditor}]/' reports/SMKI-11/2.0.0.yaml
check 1 'is nobody in parties.yaml' "'recipient-added' is not among" ': 2 findings'
properly
sed -i 's/recipients: .*/recipients: [{party: UKPN}]/' reports/SMKI-11/2.0.0.yaml
sed -i 's/to: \[{category: electricity_networks, /to: [{party: UKPN, /' notices/N-2021-10.yaml
check 1 "'WPD' was not told" "'recipient-removed' is not among"

# An emergency is allowed by a body that may, and stays visible.
at opsg-58
rm -f notices/N-2021-10.yaml
cat >>changes/RC-0007.yaml <<'EOF'
emergency: {reason: Certificates were revoked., by: OPSG, on: 2021-10-05}
EOF
check 0 'an emergency change, without consultation and notice: Certificates were revoked.' \
    'all in order; 1 emergency change; policy: self'
sed -i 's/by: OPSG, on: 2021-10-05}/by: DCC, on: 2021-10-05}/' changes/RC-0007.yaml
check 1 "'DCC' may not approve changes to reports"

# Under a policy revision an approval and a notice that only the change has do not count.
properly
commit
expect 1 "'RC-0007' is proposed" 'its notice does not stand at the policy revision' \
    -- "$OPSGATE" report check opsg-56..HEAD --policy-rev opsg-56 --at 2021-10-07
agree 1 --policy-rev opsg-56
expect 0 'all in order' -- "$OPSGATE" report check opsg-56..HEAD --policy-rev HEAD --at 2021-10-07

agree 0 --policy-rev HEAD

# What is dated after the day judged is not there yet.
expect 1 'dated 2021-10-05, after the day judged' 'its notice is dated after the day judged' \
    -- "$OPSGATE" report check opsg-56..HEAD --at 2021-10-04
properly
sed -i 's/approved: {by: OPSG, meeting: OPSG_58, on: 2021-10-05/approved: {by: OPSG, on: 2021-11-19/' changes/RC-0007.yaml
commit
expect 1 'dated 2021-11-19, after the change took effect' ': 1 finding' \
    -- "$OPSGATE" report check opsg-56..HEAD --at 2021-11-20

# Bare, shallow, and wrong ranges.
properly
commit
git clone -q --bare . "$scratch/bare.git"
expect 0 'all in order' -- "$OPSGATE" report check opsg-56..change --repo "$scratch/bare.git" --at 2021-10-07

# A hook that refuses a push: the new objects are still in quarantine.
git clone -q --bare "$register" "$scratch/hooked.git"
cat >"$scratch/hooked.git/hooks/pre-receive" <<EOF
#!/bin/sh
while read -r old new ref; do
    "$OPSGATE" report check "opsgate-base..\$new" --at 2021-10-07 || exit 1
done
EOF
chmod +x "$scratch/hooked.git/hooks/pre-receive"
git --git-dir="$scratch/hooked.git" branch opsgate-base opsg-56
expect 0 'all in order' -- git push "$scratch/hooked.git" HEAD:refs/heads/properly
rm changes/RC-0007.yaml notices/N-2021-10.yaml
commit
expect 1 'report-no-request' 'pre-receive hook declined' \
    -- git push "$scratch/hooked.git" HEAD:refs/heads/unannounced
git reset -q --hard HEAD~1
git clone -q --depth 1 --no-tags --branch change "file://$scratch/change" "$scratch/shallow"
cd "$scratch/shallow"
expect 4 'git fetch' -- "$OPSGATE" report check HEAD~1..HEAD --at 2021-10-07
expect 2 'unknown revision' -- "$OPSGATE" report check nope..HEAD
expect 2 'is no range' -- "$OPSGATE" report check HEAD
expect 2 'is no range' -- "$OPSGATE" report check HEAD~1...HEAD
expect 2 "leave '--rev'" -- "$OPSGATE" report check HEAD..HEAD --rev HEAD
# A layout that no file can be held against is none, whatever was approved.
properly
sed -i 's/\[0-9A-F\]{16}/[0-9A-F/' reports/SMKI-11/2.0.0.yaml
check 1 'this bracket is never closed [report-value]'

finish
