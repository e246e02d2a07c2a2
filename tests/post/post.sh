#!/bin/sh
# What a receiver nobody here wrote makes of our posts, and what we make of receivers that
# behave badly. Environment: SENDER (the program of sender.c), POST_TESTS, NPM_DIR.
set -u
. "$POST_TESTS/receiver.sh"

dir=$(mktemp -d)
failed=0
# What the test machine says about proxies must not count.
unset http_proxy https_proxy all_proxy no_proxy HTTPS_PROXY ALL_PROXY NO_PROXY
trap 'receiver_stop; rm -rf "$dir"' EXIT
receiver_start "$dir"

fail()
{
    echo "FAILED: $1"
    sed 's/^/    /' "$dir/out"
    failed=1
}

# expect NAME STATUS TEXT ARGUMENT...: the sender ends with STATUS and says TEXT, and never
# the secret.
expect()
{
    name=$1 want=$2 text=$3
    shift 3
    "$SENDER" "$@" >"$dir/out" 2>&1
    got=$?
    [ $got -eq "$want" ] || fail "$name: ended with $got, not $want"
    grep -qF -- "$text" "$dir/out" || fail "$name: does not say '$text'"
    ! grep -qF -- "${WEBHOOK_SECRET#whsec_}" "$dir/out" || fail "$name: shows the secret"
}

# logged NAME COUNT TEXT: so many lines of the receiver's log hold TEXT.
logged()
{
    got=$(grep -cF -- "$3" "$RECEIVER_LOG")
    [ "$got" -eq "$2" ] || { cp "$RECEIVER_LOG" "$dir/out"; fail "$1: $got lines with '$3', not $2"; }
}

to_receiver="--ca $RECEIVER_CA --allow-private"

expect "signature and envelope are accepted" 0 "accepted it (200)" $to_receiver "$RECEIVER/verify"
logged "event arrives" 1 '"type":"dev.cdeventsx.opsgate-verdict.issued.0.1.0"'
logged "content arrives" 1 '"content":{"padding":"","verdict":"go"}'
logged "HTTP/1.1" 1 '"version":"1.1"'
expect "the same again has the same id" 0 "accepted it (200)" $to_receiver "$RECEIVER/verify"
[ "$(grep -o '"id":"m[^"]*"' "$RECEIVER_LOG" | sort -u | wc -l)" -eq 1 ] || fail "ids differ"

expect "a tampered body is refused" 7 "answered 401: is the signing secret" $to_receiver \
    "$RECEIVER/tampered"
logged "by its signature" 1 '"refused":"No matching signature found"'
right=$WEBHOOK_SECRET
WEBHOOK_SECRET=whsec_$(openssl rand -base64 32)
expect "another secret is refused" 7 "answered 401" $to_receiver "$RECEIVER/verify"
WEBHOOK_SECRET="$WEBHOOK_SECRET $right"
expect "while rotating both are sent" 0 "accepted it" $to_receiver "$RECEIVER/verify"
WEBHOOK_SECRET=$right

: >"$RECEIVER_LOG"
expect "a redirect is not followed" 7 "answered 307: redirects are not followed" $to_receiver \
    "$RECEIVER/redirect"
logged "the second place is not asked" 0 /verify
expect "a slow receiver" 7 "gave no answer in time (limit 0.700 s)" $to_receiver \
    --total-ms 700 "$RECEIVER/slow"
expect "an answer before the body was read" 0 "accepted it (204)" $to_receiver \
    --padding 20000000 "$RECEIVER/early"
expect "a large answer is cut" 0 "status 200, response 16384 bytes, cut" $to_receiver \
    "$RECEIVER/large"
expect "an endless answer is cut" 0 "response 16384 bytes, cut" $to_receiver \
    "$RECEIVER/endless"
expect "no answer at all" 7 "was lost before it answered" $to_receiver "$RECEIVER/dropped"
expect "202 is not yet processed" 0 "to be processed later (202)" $to_receiver \
    "$RECEIVER/status/202"
expect "410" 7 "answered 410: it wants no more messages" $to_receiver "$RECEIVER/status/410"
expect "503" 7 "answered 503: try again later" $to_receiver "$RECEIVER/status/503"

: >"$RECEIVER_LOG"
expect "loopback is refused" 7 "(loopback), where messages are not sent" --ca "$RECEIVER_CA" \
    "$RECEIVER/verify"
logged "nothing was sent" 0 /verify
expect "an unknown authority" 7 "could not be trusted" --allow-private "$RECEIVER/verify"
expect "an authority that is no file" 7 "could not be trusted" --allow-private \
    --ca /nonexistent "$RECEIVER/verify"
logged "nothing was sent either" 0 /verify
expect "nobody listens" 7 "could not be connected to" --allow-private https://127.0.0.1:9/
expect "no such host" 7 "has no address" https://nowhere.invalid/

expect "plain http is refused" 3 "allow: [http]" --allow-private "$RECEIVER_HTTP/verify"
expect "plain http by permission" 0 "accepted it" --allow-private --allow-http \
    "$RECEIVER_HTTP/verify"
expect "another scheme" 3 "is not an https address" --allow-http ftp://example.org/
expect "no address" 3 "sink 'test' cannot be told: url: not an address" "https://exa mple.org/"
expect "a password in the address" 3 "take it out" https://user:pass@example.org/
! grep -q pass@ "$dir/out" || fail "shows the password"
expect "what --dry-run shows" 0 "https://hooks.example.org" --check \
    https://hooks.example.org/secret-path
! grep -q secret-path "$dir/out" || fail "shows the path"

expect "a proxy is the control" 0 "through a proxy, which decides" --ca "$RECEIVER_CA" \
    --proxy "$RECEIVER_PROXY" "$RECEIVER/verify"
logged "and was used" 1 CONNECT
export https_proxy="$RECEIVER_PROXY"
expect "the environment is the caller's to read" 7 "(loopback)" --ca "$RECEIVER_CA" \
    "$RECEIVER/verify"

exit $failed
