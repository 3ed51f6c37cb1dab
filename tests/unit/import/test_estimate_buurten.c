#include "import/estimate_buurten.h"

#include "base/mem.h"
#include "import/estimate_model.h"
#include "import/fill.h"
#include "import/leefbaarometer.h"
#include "import/ogr.h"
#include "import/quality.h"
#include "made.h"
#include "town.h"

static void run(wks_draft *draft)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_estimate_buurten(draft, &err), &err);
    wks_fill_buurten(draft);
}

/* ---- what is checked of every result ---- */

static double sum(const wks_draft *draft, int32_t wijk, wks_city_column column)
{
    double total = 0;
    for (int32_t i = 0; i < draft->n_buurten; i++)
        if (wijk < 0 || draft->buurt[i].parent == wijk) total += draft->buurt[i].value[column];
    return total;
}

static double mean(const wks_draft *draft, int32_t wijk, wks_city_column column, wks_city_column weight)
{
    double total = 0;
    for (int32_t i = 0; i < draft->n_buurten; i++)
        if (wijk < 0 || draft->buurt[i].parent == wijk) total += draft->buurt[i].value[column] * draft->buurt[i].value[weight];
    return total / sum(draft, wijk, weight);
}

static const wks_city_column counts[] = {WKS_CITY_households,
                                         WKS_CITY_households_one_person,
                                         WKS_CITY_households_without_children,
                                         WKS_CITY_households_with_children,
                                         WKS_CITY_dwellings,
                                         WKS_CITY_bijstand,
                                         WKS_CITY_ao,
                                         WKS_CITY_ww};
static const wks_city_column shares[] = {WKS_CITY_share_vacant,     WKS_CITY_share_single_family, WKS_CITY_share_owner,
                                         WKS_CITY_share_corporatie, WKS_CITY_share_private_rent,  WKS_CITY_share_built_since_2000};
enum { N_COUNTS = sizeof counts / sizeof *counts, N_SHARES = sizeof shares / sizeof *shares };

static void assert_possible(const wks_draft *draft)
{
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        const double *v = draft->buurt[i].value;
        for (int c = WKS_CITY_households; c <= WKS_CITY_ww; c++)
            assert_true(v[c] >= wks_city_column_table[c].low && v[c] <= wks_city_column_table[c].high);
        for (int k = 0; k < N_COUNTS; k++)
            assert_true(floor(v[counts[k]]) == v[counts[k]]);
        double adults = v[WKS_CITY_age_15_24] + v[WKS_CITY_age_25_44] + v[WKS_CITY_age_45_64] + v[WKS_CITY_age_65_plus];
        adults = fmin(fmax(adults, v[WKS_CITY_persons] - v[WKS_CITY_age_00_14]), v[WKS_CITY_persons]);
        assert_true(v[WKS_CITY_bijstand] + v[WKS_CITY_ao] + v[WKS_CITY_ww] <= adults);
        double one = v[WKS_CITY_households_one_person], without = v[WKS_CITY_households_without_children],
               with = v[WKS_CITY_households_with_children];
        assert_true(v[WKS_CITY_households] <= adults);
        assert_close(one + without + with, v[WKS_CITY_households], 0, 0);
        assert_true(one + 2 * without + with <= adults);
        assert_true(one + 2 * without + 2 * with <= v[WKS_CITY_persons]);
        assert_close(v[WKS_CITY_share_owner] + v[WKS_CITY_share_corporatie] + v[WKS_CITY_share_private_rent], 1, 0, 1e-9);
    }
}

static void assert_adds_up(const wks_draft *draft, int32_t wijk, const wks_draft_area *area)
{
    for (int k = 0; k < N_COUNTS; k++)
        assert_close(sum(draft, wijk, counts[k]), area->value[counts[k]], 0, 0);
    for (int k = 0; k < N_SHARES; k++)
        assert_close(mean(draft, wijk, shares[k], WKS_CITY_dwellings), area->value[shares[k]], 0, 1e-5);
    assert_close(mean(draft, wijk, WKS_CITY_woz_eur, WKS_CITY_dwellings), area->value[WKS_CITY_woz_eur], 0, 60);
}

/* ---- tests on made gemeenten ---- */

static void gemeente_only_adds_up_and_is_possible(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 3, 6);
    run(&draft);
    assert_possible(&draft);
    assert_adds_up(&draft, -1, draft.gemeente);
    assert_close(mean(&draft, -1, WKS_CITY_income_per_person_eur, WKS_CITY_persons), 31000, 0, 60);
    assert_close(mean(&draft, -1, WKS_CITY_address_density, WKS_CITY_dwellings), 2100, 0, 1);
    for (int32_t i = 0; i < draft.n_buurten; i++)
        for (int c = WKS_CITY_households; c <= WKS_CITY_income_per_person_eur; c++)
            assert_int_equal(draft.buurt[i].origin[c], WKS_CITY_ORIGIN_estimated);
    assert_true(wks_estimate_buurten_covers(&draft, WKS_CITY_share_owner));
    assert_false(wks_estimate_buurten_covers(&draft, WKS_CITY_persons));
    wks_draft_free(&draft);
}

