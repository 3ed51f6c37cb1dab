/* The words of `explain`, from a letting and a household made by hand: every way an offer can end. */
#include "cli/story_household.h"
#include "cli/story_json.h"

#include <math.h>

#include "rules/part_list.h"
#include "rules/registry.h"
#include "unit/output/made.h"

enum { N = 8 };

typedef struct told {
    made made;
    wks_explain explain;
    wks_round_trace_advert advert;
    wks_round_trace_candidate candidate[N];
    wks_explain_moment moment[3];
    wks_letting_rows rows;
    wks_story story;
} told;

static void add_candidate(told *t, int32_t i, uint64_t key, double urgency, double months)
{
    t->candidate[i] = (wks_round_trace_candidate){.household_key = key,
                                                  .rank = i + 1,
                                                  .key = {urgency, months},
                                                  .lot = 0.9 - 0.1 * i,
                                                  .persons = 1 + i % 3,
                                                  .income_eur = 21000,
                                                  .months_registered = (int32_t)months,
                                                  .months_waiting = 20 - i,
                                                  .accept_chance = 0.5,
                                                  .blocked_by = WKS_NONE};
}

static void answer(told *t, int32_t i, wks_round_outcome outcome, wks_letting_refusal reason)
{
    t->candidate[i].is_asked = true;
    t->candidate[i].outcome = (uint8_t)outcome;
    t->candidate[i].reason = (uint8_t)reason;
}

static void open_told(told *t)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;

    memset(t, 0, sizeof *t);
    made_init(&t->made, "name = \"proef\"; ticks = 12;");
    add_candidate(t, 0, 0xa1, 1, 12);
    add_candidate(t, 1, 0xa2, 0, 240);
    add_candidate(t, 2, 0xa3, 0, 200);
    add_candidate(t, 3, 0xa4, 0, 180);
    add_candidate(t, 4, 0xa5, 0, 100);
    add_candidate(t, 5, 0xa6, 0, 96);
    add_candidate(t, 6, 0xa7, 0, 96);
    add_candidate(t, 7, 0xa8, 0, 2);
    answer(t, 0, WKS_ROUND_HOUSED_ALREADY, WKS_LETTING_REFUSAL_NO_SHOW);
    answer(t, 1, WKS_ROUND_REFUSED, WKS_LETTING_REFUSAL_PRICE);
    answer(t, 2, WKS_ROUND_CAPPED, WKS_LETTING_REFUSAL_NO_SHOW);
    answer(t, 3, WKS_ROUND_NO_SHOW, WKS_LETTING_REFUSAL_NO_SHOW);
    answer(t, 4, WKS_ROUND_ACCEPTED, WKS_LETTING_REFUSAL_NO_SHOW);
    t->candidate[2].blocked_by = 2; /* behind two filters: the cap */
    snprintf(t->candidate[2].told, sizeof t->candidate[2].told,
             "in group 'oud'; 12 of 24 households in social homes of the buurt are, at most 0.5 after a letting");
    t->advert = (wks_round_trace_advert){
        .tick = 5,
        .month = 2025 * 12 + 5,
        .letting = 41,
        .unit_key = 0xb1,
        .complex_key = 0xc1,
        .owner_number = 2,
        .advert = {.buurt_row = 1, .rent_eur = 650.255F, .rooms = 3, .type = WKS_DWELLING_APARTMENT, .label = WKS_LABEL_SENIOR},
        .own_label = WKS_LABEL_SENIOR,
        .vacant_month = 2025 * 12 + 3,
        .n_adverts = 1,
        .n_same_month = 4,
        .route = WKS_ROUND_TRACE_ONLY,
        .channel_share = 1,
        .n_lookers = 120,
        .excluded = {7, 13},
        .order_part = 1,
        .n_candidates = N,
        .n_listed = N,
        .candidate = t->candidate,
        .winner_key = 0xa5,
        .rival = {{true, 7, 2, 1, 0xa2, 1}, {true, 7, 4, 3, 0xa5, 0}, {true, 7, 0, 7, 0, -1}},
    };
    t->explain.trace = (wks_round_trace){.letting = 41, .advert = &t->advert, .n_adverts = 1, .n_rivals = 3};
    t->explain.rival_name[0] = "reference";
    t->explain.rival_name[1] = "list";
    t->explain.rival_name[2] = "lot";
    t->explain.last_month = 2026 * 12;
    wks_text_add(&t->rows.text, "refusals\n2\n");
    assert_ok(wks_csv_parse("rows", t->rows.text.data, t->rows.text.length, ',', false, &t->rows.csv, &problems, &err), &err);
    wks_problems_free(&problems);
    t->story = (wks_story){.scenario = &t->made.scenario,
                           .reference = &t->made.scenario,
                           .city = &t->made.city,
                           .explain = &t->explain,
                           .rows = &t->rows,
                           .replication = 3};
}

