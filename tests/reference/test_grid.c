/* Models on a grid against a slow obvious version: a list of who is where, neighbours looked for among all, everybody asked. With the program's draws it
 * must make the program's moves; with draws of its own (a shuffled deck) the same distribution. */
#include <math.h>

#include "grid/agenda.h"
#include "unit/grid/grid_case.h"

enum { MOST = 1024 };

typedef struct slow {
    int32_t rows, columns, n, n_agents, n_a, n_empty, radius;
    bool torus, lonely_unhappy;
    int32_t percent, count; /* share in percent, or -1 */
    int32_t cell[MOST], empty[MOST];
    int64_t n_moves;
} slow;

static int32_t gap(int32_t a, int32_t b, int32_t n, bool torus)
{
    const int32_t d = a > b ? a - b : b - a;

    return torus && n - d < d ? n - d : d;
}

static bool is_b(const slow *s, int32_t agent)
{
    return agent >= s->n_a;
}

/* Would the agent be unhappy in that cell, as others are now? */
static bool slow_unhappy_in(const slow *s, int32_t agent, int32_t cell)
{
    int32_t n = 0, alike = 0;

    for (int32_t i = 0; i < s->n_agents; i++) {
        const int32_t rows = gap(s->cell[i] / s->columns, cell / s->columns, s->rows, s->torus);
        const int32_t columns = gap(s->cell[i] % s->columns, cell % s->columns, s->columns, s->torus);
        if (i == agent || rows > s->radius || columns > s->radius) continue;
        n++;
        alike += is_b(s, i) == is_b(s, agent);
    }
    if (n == 0) return s->lonely_unhappy;
    return s->count >= 0 ? alike < s->count : 100 * alike < s->percent * n;
}

static bool slow_unhappy(const slow *s, int32_t agent)
{
    return slow_unhappy_in(s, agent, s->cell[agent]);
}

static void slow_move(slow *s, int32_t agent, int32_t k)
{
    const int32_t from = s->cell[agent];

    s->cell[agent] = s->empty[k];
    s->empty[k] = from;
    s->n_moves++;
}

/* The start of the program. */
static slow slow_of(const wks_grid *grid, const grid_case *c, int32_t percent)
{
    const wks_board *b = &grid->board;
    slow s = {b->rows,  b->columns,        b->n_cells, b->n_agents,    b->n_a, b->n_empty, b->radius,
              b->torus, c->lonely_unhappy, percent,    c->alike_count, {0},    {0},        0};

    for (int32_t i = 0; i < s.n_agents; i++) {
        s.cell[i] = b->cell_of[i];
    }
    for (int32_t k = 0; k < s.n_empty; k++)
        s.empty[k] = b->empty[k];
    return s;
}

/* Agents by their word, by choosing the least of those left again and again. */
static void slow_order(const wks_grid *grid, int32_t tick, int32_t n, int32_t *order)
{
    bool is_done[MOST] = {false};

    for (int32_t i = 0; i < n; i++) {
        int32_t first = -1;
        for (int32_t k = 0; k < n; k++) {
            if (is_done[k]) continue;
            if (first < 0 || wks_words_at(&grid->seed, (uint32_t)tick, WKS_RNG_GRID_ORDER, k) <
                                 wks_words_at(&grid->seed, (uint32_t)tick, WKS_RNG_GRID_ORDER, first))
                first = k;
        }
        is_done[first] = true;
        order[i] = first;
    }
}

/* Among cells equally near that would do, the greatest lot; -1: none. */
static int32_t slow_nearest(const slow *s, int32_t agent, uint64_t draw)
{
    int32_t found = -1, least = 0;
    uint64_t most = 0;

    for (int32_t k = 0; k < s->n_empty; k++) {
        const int32_t cell = s->empty[k], from = s->cell[agent];
        const int32_t steps =
            gap(cell / s->columns, from / s->columns, s->rows, s->torus) + gap(cell % s->columns, from % s->columns, s->columns, s->torus);
        const uint64_t lot = wks_rng_pair_key(draw, (uint64_t)cell);
        if (slow_unhappy_in(s, agent, cell)) continue;
        if (found >= 0 && (steps > least || (steps == least && lot < most))) continue;
        found = k;
        least = steps;
        most = lot;
    }
    return found;
}

