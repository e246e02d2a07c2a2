/* Types written as text: "list(string)", "enum(open, closed)", "defect".
 *
 *   Type = Name [ "(" Type { "," Type } ")" ] | "enum" "(" Word { "," Word } ")"
 *   Name = Identifier { "." Identifier }
 *   Word = what stands between the commas, without spaces around it */
#include "cel/public.h"

#define MAX_DEPTH 20
#define MAX_WORDS 1000

static const struct {
    const char *name;
    const cel_type *type;
} plain_types[] = {
    {"dyn", &cel_dyn},        {"null", &cel_null},
    {"null_type", &cel_null}, {"bool", &cel_bool},
    {"int", &cel_int},        {"uint", &cel_uint},
    {"double", &cel_double},  {"string", &cel_string},
    {"bytes", &cel_bytes},    {"timestamp", &cel_timestamp},
    {"date", &cel_date},      {"duration", &cel_duration},
    {"list", &cel_list},      {"map", &cel_map},
    {"type", &cel_type_type}, {"optional", &cel_optional},
};

static const cel_type *fail(cel_public_types *types, const char *problem)
{
    types->problem = problem;
    return NULL;
}

/* ---- Characters ---- */

static char next(const cel_public_types *types)
{
    return types->rest.n > 0 ? types->rest.p[0] : '\0';
}

static void skip(cel_public_types *types, size_t n)
{
    types->rest = og_str_slice(types->rest, n, types->rest.n);
}

static void skip_spaces(cel_public_types *types)
{
    while (next(types) == ' ')
        skip(types, 1);
}

static bool accept(cel_public_types *types, char c)
{
    skip_spaces(types);
    if (next(types) != c)
        return false;
    skip(types, 1);
    return true;
}

static bool in_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' ||
           (c >= '0' && c <= '9');
}

static og_str take_name(cel_public_types *types)
{
    skip_spaces(types);
    size_t n = 0;
    /* The dots of "int..." are not part of the name. */
    while (n < types->rest.n && in_name(types->rest.p[n]) &&
           !og_str_starts(og_str_slice(types->rest, n, types->rest.n), OG_STR("...")))
        n++;
    og_str name = og_str_slice(types->rest, 0, n);
    skip(types, n);
    return name;
}

bool cel_public_is_name(og_str name)
{
    bool start = true;
    for (size_t i = 0; i < name.n; i++) {
        bool digit = name.p[i] >= '0' && name.p[i] <= '9';
        if (!in_name(name.p[i]) || (start && (digit || name.p[i] == '.')))
            return false;
        start = name.p[i] == '.';
    }
    return !start;
}

/* ---- Types ---- */

/* After "enum(". */
static const cel_type *read_words(cel_public_types *types)
{
    og_str *words = OG_ARRAY(types->arena, MAX_WORDS, og_str);
    uint32_t count = 0;
    if (!words)
        return fail(types, NULL);
    do {
        size_t n = 0;
        while (n < types->rest.n && !strchr(",()", types->rest.p[n]))
            n++;
        og_str word = og_str_trim(og_str_slice(types->rest, 0, n));
        skip(types, n);
        if (word.n == 0 || count == MAX_WORDS)
            return fail(types, word.n == 0 ? "a word of the enum is missing"
                                           : "an enum has at most 1,000 words");
        words[count] = og_arena_str(types->arena, word);
        if (!words[count++].p)
            return fail(types, NULL);
    } while (accept(types, ','));
    if (!accept(types, ')'))
        return fail(types, "')' is missing after the words of the enum");
    return cel_type_enum_of(types->arena, (og_str){0}, words, count);
}

/* The compound of that name over what stands in parentheses. */
static const cel_type *read_compound(cel_public_types *types, og_str name)
{
    bool map = og_str_is(name, "map");
    const cel_type *first = cel_public_read_type(types), *second = NULL;
    if (!first)
        return NULL;
    if (map && !accept(types, ','))
        return fail(types, "a map has two types, map(K, V)");
    if (map && !(second = cel_public_read_type(types)))
        return NULL;
    if (!accept(types, ')'))
        return fail(types, "')' is missing");
    if (map)
        return cel_type_map_of(types->arena, first, second);
    if (og_str_is(name, "list"))
        return cel_type_list_of(types->arena, first);
    if (og_str_is(name, "optional"))
        return cel_type_optional_of(types->arena, first);
    if (og_str_is(name, "type"))
        return cel_type_type_of(types->arena, first);
    return fail(types, "only list, map, optional, type and enum have parentheses");
}

static const cel_type *read_letter(cel_public_types *types, og_str name)
{
    cel_type *t = OG_NEW(types->arena, cel_type);
    og_str copy = og_arena_str(types->arena, name);
    if (!t || !copy.p)
        return fail(types, NULL);
    *t = (cel_type){.kind = CEL_PARAM, .name = copy};
    return t;
}

static const cel_type *find_plain(og_str name)
{
    for (size_t i = 0; i < sizeof plain_types / sizeof *plain_types; i++)
        if (og_str_is(name, plain_types[i].name))
            return plain_types[i].type;
    return NULL;
}

bool cel_public_is_plain(og_str name)
{
    return find_plain(name) || og_str_is(name, "enum");
}

static const cel_type *read_record(cel_public_types *types, og_str name)
{
    const opsgate_cel_record *record = og_map_get(&types->env->records, name);
    if (!record && !types->mention)
        return fail(types, "there is no type of that name");
    if (!cel_public_is_name(name))
        return fail(types, "a type is a name, like int, list(string) or a record type");
    if (!record)
        record = cel_public_record(types->mention, name);
    return record ? &record->object.type : fail(types, NULL);
}

static const cel_type *read_type(cel_public_types *types)
{
    og_str name = take_name(types);
    bool letter = name.n == 1 && name.p[0] >= 'A' && name.p[0] <= 'Z';
    if (accept(types, '('))
        return og_str_is(name, "enum") ? read_words(types) : read_compound(types, name);
    const cel_type *plain = find_plain(name);
    if (plain)
        return plain;
    return letter && types->letters ? read_letter(types, name) : read_record(types, name);
}

const cel_type *cel_public_read_type(cel_public_types *types)
{
    if (types->depth == MAX_DEPTH)
        return fail(types, "types are nested more than 20 deep");
    types->depth++;
    const cel_type *t = read_type(types);
    types->depth--;
    return t;
}

const cel_type *cel_public_whole_type(cel_public_types *types, og_str text)
{
    types->rest = text;
    const cel_type *t = cel_public_read_type(types);
    skip_spaces(types);
    return !t || types->rest.n == 0 ? t : fail(types, "something follows the type");
}