static void buurten_differ_by_their_people(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 1, 2);
    town_set(&draft.buurt[0], WKS_CITY_age_00_14, 10); /* students in town against families */
    town_set(&draft.buurt[0], WKS_CITY_age_15_24, 300);
    town_set(&draft.buurt[0], WKS_CITY_age_25_44, 150);
    town_set(&draft.buurt[0], WKS_CITY_age_45_64, 25);
    town_set(&draft.buurt[0], WKS_CITY_age_65_plus, 15);
    town_set(&draft.buurt[1], WKS_CITY_age_00_14, 150);
    town_set(&draft.buurt[1], WKS_CITY_age_15_24, 60);
    run(&draft);
    const double *students = draft.buurt[0].value, *families = draft.buurt[1].value;
    assert_true(students[WKS_CITY_households] / students[WKS_CITY_persons] > families[WKS_CITY_households] / families[WKS_CITY_persons]);
    assert_true(students[WKS_CITY_households_one_person] / students[WKS_CITY_households] >
                families[WKS_CITY_households_one_person] / families[WKS_CITY_households]);
    assert_true(students[WKS_CITY_share_owner] < families[WKS_CITY_share_owner]);
    wks_draft_free(&draft);
}

static void wijken_with_figures_are_met(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 3, 6);
    town_give_wijken_figures(&draft);
    for (int k = 0; k < N_COUNTS; k++) {
        double total = 0;
        for (int w = 0; w < 3; w++)
            total += draft.wijk[w].value[counts[k]];
        town_set(draft.gemeente, counts[k], total);
    }
    for (int c = WKS_CITY_share_vacant; c <= WKS_CITY_woz_eur; c++) /* the wijken alone decide */
        draft.gemeente->value[c] = NAN;
    run(&draft);
    assert_possible(&draft);
    for (int w = 0; w < 3; w++)
        assert_adds_up(&draft, w, &draft.wijk[w]);
    wks_draft_free(&draft);
}

/* Wijken of an earlier year: their pattern stays, the gemeente's figure is met. */
static void gemeente_wins_over_wijken_of_another_year(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 3, 6);
    town_give_wijken_figures(&draft);
    for (int w = 0; w < 3; w++) {
        draft.wijk[w].value[WKS_CITY_woz_eur] *= 0.8;
        draft.wijk[w].value[WKS_CITY_dwellings] = floor(draft.wijk[w].value[WKS_CITY_dwellings] * 0.96);
    }
    run(&draft);
    assert_possible(&draft);
    assert_adds_up(&draft, -1, draft.gemeente);
    double first = mean(&draft, 0, WKS_CITY_woz_eur, WKS_CITY_dwellings), last = mean(&draft, 2, WKS_CITY_woz_eur, WKS_CITY_dwellings);
    assert_close(last / first, 350.0 / 250.0, 1e-3, 0);
    assert_true(mean(&draft, 0, WKS_CITY_share_owner, WKS_CITY_dwellings) <
                mean(&draft, 2, WKS_CITY_share_owner, WKS_CITY_dwellings) - 0.1);
    wks_draft_free(&draft);
}

static void some_columns_of_some_wijken_are_enough(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 3, 6);
    town_set(&draft.wijk[1], WKS_CITY_share_owner, 0.8);
    town_set(&draft.wijk[1], WKS_CITY_dwellings, 1500);
    run(&draft);
    assert_possible(&draft);
    assert_adds_up(&draft, -1, draft.gemeente);
    double one = mean(&draft, 1, WKS_CITY_share_owner, WKS_CITY_dwellings);
    assert_true(one > mean(&draft, 0, WKS_CITY_share_owner, WKS_CITY_dwellings) + 0.2);
    wks_draft_free(&draft);
}

static void without_any_figure_the_country_sets_the_level(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 2, 5);
    for (int c = WKS_CITY_men; c < WKS_CITY_N_COLUMNS; c++)
        draft.gemeente->value[c] = NAN;
    run(&draft);
    assert_possible(&draft);
    const double *nl = draft.nation.value;
    double adults = 0;
    for (int c = WKS_CITY_age_15_24; c <= WKS_CITY_age_65_plus; c++)
        adults += sum(&draft, -1, (wks_city_column)c);
    double grown = nl[WKS_CITY_persons] - nl[WKS_CITY_age_00_14];
    assert_close(sum(&draft, -1, WKS_CITY_households), adults * nl[WKS_CITY_households] / grown, 0.25, 0); /* moved by its people */
    assert_close(sum(&draft, -1, WKS_CITY_bijstand), adults * nl[WKS_CITY_bijstand] / grown, 0, 1);
    assert_close(mean(&draft, -1, WKS_CITY_woz_eur, WKS_CITY_dwellings), nl[WKS_CITY_woz_eur], 0, 60);
    assert_close(mean(&draft, -1, WKS_CITY_share_owner, WKS_CITY_dwellings), nl[WKS_CITY_share_owner], 0, 0.25);
    assert_close(mean(&draft, -1, WKS_CITY_share_single_family, WKS_CITY_dwellings), nl[WKS_CITY_share_single_family], 0, 1e-4);
    double income = mean(&draft, -1, WKS_CITY_income_per_person_eur, WKS_CITY_persons);
    assert_true(income > 0.5 * nl[WKS_CITY_income_per_person_eur] && income < 2 * nl[WKS_CITY_income_per_person_eur]);
    wks_draft_free(&draft);
}

