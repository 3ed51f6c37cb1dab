/* Queues against their theory: Erlang (1917), Cobham (1954), Kingman (1962), Palm (1957). */
#include "queue/service.h"

#include "unit/queue/model.h"

enum { N_STATES = 400 };

/* Stationary distribution of the number present: arrivals l, c servers at rate 1/stay, and leaving at rate 1/patience each (0: nobody). */
static void distribution(double c, double l, double stay, double patience, double out[N_STATES])
{
    double sum = 0;

    for (int n = 0; n < N_STATES; n++) {
        const double busy = n < c ? n : c, rate = busy / stay + (patience > 0 && n > c ? (n - c) / patience : 0);
        out[n] = n == 0 ? 1 : out[n - 1] * l / rate;
        sum += out[n];
    }
    for (int n = 0; n < N_STATES; n++)
        out[n] /= sum;
}

static double waits_of(int c, const double p[N_STATES])
{
    double sum = 0;

    for (int n = c; n < N_STATES; n++)
        sum += p[n];
    return sum;
}

/* Erlang C and what follows from it: mean C/theta, theta = c/stay - l. */
typedef struct mmc {
    double chance, theta;
} mmc;

static mmc mmc_of(int c, double l, double stay)
{
    double p[N_STATES];

    distribution(c, l, stay, 0, p);
    return (mmc){waits_of(c, p), c / stay - l};
}

static void erlang_c_of_the_shipped_case_is_40_9_ticks(void **state)
{
    const mmc m = mmc_of(10, 0.04, 200);

    (void)state;
    assert_close(m.chance, 0.40918, 0, 1e-5);
    assert_close(m.chance / m.theta, 40.918, 0, 1e-3);
}

static void mean_and_variance_by_list_and_by_lot(void **state)
{
    const double cases[][3] = {{1, 0.5, 1}, {3, 0.12, 20}, {10, 0.8, 10}}; /* dwellings, arrivals, stay */

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const double c = cases[i][0], l = cases[i][1], stay = cases[i][2], load = l * stay / c;
        const mmc m = mmc_of((int)c, l, stay);
        const double mean = m.chance / m.theta, second = 2 * m.chance / (m.theta * m.theta);
        wks_scenario scenario = MODEL(WKS_MODEL_QUEUE, (int32_t)(40000 / l), (int32_t)(4000 / l), c, l, stay, 0, 0);
        model_runs runs = run_models(&scenario, 30);
        assert_theory(measure(&runs, "wait_mean", ""), mean, 0.02);
        assert_theory(measure(&runs, "wait_variance", ""), second - mean * mean, 0.04);
        assert_theory(measure(&runs, "queue_mean", ""), l * mean, 0.02);
        assert_theory(measure(&runs, "waited_share", ""), m.chance, 0.02);
        free_runs(&runs);
        scenario.model.by_lot = true; /* Kingman (1962): the second moment of who waits grows by 2 / (2 - load) */
        runs = run_models(&scenario, 30);
        assert_theory(measure(&runs, "wait_mean", ""), mean, 0.02);
        assert_theory(measure(&runs, "wait_variance", ""), second * 2 / (2 - load) - mean * mean, 0.04);
        free_runs(&runs);
    }
}

/* Cobham: with the chance to wait C and load r1 of who goes first, means C stay / (c (1 - r1)) and C stay / (c (1 - r1) (1 - r)). */
static void priority_waits_as_cobham_says(void **state)
{
    const double c = 5, l = 0.4, stay = 10, share = 0.3, load = l * stay / c, first = share * load;
    const double unit = mmc_of((int)c, l, stay).chance * stay / c;
    wks_scenario scenario = MODEL(WKS_MODEL_QUEUE, 100000, 10000, c, l, stay, share, 0);

    (void)state;
    scenario.model.priority_first = true;
    for (int by_lot = 0; by_lot < 2; by_lot++) { /* within a class the order does not change means */
        scenario.model.by_lot = by_lot == 1;
        model_runs runs = run_models(&scenario, 30);
        assert_theory(measure(&runs, "wait_mean", "priority"), unit / (1 - first), 0.02);
        assert_theory(measure(&runs, "wait_mean", "regular"), unit / (1 - first) / (1 - load), 0.02);
        assert_theory(measure(&runs, "wait_mean", ""), unit / (1 - load), 0.02);
        free_runs(&runs);
    }
    scenario.model.priority_first = false; /* who would have priority has none */
    model_runs runs = run_models(&scenario, 30);
    assert_theory(measure(&runs, "wait_mean", "priority"), unit / (1 - load), 0.02);
    assert_theory(measure(&runs, "wait_mean", "regular"), unit / (1 - load), 0.02);
    free_runs(&runs);
}

