/* Study files in a temporary folder, beside the scenarios they name. */
#ifndef WKS_TESTS_STUDY_MADE_H
#define WKS_TESTS_STUDY_MADE_H

#include "study/study_file.h"
#include "support/check.h"
#include "support/folder.h"

typedef struct study_made {
    char *folder, *path;
    wks_study study;
    wks_problems problems;
    wks_err err;
    wks_status rc;
} study_made;

/* A queue with an answer in no time: of `waiting` so many are housed a tick. */
static const char study_made_list[] = "name = \"lijst\"; ticks = 40; warmup = 10; replications = 3;\n"
                                      "pool = { waiting = 60; housed = 10; joining = 10; };\n"
                                      "rules = ( { name = \"regio\"; order = ( { part = \"inschrijfduur\"; } ); } );\n";
static const char study_made_lot[] = "name = \"lot\"; ticks = 40; warmup = 10; replications = 3;\n"
                                     "pool = { waiting = 60; housed = 10; joining = 10; };\n"
                                     "rules = ( { name = \"regio\"; order = ( { part = \"lot\"; } ); } );\n";

static inline void study_made_read(study_made *m, const char *text, const wks_read_options *options)
{
    *m = (study_made){.problems = WKS_PROBLEMS_INIT, .err = WKS_ERR_INIT};
    m->folder = wks_folder_make();
    free(wks_folder_put(m->folder, "list.cfg", study_made_list));
    free(wks_folder_put(m->folder, "lot.cfg", study_made_lot));
    m->path = wks_folder_put(m->folder, "study.cfg", text);
    m->rc = wks_study_file_read(m->path, options, &m->study, &m->problems, &m->err);
}

static inline void study_made_free(study_made *m)
{
    wks_study_file_free(&m->study);
    wks_problems_free(&m->problems);
    free(m->path);
    wks_folder_remove(m->folder);
}

/* The problems are these lines, each behind the path of the study file. */
static inline void study_made_problems(study_made *m, const char *expected)
{
    wks_text text = WKS_TEXT_INIT, stripped = WKS_TEXT_INIT;
    const size_t n = strlen(m->folder) + 1;

    wks_problems_print(&m->problems, &text);
    for (const char *at = text.data == NULL ? "" : text.data; *at != '\0';) {
        if (strncmp(at, m->folder, n - 1) == 0) {
            at += n;
        } else {
            wks_text_add_char(&stripped, *at++);
        }
    }
    assert_string_equal(stripped.data == NULL ? "" : stripped.data, expected);
    wks_text_free(&text);
    wks_text_free(&stripped);
}

#endif