/* A town of students and one of families, neither with a figure: the first has more people who live alone. */
static void without_any_figure_people_set_the_level(void **state)
{
    (void)state;
    double share[2];
    for (int town = 0; town < 2; town++) {
        wks_draft draft;
        town_make(&draft, 2, 3);
        for (int c = WKS_CITY_men; c < WKS_CITY_N_COLUMNS; c++)
            draft.gemeente->value[c] = NAN;
        for (int32_t i = 0; i < draft.n_buurten; i++) {
            double persons = draft.buurt[i].value[WKS_CITY_persons], young = town == 0 ? 0.35 : 0.1, children = town == 0 ? 0.05 : 0.2;
            town_set(&draft.buurt[i], WKS_CITY_age_00_14, persons * children);
            town_set(&draft.buurt[i], WKS_CITY_age_15_24, persons * young);
            town_set(&draft.buurt[i], WKS_CITY_age_25_44, persons * 0.3);
            town_set(&draft.buurt[i], WKS_CITY_age_45_64, persons * 0.2);
            town_set(&draft.buurt[i], WKS_CITY_age_65_plus, persons * (0.5 - young - children));
        }
        run(&draft);
        share[town] = sum(&draft, -1, WKS_CITY_households_one_person) / sum(&draft, -1, WKS_CITY_households);
        wks_draft_free(&draft);
    }
    assert_true(share[0] > share[1] + 0.05);
}

static void empty_buurten_and_institutions_get_nothing(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 2, 4);
    for (int c = WKS_CITY_persons; c <= WKS_CITY_origin_outside_europe; c++)
        town_set(&draft.buurt[1], (wks_city_column)c, 0);
    for (int c = WKS_CITY_age_00_14; c <= WKS_CITY_age_65_plus; c++) /* children only: nobody can have a household */
        town_set(&draft.buurt[2], (wks_city_column)c, 0);
    town_set(&draft.buurt[2], WKS_CITY_age_00_14, draft.buurt[2].value[WKS_CITY_persons]);
    run(&draft);
    for (int32_t i = 1; i <= 2; i++)
        for (int k = 0; k < N_COUNTS; k++)
            assert_close(draft.buurt[i].value[counts[k]], 0, 0, 0);
    assert_adds_up(&draft, -1, draft.gemeente);
    wks_draft_free(&draft);
}

static void one_buurt_is_its_gemeente(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 1, 1);
    run(&draft);
    assert_possible(&draft);
    assert_adds_up(&draft, -1, draft.gemeente);
    wks_draft_free(&draft);
}

static void zero_margins_give_zeros(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 2, 4);
    town_set(draft.gemeente, WKS_CITY_bijstand, 0);
    town_set(draft.gemeente, WKS_CITY_share_vacant, 0);
    town_set(draft.gemeente, WKS_CITY_share_owner, 0);
    town_set(draft.gemeente, WKS_CITY_households_with_children, 0);
    town_set(draft.gemeente, WKS_CITY_share_built_since_2000, 1);
    run(&draft);
    for (int32_t i = 0; i < draft.n_buurten; i++) {
        assert_close(draft.buurt[i].value[WKS_CITY_bijstand], 0, 0, 0);
        assert_close(draft.buurt[i].value[WKS_CITY_share_vacant], 0, 0, 0);
        assert_close(draft.buurt[i].value[WKS_CITY_share_owner], 0, 0, 0);
        assert_close(draft.buurt[i].value[WKS_CITY_share_built_since_2000], 1, 0, 0);
    }
    town_set(draft.gemeente, WKS_CITY_dwellings, 0);
    wks_draft_free(&draft);
    town_make(&draft, 2, 4);
    town_set(draft.gemeente, WKS_CITY_households, 0);
    town_set(draft.gemeente, WKS_CITY_dwellings, 0);
    run(&draft);
    for (int32_t i = 0; i < draft.n_buurten; i++)
        assert_close(draft.buurt[i].value[WKS_CITY_households] + draft.buurt[i].value[WKS_CITY_dwellings], 0, 0, 0);
    wks_draft_free(&draft);
}

static void published_values_stay_and_count(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 2, 6);
    town_set(&draft.buurt[3], WKS_CITY_households, 77);
    town_set(&draft.buurt[3], WKS_CITY_share_owner, 0.1);
    town_set(&draft.buurt[3], WKS_CITY_share_corporatie, 0.8);
    town_set(&draft.buurt[3], WKS_CITY_share_private_rent, 0.1);
    run(&draft);
    assert_close(draft.buurt[3].value[WKS_CITY_households], 77, 0, 0);
    assert_int_equal(draft.buurt[3].origin[WKS_CITY_households], WKS_CITY_ORIGIN_published);
    assert_close(draft.buurt[3].value[WKS_CITY_share_owner], 0.1, 0, 0);
    assert_adds_up(&draft, -1, draft.gemeente);
    wks_draft_free(&draft);
}

