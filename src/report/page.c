#include "report/page.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "report/topic.h"

const char *wks_page_words(const wks_page *page, const char *nl, const char *en)
{
    return page->lang == WKS_NOTATION_NL ? nl : en;
}

const char *wks_page_status(const wks_page *page, const char *status)
{
    static const char *const words[][2] = {
        {"complete", "volledig"}, {"running", "bezig"}, {"interrupted", "onderbroken"}, {"partial", "deels"}, {"failed", "mislukt"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(status, words[i][0]) == 0) return wks_page_words(page, words[i][1], words[i][0]);
    }
    return status;
}

void wks_page_raw(wks_page *page, const char *markup)
{
    wks_text_add(&page->html, markup);
}

void wks_page_text(wks_page *page, const char *text)
{
    wks_notation_escape(&page->html, text);
}

void wks_page_say(wks_page *page, const char *nl, const char *en)
{
    wks_text_add(&page->html, wks_page_words(page, nl, en));
}

void wks_page_rawf(wks_page *page, const char *format, ...)
{
    char buffer[1024];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    WKS_BUG_IF(n < 0 || (size_t)n >= sizeof buffer);
    wks_text_add(&page->html, buffer);
}

/* ---- words from codebook.csv ---- */

/* Row of the codebook whose `indicator` is `name`, in group rows or in the others; SIZE_MAX if there is none. */
static size_t codebook_row(const wks_csv *book, const char *name, bool is_group)
{
    int column = wks_csv_column(book, "column"), indicator = wks_csv_column(book, "indicator");
    if (book->n_columns == 0 || column < 0 || indicator < 0 || name[0] == '\0') return SIZE_MAX;
    for (size_t i = 0; i < book->n_rows; i++) {
        if (strcmp(wks_csv_cell(book, i, indicator), name) != 0) continue;
        if ((strcmp(wks_csv_cell(book, i, column), "group") == 0) == is_group) return i;
    }
    return SIZE_MAX;
}

static const char *codebook_word(const wks_page *page, int32_t name, bool is_group, const char *nl, const char *en, const char *otherwise)
{
    const wks_csv *book = &page->dossier->codebook;
    size_t row = codebook_row(book, wks_dossier_text(page->dossier, name), is_group);
    int column = row == SIZE_MAX ? -1 : wks_csv_column(book, wks_page_words(page, nl, en));
    const char *word = column < 0 ? "" : wks_csv_cell(book, row, column);
    return word[0] != '\0' ? word : otherwise;
}

const char *wks_page_word(const wks_page *page, const char *column, const char *word)
{
    const wks_csv *book = &page->dossier->codebook;
    const int at = wks_csv_column(book, "column"), indicator = wks_csv_column(book, "indicator");
    const int label = wks_csv_column(book, wks_page_words(page, "label_nl", "label_en"));

    if (book->n_columns == 0 || at < 0 || indicator < 0 || label < 0) return word;
    for (size_t i = 0; i < book->n_rows; i++) {
        if (strcmp(wks_csv_cell(book, i, indicator), word) == 0 && strcmp(wks_csv_cell(book, i, at), column) == 0)
            return wks_csv_cell(book, i, label);
    }
    return word;
}

const char *wks_page_indicator(const wks_page *page, int32_t indicator)
{
    return codebook_word(page, indicator, false, "label_nl", "label_en", wks_dossier_text(page->dossier, indicator));
}

const char *wks_page_unit(const wks_page *page, int32_t indicator)
{
    return codebook_word(page, indicator, false, "unit", "unit", "-");
}

const char *wks_page_explanation(const wks_page *page, int32_t indicator)
{
    return codebook_word(page, indicator, false, "explanation_nl", "explanation_en", "");
}

const char *wks_page_group(const wks_page *page, int32_t group)
{
    return codebook_word(page, group, true, "label_nl", "label_en", wks_dossier_text(page->dossier, group));
}

const char *wks_page_mark(const wks_page *page, int32_t indicator)
{
    if (!(wks_topic_bits(wks_dossier_text(page->dossier, indicator)) & WKS_TOPIC_UNVALIDATED)) return "";
    return wks_page_words(page, ", niet gevalideerd", ", not validated");
}

