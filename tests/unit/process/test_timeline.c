#include "process/process_registry.h"
#include "process/timeline.h"
#include "rules/part_list.h"
#include "scenario/difference_words.h"
#include "support/fixture_tick.h"
#include "support/fixture_world.h"

enum { MONTH = 2025 * 12, MAX_EVENTS = 4 };

static const char streets[] =
    "month 2025-01\nbuurten 3\n"
    "unit u1 buurt=0 tenure=social rent=600\nunit u2 buurt=1 tenure=social rent=600\nunit u3 buurt=2 tenure=owner value=300000\n"
    "unit p1 buurt=0 tenure=private_rent rent=950 rooms=4\n";

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
    wks_event event[MAX_EVENTS];
    char *area[3];
} stage;

static const wks_spec *kind_of(const char *name)
{
    for (int32_t i = 0; i < wks_timeline_n_events; i++) {
        if (strcmp(wks_timeline_events[i]->name, name) == 0) return wks_timeline_events[i];
    }
    fail_msg("no event '%s'", name);
    return NULL;
}

static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, streets);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    s->fixture.scenario.timeline = s->event;
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

/* An event in `months` from now, for the buurten named (NULL: everywhere), with a value for one parameter. */
static wks_settings *add_event(stage *s, int32_t months, const char *kind, char **areas, int32_t n_areas, const char *param, double value)
{
    wks_event *event = &s->event[s->fixture.scenario.n_events++];
    event->key = (uint64_t)s->fixture.scenario.n_events;
    event->month = MONTH + months;
    wks_fixture_tick_settings(kind_of(kind), &event->settings);
    event->settings.area[0] = areas;
    event->settings.n_areas[0] = n_areas;
    *wks_fixture_tick_param(&event->settings, param) = value;
    return &event->settings;
}

/* One month of timeline and stock: what is ordered is completed by stock. */
static void month_with_stock(stage *s)
{
    const wks_check_stocks before = wks_check_count(&s->world);
    wks_err err = WKS_ERR_INIT;

    wks_fixture_tick_next(&s->fixture);
    wks_fixture_tick_run(&s->fixture, "timeline");
    assert_ok(wks_check_structure(&s->world, &err), &err);
    wks_fixture_tick_run(&s->fixture, "stock");
    assert_ok(wks_check_structure(&s->world, &err), &err);
    assert_ok(wks_check_balance(&s->world, &before, &err), &err);
}

static int32_t dwellings_in(const stage *s, int32_t buurt)
{
    int32_t n = 0;
    for (int32_t d = 0; d < s->world.dwelling.base.n_rows; d++)
        n += s->world.dwelling.key[d] != 0 && s->world.dwelling.buurt_row[d] == buurt;
    return n;
}

static void build_adds_dwellings_of_the_tenure_in_its_month(void **state)
{
    static const wks_tenure expected[] = {WKS_TENURE_SOCIAL, WKS_TENURE_PRIVATE_RENT, WKS_TENURE_OWNER};
    (void)state;
    for (int32_t kind = 0; kind < 3; kind++) {
        stage s;
        char name[] = "buurt-0", *areas[] = {name};
        open_stage(&s);
        wks_settings *settings = add_event(&s, 2, "build", areas, 1, "dwellings", 5);
        *wks_fixture_tick_param(settings, "tenure") = kind;
        month_with_stock(&s);
        assert_int_equal(s.world.ledger.dwellings_added, 0);
        month_with_stock(&s);
        assert_int_equal(s.world.ledger.dwellings_added, 5);
        assert_int_equal(dwellings_in(&s, 0), 7);
        assert_int_equal(s.world.dwelling.tenure[s.world.dwelling.base.n_rows - 1], expected[kind]);
        month_with_stock(&s);
        assert_int_equal(s.world.ledger.dwellings_added, 0);
        close_stage(&s);
    }
}

