#include "process/livelihood_spells.h"
#include "process/process_registry.h"
#include "process/profile_income.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"

enum { FEBRUARY = 2025 * 12 + 1, N = 20000 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

/* Everything off: no hazards, no indexation. */
static void open_stage(stage *s)
{
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s->fixture, "livelihood", 0);
    wks_fixture_tick_set(&s->fixture, "livelihood", "exit_scale", 1.5);
    wks_fixture_tick_set(&s->fixture, "livelihood", "recover_scale", 1);
    wks_fixture_tick_set(&s->fixture, "livelihood", "low_factor", 1);
    wks_fixture_tick_set(&s->fixture, "livelihood", "debt_social", 1);
    wks_fixture_tick_set(&s->fixture, "livelihood", "debt_owner", 1);
    wks_fixture_tick_set(&s->fixture, "livelihood", "shock_factor", 1);
    wks_fixture_tick_set(&s->fixture, "livelihood", "relapse", 1);
}

static void open_singles(stage *s, int32_t month, wks_income_source source, int32_t age)
{
    wks_fixture_tick_empty_world(&s->world, month, 4);
    wks_fixture_tick_singles(&s->world, N, WKS_TENURE_OWNER, WKS_SEX_MAN, age);
    for (int32_t i = 0; i < N; i++)
        s->world.household.income_source[i] = (uint8_t)source;
    open_stage(s);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static void months(stage *s, int32_t n)
{
    for (int32_t m = 0; m < n; m++) {
        wks_fixture_tick_next(&s->fixture);
        wks_fixture_tick_run(&s->fixture, "livelihood");
    }
}

static int64_t with_source(const stage *s, wks_income_source source)
{
    int64_t n = 0;
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        n += s->world.household.income_source[i] == source;
    return n;
}

static int64_t with_trait(const stage *s, uint16_t trait)
{
    int64_t n = 0;
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        n += (s->world.household.vulnerability[i] & trait) != 0;
    return n;
}

static void job_loss_has_its_yearly_rate_by_income_and_partner(void **state)
{
    /* 1.15 of the hazard for a middle income, 2.6 for a modest one. */
    (void)state;
    for (int32_t low = 0; low < 2; low++) {
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 40);
        for (int32_t i = 0; i < N; i++)
            s.world.household.income_eur[i] = low ? 25000 : 50000;
        wks_fixture_tick_set(&s.fixture, "livelihood", "job_loss", 0.033);
        months(&s, 12);
        wks_fixture_tick_expect((double)with_source(&s, WKS_INCOME_BENEFIT), N, 1 - pow(1 - 0.033, low ? 2.6 : 1.15), 4);
        close_stage(&s);
    }
}

static void far_from_work(stage *s, int32_t from)
{
    for (int32_t i = from; i < N; i++)
        s->world.household.is_distant[i] = 1;
}

static void who_is_far_from_work_loses_it_oftener(void **state)
{
    stage s;
    int64_t lost[2] = {0, 0};
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 40);
    for (int32_t i = 0; i < N; i++)
        s.world.household.income_eur[i] = 50000;
    far_from_work(&s, N / 2);
    wks_fixture_tick_set(&s.fixture, "livelihood", "job_loss", 0.05);
    wks_fixture_tick_set(&s.fixture, "livelihood", "distant_loss", 4);
    months(&s, 12);
    for (int32_t i = 0; i < N; i++) {
        assert_int_equal(s.world.household.is_distant[i], i >= N / 2); /* turns_distant is 0: nobody changes */
        lost[i >= N / 2] += s.world.household.income_source[i] == WKS_INCOME_BENEFIT;
    }
    wks_fixture_tick_expect((double)lost[0], N / 2, 1 - pow(1 - 0.05, 1.15), 4);
    wks_fixture_tick_expect((double)lost[1], N / 2, 1 - pow(1 - 0.05, 1.15 * 4), 4);
    close_stage(&s);
}

static void a_share_of_who_loses_work_is_far_from_it_from_then_on(void **state)
{
    stage s;
    double lost = 0, far = 0;
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 40);
    wks_fixture_tick_set(&s.fixture, "livelihood", "job_loss", 0.2);
    wks_fixture_tick_set(&s.fixture, "livelihood", "turns_distant", 0.3);
    months(&s, 12);
    for (int32_t i = 0; i < N; i++) {
        const bool is_lost = s.world.household.income_source[i] == WKS_INCOME_BENEFIT;
        lost += is_lost;
        far += s.world.household.is_distant[i];
        assert_true(is_lost || !s.world.household.is_distant[i]);
    }
    wks_fixture_tick_expect(far, lost, 0.3, 4);
    close_stage(&s);
}

static void between_two_jobs_the_length_of_the_spell_does_not_matter(void **state)
{
    (void)state;
    for (int32_t lasting = 0; lasting < 2; lasting++) {
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_BENEFIT, 40);
        wks_fixture_tick_set(&s.fixture, "livelihood", "exit_near", 1.2);
        for (int32_t i = 0; i < N; i++)
            s.world.household.spell_month[i] = wks_month_cell(FEBRUARY - (lasting ? 120 : 0));
        months(&s, 6);
        wks_fixture_tick_expect((double)with_source(&s, WKS_INCOME_WORK), N, 1 - exp(-0.6), 4);
        close_stage(&s);
    }
}

