/* A folder of results made by hand. */
#ifndef WKS_TESTS_UNIT_EXPORT_MADE_H
#define WKS_TESTS_UNIT_EXPORT_MADE_H

#include <stdlib.h>
#include <string.h>

#include "export/result_folder.h"
#include "support/check.h"
#include "support/folder.h"

static const char made_codebook[] = "file,column,indicator,unit,label_nl,label_en,explanation_nl,explanation_en\n"
                                    "*,tick,,months,Maand,Month,\"met, komma\",x\n"
                                    "city.csv,value,share,share,Aandeel,Share,,\n"
                                    "city.csv,value,persons,persons,Mensen,Persons,,\n"
                                    "summary.csv,mean,,-,Gemiddelde,Mean,,\n";
static const char made_city[] = "scenario,replication,tick,date,indicator,group,scale,value\n"
                                "2030,1,0,2025-01,persons,,,61227\n"
                                "2030,1,1,2025-02,share,\"a;b \"\"c\"\"\",,0.1234567891\n"
                                "2030,1,2,2025-03,share,=SOM(A1),,\n";

typedef struct made {
    char *folder;
    wks_result_folder from;
    wks_problems problems;
    wks_err err;
} made;

static inline char *made_folder(const char *city)
{
    static const char manifest[] =
        "{\"status\":\"complete\",\"kind\":\"run\",\"version\":\"0.1.0\",\"commit\":\"x\",\"command\":\"wijksim "
        "run\",\"scenario\":\"2030\",\"title\":\"t\","
        "\"city\":\"c\",\"people\":\"synthetic\",\"sources\":[],\"scenario_hash\":\"x\",\"inputs\":[],\"seeds\":{\"population\":1,"
        "\"dynamics\":1},"
        "\"start\":\"2025-01\",\"ticks\":2,\"replications_asked\":1,\"replications\":[],\"threads\":1,\"wall_s\":1}";
    char *folder = wks_folder_make();
    free(wks_folder_put(folder, "manifest.json", manifest));
    free(wks_folder_put(folder, "codebook.csv", made_codebook));
    free(wks_folder_put(folder, "city.csv", city));
    return folder;
}

static inline int made_begin(void **state)
{
    made *m = calloc(1, sizeof *m);
    if (m == NULL) return 1;
    m->folder = made_folder(made_city);
    m->err = WKS_ERR_INIT;
    assert_ok(wks_result_folder_open(m->folder, true, NULL, &m->from, &m->problems, &m->err), &m->err);
    *state = m;
    return 0;
}

static inline int made_end(void **state)
{
    made *m = *state;
    wks_result_folder_free(&m->from);
    wks_problems_free(&m->problems);
    wks_folder_remove(m->folder);
    free(m);
    return 0;
}

#endif
