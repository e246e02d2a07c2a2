/* CloudEvents: the exact bytes, and an id that follows the content and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "delivery/cloudevent.h"

static og_value verdict(og_arena *arena, const char *outcome)
{
    og_value keys[] = {og_string(OG_STR("verdict")), og_string(OG_STR("gate"))};
    og_value values[] = {og_string(og_str_from(outcome)),
                         og_string(OG_STR("assessment"))};
    og_value map;
    assert_int_equal(og_map_make(arena, keys, values, 2, &map, NULL), OG_OK);
    return map;
}

static cloudevent event_of(og_value content)
{
    return (cloudevent){.type = CLOUDEVENT_VERDICT_ISSUED,
                        .source = OG_STR("/opsgate/opsg-56"),
                        .subject = OG_STR("2021-11/assessment"),
                        .time = {1631016000, 0},
                        .content = content};
}

static og_str write_ok(const cloudevent *event, og_arena *arena, og_buf *out)
{
    og_error err = {0};
    og_str id;
    if (cloudevent_write(event, arena, out, &id, &err) < 0)
        fail_msg("%s", og_error_text(&err));
    return id;
}

static void exact_bytes(void **state)
{
    (void)state;
    og_arena arena = {0};
    og_buf out = {0}, want = {0};
    cloudevent event = event_of(verdict(&arena, "go"));
    og_str id = write_ok(&event, &arena, &out);
    og_buf_printf(&want,
                  "{\"data\":{\"context\":{\"id\":\"%s\",\"source\":\"/opsgate/opsg-56\","
                  "\"specversion\":\"0.5.1\",\"timestamp\":\"2021-09-07T12:00:00Z\","
                  "\"type\":\"dev.cdeventsx.opsgate-verdict.issued.0.1.0\"},"
                  "\"subject\":{\"content\":{\"gate\":\"assessment\",\"verdict\":\"go\"},"
                  "\"id\":\"2021-11/assessment\"}},"
                  "\"datacontenttype\":\"application/json\",\"id\":\"%s\","
                  "\"source\":\"/opsgate/opsg-56\",\"specversion\":\"1.0\","
                  "\"subject\":\"2021-11/assessment\",\"time\":\"2021-09-07T12:00:00Z\","
                  "\"type\":\"dev.cdeventsx.opsgate-verdict.issued.0.1.0\"}",
                  id.p, id.p);
    assert_string_equal(out.p, want.p);
    /* As sha256sum has it. */
    assert_string_equal(id.p, "m1f87b36c0edb2c39a29523e190be27c9");
    og_buf_done(&want);
    og_buf_done(&out);
    og_arena_done(&arena);
}

static void id_follows_the_content(void **state)
{
    (void)state;
    og_arena arena = {0};
    og_buf out = {0};
    cloudevent event = event_of(verdict(&arena, "go")), other = event;
    og_str id = write_ok(&event, &arena, &out);
    other.time.seconds++;
    assert_string_equal(write_ok(&other, &arena, &out).p, id.p);
    other = event_of(verdict(&arena, "no_go"));
    assert_string_not_equal(write_ok(&other, &arena, &out).p, id.p);
    other = event;
    other.subject = OG_STR("2021-11/go_live");
    assert_string_not_equal(write_ok(&other, &arena, &out).p, id.p);
    other = event;
    other.source = OG_STR("/opsgate/other");
    assert_string_not_equal(write_ok(&other, &arena, &out).p, id.p);
    /* What moves from one part to the next is another event. */
    other = event;
    other.source = OG_STR("/opsgate/opsg-5");
    other.subject = OG_STR("62021-11/assessment");
    assert_string_not_equal(write_ok(&other, &arena, &out).p, id.p);
    og_buf_done(&out);
    og_arena_done(&arena);
}

static void refused(void **state)
{
    (void)state;
    og_arena arena = {0};
    og_buf out = {0};
    og_error err = {0};
    og_str id;
    cloudevent event = event_of(verdict(&arena, "go"));
    event.subject = OG_STR("");
    assert_int_equal(cloudevent_write(&event, &arena, &out, &id, &err), OG_E_USAGE);
    og_error_done(&err);
    event = event_of(og_string(OG_STR("go")));
    assert_int_equal(cloudevent_write(&event, &arena, &out, &id, &err), OG_E_USAGE);
    og_error_done(&err);
    og_value key = og_string(OG_STR("share")), none = og_double(1.0 / 0.0), content;
    assert_int_equal(og_map_make(&arena, &key, &none, 1, &content, NULL), OG_OK);
    event = event_of(content);
    assert_int_equal(cloudevent_write(&event, &arena, &out, &id, &err), OG_E_INVALID);
    og_error_done(&err);
    og_buf_done(&out);
    og_arena_done(&arena);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
#ifdef OG_FAULT_INJECTION
    og_arena data = {0};
    cloudevent event = event_of(verdict(&data, "go"));
    for (long n = 0;; n++) {
        og_arena arena = {0};
        og_buf out = {0};
        og_error err = {0};
        og_str id;
        og_mem_fail_at(n);
        int code = cloudevent_write(&event, &arena, &out, &id, &err);
        int failed = og_mem_failed();
        og_mem_fail_at(-1);
        assert_int_equal(code, failed ? OG_E_NOMEM : OG_OK);
        og_error_done(&err);
        og_buf_done(&out);
        og_arena_done(&arena);
        if (!failed)
            break;
    }
    og_arena_done(&data);
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_bytes),
        cmocka_unit_test(id_follows_the_content),
        cmocka_unit_test(refused),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