static void the_share_far_from_work_counts_who_works_or_has_a_benefit(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 40);
    for (int32_t i = 0; i < N; i++) {
        s.world.household.income_source[i] = (uint8_t)(i % 4 == 0 ? WKS_INCOME_PENSION : i % 4 == 1 ? WKS_INCOME_BENEFIT : WKS_INCOME_WORK);
        s.world.household.is_distant[i] = i % 4 < 2;
    }
    assert_close(wks_livelihood_spells_distant(&s.world), 1.0 / 3, 1e-4, 0);
    close_stage(&s);
}

static void return_to_work_falls_with_the_spell(void **state)
{
    double back[2];
    (void)state;
    for (int32_t lasting = 0; lasting < 2; lasting++) {
        stage s;
        const double from = lasting ? 10 : 0;
        open_singles(&s, FEBRUARY, WKS_INCOME_BENEFIT, 40);
        far_from_work(&s, 0);
        wks_fixture_tick_set(&s.fixture, "livelihood", "exit_scale", 1.5);
        wks_fixture_tick_set(&s.fixture, "livelihood", "exit_short", 0.7);
        wks_fixture_tick_set(&s.fixture, "livelihood", "exit_long", 0.08);
        for (int32_t i = 0; i < N; i++)
            s.world.household.spell_month[i] = wks_month_cell(FEBRUARY - (lasting ? 120 : 0));
        months(&s, 12);
        const double hazard = 0.08 + 0.7 * 1.5 * (exp(-from / 1.5) - exp(-(from + 1) / 1.5)); /* integrated over the year */
        back[lasting] = (double)with_source(&s, WKS_INCOME_WORK);
        wks_fixture_tick_expect(back[lasting], N, 1 - exp(-hazard), 4);
        close_stage(&s);
    }
    assert_true(back[1] < back[0] / 4);
}

static void graduation_has_its_yearly_rate_and_ends_the_study(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_STUDY, 22);
    for (int32_t i = 0; i < N; i++)
        s.world.household.is_student[i] = 1;
    wks_fixture_tick_set(&s.fixture, "livelihood", "graduate", 0.22);
    months(&s, 12);
    const int64_t graduated = with_source(&s, WKS_INCOME_WORK);
    wks_fixture_tick_expect((double)graduated, N, 1.5 * 0.22, 4); /* at 22 and 23 */
    for (int32_t i = 0; i < N; i++)
        assert_int_equal(s.world.household.is_student[i], s.world.household.income_source[i] == WKS_INCOME_STUDY);
    close_stage(&s);
}

static void pension_starts_at_the_age(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 66);
    months(&s, 12);
    for (int32_t i = 0; i < N; i++) {
        const int32_t age = wks_month_age(s.world.household.head_birth_month[i], s.world.month);
        assert_int_equal(s.world.household.income_source[i], age >= 67 ? WKS_INCOME_PENSION : WKS_INCOME_WORK);
    }
    assert_int_equal(with_source(&s, WKS_INCOME_PENSION), N);
    close_stage(&s);
}

static void nothing_happens_with_all_rates_at_zero(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 61); /* an age without careers */
    months(&s, 10);
    for (int32_t i = 0; i < N; i++) {
        assert_int_equal(s.world.household.income_source[i], WKS_INCOME_WORK);
        assert_int_equal(s.world.household.vulnerability[i], 0);
        assert_true((double)s.world.household.income_eur[i] <= 30000 && (double)s.world.household.income_eur[i] > 29000);
    }
    close_stage(&s);
}

static void careers_follow_the_age_profile(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 24);
    const double before = wks_profile_income_age(24), after = wks_profile_income_age(34);
    months(&s, 120);
    for (int32_t i = 0; i < N; i += 100)
        assert_close((double)s.world.household.income_eur[i], 30000 * after / before, 1e-4, 0);
    close_stage(&s);
}

static void incomes_and_limits_move_together_in_january(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, 2027 * 12, WKS_INCOME_BENEFIT, 40);
    wks_fixture_tick_set(&s.fixture, "livelihood", "income_index", 0.025);
    const double limit = wks_law_of_year(2027, 0.025).income_single_eur;
    months(&s, 120);
    const double growth = pow(1.025, 10);
    assert_close((double)s.world.household.income_eur[5], 30000 * growth, 1e-5, 0);
    assert_close(s.fixture.tick.law.income_single_eur / limit, growth, 1e-12, 0);
    close_stage(&s);
}

static void rents_rise_in_july_for_tenants_and_in_january_for_adverts(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world, "month 2025-12\nunit u1 tenure=social rent=600 asked=700\nunit u2 tenure=social rent=700\n"
                                     "household h1 unit=u1 income=30000 members=40m\n");
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "livelihood", "rent_index", 0.03);
    const int32_t let = wks_fixture_world_unit(&s.world, "u1"), vacant = wks_fixture_world_unit(&s.world, "u2");
    months(&s, 1);
    assert_close((double)s.world.unit.rent_eur[let], 600, 1e-6, 0);
    assert_close((double)s.world.unit.rent_eur[vacant], 721, 1e-6, 0);
    assert_close((double)s.world.dwelling.rent_eur[s.world.unit.dwelling_row[let]], 721, 1e-6, 0);
    months(&s, 6);
    assert_close((double)s.world.unit.rent_eur[let], 618, 1e-6, 0);
    assert_close((double)s.world.unit.rent_eur[vacant], 721, 1e-6, 0);
    close_stage(&s);
}

