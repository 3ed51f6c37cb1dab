/* The seven questions of `wijksim new`, in Dutch and English, what counts as an answer, and the scenario that comes of them. */
#ifndef WKS_CLI_NEW_TEXT_H
#define WKS_CLI_NEW_TEXT_H

#include "cli/load.h"

typedef enum wks_new_question {
    WKS_NEW_CITY,
    WKS_NEW_RULES,
    WKS_NEW_TRY,
    WKS_NEW_START,
    WKS_NEW_MONTHS,
    WKS_NEW_GROUPS,
    WKS_NEW_REPLICATIONS,
    WKS_NEW_QUESTIONS
} wks_new_question;

typedef struct wks_new {
    bool is_dutch;
    char *data, *city, *rules,
        *groups;       /* data: folder with scenarios/; city: a name in scenarios/cities, or a folder in full; rules: "reference" or a
                                         * name in scenarios/rules; groups: "a,b" */
    bool is_city_near; /* the folder was told by a relative path: it moves along with the scenario */
    wks_load base;     /* the scenario of those rules */
    bool has_base;
    int32_t tried, start, months, replications; /* tried: number of what is tried; start: month of tick 0 */
} wks_new;

wks_status wks_new_text_begin(wks_new *self, wks_err *err);
void wks_new_text_free(wks_new *self);

/** The question with its possible and its default answer. */
void wks_new_text_ask(const wks_new *self, wks_new_question question, wks_text *out);
/** Takes an answer; "" is the default. False, with what was expected in `wrong`, when it cannot be used. In the order of the questions. */
bool wks_new_text_take(wks_new *self, wks_new_question question, const char *text, wks_text *wrong);
/** The commented scenario; `path` is where it goes. */
void wks_new_text_write(const wks_new *self, const char *path, wks_text *out);

#endif