void wks_page_series(const wks_page *page, const wks_dossier_series *series, wks_text *out)
{
    wks_text_add(out, wks_page_indicator(page, series->indicator));
    if (series->group != 0) {
        wks_text_add(out, ", ");
        wks_text_add(out, wks_page_group(page, series->group));
    }
    if (series->scale != 0) {
        wks_text_add(out, wks_page_words(page, " (per ", " (by "));
        wks_text_add(out, wks_dossier_text(page->dossier, series->scale));
        wks_text_add(out, ")");
    }
    wks_text_add(out, wks_page_mark(page, series->indicator));
}

void wks_page_month(const wks_page *page, int32_t tick, wks_text *out)
{
    wks_notation_month(page->lang, wks_dossier_date(page->dossier, tick), tick, out);
}

void wks_page_add_month(wks_page *page, int32_t tick)
{
    wks_text month = WKS_TEXT_INIT;
    wks_page_month(page, tick, &month);
    if (month.data != NULL) wks_page_text(page, month.data);
    page->html.failed = page->html.failed || month.failed;
    wks_text_free(&month);
}

/* ---- scenarios, sections, tables ---- */

int wks_page_style(size_t scenario_row)
{
    return scenario_row == 0 ? 0 : (int)((scenario_row - 1) % 7) + 1;
}

void wks_page_scenario(wks_page *page, size_t scenario_row)
{
    const char *title = page->dossier->scenario[scenario_row].title, *rest = strchr(title, ' ');
    wks_text first = WKS_TEXT_INIT; /* stays on one line with its key */
    wks_text_add_bytes(&first, title, rest != NULL ? (size_t)(rest - title) : strlen(title));
    wks_page_rawf(page,
                  "<span class=\"sc s%d\"><span class=\"nb\"><svg class=\"key\" viewBox=\"0 0 24 10\" aria-hidden=\"true\"><path d=\"M0 "
                  "5H24\"/></svg>",
                  wks_page_style(scenario_row));
    if (first.data != NULL) wks_page_text(page, first.data);
    wks_page_raw(page, "</span>");
    wks_page_text(page, rest != NULL ? rest : "");
    wks_page_raw(page, "</span>");
    page->html.failed = page->html.failed || first.failed;
    wks_text_free(&first);
}

void wks_page_legend_end(wks_page *page)
{
    if (page->warmup > 0)
        wks_page_say(
            page,
            "<span class=\"run-in\"><svg class=\"swatch\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path class=\"warmup\" d=\"M0 "
            "0h14v14H0z\"/></svg>inlooptijd (niet als uitkomst lezen)</span>",
            "<span class=\"run-in\"><svg class=\"swatch\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path class=\"warmup\" d=\"M0 "
            "0h14v14H0z\"/></svg>run-in (not to be read as outcome)</span>");
    wks_page_raw(page, "</p>\n");
}

const char *wks_page_warmup_words(const wks_page *page)
{
    if (page->warmup <= 0) return "";
    return wks_page_words(page, "; het grijze begin is inlooptijd en niet als uitkomst te lezen",
                          "; the grey begin is run-in and not to be read as outcome");
}

void wks_page_section(wks_page *page, const char *id, const char *nl, const char *en)
{
    wks_page_rawf(page, "<section id=\"%s\" aria-labelledby=\"h-%s\">\n<h2 id=\"h-%s\">%d. ", id, id, id, ++page->n_sections);
    wks_page_text(page, wks_page_words(page, nl, en));
    wks_page_raw(page, "</h2>\n");
}

void wks_page_section_end(wks_page *page)
{
    wks_page_raw(page, "</section>\n");
}

