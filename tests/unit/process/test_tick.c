#include "process/process_registry.h"
#include "process/tick_list.h"
#include "support/fixture_tick.h"

static void buffer_grows_keeps_its_address_while_large_enough(void **state)
{
    wks_tick tick = {0};
    (void)state;
    char *first = wks_tick_buffer(&tick, 3, 100, sizeof(double));
    assert_non_null(first);
    memset(first, 7, 800);
    assert_ptr_equal(wks_tick_buffer(&tick, 3, 50, sizeof(double)), first);
    char *second = wks_tick_buffer(&tick, 3, 5000, sizeof(double));
    assert_non_null(second);
    memset(second, 7, 40000);
    assert_non_null(wks_tick_buffer(&tick, 4, 0, sizeof(double)));
    wks_tick_free(&tick);
    assert_null(tick.buffer[3]);
}

static void list_flags_come_in_order_of_key(void **state)
{
    const uint64_t key[] = {50, 10, 0, 40, 30};
    const uint8_t flag[] = {1, 2, 0, 0, 3};
    wks_tick tick = {0};
    wks_tick_item *item = NULL;
    wks_err err = WKS_ERR_INIT;
    int32_t n = 0;

    (void)state;
    assert_ok(wks_tick_list_flags(&tick, 0, flag, key, 5, &item, &n, &err), &err);
    assert_int_equal(n, 3);
    assert_int_equal(item[0].key, 10);
    assert_int_equal(item[0].row, 1);
    assert_int_equal(item[0].kind, 2);
    assert_int_equal(item[1].key, 30);
    assert_int_equal(item[2].key, 50);
    wks_tick_free(&tick);
}

/* Flags at all places of a word of eight, few and many. */
static void list_of_many_flags_misses_none(void **state)
{
    enum { N = 300 };
    uint64_t key[N];
    uint8_t flag[N];
    (void)state;
    for (int32_t every = 1; every < 40; every += 3) {
        for (int32_t n_rows = N - 10; n_rows <= N; n_rows++) {
            wks_tick tick = {0};
            wks_tick_item *item = NULL;
            wks_err err = WKS_ERR_INIT;
            int32_t n = 0, n_expected = 0;
            for (int32_t i = 0; i < N; i++) {
                key[i] = wks_rng_child_key(5, (uint32_t)every, WKS_RNG_TEST, (uint32_t)i);
                flag[i] = (uint8_t)(key[i] % (uint64_t)every == 0 ? 1 + i % 3 : 0);
                n_expected += i < n_rows && flag[i] != 0;
            }
            assert_ok(wks_tick_list_flags(&tick, 0, flag, key, n_rows, &item, &n, &err), &err);
            assert_int_equal(n, n_expected);
            for (int32_t k = 0; k < n; k++) {
                assert_int_equal(item[k].key, key[item[k].row]);
                assert_int_equal(item[k].kind, flag[item[k].row]);
                assert_true(k == 0 || item[k - 1].key < item[k].key);
            }
            wks_tick_free(&tick);
        }
    }
}

static void list_of_nothing_is_empty(void **state)
{
    const uint64_t key[] = {50};
    const uint8_t flag[] = {0};
    wks_tick tick = {0};
    wks_tick_item *item = NULL;
    wks_err err = WKS_ERR_INIT;
    int32_t n = 7;

    (void)state;
    assert_ok(wks_tick_list_flags(&tick, 0, flag, key, 1, &item, &n, &err), &err);
    assert_int_equal(n, 0);
    wks_tick_free(&tick);
}

/* Every parameter says what it is: unit, default within its range, source or the word assumption, help; names are unique. */
static void registry_parameters_are_complete(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_process_registry_size; i++) {
        const wks_spec *spec = wks_process_registry[i];
        assert_string_equal(spec->kind, "process");
        assert_non_null(spec->implementation);
        assert_true(strlen(spec->help) > 10);
        assert_in_range(spec->n_params, 0, WKS_PARAM_MAX);
        for (int32_t k = 0; k < spec->n_params; k++) {
            const wks_param *param = &spec->param[k];
            assert_non_null(param->name);
            assert_true(strlen(param->unit) > 0 && strlen(param->help) > 0 && strlen(param->source) > 5);
            assert_true(param->preset >= param->low && param->preset <= param->high);
            for (int32_t m = 0; m < k; m++)
                assert_string_not_equal(spec->param[m].name, param->name);
        }
    }
}

static void registry_order_is_that_of_the_tick(void **state)
{
    static const char *const order[] = {"timeline",   "demography", "livelihood", "arrivals", "stock",     "search",
                                        "allocation", "market",     "departures", "support",  "encounter", "neighbourhood"};
    (void)state;
    assert_int_equal(wks_process_registry_size, 12);
    for (int32_t i = 0; i < 12; i++)
        assert_string_equal(wks_process_registry[i]->name, order[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buffer_grows_keeps_its_address_while_large_enough),
        cmocka_unit_test(list_flags_come_in_order_of_key),
        cmocka_unit_test(list_of_many_flags_misses_none),
        cmocka_unit_test(list_of_nothing_is_empty),
        cmocka_unit_test(registry_parameters_are_complete),
        cmocka_unit_test(registry_order_is_that_of_the_tick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
