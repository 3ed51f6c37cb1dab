// links: wks_scenario wks_world wks_num
/* Any bytes as a scenario: no crash, no hang, and what is accepted reads back from its resolved text to the same text and hash.
 * Texts with @include are left out: they would open files by chance. */
#include <stdlib.h>
#include <string.h>

#include "scenario/read.h"
#include "scenario/timeline.h"
#include "scenario/write.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static const char *const scales[] = {"complex", "buurt", NULL};
static const wks_param channel_params[] = {{"share", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false, "assumption", "share"},
                                           {"group", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, false, "assumption", "who"}};
static const wks_param filter_params[] = {{"where", WKS_PARAM_WHERE, "-", 0, 0, 0, NULL, false, "assumption", "who"}};
static const wks_param cap_params[] = {{"group", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, true, "assumption", "who"},
                                       {"max_share", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false, "assumption", "share"},
                                       {"scale", WKS_PARAM_CHOICE, "-", 1, 0, 1, scales, false, "assumption", "scale"},
                                       {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "assumption", "where"}};
static const wks_param process_params[] = {{"b_price", WKS_PARAM_REAL, "-", 1, 0, 9, NULL, false, "assumption", "weight"},
                                           {"n_sample", WKS_PARAM_INT, "-", 1, 0, 9, NULL, false, "assumption", "count"},
                                           {"is_fast", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, "assumption", "switch"},
                                           {"note", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, "assumption", "text"},
                                           {"since", WKS_PARAM_MONTH, "-", 0, 0, 0, NULL, false, "assumption", "month"}};
static const wks_spec advertised = {"advertised", "channel", "", "", channel_params, 2, NULL};
static const wks_spec income = {"income", "filter", "", "", filter_params, 1, NULL};
static const wks_spec lot = {"lot", "order", "", "", filter_params, 0, NULL};
static const wks_spec cap = {"cap", "spreiding", "", "", cap_params, 4, NULL};
static const wks_spec market = {"market", "process", "", "", process_params, 5, NULL};
static const wks_spec *const parts[] = {&advertised, &income, &lot, &cap}, *const events[] = {&wks_timeline_set},
                             *const processes[] = {&market};
static const wks_indicator_spec indicators[] = {{"moves", "count", "city", "", "", "", "", "", false}};
static const wks_catalogue catalogue = {processes, 1, parts, 4, events, 1, indicators, 1};

static void read_back(const wks_scenario *scenario)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_text first = WKS_TEXT_INIT, second = WKS_TEXT_INIT, words = WKS_TEXT_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_scenario again;

    wks_write_resolved(scenario, NULL, &first);
    if (wks_read_scenario_text("again", first.data, first.length, &options, &catalogue, &again, &problems, &err) != WKS_OK) abort();
    wks_write_resolved(&again, NULL, &second);
    if (strcmp(first.data, second.data) != 0 || strcmp(scenario->hash, again.hash) != 0) abort();
    wks_write_differences(scenario, &again, "nl", &words);
    if (words.length != 0) abort();
    wks_write_origins(scenario, &words);
    wks_scenario_free(&again);
    wks_problems_free(&problems);
    wks_text_free(&first);
    wks_text_free(&second);
    wks_text_free(&words);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_scenario scenario;
    wks_status rc;

    if (memchr(data, '@', n) != NULL) return 0;
    rc = wks_read_scenario_text("fuzz", (const char *)data, n, &options, &catalogue, &scenario, &problems, &err);
    if ((rc == WKS_OK) != (problems.n_errors == 0)) abort();
    if (rc == WKS_OK) read_back(&scenario);
    wks_scenario_free(&scenario);
    wks_problems_free(&problems);
    return 0;
}
