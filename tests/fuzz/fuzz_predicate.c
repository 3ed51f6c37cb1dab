// links: wks_scenario wks_world wks_num
/* Any bytes as a predicate: no crash, no hang, problems lie within the text, what compiles evaluates the same in a block and one
 * by one, and what holds for somebody is never called impossible by its bounds. */
#include <stdlib.h>
#include <string.h>

#include "scenario/bounds.h"
#include "scenario/expr.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

enum { N_ROWS = 3 };

/* A world of a few households without homes: enough for every attribute to load. */
static const wks_world *small_world(void)
{
    static wks_world world;
    static bool is_made = false;

    if (is_made) return &world;
    wks_world_init(&world);
    for (int32_t i = 0; i < N_ROWS; i++) {
        int32_t row = 0;
        if (wks_columns_add(&world.household, &wks_household_info, (uint64_t)i + 1, &row, NULL) != WKS_OK) abort();
        world.household.unit_row[row] = world.household.host_row[row] = world.household.first_person_row[row] = WKS_NONE;
        world.household.kin_buurt_row[row] = WKS_NONE;
        world.household.registered_month[row] = world.household.search_month[row] = WKS_NO_MONTH;
        world.household.urgency_month[row] = WKS_NO_MONTH;
        world.household.place[row] = WKS_PLACE_COA;
        world.household.income_eur[row] = (float)(10000 * i);
        world.household.n_persons[row] = (uint8_t)(i + 1);
    }
    is_made = true;
    return &world;
}

/* Bounds say what a predicate asks for at least: whom it holds for is within. */
static bool is_called_impossible(const char *text)
{
    wks_bounds bounds;
    wks_err err = WKS_ERR_INIT;

    wks_bounds_init(&bounds);
    if (wks_bounds_narrow(&bounds, text, &err) != WKS_OK) abort();
    return wks_bounds_is_empty(&bounds, NULL);
}

static void evaluate(const wks_expr *expr, const char *text)
{
    static const int32_t rows[N_ROWS] = {0, 1, 2};
    uint8_t out[N_ROWS];

    wks_expr_eval(expr, small_world(), rows, N_ROWS, out);
    for (int32_t i = 0; i < N_ROWS; i++) {
        if (wks_expr_holds(expr, small_world(), rows[i]) != (out[i] != 0)) abort();
        if (out[i] != 0 && is_called_impossible(text)) abort();
    }
}

/* As a condition, or as an expression that gives a number. */
static void compile_as(bool is_number, const char *text, size_t n)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_expr *expr = is_number ? wks_expr_compile_number(text, n % 2 == 0, n % 3 == 0, "fuzz", 1, 1, &problems, &err)
                               : wks_expr_compile(text, n % 2 == 0, n % 3 == 0, "fuzz", 1, 1, &problems, &err);

    if ((expr == NULL) != (problems.n_errors > 0)) abort();
    for (size_t i = 0; i < problems.n; i++) {
        if (problems.item[i].line < 1 || problems.item[i].column < 1 || (size_t)problems.item[i].column > n + 1) abort();
    }
    if (expr != NULL && !is_number) evaluate(expr, text);
    if (expr != NULL && is_number) (void)wks_expr_value(expr, small_world(), 0);
    wks_expr_free(expr);
    wks_problems_free(&problems);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    char *text = malloc(n + 1);

    if (text == NULL) return 0;
    memcpy(text, data, n);
    text[n] = '\0';
    compile_as(false, text, n);
    compile_as(true, text, n);
    free(text);
    return 0;
}
