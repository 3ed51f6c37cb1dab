/* The tables of a sweep, and how they are shown: which parameter stands above which, bars with intervals. For the page of a sweep and for that of a comparison. */
#ifndef WKS_REPORT_SENSITIVITY_H
#define WKS_REPORT_SENSITIVITY_H

#include "base/config.h"
#include "report/bars.h"
#include "report/page.h"

/** A parameter under one outcome: its main index with both intervals, and the one beside it. */
typedef struct wks_sensitivity_rank {
    wks_bars_item main; /* name: as the study calls it */
    char label[128];    /* in words, with its unit; the name where there are none */
    double beside, beside_low, beside_high;
} wks_sensitivity_rank;

typedef struct wks_sensitivity {
    const wks_config_node *study; /* borrowed; NULL: not there */
    wks_csv sensitivity, variance, effects, trials;
    const char *index, *beside; /* mu_star and sigma, ST and S1, PRCC and SRC */
} wks_sensitivity;

/** Reads the tables in the page's folder. What is missing or malformed is a problem; out is to be freed in all cases. */
wks_status wks_sensitivity_read(const wks_page *page, const wks_config_node *study, wks_sensitivity *out, wks_problems *problems,
                                wks_err *err);
void wks_sensitivity_free(wks_sensitivity *tables);

/** The parameters under an outcome's mean, largest first; malloc'ed, NULL without memory. */
wks_sensitivity_rank *wks_sensitivity_ranking(const wks_sensitivity *t, wks_notation_lang lang, const char *outcome, size_t *out_n);
/** A parameter in words, with the study's name for it as title. */
void wks_sensitivity_name(wks_page *page, const wks_sensitivity_rank *of);
/** The same as the head of a row, by a name; data-name is the study's, which its tables have. */
void wks_sensitivity_head(wks_page *page, const wks_config_node *study, const char *name);
/** What a study calls so in words, with its unit; not escaped. The name itself where there are none. */
void wks_sensitivity_label(const wks_config_node *study, wks_notation_lang lang, const char *name, wks_text *out);
/** Whether there is an interval, of points or of luck; and whether one of them holds zero, so that the effect cannot be told from none. */
bool wks_sensitivity_is_told(const wks_sensitivity_rank *is);
bool wks_sensitivity_is_noise(const wks_sensitivity_rank *is);

/** Adds in words which parameters surely matter more than which. */
void wks_sensitivity_say_ranking(wks_page *page, const wks_sensitivity_rank *list, size_t n);
/** Adds the bars of the main index; of shares of variance those of S1 too. */
void wks_sensitivity_figure(wks_page *page, const wks_sensitivity *t, const char *title, const wks_sensitivity_rank *list, size_t n);

#endif