static void build_without_areas_goes_everywhere_in_equal_parts(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    (void)add_event(&s, 1, "build", NULL, 0, "dwellings", 8);
    month_with_stock(&s);
    assert_int_equal(s.world.ledger.dwellings_added, 8);
    assert_int_equal(dwellings_in(&s, 0), 2 + 3);
    assert_int_equal(dwellings_in(&s, 1), 1 + 3);
    assert_int_equal(dwellings_in(&s, 2), 1 + 2);
    close_stage(&s);
}

static void build_of_social_homes_stops_at_the_ceiling_of_the_rules(void **state)
{
    wks_rule_set rules = {.from_month = WKS_NO_MONTH, .until_month = INT32_MAX, .n_spreiding = 1};
    wks_settings ceiling;
    stage s;

    (void)state;
    wks_fixture_tick_settings(&wks_spreiding_social_ceiling_spec, &ceiling);
    *wks_fixture_tick_param(&ceiling, "max_share") = 0.5;
    rules.spreiding = &ceiling;
    open_stage(&s);
    s.fixture.scenario.rules = &rules;
    s.fixture.scenario.n_rules = 1;
    (void)add_event(&s, 1, "build", NULL, 0, "dwellings", 8);
    month_with_stock(&s);
    assert_int_equal(s.world.ledger.dwellings_added, 1); /* wijk 0 is above it (2 of 3), in wijk 1 one of two keeps to it */
    assert_int_equal(dwellings_in(&s, 2), 2);
    assert_int_equal(s.world.ledger.ceiling_not_built, 7);
    *wks_fixture_tick_param(add_event(&s, 2, "build", NULL, 0, "dwellings", 6), "tenure") = 2;
    month_with_stock(&s);
    assert_int_equal(s.world.ledger.dwellings_added, 6); /* owner-occupied: no matter */
    close_stage(&s);
}

static void two_builds_in_a_month_have_keys_of_their_own(void **state)
{
    stage s;
    char name[] = "buurt-0", *areas[] = {name};
    (void)state;
    open_stage(&s);
    (void)add_event(&s, 1, "build", areas, 1, "dwellings", 3);
    (void)add_event(&s, 1, "build", areas, 1, "dwellings", 3);
    month_with_stock(&s); /* its check finds a key twice */
    assert_int_equal(s.world.ledger.dwellings_added, 6);
    close_stage(&s);
}

static void build_months_later_is_ordered_now(void **state)
{
    stage s;
    char name[] = "buurt-0", *areas[] = {name};
    (void)state;
    open_stage(&s);
    *wks_fixture_tick_param(add_event(&s, 1, "build", areas, 1, "dwellings", 3), "months") = 2;
    month_with_stock(&s);
    assert_int_equal(s.world.ledger.homes_ordered, 3);
    assert_int_equal(s.world.ledger.dwellings_added, 0);
    const int64_t paid = s.world.owner.building_cent[s.world.construction.owner_row[0]];
    assert_int_equal(paid, 3 * 28000000); /* paid when ordered */
    month_with_stock(&s);
    assert_int_equal(s.world.ledger.dwellings_added, 0);
    month_with_stock(&s);
    assert_int_equal(s.world.ledger.homes_completed, 3);
    assert_int_equal(dwellings_in(&s, 0), 2 + 3);
    assert_int_equal(s.world.construction.base.n_live, 0);
    close_stage(&s);
}

