#!/bin/sh
# selftest.sh: each check finds what it is for, in a tree made wrong in one way.
set -eu
checks=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

# expect CHECK PATH TEXT FINDING: a tree whose only file PATH holds TEXT makes CHECK fail and
# print FINDING; with FINDING "none" the check passes.
expect()
{
    tree=$scratch/tree
    rm -rf "$tree"
    mkdir -p "$tree/$(dirname "$2")"
    printf '%b' "$3" >"$tree/$2"
    status=0
    output=$("$checks/$1.sh" "$tree" 2>&1) || status=$?
    if [ "$4" = none ]; then
        [ $status -eq 0 ] && [ -z "$output" ] && return
    else
        case $output in *"$4"*) [ $status -eq 1 ] && return ;; esac
    fi
    failures=$((failures + 1))
    printf '%s, %s with "%s": exit %s, expected "%s", got:\n%s\n' \
        "$1" "$2" "$3" "$status" "$4" "$output"
}

expect layers lib/cel/a.c '#include "model/record.h"\n' 'lib/cel/a.c:1: cel may not use model'
expect layers lib/cel/a.c '#include "value/value.h"\n' none
expect layers lib/cel/a.c '/* #include "model/record.h" */\n' none
expect layers lib/csv/a.c '\n#include "cel/cel.h"\n' 'lib/csv/a.c:2: csv may not use cel'
expect layers lib/base/a.h '#include "value/value.h"\n' 'base may not use value'
expect layers lib/cel/a.c '#include "tree.h"\n' 'write it as "module/file.h"'
expect layers lib/cel/a.c '#include "../model/record.h"\n' 'write it as "module/file.h"'
expect layers lib/extra/a.c '#include "base/str.h"\n' "'extra' is not in tests/layers.txt"
expect layers cmd/a.c '#include "app/app.h"\n' 'cmd may not use app'
expect layers cmd/a.c '#include "cmd.h"\n' none
expect layers include/opsgate/a.h '#include "base/str.h"\n' 'opsgate may not use base'

expect headers lib/model/a.c '#include <git2.h>\n' 'belongs to lib/repo/git.c'
expect headers lib/model/a.c '#include <git2/errors.h>\n' 'belongs to lib/repo/git.c'
expect headers lib/repo/git.c '#include <git2.h>\n' none
expect headers lib/model/a.c '#include <libxml/tree.h>\n' 'is not in tests/headers.txt'
expect headers tests/unit/a.c '#include <cmocka.h>\n' none
expect headers lib/model/a.c '#include <cmocka.h>\n' 'belongs to tests/unit/'
expect headers lib/model/a.c '  # include  <sys/stat.h>\n' none

expect alloc lib/model/a.c 'x = malloc(3);\n' 'lib/model/a.c:1:'
expect alloc lib/base/str.c 'x = strdup (y);\n' 'lib/base/str.c:1:'
expect alloc lib/base/mem.c 'x = malloc(3);\n' none
expect alloc lib/model/a.c '/* malloc(3) */ x = "free(3)"; model_free(x);\n' none

expect purity lib/model/a.c 'x = getenv("HOME");\n' 'does not reach outside'
expect purity lib/base/str.c 'x = time(NULL);\n' 'does not reach outside'
expect purity lib/base/file.c 'x = fopen(a, b);\n' none
expect purity lib/repo/a.c 'x = getenv("HOME");\n' none
expect purity lib/repo/a.c 'printf("x");\n' 'does not print'
expect purity lib/render/a.c 'fputs("x", stdout);\n' 'does not print'
expect purity lib/app/a.c 'exit(1);\n' 'does not end the process'
expect purity lib/cel/a.c 'x = cel_time(y); z.time(y); /* time(0) */\n' none

expect alone lib/base/a.h 'size_t a(void);\n' 'lib/base/a.h: does not compile alone'
expect alone lib/base/a.h '#include <stddef.h>\nsize_t a(void);\n' none

expect text lib/base/a.c '/* a */\nint a;\t\n' 'lib/base/a.c:2: a tab'
expect text lib/base/a.c '/* a */\nint a; \n' 'lib/base/a.c:2: space at the end'
expect text lib/base/a.c '/* a: TODO */\n' 'lib/base/a.c:1: a note to oneself'
expect text lib/base/a.c '/* a */\nint a;' 'no newline at the end'
expect text lib/base/a.c 'int a;\n' 'open the file with a comment'
expect text lib/base/a.c "/* $(printf '%090d' 0) */\n" 'longer than 90 columns'
expect text lib/base/a.c "/* $(printf '%080d' 0) \303\244\303\244\303\244 */\n" none

expect criteria_cases criteria/a.yaml 'criteria:\n  - id: A-1\n' 'there is no criteria/tests/a.yaml'

# expect_cases TEXT FINDING: the same for the test cases of a set with the one criterion A-1.
expect_cases()
{
    mkdir -p "$scratch/cases/criteria/tests"
    printf 'criteria:\n  - id: A-1\n' >"$scratch/cases/criteria/a.yaml"
    printf '%b' "$1" >"$scratch/cases/criteria/tests/a.yaml"
    status=0
    output=$("$checks/criteria_cases.sh" "$scratch/cases" 2>&1) || status=$?
    case $2:$status in none:0) return ;; esac
    case $output in *"$2"*) [ $status -eq 1 ] && return ;; esac
    failures=$((failures + 1))
    printf 'criteria_cases with "%s": exit %s, expected "%s", got:\n%s\n' \
        "$1" "$status" "$2" "$output"
}

met='    criterion: A-1\n    expect: {outcome: met}\n'
unmet='    criterion: A-1\n    expect: {outcome: unmet, elements: [x]}\n'
missing='    criterion: A-1\n    expect: {outcome: missing}\n'
other='    criterion: A-2\n    expect: {outcome: missing}\n'
expect_cases "$met$unmet$missing" none
expect_cases "$met$missing" 'A-1 has no test case that is unmet'
expect_cases "$met$unmet$other" 'A-1 has no test case that is missing'

# expect_symbols TEXT FINDING: the same for an og_cel that holds TEXT.
expect_symbols()
{
    mkdir -p "$scratch/build"
    printf '%b' "$1" | cc -fPIC -x c -c -o "$scratch/macro_list.c.o" -
    rm -f "$scratch/build/libog_cel.a"
    ar rc "$scratch/build/libog_cel.a" "$scratch/macro_list.c.o"
    status=0
    output=$("$checks/symbols.sh" "$scratch" "$scratch/build" 2>&1) || status=$?
    case $2:$status in none:0) return ;; esac
    case $output in *"$2"*) [ $status -eq 1 ] && return ;; esac
    failures=$((failures + 1))
    printf 'symbols with "%s": exit %s, expected "%s", got:\n%s\n' "$1" "$status" "$2" "$output"
}

expect_symbols 'int wrong(void) { return 0; }\n' 'wrong: name it cel_... or make it static'
expect_symbols 'int cel_f(void) { return 0; } int og_g(void) { return 0; }\n' none
expect_symbols 'int macro_f(void) { return 0; }\n' none
expect_symbols 'int cel_f(void) { static int n; return n++; }\n' 'a variable'
expect_symbols 'int cel_n = 4;\n' 'cel_n: a variable'
expect_symbols 'const char *const cel_names[] = {"a", "b"};\n' none

[ $failures -eq 0 ]
