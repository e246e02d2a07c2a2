#!/bin/sh
# The same inputs give the same bytes, wherever, by whomever and however cloned they are read.
. "$(dirname "$0")/lib.sh"

assess="assess 2021-11 --rev opsg-58 --at 2021-10-05 --gate assessment -o json"
expect 0 '"verdict": "go"' -- "$OPSGATE" $assess --repo "$register"
cp "$scratch/out" "$scratch/reference"

# same WHAT COMMAND…: the reference's bytes.
same()
{
    what=$1
    shift
    expect 0 -- "$@"
    cmp -s "$scratch/reference" "$scratch/out" || complain "other bytes $what"
}

cd "$register/evidence/2021-11"
same 'from a directory below' "$OPSGATE" $assess
cd "$scratch/work"
same 'in another locale' env LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 "$OPSGATE" $assess \
    --repo "$register"
same 'in another time zone' env TZ=Pacific/Kiritimati "$OPSGATE" $assess --repo "$register"
same 'with a bare environment' env -i "$OPSGATE" $assess --repo "$register"
same 'another time' "$OPSGATE" $assess --repo "$register"

git clone -q --bare "$register" "$scratch/bare.git"
same 'from a bare repository' "$OPSGATE" $assess --repo "$scratch/bare.git"
git -C "$scratch/bare.git" gc -q
same 'from packed objects' "$OPSGATE" $assess --repo "$scratch/bare.git"
git -C "$scratch/bare.git" worktree add -q "$scratch/tree" opsg-56 2>/dev/null
same 'from a linked work tree' "$OPSGATE" $assess --repo "$scratch/tree"
commit=$(git -C "$register" rev-parse 'opsg-58^{commit}')
same 'by commit id' "$OPSGATE" assess 2021-11 --rev "$commit" --at 2021-10-05 \
    --gate assessment -o json --repo "$register"

# A shallow clone holds the revision but not its baseline's commit: exit 4 and what to fetch.
git clone -q --depth 1 --branch opsg-58 "file://$register" "$scratch/shallow"
expect 4 'git fetch' -- "$OPSGATE" $assess --repo "$scratch/shallow"
git -C "$scratch/shallow" fetch -q --unshallow
same 'from a clone that was shallow' "$OPSGATE" $assess --repo "$scratch/shallow"

# Another user: the repository must be declared safe, and then gives the same bytes.
if [ "$(id -u)" = 0 ] && id nobody >/dev/null 2>&1 && command -v setpriv >/dev/null; then
    chmod -R a+rX "$scratch"
    cp "$OPSGATE" "$scratch/opsgate" && chmod a+rx "$scratch/opsgate"
    as_nobody="setpriv --reuid nobody --regid nogroup --clear-groups env HOME=/nonexistent"
    expect 2 'safe.directory' -- $as_nobody "$scratch/opsgate" $assess --repo "$register"
    mkdir "$scratch/nobody"
    printf '[safe]\n\tdirectory = %s\n' "$register" >"$scratch/nobody/.gitconfig"
    chmod -R a+rX "$scratch/nobody"
    same 'as another user' setpriv --reuid nobody --regid nogroup --clear-groups \
        env HOME="$scratch/nobody" "$scratch/opsgate" $assess --repo "$register"
else
    echo 'skipped: another user (needs root, setpriv and the user nobody)'
fi
finish
