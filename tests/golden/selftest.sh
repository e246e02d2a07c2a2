#!/bin/sh
# selftest.sh: the golden runner fails when a byte or the exit code differs, and only then.
set -eu
run=$(cd "$(dirname "$0")" && pwd)/run.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/case"
cd "$scratch"
OPSGATE=/bin/echo
export OPSGATE
unset EXAMPLE_REGISTER UPDATE_GOLDEN || :

fail()
{
    echo "$1"
    exit 1
}

# shellcheck disable=SC2016 # the case expands it
echo 'cat input; $OPSGATE "$TZ" >&2; exit 3' >case/cmd
echo hello >case/input
! "$run" "$scratch/case" >out || fail 'no expected files, and it passed'
grep -q 'exit differs' out || fail 'a different exit code is not reported'
UPDATE_GOLDEN=1 "$run" "$scratch/case"
"$run" "$scratch/case" || fail 'it fails on what it wrote'
[ "$(cat case/stdout case/stderr case/exit | tr '\n' ' ')" = 'hello UTC 3 ' ] ||
    fail 'it wrote something else than what came out'
printf 'hello' >case/stdout
! "$run" "$scratch/case" >out || fail 'a missing final newline passed'
grep -q 'stdout differs' out || fail 'different bytes are not reported'
printf 'hello\n' >case/stdout
: >case/stderr
! "$run" "$scratch/case" >out || fail 'different messages passed'