static void build_with_a_label_is_a_complex_of_its_own(void **state)
{
    stage s;
    char name[] = "buurt-2", *areas[] = {name};
    (void)state;
    open_stage(&s);
    const int32_t n_complexes = s.world.complex.base.n_live;
    wks_settings *settings = add_event(&s, 1, "build", areas, 1, "dwellings", 4);
    *wks_fixture_tick_param(settings, "label") = WKS_LABEL_SENIOR;
    *wks_fixture_tick_param(settings, "rooms") = 2;
    month_with_stock(&s);
    assert_int_equal(s.world.complex.base.n_live, n_complexes + 1);
    for (int32_t d = s.world.dwelling.base.n_rows - 4; d < s.world.dwelling.base.n_rows; d++) {
        const int32_t c = s.world.dwelling.complex_row[d];
        assert_int_equal(s.world.dwelling.label[d], WKS_LABEL_SENIOR);
        assert_int_equal(s.world.complex.n_dwellings[c], 4);
        assert_int_equal(s.world.owner.kind[s.world.complex.owner_row[c]], WKS_OWNER_CORPORATIE);
        assert_int_equal(s.world.dwelling.tenure[d], WKS_TENURE_SOCIAL);
        assert_int_equal(s.world.dwelling.rooms[d], 2);
    }
    close_stage(&s);
}

static void sell_and_demolish_are_orders_for_vacancies(void **state)
{
    stage s;
    char name[] = "buurt-1", *areas[] = {name};
    (void)state;
    open_stage(&s);
    (void)add_event(&s, 1, "sell", areas, 1, "dwellings", 4);
    *wks_fixture_tick_param(add_event(&s, 1, "demolish", NULL, 0, "dwellings", 6), "when_vacant") = 1;
    (void)add_event(&s, 1, "sell", areas, 1, "dwellings", 1);
    wks_fixture_tick_month(&s.fixture, "timeline");
    assert_int_equal(s.world.buurt.to_sell[1], 5);
    assert_int_equal(s.world.buurt.to_sell[0], 0);
    for (int32_t b = 0; b < 3; b++)
        assert_int_equal(s.world.buurt.to_demolish[b], 2);
    close_stage(&s);
}

static void renewal_is_built_up_and_designation_takes_the_strongest(void **state)
{
    stage s;
    char name[] = "buurt-2", *areas[] = {name};
    (void)state;
    open_stage(&s);
    wks_settings *renewal = add_event(&s, 2, "renewal", areas, 1, "fys", 0.04);
    *wks_fixture_tick_param(renewal, "vrz") = 0.02;
    *wks_fixture_tick_param(renewal, "months") = 4;
    *wks_fixture_tick_param(renewal, "until") = MONTH + 8;
    (void)add_event(&s, -24, "renewal", areas, 1, "fys", 0.036); /* from before the start: begins with it, 36 months */
    (void)add_event(&s, 1, "designate", areas, 1, "stigma", 0.5);
    *wks_fixture_tick_param(add_event(&s, 2, "designate", areas, 1, "stigma", 0.8), "until") = MONTH + 3;
    for (int32_t m = 1; m <= 8; m++) {
        wks_fixture_tick_month(&s.fixture, "timeline");
        const double part = m < 2 || m >= 8 ? 0 : m < 5 ? 0.25 * (m - 1) : 1;
        assert_close(s.world.buurt.renewal_fys[2], 0.04 * part + 0.001 * m, 1e-12, 0);
        assert_close(s.world.buurt.renewal_vrz[2], 0.02 * part, 1e-12, 0);
        assert_close(s.world.buurt.designated[2], m == 2 ? 0.8 : 0.5, 0, 0);
        assert_close(s.world.buurt.renewal_fys[0] + s.world.buurt.designated[0], 0, 0, 0);
    }
    close_stage(&s);
}

static void meeting_and_safety_run_until_they_end(void **state)
{
    stage s;
    char name[] = "buurt-2", *areas[] = {name};
    (void)state;
    open_stage(&s);
    (void)add_event(&s, 1, "meeting", areas, 1, "factor", 1.5);
    *wks_fixture_tick_param(add_event(&s, 1, "safety", areas, 1, "effect", 0.02), "until") = MONTH + 3;
    (void)add_event(&s, 2, "meeting", NULL, 0, "factor", 1.25);
    wks_fixture_tick_month(&s.fixture, "timeline");
    wks_fixture_tick_month(&s.fixture, "timeline");
    assert_close(s.world.buurt.meeting[2], 1.75, 0, 0); /* two at once add up */
    assert_close(s.world.buurt.enforcement[2], 0.02, 0, 0);
    assert_close(s.world.buurt.meeting[0], 1.25, 0, 0);
    assert_close(s.world.buurt.enforcement[0], 0, 0, 0);
    wks_fixture_tick_month(&s.fixture, "timeline");
    assert_close(s.world.buurt.enforcement[2], 0, 0, 0);
    assert_close(s.world.buurt.meeting[2], 1.75, 0, 0);
    close_stage(&s);
}

