/* Words for what libyaml complains about: its own say what the parser was doing, a writer
 * wants to know what is wrong with the line and what to write instead. */
#include "value/yaml_text.h"

/* A complaint, and what to tell. */
typedef struct wording {
    const char *problem; /* libyaml's, whole */
    const char *context; /* a part of libyaml's, or NULL: any */
    bool at_context;     /* the finding belongs where the construct starts */
    const char *code, *text, *hint;
} wording;

static const wording wordings[] = {
    {"found a tab character that violates indentation", NULL, false, "tab-indentation",
     "tab character used for indentation", "indent with spaces"},
    {"found a tab character where an indentation space is expected", NULL, false,
     "tab-indentation", "tab character used for indentation", "indent with spaces"},
    {"mapping values are not allowed in this context", NULL, false, "yaml-syntax",
     "a ': ' is not expected here",
     "put the value in quotes if the colon belongs to it; otherwise check the "
     "indentation"},
    {"block sequence entries are not allowed in this context", NULL, false, "yaml-syntax",
     "a list item is not expected here", "start the list on a line of its own"},
    {"mapping keys are not allowed in this context", NULL, false, "yaml-syntax",
     "a key marked with '?' is not expected here", "write 'key: value'"},
    {"did not find expected key", NULL, false, "yaml-syntax",
     "this does not fit the mapping it stands in",
     "start the keys of one mapping in the same column; put a value with special "
     "characters in quotes"},
    {"did not find expected '-' indicator", NULL, false, "yaml-syntax",
     "this does not fit the list it stands in",
     "start the items of one list with '- ' in the same column"},
    {"could not find expected ':'", NULL, true, "yaml-syntax", "a key without ': '",
     "write ': ' and a value after it, or indent the line if it continues the one above"},
    {"found unexpected end of stream", "quoted", true, "yaml-syntax",
     "the quoted string that starts here never ends", "close it with the same quote"},
    {"found unexpected document indicator", "quoted", true, "yaml-syntax",
     "the quoted string that starts here is not closed before '---' or '...'",
     "close it with the same quote"},
    {"found unknown escape character", NULL, false, "yaml-syntax",
     "unknown escape in a double-quoted string",
     "write \\\\ for a backslash, or use single quotes, where it needs no escape"},
    {"did not find expected hexdecimal number", NULL, false, "yaml-syntax",
     "an escape with too few hexadecimal digits", "write \\xNN, \\uNNNN or \\UNNNNNNNN"},
    {"found invalid Unicode character escape code", NULL, false, "yaml-syntax",
     "an escape that is not a Unicode character",
     "write the character itself; YAML has no surrogate pairs"},
    {"did not find expected ',' or ']'", NULL, false, "yaml-syntax",
     "the list in [ ] is not continued or closed here",
     "separate items with ',' and end with ']'; put a value with , [ ] { } in quotes"},
    {"did not find expected ',' or '}'", NULL, false, "yaml-syntax",
     "the mapping in { } is not continued or closed here",
     "separate entries with ',' and end with '}'; put a value with , [ ] { } in quotes"},
    {"did not find expected node content", NULL, false, "yaml-syntax",
     "a value is missing here", "write a value, or remove what is left over"},
    {"did not find expected alphabetic or numeric character", "alias", true,
     "yaml-syntax", "'*' starts an alias, but no name follows",
     "put the value in quotes if it begins with '*'"},
    {"did not find expected alphabetic or numeric character", "anchor", true,
     "yaml-syntax", "'&' starts an anchor, but no name follows",
     "put the value in quotes if it begins with '&'"},
    {"did not find expected comment or line break", "block scalar", false, "yaml-syntax",
     "text behind '|' or '>'", "start the text on the next line, indented"},
    {"found an indentation indicator equal to 0", NULL, false, "yaml-syntax",
     "an indentation of 0 behind '|' or '>'", "leave the number out"},
    {"did not find expected <document start>", NULL, false, "yaml-syntax",
     "'---' is missing after the directive", "remove the directive"},
};

static const wording tag_wording = {
    NULL,
    NULL,
    true,
    "explicit-tag",
    "explicit tags are not accepted",
    "remove it: the field's type decides; put the value in quotes if it begins with '!'"};
static const wording tab_wording = {NULL,
                                    NULL,
                                    false,
                                    "tab-indentation",
                                    "tab character used for indentation",
                                    "indent with spaces"};
static const wording start_wording = {NULL,
                                      NULL,
                                      false,
                                      "yaml-syntax",
                                      "this character cannot start a value",
                                      "put the value in quotes"};

static bool contains(const char *text, const char *part)
{
    return text && strstr(text, part) != NULL;
}

static const wording *find_wording(const og_document *doc, const yaml_complaint *x)
{
    if (contains(x->context, "tag") && !contains(x->context, "directive"))
        return &tag_wording;
    if (contains(x->problem, "tag handle"))
        return &tag_wording;
    if (contains(x->problem, "cannot start any token")) {
        yaml_cursor c = {.source = doc->source};
        yaml_cursor_seek(&c, x->line, x->column);
        bool tab = c.at < c.source.n && c.source.p[c.at] == '\t';
        return tab ? &tab_wording : &start_wording;
    }
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++)
        if (strcmp(wordings[i].problem, x->problem) == 0 &&
            (!wordings[i].context || contains(x->context, wordings[i].context)))
            return &wordings[i];
    return NULL;
}

/* libyaml's own words, for what is too rare to have better ones. */
static void add_plain(const og_document *doc, const yaml_complaint *x, og_pos pos,
                      og_diags *diags)
{
    og_diag *item =
        og_diags_add(diags, OG_LEVEL_ERROR, "yaml-syntax", pos, doc->source, "%s%s%s",
                     x->problem, x->context ? " " : "", x->context ? x->context : "");
    og_diags_hint(diags, item, "put the value in quotes, or check the indentation");
}

void yaml_text_explain(const og_document *doc, const yaml_complaint *x, og_diags *diags)
{
    const wording *w = find_wording(doc, x);
    bool at_context = w && w->at_context && x->context;
    og_pos pos = {.path = doc->path};
    pos.line = (uint32_t)(at_context ? x->context_line : x->line) + 1;
    pos.column = (uint32_t)(at_context ? x->context_column : x->column) + 1;
    if (!w) {
        add_plain(doc, x, pos, diags);
        return;
    }
    og_diag *item;
    if (!at_context && x->context && x->context_line != x->line)
        item = og_diags_add(diags, OG_LEVEL_ERROR, w->code, pos, doc->source,
                            "%s, which starts on line %zu", w->text, x->context_line + 1);
    else
        item =
            og_diags_add(diags, OG_LEVEL_ERROR, w->code, pos, doc->source, "%s", w->text);
    og_diags_hint(diags, item, "%s", w->hint);
}
