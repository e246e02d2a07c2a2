/*
 * Build tool: parses YAML files and writes their node trees as C tables, so that the
 * program need not scan them when it starts (lib/model/builtin.h).
 *
 *   embed_yaml OUT DIR FILE...   the files named, with their paths below DIR
 *
 * Runs on the build machine, frees nothing and ends at the first failure.
 */
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "value/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *out;
static size_t next_node; /* numbers given to nodes */

static _Noreturn void fail(const char *what, const char *why)
{
    fprintf(stderr, "embed_yaml: %s: %s\n", what, why);
    exit(1);
}

/* As in tools/embed.c: octal escapes end by themselves, '?' might begin a trigraph. */
static void write_literal(og_str s)
{
    fputc('"', out);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '?')
            fputc(c, out);
        else
            fprintf(out, "\\%03o", c);
    }
    fputc('"', out);
}

/* The children first, then the node; returns its number. Depth is the parser's limit. */
static size_t write_node(const og_node *node)
{
    size_t *parts = calloc(2 * (size_t)node->count + 1, sizeof *parts);
    if (!parts)
        fail("allocate", "out of memory");
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->kind == OG_NODE_MAP) {
            parts[2 * i] = write_node(node->pairs[i].key);
            parts[2 * i + 1] = write_node(node->pairs[i].value);
        } else {
            parts[i] = write_node(node->items[i]);
        }
    }
    size_t number = next_node++;
    if (node->kind == OG_NODE_MAP && node->count) {
        fprintf(out, "static const og_pair p%zu[] = {\n", number);
        for (uint32_t i = 0; i < node->count; i++)
            fprintf(out, "    {&n%zu, &n%zu},\n", parts[2 * i], parts[2 * i + 1]);
        fputs("};\n", out);
    } else if (node->kind == OG_NODE_SEQ && node->count) {
        fprintf(out, "static const og_node *const p%zu[] = {\n", number);
        for (uint32_t i = 0; i < node->count; i++)
            fprintf(out, "    &n%zu,\n", parts[i]);
        fputs("};\n", out);
    }
    fprintf(
        out,
        "static const og_node n%zu = {.kind = %d, .style = %d, .line = %u, .column = %u, "
        ".end_line = %u, .end_column = %u, .count = %u",
        number, node->kind, node->style, node->line, node->column, node->end_line,
        node->end_column, node->count);
    if (node->kind == OG_NODE_SCALAR) {
        fputs(", .text = {", out);
        write_literal(node->text);
        fprintf(out, ", %zu}", node->text.n);
    } else if (node->kind == OG_NODE_MAP && node->count) {
        fprintf(out, ", .pairs = p%zu", number);
    } else if (node->count) {
        fprintf(out, ", .items = (const og_node **)p%zu", number);
    }
    fputs("};\n", out);
    free(parts);
    return number;
}

static size_t write_document(const char *path, char digest[65])
{
    og_error err = {0};
    og_buf text = {0};
    og_arena arena = {0};
    og_diags diags = {0};
    if (og_file_read(path, OG_LIMIT_FILE, true, &text, &err) != OG_OK)
        fail(path, og_error_text(&err));
    og_document doc = {.path = path, .source = og_buf_str(&text)};
    int rc = og_yaml_parse(&arena, &doc, &diags, &err);
    if (rc != OG_OK || !og_diags_ok(&diags) || !doc.root) {
        og_buf shown = {0};
        og_diags_print(&diags, &shown, false);
        fail(path, shown.n ? shown.p : "nothing in it");
    }
    unsigned char hash[OG_SHA256_SIZE];
    og_sha256_of(doc.source, hash);
    og_hex(hash, sizeof hash, digest);
    return write_node(doc.root);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        fail("usage", "embed_yaml OUT DIR FILE...");
    size_t below = strlen(argv[2]) + 1, count = (size_t)argc - 3;
    out = fopen(argv[1], "w");
    if (!out)
        fail(argv[1], "cannot be written");
    qsort(argv + 3, count, sizeof *argv, by_path);
    fputs("/* Written by tools/embed_yaml.c. */\n#include \"model/builtin.h\"\n\n", out);
    size_t *roots = calloc(count, sizeof *roots);
    char(*digests)[65] = calloc(count, sizeof *digests);
    if (!roots || !digests)
        fail("allocate", "out of memory");
    for (size_t i = 0; i < count; i++)
        roots[i] = write_document(argv[3 + i], digests[i]);
    fputs("const model_builtin model_builtins[] = {\n", out);
    for (size_t i = 0; i < count; i++) {
        fputs("    {{.path = ", out);
        write_literal(og_str_from(argv[3 + i] + below));
        fprintf(out, ", .root = &n%zu}, \"%s\"},\n", roots[i], digests[i]);
    }
    fprintf(out, "};\nconst size_t model_builtin_count = %zu;\n", count);
    if (ferror(out) || fclose(out) != 0)
        fail(argv[1], "cannot be written");
    return 0;
}
