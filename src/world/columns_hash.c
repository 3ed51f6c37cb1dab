#include "world/columns_hash.h"

#include "world/columns.h"

enum { HASH_BLOCK = 512 };

static bool is_named_in(const char *list, const char *name)
{
    const size_t length = strlen(name);

    while (list != NULL && *list != '\0') {
        const size_t n = strcspn(list, ",");
        if (n == length && memcmp(list, name, n) == 0) return true;
        list += n;
        list += *list == ',';
    }
    return false;
}

/* -0 counts as 0 and every NaN as the same one: they compare alike and print alike. */
static uint64_t float_bits(float value)
{
    uint32_t bits;

    if (value != value) return UINT32_C(0x7FC00000);
    memcpy(&bits, &value, sizeof bits);
    return value == 0.0f ? 0 : bits;
}

/* Whole numbers count by value, whatever their width. */
#define MIX_NUMBERS(type)           \
    for (int32_t i = 0; i < n; i++) \
    hash[i] = wks_columns_hash_step(hash[i], (uint64_t)(int64_t)((const type *)from)[i])

/* Adds n numbers of one column to the hashes of their rows. */
static void mix_column(const wks_column_info *column, const void *from, int32_t n, uint64_t *hash)
{
    if (strcmp(column->type, "float") == 0) {
        for (int32_t i = 0; i < n; i++)
            hash[i] = wks_columns_hash_step(hash[i], float_bits(((const float *)from)[i]));
    } else if (strcmp(column->type, "double") == 0) {
        for (int32_t i = 0; i < n; i++)
            hash[i] = wks_columns_hash_step(hash[i], wks_columns_hash_double(((const double *)from)[i]));
    } else if (strcmp(column->type, "int16_t") == 0) {
        MIX_NUMBERS(int16_t);
    } else if (strcmp(column->type, "int32_t") == 0) {
        MIX_NUMBERS(int32_t);
    } else if (column->size == 1) {
        MIX_NUMBERS(uint8_t);
    } else if (column->size == 2) {
        MIX_NUMBERS(uint16_t);
    } else if (column->size == 4) {
        MIX_NUMBERS(uint32_t);
    } else {
        WKS_BUG_IF(column->size != 8);
        MIX_NUMBERS(uint64_t);
    }
}
#undef MIX_NUMBERS

void wks_columns_hash_rows(const void *table, const wks_table_info *info, const char *left_out, int32_t begin, int32_t n, uint64_t *out)
{
    uint64_t scratch[HASH_BLOCK];

    memset(out, 0, (size_t)n * sizeof *out);
    for (int32_t c = 0; c < info->n_columns; c++) {
        const wks_column_info *column = &info->column[c];
        if (is_named_in(left_out, column->name)) continue;
        for (int32_t at = 0, m; at < n; at += m) {
            m = n - at < HASH_BLOCK ? n - at : HASH_BLOCK;
            mix_column(column, wks_columns_numbers(table, column, begin + at, m, scratch), m, out + at);
        }
    }
    for (int32_t i = 0; i < n; i++)
        out[i] = wks_columns_hash_finish(out[i]);
}

uint64_t wks_columns_hash(const void *table, const wks_table_info *info, const char *row_columns, uint64_t hash)
{
    const wks_columns *base = table;
    const uint64_t *key = wks_columns_numbers(table, &info->column[0], 0, 0, NULL);
    uint64_t row_hash[HASH_BLOCK];
    uint64_t sum = 0;

    for (int32_t begin = 0; begin < base->n_rows; begin += HASH_BLOCK) {
        const int32_t n = base->n_rows - begin < HASH_BLOCK ? base->n_rows - begin : HASH_BLOCK;
        wks_columns_hash_rows(table, info, row_columns, begin, n, row_hash);
        for (int32_t i = 0; i < n; i++)
            sum += key[begin + i] == 0 ? 0 : row_hash[i];
    }
    return wks_columns_mix(wks_columns_mix(hash, (uint64_t)base->n_live), sum);
}