static void close_told(told *t)
{
    wks_letting_rows_free(&t->rows);
    made_free(&t->made);
}

static const char golden[] =
    "Letting 41 of scenario proef, replication 3: June 2025\n"
    "Rules: regio\n"
    "\n"
    "The dwelling\n"
    "  3 rooms, apartment labelled senior, 650.26 EUR a month, in Oost, West (BU99990002).\n"
    "  Unit 00000000000000b1, complex 00000000000000c1, owner corporatie-2.\n"
    "  Vacant since April 2025; offered in 1 earlier month without result.\n"
    "  It was let through channel aanbod (advertised), the only one for such dwellings; it was number 4 in this month's order.\n"
    "\n"
    "Who came into question\n"
    "     120 households looked at this month's adverts\n"
    "       7 of them kept out by registered (inschrijving: only who is registered as woningzoekende; for referred people the referral is "
    "enough)\n"
    "      13 of them kept out by occupancy (passende bezetting: persons fit the number of rooms, not too few for a large dwelling, not "
    "too many for a small "
    "one)\n"
    "     100 allowed to have it\n"
    "       8 reacted to it\n"
    "\n"
    "The list, in order of urgency, then inschrijfduur; equals by lot\n"
    "    rank  household         persons        urgency  inschrijfduur     lot  outcome\n"
    "       1  00000000000000a1        1            yes      12 months  0.9000  got another home earlier this month\n"
    "       2  00000000000000a2        2             no     240 months  0.8000  refused: the rent weighs more than staying does\n"
    "       3  00000000000000a3        3             no     200 months  0.7000  stopped by cap_share for oud: in group 'oud'; 12 of "
    "24 households in social homes of the buurt are, at most 0.5 after a letting\n"
    "       4  00000000000000a4        1             no     180 months  0.6000  did not answer the offer\n"
    "       5  00000000000000a5        2             no     100 months  0.5000  ACCEPTED\n"
    "       6  00000000000000a6        3             no      96 months  0.4000  not reached\n"
    "       7  00000000000000a7        1             no      96 months  0.3000  not reached\n"
    "       8  00000000000000a8        2             no       2 months  0.2000  not reached\n"
    "\n"
    "Why this household\n"
    "  00000000000000a5 was number 5 of 8; 2 offers before were refused or not answered.\n"
    "  What put it before the next on the list: inschrijfduur, 100 months against 96 months.\n"
    "  (inschrijfduur: who is registered longest goes first (the oldest registration of an adult))\n"
    "\n"
    "Who would have got it\n"
    "  under the reference (proef): another household, 00000000000000a2, number 2 of 7; 1 offer before refused or not answered.\n"
    "  under a plain list by inschrijfduur: the same household, 00000000000000a5, number 4 of 7; 3 offers before refused or not "
    "answered.\n"
    "  under a plain lottery: nobody; all 7 candidates would have refused or not answered.\n"
    "  This letting only, all else equal: the same dwelling, candidates, luck and answers; who had found a home earlier this\n"
    "  month still has it. Caps and yearly norms of the other rules are not applied: they depend on all lettings before.\n"
    "  What other rules do over the years, a comparison of scenarios tells, not this.\n";

