#include "report/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/param_words.h"
#include "report/study_page.h"

static double size_low(double low, double high)
{
    return low <= 0.0 && high >= 0.0 ? 0.0 : fmin(fabs(low), fabs(high));
}

static int by_size(const void *a, const void *b)
{
    const wks_sensitivity_rank *first = a, *second = b;
    const double x = isfinite(first->main.value) ? fabs(first->main.value) : -1.0,
                 y = isfinite(second->main.value) ? fabs(second->main.value) : -1.0;
    if (x > y || x < y) return x > y ? -1 : 1;
    return strcmp(first->main.name, second->main.name);
}

void wks_sensitivity_label(const wks_config_node *study, wks_notation_lang lang, const char *name, wks_text *out)
{
    const wks_config_node *list = study == NULL ? NULL : wks_config_get(study, "parameters");
    wks_text own = WKS_TEXT_INIT, other = WKS_TEXT_INIT;
    bool is_shared = false;

    for (size_t i = 0; list != NULL && i < list->n_children; i++)
        if (strcmp(wks_study_page_string(list->child[i], "name"), name) == 0)
            wks_param_words_add(lang, wks_study_page_string(list->child[i], "path"), &own);
    for (size_t i = 0; list != NULL && i < list->n_children; i++) {
        wks_text_clear(&other);
        if (strcmp(wks_study_page_string(list->child[i], "name"), name) != 0)
            wks_param_words_add(lang, wks_study_page_string(list->child[i], "path"), &other);
        is_shared = is_shared || (own.length > 0 && other.length > 0 && strcmp(own.data, other.data) == 0);
    }
    wks_text_add(out, own.length > 0 ? own.data : name);
    if (is_shared) wks_text_addf(out, " (%s)", name); /* of two rules with the same part */
    out->failed = out->failed || own.failed || other.failed;
    wks_text_free(&own);
    wks_text_free(&other);
}

static void set_label(wks_sensitivity_rank *of, const wks_config_node *study, wks_notation_lang lang)
{
    wks_text label = WKS_TEXT_INIT;
    wks_sensitivity_label(study, lang, of->main.name, &label);
    wks_text_fit(of->label, sizeof of->label, label.failed || label.data == NULL ? of->main.name : label.data);
    wks_text_free(&label);
}

void wks_sensitivity_name(wks_page *page, const wks_sensitivity_rank *of)
{
    if (strcmp(of->label, of->main.name) == 0) {
        wks_page_text(page, of->label);
        return;
    }
    wks_page_raw(page, "<span title=\"");
    wks_page_text(page, of->main.name);
    wks_page_raw(page, "\">");
    wks_page_text(page, of->label);
    wks_page_raw(page, "</span>");
}

void wks_sensitivity_head(wks_page *page, const wks_config_node *study, const char *name)
{
    wks_text label = WKS_TEXT_INIT;
    wks_sensitivity_label(study, page->lang, name, &label);
    wks_page_raw(page, "<th scope=\"row\" title=\"");
    wks_page_text(page, name);
    wks_page_raw(page, "\" data-name=\"");
    wks_page_text(page, name);
    wks_page_raw(page, "\">");
    wks_page_text(page, label.data != NULL ? label.data : name);
    wks_page_raw(page, "</th>");
    wks_text_free(&label);
}

