#!/bin/sh
# The descriptors that tests import are valid by readers nobody here wrote (npm datapackage and
# tableschema), and these read the same schema from what is written. Environment: OPSGATE,
# TOOLS, NPM_DIR (where the npm packages go).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$here/../data/descriptors" && pwd)
"$TOOLS/npm-packages" "$NPM_DIR" datapackage@1 tableschema@1 yaml@2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for resource in certificates meters; do
    "$OPSGATE" import descriptor "$data/v1/datapackage.json" --resource "$resource" \
        >"$scratch/version.yaml" 2>/dev/null
    NODE_PATH="$NPM_DIR/node_modules" node "$here/frictionless.js" \
        "$data/v1/datapackage.json" "$resource" "$scratch/version.yaml"
done
