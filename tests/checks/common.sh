# For the checks: they are called with the root of the tree to check (this one, or a wrong one
# made by selftest.sh), print one line a finding, and exit 1 if there was any.
set -eu
LC_ALL=C
export LC_ALL
checks=$(cd "$(dirname "$0")" && pwd)
tables=${checks%/checks}
cd "$1"

# sources DIR...: the .c and .h files below those of the directories that exist.
sources()
{
    for directory; do
        [ ! -d "$directory" ] || find "$directory" -name '*.[ch]'
    done | sort
}

# code DIR...: their code, as code.awk prints it.
code()
{
    files=$(sources "$@")
    [ -z "$files" ] || printf '%s\n' "$files" | xargs awk -f "$checks/code.awk"
}

# report FILE: prints the findings collected there; true if there is none.
report()
{
    cat "$1"
    [ ! -s "$1" ]
}

findings=$(mktemp)
trap 'rm -f "$findings"' EXIT