/* Rows of an outcome's means, largest first; malloc'ed. */
wks_sensitivity_rank *wks_sensitivity_ranking(const wks_sensitivity *t, wks_notation_lang lang, const char *outcome, size_t *out_n)
{
    const wks_csv *csv = &t->sensitivity;
    wks_sensitivity_rank *list = wks_mem_array(csv->n_rows + 1, sizeof *list);
    size_t n = 0;

    for (size_t row = 0; list != NULL && row < csv->n_rows; row++) {
        if (strcmp(wks_study_page_cell(csv, row, "outcome"), outcome) != 0 || strcmp(wks_study_page_cell(csv, row, "of"), "mean") != 0)
            continue;
        const char *index = wks_study_page_cell(csv, row, "index"), *name = wks_study_page_cell(csv, row, "parameter");
        const double value = wks_study_page_number(csv, row, "value"), low = wks_study_page_number(csv, row, "ci_low"),
                     high = wks_study_page_number(csv, row, "ci_high");
        if (strcmp(index, t->index) != 0) continue;
        const double luck_low = wks_study_page_number(csv, row, "mc_low"), luck_high = wks_study_page_number(csv, row, "mc_high");
        const bool is_size = strcmp(index, "mu_star") == 0; /* folders of before the bound hold less than none */
        list[n] = (wks_sensitivity_rank){.main = {name, NULL, value, low, high, is_size && luck_low < 0.0 ? 0.0 : luck_low, luck_high},
                                         .beside = NAN,
                                         .beside_low = NAN,
                                         .beside_high = NAN};
        set_label(&list[n++], t->study, lang);
    }
    for (size_t row = 0; list != NULL && row < csv->n_rows; row++) {
        if (strcmp(wks_study_page_cell(csv, row, "outcome"), outcome) != 0 || strcmp(wks_study_page_cell(csv, row, "of"), "mean") != 0 ||
            strcmp(wks_study_page_cell(csv, row, "index"), t->beside) != 0)
            continue;
        for (size_t i = 0; i < n; i++) {
            if (strcmp(list[i].main.name, wks_study_page_cell(csv, row, "parameter")) != 0) continue;
            list[i].beside = wks_study_page_number(csv, row, "value");
            list[i].beside_low = wks_study_page_number(csv, row, "ci_low");
            list[i].beside_high = wks_study_page_number(csv, row, "ci_high");
        }
    }
    if (n > 1) qsort(list, n, sizeof *list, by_size);
    *out_n = n;
    return list;
}

/* Whether the first stands clear of the second, by one of the two intervals. Not told where there is no interval. */
static bool is_clear(double low, double high, double other_low, double other_high)
{
    return size_low(low, high) > fmax(fabs(other_low), fabs(other_high));
}

static bool has_luck(const wks_sensitivity_rank *is)
{
    return isfinite(is->main.luck_low) && isfinite(is->main.luck_high);
}

static bool has_sample(const wks_sensitivity_rank *is)
{
    return isfinite(is->main.low) && isfinite(is->main.high);
}

/* Clear by every interval that there is, and there is one. */
static bool stands_above(const wks_sensitivity_rank *a, const wks_sensitivity_rank *b)
{
    const bool sample = has_sample(a) && has_sample(b), luck = has_luck(a) && has_luck(b);

    if (sample && !is_clear(a->main.low, a->main.high, b->main.low, b->main.high)) return false;
    if (luck && !is_clear(a->main.luck_low, a->main.luck_high, b->main.luck_low, b->main.luck_high)) return false;
    return sample || luck;
}

void wks_sensitivity_say_ranking(wks_page *page, const wks_sensitivity_rank *list, size_t n)
{
    bool any = false;

    if (n > 1 && !has_sample(&list[0]) && !has_luck(&list[0])) {
        wks_page_say(page, "<p><strong>Geen rangorde te zien</strong>: er zijn te weinig punten en herhalingen voor een interval.</p>\n",
                     "<p><strong>No ranking shows</strong>: there are too few points and replications for an interval.</p>\n");
        return;
    }
    for (size_t i = 0; i + 1 < n; i++) {
        size_t first = i + 1;
        while (first < n && !stands_above(&list[i], &list[first]))
            first++;
        if (first == n) continue;
        wks_page_raw(page, any ? "<li><strong>" : "<ul class=\"ranking\">\n<li><strong>");
        any = true;
        wks_sensitivity_name(page, &list[i]);
        wks_page_say(page, "</strong> weegt aantoonbaar zwaarder dan ", "</strong> surely matters more than ");
        for (size_t k = first, told = 0; k < n; k++) {
            if (!stands_above(&list[i], &list[k])) continue;
            wks_page_raw(page, told++ > 0 ? ", " : "");
            wks_sensitivity_name(page, &list[k]);
        }
        wks_page_raw(page, ".</li>\n");
    }
    if (any) {
        wks_page_raw(page, "</ul>\n");
        wks_page_say(page, "<p class=\"note\">Van parameters die hier niet tegenover elkaar staan, is de volgorde niet aangetoond.</p>\n",
                     "<p class=\"note\">Of parameters that are not set against each other here, the order is not shown.</p>\n");
    } else if (n > 1) {
        wks_page_say(
            page,
            "<p><strong>Geen rangorde te zien</strong>: de intervallen van de parameters overlappen. De volgorde mag niet als rangorde "
            "worden gelezen.</p>\n",
            "<p><strong>No ranking shows</strong>: the intervals of the parameters overlap. The order must not be read as a "
            "ranking.</p>\n");
    }
}

/* With a label and the study's name as its title. */
static void put_words(wks_bars_item *item, const wks_sensitivity_rank *of)
{
    item->title = strcmp(of->label, of->main.name) != 0 ? of->main.name : NULL;
    item->name = of->label;
}

