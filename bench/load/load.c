/* Loads a register from git objects, as far as it is told to, and says how much that was
 * and the most memory it took:
 *
 *     load read|parse|nodes|register REPOSITORY REVISION
 *
 * read: every file, nothing more. parse: YAML through the bare events of libyaml and CSV
 * through the bare scanner, nothing kept: what no program that understands the files can
 * do without. nodes: YAML as trees with positions, and CSV as before. register: the
 * register, validated and indexed. */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <yaml.h>

#include "base/limits.h"
#include "csv/csv.h"
#include "model/register.h"
#include "repo/repo.h"
#include "value/yaml.h"

typedef struct loading {
    repo *repo;
    repo_commit commit;
    repo_snapshot snapshot;
    model_source source;
    og_arena arena;
    const char *what;
    size_t bytes, things; /* things: events and cells, nodes and cells, or records */
} loading;

static int parse_events(loading *l, og_str text)
{
    yaml_parser_t parser;
    yaml_event_t event;
    bool last = false;
    if (!yaml_parser_initialize(&parser))
        return -1;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.p, text.n);
    while (!last && yaml_parser_parse(&parser, &event)) {
        last = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        l->things++;
    }
    yaml_parser_delete(&parser);
    return last ? 0 : -1;
}

static int parse_nodes(const char *path, og_str text, og_arena *arena)
{
    og_document doc = {.path = path, .source = text};
    og_diags diags = {0};
    og_error err = {0};
    int rc = og_yaml_parse(arena, &doc, &diags, &err);
    og_diags_done(&diags);
    og_error_done(&err);
    return rc;
}

static int scan_csv(loading *l, og_str text, og_arena *arena)
{
    csv_scanner scanner;
    csv_row row;
    og_error err = {0};
    int rc = csv_open(&scanner, text, NULL, arena, &err);
    while (rc == OG_OK && (rc = csv_next(&scanner, &row, &err)) == 1) {
        l->things += row.count;
        rc = OG_OK;
    }
    csv_done(&scanner);
    og_error_done(&err);
    return rc;
}

/* Texts are kept until the end, as a register keeps them: only reading is shared. */
static int take_file(loading *l, size_t index, og_error *err)
{
    og_str path = l->source.entries[index].path, text;
    int rc = l->source.read(l->source.context, index, OG_LIMIT_DATA_FILE, &l->arena,
                            &text, err);
    if (rc != OG_OK || strcmp(l->what, "read") == 0)
        return rc;
    l->bytes += text.n;
    if (og_str_ends(path, OG_STR(".csv")))
        return scan_csv(l, text, &l->arena);
    return strcmp(l->what, "nodes") == 0 ? parse_nodes(path.p, text, &l->arena)
                                         : parse_events(l, text);
}

static int load_register(loading *l, og_error *err)
{
    model_register reg;
    og_diags diags = {0};
    og_buf shown = {0};
    int rc = model_register_load(&reg, &l->source, NULL, 0, &diags, err);
    for (size_t k = 0; rc == OG_OK && k < reg.kinds->count; k++)
        l->things += reg.list_counts[k];
    for (size_t b = 0; rc == OG_OK && b < reg.batch_count; b++)
        l->things += reg.batches[b]->record_count;
    og_diags_print(&diags, &shown, false);
    fprintf(stderr, "%.*s", OG_FMT(og_buf_str(&shown)));
    og_buf_done(&shown);
    og_diags_done(&diags);
    model_register_done(&reg);
    return rc;
}

static int run(loading *l, const char *path, const char *revision, og_error *err)
{
    int rc = repo_open(path, NULL, &l->repo, err);
    if (rc == OG_OK)
        rc = repo_resolve(l->repo, revision, &l->commit, err);
    if (rc == OG_OK)
        rc = repo_snapshot_make(l->repo, &l->commit, OG_STR(""), &l->arena, &l->snapshot,
                                err);
    if (rc == OG_OK)
        rc = repo_snapshot_source(&l->snapshot, &l->commit, &l->arena, &l->source, err);
    if (rc == OG_OK && strcmp(l->what, "register") == 0)
        return load_register(l, err);
    for (size_t i = 0; rc == OG_OK && i < l->source.count; i++)
        rc = take_file(l, i, err);
    return rc;
}

int main(int argc, char **argv)
{
    loading l = {.what = argc == 4 ? argv[1] : ""};
    og_error err = {0};
    struct rusage usage;
    if (argc != 4) {
        fprintf(stderr, "usage: load read|parse|nodes|register REPOSITORY REVISION\n");
        return 2;
    }
    int rc = run(&l, argv[2], argv[3], &err);
    if (rc != OG_OK)
        fprintf(stderr, "load: %s\n", og_error_text(&err));
    og_error_done(&err);
    og_arena_done(&l.arena);
    repo_free(l.repo);
    getrusage(RUSAGE_SELF, &usage);
    printf("%-9s %8zu %10ld KiB\n", l.what, l.things, usage.ru_maxrss);
    return rc == OG_OK ? 0 : 2;
}