void wks_page_table(wks_page *page, const char *css_class, const char *caption)
{
    wks_page_raw(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    wks_page_text(page, caption);
    wks_page_rawf(page, "\"><table class=\"%s\">\n<caption><span>", css_class);
    wks_page_text(page, caption);
    wks_page_raw(page, "</span></caption>\n");
}

void wks_page_table_end(wks_page *page)
{
    wks_page_raw(page, "</table></div>\n");
}

static void open_cell(wks_page *page, const char *attribute, double value, bool few)
{
    char number[32];
    wks_page_rawf(page, "<td class=\"n%s\"", few ? " few" : "");
    if (few && page->dossier->real_people) return;
    if (isfinite(value)) wks_page_rawf(page, " data-%s=\"%s\"", attribute, wks_text_number(value, number));
}

/* Real people: cells of fewer than ten are not shown at all. */
static bool close_hidden(wks_page *page, bool few)
{
    if (!few || !page->dossier->real_people) return false;
    wks_page_raw(page, ">&lt;&#8201;10</td>");
    return true;
}

void wks_page_value_cell(wks_page *page, wks_notation_format format, double value, bool few)
{
    open_cell(page, "v", value, few);
    if (close_hidden(page, few)) return;
    wks_page_raw(page, ">");
    wks_notation_value(page->lang, format, value, &page->html);
    wks_page_raw(page, "</td>");
}

void wks_page_difference_cell(wks_page *page, wks_notation_format format, double value, bool few)
{
    open_cell(page, "d", value, few);
    if (close_hidden(page, few)) return;
    wks_page_raw(page, ">");
    wks_notation_difference(page->lang, format, value, &page->html);
    wks_page_raw(page, "</td>");
}

void wks_page_interval_cell(wks_page *page, wks_notation_format format, double low, double high, bool few)
{
    char number[32];
    open_cell(page, "lo", low, few);
    if (close_hidden(page, few)) return;
    if (isfinite(high)) wks_page_rawf(page, " data-hi=\"%s\"", wks_text_number(high, number));
    wks_page_raw(page, ">");
    wks_notation_interval(page->lang, format, low, high, &page->html);
    wks_page_raw(page, "</td>");
}

wks_page_sign wks_page_sign_of(double low, double high)
{
    if (!isfinite(low) || !isfinite(high)) return WKS_PAGE_UNDEFINED;
    if (low == 0.0 && high == 0.0) return WKS_PAGE_EQUAL;
    if (low > 0.0) return WKS_PAGE_HIGHER;
    return high < 0.0 ? WKS_PAGE_LOWER : WKS_PAGE_UNCLEAR;
}

wks_page_sign wks_page_sign_of_row(const wks_dossier_contrast *row)
{
    if (row == NULL) return WKS_PAGE_UNDEFINED;
    wks_page_sign sign = row->is_equal ? WKS_PAGE_EQUAL : wks_page_sign_of(row->ci_low, row->ci_high);
    if (sign == WKS_PAGE_EQUAL || row->n_pairs >= WKS_DOSSIER_LEAST_PAIRS || !isfinite(row->mean)) return sign;
    return WKS_PAGE_TOO_FEW;
}

const char *wks_page_sign_words(const wks_page *page, wks_page_sign sign)
{
    switch (sign) {
    case WKS_PAGE_LOWER: return wks_page_words(page, "lager", "lower");
    case WKS_PAGE_HIGHER: return wks_page_words(page, "hoger", "higher");
    case WKS_PAGE_EQUAL: return wks_page_words(page, "precies gelijk", "exactly equal");
    case WKS_PAGE_UNCLEAR: return wks_page_words(page, "geen verschil aangetoond", "no difference shown");
    case WKS_PAGE_TOO_FEW: return wks_page_words(page, "te weinig herhalingen", "too few replications");
    case WKS_PAGE_UNDEFINED: break;
    }
    return wks_page_words(page, "niet te zeggen", "cannot be said");
}

const char *wks_page_verdict_words(const wks_page *page, const wks_dossier_contrast *row)
{
    static const char *const words[][3] = {
        /* as study/contrast.h has it, nl, en */
        {"higher by more than the threshold you set", "hoger, met meer dan de drempel", "higher, by more than the threshold"},
        {"lower by more than the threshold you set", "lager, met meer dan de drempel", "lower, by more than the threshold"},
        {"higher but smaller than the threshold you set", "hoger, maar met minder dan de drempel",
         "higher, but by less than the threshold"},
        {"lower but smaller than the threshold you set", "lager, maar met minder dan de drempel", "lower, but by less than the threshold"},
        {"smaller than the threshold you set", "verschil kleiner dan de drempel", "difference smaller than the threshold"},
    };
    const char *verdict = row == NULL ? "" : wks_dossier_text(page->dossier, row->verdict);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], verdict) == 0) return wks_page_words(page, words[i][1], words[i][2]);
    }
    return wks_page_sign_words(page, wks_page_sign_of_row(row));
}

static double larger(double a, double b)
{
    return isfinite(b) && fabs(b) > a ? fabs(b) : a;
}