static int32_t slow_destination(const slow *s, int32_t agent, bool nearest, wks_words *words)
{
    if (s->n_empty == 0) return -1;
    if (nearest) return slow_nearest(s, agent, wks_words_u64(words));
    return (int32_t)wks_words_below(words, (uint32_t)s->n_empty);
}

/* Who is in a cell, -1: nobody. */
static int32_t slow_who(const slow *s, int32_t cell)
{
    for (int32_t i = 0; i < s->n_agents; i++) {
        if (s->cell[i] == cell) return i;
    }
    return -1;
}

static void slow_synchronous(slow *s, const wks_grid *grid, int32_t tick, bool nearest)
{
    int32_t winner[MOST];
    uint32_t most[MOST];
    wks_words words, lots;

    wks_words_open(&words, &grid->seed, (uint32_t)tick, WKS_RNG_GRID_MOVE);
    wks_words_open(&lots, &grid->seed, (uint32_t)tick, WKS_RNG_GRID_LOT);
    for (int32_t k = 0; k < s->n_empty; k++)
        winner[k] = -1;
    for (int32_t cell = 0; cell < s->n && s->n_empty > 0; cell++) {
        const int32_t i = slow_who(s, cell);
        if (i < 0 || !slow_unhappy(s, i)) continue;
        const int32_t k = slow_destination(s, i, nearest, &words);
        const uint32_t lot = wks_words_u32(&lots);
        if (k < 0 || (winner[k] >= 0 && lot <= most[k])) continue;
        winner[k] = i;
        most[k] = lot;
    }
    for (int32_t k = 0; k < s->n_empty; k++) {
        if (winner[k] >= 0) slow_move(s, winner[k], k);
    }
}

static void slow_tick(slow *s, const wks_grid *grid, int32_t tick, const grid_case *c)
{
    const bool nearest = c->destination == WKS_KEYS_DESTINATION_NEAREST;
    int32_t order[MOST];
    bool listed[MOST];
    wks_words words;

    if (c->order == WKS_KEYS_ORDER_SYNCHRONOUS) {
        slow_synchronous(s, grid, tick, nearest);
        return;
    }
    wks_words_open(&words, &grid->seed, (uint32_t)tick, WKS_RNG_GRID_MOVE);
    slow_order(grid, tick, s->n_agents, order);
    for (int32_t i = 0; i < s->n_agents; i++)
        listed[i] = slow_unhappy(s, i);
    for (int32_t i = 0; i < s->n_agents; i++) {
        if (c->order == WKS_KEYS_ORDER_PASS ? !listed[order[i]] : !slow_unhappy(s, order[i])) continue;
        const int32_t k = slow_destination(s, order[i], nearest, &words);
        if (k >= 0) slow_move(s, order[i], k);
    }
}

static grid_case case_number(int i, int32_t *percent)
{
    grid_case c = plain_case();

    *percent = 20 + i % 60;
    c.rows = 5 + i % 7;
    c.columns = 5 + (i / 2) % 6;
    c.torus = i % 2 == 0;
    c.density = 0.4 + 0.01 * (i % 60);
    c.group_share = 0.2 + 0.01 * (i % 50);
    c.radius = 1 + (i / 4) % 2;
    c.alike_share = *percent / 100.0;
    c.alike_count = i % 5 == 4 ? 2 + i % 3 : -1;
    c.order = i % 4;
    c.destination = (i / 3) % 3 == 0 ? WKS_KEYS_DESTINATION_NEAREST : WKS_KEYS_DESTINATION_ANY;
    c.lonely_unhappy = i % 7 == 0;
    return c;
}

