/* What messages about predicates say: names unknown, choices unknown, types wrong, attributes a rule may not read. */
#ifndef WKS_SCENARIO_EXPR_WORDS_H
#define WKS_SCENARIO_EXPR_WORDS_H

#include "base/text.h"
#include "world/attribute.h"

/** Index of a choice of the attribute by name, -1 if it has none of that name. */
int32_t wks_expr_words_choice(const wks_attribute *attribute, const char *word);
/** `word` is no attribute: what it may have been meant for. */
void wks_expr_words_unknown_name(const char *word, wks_text *out);
/** `word` is no choice of the attribute: those it has, and the nearest. */
void wks_expr_words_unknown_choice(const char *word, const wks_attribute *attribute, wks_text *out);
/** A rule may not read the attribute: why, and what a landlord knows instead. */
void wks_expr_words_forbidden(const wks_attribute *attribute, wks_text *out);
/** An operand of type `got` ("a number") stands where `wanted` is; `attribute`: what it is made of, or NULL. */
void wks_expr_words_wrong_type(const char *wanted, const char *got, const wks_attribute *attribute, wks_text *out);

#endif