/* Places raise opportunities, connectors their use, shared space is the complexes'; guidance adds up to 1 at most. */
static void meeting_by_kind_and_guidance_reach_what_they_are_for(void **state)
{
    stage s;
    char name[] = "buurt-1", *areas[] = {name};
    (void)state;
    open_stage(&s);
    *wks_fixture_tick_param(add_event(&s, 1, "meeting", areas, 1, "factor", 1.5), "kind") = 2;
    *wks_fixture_tick_param(add_event(&s, 1, "meeting", NULL, 0, "factor", 1.25), "kind") = 1;
    *wks_fixture_tick_param(add_event(&s, 1, "guidance", areas, 1, "strength", 0.7), "until") = MONTH + 2;
    (void)add_event(&s, 1, "guidance", NULL, 0, "strength", 0.6);
    wks_fixture_tick_month(&s.fixture, "timeline");
    for (int32_t b = 0; b < 3; b++) {
        assert_close(s.world.buurt.meeting[b], 1, 0, 0);
        assert_close(s.world.buurt.uptake[b], b == 1 ? 0.5 : 0, 0, 0);
        assert_close(s.world.buurt.guidance[b], b == 1 ? 1 : 0.6, 0, 0);
    }
    for (int32_t c = 0; c < s.world.complex.base.n_rows; c++) {
        const bool is_social = s.world.owner.kind[s.world.complex.owner_row[c]] == WKS_OWNER_CORPORATIE;
        assert_close(s.world.complex.shared[c], is_social ? 0.25 : 0, 0, 0);
    }
    wks_fixture_tick_month(&s.fixture, "timeline");
    assert_close(s.world.buurt.guidance[1], 0.6, 0, 0);
    close_stage(&s);
}

static void shared_space_of_a_label_is_for_its_complexes_only(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    const int32_t labelled = s.world.dwelling.complex_row[0];
    s.world.complex.label[labelled] = WKS_LABEL_SENIOR;
    wks_settings *settings = add_event(&s, 1, "meeting", NULL, 0, "factor", 1.5);
    *wks_fixture_tick_param(settings, "kind") = 1;
    *wks_fixture_tick_param(settings, "label") = WKS_LABEL_SENIOR + 1;
    wks_fixture_tick_month(&s.fixture, "timeline");
    for (int32_t c = 0; c < s.world.complex.base.n_rows; c++)
        assert_close(s.world.complex.shared[c], c == labelled ? 0.5 : 0, 0, 0);
    close_stage(&s);
}

/* Two complexes of one social home each; what is labelled once is not labelled again, and none takes it away. */
static void label_is_for_whole_complexes_without_one(void **state)
{
    stage s;
    int32_t n = 0;
    (void)state;
    open_stage(&s);
    *wks_fixture_tick_param(add_event(&s, 1, "label", NULL, 0, "label", WKS_LABEL_GEMENGD), "share") = 0.5;
    *wks_fixture_tick_param(add_event(&s, 2, "label", NULL, 0, "label", WKS_LABEL_SENIOR), "complexes") = 5;
    (void)add_event(&s, 3, "label", NULL, 0, "label", WKS_LABEL_NONE);
    wks_fixture_tick_month(&s.fixture, "timeline");
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++) {
        n += s.world.dwelling.label[d] == WKS_LABEL_GEMENGD;
        assert_int_equal(s.world.dwelling.label[d], s.world.complex.label[s.world.dwelling.complex_row[d]]);
        if (s.world.dwelling.tenure[d] != WKS_TENURE_SOCIAL) assert_int_equal(s.world.dwelling.label[d], WKS_LABEL_NONE);
    }
    assert_int_equal(n, 1);
    wks_fixture_tick_month(&s.fixture, "timeline");
    n = 0;
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++)
        n += s.world.dwelling.label[d] == WKS_LABEL_GEMENGD ? 10 : s.world.dwelling.label[d] == WKS_LABEL_SENIOR;
    assert_int_equal(n, 11);
    wks_fixture_tick_month(&s.fixture, "timeline");
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++)
        assert_int_equal(s.world.dwelling.label[d], WKS_LABEL_NONE);
    close_stage(&s);
}