double wks_page_largest_level(const wks_page *page, const wks_dossier_series *series)
{
    double largest = 0.0;
    for (size_t i = 0; i < page->dossier->n_scenarios; i++) {
        const wks_dossier_level *row = wks_dossier_level_at(page->dossier, wks_dossier_key_of(page->dossier, series, i));
        if (row != NULL) largest = larger(largest, row->mean);
    }
    return largest;
}

double wks_page_largest_difference(const wks_page *page, const wks_dossier_series *series)
{
    double largest = 0.0;
    for (size_t i = 0; i < page->dossier->n_scenarios; i++) {
        const wks_dossier_contrast *row = wks_dossier_contrast_at(page->dossier, wks_dossier_key_of(page->dossier, series, i));
        if (row != NULL) largest = larger(larger(larger(largest, row->mean), row->ci_low), row->ci_high);
    }
    return largest;
}

/* The bound of a difference that is shown which lies nearest to zero; NaN when it is not shown. */
static double nearest_bound(const wks_dossier_contrast *row)
{
    const wks_page_sign sign = wks_page_sign_of_row(row);

    return sign == WKS_PAGE_HIGHER ? row->ci_low : sign == WKS_PAGE_LOWER ? row->ci_high : NAN;
}

/* Smallest standard error of the differences of a series from the reference; NaN: none is told. */
static double smallest_error(const wks_page *page, const wks_dossier_series *series)
{
    double smallest = NAN;
    for (size_t i = 1; i < page->dossier->n_scenarios; i++) {
        const wks_dossier_contrast *row = wks_dossier_contrast_at(page->dossier, wks_dossier_key_of(page->dossier, series, i));
        if (row != NULL) smallest = wks_notation_smaller_error(smallest, row->ci_low, row->ci_high);
    }
    return smallest;
}

wks_notation_format wks_page_format(const wks_page *page, const wks_dossier_series *series)
{
    enum { MOST = 3, MOST_OF_SHARE = 2 };
    const char *unit = wks_page_unit(page, series->indicator);
    const double level = wks_page_largest_level(page, series);
    wks_notation_format format = wks_notation_choose_pair(unit, level, wks_page_largest_difference(page, series));

    format = wks_notation_supported(format, unit, level, smallest_error(page, series));

    for (size_t i = 1; i < page->dossier->n_scenarios; i++) {
        const double bound = nearest_bound(wks_dossier_contrast_at(page->dossier, wks_dossier_key_of(page->dossier, series, i)));
        while (isfinite(bound) && format.decimals < (format.percent ? MOST_OF_SHARE : MOST) && wks_notation_is_zero(format, bound))
            format.decimals++;
    }
    return format;
}

/* ---- which series go where ---- */

static unsigned bits_of(const wks_page *page, const wks_dossier_series *series)
{
    return wks_topic_bits(wks_dossier_text(page->dossier, series->indicator));
}

static bool has_total(const wks_page *page, const wks_dossier_series *series)
{
    for (size_t i = 0; i < page->dossier->n_series; i++) {
        const wks_dossier_series *other = &page->dossier->series[i];
        if (other->indicator == series->indicator && other->level == series->level && other->group == 0 && other->scale == 0) return true;
    }
    return false;
}

/* An outcome of the city for which a threshold was set: who set it wants the verdict. */
static bool is_asked(const wks_page *page, const wks_dossier_series *series)
{
    const wks_dossier_key key = {.indicator = series->indicator, .group = series->group, .scale = series->scale};
    return series->level == 0 && wks_dossier_threshold(page->dossier, &key) > 0;
}

/* Zero under every scenario, at every tick that has a value. */
static bool is_nothing(const wks_page *page, const wks_dossier_series *series)
{
    bool is_zero = false;

    for (size_t s = 0; s < page->dossier->n_scenarios; s++) {
        size_t n = 0;
        const wks_dossier_level *row = wks_dossier_levels(page->dossier, wks_dossier_key_of(page->dossier, series, s), &n);
        for (size_t i = n; i-- > 0;) { /* the last is the most likely to have a value */
            if (!isfinite(row[i].mean)) continue;
            if (row[i].mean < 0.0 || row[i].mean > 0.0) return false;
            is_zero = true;
        }
    }
    return is_zero;
}

