/* Proefstad read into a draft, for the tests of what comes after reading. */
#ifndef WKS_TESTS_IMPORT_MADE_H
#define WKS_TESTS_IMPORT_MADE_H

#include "import/draft.h"
#include "support/check.h"
#include "support/folder.h"

typedef struct made {
    char *folder, *path;
    wks_problems problems;
    wks_err err;
    wks_sources sources;
    wks_text report;
    wks_draft draft;
    int32_t year; /* as --year */
} made;

/* Adds a table to those that were read; the status is the first that is not WKS_OK. */
static inline wks_status made_add(made *m, const char *name, const char *text)
{
    wks_sheet sheet = {0};
    free(m->path);
    m->path = wks_folder_put(m->folder, name, text);
    wks_status rc = wks_sheet_read(m->path, wks_source_wanted, (size_t)wks_source_n_wanted, &sheet, &m->problems, &m->err);
    if (rc == WKS_OK) rc = wks_sources_add(&m->sources, &sheet, m->year, &m->problems, &m->err);
    wks_sheet_free(&sheet);
    return rc;
}

static inline void made_begin(made *m)
{
    memset(m, 0, sizeof *m);
    m->folder = wks_folder_make();
}

/* Reads one kwb csv text as of 2023. */
static inline wks_status made_read(made *m, const char *text)
{
    made_begin(m);
    return made_add(m, "kwb2023.csv", text);
}

static inline void made_free(made *m)
{
    wks_draft_free(&m->draft);
    wks_sources_free(&m->sources);
    wks_text_free(&m->report);
    wks_problems_free(&m->problems);
    free(m->path);
    wks_folder_remove(m->folder);
}

/* The tables as one draft. */
static inline wks_status made_choose(made *m, const char *const *chosen, size_t n)
{
    wks_status rc = wks_sources_link(&m->sources, &m->report, &m->problems, &m->err);
    return rc != WKS_OK ? rc : wks_draft_make(&m->sources, chosen, n, &m->draft, &m->report, &m->problems, &m->err);
}

/* Reads it and makes the draft of its only gemeente. */
static inline void made_draft(made *m, const char *text)
{
    assert_ok(made_read(m, text), &m->err);
    assert_ok(made_choose(m, NULL, 0), &m->err);
}

/* Reads and chooses n gemeenten of one buurt each, a wijk for none; inhabitants are `even` and `odd` by turns. */
static inline void made_many(made *m, int n, const char *even, const char *odd)
{
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, "gwb_code;recs;a_inw;gm_naam\n");
    for (int i = 0; i < n; i++)
        wks_text_addf(&text, "BU%c%c%c%c0101;Buurt;%s;G%d\n", digits[i / 46656 % 36], digits[i / 1296 % 36], digits[i / 36 % 36],
                      digits[i % 36], i % 2 == 0 ? even : odd, i);
    assert_ok(made_read(m, text.data), &m->err);
    assert_ok(made_choose(m, (const char *const[]){"all"}, 1), &m->err);
    wks_text_free(&text);
}

/* Fails unless some problem has this text. */
static inline void made_assert_problem(const made *m, const char *part)
{
    wks_text text = WKS_TEXT_INIT;
    wks_problems_print(&m->problems, &text);
    assert_contains(text.data != NULL ? text.data : "", part);
    wks_text_free(&text);
}

static inline wks_draft_area *made_buurt(made *m, const char *code)
{
    int32_t row = wks_draft_buurt_row(&m->draft, code);
    assert_true(row >= 0);
    return &m->draft.buurt[row];
}

#endif