static void label_with_no_share_labels_nothing(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    *wks_fixture_tick_param(add_event(&s, 1, "label", NULL, 0, "label", WKS_LABEL_GEMENGD), "share") = 0;
    wks_fixture_tick_month(&s.fixture, "timeline");
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++)
        assert_int_equal(s.world.dwelling.label[d], WKS_LABEL_NONE);
    close_stage(&s);
}

static void programme_works_in_its_areas_until_it_ends(void **state)
{
    stage s;
    char name[] = "buurt-2", *areas[] = {name};
    (void)state;
    open_stage(&s);
    *wks_fixture_tick_param(add_event(&s, 1, "programme", areas, 1, "factor", 1.5), "until") = MONTH + 3;
    *wks_fixture_tick_param(add_event(&s, 1, "programme", areas, 1, "factor", 1.2), "kind") = 1;
    wks_fixture_tick_month(&s.fixture, "timeline");
    wks_fixture_tick_month(&s.fixture, "timeline");
    assert_close(s.world.buurt.work_boost[2], 0.5, 0, 1e-12);
    assert_close(s.world.buurt.debt_boost[2], 0.2, 0, 1e-12);
    assert_close(s.world.buurt.work_boost[0], 0, 0, 0);
    wks_fixture_tick_month(&s.fixture, "timeline");
    assert_close(s.world.buurt.work_boost[2], 0, 0, 0);
    assert_close(s.world.buurt.debt_boost[2], 0.2, 0, 1e-12);
    close_stage(&s);
}

/* What a programme costs is on the account of who pays while it runs, to the cent, and begins anew in January. */
static void running_costs_are_booked_by_month(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_settings *settings = add_event(&s, 1, "safety", NULL, 0, "eur_year", 100000.07);
    *wks_fixture_tick_param(settings, "until") = MONTH + 14;
    *wks_fixture_tick_param(settings, "hours_week") = 10;
    *wks_fixture_tick_param(settings, "payer") = WKS_PURSE_corporaties;
    for (int32_t m = 0; m < 11; m++)
        wks_fixture_tick_month(&s.fixture, "timeline");
    const wks_purse *purse = &s.world.purse;
    assert_int_equal(purse->cent[WKS_PURSE_corporaties][WKS_PURSE_FOR_safety], 10000007 - 10000007 / 12);
    assert_int_equal(purse->cent[WKS_PURSE_gemeente][WKS_PURSE_FOR_safety], 0);
    for (int32_t m = 0; m < 12; m++)
        wks_fixture_tick_month(&s.fixture, "timeline");
    assert_int_equal(purse->cent[WKS_PURSE_corporaties][WKS_PURSE_FOR_safety], 10000007 * 2 / 12);
    assert_int_equal(purse->tenth_hours[WKS_PURSE_corporaties][WKS_PURSE_FOR_safety], 5200 * 2 / 12);
    close_stage(&s);
}

