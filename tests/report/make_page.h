/* The report of a made-up results folder with files of a test's own, for tests of sections. Included by one test program a time. */
#ifndef WKS_TESTS_REPORT_MAKE_PAGE_H
#define WKS_TESTS_REPORT_MAKE_PAGE_H

#include "report/html.h"
#include "report/make_results.h"

typedef struct make_page_file {
    const char *name, *text; /* below the results folder */
} make_page_file;

/* References of numbers (report/proof.h) taken out in place: what a reader sees, and the values of cells. */
static inline void make_page_plain(char *page)
{
    char *to = page;
    bool in_span = false;
    for (const char *at = page; *at != '\0';) {
        if (strncmp(at, "<span data-of=", 14) == 0) {
            in_span = true;
            at = strchr(at, '>') + 1;
        } else if (in_span && strncmp(at, "</span>", 7) == 0) {
            in_span = false;
            at += 7;
        } else if (strncmp(at, " data-of=\"", 10) == 0) {
            at = strchr(at + 10, '"') + 1;
        } else if (strncmp(at, " data-p=\"100\"", 13) == 0) {
            at += 13;
        } else {
            *to++ = *at++;
        }
    }
    *to = '\0';
}

/* The markup of the page, up to its data, with the references; the folder is removed. Free it. */
static inline char *make_page_marked(const make_results_plan *plan, const char *lang, const make_page_file *file, size_t n_files)
{
    char *dir = wks_folder_make();
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    make_results(dir, plan);
    for (size_t i = 0; i < n_files; i++)
        free(wks_folder_put(dir, file[i].name, file[i].text));
    assert_ok(wks_html_write(dir, lang, &problems, &err), &err);
    assert_int_equal(problems.n, 0);
    char *path = wks_folder_path(dir, "report.html"), *page = wks_folder_get(path), *data = strstr(page, "<script");
    assert_non_null(data);
    *data = '\0';
    free(path);
    wks_folder_remove(dir);
    return page;
}

/* The same without references. */
static inline char *make_page(const make_results_plan *plan, const char *lang, const make_page_file *file, size_t n_files)
{
    char *page = make_page_marked(plan, lang, file, n_files);
    make_page_plain(page);
    return page;
}

/* A section of the page by its id, up to the next; NULL without it. Free it. */
static inline char *make_page_section(const char *page, const char *id)
{
    char opening[64];
    (void)snprintf(opening, sizeof opening, "<section id=\"%s\"", id);
    const char *at = strstr(page, opening);
    if (at == NULL) return NULL;
    char *section = wks_mem_string(at), *end = strstr(section, "</section>");
    assert_non_null(end);
    *end = '\0';
    return section;
}

#endif
