#include "grid/board.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "grid/pages.h"
#include "world/columns.h"

/* ---- cells ---------------------------------------------------------------------------------------------------------------------- */

/* i + d in [0, n), or -1 beyond the border. */
static int32_t shifted(int32_t i, int32_t d, int32_t n, bool torus)
{
    const int32_t k = i + d;

    if (k >= 0 && k < n) return k;
    if (!torus) return -1;
    return k < 0 ? k + n : k - n;
}

int32_t wks_board_box(const wks_board *board, int32_t cell, int32_t radius, int32_t *out)
{
    const int32_t row = cell / board->columns, column = cell % board->columns;
    int32_t n = 0;

    for (int32_t i = -radius; i <= radius; i++) {
        const int32_t r = shifted(row, i, board->rows, board->torus);
        for (int32_t k = -radius; k <= radius && r >= 0; k++) {
            const int32_t c = shifted(column, k, board->columns, board->torus);
            if (c >= 0) out[n++] = r * board->columns + c;
        }
    }
    return n;
}

static int32_t short_way(int32_t d, int32_t n, bool torus)
{
    const int32_t size = abs(d);

    return torus && n - size < size ? n - size : size;
}

void wks_board_apart(const wks_board *board, int32_t a, int32_t b, int32_t *rows, int32_t *columns)
{
    *rows = short_way(a / board->columns - b / board->columns, board->rows, board->torus);
    *columns = short_way(a % board->columns - b % board->columns, board->columns, board->torus);
}

/* ---- counts --------------------------------------------------------------------------------------------------------------------- */

/* Adds to n counts from `cell` on: numbers wrap, so a negative delta subtracts. */
static void add_run(wks_board *board, int32_t cell, int32_t n, uint32_t delta)
{
    if (board->half < 16) {
        uint16_t *near = (uint16_t *)board->near + cell;
        for (int32_t i = 0; i < n; i++)
            near[i] = (uint16_t)(near[i] + delta);
    } else {
        uint32_t *near = (uint32_t *)board->near + cell;
        for (int32_t i = 0; i < n; i++)
            near[i] += delta;
    }
}

static void add_border(wks_board *board, int32_t row, int32_t column, uint32_t delta)
{
    const int32_t radius = board->radius;

    for (int32_t i = -radius; i <= radius; i++) {
        const int32_t r = shifted(row, i, board->rows, board->torus);
        for (int32_t k = -radius; k <= radius && r >= 0; k++) {
            const int32_t c = shifted(column, k, board->columns, board->torus);
            if (c >= 0) add_run(board, r * board->columns + c, 1, delta);
        }
    }
}

/* Bytes of a few counts as one number: no count overflows into the next or borrows from it, because each is what it says before and after. What is beyond those
 * of the box is added nothing; behind the last count there is room. */
static inline void add_eight(void *counts, uint64_t bytes)
{
    uint64_t word;

    memcpy(&word, counts, sizeof word);
    word += bytes;
    memcpy(counts, &word, sizeof word);
}

/* Radius 1 away from the border: nine counts of two bytes in three rows; the one in the middle has what goes with the agent. */
static inline void add_nine(uint16_t *near, int32_t columns, uint32_t one, uint32_t along, bool is_less)
{
    const uint16_t ones[4] = {(uint16_t)one, (uint16_t)one, (uint16_t)one, 0};
    const uint16_t middle[4] = {0, (uint16_t)along, 0, 0};
    uint64_t bytes, more;

    memcpy(&bytes, ones, sizeof bytes);
    memcpy(&more, middle, sizeof more);
    more += bytes;
    add_eight(near - columns - 1, is_less ? 0U - bytes : bytes);
    add_eight(near - 1, is_less ? 0U - more : more);
    add_eight(near + columns - 1, is_less ? 0U - bytes : bytes);
}

