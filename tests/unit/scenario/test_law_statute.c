#include "support/check.h"

#include "base/text.h"
#include "scenario/law.h"
#include "scenario/law_statute.h"
#include "world/columns.h"

static const int32_t first = 2018 * 12, last = 2026 * 12 + 11;

static void rows_are_complete_and_statuses_valid(void **state)
{
    (void)state;
    assert_true(wks_law_statute_table_size > 30);
    for (int32_t i = 0; i < wks_law_statute_table_size; i++) {
        const wks_law_statute *row = &wks_law_statute_table[i];
        assert_true(strlen(row->id) > 2 && strlen(row->name) > 5 && strlen(row->citation) > 5 && strlen(row->sets) > 20);
        assert_true(strlen(row->source) > 3 && strlen(row->unit) > 0);
        assert_true((int)row->status >= 0 && row->status < WKS_LAW_STATUTE_N_STATUSES);
        assert_non_null(wks_law_statute_status_name[row->status]);
        assert_true(row->from_month == WKS_NO_MONTH ? row->status == WKS_LAW_STATUTE_BILL : row->from_month < row->until_month);
        if (!isnan(row->value)) assert_string_not_equal(row->unit, "-");
    }
    assert_null(wks_law_statute_status_name[WKS_LAW_STATUTE_N_STATUSES]);
}

/* Every id holds by exactly one row in each month of 2018-2026 from its first month on: no gaps and no two rows at once. */
static void ids_hold_by_one_row_a_month(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_law_statute_table_size; i++) {
        const char *id = wks_law_statute_table[i].id;
        int32_t begin = INT32_MAX, end = 0;
        for (int32_t k = 0; k < wks_law_statute_table_size; k++) {
            const wks_law_statute *row = &wks_law_statute_table[k];
            if (strcmp(row->id, id) != 0) continue;
            begin = row->from_month < begin ? row->from_month : begin;
            end = row->until_month > end ? row->until_month : end;
        }
        for (int32_t month = first; month <= last; month++) {
            int32_t n = 0;
            for (int32_t k = 0; k < wks_law_statute_table_size; k++) {
                const wks_law_statute *row = &wks_law_statute_table[k];
                n += strcmp(row->id, id) == 0 && month >= row->from_month && month < row->until_month;
            }
            assert_int_equal(n, month >= begin && month < end ? 1 : 0);
            assert_true((wks_law_statute_find(id, month) != NULL) == (n == 1));
        }
    }
    assert_null(wks_law_statute_find("nonsense", first));
    assert_true(isnan(wks_law_statute_value("nonsense", first)));
}

/* Norms stand in both tables: they say the same, in January and in December. */
static void norms_are_those_of_the_limits_by_year(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_law_table_size; i++) {
        const wks_law *law = &wks_law_table[i];
        for (int32_t month = law->year * 12; month < law->year * 12 + 12; month += 11) {
            assert_close(wks_law_statute_value("daeb_norm", month), law->daeb_share_min, 0, 0);
            assert_close(wks_law_statute_value("passend_norm", month), law->passend_share_min, 0, 0);
            assert_close(wks_law_statute_value("ties_share", month), law->ties_share_max, 0, 0);
            assert_close(wks_law_statute_value("ties_local", month), law->ties_local_max, 0, 0);
            assert_true(law->year < 2022 ? wks_law_statute_find("daeb_agreed", month) == NULL
                                         : wks_law_statute_value("daeb_agreed", month) >= law->daeb_free_agreed_max);
        }
    }
}