static void letting_is_told_in_words(void **state)
{
    told t;
    wks_text text = WKS_TEXT_INIT;
    (void)state;
    open_told(&t);
    wks_story_letting(&t.story, &text);
    assert_string_equal(text.data, golden);
    wks_text_free(&text);
    close_told(&t);
}

static void assert_letting_says(const told *t, const char *says)
{
    wks_text text = WKS_TEXT_INIT;
    wks_story_letting(&t->story, &text);
    assert_contains(text.data, says);
    wks_text_free(&text);
}

static void deciding_key_route_and_end_of_list_are_told(void **state)
{
    told t;
    (void)state;
    open_told(&t);
    t.advert.order_part = WKS_LETTING_BY_LOT;
    assert_letting_says(&t, "What put it before the next on the list: the lot, 0.5000 against 0.4000.\n");
    t.advert.winner_key = 0xa8;
    assert_letting_says(&t, "Nobody came after it on the list.\n");
    t.advert.winner_key = 0xa5;
    t.advert.ranking = WKS_PART_BY_WAIT;
    assert_letting_says(&t, "The list, in order of who waits longest, then by lot\n");
    assert_letting_says(&t, "it waits for 16 months, the next for 15.\n");
    t.advert.ranking = WKS_PART_BY_LOT;
    assert_letting_says(&t, "The list, in order of a draw (lot)\n");
    t.advert.ranking = WKS_PART_BY_SPEED;
    assert_letting_says(&t, "The list, in order of who reacted first (1: at once; how fast somebody reacts is chance)\n");
    t.advert.ranking = WKS_PART_BY_LOT;
    t.advert.route = WKS_ROUND_TRACE_DRAWN;
    t.advert.channel_share = 0.72;
    assert_letting_says(&t, ", which gets 72 % of such dwellings by draw;");
    t.advert.route = WKS_ROUND_TRACE_AFTER_DIRECT;
    assert_letting_says(&t, ", because the landlord proposed it to nobody who took it this month;");
    t.advert.route = WKS_ROUND_TRACE_SENT_ON;
    assert_letting_says(&t, ", to which a spreiding rule sent it in an earlier month;");
    t.advert.route = WKS_ROUND_TRACE_THEN;
    assert_letting_says(&t, ", to which it went because another channel had not let it (then);");
    t.advert.route = WKS_ROUND_TRACE_BY_LOT;
    assert_letting_says(&t, ", because the corporatie lets the adverts of this complex by lot this year;");
    t.advert.ranking = WKS_PART_BY_SPEED;
    t.advert.order_part = WKS_LETTING_BY_SPEED;
    assert_letting_says(&t, "The list, in order of who reacted first (1: at once; how fast somebody reacts is chance)\n");
    assert_letting_says(&t, "    rank  household         persons   speed  outcome\n");
    assert_letting_says(&t, "it reacted earlier (eerste reageerder), 0.5000 against 0.4000.\n");
    t.advert.route = WKS_ROUND_TRACE_RESERVED;
    assert_letting_says(&t, "It was reserved for this household, so no list was made.\n");
    close_told(&t);
}

static void long_list_is_cut_unless_all_is_asked(void **state)
{
    enum { LONG = 60 };
    told t;
    wks_round_trace_candidate many[LONG];
    wks_text text = WKS_TEXT_INIT;
    (void)state;
    open_told(&t);
    for (int32_t i = 0; i < LONG; i++) {
        many[i] = t.candidate[3];
        many[i].rank = i + 1;
        many[i].household_key = (uint64_t)i + 1;
    }
    t.advert.candidate = many;
    t.advert.n_listed = t.advert.n_candidates = LONG;
    wks_story_letting(&t.story, &text);
    assert_contains(text.data, "     ...  33 more (-v shows them)\n");
    wks_text_clear(&text);
    t.story.is_whole = true;
    wks_story_letting(&t.story, &text);
    assert_null(strstr(text.data, "more"));
    wks_text_free(&text);
    close_told(&t);
}

