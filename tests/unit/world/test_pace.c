#include "world/pace.h"

#include <math.h>

#include "support/check.h"

static void pace_not_told_changes_nothing(void **state)
{
    (void)state;
    static const double years[] = {0.0, NAN, -1.0};
    for (size_t i = 0; i < 3; i++) {
        wks_pace pace = wks_pace_of(years[i]);
        assert_true(pace.enrol == 1.0 && pace.lapse == 1.0 && pace.outside == 1.0 && pace.start == 1.0 && pace.more == 1.0);
    }
    wks_pace pace = wks_pace_of(WKS_PACE_DEFAULT_YEARS);
    assert_close(pace.enrol, 1, 1e-12, 0);
    assert_close(pace.outside, 1, 1e-12, 0);
}

static void pace_shorter_waits_mean_fewer_and_younger_registrations(void **state)
{
    (void)state;
    wks_pace last = wks_pace_of(WKS_PACE_LEAST_YEARS);
    for (double years = WKS_PACE_LEAST_YEARS + 0.5; years <= WKS_PACE_MOST_YEARS; years += 0.5) {
        wks_pace pace = wks_pace_of(years);
        assert_true(pace.enrol > last.enrol && pace.lapse < last.lapse && pace.outside > last.outside && pace.start > last.start);
        last = pace;
    }
}

static void pace_beyond_its_range_stays_at_the_ends(void **state)
{
    (void)state;
    assert_close(wks_pace_of(1.0).outside, wks_pace_of(WKS_PACE_LEAST_YEARS).outside, 0, 0);
    assert_close(wks_pace_of(50.0).outside, wks_pace_of(WKS_PACE_MOST_YEARS).outside, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pace_not_told_changes_nothing),
        cmocka_unit_test(pace_shorter_waits_mean_fewer_and_younger_registrations),
        cmocka_unit_test(pace_beyond_its_range_stays_at_the_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