static void owners_pay_off_and_others_save_towards_a_part_of_income(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(
        &s.world, "month 2025-12\nunit u1 tenure=owner value=400000\nunit u2 tenure=social rent=700\nunit u3 tenure=owner value=400000\n"
                  "household h1 unit=u1 income=60000 equity=100000 members=61m\n"
                  "household h2 unit=u2 income=30000 equity=0 members=61m\n"
                  "household h3 unit=u3 income=60000 equity=379000 members=61m\n");
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "livelihood", "amortise", 0.03);
    wks_fixture_tick_set(&s.fixture, "livelihood", "savings", 0.25);
    months(&s, 1);
    assert_close((double)s.world.household.equity_eur[wks_fixture_world_household(&s.world, "h1")], 112000, 1e-5, 0);
    assert_close((double)s.world.household.equity_eur[wks_fixture_world_household(&s.world, "h2")], 750, 1e-5, 0);
    assert_close((double)s.world.household.equity_eur[wks_fixture_world_household(&s.world, "h3")], 380000, 1e-5, 0);
    months(&s, 11);
    assert_close((double)s.world.household.equity_eur[wks_fixture_world_household(&s.world, "h2")], 750, 1e-5, 0);
    close_stage(&s);
}

static void onset_and_recovery_have_their_yearly_rates(void **state)
{
    static const struct {
        const char *onset, *recover;
        uint16_t trait;
    } cases[] = {{"psychiatric", "recover_psychiatric", WKS_VULNERABLE_PSYCHIATRIC},
                 {"addiction", "recover_addiction", WKS_VULNERABLE_ADDICTION},
                 {"debt", "recover_debt", WKS_VULNERABLE_DEBT}};
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 40);
        wks_fixture_tick_set(&s.fixture, "livelihood", cases[k].onset, 0.05);
        months(&s, 12);
        const int64_t n = with_trait(&s, cases[k].trait);
        wks_fixture_tick_expect((double)n, N, 1 - pow(0.95, 0.7), 4);
        assert_int_equal(with_trait(&s, 0xFFFF), n);
        wks_fixture_tick_set(&s.fixture, "livelihood", cases[k].onset, 0);
        wks_fixture_tick_set(&s.fixture, "livelihood", cases[k].recover, 0.3);
        months(&s, 12);
        wks_fixture_tick_expect((double)with_trait(&s, cases[k].trait), (double)n, 0.7, 4);
        close_stage(&s);
    }
}

/* Half of the households is lonely: the mean stays the rate, the ratio of hazards is the factor; with 1 loneliness is nothing, to the byte. */
static void loneliness_moves_psychiatric_problems_to_who_is_lonely(void **state)
{
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        const double factor = on ? 3 : 1, others = 2 / (1 + factor);
        int64_t n[2] = {0, 0};
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 40);
        wks_fixture_tick_set(&s.fixture, "livelihood", "psychiatric", 0.1);
        wks_fixture_tick_set(&s.fixture, "livelihood", "lonely_factor", factor);
        s.world.balance.lonely = 0.5;
        for (int32_t i = 0; i < N; i++)
            s.world.household.lonely[i] = i % 2 == 0;
        months(&s, 12);
        for (int32_t i = 0; i < N; i++)
            n[s.world.household.lonely[i]] += (s.world.household.vulnerability[i] & WKS_VULNERABLE_PSYCHIATRIC) != 0;
        wks_fixture_tick_expect((double)n[0], N / 2.0, 1 - pow(0.9, 0.7 * others), 4);
        wks_fixture_tick_expect((double)n[1], N / 2.0, 1 - pow(0.9, 0.7 * others * factor), 4);
        close_stage(&s);
    }
}

/* Askers who see carriers as much as can be: files begin carried_factor times as often, 0 never, 1 as without. */
static void contacts_with_carriers_keep_nuisance_from_beginning(void **state)
{
    static const double factor[3] = {1, 0.5, 0};
    (void)state;
    for (int32_t k = 0; k < 3; k++) {
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_PENSION, 60);
        for (int32_t i = 0; i < N; i++) {
            s.world.household.vulnerability[i] = WKS_VULNERABLE_ADDICTION;
            s.world.household.mixed[i] = 100;
        }
        wks_fixture_tick_set(&s.fixture, "livelihood", "nuisance", 0.2);
        wks_fixture_tick_set(&s.fixture, "livelihood", "carried_factor", factor[k]);
        months(&s, 12);
        wks_fixture_tick_expect((double)with_trait(&s, WKS_VULNERABLE_NUISANCE), N, 1 - pow(0.8, 0.7 * factor[k]), 4);
        close_stage(&s);
    }
}