/* Of many whom the same cap stopped the first and the last are shown, and all who answered. */
static void many_stopped_are_told_once(void **state)
{
    enum { LONG = 60 };
    told t;
    wks_round_trace_candidate many[LONG];
    (void)state;
    open_told(&t);
    for (int32_t i = 0; i < LONG; i++) {
        many[i] = t.candidate[i == 20 ? 1 : i == 50 ? 4 : i > 50 ? 5 : 2];
        many[i].rank = i + 1;
    }
    t.advert.candidate = many;
    t.advert.n_listed = t.advert.n_candidates = LONG;
    assert_letting_says(&t, "     ...  18 more stopped by cap_share (-v shows them)\n      20  00000000000000a3");
    assert_letting_says(&t, "      21  00000000000000a2        2             no     240 months  0.8000  refused: the rent weighs more");
    assert_letting_says(&t, "     ...  27 more stopped by cap_share (-v shows them)\n      50  00000000000000a3");
    assert_letting_says(&t, "      51  00000000000000a5        2             no     100 months  0.5000  ACCEPTED\n");
    close_told(&t);
}

static void household_is_told_month_by_month(void **state)
{
    told t;
    wks_text text = WKS_TEXT_INIT;
    (void)state;
    open_told(&t);
    t.moment[0] = (wks_explain_moment){0,
                                       2025 * 12,
                                       {.is_there = true,
                                        .place = WKS_PLACE_AT_PARENTS,
                                        .tenure = WKS_N_TENURES,
                                        .search = WKS_SEARCH_SOCIAL,
                                        .registered_month = 2017 * 12 + 1,
                                        .suspended_until = WKS_NO_MONTH,
                                        .turn_month = WKS_NO_MONTH,
                                        .buurt_row = 0,
                                        .persons = 1}};
    t.moment[1] = t.moment[0];
    t.moment[1].tick = 5;
    t.moment[1].month = 2025 * 12 + 5;
    t.moment[1].state.place = WKS_PLACE_HOUSED;
    t.moment[1].state.tenure = WKS_TENURE_SOCIAL;
    t.moment[1].state.buurt_row = 1;
    t.moment[1].state.unit_key = 0xb1;
    t.moment[1].state.registered_month = WKS_NO_MONTH;
    t.moment[1].state.search = WKS_SEARCH_STAY;
    t.moment[2] = (wks_explain_moment){.tick = 9, .month = 2025 * 12 + 9};
    t.explain.moment = t.moment;
    t.explain.n_moments = 3;
    t.explain.trace.household_key = 0xa5;
    t.advert.candidate = &t.candidate[4];
    t.advert.n_listed = 1;
    wks_story_household_add(&t.story, &text);
    assert_string_equal(
        text.data,
        "Household 00000000000000a5 of scenario proef, replication 3\n"
        "\n"
        "  2025-01  lives with parents in Noord; 1 person; registered since 2017-02; looks for a social home\n"
        "  2025-06    reacted to 3 rooms, apartment labelled senior, 650.26 EUR a month, in Oost, West (BU99990002): number 5 of 8, "
        "ACCEPTED "
        "(letting 41)\n"
        "  2025-06  moves: has a home of its own (social) in Oost, West; registration ended; does not look for a home\n"
        "  2025-10  is no longer there (left the region, joined another household, or died)\n"
        "\n"
        "In all: on 1 list, reached on 1 of them: 0 refused, 0 without answer, 0 stopped by a cap or norm, 0 when housed already, 0 when "
        "its turn was lost; 1 letting.\n"
        "At the end, 2026-01:\n"
        "  2026-01  is no longer there (left the region, joined another household, or died)\n");
    wks_text_free(&text);
    close_told(&t);
}

