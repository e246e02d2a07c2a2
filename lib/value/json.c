/* JSON to values over jansson. */
#include "value/json.h"

#include <jansson.h>

#include "base/limits.h"
#include "base/utf8.h"

/* The offset of the bracket that nests deeper than OG_LIMIT_DEPTH, or s.n. jansson's own
 * limit is 2048, and it says it without saying where. */
static size_t find_too_deep(og_str s)
{
    uint32_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '[' || c == '{') && ++depth > OG_LIMIT_DEPTH)
            return i;
        else if (!quoted && (c == ']' || c == '}') && depth > 0)
            depth--;
    }
    return s.n;
}

static void locate(og_str s, size_t offset, uint32_t *ret_line, uint32_t *ret_column)
{
    size_t start = 0;
    *ret_line = 1;
    for (size_t i = 0; i < offset; i++) {
        if (s.p[i] == '\n') {
            ++*ret_line;
            start = i + 1;
        }
    }
    *ret_column = (uint32_t)og_utf8_count(og_str_slice(s, start, offset)) + 1;
}

/* What jansson would refuse too, but without the exact place. */
static int check_text(og_str s, uint32_t *ret_line, uint32_t *ret_column, og_error *err)
{
    size_t bad = og_utf8_invalid(s);
    if (bad < s.n) {
        locate(s, bad, ret_line, ret_column);
        return og_fail(err, OG_E_INVALID,
                       "byte 0x%02x is not valid UTF-8; save the file as UTF-8",
                       (unsigned)(unsigned char)s.p[bad]);
    }
    size_t nul = og_str_find(s, '\0');
    if (nul < s.n) { /* the parser would take it for the end of the text */
        locate(s, nul, ret_line, ret_column);
        return og_fail(err, OG_E_INVALID, "a NUL byte does not belong in JSON");
    }
    size_t deep = find_too_deep(s);
    if (deep < s.n) {
        locate(s, deep, ret_line, ret_column);
        return og_fail(err, OG_E_INVALID, "arrays and objects are nested deeper than %u",
                       OG_LIMIT_DEPTH);
    }
    return OG_OK;
}

/* What to do about the complaints that are common; "" for others. */
static const char *hint_for(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_duplicate_key:
        return "; keep one of the two";
    case json_error_numeric_overflow:
        return "; write it as a string, or make it smaller";
    case json_error_end_of_input_expected:
        return "; one file holds one JSON value";
    case json_error_invalid_syntax:
        return "; strings stand in double quotes, a comma only between two values";
    case json_error_premature_end_of_input:
        return "; the file is cut off or a bracket is not closed";
    default:
        return "";
    }
}

/* jansson quotes the input: bytes that would move a terminal's cursor are not passed on.
 */
static const char *clean_text(char *text)
{
    for (char *p = text; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    return text;
}

static int refuse(json_error_t *error, uint32_t *ret_line, uint32_t *ret_column,
                  og_error *err)
{
    if (json_error_code(error) == json_error_out_of_memory)
        return og_nomem(err);
    const char *text = clean_text(error->text);
    if (json_error_code(error) == json_error_null_character)
        text = "a NUL character in a string; remove the escape \\u0000";
    *ret_line = error->line > 0 ? (uint32_t)error->line : 1;
    *ret_column = error->column > 0 ? (uint32_t)error->column : 1;
    return og_fail(err, OG_E_INVALID, "not valid JSON: %s%s", text, hint_for(error));
}

static int convert(og_arena *arena, const json_t *from, og_value *ret);

static int convert_string(og_arena *arena, og_str from, og_value *ret)
{
    og_str copy = og_arena_str(arena, from);
    if (!copy.p)
        return OG_E_NOMEM;
    *ret = og_string(copy);
    return OG_OK;
}

static int convert_array(og_arena *arena, const json_t *from, og_value *ret)
{
    size_t n = json_array_size(from);
    og_list *list = OG_NEW(arena, og_list);
    og_value *items = OG_ARRAY(arena, n, og_value);
    if (!list || !items)
        return OG_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        if (convert(arena, json_array_get(from, i), &items[i]) != OG_OK)
            return OG_E_NOMEM;
    list->count = n;
    list->items = items;
    *ret = og_list_value(list);
    return OG_OK;
}

static int convert_object(og_arena *arena, json_t *from, og_value *ret)
{
    size_t n = json_object_size(from), i = 0;
    og_value *keys = OG_ARRAY(arena, n, og_value);
    og_value *values = OG_ARRAY(arena, n, og_value);
    if (!keys || !values)
        return OG_E_NOMEM;
    const char *name;
    json_t *member;
    json_object_foreach(from, name, member)
    {
        if (convert_string(arena, og_str_from(name), &keys[i]) != OG_OK ||
            convert(arena, member, &values[i]) != OG_OK)
            return OG_E_NOMEM;
        i++;
    }
    return og_map_make(arena, keys, values, n, ret, NULL);
}

/* Recursion is bounded by find_too_deep. */
static int convert(og_arena *arena, const json_t *from, og_value *ret)
{
    switch (json_typeof(from)) {
    case JSON_OBJECT:
        return convert_object(arena, (json_t *)from, ret);
    case JSON_ARRAY:
        return convert_array(arena, from, ret);
    case JSON_STRING:
        return convert_string(
            arena, (og_str){json_string_value(from), json_string_length(from)}, ret);
    case JSON_INTEGER:
        *ret = og_int(json_integer_value(from));
        return OG_OK;
    case JSON_REAL:
        *ret = og_double(json_real_value(from));
        return OG_OK;
    case JSON_TRUE:
    case JSON_FALSE:
        *ret = og_bool(json_is_true(from));
        return OG_OK;
    default:
        *ret = og_null();
        return OG_OK;
    }
}

int og_json_parse(og_arena *arena, og_str text, og_value *ret, uint32_t *ret_line,
                  uint32_t *ret_column, og_error *err)
{
    *ret_line = *ret_column = 1;
    if (text.n > OG_LIMIT_DATA_FILE)
        return og_fail(err, OG_E_INVALID, "text has %zu bytes, limit %llu", text.n,
                       (unsigned long long)OG_LIMIT_DATA_FILE);
    if (og_str_starts(text, OG_STR("\xef\xbb\xbf")))
        text = og_str_slice(text, 3, text.n);
    int rc = check_text(text, ret_line, ret_column, err);
    if (rc != OG_OK)
        return rc;
    json_error_t error;
    json_t *root = json_loadb(text.n ? text.p : "", text.n,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!root)
        return refuse(&error, ret_line, ret_column, err);
    rc = convert(arena, root, ret);
    json_decref(root);
    return rc == OG_OK ? OG_OK : og_nomem(err);
}
