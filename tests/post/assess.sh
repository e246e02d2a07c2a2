#!/bin/sh
# assess --post from outside: what arrives at a receiver nobody here wrote, what is said and
# how it exits when it does not, and that no secret shows anywhere. Environment: OPSGATE,
# TOOLS, POST_TESTS, NPM_DIR.
. "$POST_TESTS/receiver.sh"
receiver_packages
. "$POST_TESTS/../cli/lib.sh"
trap 'receiver_stop; rm -rf "$scratch"' EXIT
# What the test machine says about proxies and authorities must not count.
unset http_proxy https_proxy all_proxy no_proxy HTTPS_PROXY ALL_PROXY NO_PROXY
unset CURL_CA_BUNDLE SSL_CERT_FILE
mkdir "$scratch/receiver"
receiver_start "$scratch/receiver"
HOOK_SECRET=$WEBHOOK_SECRET
HOOK_URL="$RECEIVER/verify?token=secret-in-url"
export HOOK_SECRET HOOK_URL OPSGATE_TRACE=all SSL_CERT_FILE="$RECEIVER_CA"
go="2021-11 --rev opsg-58 --at 2021-10-05 --gate assessment"
no_go="2021-11 --rev origin/what-if/severity-2-open --at 2021-10-05 --gate assessment"
undecided="2021-11 --rev opsg-56 --at 2021-09-07 --gate assessment"
here="{id: here, type: webhook, url: '$RECEIVER/verify', secret: {env: HOOK_SECRET},
    allow: [private_addresses]}"

# sinks SINK…: a fresh copy of the register as the current directory, in which the branch
# `policy` has these sinks (each a flow mapping) and nothing else has.
sinks()
{
    at opsg-58
    git checkout -q -b policy
    sed -i '/^sinks:/,$d' opsgate.yaml
    echo 'sinks:' >>opsgate.yaml
    for sink; do
        echo "  - $sink" >>opsgate.yaml
    done
    [ $# -gt 0 ] || sed -i '$d' opsgate.yaml
    commit
}

# sink_at PATH: the sinks are the one at this path of the receiver.
sink_at()
{
    sinks "{id: there, type: webhook, url: '$RECEIVER$1', secret: {env: HOOK_SECRET},
    allow: [private_addresses]}"
}

# posts CODE TEXT… [-- ARGUMENTS…]: assess --post; `go` unless told otherwise. Nothing that is
# written may hold a secret, or of a URL more than its origin.
posts()
{
    : >"$RECEIVER_LOG"
    code=$1
    shift
    : >"$scratch/texts.posts"
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        printf '%s\n' "$1" >>"$scratch/texts.posts"
        shift
    done
    [ $# -eq 0 ] || shift
    [ $# -gt 0 ] || set -- $go
    expect "$code" -- "$OPSGATE" assess "$@" --policy-rev policy --post
    while IFS= read -r text; do
        grep -qF -e "$text" "$scratch/err" || complain "stderr does not say: $text"
    done <"$scratch/texts.posts"
    for hidden in "${WEBHOOK_SECRET#whsec_}" secret-in-url 'v1,[A-Za-z0-9+/]' hunter2; do
        ! grep -q -e "$hidden" "$scratch/out" "$scratch/err" || complain "shows $hidden"
    done
}

# logged COUNT TEXT: so many lines of the receiver's log hold TEXT.
logged()
{
    checks=$((checks + 1))
    got=$(grep -cF -e "$2" "$RECEIVER_LOG" || :)
    [ "$got" -eq "$1" ] || {
        complain "$got lines of the receiver's log hold '$2', not $1"
        cut -c 1-300 "$RECEIVER_LOG"
    }
}

# ---- it arrives ----

sinks "$here"
posts 0 "sink 'here': $RECEIVER accepted it (200)" 'delivery' -- $go -o "json=$scratch/record"
logged 1 '"type":"dev.cdeventsx.opsgate-verdict.issued.0.1.0"'
logged 1 '"subject":"2021-11/assessment"'
logged 1 '"verdict":"go"'
cp "$RECEIVER_LOG" "$scratch/first"
checks=$((checks + 1))
node "$POST_TESTS/record.js" "$scratch/record" "$RECEIVER_LOG" >"$scratch/out" ||
    complain 'what was sent is not the record that was written'
posts 0 'accepted it (200)'
checks=$((checks + 1))
cmp -s "$RECEIVER_LOG" "$scratch/first" || complain 'the same verdict is another message'
posts 1 'accepted it (200)' -- $no_go
logged 1 '"verdict":"no_go"'
posts 4 'accepted it (200)' -- $undecided
logged 1 '"verdict":"not_assessable"'

SSL_CERT_FILE=/nonexistent
CURL_CA_BUNDLE=$RECEIVER_CA
export CURL_CA_BUNDLE
posts 0 'accepted it (200)'
unset CURL_CA_BUNDLE
SSL_CERT_FILE=$RECEIVER_CA

# ---- secrets and addresses from elsewhere ----

printf '%s\n' "$WEBHOOK_SECRET" >"$scratch/secret"
for file in "$scratch/secret" ../secret; do
    sinks "{id: file, type: webhook, url: '$RECEIVER/verify', secret: {file: $file},
    allow: [private_addresses]}"
    posts 0 "sink 'file': $RECEIVER accepted it (200)"
done
for file in secret .git/secret; do
    sinks "{id: file, type: webhook, url: '$RECEIVER/verify', secret: {file: $file},
    allow: [private_addresses]}"
    cp "$scratch/secret" "$file"
    posts 7 "its secret file '$file' lies inside the register"
