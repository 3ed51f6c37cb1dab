// links: wks_import
/* Any bytes as one or two downloaded tables: no crash, no hang, nothing leaks; what is accepted becomes a city whose every figure is finite and
 * in the range that city folders are held to, and whose texts read back. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "import/estimate.h"
#include "import/fill.h"
#include "import/leefbaarometer.h"
#include "import/quality.h"
#include "import/quality_map.h"
#include "import/sources.h"
#include "import/writer.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

enum { MAX_TABLES = 2 };

typedef struct tables {
    wks_sheet scores[MAX_TABLES];
    int n_scores;
    wks_sources sources;
} tables;

/* Adds a table as the command does: what it is, is found from its content. */
static void add_table(tables *t, const char *name, const char *bytes, size_t n)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_sheet sheet;
    wks_status rc = wks_sheet_parse_csv(name, bytes, n, &sheet, &problems, NULL);
    if ((rc == WKS_OK) != (problems.n_errors == 0)) abort();
    if (rc == WKS_OK && wks_leefbaarometer_recognises(&sheet)) {
        t->scores[t->n_scores++] = sheet;
        memset(&sheet, 0, sizeof sheet);
    } else if (rc == WKS_OK && wks_source_recognises(&sheet)) {
        rc = wks_sources_add(&t->sources, &sheet, 0, &problems, NULL);
        if ((rc == WKS_OK) != (problems.n_errors == 0)) abort();
    }
    wks_sheet_free(&sheet);
    wks_problems_free(&problems);
}

static void check_figures(const wks_draft *draft)
{
    for (int32_t i = 0; i < draft->n_buurten; i++)
        for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
            const wks_city_column_info *info = &wks_city_column_table[c];
            double value = draft->buurt[i].value[c];
            if (!(value >= info->low && value <= info->high)) abort();
            if (draft->buurt[i].origin[c] >= WKS_CITY_N_ORIGINS) abort();
        }
}

static void read_back(const wks_text *text, size_t n_rows)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_csv csv;
    if (wks_csv_parse("written", text->data, text->length, ',', false, &csv, &problems, NULL) != WKS_OK) abort();
    if (n_rows > 0 && csv.n_rows != n_rows) abort();
    wks_csv_free(&csv);
    wks_problems_free(&problems);
}

static void write_texts(const wks_draft *draft, const wks_problems *problems)
{
    void (*const with_draft[])(const wks_draft *, wks_text *) = {wks_writer_config, wks_writer_buurten, wks_writer_margins, wks_quality_csv,
                                                                 wks_quality_summary};
    const size_t n_rows[] = {0, (size_t)draft->n_buurten, 0, (size_t)draft->n_buurten * WKS_CITY_N_COLUMNS, 0};
    for (size_t k = 0; k < sizeof with_draft / sizeof *with_draft; k++) {
        wks_text out = WKS_TEXT_INIT;
        with_draft[k](draft, &out);
        if (out.data == NULL || !wks_text_is_utf8(out.data, out.length)) abort();
        if (k >= 1 && k <= 3) read_back(&out, n_rows[k]);
        wks_text_free(&out);
    }
    wks_text out = WKS_TEXT_INIT;
    wks_quality_markdown(draft, problems, &out);
    if (out.data == NULL || !wks_text_is_utf8(out.data, out.length)) abort();
    wks_quality_map(draft, &out); /* adds nothing: there are no polygons */
    wks_text_free(&out);
}

static void make_city(const tables *t, const char *const *chosen, size_t n_chosen, wks_problems *problems)
{
    wks_draft draft;
    wks_text report = WKS_TEXT_INIT;
    size_t n_errors = problems->n_errors;
    wks_status rc = wks_draft_make(&t->sources, chosen, n_chosen, &draft, &report, problems, NULL);
    if ((rc == WKS_OK) != (problems->n_errors == n_errors)) abort();
    for (int i = 0; rc == WKS_OK && i < t->n_scores; i++) {
        wks_leefbaarometer_report found;
        wks_status one = wks_leefbaarometer_add(&t->scores[i], &draft, &found, problems, NULL);
        if ((one == WKS_OK) != (problems->n_errors == n_errors)) abort();
        rc = one;
    }
    if (rc == WKS_OK) {
        (void)wks_leefbaarometer_check(&draft, "scores", problems);
        wks_fill_mark_rounding(&draft);
        wks_fill_buurten(&draft);
        wks_estimate_fill_income(&draft);
        wks_estimate_fill_leefbaarheid(&draft);
        wks_quality_check_sums(&draft, "fuzz", problems);
        check_figures(&draft);
        write_texts(&draft, problems);
    }
    wks_draft_free(&draft);
    wks_text_free(&report);
}

static void import(tables *t)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_text text = WKS_TEXT_INIT;
    if (wks_sources_link(&t->sources, &text, &problems, NULL) == WKS_OK) {
        make_city(t, NULL, 0, &problems);
        problems.n_errors = 0;
        make_city(t, (const char *const[]){"all"}, 1, &problems);
    }
    for (int32_t i = 0; i < t->sources.n; i++)
        wks_sources_describe(&t->sources.source[i], &text);
    wks_problems_print(&problems, &text);
    if (text.data != NULL && !wks_text_is_utf8(text.data, text.length)) abort();
    wks_text_free(&text);
    wks_problems_free(&problems);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    static const char marker[] = "\n====\n"; /* between two tables */
    enum { N_MARKER = sizeof marker - 1 };
    tables t = {.n_scores = 0};
    size_t cut = 0;
    while (cut + N_MARKER <= n && memcmp(data + cut, marker, N_MARKER) != 0)
        cut++;
    bool has_two = cut + N_MARKER <= n;
    add_table(&t, "kwb-2023.csv", (const char *)data, has_two ? cut : n);
    if (has_two) add_table(&t, "second.csv", (const char *)data + cut + N_MARKER, n - cut - N_MARKER);
    if (t.sources.n > 0) import(&t);
    for (int i = 0; i < t.n_scores; i++)
        wks_sheet_free(&t.scores[i]);
    wks_sources_free(&t.sources);
    return 0;
}
