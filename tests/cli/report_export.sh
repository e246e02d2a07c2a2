#!/bin/sh
# report export, and verify and identify by what it wrote: the same results as by the register,
# signatures by real keys, and nothing that was changed or cut off.
. "$(dirname "$0")/lib.sh"
unset SSH_AUTH_SOCK
export TMPDIR="$scratch/temporary"
mkdir "$TMPDIR"

at "$(git -C "$register" rev-parse HEAD)"
cat >reports/SMKI-11/1.5.0.yaml <<'END'
# A comment that stays at home.
report: SMKI-11
version: 1.5.0
title: SMKI 11 Report
owner: DCC
effective_from: 2021-11-11
frequency: weekly
recipients: [{party: ENWL}]
notice: {breaking: 30 working_days, compatible: 10 working_days}
reading: by_name
file: {name: "SMKI11_%Y%m%d.csv"}
schema:
  fields: [{name: device_id, type: string, constraints: {enum: [01, 02]}}]
END
mkdir reports/OTHER reports/MONTH
sed -e 's/SMKI-11/MONTH/; s/SMKI11_%Y%m%d/MONTH_%Y%m/; s/2021-11-11/2021-10-11/' \
    reports/SMKI-11/1.5.0.yaml >reports/MONTH/1.5.0.yaml
sed -e 's/SMKI-11/OTHER/; s/1.5.0/0.1.0/; s/SMKI11_/OTHER_/; s/party: ENWL/party: UKPN/' \
    reports/SMKI-11/1.5.0.yaml >reports/OTHER/0.1.0.yaml
commit
here=$PWD
mkdir "$scratch/operator"
cd "$scratch/operator"


# ---- What is in it ----

expect 0 '5 versions of 3 reports as of 2021-10-05, not signed' \
    -- "$OPSGATE" report export --repo "$here" -o all
expect 0 -- "$OPSGATE" report export --repo "$here" -o again
cmp -s all again || complain 'the same commit gave other bytes'
grep -q "\"commit\": \"$(git -C "$here" rev-parse HEAD)\"" all || complain 'no commit'
grep -q '"01",' all || complain 'a code list is no text'
! grep -qE 'recipients|ENWL|UKPN|example.net|comment' all || complain 'it says too much'
if command -v node >/dev/null 2>&1; then
    node -e 'JSON.parse(require("fs").readFileSync("all"))' || complain 'it is no JSON'
fi
expect 0 '4 versions of 2 reports' -- "$OPSGATE" report export --repo "$here" --party ENWL -o e
expect 0 '4 versions of 2 reports' -- "$OPSGATE" report export --repo "$here" --party UKPN -o e
expect 0 '1 version of 1 report ' -- "$OPSGATE" report export --repo "$here" OTHER -o e
expect 0 'as of 2021-10-20' -- "$OPSGATE" report export --repo "$here" --at 2021-10-20 -o later
expect 2 'name no later day' -- "$OPSGATE" report export --repo "$here" --at 2999-01-01
expect 2 "did you mean 'ENWL'" -- "$OPSGATE" report export --repo "$here" --party ENWX
expect 2 "no report 'NONE'" -- "$OPSGATE" report export --repo "$here" OTHER NONE
expect 2 'not both' -- "$OPSGATE" report export --repo "$here" --party ENWL OTHER
expect 2 'names the commit it is of' -- "$OPSGATE" report export --repo "$here" --worktree

# ---- The same results by bundle and by register ----