static void json_has_the_same_facts(void **state)
{
    told t;
    wks_text text = WKS_TEXT_INIT;
    wks_json *json = NULL;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_told(&t);
    assert_ok(wks_story_json_letting(&t.story, &text, &err), &err);
    assert_ok(wks_json_parse(text.data, text.length, &json, &err), &err);
    assert_int_equal(wks_json_int(wks_json_get(json, "letting")), 41);
    assert_string_equal(wks_json_text(wks_json_get(json, "order_key")), "inschrijfduur");
    assert_close(wks_json_double(wks_json_get(wks_json_get(json, "dwelling"), "rent_eur")), 650.26, 1e-9, 0);
    const wks_json *list = wks_json_get(json, "list");
    assert_int_equal(wks_json_size(list), N);
    assert_string_equal(wks_json_text(wks_json_get(wks_json_at(list, 1), "reason")), "price");
    assert_string_equal(wks_json_text(wks_json_get(wks_json_at(list, 2), "stopped_by")), "cap_share");
    assert_non_null(strstr(wks_json_text(wks_json_get(wks_json_at(list, 2), "stopped_because")), "12 of 24 households"));
    assert_string_equal(wks_json_text(wks_json_get(wks_json_at(list, 5), "outcome")), "not_reached");
    assert_int_equal(wks_json_size(wks_json_get(json, "other_rules")), 3);
    wks_json_free(json);
    wks_text_free(&text);
    close_told(&t);
}

static void relabelled_homes_and_two_rents_are_told(void **state)
{
    told t;
    (void)state;
    open_told(&t);
    t.advert.own_label = WKS_LABEL_NONE;
    assert_letting_says(&t, "apartment labelled senior for this letting, 650.26 EUR");
    t.advert.advert.has_two_rents = 1;
    t.advert.contract_rent_eur = 612.5F;
    t.candidate[0].rent_eur = 650.26;
    assert_letting_says(&t, "inschrijfduur         rent     lot  outcome\n");
    assert_letting_says(&t, "12 months   650.26 EUR  0.9000  got another home");
    assert_letting_says(&t, "  Two rents: 650.26 EUR is asked, this household pays 612.50, the aftoppingsgrens of its size.\n");
    t.advert.contract_rent_eur = t.advert.advert.rent_eur;
    assert_letting_says(&t, "  Two rents: this household pays what is asked, 650.26 EUR.\n");
    t.advert.advert.label = WKS_LABEL_NONE;
    t.advert.own_label = WKS_LABEL_SENIOR;
    assert_letting_says(&t, "apartment without its label for this letting");
    answer(&t, 0, WKS_ROUND_TURN_LOST, WKS_LETTING_REFUSAL_NO_SHOW);
    assert_letting_says(&t, "lost its turn by refusing a proposal earlier this month");
    close_told(&t);
}

static void assert_household_says(const told *t, const char *says)
{
    wks_text text = WKS_TEXT_INIT;
    wks_story_household_add(&t->story, &text);
    assert_contains(text.data, says);
    wks_text_free(&text);
}

static void proposals_not_made_are_told_once_a_month(void **state)
{
    told t;
    wks_round_trace_advert many[3];
    (void)state;
    open_told(&t);
    wks_settings *channel = &t.made.scenario.rules[0].channel[0];
    const wks_spec *spec = channel->spec;
    t.moment[0] = (wks_explain_moment){0, 2025 * 12, {.is_there = true, .registered_month = 2017 * 12, .persons = 1}};
    t.moment[0].state.suspended_until = t.moment[0].state.turn_month = WKS_NO_MONTH;
    t.explain.moment = t.moment;
    t.explain.n_moments = 1;
    t.advert.candidate = &t.candidate[5]; /* not reached */
    t.advert.n_listed = 1;
    many[0] = many[1] = many[2] = t.advert;
    many[1].candidate = &t.candidate[0]; /* housed already */
    many[2].candidate = &t.candidate[1]; /* refused */
    many[2].winner_key = 0xa5;
    t.explain.trace.advert = many;
    t.explain.trace.n_adverts = 3;
    assert_household_says(
        &t, "reacted to 3 rooms, apartment labelled senior, 650.26 EUR a month, in Oost, West (BU99990002): number 6 of 8, not reached");
    channel->spec = &wks_channel_distribution_spec;
    assert_household_says(
        &t, "    could be proposed for 3 rooms, apartment labelled senior, 650.26 EUR a month, in Oost, West (BU99990002): number 2 of 8, "
            "refused: the rent weighs more than staying does; another got it (letting 41)\n"
            "  2025-06    on the landlord's list for 2 homes that were not proposed to it\n");
    channel->spec = spec;
    close_told(&t);
}

