/* Any bytes as JSON: they are refused with a place, or what is written reads back to the
 * same bytes. */
#include <stdlib.h>

#include "value/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static int parse(og_arena *arena, og_str text, og_value *ret)
{
    uint32_t line = 0, column = 0;
    og_error err = {0};
    int rc = og_json_parse(arena, text, ret, &line, &column, &err);
    check(rc == OG_OK || (line >= 1 && column >= 1 && err.code == rc));
    og_error_done(&err);
    return rc;
}

static void check_round_trip(og_arena *arena, og_value v, int flags)
{
    og_buf first = {0}, second = {0};
    og_value again = og_absent();
    check(og_json_write(v, flags, &first, NULL) == OG_OK);
    check(first.failed == OG_OK);
    check(parse(arena, og_buf_str(&first), &again) == OG_OK);
    check(og_value_equal(v, again) && og_value_order(v, again) == 0);
    check(og_value_hash(v) == og_value_hash(again));
    check(og_json_write(again, flags, &second, NULL) == OG_OK);
    check(og_str_eq(og_buf_str(&first), og_buf_str(&second)));
    og_buf_done(&first);
    og_buf_done(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    og_arena arena = {0};
    og_value v = og_absent();
    if (parse(&arena, (og_str){(const char *)data, size}, &v) == OG_OK) {
        check_round_trip(&arena, v, OG_JSON_COMPACT);
        check_round_trip(&arena, v, OG_JSON_PRETTY | OG_JSON_ASCII);
    }
    og_arena_done(&arena);
    return 0;
}
