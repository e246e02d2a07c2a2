#!/bin/sh
# The verbs about reports, asked wrongly and in the wrong place: exit code 2 (4 for a file
# that cannot be read), what is wrong, and what to do; never a guess.
. "$(dirname "$0")/lib.sh"
at opsg-58

# Each verb with what it needs.
verbs()
{
    cat <<'END'
list
diff SMKI-11 1.0.0 2.0.0
check HEAD..HEAD
impact --party UKPN
verify SMKI-11 parties.yaml
identify parties.yaml
export
infer parties.yaml
END
}

# each CODE TEXT ARGUMENTS…: every verb that the sed expression in $only leaves.
each()
{
    code=$1 text=$2
    shift 2
    verbs | sed -n "${only:-p}" >"$scratch/verbs"
    while read -r verb; do
        # shellcheck disable=SC2086 # the verb's own arguments
        expect "$code" "$text" -- "$OPSGATE" report $verb "$@"
    done <"$scratch/verbs"
}

each 2 "is not an option" --nope
only='/^\(verify\|identify\|export\)/!p' each 2 'too many arguments' a b c d
only='/^\(list\|check\|impact\|export\)/p' each 2 'is no date: write 2021-10-05' --at tomorrow
only='/^\(verify\|identify\)/p' each 2 'is no date: write' --date tomorrow
only='/^\(list\|diff\|check\|impact\|verify\|identify\)/p' each 2 'formats: text, json' -o xml
only='/^infer/!p' each 2 '--policy-rev: unknown revision' --policy-rev nope
only='/^infer/!p' each 2 "repository '/nonexistent'" --repo /nonexistent
only='/^infer/!p' each 2 'register not found' --register evidence
only='/^\(list\|diff\)/p' each 4 'No space left on device' -o text=/dev/full

# What is left out, or is not there.
for verb in diff check verify identify infer; do
    expect 2 "report $verb: needs" "'opsgate help report $verb'" -- "$OPSGATE" report "$verb"
done
expect 2 'whose reports?' -- "$OPSGATE" report impact
expect 2 'needs another word' -- "$OPSGATE" report
expect 2 "did you mean 'report check'?" -- "$OPSGATE" report chek
expect 2 'needs a value: ID' -- "$OPSGATE" report impact --party
expect 2 'is given twice' -- "$OPSGATE" report impact --party UKPN --party WPD
expect 2 "no version '3.0.0'" 'did you mean' -- "$OPSGATE" report diff SMKI-11 1.0.0 3.0.0
expect 2 "no version '1.0.0' of report 'NONE'" "'opsgate report list'" -- "$OPSGATE" report diff NONE 1.0.0 2.0.0
expect 2 "no report 'SMKI-12'" "did you mean 'SMKI-11'?" -- "$OPSGATE" report verify SMKI-12 parties.yaml
expect 2 'no version of' 'the first takes effect on 2021-08-02' \
    -- "$OPSGATE" report verify SMKI-11 parties.yaml --date 2019-01-01
for verb in 'verify SMKI-11' identify infer; do
    # shellcheck disable=SC2086
    expect 4 "it is no file: name one, or '-'" -- "$OPSGATE" report $verb reports
done
expect 4 'No such file' -- "$OPSGATE" report verify SMKI-11 nothing.csv
expect 4 'No such file' -- "$OPSGATE" report identify nothing.csv
expect 2 'No such file' -- "$OPSGATE" report infer nothing.csv
expect 2 'only one output can go to stdout' -- "$OPSGATE" report check HEAD..HEAD -o text -o json
expect 2 "leave '--rev' (or OPSGATE_REV)" -- env OPSGATE_REV=HEAD "$OPSGATE" report check HEAD..HEAD

# From below the register, from the git directory, from another work tree: the same.
cd reports/SMKI-11
expect 0 'SMKI-11  2.0.0' -- "$OPSGATE" report list
cd ../../.git
expect 0 'no report is changed' -- "$OPSGATE" report check HEAD..HEAD
git worktree add -q "$scratch/tree" HEAD
cd "$scratch/tree"
expect 0 'no report is changed' -- "$OPSGATE" report check HEAD..HEAD

# Outside a repository, without a commit, without a register.
cd "$scratch/work"
touch parties.yaml
only='/^infer/!p' each 2 "make one with 'git init'"
only='/^\(verify\|identify\)/p' each 2 'names the bundle that its keeper exported: --bundle FILE'
expect 4 'has no row' -- "$OPSGATE" report infer parties.yaml
git init -q .
only='/^infer/!p' each 2 'the current branch has no commit yet'
git commit -q --allow-empty -m nothing
only='/^infer/!p' each 2 "make one with 'opsgate init'"
finish