static void program_makes_the_moves_of_the_slow_version(void **state)
{
    int64_t n_moves = 0;

    (void)state;
    for (int i = 0; i < 240; i++) {
        int32_t percent;
        const grid_case c = case_number(i, &percent);
        const wks_scenario scenario = scenario_of(&c, 8);
        wks_grid *grid = begin_grid(&scenario, (uint64_t)i + 1);
        slow s = slow_of(grid, &c, percent);
        for (int32_t t = 1; t <= 8; t++) {
            go_to(grid, t);
            slow_tick(&s, grid, t, &c);
            assert_int_equal(grid->n_moves, s.n_moves);
            for (int32_t k = 0; k < s.n_agents; k++)
                assert_int_equal(grid->board.cell_of[k], s.cell[k]);
        }
        n_moves += s.n_moves;
        wks_grid_destroy(grid);
    }
    assert_true(n_moves > 10000);
}

/* ---- distributions -------------------------------------------------------------------------------------------------------------- */

enum { N_SEEDS = 400, N_TICKS = 6, N_MEASURES = 4 };
typedef struct sample {
    double sum[N_MEASURES], squares[N_MEASURES];
} sample;

static void measure(sample *out, const double value[N_MEASURES])
{
    for (int i = 0; i < N_MEASURES; i++) {
        out->sum[i] += value[i];
        out->squares[i] += value[i] * value[i];
    }
}

/* Cards in a deck: shuffled by swaps with a generator of its own. */
static void shuffle(int32_t *card, int32_t n, wks_rng *rng)
{
    for (int32_t i = n - 1; i > 0; i--) {
        const int32_t k = (int32_t)wks_rng_below(rng, (uint32_t)i + 1), swapped = card[i];
        card[i] = card[k];
        card[k] = swapped;
    }
}

static double slow_alike(const slow *s)
{
    double alike = 0, pairs = 0;

    for (int32_t i = 0; i < s->n_agents; i++) {
        for (int32_t k = 0; k < s->n_agents; k++) {
            const int32_t rows = gap(s->cell[i] / s->columns, s->cell[k] / s->columns, s->rows, s->torus);
            const int32_t columns = gap(s->cell[i] % s->columns, s->cell[k] % s->columns, s->columns, s->torus);
            if (i == k || rows > s->radius || columns > s->radius) continue;
            pairs++;
            alike += is_b(s, i) == is_b(s, k);
        }
    }
    return alike / pairs;
}

/* One tick of declared turns with a deck. */
static void deal_turns(slow *s, int32_t *card, wks_rng *rng)
{
    for (int32_t i = 0; i < s->n_agents; i++)
        card[i] = i;
    shuffle(card, s->n_agents, rng);
    for (int32_t i = 0; i < s->n_agents; i++) {
        if (!slow_unhappy(s, card[i])) continue;
        const int32_t k = (int32_t)wks_rng_below(rng, (uint32_t)s->n_empty);
        slow_move(s, card[i], k);
    }
}

/* One tick in which all choose at once: who draws the empty cell as the m-th gets it from who had it with chance 1/m. */
static void deal_choices(slow *s, wks_rng *rng)
{
    int32_t winner[MOST], n_drew[MOST] = {0};

    for (int32_t i = 0; i < s->n_agents; i++) {
        if (!slow_unhappy(s, i)) continue;
        const int32_t k = (int32_t)wks_rng_below(rng, (uint32_t)s->n_empty);
        n_drew[k]++;
        if (wks_rng_below(rng, (uint32_t)n_drew[k]) == 0) winner[k] = i;
    }
    for (int32_t k = 0; k < s->n_empty; k++) {
        if (n_drew[k] > 0) slow_move(s, winner[k], k);
    }
}

/* The declared model with a deck of cards: start, order and destinations. Measures: moves in tick 1, in tick 2, unhappy and alike at the end. */
static void deal(const slow *like, uint64_t seed_number, bool is_synchronous, sample *out)
{
    const wks_rng_seed seed = wks_rng_seed_make(77, seed_number);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    int32_t card[MOST];
    double value[N_MEASURES] = {0};
    slow s = *like;

    for (int32_t i = 0; i < s.n; i++)
        card[i] = i;
    shuffle(card, s.n, &rng);
    memcpy(s.cell, card, (size_t)s.n_agents * sizeof *card);
    memcpy(s.empty, card + s.n_agents, (size_t)s.n_empty * sizeof *card);
    s.n_moves = 0;
    for (int32_t t = 0; t < N_TICKS; t++) {
        const int64_t before = s.n_moves;
        if (is_synchronous) {
            deal_choices(&s, &rng);
        } else {
            deal_turns(&s, card, &rng);
        }
        if (t < 2) value[t] = (double)(s.n_moves - before);
    }
    for (int32_t i = 0; i < s.n_agents; i++)
        value[2] += slow_unhappy(&s, i);
    value[3] = slow_alike(&s);
    measure(out, value);
}