/* Radius 2 away from the border: 25 counts of two bytes in five rows. */
static inline void add_twenty_five(uint16_t *near, int32_t columns, uint32_t one, bool is_less)
{
    const uint16_t ones[4] = {(uint16_t)one, (uint16_t)one, (uint16_t)one, (uint16_t)one};
    const uint16_t last = (uint16_t)(is_less ? 0U - one : one);
    uint64_t bytes;

    memcpy(&bytes, ones, sizeof bytes);
    if (is_less) bytes = 0U - bytes;
    for (int32_t i = -2; i <= 2; i++) {
        uint16_t *row = near + (ptrdiff_t)i * columns - 2;
        add_eight(row, bytes);
        row[4] = (uint16_t)(row[4] + last);
    }
}

static inline void add_rows(wks_board *board, int32_t cell, uint32_t delta)
{
    const int32_t radius = board->radius;

    for (int32_t i = -radius; i <= radius; i++)
        add_run(board, cell + i * board->columns - radius, 2 * radius + 1, delta);
}

/* Somebody comes to a cell of a small board or leaves it, with what goes along. */
static inline void add_small(wks_board *board, int32_t cell, uint32_t one, uint32_t along, bool is_less)
{
    uint16_t *near = (uint16_t *)board->near + cell;
    const uint32_t delta = is_less ? 0U - one : one;

    if (board->radius == 1 && (*near & wks_board_border_bit(board)) == 0) {
        add_nine(near, board->columns, one, along, is_less);
        return;
    }
    *near = (uint16_t)(is_less ? *near - along : *near + along);
    if ((*near & wks_board_border_bit(board)) != 0) {
        add_border(board, cell / board->columns, cell % board->columns, delta);
    } else if (board->radius == 2) {
        add_twenty_five(near, board->columns, one, is_less);
    } else {
        add_rows(board, cell, delta);
    }
}

/* Adds an agent's `one` to the counts around a cell, or takes it away. */
static inline void add_box(wks_board *board, int32_t cell, uint32_t delta)
{
    const int32_t row = cell / board->columns, column = cell % board->columns, radius = board->radius;

    if (row < radius || column < radius || row >= board->rows - radius || column >= board->columns - radius) {
        add_border(board, row, column, delta);
    } else {
        add_rows(board, cell, delta);
    }
}

void wks_board_shift(wks_board *board, int32_t from, bool is_b, int32_t k)
{
    const uint32_t one = 1U << (board->half * is_b); /* no jump: it cannot be foreseen */
    const int32_t agent = board->at[from], to = board->empty[k];

    if (wks_board_is_small(board)) {
        const uint32_t along = ((const uint16_t *)board->near)[from] & (wks_board_mark_bit(board) | 3U << 2 * board->half);
        add_small(board, from, one, along, true);
        add_small(board, to, one, along, false);
    } else {
        add_box(board, from, 0U - one);
        add_box(board, to, one);
        board->group[from] = WKS_BOARD_EMPTY;
        board->group[to] = is_b ? WKS_BOARD_B : WKS_BOARD_A;
    }
    board->empty[k] = from;
    board->at[from] = ~k;
    board->at[to] = agent;
    board->cell_of[agent] = to;
}

void wks_board_move(wks_board *board, int32_t agent, int32_t k)
{
    wks_board_shift(board, board->cell_of[agent], wks_board_is_b(board, agent), k);
}

/* ---- the whole ------------------------------------------------------------------------------------------------------------------ */

/* Cells at the border, known by their bit. */
static void mark_border(wks_board *board)
{
    uint16_t *near = board->near;
    const int32_t radius = board->radius;

    for (int32_t cell = 0; cell < board->n_cells; cell++) {
        const int32_t row = cell / board->columns, column = cell % board->columns;
        if (row < radius || column < radius || row >= board->rows - radius || column >= board->columns - radius)
            near[cell] = (uint16_t)(near[cell] | wks_board_border_bit(board));
    }
}

