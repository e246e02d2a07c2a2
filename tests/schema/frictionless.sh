#!/bin/sh
# The descriptors that tests import are valid by readers nobody here wrote (npm datapackage and
# tableschema), and these read the same schema from what is written. Environment: OPSGATE,
# NPM_DIR (where the npm packages go).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$here/../data/descriptors" && pwd)
command -v node >/dev/null && command -v npm >/dev/null || {
    echo 'skipped: node and npm are not installed'
    exit 77
}
mkdir -p "$NPM_DIR"
if ! [ -d "$NPM_DIR/node_modules/datapackage" ] || ! [ -d "$NPM_DIR/node_modules/tableschema" ] ||
    ! [ -d "$NPM_DIR/node_modules/yaml" ]; then
    echo '{"private": true}' >"$NPM_DIR/package.json"
    (cd "$NPM_DIR" && npm install --no-save --no-audit --no-fund --ignore-scripts \
        datapackage@1 tableschema@1 yaml@2 >npm.log 2>&1) || {
        echo "skipped: npm cannot install datapackage: $(tail -n 1 "$NPM_DIR/npm.log")"
        exit 77
    }
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for resource in certificates meters; do
    "$OPSGATE" import descriptor "$data/v1/datapackage.json" --resource "$resource" \
        >"$scratch/version.yaml" 2>/dev/null
    NODE_PATH="$NPM_DIR/node_modules" node "$here/frictionless.js" \
        "$data/v1/datapackage.json" "$resource" "$scratch/version.yaml"
done
