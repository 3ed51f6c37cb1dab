/* Proefstad read into a draft, for the tests of what comes after reading. */
#ifndef WKS_TESTS_IMPORT_MADE_H
#define WKS_TESTS_IMPORT_MADE_H

#include "import/draft.h"
#include "import/kwb.h"
#include "support/check.h"
#include "support/folder.h"

typedef struct made {
    char *folder, *path;
    wks_problems problems;
    wks_err err;
    wks_kwb kwb;
    wks_draft draft;
} made;

/* Reads a kwb csv text; the status is the first that is not WKS_OK. */
static inline wks_status made_read(made *m, const char *text)
{
    wks_sheet sheet = {0};
    memset(m, 0, sizeof *m);
    m->folder = wks_folder_make();
    m->path = wks_folder_put(m->folder, "kwb2023.csv", text);
    wks_status rc = wks_sheet_read(m->path, wks_kwb_required, (size_t)wks_kwb_n_required, &sheet, &m->problems, &m->err);
    if (rc == WKS_OK) rc = wks_kwb_add(&m->kwb, &sheet, 0, &m->problems, &m->err);
    wks_sheet_free(&sheet);
    return rc;
}

static inline void made_free(made *m)
{
    wks_draft_free(&m->draft);
    wks_kwb_free(&m->kwb);
    wks_problems_free(&m->problems);
    free(m->path);
    wks_folder_remove(m->folder);
}

/* Reads it and makes the draft of its only gemeente. */
static inline void made_draft(made *m, const char *text)
{
    assert_ok(made_read(m, text), &m->err);
    assert_ok(wks_draft_make(&m->kwb, NULL, 0, &m->draft, &m->problems, &m->err), &m->err);
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