/* Two of twelve buurten lack it: they take what the published leave. */
static void few_missing_buurten_take_what_is_left(void **state)
{
    (void)state;
    wks_draft draft;
    double given = 0;
    town_make(&draft, 2, 6);
    for (int32_t i = 0; i < draft.n_buurten - 2; i++) {
        town_set(&draft.buurt[i], WKS_CITY_households, floor(draft.buurt[i].value[WKS_CITY_persons] / 2));
        given += draft.buurt[i].value[WKS_CITY_households];
    }
    town_set(draft.gemeente, WKS_CITY_households, given + 700);
    run(&draft);
    assert_int_equal(draft.buurt[draft.n_buurten - 1].origin[WKS_CITY_households], WKS_CITY_ORIGIN_estimated);
    assert_close(sum(&draft, -1, WKS_CITY_households), given + 700, 0, 0);
    assert_possible(&draft);
    wks_draft_free(&draft);
}

/* One small buurt beside rounded ones: the gap is theirs, the small one stays near its model value. */
static void rounding_is_not_pushed_on_a_small_buurt(void **state)
{
    (void)state;
    wks_draft draft;
    double given = 0;
    town_make(&draft, 10, 10);
    for (int c = WKS_CITY_persons; c <= WKS_CITY_origin_outside_europe; c++)
        town_set(&draft.buurt[99], (wks_city_column)c, floor(draft.buurt[99].value[c] / 20));
    for (int32_t i = 0; i < 99; i++) {
        town_set(&draft.buurt[i], WKS_CITY_households, 5 * floor(draft.buurt[i].value[WKS_CITY_persons] / 10));
        given += draft.buurt[i].value[WKS_CITY_households];
    }
    wks_fill_mark_rounding(&draft);
    for (int sign = -1; sign <= 1; sign++) {
        wks_err err = WKS_ERR_INIT;
        town_hide(&draft.buurt[99], WKS_CITY_households);
        town_set(draft.gemeente, WKS_CITY_households, given + 20 + sign * 200);
        assert_ok(wks_estimate_buurten(&draft, &err), &err);
        double per_person = draft.buurt[99].value[WKS_CITY_households] / draft.buurt[99].value[WKS_CITY_persons];
        assert_true(per_person > 0.25 && per_person < 1.0);
    }
    wks_draft_free(&draft);
}

/* Ages of a few people are rounded to nothing: they live somewhere all the same. Of many with bijstand few are left for ww. */
static void people_without_ages_have_households(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 2, 4);
    town_set(&draft.buurt[1], WKS_CITY_persons, 10);
    for (int c = WKS_CITY_age_00_14; c <= WKS_CITY_age_65_plus; c++)
        town_set(&draft.buurt[1], (wks_city_column)c, 0);
    double adults = draft.buurt[2].value[WKS_CITY_persons] - draft.buurt[2].value[WKS_CITY_age_00_14];
    town_set(&draft.buurt[2], WKS_CITY_bijstand, adults - 2);
    town_set(draft.gemeente, WKS_CITY_bijstand, adults + 100);
    run(&draft);
    assert_true(draft.buurt[1].value[WKS_CITY_households] > 0);
    assert_true(draft.buurt[2].value[WKS_CITY_ao] + draft.buurt[2].value[WKS_CITY_ww] <= 2);
    wks_draft_free(&draft);
}

static void published_types_tell_the_households(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 2, 4);
    for (int c = 0; c < 3; c++)
        town_set(&draft.buurt[2], (wks_city_column)(WKS_CITY_households_one_person + c), 40);
    run(&draft);
    assert_close(draft.buurt[2].value[WKS_CITY_households], 120, 0, 0);
    wks_draft_free(&draft);
}

/* What CBS does not know of the owners stays unknown, and all three shares are met. */
static void unknown_owners_stay_unknown(void **state)
{
    (void)state;
    wks_draft draft;
    town_make(&draft, 2, 6);
    town_set(draft.gemeente, WKS_CITY_share_private_rent, 0.14); /* 0.51 + 0.3 + 0.14 */
    run(&draft);
    assert_close(mean(&draft, -1, WKS_CITY_share_owner, WKS_CITY_dwellings), 0.51, 0, 1e-5);
    assert_close(mean(&draft, -1, WKS_CITY_share_corporatie, WKS_CITY_dwellings), 0.3, 0, 1e-4);
    assert_close(mean(&draft, -1, WKS_CITY_share_private_rent, WKS_CITY_dwellings), 0.14, 0, 1e-4);
    wks_draft_free(&draft);
}