wks_status wks_board_init(wks_board *board, int32_t rows, int32_t columns, bool torus, int32_t radius, int32_t n_agents, int32_t n_a,
                          wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)rows * (size_t)columns;

    *board = (wks_board){.rows = rows, .columns = columns, .torus = torus, .radius = radius, .n_agents = n_agents, .n_a = n_a};
    board->n_cells = (int32_t)n;
    board->n_empty = board->n_cells - n_agents;
    board->half = radius <= 3 ? 3 + radius : radius <= 7 ? 8 : 16;
    WKS_BUG_IF(n_a > n_agents || board->n_empty < 0);
    board->cell_of = wks_pages_array((size_t)n_agents, sizeof *board->cell_of);
    board->at = wks_pages_array(n, sizeof *board->at);
    board->empty = wks_pages_array((size_t)board->n_empty, sizeof *board->empty);
    board->group = wks_board_is_small(board) ? NULL : wks_pages_array(n, sizeof *board->group);
    board->near = wks_pages_array(n, (size_t)wks_board_bytes(board));
    board->column = wks_mem_array((size_t)columns, sizeof *board->column);
    if (wks_board_is_small(board) && board->near != NULL) mark_border(board);
    if (board->cell_of == NULL || board->at == NULL || board->empty == NULL || (!wks_board_is_small(board) && board->group == NULL) ||
        board->near == NULL || board->column == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a grid of %d x %d cells", rows, columns);
out:
    return rc;
}

void wks_board_free(wks_board *board)
{
    free(board->cell_of);
    free(board->at);
    free(board->empty);
    free(board->group);
    free(board->near);
    free(board->column);
    *board = (wks_board){0};
}

/* Adds a row of the grid to the sums of columns, or takes it away: of a in the low 16 bits, of b in the high ones. */
static void add_row(wks_board *board, int32_t row, bool is_less)
{
    static const uint32_t one[3] = {0, 1, 1U << 16};
    const int32_t first = row * board->columns;

    for (int32_t c = 0; c < board->columns; c++) {
        const int group = wks_board_group(board, first + c);
        board->column[c] += is_less ? 0U - one[group] : one[group];
    }
}

static void put_near(wks_board *board, int32_t cell, uint32_t sum)
{
    const uint32_t both = (sum >> 16) << board->half | (sum & 0xFFFF);

    if (board->half < 16) {
        uint16_t *near = (uint16_t *)board->near + cell;
        const uint32_t mask = (1U << 2 * board->half) - 1;
        *near = (uint16_t)((*near & ~mask) | both);
    } else {
        ((uint32_t *)board->near)[cell] = both;
    }
}

/* Counts of a row from the sums of columns. */
static void count_row(wks_board *board, int32_t row)
{
    const int32_t n = board->columns, radius = board->radius;
    uint32_t sum = 0;

    for (int32_t k = -radius; k < radius; k++) {
        const int32_t c = shifted(0, k, n, board->torus);
        if (c >= 0 && c < n) sum += board->column[c];
    }
    for (int32_t c = 0; c < n; c++) {
        const int32_t last = shifted(c, radius, n, board->torus), gone = shifted(c, -radius, n, board->torus);
        if (last >= 0) sum += board->column[last];
        put_near(board, row * n + c, sum);
        if (gone >= 0) sum -= board->column[gone];
    }
}

/* All counts at once: O(cells). */
static void count_all(wks_board *board)
{
    const int32_t n = board->rows, radius = board->radius;

    memset(board->column, 0, (size_t)board->columns * sizeof *board->column);
    for (int32_t k = -radius; k < radius; k++) {
        const int32_t r = shifted(0, k, n, board->torus);
        if (r >= 0 && r < n) add_row(board, r, false);
    }
    for (int32_t r = 0; r < n; r++) {
        const int32_t last = shifted(r, radius, n, board->torus), gone = shifted(r, -radius, n, board->torus);
        if (last >= 0) add_row(board, last, false);
        count_row(board, r);
        if (gone >= 0) add_row(board, gone, true);
    }
}

