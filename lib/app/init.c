/* init: a small register to start from, with copies of the shipped criteria. Its dates
 * lie ahead of now, so that what is written depends on the day alone. */
#include <stdio.h>

#include "app/app.h"
#include "app/new_files.h"
#include "base/embedded.h"

extern const og_embedded_file og_init_files[]; /* criteria/init */
extern const size_t og_init_file_count;
extern const og_embedded_file og_shipped_criteria_files[]; /* criteria */
extern const size_t og_shipped_criteria_file_count;
extern const og_embedded_file og_shipped_test_files[]; /* criteria/tests */
extern const size_t og_shipped_test_file_count;

static const struct {
    const char *name; /* in criteria/init */
    const char *path; /* in the register, with the variables of the text */
    const char *what; /* a line for whoever reads the list of files */
} templates[] = {
    {"opsgate.yaml", "opsgate.yaml", "settings: time zone, criteria, authorities"},
    {"release.yaml", "releases/@release@.yaml", "a release: scope and milestones"},
    {"modification.yaml", "modifications/MP001.yaml", "a modification in its scope"},
    {"meetings.yaml", "meetings.yaml", "meetings, that of the assessment among them"},
    {"actions.yaml", "actions.yaml", "the actions log"},
    {"parties.yaml", "parties.yaml", "who is told of changes"},
    {"evidence.yaml", "evidence/@release@/components.yaml", "a batch of evidence"},
};

enum {
    TEMPLATES = sizeof templates / sizeof templates[0],
    VARIABLES_MAX = 8,
    WEEKS_AHEAD = 13,
    THURSDAY = 4
};

typedef struct variable {
    og_str name;
    char value[40];
} variable;

typedef struct starter {
    app *a;
    const char *dir; /* as given, "." where none was */
    variable variables[VARIABLES_MAX];
    size_t variable_count;
    new_files files;
} starter;

/* ---- Dates ---- */

static char *add_variable(starter *s, const char *name)
{
    variable *v = &s->variables[s->variable_count++];

    v->name = og_str_from(name);
    return v->value;
}

static void add_date(starter *s, const char *name, og_date date)
{
    og_date_format(date, add_variable(s, name));
}

/* The first Thursday that is a Working Day, three months ahead. */
static og_date first_go_live(const calendar *days, og_date today)
{
    og_date d = today + 7 * WEEKS_AHEAD;

    while (d < OG_DATE_MAX &&
           !(og_date_weekday(d) == THURSDAY && cal_is_working_day(days, d)))
        d++;
    return d;
}

/* The minute, in local time with its offset. */
static void format_minute(const zone *z, og_instant t, char out[40])
{
    og_civil c;

    zone_civil_at(z, t, &c);
    int offset = c.offset_seconds / 60, size = offset < 0 ? -offset : offset;
    snprintf(out, 40, "%04d-%02d-%02dT%02d:%02d%c%02d:%02d", c.year % 10000,
             c.month % 100, c.day % 100, c.hour % 100, c.minute % 100,
             offset < 0 ? '-' : '+', size / 60 % 100, size % 60);
}

/* Distances as in the November 2021 release: an assessment 22 Working Days before it goes
 * live, UIT 10 before that, BAT 4 before that. */
static int plan_dates(starter *s, const zone *z, const calendar *days, og_error *err)
{
    const opsgate_settings *settings = s->a->settings;
    og_instant now = {settings->now_seconds, settings->now_nanos};
    og_date today = zone_date_at(z, now), go_live = first_go_live(days, today);
    og_date assessment, uit, bat, meeting;
    char day[11];

    if (!cal_add_working_days(days, go_live, -22, &assessment) ||
        !cal_add_working_days(days, assessment, -10, &uit) ||
        !cal_add_working_days(days, uit, -4, &bat) ||
        !cal_add_working_days(days, assessment, -20, &meeting))
        return og_fail(err, OG_E_LIMIT,
                       "the clock of this machine is out of range: set it");
    add_date(s, "today", today);
    add_date(s, "go_live", go_live);
    add_date(s, "assessment", assessment);
    add_date(s, "uit_start", uit);
    add_date(s, "bat_start", bat);
    add_date(s, "meeting", meeting);
    og_date_format(go_live, day);
    snprintf(add_variable(s, "release"), 40, "%.7s", day);
    format_minute(z, now, add_variable(s, "now"));
    return OG_OK;
}