/* Wijken that want more than their gemeente has: the report says that they are not met, and by how much. */
static void quality_measures_the_gaps(void **state)
{
    (void)state;
    wks_draft draft;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_text text = WKS_TEXT_INIT;
    town_make(&draft, 2, 5);
    town_give_wijken_figures(&draft);
    town_set(&draft.wijk[0], WKS_CITY_bijstand, draft.wijk[0].value[WKS_CITY_bijstand] + 100);
    run(&draft);
    wks_quality_markdown(&draft, &problems, &text);
    assert_contains(text.data, "| bijstand | persons per inhabitant of 15 and over | 2 of 2 | 0 of 2 (largest gap WK999900: -");
    assert_contains(text.data, "the gemeente wins and the wijken keep their pattern");
    draft.gemeente->value[WKS_CITY_dwellings] += 10;
    wks_text_clear(&text);
    wks_quality_markdown(&draft, &problems, &text);
    assert_contains(text.data, "figure not met (largest gap -10, ");
    wks_text_free(&text);
    wks_problems_free(&problems);
    wks_draft_free(&draft);
}

static void quality_tells_what_is_derived(void **state)
{
    (void)state;
    static const wks_columns_line line = {.theirs = "bev_dich", .note = "", .factor = 1};
    wks_draft draft;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_text text = WKS_TEXT_INIT;
    town_make(&draft, 2, 5);
    draft.gemeente->origin[WKS_CITY_households] = WKS_CITY_ORIGIN_estimated;
    draft.used[WKS_COLUMNS_density][0] = (wks_draft_used){.line = &line, .year = 2024, .n = {0, 1, 0, 0}};
    draft.has_leefbaarometer_2 = true;
    snprintf(draft.lbm_2_year, sizeof draft.lbm_2_year, "2018");
    run(&draft);
    wks_quality_summary(&draft, &text);
    assert_contains(text.data, " (of another year or derived)\ndwellings: ");
    wks_text_clear(&text);
    wks_quality_markdown(&draft, &problems, &text);
    assert_contains(text.data, "| 0 | 0.00 |  | of another year or derived |");
    assert_contains(text.data, "| area_ha | bev_dich | 2024 | ");
    assert_contains(text.data, "derived from it; ");
    assert_contains(text.data, "| households | - | | | | | | in no file |");
    assert_contains(text.data, "The Leefbaarometer 2.0 of 2018 gives scores of wijken");
    assert_null(strstr(text.data, "Estimated from the stock"));
    wks_text_free(&text);
    wks_problems_free(&problems);
    wks_draft_free(&draft);
}

static void without_scores_or_origins_others_serve(void **state)
{
    (void)state;
    for (int variant = 0; variant < 4; variant++) {
        wks_draft draft;
        town_make(&draft, 3, 6);
        int32_t rows[18];
        for (int32_t i = 0; i < draft.n_buurten; i++) {
            rows[i] = i;
            for (int c = WKS_CITY_lbm_won; c <= WKS_CITY_lbm_onv && (variant & WKS_ESTIMATE_MODEL_HAS_LBM) == 0; c++) {
                draft.buurt[i].value[c] = NAN;
                draft.buurt[i].origin[c] = WKS_DRAFT_MISSING;
            }
            for (int c = WKS_CITY_origin_nl; c <= WKS_CITY_origin_outside_europe && (variant & WKS_ESTIMATE_MODEL_HAS_ORIGIN) == 0; c++) {
                draft.buurt[i].value[c] = NAN;
                draft.buurt[i].origin[c] = WKS_DRAFT_MISSING;
            }
        }
        assert_int_equal(wks_estimate_model_variant(&draft, rows, draft.n_buurten), variant);
        run(&draft);
        assert_possible(&draft);
        assert_adds_up(&draft, -1, draft.gemeente);
        wks_draft_free(&draft);
    }
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const wks_draft_area *)a)->code, ((const wks_draft_area *)b)->code);
}

/* Rows are sorted by code before anything is estimated, so this is about code order within a wijk: swapping two buurten swaps their values. */
static void order_of_rows_does_not_matter(void **state)
{
    (void)state;
    wks_draft a, b;
    town_make(&a, 2, 5);
    town_make(&b, 2, 5);
    for (int32_t i = 0; i < b.n_buurten / 2; i++) {
        wks_draft_area t = b.buurt[i];
        b.buurt[i] = b.buurt[b.n_buurten - 1 - i];
        b.buurt[b.n_buurten - 1 - i] = t;
    }
    qsort(b.buurt, (size_t)b.n_buurten, sizeof *b.buurt, by_code);
    run(&a);
    run(&b);
    for (int32_t i = 0; i < a.n_buurten; i++)
        assert_memory_equal(a.buurt[i].value, b.buurt[i].value, sizeof a.buurt[i].value);
    wks_draft_free(&a);
    wks_draft_free(&b);
}

static void two_gemeenten_do_not_touch_each_other(void **state)
{
    (void)state;
    wks_draft one, two;
    town_make(&one, 2, 5);
    town_make(&two, 2, 5);
    wks_draft_area *gemeente = wks_mem_array(2, sizeof *gemeente);
    gemeente[0] = two.gemeente[0];
    town_name_area(&gemeente[1], "GM%04d", 99999, 0, -1); /* without buurten or figures */
    free(two.gemeente);
    two.gemeente = gemeente;
    two.n_gemeenten = 2;
    run(&one);
    run(&two);
    for (int32_t i = 0; i < one.n_buurten; i++)
        assert_memory_equal(one.buurt[i].value, two.buurt[i].value, sizeof one.buurt[i].value);
    wks_draft_free(&one);
    wks_draft_free(&two);
}