row() { printf '%s\r\n' "$1"; }
old=device_id,cert_state,issued_at new=device_id,status,issued_at
{ row $new; row 0123456789ABCDEF,revoked,; } >SMKI11_20211120.csv
{ row $new; row 0123456789ABCDEF,lost,; row x; } >SMKI11_20211127.csv
{ row $old; row 0123456789ABCDEF,in_use,; } >SMKI11_20210901.csv
{ row $old; row 0123456789ABCDEF,in_use,; } >SMKI11_20211121.csv
{ row $new; row 0123456789ABCDEF,in_use,; } >SMKI11_20211001.csv
{ row device_id; row 01; } >SMKI11_20211112.csv
{ row device_id; row 1; } >SMKI11_20211113.csv
{ row device_id; row 02; } >OTHER_20211113.csv
{ row nothing; row known; } >unknown.csv
expect 0 -- "$OPSGATE" report export --repo "$here" --at 2022-01-01 -o all
same()
{
    last="$*"
    checks=$((checks + 1))
    code=0 status=0
    "$OPSGATE" "$@" --bundle all >by_bundle 2>/dev/null || code=$?
    "$OPSGATE" "$@" --repo "$here" >by_register 2>/dev/null || status=$?
    [ "$code" -eq "$status" ] || complain "exit $code by the bundle"
    head -n 1 by_bundle | grep -q '^bundle sha256:' || complain 'the bundle is not named'
    sed 1d by_bundle | cmp -s - by_register || complain 'another result by the bundle'
}
for file in SMKI11_*.csv; do
    same report verify SMKI-11 "$file"
    same report identify "$file"
done
same report verify OTHER OTHER_20211113.csv --date 2021-11-13
same report identify OTHER_20211113.csv --date 2021-11-13
same report identify unknown.csv --date 2021-11-13
same report verify SMKI-11 *.csv --date 2021-11-20

expect 2 "no report 'NONE' in the bundle" \
    -- "$OPSGATE" report verify NONE unknown.csv --bundle all
expect 2 "leave out '--bundle' or '--rev'" \
    -- "$OPSGATE" report verify SMKI-11 unknown.csv --bundle all --rev HEAD
expect 2 'add --bundle' -- "$OPSGATE" report identify unknown.csv --signers all
expect 2 "bundle 'absent'" -- "$OPSGATE" report identify unknown.csv --bundle absent

# How old it is, and files that it cannot know of.
expect 0 ', as of 2021-10-20 (' ' days ago), not signed' 'a newer version may be in force' \
    'anybody may have written it' \
    -- "$OPSGATE" report verify SMKI-11 SMKI11_20211120.csv --bundle later
expect 0 '"after_bundle": true' '"at": "2021-10-20T22:59:59.999999999Z"' \
    "\"sha256\": \"$(sha256sum later | cut -d' ' -f1)\"" '"signature": "not signed"' \
    -- "$OPSGATE" report identify SMKI11_20211120.csv --bundle later -o json
cp SMKI11_20211120.csv plain.csv
expect 0 'a newer version may be in force' \
    -- "$OPSGATE" report identify plain.csv --bundle later
expect 1 'unannounced' 'a newer version may be in force' \
    -- "$OPSGATE" report identify unknown.csv --bundle later
cp OTHER_20211113.csv MONTH_202111.csv
for day in 2021-11-20 2021-11-30; do
    expect 0 -- "$OPSGATE" report export --repo "$here" MONTH --at $day -o month
    run "$OPSGATE" report verify MONTH MONTH_202111.csv --bundle month
    cp "$scratch/out" "month_$day"
done
grep -q 'newer version' month_2021-11-20 || complain 'the rest of the month is not said to be'
! grep -q 'newer version' month_2021-11-30 || complain 'no day of the month is later'
run "$OPSGATE" report verify SMKI-11 SMKI11_20210901.csv --bundle later
! grep -q 'newer version' "$scratch/out" || complain 'an earlier file is said to be later'

# ---- Signatures ----

for type in ed25519 rsa ecdsa; do
    ssh-keygen -q -t $type -N '' -C $type -f "key_$type"
    echo "$type@dcc.example.org namespaces=\"opsgate-bundle\" $(cat "key_$type.pub")" \
        >"allowed_$type"
    expect 0 ', signed' \
        -- "$OPSGATE" report export --repo "$here" --sign "key_$type" -o "signed_$type"
    expect 0 "signed by $type@dcc.example.org" '1 of 1 file conforms' -- "$OPSGATE" \
        report verify SMKI-11 SMKI11_20211120.csv --bundle "signed_$type" --signers "allowed_$type"
    expect 0 'signature not checked' 'was not checked: name the keys' -- "$OPSGATE" \
        report identify SMKI11_20211120.csv --bundle "signed_$type"
