/* A scenario, a city of three buurten and hand-made ticks for the tests of output and study: nothing is simulated. */
#ifndef WKS_TESTS_OUTPUT_MADE_H
#define WKS_TESTS_OUTPUT_MADE_H

#include "base/file.h"
#include "base/text.h"
#include "output/store.h"
#include "scenario/read.h"
#include "sim/everything.h"
#include "support/check.h"
#include "support/fixture_world.h"
#include "support/folder.h"

static const char made_rules[] = "groups = ( { name = \"oud\"; where = \"age_years >= 65\"; use = [ \"measure\", \"rule\" ]; },\n"
                                 "           { name = \"gezin\"; where = \"n_children >= 1\"; use = [ \"measure\" ]; } );\n"
                                 "rules = ( { name = \"regio\"; channels = ( { part = \"advertised\"; name = \"aanbod\"; } );\n"
                                 "            filters = ( { part = \"registered\"; }, { part = \"occupancy\"; } );\n"
                                 "            order = ( { part = \"urgency\"; }, { part = \"inschrijfduur\"; } );\n"
                                 "            spreiding = ( { part = \"cap_share\"; group = \"oud\"; max_share = 0.5; } ); } );\n";

typedef struct made {
    char *folder; /* temporary; the run is in folder/run */
    char *run;
    wks_scenario scenario;
    wks_city city;
    wks_world world;
    wks_series city_rows, buurt_rows;
    wks_observe_queue queue[2];
} made;

static inline void made_read(made *self, const char *head)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text text = WKS_TEXT_INIT;

    wks_text_addf(&text, "%s\n%s", head, made_rules);
    const wks_status rc =
        wks_read_scenario_text("made.cfg", text.data, text.length, &options, wks_everything_catalogue(), &self->scenario, &problems, &err);
    assert_problems(&problems, "");
    assert_ok(rc, &err);
    wks_problems_free(&problems);
    wks_text_free(&text);
}

/* `head`: the first keys of the scenario, as name and ticks. */
static inline void made_init(made *self, const char *head)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *city = wks_folder_path(wks_check_test_data(), "cities/valid/small");

    memset(self, 0, sizeof *self);
    self->folder = wks_folder_make();
    self->run = wks_folder_path(self->folder, "run");
    made_read(self, head);
    assert_ok(wks_folder_read(city, &self->city, &problems, &err), &err);
    wks_problems_free(&problems);
    wks_fixture_world_make(&self->world,
                           "month 2025-01\nbuurten 3\nunit u1 buurt=1 tenure=social rent=650.255 rooms=3\n"
                           "unit u2 buurt=0 tenure=social rent=500\n"
                           "household h1 unit=u1 income=24000.5 members=70m\nhousehold h2 unit=u2 income=31000 members=30f,4m\n");
    free(city);
}

static inline void made_free(made *self)
{
    wks_scenario_free(&self->scenario);
    wks_folder_free(&self->city);
    wks_world_free(&self->world);
    wks_series_free(&self->city_rows);
    wks_series_free(&self->buurt_rows);
    wks_folder_remove(self->folder);
    free(self->run);
}

/* Rows as a measure would give them: a value that depends on tick and replication, one that is not defined, and one by buurt. */
static inline wks_replication_view made_view(made *self, int32_t replication, int32_t tick)
{
    wks_err err = WKS_ERR_INIT;

    self->world.tick = tick;
    self->world.month = self->world.start_month + tick;
    wks_series_clear(&self->city_rows);
    wks_series_clear(&self->buurt_rows);
    assert_ok(wks_series_add(&self->city_rows, "persons", "", "", "", -1, 100 * replication + tick + 0.5, &err), &err);
    assert_ok(wks_series_add(&self->city_rows, "D", "oud", "buurt", "", -1, NAN, &err), &err);
    if (tick % 12 == 0) {
        assert_ok(wks_series_add(&self->buurt_rows, "households", "", "", "buurt", 1, 7 * replication, &err), &err);
        assert_ok(wks_series_add(&self->buurt_rows, "share", "oud", "", "wijk", 0, 1.0 / 3, &err), &err);
    }
    self->queue[0] = (wks_observe_queue){"", 10, 4, 20, 2, 0.5, 1, 12, 60.5, 7};
    self->queue[1] = (wks_observe_queue){"oud", 0, 0, 0, 0, NAN, NAN, NAN, NAN, NAN};
    return (wks_replication_view){.replication = replication,
                                  .world = &self->world,
                                  .city = &self->city_rows,
                                  .buurt = &self->buurt_rows,
                                  .queue = self->queue,
                                  .n_queue = tick > 0 && tick % 12 == 0 ? 2 : 0};
}

/* One letting of this tick: h1 gets u2. */
static inline void made_let(made *self)
{
    wks_err err = WKS_ERR_INIT;
    wks_letting *letting = NULL;

    assert_ok(wks_letting_add(&self->world.letting, &letting, &err), &err);
    letting->number = 41;
    letting->unit_key = wks_text_hash("u1");
    letting->household_key = 0x1f;
    letting->buurt_row = 1;
    letting->from_buurt_row = -1;
    letting->order_part = 1;
    letting->candidates = 12;
    letting->rank = 3;
    letting->refusals = 2;
    letting->months_registered = 96;
    letting->months_searching = 18;
    letting->rent_eur = 650.255F;
    letting->income_eur = 24000.5F;
    letting->groups = 3;
    letting->urgency = WKS_URGENCY_SOCIAL;
    letting->chain = 1;
    letting->reason = WKS_LETTING_RANKED;
    letting->excluded[1] = 5;
    letting->excluded[2] = 2; /* the first spreiding rule stands behind two filters */
}

static inline char *made_get(const made *self, const char *name)
{
    char *path = wks_folder_path(self->run, name);
    char *text = wks_folder_get(path);
    free(path);
    return text;
}

static inline bool made_has(const made *self, const char *name)
{
    char *path = wks_folder_path(self->run, name);
    const bool has = wks_file_exists(path);
    free(path);
    return has;
}

#endif
