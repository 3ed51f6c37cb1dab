#include "grid/planes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"
#include "base/vector.h"
#include "grid/planes_wide.h"

/* What is compiled for several processors must be part of each. */
#ifdef __GNUC__
#define WKS_PLANES_INLINE __attribute__((always_inline)) static inline
#else
#define WKS_PLANES_INLINE static inline
#endif

enum { BLOCK_ROWS = 64, N_LAYERS = 16 };

/* The work of a block: `width` words each. Sums of three cells one above the other (with a word of room on both sides), then what is known of each cell. */
typedef struct layers {
    uint64_t *a0, *a1, *b0, *b1; /* column sums, low and high bit */
    uint64_t *own[4], *all[4];   /* agents of the own group, and all, in the box of nine */
    uint64_t *occupied;
    int32_t n;
} layers;

static size_t width_of(int32_t n_words)
{
    return (size_t)n_words + 2;
}

wks_status wks_planes_init(wks_planes *planes, const wks_board *board, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t n;

    *planes = (wks_planes){.n_words = board->columns / 64 + 1, .n_blocks = wks_par_blocks(board->rows, BLOCK_ROWS)};
    n = width_of(planes->n_words) * (size_t)board->rows;
    planes->a = wks_mem_array(n, sizeof *planes->a);
    planes->b = wks_mem_array(n, sizeof *planes->b);
    planes->of_group[0] = planes->a;
    planes->of_group[1] = planes->b;
    planes->unhappy = wks_mem_array(n, sizeof *planes->unhappy);
    planes->scratch = wks_mem_array((size_t)planes->n_blocks * N_LAYERS * width_of(planes->n_words), sizeof *planes->scratch);
    planes->of = wks_mem_array((size_t)planes->n_blocks, sizeof *planes->of);
    if (planes->a == NULL || planes->b == NULL || planes->unhappy == NULL || planes->scratch == NULL || planes->of == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to look at a grid of %d x %d cells", board->rows, board->columns);
out:
    return rc;
}

void wks_planes_free(wks_planes *planes)
{
    free(planes->a);
    free(planes->b);
    free(planes->unhappy);
    free(planes->scratch);
    free(planes->of);
    *planes = (wks_planes){0};
}

/* ---- a bit a cell --------------------------------------------------------------------------------------------------------------- */

enum { GROUP_BIT = 8, GROUP_A = WKS_BOARD_A << GROUP_BIT, GROUP_B = WKS_BOARD_B << GROUP_BIT }; /* in a count: radius 1 has halves of 4 */

static void pack_plain(const uint16_t *near, int32_t first, int32_t n, uint64_t *a, uint64_t *b)
{
    for (int32_t c = first; c < n; c++) {
        a[c / 64] |= (uint64_t)((near[c] & GROUP_A) != 0) << c % 64;
        b[c / 64] |= (uint64_t)((near[c] & GROUP_B) != 0) << c % 64;
    }
}

#ifdef WKS_VECTOR_AVX2
/* One bit of 32 counts, the one that so far up is the highest. */
WKS_VECTOR_AVX2 static inline uint32_t bits_of(__m256i first, __m256i last, int up)
{
    const __m256i both =
        _mm256_packs_epi16(_mm256_srai_epi16(_mm256_slli_epi16(first, up), 15), _mm256_srai_epi16(_mm256_slli_epi16(last, up), 15));

    return (uint32_t)_mm256_movemask_epi8(_mm256_permute4x64_epi64(both, 0xD8));
}

WKS_VECTOR_AVX2 static int32_t pack_avx2(const uint16_t *near, int32_t n, uint64_t *a, uint64_t *b)
{
    int32_t c = 0;

    for (; c + 32 <= n; c += 32) {
        const __m256i first = _mm256_loadu_si256((const __m256i *)(const void *)&near[c]);
        const __m256i last = _mm256_loadu_si256((const __m256i *)(const void *)&near[c + 16]);
        const uint32_t of_a = bits_of(first, last, 15 - GROUP_BIT), of_b = bits_of(first, last, 14 - GROUP_BIT);
        a[c / 64] |= (uint64_t)of_a << c % 64;
        b[c / 64] |= (uint64_t)of_b << c % 64;
    }
    return c;
}
#endif

static void pack_row(wks_planes *planes, const wks_board *board, int32_t row)
{
    const uint16_t *near = (const uint16_t *)board->near + (size_t)row * (size_t)board->columns;
    const size_t width = width_of(planes->n_words);
    uint64_t *a = planes->a + width * (size_t)row + 1, *b = planes->b + width * (size_t)row + 1;
    int32_t first = 0;

    memset(a, 0, (size_t)planes->n_words * sizeof *a);
    memset(b, 0, (size_t)planes->n_words * sizeof *b);
#ifdef WKS_VECTOR_AVX2
    if (wks_vector_has_avx2()) first = pack_avx2(near, board->columns, a, b);
#endif
    pack_plain(near, first, board->columns, a, b);
}

/* ---- sums ----------------------------------------------------------------------------------------------------------------------- */

/* Three rows of bits to two rows: their sum, 0 to 3. */
static inline void add_three(const uint64_t *x, const uint64_t *y, const uint64_t *z, int32_t n, uint64_t *low, uint64_t *high)
{
    for (int32_t w = 0; w < n; w++) {
        low[w] = x[w] ^ y[w] ^ z[w];
        high[w] = (x[w] & y[w]) | (z[w] & (x[w] | y[w]));
    }
}

/* On a torus the column before the first is the last one, and the one after the last the first. */
static void wrap(uint64_t *row, int32_t columns)
{
    const uint64_t first = row[0] & 1, last = row[(columns - 1) / 64] >> (columns - 1) % 64 & 1;

    row[-1] = last << 63;
    row[columns / 64] |= first << columns % 64;
}

/* The sums (0 to 3) of a column and those beside it: 0 to 9, in four bits. */
WKS_PLANES_INLINE void add_beside(const uint64_t *s0, const uint64_t *s1, int32_t w, uint64_t out[4])
{
    const uint64_t l0 = s0[w] << 1 | s0[w - 1] >> 63, l1 = s1[w] << 1 | s1[w - 1] >> 63;
    const uint64_t r0 = s0[w] >> 1 | s0[w + 1] << 63, r1 = s1[w] >> 1 | s1[w + 1] << 63;
    const uint64_t m0 = s0[w], m1 = s1[w];
    const uint64_t carry0 = (l0 & m0) | (r0 & (l0 | m0)); /* of the ones: worth two */
    const uint64_t twos = l1 ^ m1 ^ r1, fours = (l1 & m1) | (r1 & (l1 | m1));

    out[0] = l0 ^ m0 ^ r0;
    out[1] = twos ^ carry0;
    const uint64_t carry1 = twos & carry0;
    out[2] = fours ^ carry1;
    out[3] = fours & carry1;
}

WKS_PLANES_INLINE void sum_row_body(const layers *l, const uint64_t *a, const uint64_t *b)
{
    for (int32_t w = 0; w < l->n; w++) {
        uint64_t na[4], nb[4], carry;
        add_beside(l->a0, l->a1, w, na);
        add_beside(l->b0, l->b1, w, nb);
        for (int k = 0; k < 4; k++)
            l->own[k][w] = (a[w] & na[k]) | (b[w] & nb[k]);
        l->all[0][w] = na[0] ^ nb[0];
        carry = na[0] & nb[0];
        for (int k = 1; k < 4; k++) {
            l->all[k][w] = na[k] ^ nb[k] ^ carry;
            carry = (na[k] & nb[k]) | (carry & (na[k] | nb[k]));
        }
        l->occupied[w] = a[w] | b[w];
    }
}

/* ---- who is unhappy ------------------------------------------------------------------------------------------------------------- */

/* Bits where the number (four bits) is at most `most`. */
WKS_PLANES_INLINE uint64_t at_most(uint64_t *const bit[4], int32_t w, int32_t most)
{
    uint64_t is = UINT64_MAX;

    if (most < 0) return 0;
    if (most > 15) return is;
    for (int k = 0; k < 4; k++)
        is = (most >> k & 1) != 0 ? is | ~bit[k][w] : is & ~bit[k][w];
    return is;
}

/* Bits where the number is n. */
WKS_PLANES_INLINE uint64_t equals(uint64_t *const bit[4], int32_t w, int32_t n)
{
    uint64_t is = UINT64_MAX;

    for (int k = 0; k < 4; k++)
        is &= (n >> k & 1) != 0 ? bit[k][w] : ~bit[k][w];
    return is;
}

/* Adds those with n in their box: who is unhappy, and the tally. Own group in the box (itself included) at most least[n - 1] is too few. */
WKS_PLANES_INLINE void take_number_body(const layers *l, int32_t n, int32_t most, uint64_t *unhappy, int64_t sum[6])
{
    int64_t n_all = 0, n_own[4] = {0}, n_unhappy = 0;

    for (int32_t w = 0; w < l->n; w++) {
        const uint64_t here = equals(l->all, w, n) & l->occupied[w], few = here & at_most(l->own, w, most);
        unhappy[w] |= few;
        n_unhappy += __builtin_popcountll(few);
        n_all += __builtin_popcountll(here);
        n_own[0] += __builtin_popcountll(here & l->own[0][w]);
        n_own[1] += __builtin_popcountll(here & l->own[1][w]);
        n_own[2] += __builtin_popcountll(here & l->own[2][w]);
        n_own[3] += __builtin_popcountll(here & l->own[3][w]);
    }
    sum[0] += n_all;
    sum[1] += n_own[0] + 2 * n_own[1] + 4 * n_own[2] + 8 * n_own[3];
    sum[2] += n_unhappy;
}

WKS_PLANES_INLINE void look_at_row_body(const layers *l, const uint64_t *a, const uint64_t *b, const int32_t *least, uint64_t *unhappy,
                                        wks_planes_tally *tally)
{
    sum_row_body(l, a, b);
    for (int32_t n = 1; n <= WKS_PLANES_MOST; n++) {
        int64_t sum[6] = {0};
        take_number_body(l, n, least[n - 1], unhappy, sum);
        tally->n[n] += sum[0];
        tally->alike[n] += sum[1];
        tally->n_unhappy += sum[2];
    }
}

static void look_at_row_plain(const layers *l, const uint64_t *a, const uint64_t *b, const int32_t *least, uint64_t *unhappy,
                              wks_planes_tally *tally)
{
    look_at_row_body(l, a, b, least, unhappy, tally);
}

typedef void look_at_row(const layers *l, const uint64_t *a, const uint64_t *b, const int32_t *least, uint64_t *unhappy,
                         wks_planes_tally *tally);

#if defined(WKS_VECTOR_AVX2) && defined(__OPTIMIZE__)
/* The same text for processors that count bits word by word; those that do so for eight words at once have a text of their own. */
__attribute__((target("avx2,popcnt"))) static void look_at_row_avx2(const layers *l, const uint64_t *a, const uint64_t *b,
                                                                    const int32_t *least, uint64_t *unhappy, wks_planes_tally *tally)
{
    look_at_row_body(l, a, b, least, unhappy, tally);
}

static void look_at_row_wide(const layers *l, const uint64_t *a, const uint64_t *b, const int32_t *least, uint64_t *unhappy,
                             wks_planes_tally *tally)
{
    wks_planes_wide_row(&(wks_planes_row){a, b, l->a0, l->a1, l->b0, l->b1, unhappy, l->n}, least, tally);
}

static look_at_row *fitting(void)
{
    if (wks_planes_has_wide()) return look_at_row_wide;
    return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("popcnt") != 0 ? look_at_row_avx2 : look_at_row_plain;
}
#else
static look_at_row *fitting(void)
{
    return look_at_row_plain;
}
#endif

/* ---- all rows ------------------------------------------------------------------------------------------------------------------- */

typedef struct looking {
    wks_planes *planes;
    const wks_board *board;
    const int32_t *least;
    look_at_row *look;
} looking;

static void pack_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const looking *all = context;

    (void)block;
    for (int64_t r = begin; r < end; r++)
        pack_row(all->planes, all->board, (int32_t)r);
}

