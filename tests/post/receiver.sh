# Starts the receiver of receiver.js; to be read by a test with ".". Needs POST_TESTS (this
# directory), TOOLS and NPM_DIR (where packages are kept, in the build directory). Ends the
# test with 77, "skipped", when node, openssl or the packages cannot be had.
#
#   receiver_start DIR   sets RECEIVER (https://localhost:PORT), RECEIVER_HTTP,
#                        RECEIVER_PROXY, RECEIVER_CA, RECEIVER_LOG; exports WEBHOOK_SECRET
#   receiver_stop        at the end, also by trap

skip()
{
    echo "skipped: $1"
    exit 77
}

receiver_packages()
{
    command -v openssl >/dev/null || skip "openssl is not installed"
    "$TOOLS/npm-packages" "$NPM_DIR" standardwebhooks@1 cloudevents@10 ajv@8 ajv-formats@3 ||
        exit
}

receiver_certificate()
{
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
        -keyout "$1/key.pem" -out "$1/cert.pem" -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>"$1/openssl.log" ||
        { cat "$1/openssl.log"; exit 1; }
}

receiver_start()
{
    receiver_packages
    receiver_certificate "$1"
    WEBHOOK_SECRET=whsec_$(openssl rand -base64 32)
    export WEBHOOK_SECRET
    rm -f "$1/ports"
    : >"$1/log"
    NODE_PATH="$NPM_DIR/node_modules" node "$POST_TESTS/receiver.js" "$1" >"$1/node.log" 2>&1 &
    receiver_pid=$!
    waited=0
    while [ ! -f "$1/ports" ]; do
        kill -0 $receiver_pid 2>/dev/null && [ $waited -lt 100 ] ||
            { echo "the receiver did not start:"; cat "$1/node.log"; exit 1; }
        waited=$((waited + 1))
        sleep 0.1
    done
    read -r https http proxy <"$1/ports"
    RECEIVER=https://localhost:$https
    RECEIVER_HTTP=http://localhost:$http
    RECEIVER_PROXY=http://127.0.0.1:$proxy
    RECEIVER_CA=$1/cert.pem
    RECEIVER_LOG=$1/log
}

receiver_stop()
{
    [ -z "${receiver_pid:-}" ] || kill "$receiver_pid" 2>/dev/null || :
    receiver_pid=
}
