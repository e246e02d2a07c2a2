#!/bin/sh
# Installs libopsgate-cel into the build directory and compiles the program on its page with the
# compiler and pkg-config alone, against the shared and the static library; it must print what
# the page says. Nothing but opsgate_cel_ may be visible in either.
#
# CC, FLAGS (sanitizers), CMAKE, BUILD, LIBDIR, PAGE: set by CMakeLists.txt.
set -eu

prefix=$BUILD/cel-library
rm -rf "$prefix"
"$CMAKE" --install "$BUILD" --component cel --prefix "$prefix" >/dev/null
PKG_CONFIG_PATH=$prefix/$LIBDIR/pkgconfig
LD_LIBRARY_PATH=$prefix/$LIBDIR
export PKG_CONFIG_PATH LD_LIBRARY_PATH
cd "$prefix"

# block WORD: the fenced block of the page that begins with ```WORD.
block()
{
    awk -v fence="\`\`\`$1" '$0 == "```" { inside = 0 } inside { print } $0 == fence { inside = 1 }' \
        "$PAGE"
}
block c >example.c
block text >expected
if ! [ -s example.c ] || ! [ -s expected ]; then
    echo "$PAGE: no block of C, or none of text"
    exit 1
fi

# compile OUT ARGUMENT...: the example, with every warning an error.
compile()
{
    out=$1
    shift
    # shellcheck disable=SC2086 # FLAGS is a list of words
    "$CC" -std=c99 -pedantic -Wall -Wextra -Werror $FLAGS -o "$out" example.c "$@"
}

# shellcheck disable=SC2046 # pkg-config prints a list of words
compile shared $(pkg-config --cflags --libs opsgate-cel)
./shared | diff -u expected -

# The archive alone: -l would take the shared library first.
static=$(pkg-config --static --libs opsgate-cel | sed 's/-lopsgate-cel/-l:libopsgate-cel.a/')
# shellcheck disable=SC2046,SC2086
compile static $(pkg-config --cflags opsgate-cel) $static
./static | diff -u expected -

# shellcheck disable=SC2046
printf '#include <opsgate/cel.h>\nint main() { return opsgate_cel_as_bool(opsgate_cel_null()); }\n' |
    "$CC" -x c++ -std=c++11 -pedantic -Wall -Wextra -Werror -fsyntax-only \
        $(pkg-config --cflags opsgate-cel) -

[ -z "$FLAGS" ] || exit 0 # sanitizers add names of their own
names=$(nm -D --defined-only "$LIBDIR/libopsgate-cel.so" | awk '{ print $3 }'
    nm -g --defined-only "$LIBDIR/libopsgate-cel.a" | awk 'NF == 3 { print $3 }')
if echo "$names" | grep -v '^opsgate_cel_'; then
    echo "these names are visible in libopsgate-cel"
    exit 1
fi
echo "$names" | grep -qx opsgate_cel_eval