static void run_program(const wks_scenario *scenario, uint64_t replication, sample *out)
{
    wks_grid *grid = begin_grid(scenario, replication);
    double value[N_MEASURES] = {0};

    for (int32_t t = 1; t <= N_TICKS; t++) {
        const int64_t before = grid->n_moves;
        go_to(grid, t);
        if (t <= 2) value[t - 1] = (double)(grid->n_moves - before);
    }
    value[2] = census_of(grid).unhappy_share * grid->board.n_agents;
    value[3] = census_of(grid).alike_pooled;
    measure(out, value);
    wks_grid_destroy(grid);
}

/* Means within four standard errors of each other, standard deviations within 20 % (a standard error of one is 3.5 %). */
static void assert_alike(const sample *a, const sample *b)
{
    for (int i = 0; i < N_MEASURES; i++) {
        const double mean_a = a->sum[i] / N_SEEDS, mean_b = b->sum[i] / N_SEEDS;
        const double variance_a = a->squares[i] / N_SEEDS - mean_a * mean_a, variance_b = b->squares[i] / N_SEEDS - mean_b * mean_b;
        if (fabs(mean_a - mean_b) > 4 * sqrt((variance_a + variance_b) / N_SEEDS)) fail_msg("measure %d: %g and %g", i, mean_a, mean_b);
        assert_close(sqrt(variance_a), sqrt(variance_b), 0.2, 0);
    }
}

static void random_and_event_have_the_distribution_of_a_shuffled_deck(void **state)
{
    grid_case c = plain_case();
    sample deck = {{0}, {0}}, random = {{0}, {0}}, event = {{0}, {0}};

    (void)state;
    c.alike_share = 0.45;
    c.torus = false;
    c.lonely_unhappy = true;
    const wks_scenario visits = scenario_of(&c, N_TICKS);
    c.order = WKS_KEYS_ORDER_EVENT;
    const wks_scenario events = scenario_of(&c, N_TICKS);
    wks_grid *grid = begin_grid(&visits, 1);
    const slow like = slow_of(grid, &c, 45);
    for (uint64_t r = 1; r <= N_SEEDS; r++) {
        deal(&like, r, false, &deck);
        run_program(&visits, r, &random);
        run_program(&events, N_SEEDS + r, &event); /* other seeds: else it is the same run */
    }
    assert_alike(&deck, &random);
    assert_alike(&deck, &event);
    assert_alike(&random, &event);
    wks_grid_destroy(grid);
}

static void synchronous_has_the_distribution_of_choices_by_hand(void **state)
{
    sample deck = {{0}, {0}}, program = {{0}, {0}};
    grid_case c = plain_case();

    (void)state;
    c.alike_share = 0.45;
    c.torus = false;
    c.lonely_unhappy = true;
    c.order = WKS_KEYS_ORDER_SYNCHRONOUS;
    const wks_scenario scenario = scenario_of(&c, N_TICKS);
    wks_grid *grid = begin_grid(&scenario, 1);
    const slow like = slow_of(grid, &c, 45);
    for (uint64_t r = 1; r <= N_SEEDS; r++) {
        deal(&like, r, true, &deck);
        run_program(&scenario, r, &program);
    }
    assert_alike(&deck, &program);
    wks_grid_destroy(grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(program_makes_the_moves_of_the_slow_version),
        cmocka_unit_test(random_and_event_have_the_distribution_of_a_shuffled_deck),
        cmocka_unit_test(synchronous_has_the_distribution_of_choices_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