/* The zone and the calendar are those that criteria/init/opsgate.yaml names. */
static int set_dates(starter *s, og_error *err)
{
    zone *z = NULL;
    calendar *days = NULL;

    int rc = zone_open(OG_STR("Europe/London"), &z, err);
    if (rc == OG_OK)
        rc = cal_new(OG_STR("england-and-wales"), &days, err);
    if (rc == OG_OK)
        rc = plan_dates(s, z, days, err);
    cal_free(days);
    zone_free(z);
    return rc;
}

/* ---- Texts ---- */

/* The variable whose name stands between the first '@' of text and the next one. */
static const variable *variable_at(const starter *s, og_str text)
{
    for (size_t i = 0; i < s->variable_count; i++) {
        const variable *v = &s->variables[i];
        if (text.n > v->name.n + 1 && text.p[v->name.n + 1] == '@' &&
            og_str_eq(og_str_slice(text, 1, v->name.n + 1), v->name))
            return v;
    }
    return NULL;
}

static int fill_in(starter *s, og_str text, og_str *ret, og_error *err)
{
    og_buf out = {0};

    while (text.n > 0) {
        size_t n = og_str_find(text, '@');
        og_buf_put(&out, og_str_slice(text, 0, n));
        text = og_str_slice(text, n, text.n);
        const variable *v = variable_at(s, text);
        if (v)
            og_buf_puts(&out, v->value);
        else if (text.n > 0)
            og_buf_putc(&out, '@');
        text = og_str_slice(text, v ? v->name.n + 2 : 1, text.n);
    }
    int rc = og_buf_check(&out, err);
    if (rc == OG_OK) {
        *ret = og_arena_str(&s->a->arena, og_buf_str(&out));
        rc = ret->p ? OG_OK : og_nomem(err);
    }
    og_buf_done(&out);
    return rc;
}

static og_str contents(const og_embedded_file *file)
{
    return (og_str){(const char *)file->data, file->size};
}

static int add_template(starter *s, size_t i, og_error *err)
{
    const og_embedded_file *file =
        og_embedded_find(og_init_files, og_init_file_count, templates[i].name);
    new_file *f = &s->files.items[s->files.count++];

    if (!file)
        return og_fail(err, OG_E_INTERNAL, "template '%s' was not built in",
                       templates[i].name);
    f->what = templates[i].what;
    int rc = fill_in(s, og_str_from(templates[i].path), &f->path, err);
    return rc == OG_OK ? fill_in(s, contents(file), &f->text, err) : rc;
}

static int add_copies(starter *s, const og_embedded_file *files, size_t count,
                      const char *directory, const char *what, og_error *err)
{
    for (size_t i = 0; i < count; i++) {
        new_file *f = &s->files.items[s->files.count++];
        f->path = og_arena_printf(&s->a->arena, "%s%s", directory, files[i].name);
        f->text = contents(&files[i]);
        f->what = what;
        if (!f->path.p)
            return og_nomem(err);
    }
    return OG_OK;
}

static int plan_files(starter *s, og_error *err)
{
    size_t total =
        TEMPLATES + og_shipped_criteria_file_count + og_shipped_test_file_count;
    int rc = OG_OK;

    s->files.items = OG_ARRAY(&s->a->arena, total, new_file);
    if (!s->files.items)
        return og_nomem(err);
    for (size_t i = 0; i < TEMPLATES && rc == OG_OK; i++)
        rc = add_template(s, i, err);
    if (rc == OG_OK)
        rc = add_copies(s, og_shipped_criteria_files, og_shipped_criteria_file_count,
                        "criteria/", "criteria, as shipped", err);
    if (rc == OG_OK)
        rc = add_copies(s, og_shipped_test_files, og_shipped_test_file_count,
                        "criteria/tests/", "their test cases", err);
    return rc;
}

/* ---- What to do next ---- */

