#!/bin/sh
# Every file of the example register, at every state it is tagged at, is valid by our JSON
# Schemas; a broken record of every kind is not; verdicts are valid records. Environment:
# OPSGATE, TOOLS, NPM_DIR (where the npm packages go).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
"$TOOLS/npm-packages" "$NPM_DIR" ajv@8 yaml@2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$TOOLS/example-register" "$scratch/register" >/dev/null
cd "$scratch/register"

for rev in opsg-56 opsg-58 what-if/severity-2-open go-live; do
    git checkout -q "$rev"
    "$OPSGATE" schema register >"$scratch/register.json" 2>/dev/null
    NODE_PATH="$NPM_DIR/node_modules" node "$here/validate.js" register \
        "$scratch/register.json" . || exit 1
done
for kind in $(sed -n 's/^kind: //p' "$here"/../../criteria/kinds/*.yaml); do
    "$OPSGATE" schema "$kind" >"$scratch/$kind.json" 2>/dev/null
    NODE_PATH="$NPM_DIR/node_modules" node "$here/validate.js" kind \
        "$scratch/$kind.json" "$kind" . || exit 1
done
"$OPSGATE" schema verdict >"$scratch/verdict.json" 2>/dev/null
for case in 'opsg-56 2021-09-07 assessment' 'opsg-58 2021-10-05 assessment' \
    'what-if/severity-2-open 2021-10-05 assessment' 'go-live 2021-11-04 go_live'; do
    set -- $case
    "$OPSGATE" assess 2021-11 --rev "$1" --at "$2" --gate "$3" -o json \
        >"$scratch/record.json" 2>/dev/null || :
    NODE_PATH="$NPM_DIR/node_modules" node "$here/validate.js" verdict \
        "$scratch/verdict.json" "$scratch/record.json" || exit 1
done