done
sinks "{id: file, type: webhook, url: '$RECEIVER/verify', secret: {file: /nonexistent},
    allow: [private_addresses]}"
posts 7 "sink 'file' cannot be told" "'/nonexistent' cannot be found"

sinks "$here"
unset HOOK_SECRET
posts 7 "sink 'here' cannot be told" 'HOOK_SECRET, which is not set'
posts 1 'HOOK_SECRET, which is not set' -- $no_go
posts 4 'HOOK_SECRET, which is not set' -- $undecided
logged 0 path
for bad in hunter2 whsec_hunter2 "whsec_hunter2-not-base64-hunter2-hunter2"; do
    export HOOK_SECRET="$bad"
    posts 7 "sink 'here' cannot be told" 'signing secret 1' 'openssl rand -base64 32'
done
HOOK_SECRET=whsec_$(openssl rand -base64 32)
posts 7 'answered 401: is the signing secret the same on both sides?'
HOOK_SECRET="$HOOK_SECRET $WEBHOOK_SECRET"
posts 0 'accepted it (200)'
HOOK_SECRET=$WEBHOOK_SECRET

sinks "{id: hidden, type: webhook, url: {env: HOOK_URL}, secret: {env: HOOK_SECRET},
    allow: [private_addresses]}"
posts 0 "sink 'hidden': $RECEIVER accepted it (200)"
saved=$HOOK_URL
unset HOOK_URL
posts 7 "sink 'hidden' cannot be told" 'HOOK_URL, which is not set'
posts 1 'HOOK_URL, which is not set' -- $no_go
export HOOK_URL="no address?token=secret-in-url"
posts 7 "sink 'hidden'" 'not an address'
HOOK_URL=$saved

# ---- it does not arrive: 7 for a go, and what the verdict says for any other ----

# undelivered TEXT: at the sinks there are now.
undelivered()
{
    posts 7 "$1"
    posts 1 "$1" -- $no_go
    posts 4 "$1" -- $undecided
}

sink_at /tampered
undelivered 'answered 401'
logged 1 '"refused":"No matching signature found"'
sink_at /redirect
undelivered 'answered 307: redirects are not followed'
logged 0 /verify
sink_at /status/500
undelivered 'answered 500: try again later'
sink_at /status/410
undelivered 'answered 410: it wants no more messages: remove the sink'
sink_at /dropped
undelivered 'was lost before it answered'
sinks "{id: closed, type: webhook, url: 'https://127.0.0.1:9/', secret: {env: HOOK_SECRET},
    allow: [private_addresses]}"
undelivered "sink 'closed': https://127.0.0.1:9 could not be connected to"
sinks "{id: near, type: webhook, url: '$RECEIVER/verify', secret: {env: HOOK_SECRET}}"
undelivered '(loopback), where messages are not sent'
logged 0 path
sinks "{id: plain, type: webhook, url: '$RECEIVER_HTTP/verify', secret: {env: HOOK_SECRET},
    allow: [private_addresses]}"
undelivered "'$RECEIVER_HTTP' is not encrypted"
logged 0 path
sinks "{id: plain, type: webhook, url: '$RECEIVER_HTTP/verify', secret: {env: HOOK_SECRET},
    allow: [private_addresses, http]}"
posts 0 'accepted it (200)'
sinks "$here"
unset SSL_CERT_FILE
undelivered 'could not be trusted'
logged 0 path
export SSL_CERT_FILE="$RECEIVER_CA"

# The one attempt takes no longer than it may, and nobody waits for the others.
slow="type: webhook, url: '$RECEIVER/slow', secret: {env: HOOK_SECRET},
    allow: [private_addresses]}"