static layers layers_of(const wks_planes *planes, int64_t block)
{
    const size_t width = width_of(planes->n_words);
    uint64_t *first = planes->scratch + (size_t)block * N_LAYERS * width + 1;
    layers l = {.a0 = first, .a1 = first + width, .b0 = first + 2 * width, .b1 = first + 3 * width, .n = planes->n_words};

    for (size_t k = 0; k < 4; k++) {
        l.own[k] = first + (4 + k) * width;
        l.all[k] = first + (8 + k) * width;
    }
    l.occupied = first + 12 * width;
    return l;
}

/* The row above or below, or one of nobody beyond the border. */
static const uint64_t *row_at(const wks_planes *planes, const wks_board *board, const uint64_t *plane, const uint64_t *nobody, int64_t row)
{
    const int64_t n = board->rows;

    if ((row < 0 || row >= n) && !board->torus) return nobody;
    return plane + width_of(planes->n_words) * (size_t)((row + n) % n) + 1;
}

static void add_columns(const looking *all, const layers *l, int64_t row, const uint64_t *nobody)
{
    const wks_planes *p = all->planes;
    const uint64_t *const plane[2] = {p->a, p->b};
    uint64_t *const low[2] = {l->a0, l->b0}, *const high[2] = {l->a1, l->b1};

    for (int g = 0; g < 2; g++) {
        add_three(row_at(p, all->board, plane[g], nobody, row - 1), row_at(p, all->board, plane[g], nobody, row),
                  row_at(p, all->board, plane[g], nobody, row + 1), l->n, low[g], high[g]);
        if (!all->board->torus) continue;
        wrap(low[g], all->board->columns);
        wrap(high[g], all->board->columns);
    }
}