static void published_values_hold_in_their_months(void **state)
{
    (void)state;
    assert_close(wks_law_statute_value("taakstelling", 2022 * 12 + 5), 9979, 0, 0);
    assert_close(wks_law_statute_value("taakstelling", 2022 * 12 + 6), 13500, 0, 0);
    assert_close(wks_law_statute_value("taakstelling", 2023 * 12), 21200, 0, 0);
    assert_close(wks_law_statute_value("taakstelling", 2025 * 12 + 11), 13000, 0, 0);
    assert_true(isnan(wks_law_statute_value("taakstelling", 2024 * 12)));
    assert_close(wks_law_statute_value("permit", 2024 * 12 + 11), 390000, 0, 0);
    assert_close(wks_law_statute_value("wbmgp_designation", 2020 * 12), 48, 0, 0);
    assert_close(wks_law_statute_value("wbmgp_extensions", 2020 * 12), 4, 0, 0);
    assert_close(wks_law_statute_value("wws", 2024 * 12 + 5), 143, 0, 0);
    assert_close(wks_law_statute_value("wws", 2024 * 12 + 6), 186, 0, 0);
    assert_null(wks_law_statute_find("temporary_contracts", 2024 * 12 + 5));
    assert_null(wks_law_statute_find("huurtoeslag_2026", 2025 * 12 + 11));
    assert_true(wks_law_statute_is_assumed(wks_law_statute_find("wbmgp_permit", first)));
    assert_false(wks_law_statute_is_assumed(wks_law_statute_find("ties_share", first)));
}

static void bills_are_bills_and_not_law(void **state)
{
    (void)state;
    for (int32_t b = 0; b < WKS_LAW_N_BILLS; b++) {
        const wks_law_statute *row = wks_law_statute_find(wks_law_statute_bill[b], 2030 * 12);
        assert_non_null(row);
        assert_int_equal(row->status, WKS_LAW_STATUTE_BILL);
    }
    assert_null(wks_law_statute_bill[WKS_LAW_N_BILLS]);
    assert_int_equal(wks_law_statute_find("versterking_regie", last)->from_month, 2026 * 12 + 6);
    assert_null(wks_law_statute_find("versterking_regie", 2026 * 12 + 5));
    assert_int_equal(wks_law_statute_find("priority_ban", last)->from_month, WKS_NO_MONTH);
}

static void grounds_name_statutes_that_are(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_law_statute_n_grounds; i++) {
        const wks_law_ground *ground = &wks_law_statute_ground[i];
        if (ground->id != NULL) assert_non_null(wks_law_statute_find(ground->id, last));
        for (const char *c = ground->word; *c != '\0'; c++)
            assert_false(*c >= 'A' && *c <= 'Z');
    }
}

static const char *named(const char *text)
{
    int32_t at = 0;
    const wks_law_ground *ground = wks_law_statute_named(text, &at);

    return ground == NULL ? "" : ground->name;
}

static void texts_name_grounds_in_any_case(void **state)
{
    int32_t at = 0;

    (void)state;
    assert_string_equal(named("HUISVESTINGSWET 2014, art. 4"), "Huisvestingswet 2014");
    assert_string_equal(named("volgens de Huisvestingsverordening Breda 2023"), "huisvestingsverordening");
    assert_string_equal(named("Wbmgp art. 8"), "Wet bijzondere maatregelen grootstedelijke problematiek");
    assert_string_equal(named("because we like it"), "");
    assert_string_equal(named(""), "");
    assert_non_null(wks_law_statute_named("Woningwet en prestatieafspraken", &at));
    assert_string_equal(wks_law_statute_named("Woningwet en prestatieafspraken", &at)->name, "prestatieafspraken");
    assert_null(wks_law_statute_named("Woningwet en prestatieafspraken", &at));
}

static void nearest_ground_is_of_a_misspelt_word(void **state)
{
    (void)state;
    assert_string_equal(wks_law_statute_nearest("Huisvestingverordening 2024")->name, "huisvestingsverordening");
    assert_string_equal(wks_law_statute_nearest("in the Huisvestigswet")->name, "Huisvestingswet 2014");
    assert_null(wks_law_statute_nearest("our own idea of it"));
    assert_null(wks_law_statute_nearest(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_complete_and_statuses_valid),  cmocka_unit_test(ids_hold_by_one_row_a_month),
        cmocka_unit_test(norms_are_those_of_the_limits_by_year), cmocka_unit_test(published_values_hold_in_their_months),
        cmocka_unit_test(bills_are_bills_and_not_law),           cmocka_unit_test(grounds_name_statutes_that_are),
        cmocka_unit_test(texts_name_grounds_in_any_case),        cmocka_unit_test(nearest_ground_is_of_a_misspelt_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