/* A corporatie with so many social homes in a buurt. */
static int32_t add_corporatie(wks_world *world, int32_t number, int32_t n_homes, int32_t buurt)
{
    wks_err err = WKS_ERR_INIT;
    int32_t owner = WKS_NONE, estate = WKS_NONE, row = WKS_NONE;

    assert_ok(wks_relations_owner_add(world, wks_fixture_tick_key(7, number), WKS_OWNER_CORPORATIE, number, &owner, &err), &err);
    assert_ok(wks_relations_complex_add(world, wks_fixture_tick_key(8, number), buurt, owner, WKS_LABEL_NONE, &estate, &err), &err);
    for (int32_t i = 0; i < n_homes; i++)
        assert_ok(wks_relations_dwelling_add(world, wks_fixture_tick_key(9, 100 * number + i), estate, WKS_TENURE_SOCIAL,
                                             WKS_DWELLING_APARTMENT, 1, MONTH, &row, &err),
                  &err);
    return owner;
}

/* Corporaties share what they pay by their homes in the areas, to the cent; where none has homes, by those in the city. */
static void corporaties_pay_by_their_homes_in_the_areas(void **state)
{
    stage s;
    char name[] = "buurt-2", *areas[] = {name};
    (void)state;
    open_stage(&s);
    const int32_t a = add_corporatie(&s.world, 91, 1, 2), b = add_corporatie(&s.world, 92, 2, 2), c = add_corporatie(&s.world, 93, 4, 0);
    wks_settings *settings = add_event(&s, 1, "safety", areas, 1, "eur_year", 12);
    *wks_fixture_tick_param(settings, "payer") = WKS_PURSE_corporaties;
    *wks_fixture_tick_param(settings, "until") = MONTH + 2;
    settings = add_event(&s, 1, "safety", areas, 1, "eur_year", 1e6);
    *wks_fixture_tick_param(settings, "payer") = WKS_PURSE_zorg; /* asks nothing of corporaties */
    wks_fixture_tick_next(&s.fixture);
    const wks_check_stocks before = wks_check_count(&s.world);
    wks_fixture_tick_run(&s.fixture, "timeline");
    const int64_t *asked = s.world.owner.asked_cent; /* of 100 cents, 1 home and 2 of 3 */
    assert_int_equal(asked[a], 33);
    assert_int_equal(asked[b], 67);
    assert_int_equal(asked[c], 0);
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_check_balance(&s.world, &before, &err), &err);
    wks_fixture_tick_month(&s.fixture, "timeline"); /* it has ended */
    assert_int_equal(s.world.owner.asked_cent[b], 0);
    close_stage(&s);
}

static void cost_goes_to_nobody_when_there_is_no_corporatie(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s);
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++)
        s.world.dwelling.tenure[d] = WKS_TENURE_OWNER;
    wks_settings *settings = add_event(&s, 1, "safety", NULL, 0, "eur_year", 12);
    *wks_fixture_tick_param(settings, "payer") = WKS_PURSE_corporaties;
    wks_fixture_tick_next(&s.fixture);
    const wks_check_stocks before = wks_check_count(&s.world);
    wks_fixture_tick_run(&s.fixture, "timeline");
    assert_int_equal(s.world.purse.month_unplaced_cent, 100);
    assert_ok(wks_check_balance(&s.world, &before, &err), &err);
    close_stage(&s);
}

static void broken_purse_is_found(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT, other = WKS_ERR_INIT;
    (void)state;
    open_stage(&s);
    wks_fixture_tick_month(&s.fixture, "timeline");
    const wks_check_stocks before = wks_check_count(&s.world);
    wks_purse_next(&s.world.purse, false);
    s.world.purse.cent[WKS_PURSE_rijk][WKS_PURSE_FOR_work]++; /* a cent from nowhere */
    assert_int_equal(wks_check_balance(&s.world, &before, &err), WKS_ERR_LAW);
    s.world.purse.cent[WKS_PURSE_rijk][WKS_PURSE_FOR_work]--;
    wks_purse_book(&s.world.purse, WKS_PURSE_corporaties, WKS_PURSE_FOR_work, 1, 0); /* asked of nobody */
    assert_int_equal(wks_check_balance(&s.world, &before, &other), WKS_ERR_LAW);
    close_stage(&s);
}

