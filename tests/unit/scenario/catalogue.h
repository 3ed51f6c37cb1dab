/* A small hand-made catalogue and a scenario that uses it, for the tests of scenario/. */
#ifndef WKS_TESTS_SCENARIO_CATALOGUE_H
#define WKS_TESTS_SCENARIO_CATALOGUE_H

#include "scenario/catalogue.h"
#include "scenario/read.h"
#include "scenario/timeline.h"
#include "support/check.h"

#define N(array) ((int32_t)(sizeof(array) / sizeof(array)[0]))
#define SPEC(spec_name, spec_kind, array)                                                                             \
    {                                                                                                                 \
        .name = spec_name, .kind = spec_kind, .help = "for tests", .basis = "", .param = array, .n_params = N(array), \
        .implementation = NULL                                                                                        \
    }

static const char *const theory_names[] = {"T0", "T1", "T2", NULL};
static const char *const scale_names[] = {"complex", "buurt", "wijk", NULL};

static const wks_param advertised_params[] = {
    {"share", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false, "assumption", "share of vacancies"},
    {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "assumption", "where"},
};
static const wks_param direct_params[] = {
    {"share", WKS_PARAM_REAL, "share", 0.2, 0, 1, NULL, false, "assumption", "share of vacancies"},
    {"group", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, true, "assumption", "who"},
};
static const wks_param filter_params[] = {
    {"where", WKS_PARAM_WHERE, "-", 0, 0, 0, NULL, false, "assumption", "who passes"},
    {"minimum", WKS_PARAM_INT, "persons", 1, 0, 10, NULL, false, "assumption", "persons"},
};
static const wks_param order_params[] = {
    {"is_reversed", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, "assumption", "smallest first"},
};
static const wks_param cap_params[] = {
    {"group", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, true, "assumption", "who is counted"},
    {"max_share", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false, "assumption", "largest share"},
    {"scale", WKS_PARAM_CHOICE, "-", 1, 0, 2, scale_names, false, "assumption", "within what"},
    {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "assumption", "where"},
};
static const wks_param build_params[] = {
    {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "assumption", "where"},
    {"n_dwellings", WKS_PARAM_INT, "dwellings", 10, 1, 10000, NULL, true, "assumption", "how many"},
    {"until", WKS_PARAM_MONTH, "month", 0, 0, 0, NULL, false, "assumption", "the first month without it"},
};
static const wks_param market_params[] = {
    {"b_price", WKS_PARAM_REAL, "-", 1.5, 0, 10, NULL, false, "assumption", "weight of the price"},
    {"n_sample", WKS_PARAM_INT, "dwellings", 20, 1, 100, NULL, false, "assumption", "looked at"},
};
static const wks_param allocation_params[] = {
    {"reactions", WKS_PARAM_INT, "count", 2, 1, 50, NULL, false, "assumption", "per round"},
};
static const wks_param neighbourhood_params[] = {
    {"theory", WKS_PARAM_CHOICE, "-", 1, 0, 2, theory_names, false, "assumption", "which"},
    {"note", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, "assumption", "free text"},
    {"since", WKS_PARAM_MONTH, "month", 0, 0, 0, NULL, false, "assumption", "from when"},
    {"target", WKS_PARAM_WHERE, "-", 0, 0, 0, NULL, false, "assumption", "for whom"},
    {"group", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, false, "assumption", "for whom"},
    {"members", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, "assumption", "accepted set"},
    {"d_s", WKS_PARAM_REAL, "-", 0.14, 0, 1.3, NULL, false, "assumption", "onv per soc"},
    {"a_v", WKS_PARAM_REAL, "LBM per share", 0.35, 0, 0.45, NULL, false, "assumption", "soc per share"},
};

static const wks_spec advertised_spec = SPEC("advertised", "channel", advertised_params);
static const wks_spec direct_spec = SPEC("direct", "channel", direct_params);
static const wks_spec income_spec = SPEC("income_limit", "filter", filter_params);
static const wks_spec ties_spec = SPEC("ties", "filter", filter_params);
static const wks_spec urgency_spec = SPEC("urgency", "order", order_params);
static const wks_spec duration_spec = SPEC("inschrijfduur", "order", order_params);
static const wks_spec lot_spec = SPEC("lot", "order", order_params);
static const wks_spec cap_spec = SPEC("cap_share", "spreiding", cap_params);
static const wks_spec build_spec = SPEC("build", "event", build_params);
static const wks_spec market_spec = SPEC("market", "process", market_params);
static const wks_spec allocation_spec = SPEC("allocation", "process", allocation_params);
static const wks_spec neighbourhood_spec = SPEC("neighbourhood", "process", neighbourhood_params);

