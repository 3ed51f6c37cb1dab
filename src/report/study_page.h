/* The pages of folders that are neither run nor comparison: a sweep, a calibration, a city. */
#ifndef WKS_REPORT_STUDY_PAGE_H
#define WKS_REPORT_STUDY_PAGE_H

#include "base/config.h"
#include "report/kind.h"
#include "report/page.h"

/** Writes DIR/report.html of a sweep, a calibration or a city. The page needs no script; it holds none.
 *  @return WKS_ERR_DATA when a table is missing or malformed, all of it in problems; WKS_ERR_IO when the page cannot be written. */
wks_status wks_study_page_write(const char *dir, wks_kind kind, wks_notation_lang lang, wks_problems *problems, wks_err *err);

/** Reads a table of the page's folder with the columns named (ended by NULL). A table that is not there is a problem when it is needed, else out stays empty
 *  (n_columns 0). Malformed tables are problems. */
wks_status wks_study_page_table(const wks_page *page, const char *name, const char *const *column, bool is_needed, wks_csv *out,
                                wks_problems *problems, wks_err *err);
/** Reads a file of settings of the folder (study.cfg, city.cfg); NULL when it is not there or damaged. */
wks_config_node *wks_study_page_config(const wks_page *page, const char *name);
/** Text, number of a setting of a group; "" and NaN when there is none. */
const char *wks_study_page_string(const wks_config_node *group, const char *name);
double wks_study_page_real(const wks_config_node *group, const char *name);

/** Cell of a named column; "" when there is no such column. Borrowed. As a number: NaN when it is none. */
const char *wks_study_page_cell(const wks_csv *csv, size_t row, const char *column);
double wks_study_page_number(const wks_csv *csv, size_t row, const char *column);

/** An element with escaped text, as <td>text</td>. */
void wks_study_page_element(wks_page *page, const char *tag, const char *text);
/** <td class="n"> with about three significant digits (as many as `largest` needs), an en dash for NaN. */
void wks_study_page_number_cell(wks_page *page, double value, double largest);
/** The same of "low to high". */
void wks_study_page_range_cell(wks_page *page, double low, double high, double largest);
/** The value alone. */
void wks_study_page_value(wks_page *page, double value, double largest);
/** On a line of its own, the path of a setting: lines may break after its dots only, where they can. */
void wks_study_page_path(wks_page *page, const char *path);
/** The table of the parameters a study varies, with range, unit, default and source. */
void wks_study_page_parameters(wks_page *page, const wks_config_node *study);
/** Label of an outcome of the study, with group, month and what it is held against; not escaped. */
void wks_study_page_outcome(const wks_page *page, const wks_config_node *study, const char *name, wks_text *out);

#endif
