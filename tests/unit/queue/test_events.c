#include "queue/events.h"

#include "base/mem.h"
#include "base/rng.h"
#include "support/check.h"

static bool goes_before(const wks_events_item *a, const wks_events_item *b)
{
    if (a->time != b->time) return a->time < b->time;
    return a->number != b->number ? a->number < b->number : a->kind < b->kind;
}

/* Adding and taking in any mixture: what is taken is the first of what is there. */
static void events_come_out_in_order(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(1, 0);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    wks_events events = {0};
    wks_err err = WKS_ERR_INIT;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        const bool adds = events.n == 0 || wks_rng_below(&rng, 5) < 3;
        if (adds && events.n < 500) {
            wks_events_item item = {.slot = i};
            item.time = (double)wks_rng_below(&rng, 50);
            item.number = wks_rng_below(&rng, 20);
            item.kind = (int32_t)wks_rng_below(&rng, 2);
            assert_ok(wks_events_add(&events, item, &err), &err);
            continue;
        }
        const int32_t n = events.n;
        const wks_events_item first = wks_events_take(&events);
        assert_int_equal(events.n, n - 1);
        for (int32_t k = 0; k < events.n; k++)
            assert_false(goes_before(&events.item[k], &first));
    }
    wks_events_free(&events);
}

static void events_without_memory_are_an_error(void **state)
{
    wks_events events = {0};
    wks_err err = WKS_ERR_INIT;

    (void)state;
    wks_mem_fail_after(1);
    assert_status(wks_events_add(&events, (wks_events_item){.time = 1}, &err), WKS_ERR_NOMEM, &err);
    wks_mem_fail_after(0);
    assert_int_equal(events.n, 0);
    wks_events_free(&events);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_come_out_in_order),
        cmocka_unit_test(events_without_memory_are_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