static void onset_is_higher_on_a_benefit(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, FEBRUARY, WKS_INCOME_BENEFIT, 40);
    wks_fixture_tick_set(&s.fixture, "livelihood", "debt", 0.05);
    wks_fixture_tick_set(&s.fixture, "livelihood", "low_factor", 3);
    months(&s, 12);
    wks_fixture_tick_expect((double)with_trait(&s, WKS_VULNERABLE_DEBT), N, 1 - pow(0.95, 3), 4);
    close_stage(&s);
}

/* Debt begins by tenure; with both factors at 1 tenure is nothing, to the byte, and at 0 no owner gets into debt. */
static void onset_of_debt_follows_tenure_and_nothing_else_does(void **state)
{
    static const struct {
        wks_tenure tenure;
        double social, owner, factor;
    } cases[] = {{WKS_TENURE_SOCIAL, 2, 0.25, 2},    {WKS_TENURE_OWNER, 2, 0.25, 0.25}, {WKS_TENURE_PRIVATE_RENT, 2, 0.25, 1},
                 {WKS_TENURE_PRIVATE_RENT, 1, 1, 1}, {WKS_TENURE_SOCIAL, 1, 1, 1},      {WKS_TENURE_OWNER, 2, 0, 0}};
    uint16_t has[6][N];
    (void)state;
    for (size_t k = 0; k < 6; k++) {
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_WORK, 40);
        for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++)
            s.world.dwelling.tenure[d] = (uint8_t)cases[k].tenure;
        wks_fixture_tick_set(&s.fixture, "livelihood", "debt", 0.05);
        wks_fixture_tick_set(&s.fixture, "livelihood", "addiction", 0.05);
        wks_fixture_tick_set(&s.fixture, "livelihood", "debt_social", cases[k].social);
        wks_fixture_tick_set(&s.fixture, "livelihood", "debt_owner", cases[k].owner);
        for (int32_t m = 0; m < 12; m++) /* rents and arrears are not what this is about */
            wks_fixture_tick_next(&s.fixture), wks_fixture_tick_run(&s.fixture, "livelihood");
        wks_fixture_tick_expect((double)with_trait(&s, WKS_VULNERABLE_DEBT), N, 1 - pow(0.95, 0.7 * cases[k].factor), 4);
        wks_fixture_tick_expect((double)with_trait(&s, WKS_VULNERABLE_ADDICTION), N, 1 - pow(0.95, 0.7), 4);
        memcpy(has[k], s.world.household.vulnerability, sizeof has[k]);
        close_stage(&s);
    }
    assert_memory_equal(has[2], has[3], sizeof has[2]);
    assert_memory_equal(has[3], has[4], sizeof has[3]);
}

static void nuisance_starts_mostly_where_there_are_problems(void **state)
{
    int64_t n[2];
    (void)state;
    for (int32_t with = 0; with < 2; with++) {
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_PENSION, 70);
        for (int32_t i = 0; i < N; i++)
            s.world.household.vulnerability[i] = with ? WKS_VULNERABLE_ADDICTION : WKS_VULNERABLE_LVB;
        wks_fixture_tick_set(&s.fixture, "livelihood", "nuisance", 0.2);
        months(&s, 12);
        n[with] = with_trait(&s, WKS_VULNERABLE_NUISANCE);
        close_stage(&s);
    }
    assert_true(n[0] > 0 && n[1] > 10 * n[0]);
}

/* n households with one trait, helped in so many tenths, tenants of corporaties or owners, after a year. */
static int64_t left_after_a_year(uint16_t trait, int32_t helped, bool rents, double beheer, const char *rate, double value,
                                 const char *effect, double strength, uint64_t *out_hash)
{
    stage s;
    open_singles(&s, FEBRUARY, WKS_INCOME_PENSION, 60);
    for (int32_t i = 0; i < N; i++) {
        s.world.household.vulnerability[i] = trait;
        s.world.household.helped[i] = (uint8_t)helped;
    }
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows && rents; d++)
        s.world.dwelling.tenure[d] = WKS_TENURE_SOCIAL;
    for (int32_t b = 0; b < 4; b++)
        s.world.buurt.beheer[b] = beheer;
    wks_fixture_tick_set(&s.fixture, "livelihood", rate, value);
    wks_fixture_tick_set(&s.fixture, "livelihood", effect, strength);
    months(&s, 12);
    const int64_t n = with_trait(&s, trait == WKS_VULNERABLE_ADDICTION ? WKS_VULNERABLE_NUISANCE : trait);
    for (int32_t i = 0; i < N; i++)
        s.world.household.helped[i] = 0;
    for (int32_t b = 0; b < 4; b++)
        s.world.buurt.beheer[b] = 0;
    if (out_hash != NULL) *out_hash = wks_world_hash(&s.world);
    close_stage(&s);
    return n;
}

