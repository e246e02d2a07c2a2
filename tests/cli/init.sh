#!/bin/sh
# init: from nothing to a verdict with the commands it names, and never over anything.
. "$(dirname "$0")/lib.sh"

expect 0 'opsgate.yaml' 'criteria/live_services.yaml' '  git init' '  opsgate lint' \
    'files written' -- "$OPSGATE" init new/register
sed -n 's/^  //p' "$scratch/out" | grep -E '^(cd|git) ' >commands
sh -ec '. ./commands' >/dev/null 2>&1 || complain 'the commands named do not run'
cd new/register
[ -z "$(git status --porcelain)" ] || complain 'something is not committed'
release=$(basename releases/*.yaml .yaml)
expect 0 'no findings' -- "$OPSGATE" lint
expect 0 'no findings' -- "$OPSGATE" lint --rev HEAD
expect 4 'not_assessable' 'no evidence: test_phases' 'LSC-07' -- "$OPSGATE" assess "$release"
expect 0 ' 0 failed' -- "$OPSGATE" test
expect 0 '1 subject' 'not_assessable' -- "$OPSGATE" status

# Again: everything is there, nothing is touched.
expect 2 '13 of the files' 'nothing was written' -- "$OPSGATE" init
[ -z "$(git status --porcelain)" ] || complain 'something was touched'
cd ../..
echo mine >opsgate.yaml
expect 2 "1 of the files to be written is there already, the first 'opsgate.yaml'" \
    -- "$OPSGATE" init .
[ "$(ls)" = "$(printf 'commands\nnew\nopsgate.yaml')" ] || complain 'something was written'

# A directory that cannot be one.
expect 4 'opsgate.yaml/' -- "$OPSGATE" init opsgate.yaml
expect 2 'too many' -- "$OPSGATE" init a b
mkdir full
expect 4 'write' -- sh -c '"$1" init full/disk >/dev/full' sh "$OPSGATE"
finish