static int find_repository(const starter *s, bool *ret, og_error *err)
{
    og_error not_found = {0};
    repo *r = NULL;

    int rc = repo_open(s->files.root.p, NULL, &r, &not_found);
    repo_free(r);
    og_error_done(&not_found);
    *ret = rc == OG_OK;
    return rc == OG_E_NOMEM ? og_nomem(err) : OG_OK;
}

/* For a shell: as it stands where that is safe, else in single quotes. */
static void put_quoted(og_buf *out, const char *word)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789_./-";
    og_buf quoted = {0};

    if (word[0] != '-' && word[strspn(word, safe)] == '\0') {
        og_buf_puts(out, word);
        return;
    }
    og_buf_puts(&quoted, *word == '-' ? "./'" : "'");
    for (; *word; word++) {
        if (*word == '\'')
            og_buf_puts(&quoted, "'\\''");
        else
            og_buf_putc(&quoted, *word);
    }
    og_buf_putc(&quoted, '\'');
    og_buf_put_shown(out, og_buf_str(&quoted));
    if (quoted.failed && !out->failed)
        out->failed = quoted.failed;
    og_buf_done(&quoted);
}

static void put_list(const starter *s, og_buf *out)
{
    const new_files *files = &s->files;
    size_t width = 0;

    for (size_t i = 0; i < files->count; i++)
        if (files->items[i].path.n > width)
            width = files->items[i].path.n;
    for (size_t i = 0; i < files->count; i++)
        og_buf_printf(out, "  %-*s  %s\n", (int)width, files->items[i].path.p,
                      files->items[i].what);
}

static void put_next(const starter *s, bool has_repository, og_buf *out)
{
    const char *release = "";

    for (size_t i = 0; i < s->variable_count; i++)
        if (og_str_is(s->variables[i].name, "release"))
            release = s->variables[i].value;
    og_buf_puts(out, "\nNext:\n");
    if (strcmp(s->dir, ".") != 0) {
        og_buf_puts(out, "  cd ");
        put_quoted(out, s->dir);
        og_buf_putc(out, '\n');
    }
    if (!has_repository)
        og_buf_puts(out, "  git init\n");
    og_buf_puts(out, "  git add opsgate.yaml releases modifications meetings.yaml "
                     "actions.yaml parties.yaml evidence criteria\n"
                     "  git commit -m 'Start a register'\n"
                     "  opsgate lint\n");
    og_buf_printf(out,
                  "  opsgate assess %s    not assessable, and says what is missing\n"
                  "  opsgate status\n",
                  release);
}

static int show(starter *s, og_error *err)
{
    static const char *const formats[] = {"text"};
    og_buf out = {0};
    bool has_repository;

    int rc = find_repository(s, &has_repository, err);
    if (rc != OG_OK)
        return rc;
    put_list(s, &out);
    put_next(s, has_repository, &out);
    rc = og_buf_check(&out, err);
    if (rc == OG_OK)
        rc = app_take_documents(s->a, formats, &out, 1, err);
    og_buf_done(&out);
    og_buf_printf(&s->a->summary, "%zu files written", s->files.count);
    return rc;
}

static int start(starter *s, og_error *err)
{
    app *a = s->a;
    new_files *files = &s->files;

    files->arena = &a->arena;
    files->root = s->dir[0] == '/'
                      ? og_arena_printf(&a->arena, "%s", s->dir)
                      : og_arena_printf(&a->arena, "%s/%s", a->settings->cwd, s->dir);
    if (!files->root.p)
        return og_nomem(err);
    int rc = set_dates(s, err);
    if (rc == OG_OK)
        rc = plan_files(s, err);
    if (rc == OG_OK)
        rc = new_files_write(files, err);
    if (rc == OG_OK)
        rc = show(s, err);
    if (rc != OG_OK)
        new_files_take_away(files);
    return rc;
}

void opsgate_init(const opsgate_settings *settings, const char *dir, opsgate_result *ret)
{
    const opsgate_place place = {0};
    app a;
    starter s = {.a = &a, .dir = dir ? dir : "."};
    og_error err = {0};

    app_init(&a, settings, &place, ret);
    app_finish(&a, start(&s, &err), &err);
}