void wks_sensitivity_figure(wks_page *page, const wks_sensitivity *t, const char *title, const wks_sensitivity_rank *list, size_t n)
{
    const bool is_saltelli = strcmp(t->index, "ST") == 0, is_morris = strcmp(t->index, "mu_star") == 0;
    wks_bars_item *item = wks_mem_array(n + 1, sizeof *item);

    for (size_t i = 0; item != NULL && i < n; i++)
        item[i] = list[i].main;
    for (size_t i = 0; item != NULL && i < n; i++)
        put_words(&item[i], &list[i]);
    wks_page_raw(page, "<figure class=\"wide\"><figcaption>");
    if (is_morris)
        wks_page_say(page, "Gemiddelde grootte van het effect van het hele bereik (mu*)",
                     "Mean size of the effect of the whole range (mu*)");
    if (is_saltelli) wks_page_say(page, "Aandeel in de variantie, met samenspel (ST)", "Share of the variance, interactions included (ST)");
    if (!is_saltelli && !is_morris) wks_page_say(page, "Partiële rangcorrelatie (PRCC)", "Partial rank correlation (PRCC)");
    wks_page_raw(page, "</figcaption>\n");
    if (item != NULL) wks_bars_draw(&page->html, page->lang, title, item, n);
    wks_page_raw(page, "</figure>\n");
    if (is_saltelli) {
        for (size_t i = 0; item != NULL && i < n; i++)
            item[i] = (wks_bars_item){item[i].name, item[i].title, list[i].beside, list[i].beside_low, list[i].beside_high, NAN, NAN};
        wks_page_say(page, "<figure class=\"wide\"><figcaption>Aandeel in de variantie, alleen (S1)</figcaption>\n",
                     "<figure class=\"wide\"><figcaption>Share of the variance, alone (S1)</figcaption>\n");
        if (item != NULL) wks_bars_draw(&page->html, page->lang, title, item, n);
        wks_page_raw(page, "</figure>\n");
    }
    page->html.failed = page->html.failed || item == NULL;
    free(item);
}

static void choose_index(wks_sensitivity *t)
{
    t->index = "PRCC";
    t->beside = "SRC";
    for (size_t row = 0; row < t->sensitivity.n_rows; row++) {
        const char *index = wks_study_page_cell(&t->sensitivity, row, "index");
        if (strcmp(index, "mu_star") == 0) {
            t->index = "mu_star";
            t->beside = "sigma";
        } else if (strcmp(index, "ST") == 0) {
            t->index = "ST";
            t->beside = "S1";
        }
    }
}

wks_status wks_sensitivity_read(const wks_page *page, const wks_config_node *study, wks_sensitivity *out, wks_problems *problems,
                                wks_err *err)
{
    static const char *const of_sensitivity[] = {"outcome", "of",      "parameter", "index",   "value",
                                                 "ci_low",  "ci_high", "mc_low",    "mc_high", NULL};
    static const char *const of_variance[] = {"outcome", "n_points", "n_dropped", "mean", "between_points", "error_of_point", NULL};
    static const char *const of_effects[] = {"outcome", "parameter", "mean", NULL}, *const of_trials[] = {"status", NULL};
    wks_status rc = WKS_OK;

    *out = (wks_sensitivity){.study = study};
    WKS_TRY(wks_study_page_table(page, "sensitivity.csv", of_sensitivity, true, &out->sensitivity, problems, err));
    WKS_TRY(wks_study_page_table(page, "variance.csv", of_variance, true, &out->variance, problems, err));
    WKS_TRY(wks_study_page_table(page, "main_effects.csv", of_effects, false, &out->effects, problems, err));
    WKS_TRY(wks_study_page_table(page, "trials.csv", of_trials, false, &out->trials, problems, err));
    choose_index(out);
out:
    return rc;
}

void wks_sensitivity_free(wks_sensitivity *tables)
{
    wks_csv_free(&tables->sensitivity);
    wks_csv_free(&tables->variance);
    wks_csv_free(&tables->effects);
    wks_csv_free(&tables->trials);
}

bool wks_sensitivity_is_noise(const wks_sensitivity_rank *is)
{
    if (has_sample(is) && is->main.low <= 0.0 && is->main.high >= 0.0) return true;
    return has_luck(is) && is->main.luck_low <= 0.0 && is->main.luck_high >= 0.0;
}

bool wks_sensitivity_is_told(const wks_sensitivity_rank *is)
{
    return has_sample(is) || has_luck(is);
}
