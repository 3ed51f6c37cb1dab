/* A city of three buurten and a corporatie's sheet as text, for the tests of reading its rows. */
#ifndef WKS_TESTS_IMPORT_OWN_ROWS_MADE_H
#define WKS_TESTS_IMPORT_OWN_ROWS_MADE_H

#include "base/mem.h"
#include "import/own_reader.h"
#include "support/check.h"
#include "support/folder.h"

typedef struct own_rows_made {
    char *folder, *path;
    wks_city_area buurt[3];
    wks_city city;
    wks_own_mapping mapping;
    wks_pseudonym secret;
    wks_problems problems;
    wks_text report;
    wks_sheet sheet;
    wks_own_rows_source source;
    wks_own_rows rows;
    wks_err err;
} own_rows_made;

/* The columns are mapped by their names. */
static inline void own_rows_make(own_rows_made *m, wks_own_terms_file file, const char *text)
{
    static const char *const code[] = {"BU99010100", "BU99010101", "BU99010200"}, *const name[] = {"Oost", "West", "West"};
    memset(m, 0, sizeof *m);
    for (int b = 0; b < 3; b++) {
        m->buurt[b].code = wks_mem_string(code[b]);
        m->buurt[b].name = wks_mem_string(name[b]);
    }
    m->city.buurt = m->buurt;
    m->city.n_buurten = 3;
    m->folder = wks_folder_make();
    m->path = wks_folder_put(m->folder, "rows.csv", text);
    m->mapping.path = wks_mem_string("mapping.cfg");
    m->source = (wks_own_rows_source){&m->city, &m->mapping, NULL, &m->secret, &m->problems, &m->report};
    assert_ok(wks_own_rows_sheet(m->path, wks_own_terms_file_name[file], &m->sheet, &m->problems, &m->err), &m->err);
    assert_ok(wks_own_mapping_propose(&m->mapping, file, &m->sheet, &m->err), &m->err);
}

static inline void own_rows_end(own_rows_made *m)
{
    for (int b = 0; b < 3; b++) {
        free(m->buurt[b].code);
        free(m->buurt[b].name);
    }
    wks_own_rows_free(&m->rows);
    wks_sheet_free(&m->sheet);
    wks_own_mapping_free(&m->mapping);
    wks_problems_free(&m->problems);
    wks_text_free(&m->report);
    free(m->path);
    wks_folder_remove(m->folder);
}

/* A reader at the first row of the sheet. */
static inline wks_own_reader own_rows_reader(own_rows_made *m, wks_own_terms_file file)
{
    wks_own_reader r = {.source = &m->source, .file = file, .sheet = &m->sheet, .rows = &m->rows};
    assert_ok(wks_own_reader_open(&r, &m->err), &m->err);
    return r;
}

/* Fails unless some problem has this text. */
static inline void own_rows_assert_problem(const own_rows_made *m, const char *part)
{
    wks_text text = WKS_TEXT_INIT;
    wks_problems_print(&m->problems, &text);
    assert_contains(text.data != NULL ? text.data : "", part);
    wks_text_free(&text);
}

#endif
