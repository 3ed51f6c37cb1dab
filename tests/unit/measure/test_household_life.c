#include "measure/household_life.h"

#include "fixture_measure.h"
#include "world/relations.h"

/* Ten households; one is changed and the hashes of before and after are laid side by side. */
typedef struct stage {
    wks_world world;
    wks_household_fate_log *log;
    wks_household_life_list list;
    wks_household_life before[16];
    const wks_household_life *item;
    int32_t n;
    wks_err err;
} stage;

static void take(stage *s)
{
    assert_ok(wks_household_life_year(&s->list, s->log, &s->world, &s->item, &s->n, &s->err), &s->err);
    for (int32_t i = 1; i < s->n; i++)
        assert_true(s->item[i - 1].who < s->item[i].who);
}

static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    s->err = WKS_ERR_INIT;
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    assert_ok(wks_household_fate_create(&s->world, &s->log, &s->err), &s->err);
    assert_ok(wks_household_fate_tick(s->log, &s->world, &s->err), &s->err);
    take(s);
    assert_true(s->n < 16);
    memcpy(s->before, s->item, (size_t)s->n * sizeof *s->item);
}

static void close_stage(stage *s)
{
    wks_household_life_free(&s->list);
    wks_household_fate_destroy(s->log);
    wks_world_free(&s->world);
}

static int32_t hh(const stage *s, const char *name)
{
    return wks_fixture_world_household(&s->world, name);
}

static int32_t place_of(const stage *s, const char *name)
{
    const int32_t row = hh(s, name);
    const uint64_t who = wks_columns_mix(s->world.household.key[row], (uint64_t)(int64_t)s->world.household.head_birth_month[row]);
    for (int32_t i = 0; i < s->n; i++) {
        if (s->item[i].who == who) return i;
    }
    return WKS_NONE;
}

/* How many states changed since the start. */
static int32_t n_changed(stage *s)
{
    int32_t n = 0;
    take(s);
    for (int32_t i = 0; i < s->n; i++)
        n += s->item[i].state != s->before[i].state;
    return n;
}

static void residents_are_listed_with_the_buurt_where_they_live(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    const int32_t h1 = place_of(&s, "h1");
    assert_true(h1 >= 0);
    assert_int_equal(s.item[h1].buurt, wks_world_buurt_of(&s.world, hh(&s, "h1")));
    assert_int_equal(place_of(&s, "h10"), WKS_NONE); /* waits elsewhere */
    assert_true(place_of(&s, "h8") >= 0);            /* in the city without a home */
    close_stage(&s);
}

static void own_columns_of_household_members_and_registration_count(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    const int32_t row = hh(&s, "h2"), person = s.world.household.first_person_row[row];
    assert_int_equal(n_changed(&s), 0);
#define CHANGES(value, other, n)             \
    do {                                     \
        const double kept = (double)(value); \
        (value) = other;                     \
        assert_int_equal(n_changed(&s), n);  \
        (value) = (__typeof__(value))kept;   \
        assert_int_equal(n_changed(&s), 0);  \
    } while (0)
    CHANGES(s.world.household.income_eur[row], 12345.0F, 1);
    CHANGES(s.world.household.vulnerability[row], 9, 1);
    CHANGES(s.world.household.search_month[row], 7, 1);
    CHANGES(s.world.household.equity_eur[row], 1e6F, 1);
    CHANGES(s.world.person.meettijd_month[person], 3, 1);
    CHANGES(s.world.unit.rent_eur[s.world.household.unit_row[row]], 9999.0F, 1);
    CHANGES(s.world.dwelling.tenure[s.world.unit.dwelling_row[s.world.household.unit_row[row]]], WKS_N_TENURES, 1);
    /* What tells of others does not. */
    CHANGES(s.world.household.contacts[row], 99.0F, 0);
    CHANGES(s.world.household.mixed[row], 50, 0);
    CHANGES(s.world.household.groups[row], 3, 0);
    CHANGES(s.world.household.n_reactions[row], 12, 0);
#undef CHANGES
    close_stage(&s);
}

static void life_that_once_differed_stays_different(void **state)
{
    stage s;
    uint32_t alike, apart;
    (void)state;
    open_stage(&s);
    take(&s);
    alike = s.item[place_of(&s, "h2")].life;
    close_stage(&s);
    open_stage(&s);
    const float income = s.world.household.income_eur[hh(&s, "h2")];
    s.world.household.income_eur[hh(&s, "h2")] = 1;
    take(&s);
    apart = s.item[place_of(&s, "h2")].life;
    assert_int_not_equal(alike, apart);
    s.world.household.income_eur[hh(&s, "h2")] = income;
    assert_int_equal(n_changed(&s), 0); /* the same state again */
    apart = s.item[place_of(&s, "h2")].life;
    close_stage(&s);
    open_stage(&s);
    take(&s);
    take(&s);
    assert_int_not_equal(s.item[place_of(&s, "h2")].life, apart);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(residents_are_listed_with_the_buurt_where_they_live),
        cmocka_unit_test(own_columns_of_household_members_and_registration_count),
        cmocka_unit_test(life_that_once_differed_stays_different),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
