/* Which processor, and stretch by stretch. */
#include <string.h>
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif

#include "csv/masks.h"

/* What the C library found out when the program was loaded; else libgcc finds out, at the
 * start of every program that may ask, and in a virtual machine that takes 80 us. */
#if defined(CPU_FEATURE_ACTIVE)
#define HAS(feature, name) CPU_FEATURE_ACTIVE(feature)
#else
#define HAS(feature, name) __builtin_cpu_supports(name)
#endif

static bool runs_here(const csv_masker *masker)
{
#if defined(__x86_64__)
    if (masker == &csv_masker_avx2)
        return HAS(AVX2, "avx2") && HAS(BMI1, "bmi") && HAS(POPCNT, "popcnt") &&
               HAS(PCLMULQDQ, "pclmul");
#endif
    (void)masker;
    return true;
}

const csv_masker *csv_masker_named(const char *name)
{
    static const csv_masker *const all[] = {
#if defined(__x86_64__)
        &csv_masker_avx2,
        &csv_masker_sse2,
#endif
        &csv_masker_portable,
        NULL,
    };
    for (const csv_masker *const *m = all; *m; m++)
        if ((!name || strcmp((*m)->name, name) == 0) && runs_here(*m))
            return *m;
    return NULL;
}

const csv_masker *csv_masker_best(void)
{
    return csv_masker_named(NULL);
}

void csv_index_reset(csv_index *ix, const char *at)
{
    ix->in_quote = ix->after_close = ix->after_cr = ix->escaped = ix->inner_lines = 0;
    ix->after_boundary = 1;
    ix->fault = false;
    ix->base = ix->next = at;
    ix->at = ix->count = 0;
    ix->stretch = CSV_STRETCH_FIRST;
}

/* The last bytes of the text, in a block of their own. It is filled up with LF, which may
 * follow a closing quote; what it brings is dropped. */
static void index_tail(csv_index *ix, const csv_masker *masker, size_t n)
{
    char block[CSV_BLOCK];
    memcpy(block, ix->next, n);
    memset(block + n, '\n', CSV_BLOCK - n);
    ix->count = masker->boundaries(ix, block, 1, ix->offsets);
    while (ix->count > 0 && ix->offsets[ix->count - 1] >= n)
        ix->count--;
}

bool csv_index_more(csv_index *ix, const csv_masker *masker, const char *end, bool whole)
{
    size_t left = (size_t)(end - ix->next);
    size_t n = left < ix->stretch ? left : ix->stretch;
    if (n >= CSV_BLOCK)
        n -= n % CSV_BLOCK;
    if (ix->fault || n == 0 || (n < CSV_BLOCK && !whole))
        return false;
    ix->base = ix->next;
    ix->at = 0;
    if (n >= CSV_BLOCK)
        ix->count = masker->boundaries(ix, ix->base, n / CSV_BLOCK, ix->offsets);
    else
        index_tail(ix, masker, n);
    ix->next += n;
    ix->stretch = CSV_STRETCH;
    return true;
}
