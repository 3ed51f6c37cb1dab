#include "scenario/program.h"

#include "base/vector.h"
#include "world/attribute.h"

/* Differs in value; false when one is NaN, as every comparison with NaN. */
static double differs(double a, double b)
{
    return (a < b || a > b) ? 1.0 : 0.0;
}

/* x op y for n pairs. The result replaces x. */
WKS_VECTOR
static void compare(wks_program_op op, int32_t n, double *restrict x, const double *restrict y)
{
    switch (op) {
    case WKS_PROGRAM_EQ:
        for (int32_t i = 0; i < n; i++)
            x[i] = x[i] >= y[i] && x[i] <= y[i] ? 1.0 : 0.0;
        break;
    case WKS_PROGRAM_NE:
        for (int32_t i = 0; i < n; i++)
            x[i] = differs(x[i], y[i]);
        break;
    case WKS_PROGRAM_LT:
        for (int32_t i = 0; i < n; i++)
            x[i] = x[i] < y[i] ? 1.0 : 0.0;
        break;
    case WKS_PROGRAM_LE:
        for (int32_t i = 0; i < n; i++)
            x[i] = x[i] <= y[i] ? 1.0 : 0.0;
        break;
    case WKS_PROGRAM_GT:
        for (int32_t i = 0; i < n; i++)
            x[i] = x[i] > y[i] ? 1.0 : 0.0;
        break;
    default:
        for (int32_t i = 0; i < n; i++)
            x[i] = x[i] >= y[i] ? 1.0 : 0.0;
        break;
    }
}

/* The same against one value. */
WKS_VECTOR
static void compare_with(wks_program_op op, int32_t n, double *x, double value)
{
    switch (op) {
    case WKS_PROGRAM_EQ:
        for (int32_t i = 0; i < n; i++)
            x[i] = x[i] >= value && x[i] <= value ? 1.0 : 0.0;
        break;
    case WKS_PROGRAM_NE:
        for (int32_t i = 0; i < n; i++)
            x[i] = differs(x[i], value);
        break;
    case WKS_PROGRAM_LT:
        for (int32_t i = 0; i < n; i++)
            x[i] = x[i] < value ? 1.0 : 0.0;
        break;
    case WKS_PROGRAM_LE:
        for (int32_t i = 0; i < n; i++)
            x[i] = x[i] <= value ? 1.0 : 0.0;
        break;
    case WKS_PROGRAM_GT:
        for (int32_t i = 0; i < n; i++)
            x[i] = x[i] > value ? 1.0 : 0.0;
        break;
    default:
        for (int32_t i = 0; i < n; i++)
            x[i] = x[i] >= value ? 1.0 : 0.0;
        break;
    }
}

WKS_VECTOR
static void combine(wks_program_op op, int32_t n, double *restrict x, const double *restrict y)
{
    switch (op) {
    case WKS_PROGRAM_ADD:
        for (int32_t i = 0; i < n; i++)
            x[i] += y[i];
        break;
    case WKS_PROGRAM_SUB:
        for (int32_t i = 0; i < n; i++)
            x[i] -= y[i];
        break;
    case WKS_PROGRAM_MUL:
    case WKS_PROGRAM_AND: /* truth values are 0 and 1 */
        for (int32_t i = 0; i < n; i++)
            x[i] *= y[i];
        break;
    case WKS_PROGRAM_DIV:
        for (int32_t i = 0; i < n; i++)
            x[i] /= y[i];
        break;
    default:
        for (int32_t i = 0; i < n; i++)
            x[i] = x[i] > y[i] ? x[i] : y[i];
        break;
    }
}

WKS_VECTOR
static void change(wks_program_op op, int32_t n, double *x)
{
    if (op == WKS_PROGRAM_NEG) {
        for (int32_t i = 0; i < n; i++)
            x[i] = -x[i];
    } else if (op == WKS_PROGRAM_NOT) {
        for (int32_t i = 0; i < n; i++)
            x[i] = 1.0 - x[i];
    } else {
        for (int32_t i = 0; i < n; i++)
            x[i] = differs(x[i], 0.0); /* WKS_PROGRAM_LOAD_TRUTH */
    }
}

