/* Inside the evaluator: the state of one evaluation and what every eval_*.c and std_*.c
 * may use.
 *
 * A node is computed by node->eval(node, frame). A result is data, OG_UNKNOWN or
 * OG_ERROR; OG_ABSENT alone means that evaluation must stop at once, and frame->stop says
 * why. So the one rule of every function here: what is not data is handed on, OG_ABSENT
 * before anything else. */
#ifndef OG_CEL_FRAME_H
#define OG_CEL_FRAME_H

#include "cel/program.h"
#include "cel/regex.h"

typedef enum cel_stop {
    CEL_STOP_NONE,
    CEL_STOP_NOMEM,
    CEL_STOP_COST,  /* cel_eval_options.cost_limit */
    CEL_STOP_MEMORY /* cel_eval_options.memory_limit */
} cel_stop;

typedef struct cel_frame {
    const og_value *variables;
    og_value *locals;   /* [tree.local_count] */
    int64_t steps_left; /* below zero: stop */
    og_arena *arena;
    size_t arena_limit; /* arena->used may not pass this */
    const cel_program *program;
    cel_stop stop;
    uint32_t depth; /* heights of items of cel.block that are being computed */
    uint32_t regex_steps, regex_memory; /* of one match; 0: the default */
    /* The last pattern that was not a literal, and the working memory for matching. */
    cel_matcher *matcher;
    const cel_regex *regex;
    og_str regex_pattern;
} cel_frame;

/* ---- Kinds of results ---- */

/* Neither absent, unknown nor error. */
static inline bool cel_is_data(og_value v)
{
    return (unsigned)v.kind - OG_NULL < OG_UNKNOWN - OG_NULL;
}

/* Stops evaluation. */
og_value cel_halt(cel_frame *frame, cel_stop why);

#define CEL_BYTES_PER_STEP 16 /* of text looked at */

/* Takes `steps` from the budget; false: evaluation must stop (return og_absent()). */
static inline bool cel_spend(cel_frame *frame, uint64_t steps)
{
    frame->steps_left -= (int64_t)steps;
    if (__builtin_expect(frame->steps_left >= 0, 1))
        return true;
    frame->stop = CEL_STOP_COST;
    return false;
}

/* Zeroed memory of one evaluation; NULL: must stop. */
void *cel_make(cel_frame *frame, size_t size);
void *cel_make_array(cel_frame *frame, size_t count, size_t size);
/* A string value over a copy of the buffer, which is done with; its sticky failure stops
 * evaluation. */
og_value cel_take_string(cel_frame *frame, og_buf *text);
/* List and map values over items made by cel_make_array, which are not copied. A repeated
 * key is a fault. */
og_value cel_take_list(cel_frame *frame, og_value *items, size_t count);
og_value cel_take_map(cel_frame *frame, og_value *keys, og_value *values, size_t count);
/* OG_OPTIONAL: of a value, and empty. */
og_value cel_some(cel_frame *frame, og_value v);
og_value cel_none(void);

/* ---- Faults and unknowns ---- */

