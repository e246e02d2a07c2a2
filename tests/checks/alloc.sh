#!/bin/sh
# alloc.sh ROOT: memory comes from lib/base/mem.c only, so that a test can fail each allocation.
. "$(dirname "$0")/common.sh"

code lib cmd | grep -v '^lib/base/mem\.c:' |
    grep -E '(^|[^A-Za-z0-9_.>])(malloc|calloc|realloc|reallocarray|aligned_alloc|posix_memalign|free|strdup|strndup|asprintf|vasprintf|getline|getdelim|open_memstream)[ ]*\(' |
    sed 's/$/  -- use base\/mem.h or an arena/' >"$findings" || :
report "$findings"
