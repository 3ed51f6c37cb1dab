#include "output/tables.h"

#include "unit/output/made.h"

static char *rows(made *m, wks_tables_kind kind, const wks_replication_view *view)
{
    wks_text text = WKS_TEXT_INIT;
    wks_tables_prefix prefix;

    wks_tables_prefix_make(&prefix, m->scenario.name, view->replication);
    wks_tables_add(kind, &m->scenario, &m->city, view, &prefix, &text);
    assert_false(text.failed);
    return text.data == NULL ? calloc(1, 1) : text.data;
}

static void headers_are_those_scripts_rely_on(void **state)
{
    (void)state;
    assert_string_equal(wks_tables_header[WKS_TABLES_CITY], "scenario,replication,tick,date,indicator,group,scale,value\n");
    assert_string_equal(wks_tables_header[WKS_TABLES_BUURT], "scenario,replication,tick,date,level,area,indicator,group,value\n");
    assert_string_equal(
        wks_tables_header[WKS_TABLES_LETTINGS],
        "scenario,replication,tick,date,letting,unit,buurt,complex,owner,channel,rent_eur,candidates,rank,refusals,household,"
        "months_registered,months_searching,income_eur,groups,urgency,from_area,chain,reason,order_key,excluded\n");
    assert_string_equal(wks_tables_header[WKS_TABLES_COMPLIANCE], "scenario,replication,year,owner,rule,required,achieved,met,months\n");
    assert_string_equal(
        wks_tables_header[WKS_TABLES_QUEUE],
        "scenario,replication,tick,date,group,registered,active,reactions,housed,success_rate,wait_p10,wait_p50,wait_p90,search_p50\n");
}

static void city_undefined_value_is_an_empty_field(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"proef\"; ticks = 12;");
    const wks_replication_view view = made_view(&m, 3, 12);
    char *text = rows(&m, WKS_TABLES_CITY, &view);
    assert_string_equal(text, "proef,3,12,2026-01,persons,,,312.5\nproef,3,12,2026-01,D,oud,buurt,\n");
    free(text);
    made_free(&m);
}

static void buurt_rows_name_level_and_code(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"proef\"; ticks = 12;");
    const wks_replication_view view = made_view(&m, 2, 0);
    char *text = rows(&m, WKS_TABLES_BUURT, &view);
    assert_string_equal(text,
                        "proef,2,0,2025-01,buurt,BU99990002,households,,14\nproef,2,0,2025-01,wijk,WK999900,share,oud,0.3333333333\n");
    free(text);
    made_free(&m);
}

static void lettings_row_tells_everything_of_a_letting(void **state)
{
    made m;
    char unit[17], expected[512];
    char complex_key[17];
    (void)state;
    made_init(&m, "name = \"proef\"; ticks = 12;");
    made_let(&m);
    const wks_replication_view view = made_view(&m, 1, 1);
    char *text = rows(&m, WKS_TABLES_LETTINGS, &view);
    snprintf(
        expected, sizeof expected,
        "proef,1,1,2025-02,41,%s,BU99990002,%s,corporatie-%d,aanbod,650.26,12,3,2,000000000000001f,96,18,24000.5,oud;gezin,social,,1,%s,"
        "inschrijfduur,occupancy:5;cap_share:2\n",
        wks_text_key(wks_text_hash("u1"), unit), wks_text_key(m.world.complex.key[0], complex_key), m.world.owner.number[0],
        wks_letting_reason_name[WKS_LETTING_RANKED]);
    assert_string_equal(text, expected);
    free(text);
    made_free(&m);
}

static void budget_row_has_its_owner_and_an_empty_field_when_not_told(void **state)
{
    const wks_budget_row row[] = {{2025, 0, NULL, "rent", "EUR", 123456.5},
                                  {2025, 3, NULL, "building", "EUR", -280000},
                                  {2026, 3, NULL, "icr", "-", NAN},
                                  {2026, 0, "rijk", "work", "EUR", -1000.07}};
    made m;
    (void)state;
    made_init(&m, "name = \"proef\"; ticks = 12;");
    wks_replication_view view = made_view(&m, 1, 12);
    view.budget = row;
    view.n_budget = 4;
    char *text = rows(&m, WKS_TABLES_BUDGET, &view);
    assert_string_equal(text, "proef,1,2025,,rent,EUR,123456.5\nproef,1,2025,corporatie-3,building,EUR,-280000\n"
                              "proef,1,2026,corporatie-3,icr,-,\nproef,1,2026,rijk,work,EUR,-1000.07\n");
    free(text);
    made_free(&m);
}

static void monitor_rows_have_their_quarter_and_no_alarm_when_not_judged(void **state)
{
    const wks_monitor_row row[] = {{2025, 4, 1, WKS_MONITOR_leefbaarheid, -0.17, -0.02, WKS_MONITOR_ALARM},
                                   {2026, 1, 0, WKS_MONITOR_arrears, NAN, NAN, WKS_MONITOR_UNJUDGED}};
    made m;
    (void)state;
    made_init(&m, "name = \"proef\"; ticks = 12;");
    wks_replication_view view = made_view(&m, 1, 12);
    view.monitor = row;
    view.n_monitor = 2;
    char *text = rows(&m, WKS_TABLES_MONITOR, &view);
    assert_string_equal(text, "proef,1,2025-Q4,BU99990002,leefbaarheid,-0.17,-0.02,alarm\nproef,1,2026-Q1,BU99990001,arrears,,,\n");
    free(text);
    made_free(&m);
}

