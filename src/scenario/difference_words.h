/* Words in Dutch and English for the names in a scenario file, for difference.c: parts, processes, parameters, choices, units. */
#ifndef WKS_SCENARIO_DIFFERENCE_WORDS_H
#define WKS_SCENARIO_DIFFERENCE_WORDS_H

#include <stdbool.h>

/** What a rule part or process does, in a few words: cap_share is "maximaal aandeel van een groep per gebied".
 *  NULL for a name without words. */
const char *wks_difference_words_part(const char *name, bool is_dutch);
/** What a parameter is called: max_share is "hoogste aandeel". NULL for a name without words. */
const char *wks_difference_words_param(const char *name, bool is_dutch);
/** A choice or truth value: leave_vacant is "laten leegstaan". The name itself without words. */
const char *wks_difference_words_choice(const char *name, bool is_dutch);
/** What a kind of event does: support is "meer ondersteuning". NULL for a name without words. */
const char *wks_difference_words_event(const char *name, bool is_dutch);
/** The same as of a parameter and a choice, of events: there rooms are the rooms of what is built. */
const char *wks_difference_words_event_param(const char *name, bool is_dutch);
const char *wks_difference_words_event_choice(const char *name, bool is_dutch);
/** A unit behind a number: "maanden", behind 1 "maand"; "" for none ("-") and for shares, which are written as percentages. */
const char *wks_difference_words_unit(const char *unit, bool is_one, bool is_dutch);

#endif