/* Onset x duration falls by nuisance_help: the root of it each. Pensioners have 0.7 of the onset. */
static void who_is_helped_has_fewer_and_shorter_nuisance_files(void **state)
{
    const uint16_t in_need = WKS_VULNERABLE_ADDICTION, file = WKS_VULNERABLE_NUISANCE;
    (void)state;
    wks_fixture_tick_expect((double)left_after_a_year(in_need, 10, false, 0, "nuisance", 0.2, "nuisance_help", 0.75, NULL), N,
                            1 - pow(0.8, 0.7 * 0.5), 4);
    wks_fixture_tick_expect((double)left_after_a_year(in_need, 4, false, 0, "nuisance", 0.2, "nuisance_help", 0.8, NULL), N,
                            1 - pow(0.8, 0.7 * sqrt(1 - 0.32)), 4);
    wks_fixture_tick_expect((double)left_after_a_year(file, 10, false, 0, "recover_nuisance", 0.4, "nuisance_help", 0.75, NULL), N,
                            pow(0.6, 2), 4);
}

static void beheerder_shortens_nuisance_files_of_tenants_of_corporaties(void **state)
{
    const uint16_t file = WKS_VULNERABLE_NUISANCE;
    (void)state;
    wks_fixture_tick_expect((double)left_after_a_year(file, 0, true, 0.5, "recover_nuisance", 0.4, "nuisance_beheer", 0.4, NULL), N,
                            pow(0.6, 1 / 0.8), 4);
    wks_fixture_tick_expect((double)left_after_a_year(file, 0, false, 1, "recover_nuisance", 0.4, "nuisance_beheer", 0.4, NULL), N, 0.6, 4);
}

static void who_is_helped_leaves_debt_sooner(void **state)
{
    (void)state;
    wks_fixture_tick_expect((double)left_after_a_year(WKS_VULNERABLE_DEBT, 10, false, 0, "recover_debt", 0.3, "debt_help", 0.5, NULL), N,
                            pow(0.7, 1.5), 4);
}

static void effects_of_support_at_zero_leave_no_trace(void **state)
{
    static const char *const effect[] = {"nuisance_help", "nuisance_beheer", "debt_help"};
    static const char *const rate[] = {"recover_nuisance", "recover_nuisance", "recover_debt"};
    static const uint16_t trait[] = {WKS_VULNERABLE_NUISANCE, WKS_VULNERABLE_NUISANCE, WKS_VULNERABLE_DEBT};
    (void)state;
    for (int k = 0; k < 3; k++) {
        uint64_t helped, without, with;
        (void)left_after_a_year(trait[k], 10, true, 1, rate[k], 0.3, effect[k], 0, &helped);
        (void)left_after_a_year(trait[k], 0, true, 0, rate[k], 0.3, effect[k], 0.4, &without);
        (void)left_after_a_year(trait[k], 10, true, 1, rate[k], 0.3, effect[k], 0.4, &with);
        assert_true(helped == without && with != without);
    }
}

static void frailty_doubles_every_six_years_and_spares_the_young(void **state)
{
    double n[3];
    static const int32_t age[3] = {64, 74, 80};
    (void)state;
    for (int32_t k = 0; k < 3; k++) {
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_PENSION, age[k]);
        wks_fixture_tick_set(&s.fixture, "livelihood", "frail", 0.04);
        months(&s, 1);
        months(&s, 5);
        n[k] = (double)with_trait(&s, WKS_VULNERABLE_FRAIL);
        close_stage(&s);
    }
    assert_true(n[0] < 60); /* a few turn 65 meanwhile */
    assert_true(n[2] > 1.7 * n[1] && n[2] < 2.3 * n[1]);
    assert_true(n[2] > 0.018 * N && n[2] < 0.025 * N);
}

static void eviction_follows_arrears_and_saturates(void **state)
{
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        stage s;
        wks_fixture_world_make(&s.world, "unit u1 tenure=social rent=600\nunit u2 tenure=social rent=600\n"
                                         "household h1 unit=u1 income=30000 members=40m arrears=5\n"
                                         "household h2 unit=u2 income=30000 members=40m\n");
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "livelihood", "eviction", on);
        wks_fixture_tick_set(&s.fixture, "livelihood", "burden_limit", 1);
        wks_fixture_tick_month(&s.fixture, "livelihood");
        const int32_t late = wks_fixture_world_household(&s.world, "h1");
        assert_int_equal(s.world.ledger.evictions, on);
        assert_int_equal(s.world.household.place[late], on ? WKS_PLACE_SHELTER : WKS_PLACE_HOUSED);
        if (on) assert_int_equal(s.world.household.arrears_months[late], 0);
        assert_int_equal(s.world.household.place[wks_fixture_world_household(&s.world, "h2")], WKS_PLACE_HOUSED);
        close_stage(&s);
    }
}

static void arrears_arise_in_debt_or_above_the_burden_only(void **state)
{
    static const struct {
        const char *line;
        bool expected;
    } cases[] = {{"household h1 unit=u1 income=45000 members=40m\n", false},
                 {"household h1 unit=u1 income=45000 members=40m vulnerable=debt\n", true},
                 {"household h1 unit=u1 income=14000 members=40m\n", true}};
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        stage s;
        char text[200];
        (void)snprintf(text, sizeof text, "unit u1 tenure=private_rent rent=1000\n%s", cases[k].line);
        wks_fixture_world_make(&s.world, text);
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "livelihood", "arrears", 1);
        wks_fixture_tick_set(&s.fixture, "livelihood", "burden_limit", 0.4);
        months(&s, 4);
        assert_int_equal(s.world.household.arrears_months[0], cases[k].expected ? 4 : 0);
        close_stage(&s);
    }
}