static const wks_spec *const test_parts[] = {&advertised_spec, &direct_spec,   &income_spec, &ties_spec,
                                             &urgency_spec,    &duration_spec, &lot_spec,    &cap_spec};
static const wks_spec *const test_events[] = {&build_spec, &wks_timeline_set};
static const wks_spec *const test_processes[] = {&allocation_spec, &market_spec, &neighbourhood_spec};
static const wks_indicator_spec test_indicators[] = {
    {"households", "count", "both", "", "huishoudens", "households", "", "", false},
    {"moves", "count", "city", "", "verhuizingen", "moves", "", "", false},
};
static const wks_catalogue test_catalogue = {.process = test_processes,
                                             .n_processes = N(test_processes),
                                             .part = test_parts,
                                             .n_parts = N(test_parts),
                                             .event = test_events,
                                             .n_events = N(test_events),
                                             .indicator = test_indicators,
                                             .n_indicators = N(test_indicators)};

/* A complete scenario. */
static const char test_scenario[] =
    "name = \"cap\";\n"
    "start = \"2026-01\"; ticks = 24; replications = 5;\n"
    "seeds = { dynamics = 7; };\n"
    "groups = (\n"
    "  { name = \"verwezen\"; where = \"referral != none\"; use = [ \"measure\", \"rule\" ]; },\n"
    "  { name = \"arm\"; where = \"income_eur < 30000\"; }\n"
    ");\n"
    "rules = ( {\n"
    "  name = \"regio\"; basis = \"Huisvestingsverordening\";\n"
    "  channels = ( { part = \"advertised\"; share = 0.8; }, { part = \"direct\"; group = \"verwezen\"; } );\n"
    "  filters = ( { part = \"income_limit\"; where = \"n_persons >= 1\"; } );\n"
    "  order = ( \"urgency\", \"inschrijfduur\" );\n"
    "  spreiding = ( { part = \"cap_share\"; group = \"verwezen\"; max_share = 0.12; } );\n"
    "} );\n"
    "timeline = (\n"
    "  { at = \"2027-01\"; set = \"processes.market.b_price\"; value = 2; },\n"
    "  { at = \"2026-06\"; event = \"build\"; areas = \"BU1\"; n_dwellings = 100; }\n"
    ");\n"
    "processes = { market = { n_sample = 30; }; };\n";

/* One scenario being read, with what it needs and what it said. */
typedef struct reading {
    wks_scenario scenario;
    wks_problems problems;
    wks_err err;
    wks_status rc;
} reading;

static inline reading read_text_with(const char *text, const wks_read_options *options)
{
    reading r = {.problems = WKS_PROBLEMS_INIT, .err = WKS_ERR_INIT};

    r.rc = wks_read_scenario_text("test.cfg", text, strlen(text), options, &test_catalogue, &r.scenario, &r.problems, &r.err);
    return r;
}

static inline reading read_text(const char *text)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;

    return read_text_with(text, &options);
}

static inline void reading_free(reading *r)
{
    wks_scenario_free(&r->scenario);
    wks_problems_free(&r->problems);
}

/* The scenario text with the first `from` replaced by `to`; free it. */
static inline char *replaced(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    const size_t size = strlen(text) + strlen(to) + 1;
    char *out = malloc(size);

    assert_non_null(at);
    assert_non_null(out);
    snprintf(out, size, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    return out;
}

/* The test scenario with one replacement gives exactly these problems. */
static inline void assert_replaced(const char *from, const char *to, const char *problems)
{
    char *text = replaced(test_scenario, from, to);
    reading r = read_text(text);

    assert_problems(&r.problems, problems);
    assert_int_equal(r.rc, r.problems.n_errors > 0 ? WKS_ERR_DATA : WKS_OK);
    reading_free(&r);
    free(text);
}

#endif