static void estimate_buurten_errors(void **state)
{
    (void)state;
    for (int n = 1; n < 100; n++) {
        wks_draft draft;
        wks_err err = WKS_ERR_INIT;
        town_make(&draft, 2, 3);
        wks_mem_fail_after(n);
        wks_status rc = wks_estimate_buurten(&draft, &err);
        bool pending = wks_mem_fail_pending();
        wks_mem_fail_after(0);
        wks_draft_free(&draft);
        if (pending) return; /* more allocations were allowed than it makes */
        assert_status(rc, WKS_ERR_NOMEM, &err);
    }
    fail();
}

static void measured_errors_are_there(void **state)
{
    (void)state;
    assert_true(wks_estimate_model_n_measured > 40);
    for (int32_t k = 0; k < wks_estimate_model_n_measured; k++) {
        const wks_estimate_measured *m = &wks_estimate_model_measured[k];
        assert_true(m->place[0] != '\0' && m->unit[0] != '\0');
        assert_true(m->gemeente >= 0.0 && m->naive_gemeente > 0.0);
    }
}

static void quality_says_what_was_estimated_and_how_well(void **state)
{
    (void)state;
    wks_draft draft;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_text text = WKS_TEXT_INIT;
    town_make(&draft, 2, 5);
    draft.has_leefbaarometer = true;
    draft.gemeente->value[WKS_CITY_ao] = NAN;
    run(&draft);
    wks_quality_markdown(&draft, &problems, &text);
    assert_contains(text.data, "## Estimated per buurt");
    assert_contains(text.data, "they are not CBS data");
    assert_contains(text.data, "| share_owner | share of dwellings | 0 of 2 |  | figure met |");
    assert_contains(text.data, "| ao | persons per inhabitant of 15 to 64 | 0 of 2 |  | no figure: the level is estimated, too |");
    assert_contains(text.data, "| ao | 785330 | "); /* the country's, with its source */
    assert_contains(text.data, "| woz_eur | Utrecht 2023, wijken left out in turn | EUR |");
    assert_null(strstr(text.data, "wijken left out in turn, no Leefbaarometer"));
    wks_text_free(&text);
    wks_draft_free(&draft);
    town_make(&draft, 1, 2);
    for (int32_t i = 0; i < 2; i++)
        town_set_figures(&draft.buurt[i], draft.buurt[i].value[WKS_CITY_persons]);
    run(&draft);
    wks_text published = WKS_TEXT_INIT;
    wks_quality_markdown(&draft, &problems, &published);
    assert_null(strstr(published.data, "## Estimated per buurt"));
    wks_text_free(&published);
    wks_problems_free(&problems);
    wks_draft_free(&draft);
}

/* ---- Utrecht 2023 with all hidden but people and scores ---- */

typedef struct real {
    made m;
    wks_draft_area *truth;
} real;

static void read_utrecht(real *u, bool with_scores, bool with_map)
{
    const char *data = wks_check_need_shared_data();
    memset(u, 0, sizeof *u);
    made *m = &u->m;
    wks_sheet sheet = {0};
    wks_leefbaarometer_report report;
    wks_geometry geometry = {0};
    made_begin(m);
    m->path = wks_folder_path(data, "kwb/kwb-2023-utrecht.csv");
    assert_ok(wks_sheet_read(m->path, wks_source_wanted, (size_t)wks_source_n_wanted, &sheet, &m->problems, &m->err), &m->err);
    assert_ok(wks_sources_add(&m->sources, &sheet, 0, &m->problems, &m->err), &m->err);
    wks_sheet_free(&sheet);
    assert_ok(made_choose(m, NULL, 0), &m->err);
    if (with_scores) {
        char *scores = wks_folder_path(data, "leefbaarometer/lbm3_buurtscore24.csv");
        assert_ok(wks_leefbaarometer_read(scores, &m->draft, &report, &m->problems, &m->err), &m->err);
        free(scores);
    }
    if (with_map) {
        char *map = wks_folder_path(data, "geo/GM0344_utrecht_buurten_lbm2024.geojson");
        wks_polygons all = {0};
        assert_ok(wks_ogr_polygons(map, &all, &m->problems, &m->err), &m->err);
        assert_ok(wks_polygons_pack(&all, &geometry, &m->err), &m->err);
        wks_polygons_free(&all);
        assert_ok(wks_draft_take_geometry(&m->draft, &geometry, map, &m->problems, &m->err), &m->err);
        wks_geometry_free(&geometry);
        free(map);
    }
    u->truth = wks_mem_copy(m->draft.buurt, (size_t)m->draft.n_buurten * sizeof *m->draft.buurt);
}

static void hide(wks_draft_area *area, int32_t n, int first)
{
    for (int32_t i = 0; i < n; i++)
        for (int c = first; c < WKS_CITY_lbm_won; c++) {
            area[i].value[c] = NAN;
            area[i].origin[c] = WKS_DRAFT_MISSING;
        }
}

