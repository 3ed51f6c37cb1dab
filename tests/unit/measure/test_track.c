#include "measure/track.h"

#include "base/month.h"
#include "fixture_measure.h"

typedef struct stage {
    wks_world world;
    wks_track track;
    wks_err err;
} stage;

static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    s->err = WKS_ERR_INIT;
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
}

static void close_stage(stage *s)
{
    wks_track_free(&s->track);
    wks_world_free(&s->world);
}

static int32_t hh(const stage *s, const char *name)
{
    return wks_fixture_world_household(&s->world, name);
}

/* Rows that are marked and differ: a mark alone only says that one may. */
static int32_t find(stage *s)
{
    int32_t n = 0;

    assert_ok(wks_track_find(&s->track, &s->world, &s->err), &s->err);
    for (int32_t h = 0; h < s->track.n; h++) {
        const wks_track_state was = wks_track_was(&s->track, h), is = wks_track_is(&s->world, h);
        const bool differs = was.key != is.key || was.groups != is.groups || was.buurt_row != is.buurt_row || was.facts != is.facts;
        if (differs) assert_int_equal(s->track.changed[h], 1);
        n += differs;
    }
    for (int32_t h = wks_track_next(&s->track, 0), before = -1; h != WKS_NONE; before = h, h = wks_track_next(&s->track, h + 1)) {
        for (int32_t between = before + 1; between < h; between++)
            assert_int_equal(s->track.changed[between], 0);
    }
    wks_track_take(&s->track, &s->world);
    return n;
}

static void first_everybody_then_who_changed(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    assert_int_equal(find(&s), s.world.household.base.n_live);
    wks_world_next_tick(&s.world);
    assert_int_equal(find(&s), 0);
    wks_world_next_tick(&s.world);
    s.world.household.vulnerability[hh(&s, "h1")] = WKS_VULNERABLE_DEBT;
    s.world.household.search[hh(&s, "h3")] = WKS_SEARCH_BOTH;
    s.world.household.groups[hh(&s, "h5")] ^= 1u;
    assert_int_equal(find(&s), 3);
    assert_true((wks_track_was(&s.track, hh(&s, "h3")).facts & WKS_TRACK_ACTIVE) != 0);
    close_stage(&s);
}

/* The row of a home that goes is used again in the same month, in another buurt, by the same household. */
static void home_in_a_row_used_again_is_another_home(void **state)
{
    stage s;
    int32_t h, u;
    (void)state;
    open_stage(&s);
    (void)find(&s);
    wks_world_next_tick(&s.world);
    (void)find(&s);
    h = hh(&s, "h1");
    u = s.world.household.unit_row[h];
    wks_world_next_tick(&s.world);
    s.world.dwelling.buurt_row[s.world.unit.dwelling_row[u]] = 2;
    s.world.household.since_month[h] = wks_month_cell(s.world.month); /* as moving in sets it */
    assert_int_equal(find(&s), 1);
    assert_int_equal(wks_track_was(&s.track, h).buurt_row, 2);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_everybody_then_who_changed),
        cmocka_unit_test(home_in_a_row_used_again_is_another_home),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