done
expect 0 '"signature": "checked"' '"signer": "rsa@dcc.example.org"' -- "$OPSGATE" \
    report identify SMKI11_20211120.csv --bundle signed_rsa --signers allowed_rsa -o json

# A key that an agent has, one with a passphrase and nobody to ask, a certified one.
ssh-keygen -q -t ed25519 -N '' -f key_agent
echo "agent@dcc.example.org $(cat key_agent.pub)" >allowed_agent
eval "$(ssh-agent -s)" >/dev/null
trap 'kill "$SSH_AGENT_PID"; rm -rf "$scratch"' EXIT
ssh-add -q key_agent 2>/dev/null
rm key_agent
expect 0 ', signed' -- "$OPSGATE" report export --repo "$here" --sign key_agent.pub -o by_agent
expect 0 'signed by agent@dcc.example.org' -- "$OPSGATE" \
    report identify SMKI11_20211120.csv --bundle by_agent --signers allowed_agent
kill "$SSH_AGENT_PID"
unset SSH_AUTH_SOCK
trap 'rm -rf "$scratch"' EXIT
ssh-keygen -q -t ed25519 -N 'pass phrase' -f key_locked
expect 4 'ssh-keygen did not sign' 'passphrase' -- setsid -w "$OPSGATE" \
    report export --repo "$here" --sign key_locked -o locked
[ ! -e locked ] || complain 'an unsigned bundle was written'
ssh-keygen -q -t ed25519 -N '' -f authority
ssh-keygen -q -t ed25519 -N '' -f key_certified
ssh-keygen -q -s authority -I id -n certified@dcc.example.org key_certified.pub
echo "certified@dcc.example.org cert-authority $(cat authority.pub)" >allowed_certified
expect 0 -- "$OPSGATE" report export --repo "$here" --sign key_certified-cert.pub -o certified
expect 0 'signed by certified@dcc.example.org' -- "$OPSGATE" \
    report identify SMKI11_20211120.csv --bundle certified --signers allowed_certified

# What ssh-keygen signed is checked before it is written.
mkdir false
cat >false/ssh-keygen <<END
#!/bin/sh
case "\$*" in
*' sign '*) echo something else | exec $(command -v ssh-keygen) "\$@" ;;
*) exec $(command -v ssh-keygen) "\$@" ;;
esac
END
chmod +x false/ssh-keygen
expect 4 'is of something else: Signature verification failed' \
    -- env "PATH=$PWD/false:$PATH" "$OPSGATE" report export --repo "$here" --sign key_rsa -o f
[ ! -e f ] || complain 'a bundle with a wrong signature was written'

# refuse WHY BUNDLE SIGNERS: not used, nothing on standard output, no file looked at.
refuse()
{
    expect 3 "$1" -- "$OPSGATE" report verify SMKI-11 SMKI11_20211120.csv \
        --bundle "$2" --signers "$3"
    [ ! -s "$scratch/out" ] || complain 'a bundle that is refused was used'
    expect 3 "$1" -- "$OPSGATE" report identify absent.csv --bundle "$2" --signers "$3"
}
refuse 'No principal matched' signed_rsa allowed_ed25519
refuse 'it is not signed, and --signers asks' all allowed_rsa
sed 's/in_use/in_us3/' signed_ed25519 >changed
refuse 'incorrect signature' changed allowed_ed25519
expect 0 -- "$OPSGATE" report export --repo "$here" OTHER --sign key_ed25519 -o other
{ sed '/^-----BEGIN/,$d' signed_rsa; sed -n '/^-----BEGIN/,$p' other; } >swapped
refuse 'incorrect signature' swapped allowed_ed25519
sed '/^-----BEGIN/,$d' signed_rsa >stripped
refuse 'it is not signed' stripped allowed_rsa
expect 3 'it was signed and the signature is gone' \
    -- "$OPSGATE" report identify SMKI11_20211120.csv --bundle stripped