static void lettings_of_a_month_without_any_are_no_rows(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"proef\"; ticks = 12;");
    const wks_replication_view view = made_view(&m, 1, 1);
    char *text = rows(&m, WKS_TABLES_LETTINGS, &view);
    assert_string_equal(text, "");
    free(text);
    made_free(&m);
}

static void letting_decided_by_lot_says_so(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"proef\"; ticks = 12;");
    assert_string_equal(wks_tables_order_key(&m.scenario.rules[0], 0), "urgency");
    assert_string_equal(wks_tables_order_key(&m.scenario.rules[0], WKS_LETTING_BY_LOT), "lot");
    assert_string_equal(wks_tables_order_key(&m.scenario.rules[0], WKS_LETTING_BY_WAIT), "wait");
    assert_string_equal(wks_tables_order_key(&m.scenario.rules[0], WKS_NONE), "");
    made_free(&m);
}

static void compliance_row_has_no_verdict_without_a_case(void **state)
{
    const wks_compliance_row row[] = {{2025, 0, "", "passend", 0.95, 1.0 / 3, 0, 12},
                                      {2025, 2, "", "ties", 0.5, 0.25, 1, 11},
                                      {2025, 0, "spreiding", "plafond, oud", 0.5, (double)NAN, -1, 3}};
    made m;
    (void)state;
    made_init(&m, "name = \"proef\"; ticks = 12;");
    wks_replication_view view = made_view(&m, 1, 11);
    char *text = rows(&m, WKS_TABLES_COMPLIANCE, &view);
    assert_string_equal(text, "");
    free(text);
    view.compliance = row;
    view.n_compliance = 3;
    text = rows(&m, WKS_TABLES_COMPLIANCE, &view);
    assert_string_equal(text, "proef,1,2025,,passend,0.95,0.3333333333,no,12\nproef,1,2025,corporatie-2,ties,0.5,0.25,yes,11\n"
                              "proef,1,2025,,\"spreiding.plafond, oud\",0.5,,,3\n");
    free(text);
    made_free(&m);
}

static void flows_name_wijken_and_what_is_none(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"proef\"; ticks = 12;");
    wks_replication_view view = made_view(&m, 1, 11);
    const wks_flows_row row[] = {{2025, WKS_FLOWS_OUTSIDE, 0, "", 12}, {2025, 0, WKS_FLOWS_SHELTER, "oud, ziek", 3}};
    char *text = rows(&m, WKS_TABLES_FLOWS, &view);
    assert_string_equal(text, "");
    free(text);
    view.flows = row;
    view.n_flows = 2;
    text = rows(&m, WKS_TABLES_FLOWS, &view);
    char expected[200];
    (void)snprintf(expected, sizeof expected, "proef,1,2025,outside,%s,,12\nproef,1,2025,%s,shelter,\"oud, ziek\",3\n", m.city.wijk[0].code,
                   m.city.wijk[0].code);
    assert_string_equal(text, expected);
    free(text);
    made_free(&m);
}

static void queue_of_nobody_has_empty_medians(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"proef\"; ticks = 12;");
    const wks_replication_view view = made_view(&m, 1, 12);
    char *text = rows(&m, WKS_TABLES_QUEUE, &view);
    assert_string_equal(text, "proef,1,12,2026-01,,10,4,20,2,0.5,1,12,60.5,7\nproef,1,12,2026-01,oud,0,0,0,0,,,,,\n");
    free(text);
    made_free(&m);
}

static void prefix_quotes_a_name_with_a_comma(void **state)
{
    wks_tables_prefix prefix;
    (void)state;
    wks_tables_prefix_make(&prefix, "een, twee", 7);
    assert_string_equal(prefix.text, "\"een, twee\",7,");
    assert_int_equal(prefix.length, strlen(prefix.text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_those_scripts_rely_on),
        cmocka_unit_test(city_undefined_value_is_an_empty_field),
        cmocka_unit_test(buurt_rows_name_level_and_code),
        cmocka_unit_test(lettings_row_tells_everything_of_a_letting),
        cmocka_unit_test(monitor_rows_have_their_quarter_and_no_alarm_when_not_judged),
        cmocka_unit_test(lettings_of_a_month_without_any_are_no_rows),
        cmocka_unit_test(letting_decided_by_lot_says_so),
        cmocka_unit_test(compliance_row_has_no_verdict_without_a_case),
        cmocka_unit_test(budget_row_has_its_owner_and_an_empty_field_when_not_told),
        cmocka_unit_test(flows_name_wijken_and_what_is_none),
        cmocka_unit_test(queue_of_nobody_has_empty_medians),
        cmocka_unit_test(prefix_quotes_a_name_with_a_comma),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