/* --- spells of low income ------------------------------------------------------------------------------------------------ */

static double low_of_one(void)
{
    const wks_law law = wks_law_of_year(2025, 0.025);
    return 0.85 * wks_law_social_minimum(&law, 1);
}

static int64_t with_low(const stage *s)
{
    int64_t n = 0;
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        n += s->world.household.low_month[i] != WKS_NO_MONTH;
    return n;
}

static void open_low(stage *s, wks_income_source source, double income)
{
    open_singles(s, FEBRUARY, source, 61); /* an age without careers */
    wks_fixture_tick_set(&s->fixture, "livelihood", "low_limit", 0.85);
    for (int32_t i = 0; i < N; i++)
        s->world.household.income_eur[i] = (float)income;
}

static void setback_has_its_yearly_rate_and_keeps_the_usual_income(void **state)
{
    stage s;
    (void)state;
    open_low(&s, WKS_INCOME_WORK, 50000);
    wks_fixture_tick_set(&s.fixture, "livelihood", "setback", 0.1);
    months(&s, 10);
    wks_fixture_tick_expect((double)with_low(&s), N, 1 - pow(0.9, 10.0 / 12), 4);
    for (int32_t i = 0; i < N; i++) {
        const wks_household_table *household = &s.world.household;
        const bool low = household->low_month[i] != WKS_NO_MONTH;
        assert_int_equal(household->income_source[i], WKS_INCOME_WORK);
        assert_true(low ? (double)household->income_eur[i] < low_of_one() : (double)household->income_eur[i] > 49000);
        assert_true(low ? (double)household->usual_eur[i] > 49000 : !(household->usual_eur[i] > 0));
    }
    close_stage(&s);
}

static void recovery_from_low_income_falls_with_the_spell_and_restores_income(void **state)
{
    (void)state;
    for (int32_t lasting = 0; lasting < 2; lasting++) {
        stage s;
        const double from = lasting ? 5 : 0, hazard = 0.2 * 10 / 12 + 1.5 * (exp(-from) - exp(-(from + 10.0 / 12)));
        open_low(&s, WKS_INCOME_WORK, 12000);
        for (int32_t i = 0; i < N; i++) {
            s.world.household.low_month[i] = wks_month_cell(FEBRUARY - (lasting ? 60 : 0));
            s.world.household.usual_eur[i] = i % 2 == 0 ? 40000 : 0;
        }
        wks_fixture_tick_set(&s.fixture, "livelihood", "recover_long", 0.2);
        wks_fixture_tick_set(&s.fixture, "livelihood", "recover_short", 1.5);
        wks_fixture_tick_set(&s.fixture, "livelihood", "recover_scale", 1);
        months(&s, 10);
        wks_fixture_tick_expect((double)(N - with_low(&s)), N, 1 - exp(-hazard), 4);
        for (int32_t i = 0; i < N; i++) {
            if (s.world.household.low_month[i] != WKS_NO_MONTH) continue;
            const double income = (double)s.world.household.income_eur[i];
            assert_true(i % 2 == 0 ? income > 39000 && income < 41000 : income > low_of_one() && income < 2.01 * low_of_one());
        }
        close_stage(&s);
    }
}

static void work_programme_multiplies_the_hazard_where_it_runs(void **state)
{
    stage s;
    double out[2] = {0, 0}, n[2] = {0, 0};
    (void)state;
    open_low(&s, WKS_INCOME_BENEFIT, 12000);
    s.world.buurt.work_boost[0] = s.world.buurt.work_boost[1] = 0.5;
    far_from_work(&s, 0);
    wks_fixture_tick_set(&s.fixture, "livelihood", "exit_long", 0.3);
    months(&s, 12);
    for (int32_t i = 0; i < N; i++) {
        const bool helped = wks_world_buurt_of(&s.world, i) < 2;
        n[helped]++;
        out[helped] += s.world.household.income_source[i] == WKS_INCOME_WORK;
    }
    wks_fixture_tick_expect(out[0], n[0], 1 - exp(-0.3), 4);
    wks_fixture_tick_expect(out[1], n[1], 1 - exp(-0.45), 4);
    close_stage(&s);
}

static void memory_of_low_income_is_kept_month_by_month(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world, "month 2025-02\nunit u1 tenure=social rent=600\nunit u2 tenure=social rent=600\n"
                                     "household h1 unit=u1 income=30000 members=61m\n"
                                     "household h2 unit=u2 income=9000 members=21m source=study\n");
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "livelihood", "low_limit", 0.85);
    const int32_t h = wks_fixture_world_household(&s.world, "h1"), student = wks_fixture_world_household(&s.world, "h2");
    wks_fixture_tick_start(&s.fixture, "livelihood");
    assert_int_equal(s.world.household.low_known[h], 1);
    assert_int_equal(s.world.household.low_known[student], 0);
    months(&s, 1);
    s.world.household.income_eur[h] = 10000;
    months(&s, 2);
    s.world.household.income_eur[h] = 30000;
    months(&s, 1);
    assert_int_equal(s.world.household.low_past[h], 6); /* binary 110: not now, low one and two months ago, not before */
    assert_int_equal(s.world.household.low_known[h], 5);
    assert_int_equal(s.world.household.low_month[h], WKS_NO_MONTH);
    s.world.household.income_eur[h] = 10000;
    months(&s, 2);
    assert_int_equal(s.world.household.low_month[h], s.world.month - 1);
    assert_int_equal(s.world.household.low_past[student], 0);
    close_stage(&s);
}