/* Who finds k waiting goes through k + 1 stages, with j before them of rate c/stay + j/patience, unless their own patience ends first. */
static double wait_of_housed(int c, double stay, double patience, const double p[N_STATES])
{
    double sum = 0, housed = 0;

    for (int n = 0; n < N_STATES; n++) {
        double reaches = 1, time = 0;
        for (int j = n - c; j >= 0; j--) {
            const double rate = c / stay + j / patience;
            reaches *= rate / (rate + 1 / patience);
            time += 1 / (rate + 1 / patience);
        }
        sum += p[n] * reaches * time;
        housed += p[n] * reaches;
    }
    return sum / housed;
}

static void impatience_is_erlang_a(void **state)
{
    const double cases[][4] = {{10, 0.06, 200, 100}, {2, 0.5, 10, 3}, {4, 0.3, 10, 40}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const double c = cases[i][0], l = cases[i][1], stay = cases[i][2], patience = cases[i][3];
        double p[N_STATES], queue = 0;
        wks_scenario scenario = MODEL(WKS_MODEL_QUEUE, (int32_t)(20000 / l), (int32_t)(2000 / l), c, l, stay, 0, patience);
        distribution(c, l, stay, patience, p);
        for (int n = (int)c; n < N_STATES; n++)
            queue += (n - c) * p[n];
        model_runs runs = run_models(&scenario, 30);
        assert_theory(measure(&runs, "waited_share", ""), waits_of((int)c, p), 0.02);
        assert_theory(measure(&runs, "left_share", ""), queue / patience / l, 0.02);
        assert_theory(measure(&runs, "queue_mean", ""), queue, 0.02);
        assert_theory(measure(&runs, "wait_mean", ""), wait_of_housed((int)c, stay, patience, p), 0.02);
        free_runs(&runs);
        scenario.model.by_lot = true; /* how many leave does not depend on the order */
        runs = run_models(&scenario, 30);
        assert_theory(measure(&runs, "left_share", ""), queue / patience / l, 0.02);
        free_runs(&runs);
    }
}

/* Little's law as an identity of areas, of every class, at any time, and not only in the long run. */
static void areas_balance_at_any_time(void **state)
{
    wks_scenario scenario = MODEL(WKS_MODEL_QUEUE, 3000, 700, 3, 0.5, 8, 0.4, 20); /* load 4/3: always somebody waits */

    (void)state;
    for (int i = 0; i < 4; i++) {
        scenario.model.by_lot = (i & 1) != 0;
        scenario.model.priority_first = (i & 2) != 0;
        wks_queue *queue = begin_model(&scenario, 1);
        for (int32_t t = 1; t <= scenario.n_ticks; t++)
            go_to(queue, t);
        assert_true(queue->tally[0].area > 1000 && queue->tally[0].n_left > 100);
        assert_close(queue->tally[1].area + queue->tally[2].area, queue->tally[0].area, 1e-9, 0);
        wks_queue_destroy(queue);
    }
}

/* Nobody comes: nothing happens. Everybody is housed at once where there is room for all. */
static void queue_without_arrivals_or_without_scarcity(void **state)
{
    const wks_scenario nobody = MODEL(WKS_MODEL_QUEUE, 100, 0, 1, 0, 5, 0, 0), room = MODEL(WKS_MODEL_QUEUE, 1000, 0, 1000, 1, 10, 0, 5);
    wks_queue *queue = run_model(&nobody, 1);

    (void)state;
    assert_true(value_of(queue, "housed", "") == 0 && isnan(value_of(queue, "wait_mean", "")) && value_of(queue, "queue_mean", "") == 0);
    wks_queue_destroy(queue);
    queue = run_model(&room, 1);
    assert_true(value_of(queue, "housed", "") > 800 && value_of(queue, "wait_mean", "") == 0);
    assert_true(value_of(queue, "waited_share", "") == 0 && value_of(queue, "left_share", "") == 0);
    wks_queue_destroy(queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(erlang_c_of_the_shipped_case_is_40_9_ticks),
        cmocka_unit_test(mean_and_variance_by_list_and_by_lot),
        cmocka_unit_test(priority_waits_as_cobham_says),
        cmocka_unit_test(impatience_is_erlang_a),
        cmocka_unit_test(areas_balance_at_any_time),
        cmocka_unit_test(queue_without_arrivals_or_without_scarcity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