/* As in the error tables: counts in % of their sum; shares in percentage points and euro weighted with dwellings. */
static double error_of(const real *u, wks_city_column column)
{
    bool is_count = wks_city_column_table[column].is_count, is_share = wks_city_column_table[column].high == 1;
    double top = 0, bottom = 0;
    for (int32_t i = 0; i < u->m.draft.n_buurten; i++) {
        double truth = u->truth[i].value[column], weight = is_count ? 1 : u->truth[i].value[WKS_CITY_dwellings];
        if (!isfinite(truth) || !(weight > 0)) continue;
        top += weight * fabs(u->m.draft.buurt[i].value[column] - truth);
        bottom += weight * (is_count ? truth : 1);
    }
    return top / bottom * (is_count || is_share ? 100 : 1);
}

/* Error of the estimate as part of the naive error must stay below these; the coefficients have seen Utrecht, so the left-out errors are in
 * the table of estimate_table.inc, and this only holds the program to the formulas. */
static const struct {
    wks_city_column column;
    double gemeente, wijk;
} bounds[] = {
    {WKS_CITY_households, 0.35, 0.4},
    {WKS_CITY_households_one_person, 0.45, 0.45},
    {WKS_CITY_households_with_children, 0.35, 0.4},
    {WKS_CITY_households_without_children, 0.6, 0.6},
    {WKS_CITY_dwellings, 0.55, 0.55},
    {WKS_CITY_share_single_family, 0.6, 0.75},
    {WKS_CITY_share_owner, 0.5, 0.6},
    {WKS_CITY_share_corporatie, 0.7, 0.8},
    {WKS_CITY_share_private_rent, 0.8, 0.85},
    {WKS_CITY_share_built_since_2000, 0.75, 0.85},
    {WKS_CITY_woz_eur, 0.45, 0.5},
    {WKS_CITY_bijstand, 0.55, 0.7},
    {WKS_CITY_ao, 0.6, 0.7},
    {WKS_CITY_address_density, 0.3, 0.4},
};
enum { N_BOUNDS = sizeof bounds / sizeof *bounds };

static void compare(bool keep_wijken)
{
    real u;
    double naive[N_BOUNDS];
    for (int estimated = 0; estimated < 2; estimated++) {
        read_utrecht(&u, true, true);
        hide(u.m.draft.buurt, u.m.draft.n_buurten, WKS_CITY_households);
        if (!keep_wijken) hide(u.m.draft.wijk, u.m.draft.n_wijken, WKS_CITY_households);
        wks_fill_mark_rounding(&u.m.draft);
        if (estimated == 1)
            run(&u.m.draft);
        else
            wks_fill_buurten(&u.m.draft);
        for (int k = 0; k < N_BOUNDS; k++) {
            double error = error_of(&u, bounds[k].column);
            if (estimated == 0) {
                naive[k] = error;
                continue;
            }
            print_message("%-30s naive %10.2f  estimate %10.2f\n", wks_city_column_table[bounds[k].column].name, naive[k], error);
            assert_true(error < (keep_wijken ? bounds[k].wijk : bounds[k].gemeente) * naive[k]);
        }
        if (estimated == 1) {
            assert_possible(&u.m.draft);
            for (int k = 0; k < N_COUNTS; k++) {
                double parts = 0; /* the types of households add up to the households, where the gemeente's are a few off */
                for (int c = WKS_CITY_households_one_person; c <= WKS_CITY_households_with_children; c++)
                    parts += u.m.draft.gemeente->value[c];
                double slack = k >= 1 && k <= 3 ? fabs(parts - u.m.draft.gemeente->value[WKS_CITY_households]) + 1 : 0;
                assert_close(sum(&u.m.draft, -1, counts[k]), u.m.draft.gemeente->value[counts[k]], 0, slack);
            }
            for (int32_t w = 0; keep_wijken && w < u.m.draft.n_wijken; w++) /* together 0.1 % below the gemeente, which wins */
                assert_close(sum(&u.m.draft, w, WKS_CITY_households), u.m.draft.wijk[w].value[WKS_CITY_households], 0.002, 5);
        }
        free(u.truth);
        made_free(&u.m);
    }
}

static void blinded_utrecht_is_better_than_the_gemeente_everywhere(void **state)
{
    (void)state;
    compare(false);
}

static void blinded_utrecht_is_better_than_the_wijk_everywhere(void **state)
{
    (void)state;
    compare(true);
}

/* ---- Utrecht 2023 with some buurten hidden ---- */

/* Half of the step of a published value (the worst case, all in one direction), summed over those that are left. */
static double rounding_left(const real *u, const bool *hidden, wks_city_column column)
{
    double sum = 0;
    for (int32_t i = 0; i < u->m.draft.n_buurten; i++)
        if (!hidden[i]) sum += u->m.draft.rounding[column] / 2.0;
    return sum;
}