static void set_group(wks_board *board, int32_t cell, int group)
{
    if (!wks_board_is_small(board)) {
        board->group[cell] = (uint8_t)group;
        return;
    }
    uint16_t *near = (uint16_t *)board->near + cell;
    *near = (uint16_t)((*near & ~(3U << 2 * board->half)) | (uint32_t)group << 2 * board->half);
}

void wks_board_settle(wks_board *board, const int32_t *cell)
{
    for (int32_t i = 0; i < board->n_agents; i++) {
        board->cell_of[i] = cell[i];
        board->at[cell[i]] = i;
        set_group(board, cell[i], wks_board_is_b(board, i) ? WKS_BOARD_B : WKS_BOARD_A);
    }
    for (int32_t k = 0; k < board->n_empty; k++) {
        board->empty[k] = cell[board->n_agents + k];
        board->at[board->empty[k]] = ~k;
        set_group(board, board->empty[k], WKS_BOARD_EMPTY);
    }
    count_all(board);
    board->is_behind = false;
}

void wks_board_catch_up(wks_board *board)
{
    if (!board->is_behind) return;
    for (int32_t cell = 0; cell < board->n_cells; cell++) {
        const int32_t at = board->at[cell];
        set_group(board, cell, at < 0 ? WKS_BOARD_EMPTY : wks_board_is_b(board, at) ? WKS_BOARD_B : WKS_BOARD_A);
        if (at >= 0) board->cell_of[at] = cell;
    }
    count_all(board);
    board->is_behind = false;
}

/* ---- laws ----------------------------------------------------------------------------------------------------------------------- */

static bool who_is_where_fits(const wks_board *board)
{
    int32_t n_occupied = 0;

    for (int32_t cell = 0; cell < board->n_cells; cell++) {
        const int32_t at = board->at[cell];
        n_occupied += at >= 0;
        if (at >= 0 ? at >= board->n_agents || board->cell_of[at] != cell : ~at >= board->n_empty || board->empty[~at] != cell)
            return false;
        if (wks_board_group(board, cell) != (at < 0 ? WKS_BOARD_EMPTY : wks_board_is_b(board, at) ? WKS_BOARD_B : WKS_BOARD_A))
            return false;
    }
    return n_occupied == board->n_agents;
}

static bool counts_fit(const wks_board *board, int32_t *box)
{
    for (int32_t cell = 0; cell < board->n_cells; cell++) {
        const wks_board_count near = wks_board_near(board, cell);
        const int32_t n = wks_board_box(board, cell, board->radius, box);
        int32_t found[3] = {0};
        for (int32_t i = 0; i < n; i++)
            found[wks_board_group(board, box[i])]++;
        if (found[WKS_BOARD_A] != near.a || found[WKS_BOARD_B] != near.b) return false;
    }
    return true;
}

wks_status wks_board_check(const wks_board *board, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t side = 2 * (size_t)board->radius + 1;
    int32_t *box = wks_mem_array(side * side, sizeof *box);

    if (box == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to check a grid");
    if (!who_is_where_fits(board)) WKS_FAIL(err, WKS_ERR_LAW, "agents and cells of the grid do not fit");
    if (!counts_fit(board, box)) WKS_FAIL(err, WKS_ERR_LAW, "counts of neighbours on the grid differ from a recount");
out:
    free(box);
    return rc;
}

uint64_t wks_board_hash(const wks_board *board, uint64_t hash)
{
    for (int32_t i = 0; i < board->n_agents; i++)
        hash = wks_columns_mix(hash, (uint64_t)(uint32_t)board->cell_of[i]);
    for (int32_t k = 0; k < board->n_empty; k++)
        hash = wks_columns_mix(hash, (uint64_t)(uint32_t)board->empty[k]);
    return hash;
}
