/* Inside lib/cel: how the built-in libraries write their rows, and functions that several
 * of them share. A file std_<library>.c ends with its table and one cel_library. */
#ifndef OG_CEL_STD_H
#define OG_CEL_STD_H

#include "cel/frame.h"

/* CEL_ROW("size", "size_string", CEL_BOTH, &cel_int, size_text, &cel_string) */
#define CEL_ROW(name_, id_, flags_, result_, call_, ...)                                 \
    {                                                                                    \
        .function = (name_), .id = (id_), .flags = (flags_), .yields = CEL_YIELDS_PARTS, \
        .param_count = sizeof((const cel_type *[]){__VA_ARGS__}) / sizeof(cel_type *),   \
        .params = {__VA_ARGS__}, .result = (result_), .call = (call_)                    \
    }
/* Text that repeats one argument for every part of another, or grows it otherwise. */
#define CEL_ROW_PRODUCT(name_, id_, flags_, result_, call_, ...)                       \
    {                                                                                  \
        .function = (name_), .id = (id_), .flags = (flags_),                           \
        .yields = CEL_YIELDS_PRODUCT,                                                  \
        .param_count = sizeof((const cel_type *[]){__VA_ARGS__}) / sizeof(cel_type *), \
        .params = {__VA_ARGS__}, .result = (result_), .call = (call_)                  \
    }
/* Without parameters. */
#define CEL_ROW0(name_, id_, flags_, result_, call_)                              \
    {                                                                             \
        .function = (name_), .id = (id_), .flags = (flags_), .result = (result_), \
        .call = (call_)                                                           \
    }
#define CEL_BOTH ((uint32_t)CEL_GLOBAL | CEL_MEMBER)
#define CEL_LIBRARY(id, name_, table) \
    const cel_library id = {          \
        .name = (name_), .overloads = (table), .count = sizeof(table) / sizeof *(table)}

extern const cel_library cel_library_operators, cel_library_core, cel_library_convert,
    cel_library_time, cel_library_strings, cel_library_format, cel_library_math,
    cel_library_optional, cel_library_encoders, cel_library_sets, cel_library_network;

/* A string of at most n bytes over call's memory: *ret_room to be filled, *ret the value.
 * False: stop. */
bool cel_make_text(cel_call *call, size_t n, char **ret_room, og_value *ret);
/* A string value over a copy of s. */
og_value cel_copy_text(cel_call *call, og_str s);
/* A buffer for text, with what memory is left as its ceiling. */
og_buf cel_text_buffer(cel_call *call);

/* std_convert.c */
/* The value as string(x) gives it; og_absent() when it has no such text. */
og_value cel_to_string(cel_call *call, og_value v);

/* std_core.c: the one link.c looks for, to compile a literal pattern once. */
cel_function cel_std_matches, cel_std_size;
/* The canonical type of a value. */
const cel_type *cel_type_of_value(const cel_frame *frame, og_value v);

/* std_time.c */
/* Fits in 64 bits of nanoseconds, as durations must. */
bool cel_duration_nanos(og_value v, int64_t *ret);
og_value cel_duration_of_nanos(int64_t nanos);
og_value cel_duration_parse(cel_call *call, og_str s);
og_value cel_timestamp_checked(cel_call *call, int64_t seconds, int32_t nanos);
/* "3600s", "0.5s"; out[40]. */
void cel_duration_format(og_value v, char out[40]);

#endif