/* Sum of absolute errors over the hidden buurten. */
static double hidden_error(const real *u, const bool *hidden, wks_city_column column)
{
    double error = 0;
    for (int32_t i = 0; i < u->m.draft.n_buurten; i++) {
        double truth = u->truth[i].value[column],
               weight = wks_city_column_table[column].is_count ? 1 : u->truth[i].value[WKS_CITY_dwellings];
        if (hidden[i] && isfinite(truth) && weight > 0) error += weight * fabs(u->m.draft.buurt[i].value[column] - truth);
    }
    return error;
}

/* A part of the buurten, the same in every run. */
static void choose_hidden(bool *hidden, int32_t n, double share, uint64_t seed)
{
    uint64_t x = seed * 0x9E3779B97F4A7C15U + 1;
    for (int32_t i = 0; i < n; i++) {
        x = x * 6364136223846793005U + 1442695040888963407U;
        hidden[i] = (double)(x >> 33) < share * 2147483648.0;
    }
}

static void partly_hidden_utrecht_adds_up_and_is_not_worse_than_naive(void **state)
{
    (void)state;
    static const wks_city_column checked[] = {WKS_CITY_households, WKS_CITY_dwellings, WKS_CITY_share_owner, WKS_CITY_woz_eur};
    enum { N_CHECKED = sizeof checked / sizeof *checked };
    real u;
    read_utrecht(&u, true, true);
    const size_t n = (size_t)u.m.draft.n_buurten;
    wks_draft_area *full = wks_mem_copy(u.m.draft.buurt, n * sizeof *full);
    bool *hidden = wks_mem_array(n, sizeof *hidden);
    for (int tenths = 1; tenths <= 9; tenths++) {
        double error[2][N_CHECKED] = {{0}};
        for (uint64_t seed = 1; seed <= 3; seed++) {
            choose_hidden(hidden, u.m.draft.n_buurten, tenths / 10.0, 10 * (uint64_t)tenths + seed);
            for (int estimated = 0; estimated < 2; estimated++) {
                memcpy(u.m.draft.buurt, full, n * sizeof *full);
                for (size_t i = 0; i < n; i++)
                    if (hidden[i]) hide(&u.m.draft.buurt[i], 1, WKS_CITY_households);
                wks_fill_mark_rounding(&u.m.draft);
                if (estimated == 1)
                    run(&u.m.draft);
                else
                    wks_fill_buurten(&u.m.draft);
                for (int k = 0; k < N_CHECKED; k++)
                    error[estimated][k] += hidden_error(&u, hidden, checked[k]);
            }
            assert_true(hidden_error(&u, hidden, WKS_CITY_households) > 0);
            for (int k = 0; k < 2; k++)
                assert_close(sum(&u.m.draft, -1, checked[k]), u.m.draft.gemeente->value[checked[k]], 0,
                             rounding_left(&u, hidden, checked[k]) + 1);
        }
        for (int k = 0; k < N_CHECKED; k++) {
            print_message("%d0 %% hidden: %-12s error is %.2f of naive\n", tenths, wks_city_column_table[checked[k]].name,
                          error[1][k] / error[0][k]);
            assert_true(error[1][k] <= error[0][k]);
        }
    }
    free(hidden);
    free(full);
    free(u.truth);
    made_free(&u.m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gemeente_only_adds_up_and_is_possible),
        cmocka_unit_test(buurten_differ_by_their_people),
        cmocka_unit_test(wijken_with_figures_are_met),
        cmocka_unit_test(gemeente_wins_over_wijken_of_another_year),
        cmocka_unit_test(some_columns_of_some_wijken_are_enough),
        cmocka_unit_test(without_any_figure_the_country_sets_the_level),
        cmocka_unit_test(without_any_figure_people_set_the_level),
        cmocka_unit_test(empty_buurten_and_institutions_get_nothing),
        cmocka_unit_test(one_buurt_is_its_gemeente),
        cmocka_unit_test(zero_margins_give_zeros),
        cmocka_unit_test(published_values_stay_and_count),
        cmocka_unit_test(few_missing_buurten_take_what_is_left),
        cmocka_unit_test(rounding_is_not_pushed_on_a_small_buurt),
        cmocka_unit_test(people_without_ages_have_households),
        cmocka_unit_test(published_types_tell_the_households),
        cmocka_unit_test(unknown_owners_stay_unknown),
        cmocka_unit_test(quality_measures_the_gaps),
        cmocka_unit_test(quality_tells_what_is_derived),
        cmocka_unit_test(without_scores_or_origins_others_serve),
        cmocka_unit_test(order_of_rows_does_not_matter),
        cmocka_unit_test(two_gemeenten_do_not_touch_each_other),
        cmocka_unit_test(estimate_buurten_errors),
        cmocka_unit_test(measured_errors_are_there),
        cmocka_unit_test(quality_says_what_was_estimated_and_how_well),
        cmocka_unit_test(blinded_utrecht_is_better_than_the_gemeente_everywhere),
        cmocka_unit_test(blinded_utrecht_is_better_than_the_wijk_everywhere),
        cmocka_unit_test(partly_hidden_utrecht_adds_up_and_is_not_worse_than_naive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