static void household_is_told_of_suspension_turn_and_sale(void **state)
{
    told t;
    (void)state;
    open_told(&t);
    t.moment[0] =
        (wks_explain_moment){0, 2025 * 12, {.is_there = true, .search = WKS_SEARCH_SOCIAL, .registered_month = 2017 * 12, .persons = 1}};
    t.moment[0].state.suspended_until = t.moment[0].state.turn_month = WKS_NO_MONTH;
    t.moment[2] = t.moment[1] = t.moment[0];
    t.moment[1].month += 3;
    t.moment[1].state.suspended_until = 2025 * 12 + 9;
    t.moment[1].state.turn_month = 2026 * 12;
    t.moment[2].month += 12;
    t.explain.moment = t.moment;
    t.explain.n_moments = 3;
    t.advert.candidate = &t.candidate[2];
    t.advert.n_listed = 1;
    t.advert.letting = -1;
    t.advert.winner_key = 0;
    t.advert.result = 4;
    assert_household_says(&t,
                          "  2025-04  suspended after refusals: may react again from 2025-10; lost its turn by refusing a proposal: may be "
                          "proposed a home again from 2026-01\n");
    assert_household_says(&t, "  2026-01  may react again; may be proposed a home again\n");
    assert_household_says(&t, "; not let, sold: all who came were stopped by a cap or norm\n");
    t.advert.result = 3;
    assert_household_says(&t, "; not let, liberalised: all who came were stopped by a cap or norm\n");
    t.advert.result = 2;
    assert_household_says(&t, "; not let this month, on to another channel\n");
    close_told(&t);
}

/* Every ordering key tells how it reads. */
static void keys_read_with_their_units(void **state)
{
    static const struct {
        const char *part;
        double value;
        const char *text;
    } cases[] = {
        {"urgency", 1, "yes"},
        {"ties_first", 0, "no"},
        {"starter_first", 1, "yes"},
        {"doorstromer_first", 0, "no"},
        {"senior_first", 1, "yes"},
        {"youth_first", 0, "no"},
        {"where_first", 1, "yes"},
        {"art9", 1, "yes"},
        {"label_first", 2, "2"},
        {"inschrijfduur", 96, "96 months"},
        {"kept_seniority", 30, "30 months"},
        {"points", 12.345, "12.35 points"},
        {"weighted", 7, "7 points"},
        {"lot", 0.12345, "0.1235"},
        {"reaction_time", 0.5, "0.5000"},
    };
    int32_t n_keys = 0, n_order = 0;
    char buffer[64];
    (void)state;
    for (int32_t i = 0; i < wks_registry_n_parts; i++) {
        const wks_settings settings = {.spec = wks_registry_parts[i]};
        if (strcmp(settings.spec->kind, "order") != 0) continue;
        n_order++;
        for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
            if (strcmp(cases[k].part, settings.spec->name) != 0) continue;
            n_keys++;
            assert_string_equal(wks_story_key(&settings, cases[k].value, buffer), cases[k].text);
            assert_string_equal(wks_story_key(&settings, -HUGE_VAL, buffer), "-");
        }
    }
    assert_int_equal(n_keys, n_order);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letting_is_told_in_words),
        cmocka_unit_test(deciding_key_route_and_end_of_list_are_told),
        cmocka_unit_test(long_list_is_cut_unless_all_is_asked),
        cmocka_unit_test(many_stopped_are_told_once),
        cmocka_unit_test(household_is_told_month_by_month),
        cmocka_unit_test(json_has_the_same_facts),
        cmocka_unit_test(relabelled_homes_and_two_rents_are_told),
        cmocka_unit_test(household_is_told_of_suspension_turn_and_sale),
        cmocka_unit_test(proposals_not_made_are_told_once_a_month),
        cmocka_unit_test(keys_read_with_their_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
