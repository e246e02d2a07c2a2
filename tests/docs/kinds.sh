#!/bin/sh
# kinds.sh KINDS_DOC PAGE: the page is what the kinds say now, and a page that is not is found.
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$1" "$scratch/kinds.md"
grep -q '^## release$' "$scratch/kinds.md" || {
    echo "the page written has no release"
    exit 1
}
"$1" - | cmp - "$scratch/kinds.md"
diff -u "$2" "$scratch/kinds.md" && exit 0
echo "docs/kinds.md is not what criteria/kinds and criteria/forms say: build the target"
echo "kinds-doc-write (cmake --build BUILD --target kinds-doc-write) and commit the page"
exit 1
