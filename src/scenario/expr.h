/* The `where` language: typed predicates over attributes of households, e.g.
 *   referral != none and (n_children >= 1 or income_eur < 30000) and not is_student and place in (at_parents, hosted)
 * Operators: or and not  = == != < <= > >= in  + - * /  ( ). Numbers, true/false, names of choices. Compiled once, evaluated in blocks. */
#ifndef WKS_SCENARIO_EXPR_H
#define WKS_SCENARIO_EXPR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problems.h"
#include "world/attribute_bytes.h"
#include "world/world.h"

typedef struct wks_expr wks_expr;

/** Compiles. Problems carry the position of the text in its file plus the offset inside it, what was expected, and the nearest name.
 *  @param knowable_only  true for rules: attributes a landlord may not know are an error
 *  @param origin_allowed false: attributes of origin are an error (measure-only groups pass true)
 *  NULL with problems when it is wrong (or with err NOMEM). */
wks_expr *wks_expr_compile(const char *text, bool knowable_only, bool origin_allowed, const char *file, int line, int column,
                           wks_problems *problems, wks_err *err);
/** The same for a number: `months_registered / 12 + 10 * (n_minors > 0)`; a condition counts as 1 or 0. */
wks_expr *wks_expr_compile_number(const char *text, bool knowable_only, bool origin_allowed, const char *file, int line, int column,
                                  wks_problems *problems, wks_err *err);
void wks_expr_free(wks_expr *expr);

enum { WKS_EXPR_BLOCK = 256 };
/** out[i] = 1 if the predicate holds for rows[i]. n <= WKS_EXPR_BLOCK. Comparisons with NaN are false. No allocation. */
void wks_expr_eval(const wks_expr *expr, const wks_world *world, const int32_t *rows, int32_t n, uint8_t *out);
/** One household. */
bool wks_expr_holds(const wks_expr *expr, const wks_world *world, int32_t row);
/** Value of a number for one household; NaN when an attribute in it is undefined. */
double wks_expr_value(const wks_expr *expr, const wks_world *world, int32_t row);
/** What a predicate of one attribute tells for each of its values, where it has values in bytes (world/attribute_bytes.h).
 *  @param out  truth of values 0 to 255;  returns the attribute, or WKS_NONE when there is no such table */
int32_t wks_expr_table(const wks_expr *expr, uint8_t out[WKS_ATTRIBUTE_BYTES_VALUES]);
/** Bit set of attribute indices it reads (first 64 attributes). */
uint64_t wks_expr_attributes(const wks_expr *expr);

#endif
