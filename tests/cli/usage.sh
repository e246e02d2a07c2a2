#!/bin/sh
# A new user's first mistakes: each says what is wrong and what to do, and none is a pass.
. "$(dirname "$0")/lib.sh"

expect 2 'opsgate help' -- "$OPSGATE"
expect 2 "did you mean 'assess'" -- "$OPSGATE" asses 2021-11
expect 2 "did you mean '--policy-rev'" -- "$OPSGATE" assess 2021-11 --policy-ref main
expect 2 'needs SUBJECT' -- "$OPSGATE" assess
expect 2 'too many' -- "$OPSGATE" assess 2021-11 2021-12
expect 2 "'--rev' needs a value" -- "$OPSGATE" assess 2021-11 --rev
expect 2 'given twice' -- "$OPSGATE" assess 2021-11 --rev a --rev b
expect 2 'takes no value' -- "$OPSGATE" assess 2021-11 --post=yes
expect 2 'not an output format' 'text, json' -- "$OPSGATE" assess 2021-11 -o yaml
expect 2 'stdout' -- "$OPSGATE" assess 2021-11 -o text -o json
expect 2 '--post' -- "$OPSGATE" assess 2021-11 --dry-run
expect 0 'usage: opsgate assess SUBJECT' '--policy-rev' -- "$OPSGATE" assess --help
expect 0 'usage: opsgate assess SUBJECT' -- "$OPSGATE" help assess
expect 0 'assess' 'lint' 'exit codes' -- "$OPSGATE" help
expect 0 'opsgate ' -- "$OPSGATE" version
expect 0 'opsgate ' -- "$OPSGATE" --version
expect 2 'not a command' -- "$OPSGATE" help frobnicate

# Wrong places.
expect 2 'not in a git repository' -- "$OPSGATE" assess 2021-11
expect 2 'no-such-dir' -- "$OPSGATE" assess 2021-11 --repo no-such-dir
git init -q empty
expect 2 -- "$OPSGATE" assess 2021-11 --repo empty
git init -q plain && (cd plain && echo hi >README && commit)
expect 2 'opsgate.yaml' -- "$OPSGATE" assess 2021-11 --repo plain
expect 2 "unknown revision 'opsg-59'" 'did you mean' -- "$OPSGATE" assess 2021-11 --repo "$register" --rev opsg-59
expect 2 '2021-12' '2021-11' -- "$OPSGATE" assess 2021-12 --repo "$register"
expect 2 'assesment' 'assessment' -- "$OPSGATE" assess 2021-11 --repo "$register" \
    --gate assesment
expect 2 '2021-02-30' -- "$OPSGATE" assess 2021-11 --repo "$register" --at 2021-02-30
expect 2 'LSC-99' -- "$OPSGATE" explain 2021-11 LSC-99 --repo "$register" --rev opsg-58
expect 2 'register' -- "$OPSGATE" assess 2021-11 --repo "$register" --register evidence

# The environment stands in for flags, and flags win.
expect 0 -- env OPSGATE_REPO="$register" OPSGATE_REV=opsg-58 OPSGATE_AT=2021-10-05 \
    OPSGATE_GATE=assessment "$OPSGATE" assess 2021-11
expect 1 -- env OPSGATE_REPO="$register" OPSGATE_REV=opsg-58 OPSGATE_AT=2021-10-05 \
    OPSGATE_GATE=assessment "$OPSGATE" assess 2021-11 --rev what-if/severity-2-open
expect 2 'OPSGATE_POLICY_REV is set but empty' -- env OPSGATE_POLICY_REV= "$OPSGATE" assess \
    2021-11 --repo "$register" --rev opsg-58
expect 2 'neither yes nor no' -- env OPSGATE_POST=maybe "$OPSGATE" assess 2021-11 \
    --repo "$register"
finish
