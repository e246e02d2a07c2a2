/* Posts one event as lib/delivery does it, for tests/post/post.sh: the secret comes from
 * WEBHOOK_SECRET, everything else from the command line. Prints what became of it; ends
 * with 0 delivered, 7 not delivered, 3 no attempt possible. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "delivery/cloudevent.h"
#include "delivery/post.h"

typedef struct settings {
    post_target target;
    long padding; /* bytes added to the event */
    bool check;   /* post_check alone */
} settings;

/* Takes the argument after an option, or ends the program. */
static const char *value_of(char ***argv)
{
    if (!*++*argv) {
        fprintf(stderr, "an option lacks its value\n");
        exit(2);
    }
    return **argv;
}

static long number_of(char ***argv)
{
    int64_t number;
    if (!og_str_to_int64(og_str_from(value_of(argv)), &number) || number < 0) {
        fprintf(stderr, "'%s' is not a number\n", **argv);
        exit(2);
    }
    return (long)number;
}

static settings read_arguments(char **argv)
{
    const char *secret = getenv("WEBHOOK_SECRET");
    settings s = {
        .target = {.name = "test", .secrets = og_str_from(secret ? secret : "")}};
    for (argv++; *argv; argv++) {
        if (strcmp(*argv, "--allow-http") == 0)
            s.target.allow_http = true;
        else if (strcmp(*argv, "--allow-private") == 0)
            s.target.allow_private = true;
        else if (strcmp(*argv, "--check") == 0)
            s.check = true;
        else if (strcmp(*argv, "--ca") == 0)
            s.target.network.ca_file = value_of(&argv);
        else if (strcmp(*argv, "--proxy") == 0)
            s.target.network.https_proxy = value_of(&argv);
        else if (strcmp(*argv, "--total-ms") == 0)
            s.target.total_ms = (int)number_of(&argv);
        else if (strcmp(*argv, "--padding") == 0)
            s.padding = number_of(&argv);
        else
            s.target.url = *argv;
    }
    return s;
}

static int make_event(const settings *s, og_arena *arena, og_buf *out, og_str *ret_id,
                      og_error *err)
{
    char *padding = og_arena_alloc(arena, (size_t)s->padding + 1);
    if (!padding)
        return og_nomem(err);
    memset(padding, 'x', (size_t)s->padding);
    og_value keys[] = {og_string(OG_STR("verdict")), og_string(OG_STR("padding"))};
    og_value values[] = {og_string(OG_STR("go")),
                         og_string((og_str){padding, (size_t)s->padding})};
    cloudevent event = {.type = CLOUDEVENT_VERDICT_ISSUED,
                        .source = OG_STR("/opsgate/test"),
                        .subject = OG_STR("2021-11/assessment"),
                        .time = {1631016000, 0}};
    if (og_map_make(arena, keys, values, 2, &event.content, NULL) < 0)
        return og_nomem(err);
    return cloudevent_write(&event, arena, out, ret_id, err);
}

/* Posts, or with --check looks at what would be posted. */
static int post(const settings *s, og_arena *arena, og_buf *body, post_preview *preview,
                post_result *ret, og_error *err)
{
    og_str id;
    int code = make_event(s, arena, body, &id, err);
    if (code < 0)
        return code;
    post_message message = {.id = id,
                            .timestamp = (int64_t)time(NULL),
                            .content_type = CLOUDEVENT_CONTENT_TYPE,
                            .body = og_buf_str(body)};
    return s->check ? post_look(&s->target, &message, arena, preview, err)
                    : post_send(&s->target, 1, &message, NULL, arena, ret, err);
}

static void show(const post_preview *preview)
{
    printf("%s\n", preview->origin.p);
    for (const char *const *line = preview->headers; *line; line++)
        printf("%s\n", *line);
}

int main(int argc, char **argv)
{
    (void)argc;
    settings s = read_arguments(argv);
    og_arena arena = {0};
    og_buf body = {0};
    og_error err = {0};
    post_preview preview;
    post_result result = {0};
    int code = post(&s, &arena, &body, &preview, &result, &err);
    bool possible = code == OG_OK && (s.check || result.attempted);
    if (code < 0)
        printf("%s\n", og_error_text(&err));
    else if (s.check)
        show(&preview);
    else
        printf("%s\nstatus %d, response %zu bytes%s\n", result.summary.p, result.status,
               result.response.n, result.cut ? ", cut" : "");
    og_error_done(&err);
    og_buf_done(&body);
    og_arena_done(&arena);
    return !possible ? 3 : s.check || result.delivered ? 0 : 7;
}
