/* What a supervisor counts of a part: verdicts, shares by owner, and which parts have an account. */
#include "rules/account.h"

#include <math.h>

#include "rules/registry.h"
#include "unit/rules/part_case.h"

static void verdicts_forgive_a_hair_and_no_more(void **state)
{
    (void)state;
    assert_true(wks_account_at_most(0.3, 0.1 + 0.2).is_met);
    assert_false(wks_account_at_most(0.3, 0.300001).is_met);
    assert_true(wks_account_at_least(0.3, 0.3 - 1e-12).is_met);
    assert_false(wks_account_at_least(0.3, 0.299999).is_met);
    assert_false(wks_account_at_least(0.3, (double)NAN).is_met);
    assert_true(isnan(wks_account_at_most(1.0, 1.0).part));
}

static void shares_are_kept_by_owner_and_of_all(void **state)
{
    part_case c;
    void *memory = NULL;
    wks_err err = WKS_ERR_INIT;
    wks_account_verdict verdict;

    (void)state;
    part_open(&c, "filters", "{ part = \"passend\"; compliance = 0.5; }",
              "month 2025-01\nbuurten 1\nunit a buurt=0 tenure=social rent=600\n");
    assert_ok(wks_account_shares_month(&c.context, c.settings, &memory, &err), &err);
    assert_int_equal(wks_account_shares_judge(memory, WKS_NONE, 0.5, &verdict), 1);
    assert_true(isnan(verdict.achieved));
    wks_account_shares_add(memory, 0, true);
    wks_account_shares_add(memory, 0, false);
    wks_account_shares_add(memory, WKS_NONE, true); /* of no corporatie: counts among all */
    assert_int_equal(wks_account_shares_judge(memory, 0, 0.6, &verdict), 1);
    assert_close(verdict.achieved, 0.5, 1e-12, 0.0);
    assert_false(verdict.is_met);
    assert_close(verdict.whole, 2.0, 0.0, 0.0);
    assert_int_equal(wks_account_shares_judge(memory, WKS_NONE, 0.6, &verdict), 1);
    assert_close(verdict.achieved, 2.0 / 3, 1e-12, 0.0);
    assert_true(verdict.is_met);
    wks_account_shares_year(memory);
    (void)wks_account_shares_judge(memory, WKS_NONE, 0.6, &verdict);
    assert_true(isnan(verdict.achieved));
    wks_account_shares_close(memory);
    wks_account_shares_close(NULL);
    part_close(&c);
}

/* The parts that are norms, and no others; each says what is counted. */
static void norms_have_an_account_and_say_what_it_counts(void **state)
{
    static const char *const norms[] = {"income_limit", "passend", "permit",     "art8",       "art10",          "cap_share",
                                        "cap_inflow",   "dosing",  "contingent", "target_mix", "social_ceiling", "reaction_cap"};
    int32_t n = 0;

    (void)state;
    for (int32_t i = 0; i < wks_registry_n_parts; i++) {
        const wks_settings settings = {.spec = wks_registry_parts[i]};
        const wks_account *account = wks_account_of(&settings);
        bool is_norm = false;
        for (size_t k = 0; k < sizeof norms / sizeof norms[0]; k++)
            is_norm = is_norm || strcmp(norms[k], settings.spec->name) == 0;
        if (is_norm != (account != NULL)) fail_msg("%s: %s", settings.spec->name, is_norm ? "has no account" : "has an account");
        if (account == NULL) continue;
        n++;
        assert_true(account->counts != NULL && strlen(account->counts) > 10 && account->month != NULL && account->judge != NULL &&
                    account->close != NULL);
    }
    assert_int_equal(n, sizeof norms / sizeof norms[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_forgive_a_hair_and_no_more),
        cmocka_unit_test(shares_are_kept_by_owner_and_of_all),
        cmocka_unit_test(norms_have_an_account_and_say_what_it_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