/* An error at the place the node names; detail as printf. */
og_value cel_fault_at(const cel_node *node, cel_frame *frame, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The fault v with the node's place, unless it has one already. */
og_value cel_place_fault(const cel_node *node, cel_frame *frame, og_value v);
/* "no such overload: …" for a call with these arguments. */
og_value cel_no_overload(const cel_node *node, cel_frame *frame, const og_value *args,
                         uint32_t count);
/* A value where one of another kind must stand: wanted is "a bool", say. */
og_value cel_wrong_kind(const cel_node *node, cel_frame *frame, const char *wanted,
                        og_value v);
/* The union of two unknowns; either may be another kind, which then gives the other one.
 */
og_value cel_merge_unknown(cel_frame *frame, og_value x, og_value y);
/* What && and || (all, exists) come to so far, `kept`, with one more operand that does
 * not decide: unknown before error before data. v is not a bool: data is a fault, at
 * node. */
og_value cel_absorb(const cel_node *node, cel_frame *frame, og_value kept, og_value v);

/* ---- Calls ---- */

/* Calls what the node names with arguments that were evaluated already, strictly: errors
 * first, then unknowns, then the first candidate that takes the values. */
og_value cel_apply(const cel_node *node, cel_frame *frame, const og_value *args,
                   uint32_t count);
og_value cel_eval_call(const cel_node *node, cel_frame *frame);

/* ---- Equality and order ---- */

/* 1, 0; -1: evaluation must stop. CEL's equality over data, counting steps: a list of
 * shared lists may be exponentially larger than its memory. */
int cel_equal(cel_frame *frame, og_value a, og_value b);
/* <0, 0, >0 over two values of one ordered kind, or two numbers; CEL_UNORDERED with NaN.
 */
#define CEL_UNORDERED 2
int cel_order(og_value a, og_value b);
bool cel_is_number(og_value v);
/* The rows of _<_, _<=_, _>_ and _>=_ call this; the node says which. */
cel_function cel_order_call;

/* ---- Node evaluators, by file ---- */

/* eval.c */
cel_eval_fn cel_eval_literal, cel_eval_variable, cel_eval_local, cel_eval_constant,
    cel_eval_missing_name, cel_eval_refused;
/* link.c: a value that never changes, made ready */
cel_eval_fn cel_eval_ready;
/* eval_logic.c */
cel_eval_fn cel_eval_and, cel_eval_or, cel_eval_not, cel_eval_cond;
/* eval_compare.c */
cel_eval_fn cel_eval_eq, cel_eval_ne, cel_eval_eq_literal, cel_eval_ne_literal;
/* Of CEL_OP_LT … CEL_OP_GE; literal: the right side is an int literal. */
cel_eval_fn *cel_order_eval(cel_op op, bool literal);
/* eval_select.c */
cel_eval_fn cel_eval_select, cel_eval_local_select, cel_eval_optional_select,
    cel_eval_has;
/* eval_index.c */
cel_eval_fn cel_eval_index, cel_eval_optindex;
cel_function cel_index_call, cel_optindex_call, cel_in_call;
/* eval_make.c */
cel_eval_fn cel_eval_make_list, cel_eval_make_map;
/* eval_loop.c */
cel_eval_fn cel_eval_all, cel_eval_exists, cel_eval_exists_one, cel_eval_filter,
    cel_eval_filter_size;
/* eval_transform.c */
cel_eval_fn cel_eval_map_list, cel_eval_transform_map, cel_eval_transform_entry;
/* eval_bind.c */
cel_eval_fn cel_eval_bind, cel_eval_optmap, cel_eval_block, cel_eval_block_item;

/* What a loop goes over. */
typedef struct cel_range {
    size_t count;
    const og_value *first;  /* one variable: elements, or keys of a map */
    const og_value *second; /* two variables: values; NULL: first is indices of a list */
} cel_range;
/* Evaluates the range of a loop: data (then *ret is set), or what must be handed on. */
og_value cel_range_of(const cel_node *node, cel_frame *frame, cel_range *ret);
/* Sets the loop's variables to entry i. */
static inline void cel_range_set(const cel_node *node, cel_frame *frame,
                                 const cel_range *range, size_t i)
{
    if (!(node->flags & CEL_F_TWO)) {
        frame->locals[node->as.loop.slot1] = range->first[i];
    } else if (range->second) {
        frame->locals[node->as.loop.slot1] = range->first[i];
        frame->locals[node->as.loop.slot2] = range->second[i];
    } else {
        frame->locals[node->as.loop.slot1] = og_int((int64_t)i);
        frame->locals[node->as.loop.slot2] = range->first[i];
    }
}

/* ---- node->prepared ---- */

/* CEL_LOOP: what one turn costs. */
typedef struct cel_loop_plan {
    uint32_t cost;
} cel_loop_plan;
/* CEL_IDENT, CEL_SELECT: the unknown it gives when nothing is there. */
static inline og_value cel_prepared_unknown(const cel_node *node)
{
    og_value v = {.kind = OG_UNKNOWN};
    v.as.unknown = (const og_unknown *)node->prepared;
    return v;
}

#endif
