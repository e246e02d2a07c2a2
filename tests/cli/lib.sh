# Sourced by the tests of this directory: a scratch directory with a copy of the example
# register, and expectations on what a command says and how it exits.
#
# Called with OPSGATE (the program) and TOOLS (the tree's tools/).
set -eu
: "${OPSGATE:?}" "${TOOLS:?}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for name in REPO REGISTER REV POLICY_REV AT GATE OUTPUT POST TRACE; do
    unset "OPSGATE_$name"
done
export HOME="$scratch/home" GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8 TZ=UTC
export GIT_AUTHOR_NAME=tester GIT_AUTHOR_EMAIL=tester@example.invalid
export GIT_COMMITTER_NAME=tester GIT_COMMITTER_EMAIL=tester@example.invalid
export GIT_AUTHOR_DATE='2021-10-05T12:00:00Z' GIT_COMMITTER_DATE='2021-10-05T12:00:00Z'
mkdir "$HOME" "$scratch/work"
failures=0 checks=0
register=$scratch/register
"$TOOLS/example-register" "$register" >/dev/null
cd "$scratch/work"

# run COMMAND…: leaves $status, $scratch/out and $scratch/err.
run()
{
    status=0
    "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
}

complain()
{
    failures=$((failures + 1))
    printf 'FAILED: %s\n  command: %s\n  exit %s\n' "$1" "$last" "$status"
    sed 's/^/  out| /' "$scratch/out" | head -n 40
    sed 's/^/  err| /' "$scratch/err" | head -n 40
}

# expect CODE TEXT… -- COMMAND…: exit code, and each TEXT (a fixed string) on either stream.
expect()
{
    code=$1
    shift
    : >"$scratch/texts"
    while [ "$1" != -- ]; do
        printf '%s\n' "$1" >>"$scratch/texts"
        shift
    done
    shift
    last=$*
    checks=$((checks + 1))
    run "$@"
    [ "$status" -eq "$code" ] || complain "expected exit $code"
    while IFS= read -r text; do
        grep -qF -e "$text" "$scratch/out" "$scratch/err" || complain "nothing says: $text"
    done <"$scratch/texts"
}

# A fresh copy of the register at a revision, on branch `change`, as the current directory.
at()
{
    cd "$scratch"
    rm -rf change
    git clone -q "$register" change
    cd change
    git checkout -q -b change "$1"
}

commit()
{
    git add -A
    git commit -q -m "${1:-change}"
}

finish()
{
    echo "$checks checks, $failures failed"
    [ "$checks" -gt 0 ] && [ "$failures" -eq 0 ]
}