static void look_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const looking *all = context;
    wks_planes *planes = all->planes;
    const size_t width = width_of(planes->n_words);
    const layers l = layers_of(planes, block);
    const uint64_t *nobody = l.occupied + width;

    planes->of[block] = (wks_planes_tally){.n_unhappy = 0};
    for (int64_t r = begin; r < end; r++) {
        const size_t first = width * (size_t)r + 1;
        memset(planes->unhappy + first, 0, (size_t)l.n * sizeof *planes->unhappy);
        add_columns(all, &l, r, nobody);
        all->look(&l, planes->a + first, planes->b + first, all->least, planes->unhappy + first, &planes->of[block]);
    }
}

void wks_planes_look(wks_planes *planes, const wks_board *board, const int32_t *least, int threads)
{
    looking all = {planes, board, least, fitting()};

    if (!planes->is_kept) wks_par_for(board->rows, BLOCK_ROWS, threads, pack_block, &all);
    wks_par_for(board->rows, BLOCK_ROWS, threads, look_block, &all);
    planes->tally = (wks_planes_tally){.n_unhappy = 0};
    for (int64_t block = 0; block < planes->n_blocks; block++) {
        for (int n = 0; n <= WKS_PLANES_MOST; n++) {
            planes->tally.n[n] += planes->of[block].n[n];
            planes->tally.alike[n] += planes->of[block].alike[n];
        }
        planes->tally.n_unhappy += planes->of[block].n_unhappy;
    }
}

