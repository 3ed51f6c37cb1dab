#include "scenario/model.h"

#include "scenario/keys.h"
#include "unit/scenario/catalogue.h"
#include "world/columns.h"

#define ORDER "rules = ( { name = \"r\"; order = ( { part = \"inschrijfduur\"; } ); } );\n"
#define LOT   "rules = ( { name = \"r\"; order = ( { part = \"lot\"; } ); } );\n"
#define MMC   "queue = { dwellings = 10; arrivals = 0.04; stay = 200; };\n"

/* The text gives exactly these problems. */
static void assert_said(const char *text, const char *problems)
{
    reading r = read_text(text);

    assert_problems(&r.problems, problems);
    assert_int_equal(r.rc, r.problems.n_errors > 0 ? WKS_ERR_DATA : WKS_OK);
    reading_free(&r);
}

static void queue_is_read_with_its_order(void **state)
{
    reading r = read_text("ticks = 5000000; warmup = 7; queue = { dwellings = 10; arrivals = 1; stay = 200; patience = 3; };\n"
                          "rules = ( { name = \"r\"; order = ( { part = \"urgency\"; }, { part = \"lot\"; } ); } );");
    const wks_model *model = &r.scenario.model;

    (void)state;
    assert_ok(r.rc, &r.err);
    assert_false(wks_model_has_city(&r.scenario));
    assert_int_equal(model->kind, WKS_MODEL_QUEUE);
    assert_int_equal(r.scenario.n_ticks, 5000000);
    assert_int_equal(model->warmup, 7);
    assert_true(model->by_lot && model->priority_first);
    assert_close(model->settings.value[WKS_KEYS_QUEUE_ARRIVALS], 1, 0, 0);
    assert_close(model->settings.value[WKS_KEYS_QUEUE_PATIENCE], 3, 0, 0);
    assert_close(model->settings.value[WKS_KEYS_QUEUE_PRIORITY_SHARE], 0, 0, 0);
    assert_string_equal(r.scenario.city, "");
    assert_int_equal(r.scenario.start_month, WKS_NO_MONTH);
    assert_int_equal(r.scenario.n_processes, 0);
    assert_null(wks_config_get(r.scenario.resolved, "city"));
    reading_free(&r);
}

static void pool_is_of_two_kinds(void **state)
{
    reading pool = read_text("pool = { waiting = 5; housed = 1; joining = 2; };" ORDER);
    reading entries = read_text("pool = { reactors = 5; entries = 1; };" LOT);

    (void)state;
    assert_ok(pool.rc, &pool.err);
    assert_int_equal(pool.scenario.model.kind, WKS_MODEL_POOL);
    assert_false(pool.scenario.model.by_lot);
    assert_ok(entries.rc, &entries.err);
    assert_int_equal(entries.scenario.model.kind, WKS_MODEL_ENTRIES);
    reading_free(&pool);
    reading_free(&entries);
}

/* The resolved text reads back to the same scenario. */
static void resolved_text_reads_back(void **state)
{
    reading r =
        read_text("choice = { dwellings = 2; joining = 5; patience = 4.5; types = ( { name = \"a\"; share = 0.25; outside = 0.5; },\n"
                  "  { name = \"b\"; share = 0.75; outside = 0; } ); };" LOT);
    wks_text text = WKS_TEXT_INIT;

    (void)state;
    assert_ok(r.rc, &r.err);
    assert_int_equal(r.scenario.model.n_types, 2);
    assert_string_equal(r.scenario.model.type[1].name, "b");
    wks_config_write(r.scenario.resolved, &text);
    reading again = read_text(text.data);
    assert_ok(again.rc, &again.err);
    assert_string_equal(again.scenario.hash, r.scenario.hash);
    assert_close(again.scenario.model.settings.value[WKS_KEYS_CHOICE_PATIENCE], 4.5, 0, 0);
    wks_text_free(&text);
    reading_free(&again);
    reading_free(&r);
}

