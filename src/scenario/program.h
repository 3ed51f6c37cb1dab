/* A compiled predicate: a program for a small stack machine, run over a block of households at a time. */
#ifndef WKS_SCENARIO_PROGRAM_H
#define WKS_SCENARIO_PROGRAM_H

#include "scenario/expr.h"
#include "world/attribute_bytes.h"

/* Values on the stack; a truth value is 0 or 1. */
enum { WKS_PROGRAM_STACK = 16 };

typedef enum wks_program_op {
    WKS_PROGRAM_LOAD,       /* push attribute a */
    WKS_PROGRAM_LOAD_TRUTH, /* push attribute a as 0 or 1 */
    WKS_PROGRAM_CONST,      /* push value */
    WKS_PROGRAM_NEG,
    WKS_PROGRAM_NOT,
    WKS_PROGRAM_ADD,
    WKS_PROGRAM_SUB,
    WKS_PROGRAM_MUL,
    WKS_PROGRAM_DIV,
    WKS_PROGRAM_EQ,
    WKS_PROGRAM_NE,
    WKS_PROGRAM_LT,
    WKS_PROGRAM_LE,
    WKS_PROGRAM_GT,
    WKS_PROGRAM_GE,
    WKS_PROGRAM_AND,
    WKS_PROGRAM_OR,
    WKS_PROGRAM_CONST_EQ, /* top against value, same order as WKS_PROGRAM_EQ .. WKS_PROGRAM_GE */
    WKS_PROGRAM_CONST_NE,
    WKS_PROGRAM_CONST_LT,
    WKS_PROGRAM_CONST_LE,
    WKS_PROGRAM_CONST_GT,
    WKS_PROGRAM_CONST_GE,
    WKS_PROGRAM_IN,    /* top in constants a .. a + n - 1 */
    WKS_PROGRAM_NOT_IN /* NaN is in nothing and not in nothing */
} wks_program_op;

typedef struct wks_program_step {
    wks_program_op op;
    int32_t a, n;
    double value;
} wks_program_step;

struct wks_expr {
    wks_program_step *code;
    double *constant;
    int32_t n_code, n_constants;
    uint64_t attributes;
};

/** Runs it: see wks_expr_eval. The stack lies on the C stack (32 kB). O(n * steps). */
void wks_program_run(const wks_expr *program, const wks_world *world, const int32_t *rows, int32_t n, uint8_t *out);
/** Truth of the program for each value that attribute may have in a byte (world/attribute_bytes.h); it must read no other attribute. */
void wks_program_table(const wks_expr *program, uint8_t out[WKS_ATTRIBUTE_BYTES_VALUES]);
/** The same as wks_program_run, values instead of truths. */
void wks_program_values(const wks_expr *program, const wks_world *world, const int32_t *rows, int32_t n, double *out);

#endif