sed 's/namespaces="opsgate-bundle"/namespaces="git"/' allowed_rsa >other_namespace
refuse 'namespace' signed_rsa other_namespace
sed 's/namespaces="opsgate-bundle"/valid-before="20200101"/' allowed_rsa >expired
refuse 'expired' signed_rsa expired
echo nonsense >broken
refuse 'No principal matched' signed_rsa broken
sed '/^-----BEGIN/,$d' signed_rsa >payload
ssh-keygen -q -Y sign -n git -f key_rsa <payload 2>/dev/null | cat payload - >for_git
refuse 'namespace' for_git allowed_rsa
expect 2 "--signers 'absent': No such file" \
    -- "$OPSGATE" report identify unknown.csv --bundle signed_rsa --signers absent

expect 4 "--signers '.': not a regular file" \
    -- "$OPSGATE" report identify unknown.csv --bundle signed_rsa --signers .

# By ssh-keygen alone, as the manual says.
last='ssh-keygen alone'
sed '/^-----BEGIN SSH SIGNATURE-----$/,$d' signed_rsa >payload
sed -n '/^-----BEGIN SSH SIGNATURE-----$/,$p' signed_rsa >signature
[ "$(ssh-keygen -Y find-principals -f allowed_rsa -s signature)" = rsa@dcc.example.org ] ||
    complain 'ssh-keygen finds no signer'
ssh-keygen -Y verify -f allowed_rsa -I rsa@dcc.example.org -n opsgate-bundle -s signature \
    <payload >/dev/null || complain 'ssh-keygen does not verify'

# Cut off anywhere, it is used neither with --signers nor without.
size=$(wc -c <signed_ed25519) at=0
while [ "$at" -lt "$size" ]; do
    head -c "$at" signed_ed25519 >cut
    expect 3 -- "$OPSGATE" report identify SMKI11_20211120.csv --bundle cut
    expect 3 -- "$OPSGATE" report identify SMKI11_20211120.csv --bundle cut \
        --signers allowed_ed25519
    at=$((at + 211))
done

# Without ssh-keygen nothing is signed or found to be.
expect 4 'there is no ssh-keygen' -- env PATH=/nonexistent "$OPSGATE" \
    report identify SMKI11_20211120.csv --bundle signed_rsa --signers allowed_rsa
expect 4 'there is no ssh-keygen' -- env PATH=/nonexistent "$OPSGATE" \
    report export --repo "$here" --sign key_rsa
expect 4 'ssh-keygen did not sign' -- "$OPSGATE" report export --repo "$here" --sign all
expect 2 "--sign 'absent': No such file" -- "$OPSGATE" report export --repo "$here" --sign absent
[ -z "$(ls "$TMPDIR")" ] || complain 'temporary files are left'

# A commit from the future says nothing of when it holds.
git -C "$here" checkout -q -b ahead
for seconds in 32503680000 99999999999999; do
    GIT_COMMITTER_DATE="@$seconds +0000" git -C "$here" commit -q --allow-empty -m ahead
    expect 2 'the commit is dated wrongly' -- "$OPSGATE" report export --repo "$here"
    expect 0 'as of 2021-10-20' -- "$OPSGATE" report export --repo "$here" --at 2021-10-20
done
git -C "$here" checkout -q change

# A definition that is wrong, or that JSON cannot say, is not exported.
cd "$here"
sed -i 's/type: string/type: strange/' reports/OTHER/0.1.0.yaml
commit
expect 3 'reports/OTHER/0.1.0.yaml:13:36: error: ' '[report-type]' \
    "version '0.1.0' of report 'OTHER' is invalid" -- "$OPSGATE" report export -o none
printf 'x: 1\n' >>reports/OTHER/0.1.0.yaml
commit
expect 3 "unknown key 'x'" -- "$OPSGATE" report export -o none
[ ! -e none ] || complain 'a broken register was exported'
git rm -q -r reports
commit
expect 2 'the register has no report' -- "$OPSGATE" report export

finish