static void pension_age_follows_the_law_of_the_year(void **state)
{
    (void)state;
    assert_close(wks_law_of_year(2023, 0).aow_months, 66 * 12 + 10, 0, 0);
    assert_close(wks_law_of_year(2027, 0).aow_months, 67 * 12, 0, 0);
    assert_close(wks_law_of_year(2028, 0).aow_months, 67 * 12 + 3, 0, 0);
    stage s;
    open_singles(&s, 2028 * 12, WKS_INCOME_WORK, 66);
    months(&s, 4);
    for (int32_t i = 0; i < N; i++) {
        const bool old = s.world.month - s.world.household.head_birth_month[i] >= 67 * 12 + 3;
        assert_int_equal(s.world.household.income_source[i], old ? WKS_INCOME_PENSION : WKS_INCOME_WORK);
    }
    close_stage(&s);
}

/* --- shocks, rises, plans -------------------------------------------------------------------------------------------------- */

static void onset_is_higher_in_the_year_after_losing_work(void **state)
{
    (void)state;
    for (int32_t late = 0; late < 2; late++) {
        stage s;
        open_singles(&s, FEBRUARY, WKS_INCOME_BENEFIT, 40);
        for (int32_t i = 0; i < N; i++)
            s.world.household.spell_month[i] = wks_month_cell(FEBRUARY - (late ? 12 : 0));
        wks_fixture_tick_set(&s.fixture, "livelihood", "addiction", 0.05);
        wks_fixture_tick_set(&s.fixture, "livelihood", "shock_factor", 2);
        months(&s, 10);
        wks_fixture_tick_expect((double)with_trait(&s, WKS_VULNERABLE_ADDICTION), N, 1 - pow(0.95, (late ? 1 : 2) * 10.0 / 12), 4);
        close_stage(&s);
    }
}

static double rent_after_july(const char *text, int32_t start, const char *param, double value)
{
    stage s;
    wks_fixture_world_make(&s.world, text);
    s.world.month = start;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "livelihood", "rent_index", 0.1);
    if (param != NULL) wks_fixture_tick_set(&s.fixture, "livelihood", param, value);
    months(&s, 1);
    const double rent = (double)s.world.unit.rent_eur[wks_fixture_world_unit(&s.world, "u1")];
    close_stage(&s);
    return rent;
}

static void rents_rise_no_more_than_the_law_of_the_year_allows(void **state)
{
    static const char social[] =
        "month 2021-01\nunit u1 tenure=social rent=600\nhousehold h1 unit=u1 income=30000 members=40m since=2019-01\n";
    static const char rich[] =
        "month 2021-01\nunit u1 tenure=social rent=600\nhousehold h1 unit=u1 income=90000 members=40m since=2019-01\n";
    static const char middle[] =
        "month 2021-01\nunit u1 tenure=private_rent rent=1000\nhousehold h1 unit=u1 income=60000 members=40m since=2019-01\n";
    static const char dear[] =
        "month 2021-01\nunit u1 tenure=private_rent rent=1500\nhousehold h1 unit=u1 income=60000 members=40m since=2019-01\n";
    enum { JUNE_2021 = 2021 * 12 + 5, JUNE_2025 = 2025 * 12 + 5, JUNE_2030 = 2030 * 12 + 5 };
    (void)state;
    assert_close(rent_after_july(social, JUNE_2021, NULL, 0), 600, 1e-6, 0); /* rents were frozen */
    assert_close(rent_after_july(social, JUNE_2025, NULL, 0), 630, 1e-6, 0);
    assert_close(rent_after_july(middle, JUNE_2025, NULL, 0), 1077, 1e-6, 0);
    assert_close(rent_after_july(dear, JUNE_2025, NULL, 0), 1561.5, 1e-6, 0);
    assert_close(rent_after_july(social, JUNE_2030, NULL, 0), 615, 1e-6, 0); /* indexed: 2.5 % */
    assert_close(rent_after_july(social, JUNE_2025, "rent_index", 0.02), 612, 1e-6, 0);
    assert_close(rent_after_july(rich, JUNE_2025, "rent_extra", 50), 680, 1e-6, 0);
    assert_close(rent_after_july(social, JUNE_2025, "rent_extra", 50), 630, 1e-6, 0);
    assert_close(rent_after_july(dear, JUNE_2025, "rent_extra", 50), 1561.5, 1e-6, 0);
}