static bool is_candidate(const wks_page *page, const wks_dossier_series *series)
{
    if (series->level != 0 || !(bits_of(page, series) & WKS_TOPIC_MAIN)) return false;
    /* Every scenario names areas of its own: side by side their gaps are of different buurten. */
    if (page->dossier->is_comparison && strcmp(wks_dossier_text(page->dossier, series->group), "named") == 0) return false;
    if (series->scale != 0) return strcmp(wks_dossier_text(page->dossier, series->scale), "buurt") == 0;
    return series->group == 0 || !has_total(page, series);
}

bool wks_page_is_main(const wks_page *page, const wks_dossier_series *series)
{
    return is_asked(page, series) || (is_candidate(page, series) && !is_nothing(page, series));
}

bool wks_page_never_happened(const wks_page *page, const wks_dossier_series *series)
{
    return !is_asked(page, series) && is_candidate(page, series) && is_nothing(page, series);
}

bool wks_page_is_head(const wks_page *page, const wks_dossier_series *series)
{
    return is_asked(page, series) || (wks_page_is_main(page, series) && (bits_of(page, series) & WKS_TOPIC_HEAD));
}

void wks_page_prepare(wks_page *page)
{
    enum { MOST_GROUPS = 4 };
    size_t n_segregation = 0, n_known = 0;

    for (size_t i = 0; i < page->dossier->n_series; i++) {
        const wks_dossier_series *series = &page->dossier->series[i];
        if (!wks_page_is_main(page, series)) continue;
        n_segregation += (bits_of(page, series) & WKS_TOPIC_SEGREGATION) != 0;
        n_known += wks_topic_is_known(wks_dossier_text(page->dossier, series->indicator));
    }
    page->folds_segregation = n_segregation > MOST_GROUPS;
    page->folds_unknown = n_known > 0;
}

wks_page_family wks_page_family_of(const wks_page *page, const wks_dossier_series *series)
{
    const unsigned bits = bits_of(page, series);

    if (bits & WKS_TOPIC_STOCK) return WKS_PAGE_STOCK;
    if (page->folds_segregation && (bits & WKS_TOPIC_SEGREGATION)) return WKS_PAGE_SEGREGATION;
    return page->folds_unknown && !wks_topic_is_known(wks_dossier_text(page->dossier, series->indicator)) ? WKS_PAGE_OTHER : WKS_PAGE_OPEN;
}

int32_t wks_page_area_pairs(const wks_page *page)
{
    int32_t most = 0;
    for (size_t i = 0; i < page->dossier->n_contrasts; i++) {
        const wks_dossier_contrast *row = &page->dossier->contrast[i];
        if (row->key.area != 0 && row->n_pairs > most) most = row->n_pairs;
    }
    return most;
}

bool wks_page_is_local(const wks_page *page, const wks_dossier_series *series)
{
    if (strcmp(wks_dossier_text(page->dossier, series->level), "buurt") != 0 || series->scale != 0) return false;
    return (bits_of(page, series) & WKS_TOPIC_MAP) &&
           !wks_dossier_is_private(page->dossier, wks_dossier_text(page->dossier, series->group));
}

const wks_dossier_series *wks_page_find_city(const wks_page *page, const char *indicator)
{
    int32_t name = wks_dossier_name(page->dossier, indicator);
    for (size_t i = 0; i < page->dossier->n_series; i++) {
        const wks_dossier_series *series = &page->dossier->series[i];
        if (series->indicator == name && series->group == 0 && series->scale == 0 && series->level == 0) return series;
    }
    return NULL;
}

bool wks_page_has_contrast(const wks_page *page, const wks_dossier_series *series)
{
    for (size_t i = 1; i < page->dossier->n_scenarios; i++) {
        const wks_dossier_contrast *row = wks_dossier_contrast_at(page->dossier, wks_dossier_key_of(page->dossier, series, i));
        if (row != NULL && isfinite(row->mean)) return true;
    }
    return false;
}

double wks_page_chance(const wks_page *page, const wks_dossier_level *row)
{
    const wks_dossier *d = page->dossier;
    wks_dossier_key key = row->key;
    if (strcmp(wks_dossier_text(d, key.indicator), "D") != 0) return NAN;
    key.indicator = wks_dossier_name(d, "ED_binom");
    const wks_dossier_level *chance = wks_dossier_level_at(d, key);
    return chance != NULL ? chance->mean : NAN;
}