sinks "{id: slow, $slow" "{id: slower, $slow" "$here"
started=$(date +%s)
posts 7 "sink 'slow': $RECEIVER gave no answer in time (limit 15.000 s)" \
    "sink 'slower': $RECEIVER gave no answer in time" "sink 'here': $RECEIVER accepted it"
took=$(($(date +%s) - started))
checks=$((checks + 1))
[ $took -ge 14 ] && [ $took -le 18 ] || complain "took $took s"

# ---- who is told ----

there="{id: there, type: webhook, url: '$RECEIVER/status/503', secret: {env: HOOK_SECRET},
    allow: [private_addresses]}"
again="{id: again, type: webhook, url: {env: HOOK_URL}, secret: {env: HOOK_SECRET},
    events: [verdict_issued], allow: [private_addresses]}"
other="{id: other, type: webhook, url: '$RECEIVER/verify', secret: {env: HOOK_SECRET},
    events: [report_change_announced], allow: [private_addresses]}"
sinks "$here" "$again" "$other"
posts 0 "sink 'here': $RECEIVER accepted it" "sink 'again': $RECEIVER accepted it"
logged 2 '"verdict":"go"'
sinks "$there" "$here"
posts 7 "sink 'there': $RECEIVER answered 503" "sink 'here': $RECEIVER accepted it"
logged 1 '"verdict":"go"'
sinks "$other"
undelivered 'nobody was told: no sink in'
logged 0 path
sinks
undelivered 'nobody was told: no sink in'

# A sink on the assessed side is a claim like any other: nobody is told because of it.
sinks "$there"
git checkout -q change
sed -i "s|https://hooks.example.org/opsgate|$RECEIVER/verify|; s/events: .*/allow: [private_addresses]/
    s/OPSGATE_SECAS_SECRET/HOOK_SECRET/" opsgate.yaml
commit
posts 7 "sink 'there'" -- 2021-11 --rev change --at 2021-10-05 --gate assessment
logged 0 /verify

# Through a proxy, which then is the control: the receiver needs no permission.
sinks "{id: proxied, type: webhook, url: '$RECEIVER/verify', secret: {env: HOOK_SECRET}}"
export https_proxy="$RECEIVER_PROXY"
posts 0 'accepted it (200); through a proxy'
logged 1 CONNECT
export no_proxy=localhost
posts 7 '(loopback)'
unset https_proxy no_proxy

# ---- what is not sent ----

sinks "$again"
posts 0 "would post to sink 'again' at $RECEIVER, " 'webhook-id: m' 'webhook-timestamp: ' \
    'webhook-signature: v1,' 'Content-Type: application/cloudevents+json' \
    '"type":"dev.cdeventsx.opsgate-verdict.issued.0.1.0"' -- $go --dry-run
posts 1 'would post' -- $no_go --dry-run
unset HOOK_SECRET
posts 7 'HOOK_SECRET, which is not set' -- $go --dry-run
export HOOK_SECRET="$WEBHOOK_SECRET"
sinks
posts 7 'nobody was told' -- $go --dry-run
sinks "$here"
posts 2 'commit first' -- 2021-11 --worktree
logged 0 path

# ---- libcurl ----

# An empty file is found first and is no library.
mkdir "$scratch/lib"
: >"$scratch/lib/libcurl.so.4"
expect 7 'libcurl.so.4 cannot be loaded: install libcurl (Debian: apt-get install libcurl4)' \
    -- env LD_LIBRARY_PATH="$scratch/lib" "$OPSGATE" assess $go --policy-rev policy --post
expect 0 -- env LD_LIBRARY_PATH="$scratch/lib" "$OPSGATE" assess $go --policy-rev policy

# Only --post pays for it; without, nothing of the network is touched. (A leak check cannot
# run under strace.)
traced()
{
    ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" strace -f -o "$scratch/strace" \
        -e trace=socket,connect,open,openat "$@"
}
if ! command -v strace >/dev/null; then
    echo 'skipped: what is opened (strace is not installed)'
elif ! strace -o /dev/null true 2>/dev/null; then
    echo 'skipped: what is opened (strace may not trace here)'
else
    expect 0 -- traced "$OPSGATE" assess $go --policy-rev policy
    ! grep -e 'socket(' -e 'connect(' -e libcurl "$scratch/strace" >"$scratch/out" ||
        complain 'opens the network without --post'
    expect 0 -- traced "$OPSGATE" assess $go --policy-rev policy --post
    grep -q libcurl "$scratch/strace" && grep -q 'socket(' "$scratch/strace" ||
        complain 'the check sees nothing'
fi
finish
