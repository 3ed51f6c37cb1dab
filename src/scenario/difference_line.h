/* One line of what differs between two scenarios: a sentence in words, then between square brackets how the scenario file calls it, for difference*.c. */
#ifndef WKS_SCENARIO_DIFFERENCE_LINE_H
#define WKS_SCENARIO_DIFFERENCE_LINE_H

#include "scenario/scenario.h"

typedef struct wks_difference_line {
    const wks_scenario *a, *b; /* reference, compared */
    bool is_dutch;
    const char *prefix; /* before the subject of every line, "Vanaf februari 2025, "; "": none */
    wks_text *out;
} wks_difference_line;

/** The word of the language. */
const char *wks_difference_line_word(const wks_difference_line *line, const char *dutch, const char *english);
/** What was added to a text; never NULL. */
const char *wks_difference_line_text(const wks_text *text);

/** A name that a user gave, without underscores. */
void wks_difference_line_name(const char *name, wks_text *out);
/** "februari 2025". */
void wks_difference_line_month(const wks_difference_line *line, int32_t month, wks_text *out);
/** With the signs of the language: 900.000 or 900,000; 0,05 or 0.05; a share as a percentage; its unit ("" or NULL: none). */
void wks_difference_line_number(const wks_difference_line *line, double value, const char *unit, wks_text *out);
/** A parameter in words; without words "instelling x". */
void wks_difference_line_param(const wks_difference_line *line, const char *name, const char *words, wks_text *out);
/** The value of a parameter in words; what is written as a formula is said to be one. */
void wks_difference_line_value(const wks_difference_line *line, const wks_settings *settings, int32_t i, const wks_scenario *scenario,
                               bool is_event, wks_text *out);

/** Opens a line: prefix and subject, the subject without its capital behind a prefix. */
void wks_difference_line_begin(const wks_difference_line *line, const char *subject);
/** Ends it: ". [key]". */
void wks_difference_line_end(const wks_difference_line *line, const char *key);
/** "<subject>: <words of name> <b> in plaats van <a>. [key.name]"; key "": none. */
void wks_difference_line_change(const wks_difference_line *line, const char *subject, const char *key, const char *name,
                                const char *value_a, const char *value_b);
/** A line for each parameter that differs between settings of one kind. */
void wks_difference_line_settings(const wks_difference_line *line, const char *subject, const char *key, const wks_settings *a,
                                  const wks_settings *b);
/** ": groep verwezen, hoogste aandeel 12 %": what was given in the file; its keys (": group, max_share") are added to `keys`. */
void wks_difference_line_given(const wks_difference_line *line, const wks_settings *settings, const wks_scenario *scenario, bool is_event,
                               wks_text *keys);

#endif