/* ---- laws ----------------------------------------------------------------------------------------------------------------------- */

/* What the bits of a cell say. */
static int group_in(const wks_planes *planes, const wks_board *board, int32_t cell)
{
    const size_t row = (size_t)cell / (size_t)board->columns, column = (size_t)cell % (size_t)board->columns;
    const size_t word = row * width_of(planes->n_words) + 1 + column / 64;
    const bool is_a = (planes->a[word] >> column % 64 & 1) != 0, is_b = (planes->b[word] >> column % 64 & 1) != 0;

    return is_a == is_b ? WKS_BOARD_EMPTY : is_b ? WKS_BOARD_B : WKS_BOARD_A;
}

/* Adds one cell to the tally of a recount; false: unhappy or not is not what the look says. */
static bool recount(const wks_planes *planes, const wks_board *board, const int32_t *least, int32_t cell, wks_planes_tally *tally)
{
    int32_t box[WKS_PLANES_MOST], all = 0, own = 0;
    const int32_t n = wks_board_box(board, cell, 1, box);

    for (int32_t i = 0; i < n; i++) {
        all += wks_board_group(board, box[i]) != WKS_BOARD_EMPTY;
        own += wks_board_group(board, box[i]) == wks_board_group(board, cell);
    }
    if (group_in(planes, board, cell) != wks_board_group(board, cell)) return false;
    if (wks_board_group(board, cell) == WKS_BOARD_EMPTY) return !wks_planes_is_unhappy(planes, board, cell);
    tally->n[all]++;
    tally->alike[all] += own;
    tally->n_unhappy += own - 1 < least[all - 1];
    return wks_planes_is_unhappy(planes, board, cell) == (own - 1 < least[all - 1]);
}

wks_status wks_planes_check(const wks_planes *planes, const wks_board *board, const int32_t *least, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_planes_tally tally = {.n_unhappy = 0};

    for (int32_t cell = 0; cell < board->n_cells; cell++) {
        if (!recount(planes, board, least, cell, &tally))
            WKS_FAIL(err, WKS_ERR_LAW, "cell %d: unhappy or not differs from a recount", cell);
    }
    if (memcmp(&tally, &planes->tally, sizeof tally) != 0) WKS_FAIL(err, WKS_ERR_LAW, "tallies of the grid differ from a recount");
out:
    return rc;
}
