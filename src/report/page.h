/* The page being written: text in two languages, names in words, cells of tables. */
#ifndef WKS_REPORT_PAGE_H
#define WKS_REPORT_PAGE_H

#include "report/dossier.h"
#include "report/notation.h"

typedef struct wks_page {
    wks_text html;
    const wks_dossier *dossier;
    wks_notation_lang lang;
    int n_sections; /* opened so far */
    bool folds_segregation, folds_unknown;
    const struct wks_sweep_folder *sweep; /* shown in the part on certainty (sweep_folder.h); NULL: none */
    int32_t warmup;                       /* ticks of run-in, grey in the charts over time; 0: none */
} wks_page;

/** The status of a manifest in words of the page; an unknown one as it is. */
const char *wks_page_status(const wks_page *page, const char *status);

/** Picks the text of the page's language. */
const char *wks_page_words(const wks_page *page, const char *nl, const char *en);

/** Adds text as it is (markup), escaped text, or the markup of the page's language. */
void wks_page_raw(wks_page *page, const char *markup);
void wks_page_text(wks_page *page, const char *text);
void wks_page_say(wks_page *page, const char *nl, const char *en);
/** Adds printf-formatted markup; only for numbers and our own words, never for user data. */
void wks_page_rawf(wks_page *page, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/** Words of codebook.csv for an indicator: its label, unit, explanation; without them the raw name, "-" and "". Borrowed. */
const char *wks_page_indicator(const wks_page *page, int32_t indicator);
const char *wks_page_unit(const wks_page *page, int32_t indicator);
const char *wks_page_explanation(const wks_page *page, int32_t indicator);
/** Label of a word that stands in a column of a table: the codebook's row with that column; the word itself without one. Borrowed. */
const char *wks_page_word(const wks_page *page, const char *column, const char *word);
/** Label of a group: the codebook's row with column "group"; "" for no group. Borrowed. */
const char *wks_page_group(const wks_page *page, int32_t group);
/** ", niet gevalideerd" for an indicator of which the model misses published figures; else "". */
const char *wks_page_mark(const wks_page *page, int32_t indicator);
/** "<indicator>, <group> (<scale>)", with its mark; not escaped. */
void wks_page_series(const wks_page *page, const wks_dossier_series *series, wks_text *out);
/** The month or step of a tick, not escaped. */
void wks_page_month(const wks_page *page, int32_t tick, wks_text *out);
void wks_page_add_month(wks_page *page, int32_t tick);

/** Closes the legend of charts over time, "<p class="legend">", with the grey of the run-in where there is one. */
void wks_page_legend_end(wks_page *page);
/** What a chart over time says of the run-in to who cannot see it; "" without one. */
const char *wks_page_warmup_words(const wks_page *page);
/** Class of a scenario's colour and dash: 0 for the reference, then 1..7, repeated. */
int wks_page_style(size_t scenario_row);
/** Adds a coloured key and the title of a scenario. */
void wks_page_scenario(wks_page *page, size_t scenario_row);

/** Opens section `id` with a heading, numbered as it comes; close with wks_page_section_end. */
void wks_page_section(wks_page *page, const char *id, const char *nl, const char *en);
void wks_page_section_end(wks_page *page);
/** Opens a table with a caption (escaped) that can be saved as CSV; rows are added as markup. Close with "</table></div>". */
void wks_page_table(wks_page *page, const char *css_class, const char *caption);
void wks_page_table_end(wks_page *page);

/** <td class="n" data-v="..">, data-d for a difference, data-lo and data-hi for an interval: the attributes hold the values
 *  of the CSV files. */
void wks_page_value_cell(wks_page *page, wks_notation_format format, double value, bool few);
void wks_page_difference_cell(wks_page *page, wks_notation_format format, double value, bool few);
void wks_page_interval_cell(wks_page *page, wks_notation_format format, double low, double high, bool few);

/** What an interval of a difference shows. */
typedef enum wks_page_sign {
    WKS_PAGE_UNDEFINED,
    WKS_PAGE_LOWER,
    WKS_PAGE_UNCLEAR,
    WKS_PAGE_HIGHER,
    WKS_PAGE_EQUAL,
    WKS_PAGE_TOO_FEW
} wks_page_sign;
wks_page_sign wks_page_sign_of(double low, double high);
/** The same for a row of contrasts.csv (NULL: undefined); with fewer than WKS_DOSSIER_LEAST_PAIRS pairs there is no verdict but equality. */
wks_page_sign wks_page_sign_of_row(const wks_dossier_contrast *row);
/** In words: "hoger", "lager", "geen verschil aangetoond", "gelijk", "te weinig herhalingen", "niet te zeggen". */
const char *wks_page_sign_words(const wks_page *page, wks_page_sign sign);

/** The verdict of a row in words: those of its sign, and beside a threshold whether the difference is surely more or less than that. */
const char *wks_page_verdict_words(const wks_page *page, const wks_dossier_contrast *row);

/** Largest absolute value among the levels / the differences (bounds of intervals too) of a series at the last tick, over scenarios. */
double wks_page_largest_level(const wks_page *page, const wks_dossier_series *series);
double wks_page_largest_difference(const wks_page *page, const wks_dossier_series *series);

/** The one format of the levels of a series and their differences; a bound of a difference that is shown does not read as 0. */
wks_notation_format wks_page_format(const wks_page *page, const wks_dossier_series *series);

/** City series among the key outcomes and lines over time: of a main indicator, for everybody or, where there is no such row, by group;
 *  of an index of segregation at the scale of buurten. */
bool wks_page_is_main(const wks_page *page, const wks_dossier_series *series);
/** What would be main, but is zero under every scenario in every month: demolition where nothing is demolished. */
bool wks_page_never_happened(const wks_page *page, const wks_dossier_series *series);
/** Those of the verdict table; outcomes with a threshold too. */
bool wks_page_is_head(const wks_page *page, const wks_dossier_series *series);
/** What is told at once, and what the page folds away: segregation by more groups than a reader takes in, stock and moves, outcomes that topic.h does not name. */
typedef enum wks_page_family { WKS_PAGE_OPEN, WKS_PAGE_SEGREGATION, WKS_PAGE_STOCK, WKS_PAGE_OTHER, WKS_PAGE_N_FAMILIES } wks_page_family;
/** Decides what is folded, once the dossier is set. Where no outcome is known (a model without a city) nothing is. O(series^2). */
void wks_page_prepare(wks_page *page);
/** Family of a main series. */
wks_page_family wks_page_family_of(const wks_page *page, const wks_dossier_series *series);
/** Most pairs of replications behind a difference per area; 0 without such differences. Under WKS_DOSSIER_LEAST_PAIRS no map marks noise. */
int32_t wks_page_area_pairs(const wks_page *page);
/** Series per buurt that may be shown per buurt. */
bool wks_page_is_local(const wks_page *page, const wks_dossier_series *series);
/** Series of this indicator for everybody in the city; NULL if there is none. */
const wks_dossier_series *wks_page_find_city(const wks_page *page, const char *indicator);
/** Whether contrasts.csv has a difference of this series for any scenario at the last tick. */
bool wks_page_has_contrast(const wks_page *page, const wks_dossier_series *series);

/** Of a row of the dissimilarity D: what chance alone gives in that month with as many households (ED_binom); NaN for others, or when not told. */
double wks_page_chance(const wks_page *page, const wks_dossier_level *row);

#endif
