#!/bin/sh
# The example register: the same commit ids every time and everywhere, a clear refusal of a
# directory that is not empty, and criteria equal to the shipped ones.
#
# The ids are pinned in tests/registers/ids. After a deliberate change of the register run this with
# UPDATE_GOLDEN=1 to write them anew.
set -eu
LC_ALL=C
export LC_ALL

root=$(cd "$(dirname "$0")/../.." && pwd)
pins=$root/tests/registers/ids
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

complain() {
    echo "example_register: $1" >&2
    failed=1
}

ids() {
    git --git-dir "$1/.git" for-each-ref --format='%(refname) %(objectname)'
}

"$root/tools/example-register" "$scratch/first" >/dev/null
ids "$scratch/first" >"$scratch/ids"
if [ "${UPDATE_GOLDEN:-}" = 1 ]; then
    cp "$scratch/ids" "$pins"
fi
diff -u "$pins" "$scratch/ids" >&2 ||
    complain "the commit ids are not those of tests/registers/ids; if the change is meant, run
  UPDATE_GOLDEN=1 tests/checks/example_register.sh"

# Everything about a user that could get into a commit, set against it.
home="$scratch/a home"
mkdir -p "$home/hooks" "$home/template/hooks" "$home/deep/er"
printf '#!/bin/sh\nexit 1\n' | tee "$home/hooks/pre-commit" >"$home/template/hooks/commit-msg"
chmod +x "$home/hooks/pre-commit" "$home/template/hooks/commit-msg"
cat >"$home/.gitconfig" <<CONFIG
[core]
    autocrlf = true
    hooksPath = $home/hooks
    excludesFile = $home/ignore
    attributesFile = $home/attributes
[init]
    defaultBranch = trunk
    templateDir = $home/template
[commit]
    gpgSign = true
[tag]
    gpgSign = true
[user]
    name = someone else
    email = someone@example.org
CONFIG
echo '*.csv' >"$home/ignore"
echo '* text eol=crlf' >"$home/attributes"
(
    cd "$home/deep"
    umask 077
    HOME=$home XDG_CONFIG_HOME=$home TZ=Pacific/Auckland LC_ALL=C.UTF-8 \
        GIT_DIR=$home/nowhere GIT_INDEX_FILE=$home/index GIT_AUTHOR_NAME=someone \
        GIT_COMMITTER_DATE=2001-01-01T00:00:00Z GIT_CONFIG_COUNT=1 \
        GIT_CONFIG_KEY_0=core.autocrlf GIT_CONFIG_VALUE_0=true \
        GIT_TEMPLATE_DIR=$home/template \
        "$root/tools/example-register" er >/dev/null
)
ids "$home/deep/er" | diff -u "$scratch/ids" - >&2 ||
    complain "another user, directory, time zone or configuration gives other commit ids"

[ -z "$(git -C "$scratch/first" status --porcelain)" ] ||
    complain "the work tree is not the one committed"
[ "$(git -C "$scratch/first" rev-parse go-live)" = "$(git -C "$scratch/first" rev-parse main)" ] ||
    complain "main is not at go-live"
if grep -rq '0\{40\}' "$scratch/first/releases"; then
    complain "the baseline's commit id was not written into the release"
fi

before=$(ls -A "$scratch/first")
if "$root/tools/example-register" "$scratch/first" 2>"$scratch/message"; then
    complain "a directory that is not empty was not refused"
fi
grep -q 'is not empty' "$scratch/message" ||
    complain "the refusal does not say why: $(cat "$scratch/message")"
[ "$before" = "$(ls -A "$scratch/first")" ] || complain "the refused directory was changed"

for file in "$root"/criteria/*.yaml "$root"/criteria/tests/*.yaml; do
    file=${file#"$root/criteria/"}
    cmp "$root/criteria/$file" "$root/tests/registers/opsg-56/criteria/$file" >&2 ||
        complain "copy criteria/$file to tests/registers/opsg-56/criteria/$file"
done

exit $failed
