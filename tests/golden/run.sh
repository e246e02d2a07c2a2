#!/bin/sh
# run.sh CASE: runs one golden case and compares what came out, byte for byte.
#
# CASE is a directory with
#   cmd                     one shell line; it may use $OPSGATE (the program) and $REGISTER
#                           (a copy of the example register as a git repository)
#   stdout, stderr, exit    what is expected; a missing one means empty, or exit code 0
#   anything else           input, copied to where the line is run
#
# OPSGATE and EXAMPLE_REGISTER name the program and the register to copy. The line runs in an
# empty directory and environment. UPDATE_GOLDEN=1 writes the expected files instead.
set -eu

case_dir=$1
[ -f "$case_dir/cmd" ] || {
    echo "$case_dir: no file 'cmd'" >&2
    exit 1
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/work" "$scratch/home"
cp -R "$case_dir/." "$scratch/work"
(cd "$scratch/work" && rm -f cmd stdout stderr exit)
if [ -n "${EXAMPLE_REGISTER:-}" ]; then
    cp -R "$EXAMPLE_REGISTER" "$scratch/work/register"
fi

status=0
(
    cd "$scratch/work"
    exec env -i PATH="$PATH" HOME="$scratch/home" TMPDIR="$scratch" TZ=UTC \
        LANG=C.UTF-8 LC_ALL=C.UTF-8 COLUMNS=80 GIT_CONFIG_NOSYSTEM=1 \
        ASAN_OPTIONS="${ASAN_OPTIONS:-}" UBSAN_OPTIONS="${UBSAN_OPTIONS:-}" \
        LSAN_OPTIONS="${LSAN_OPTIONS:-}" \
        OPSGATE="$OPSGATE" REGISTER=register sh -c "$(cat "$case_dir/cmd")"
) >"$scratch/stdout" 2>"$scratch/stderr" </dev/null || status=$?
echo "$status" >"$scratch/exit"

if [ "${UPDATE_GOLDEN:-}" = 1 ]; then
    cp "$scratch/stdout" "$scratch/stderr" "$scratch/exit" "$case_dir"
    exit 0
fi

failed=0
echo 0 >"$scratch/exit.default"
: >"$scratch/stdout.default"
: >"$scratch/stderr.default"
for name in exit stdout stderr; do
    expected=$case_dir/$name
    [ -f "$expected" ] || expected=$scratch/$name.default
    cmp -s "$expected" "$scratch/$name" && continue
    failed=1
    echo "$name differs (- expected, + got):"
    diff -u "$expected" "$scratch/$name" | tail -n +3 || :
done
[ $failed -eq 0 ] || {
    echo "the line was: $(cat "$case_dir/cmd")"
    echo "if the new output is right: UPDATE_GOLDEN=1 ctest -R golden, then read the diff"
}
exit $failed