static void member(const wks_expr *program, const wks_program_step *at, int32_t n, double *x)
{
    const double *constant = program->constant + at->a;
    const double found_value = at->op == WKS_PROGRAM_IN ? 1.0 : 0.0;

    for (int32_t i = 0; i < n; i++) {
        bool found = false;
        const bool defined = x[i] >= x[i] && x[i] <= x[i];
        for (int32_t k = 0; k < at->n; k++)
            found = found || (x[i] >= constant[k] && x[i] <= constant[k]);
        x[i] = !defined ? 0.0 : (found ? found_value : 1.0 - found_value);
    }
}

/* Without a world the rows are the values of the one attribute. */
static void load(const wks_world *world, int32_t attribute, const int32_t *rows, int32_t n, double *out)
{
    if (world != NULL) {
        wks_attribute_table[attribute].load(world, rows, n, out);
        return;
    }
    for (int32_t i = 0; i < n; i++)
        out[i] = rows[i];
}

/* The result is stack[0]. */
static void run(const wks_expr *program, const wks_world *world, const int32_t *rows, int32_t n, double (*stack)[WKS_EXPR_BLOCK])
{
    int32_t top = -1;

    WKS_BUG_IF(n > WKS_EXPR_BLOCK);
    for (const wks_program_step *at = program->code; at < program->code + program->n_code; at++) {
        switch (at->op) {
        case WKS_PROGRAM_LOAD:
        case WKS_PROGRAM_LOAD_TRUTH:
            top++;
            load(world, at->a, rows, n, stack[top]);
            if (at->op == WKS_PROGRAM_LOAD_TRUTH) change(at->op, n, stack[top]);
            break;
        case WKS_PROGRAM_CONST:
            top++;
            for (int32_t i = 0; i < n; i++)
                stack[top][i] = at->value;
            break;
        case WKS_PROGRAM_NEG:
        case WKS_PROGRAM_NOT: change(at->op, n, stack[top]); break;
        case WKS_PROGRAM_IN:
        case WKS_PROGRAM_NOT_IN: member(program, at, n, stack[top]); break;
        case WKS_PROGRAM_EQ:
        case WKS_PROGRAM_NE:
        case WKS_PROGRAM_LT:
        case WKS_PROGRAM_LE:
        case WKS_PROGRAM_GT:
        case WKS_PROGRAM_GE:
            top--;
            compare(at->op, n, stack[top], stack[top + 1]);
            break;
        case WKS_PROGRAM_CONST_EQ:
        case WKS_PROGRAM_CONST_NE:
        case WKS_PROGRAM_CONST_LT:
        case WKS_PROGRAM_CONST_LE:
        case WKS_PROGRAM_CONST_GT:
        case WKS_PROGRAM_CONST_GE:
            compare_with((wks_program_op)(WKS_PROGRAM_EQ + (at->op - WKS_PROGRAM_CONST_EQ)), n, stack[top], at->value);
            break;
        default:
            top--;
            combine(at->op, n, stack[top], stack[top + 1]);
            break;
        }
    }
}

WKS_VECTOR
static void truths(int32_t n, const double *restrict x, uint8_t *restrict out)
{
    for (int32_t i = 0; i < n; i++)
        out[i] = x[i] > 0.0 ? 1 : 0;
}

void wks_program_run(const wks_expr *program, const wks_world *world, const int32_t *rows, int32_t n, uint8_t *out)
{
    double stack[WKS_PROGRAM_STACK][WKS_EXPR_BLOCK];

    run(program, world, rows, n, stack);
    truths(n, stack[0], out);
}

void wks_program_table(const wks_expr *program, uint8_t out[WKS_ATTRIBUTE_BYTES_VALUES])
{
    int32_t value[WKS_ATTRIBUTE_BYTES_VALUES];

    for (int32_t i = 0; i < WKS_ATTRIBUTE_BYTES_VALUES; i++)
        value[i] = i;
    wks_program_run(program, NULL, value, WKS_ATTRIBUTE_BYTES_VALUES, out);
}

void wks_program_values(const wks_expr *program, const wks_world *world, const int32_t *rows, int32_t n, double *out)
{
    double stack[WKS_PROGRAM_STACK][WKS_EXPR_BLOCK];

    run(program, world, rows, n, stack);
    for (int32_t i = 0; i < n; i++)
        out[i] = stack[0][i];
}