static void cost_is_booked_under_the_kind_of_work(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_settings *settings = add_event(&s, 1, "programme", NULL, 0, "eur_year", 12);
    *wks_fixture_tick_param(settings, "kind") = 1;
    *wks_fixture_tick_param(settings, "factor") = 1.2;
    wks_fixture_tick_month(&s.fixture, "timeline");
    assert_int_equal(s.world.purse.cent[WKS_PURSE_gemeente][WKS_PURSE_FOR_debt], 100);
    assert_int_equal(s.world.purse.cent[WKS_PURSE_gemeente][WKS_PURSE_FOR_work], 0);
    close_stage(&s);
}

/* The tick's own copy of the settings is changed by sim; here the event must leave the world alone. */
static void set_leaves_the_world_alone(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_event *event = &s.event[s.fixture.scenario.n_events++];
    event->month = MONTH + 1;
    wks_fixture_tick_settings(kind_of("set"), &event->settings);
    wks_fixture_tick_next(&s.fixture);
    const uint64_t before = wks_world_hash(&s.world);
    wks_fixture_tick_run(&s.fixture, "timeline");
    assert_int_equal(before, wks_world_hash(&s.world));
    close_stage(&s);
}

/* The report tells events in words: every kind, every parameter, every choice has them, in both languages. */
static void kinds_and_their_parameters_have_words(void **state)
{
    (void)state;
    for (int32_t k = 0; k < wks_timeline_n_events; k++) {
        const wks_spec *kind = wks_timeline_events[k];
        for (int is_dutch = 0; is_dutch < 2; is_dutch++) {
            if (wks_difference_words_event(kind->name, is_dutch != 0) == NULL) fail_msg("no words for event %s", kind->name);
            for (int32_t i = 0; i < kind->n_params; i++) {
                const wks_param *param = &kind->param[i];
                if (wks_difference_words_event_param(param->name, is_dutch != 0) == NULL)
                    fail_msg("no words for %s of %s", param->name, kind->name);
                for (int32_t c = 0; param->type == WKS_PARAM_CHOICE && param->choice[c] != NULL; c++)
                    if (strchr(wks_difference_words_event_choice(param->choice[c], is_dutch != 0), '_') != NULL)
                        fail_msg("no words for %s = %s of %s", param->name, param->choice[c], kind->name);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(build_adds_dwellings_of_the_tenure_in_its_month),
        cmocka_unit_test(build_without_areas_goes_everywhere_in_equal_parts),
        cmocka_unit_test(build_of_social_homes_stops_at_the_ceiling_of_the_rules),
        cmocka_unit_test(two_builds_in_a_month_have_keys_of_their_own),
        cmocka_unit_test(build_months_later_is_ordered_now),
        cmocka_unit_test(build_with_a_label_is_a_complex_of_its_own),
        cmocka_unit_test(sell_and_demolish_are_orders_for_vacancies),
        cmocka_unit_test(renewal_is_built_up_and_designation_takes_the_strongest),
        cmocka_unit_test(meeting_and_safety_run_until_they_end),
        cmocka_unit_test(meeting_by_kind_and_guidance_reach_what_they_are_for),
        cmocka_unit_test(shared_space_of_a_label_is_for_its_complexes_only),
        cmocka_unit_test(label_is_for_whole_complexes_without_one),
        cmocka_unit_test(label_with_no_share_labels_nothing),
        cmocka_unit_test(programme_works_in_its_areas_until_it_ends),
        cmocka_unit_test(running_costs_are_booked_by_month),
        cmocka_unit_test(corporaties_pay_by_their_homes_in_the_areas),
        cmocka_unit_test(cost_goes_to_nobody_when_there_is_no_corporatie),
        cmocka_unit_test(broken_purse_is_found),
        cmocka_unit_test(cost_is_booked_under_the_kind_of_work),
        cmocka_unit_test(set_leaves_the_world_alone),
        cmocka_unit_test(kinds_and_their_parameters_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