static void model_settings_errors(void **state)
{
    (void)state;
    assert_said(
        "city = \"x\"; processes = { }; queue = { dwellings = 0; arivals = 1; stay = 1; };" ORDER,
        "test.cfg:1:1: error: unknown key 'city' in a scenario without a city; expected one of seeds, rules, pool, queue, choice, output, "
        "outcomes, precision, "
        "name, title, question, ticks, warmup, replications, first_replication\n"
        "test.cfg:1:13: error: unknown key 'processes' in a scenario without a city; expected one of seeds, rules, pool, queue, choice, "
        "output, outcomes, precision, name, title, question, ticks, warmup, replications, first_replication\n"
        "test.cfg:1:30: error: 'queue' needs the key 'arrivals'; expected a number from 0 to 1000000 (persons/tick)\n"
        "test.cfg:1:52: error: dwellings is 0; expected a whole number from 1 to 1000000 (dwellings)\n"
        "test.cfg:1:55: error: unknown key 'arivals' in queue; nearest valid name is 'arrivals'\n");
    assert_said("pool = { reactors = 5; entries = 1; housed = 1; };" LOT,
                "test.cfg:1:37: error: unknown key 'housed' in pool; expected one of reactors, entries\n");
    assert_said(MMC "pool = { waiting = 5; housed = 1; joining = 2; };" ORDER,
                "test.cfg:1:1: error: both pool and queue are given; expected one of them\n");
    assert_said("queue = 3;" ORDER, "test.cfg:1:9: error: queue is a whole number; expected a group { ... }\n");
    assert_said("ticks = 5; warmup = 5;" MMC ORDER, "test.cfg:1:21: warning: warmup is 5 and the run has 5 ticks, so nothing is measured; "
                                                    "expected a warmup below ticks\n");
    assert_said("output = { indicators = [ \"moves\" ]; };" MMC ORDER, "test.cfg:1:27: error: unknown indicator \"moves\"\n");
}

static void model_rules_errors(void **state)
{
    (void)state;
    assert_said(MMC,
                "test.cfg: error: 0 rule sets; a scenario with queue has one, with order = ( { part = \"inschrijfduur\"; } ) or ( { part = "
                "\"lot\"; } ), after { part = \"urgency\"; } or not\n");
    assert_said(MMC "rules = ( { name = \"r\"; } );",
                "test.cfg:2:11: error: a rule set that does not say who of all who wait goes first means nothing in a scenario with queue; "
                "expected "
                "order = ( { part = \"inschrijfduur\"; } ) or ( { part = \"lot\"; } ), after { part = \"urgency\"; } or not\n");
    assert_said("pool = { waiting = 5; housed = 1; joining = 2; };\n"
                "rules = ( { name = \"r\"; order = ( { part = \"urgency\"; }, { part = \"lot\"; } ); } );",
                "test.cfg:2:37: error: part \"urgency\" in order means nothing in a scenario with pool; expected order = ( { part = "
                "\"inschrijfduur\"; } ) or ( { part = \"lot\"; } )\n");
    assert_said(
        "pool = { reactors = 5; entries = 1; };\n" ORDER,
        "test.cfg:2:37: error: part \"inschrijfduur\" in order means nothing in a scenario with pool; expected order = ( { part = \"lot\"; "
        "} )\n");
    assert_said(
        MMC "rules = ( { name = \"r\"; from = \"2025-01\"; channels = ( { part = \"advertised\"; share = 0.5; } );\n"
            "  filters = ( { part = \"income_limit\"; } ); order = ( { part = \"lot\"; } ); } );",
        "test.cfg:2:25: error: from is a month; a scenario with queue has no calendar\n"
        "test.cfg:2:58: error: part \"advertised\" in channels means nothing in a scenario with queue; expected order = ( { part = "
        "\"inschrijfduur\"; } ) or ( { part = \"lot\"; } ), after { part = \"urgency\"; } or not\n"
        "test.cfg:3:17: error: part \"income_limit\" in filters means nothing in a scenario with queue; expected order = ( { part = "
        "\"inschrijfduur\"; } ) or ( { part = \"lot\"; } ), after { part = \"urgency\"; } or not\n");
}

/* All vacancies, open to all: what such a scenario does anyway. */
static void open_channel_is_no_mistake(void **state)
{
    (void)state;
    assert_said(MMC "rules = ( { name = \"r\"; channels = ( { part = \"advertised\"; } ); order = ( { part = \"lot\"; } ); } );", "");
}

static void choice_errors(void **state)
{
    (void)state;
    assert_said("choice = { dwellings = 5; joining = 5; patience = 4; types = ( { name = \"a\"; share = 0.5; outside = 0; },\n"
                "  { name = \"a\"; share = 0.25; outside = 0; } ); };" LOT,
                "test.cfg:1:37: error: joining is 5; expected more than the 5 dwellings of a tick\n"
                "test.cfg:1:54: error: the shares of the types add up to 0.75; expected 1\n"
                "test.cfg:2:3: error: two types are named 'a'; expected different names\n");
    assert_said("choice = { dwellings = 5; joining = 9; patience = 4; };" LOT,
                "test.cfg:1:1: error: 0 types; expected 1 to 16 elements { name; share; outside; }\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queue_is_read_with_its_order),
        cmocka_unit_test(pool_is_of_two_kinds),
        cmocka_unit_test(resolved_text_reads_back),
        cmocka_unit_test(model_settings_errors),
        cmocka_unit_test(model_rules_errors),
        cmocka_unit_test(open_channel_is_no_mistake),
        cmocka_unit_test(choice_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