static void repayment_plan_pays_back_and_holds_off_eviction(void **state)
{
    static const char *const lever[2] = {"plan", "early_plan"};
    (void)state;
    for (int32_t early = 0; early < 2; early++) {
        stage s;
        char text[200];
        (void)snprintf(text, sizeof text, "unit u1 tenure=social rent=600\nhousehold h1 unit=u1 income=45000 members=61m arrears=%d\n",
                       early ? 2 : 5);
        wks_fixture_world_make(&s.world, text);
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "livelihood", lever[early], 1);
        wks_fixture_tick_set(&s.fixture, "livelihood", "eviction", 1);
        wks_fixture_tick_set(&s.fixture, "livelihood", "burden_limit", 1);
        months(&s, 1);
        assert_int_equal(s.world.household.repays[0], 1);
        months(&s, 1);
        assert_int_equal(s.world.household.arrears_months[0], early ? 1 : 4);
        months(&s, 4);
        assert_int_equal(s.world.household.arrears_months[0], 0);
        assert_int_equal(s.world.household.repays[0], 0);
        assert_int_equal(s.world.household.place[0], WKS_PLACE_HOUSED);
        close_stage(&s);
    }
}

static void a_plan_that_breaks_at_once_is_no_help(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world, "unit u1 tenure=social rent=600\nhousehold h1 unit=u1 income=45000 members=61m arrears=5\n");
    open_stage(&s);
    s.world.household.repays[0] = 1;
    wks_fixture_tick_set(&s.fixture, "livelihood", "plan_breaks", 1);
    wks_fixture_tick_set(&s.fixture, "livelihood", "burden_limit", 1);
    wks_fixture_tick_set(&s.fixture, "livelihood", "eviction", 1);
    wks_fixture_tick_month(&s.fixture, "livelihood");
    assert_int_equal(s.world.household.repays[0], 0);
    wks_fixture_tick_month(&s.fixture, "livelihood");
    assert_int_equal(s.world.ledger.evictions, 1);
    assert_int_equal(s.world.ledger.evictions_social, 1);
    close_stage(&s);
}

static void town_is_the_same_with_other_threads_and_row_order(void **state)
{
    static const char *const only[] = {"livelihood"};
    (void)state;
    wks_fixture_town_same_anyhow(wks_process_registry, wks_process_registry_size, only, 1, 5000, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setback_has_its_yearly_rate_and_keeps_the_usual_income),
        cmocka_unit_test(recovery_from_low_income_falls_with_the_spell_and_restores_income),
        cmocka_unit_test(work_programme_multiplies_the_hazard_where_it_runs),
        cmocka_unit_test(memory_of_low_income_is_kept_month_by_month),
        cmocka_unit_test(pension_age_follows_the_law_of_the_year),
        cmocka_unit_test(onset_is_higher_in_the_year_after_losing_work),
        cmocka_unit_test(rents_rise_no_more_than_the_law_of_the_year_allows),
        cmocka_unit_test(repayment_plan_pays_back_and_holds_off_eviction),
        cmocka_unit_test(a_plan_that_breaks_at_once_is_no_help),
        cmocka_unit_test(job_loss_has_its_yearly_rate_by_income_and_partner),
        cmocka_unit_test(who_is_far_from_work_loses_it_oftener),
        cmocka_unit_test(a_share_of_who_loses_work_is_far_from_it_from_then_on),
        cmocka_unit_test(between_two_jobs_the_length_of_the_spell_does_not_matter),
        cmocka_unit_test(the_share_far_from_work_counts_who_works_or_has_a_benefit),
        cmocka_unit_test(return_to_work_falls_with_the_spell),
        cmocka_unit_test(graduation_has_its_yearly_rate_and_ends_the_study),
        cmocka_unit_test(pension_starts_at_the_age),
        cmocka_unit_test(nothing_happens_with_all_rates_at_zero),
        cmocka_unit_test(careers_follow_the_age_profile),
        cmocka_unit_test(incomes_and_limits_move_together_in_january),
        cmocka_unit_test(rents_rise_in_july_for_tenants_and_in_january_for_adverts),
        cmocka_unit_test(owners_pay_off_and_others_save_towards_a_part_of_income),
        cmocka_unit_test(onset_and_recovery_have_their_yearly_rates),
        cmocka_unit_test(loneliness_moves_psychiatric_problems_to_who_is_lonely),
        cmocka_unit_test(contacts_with_carriers_keep_nuisance_from_beginning),
        cmocka_unit_test(onset_is_higher_on_a_benefit),
        cmocka_unit_test(onset_of_debt_follows_tenure_and_nothing_else_does),
        cmocka_unit_test(nuisance_starts_mostly_where_there_are_problems),
        cmocka_unit_test(who_is_helped_has_fewer_and_shorter_nuisance_files),
        cmocka_unit_test(beheerder_shortens_nuisance_files_of_tenants_of_corporaties),
        cmocka_unit_test(who_is_helped_leaves_debt_sooner),
        cmocka_unit_test(effects_of_support_at_zero_leave_no_trace),
        cmocka_unit_test(frailty_doubles_every_six_years_and_spares_the_young),
        cmocka_unit_test(eviction_follows_arrears_and_saturates),
        cmocka_unit_test(arrears_arise_in_debt_or_above_the_burden_only),
        cmocka_unit_test(town_is_the_same_with_other_threads_and_row_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
