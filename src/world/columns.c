#include "world/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { HASH_BLOCK = 512 };

/* The column pointers have many types; they are moved as bytes, which is the only portable way to treat them alike. */
static void *column_get(const void *table, const wks_column_info *column)
{
    void *data;

    memcpy(&data, (const char *)table + column->offset, sizeof data);
    return data;
}

static void column_set(void *table, const wks_column_info *column, void *data)
{
    memcpy((char *)table + column->offset, &data, sizeof data);
}

static uint64_t *keys(const void *table, const wks_table_info *info)
{
    return column_get(table, &info->column[0]);
}

void wks_columns_init(void *table, const wks_table_info *info)
{
    wks_columns *base = table;

    *base = (wks_columns){0};
    for (int32_t c = 0; c < info->n_columns; c++)
        column_set(table, &info->column[c], NULL);
}

void wks_columns_free(void *table, const wks_table_info *info)
{
    wks_columns *base = table;

    for (int32_t c = 0; c < info->n_columns; c++)
        free(column_get(table, &info->column[c]));
    free(base->free_row);
    wks_columns_init(table, info);
}

wks_status wks_columns_reserve(void *table, const wks_table_info *info, int32_t n_rows, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_columns *base = table;

    if (n_rows <= base->capacity) goto out;
    /* A failure half-way leaves some columns longer than the others: harmless, `capacity` still says what all of them have. */
    for (int32_t c = 0; c < info->n_columns; c++) {
        const wks_column_info *column = &info->column[c];
        void *grown = wks_mem_resize(column_get(table, column), (size_t)base->capacity, (size_t)n_rows, column->size);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d rows of table %s", n_rows, info->name);
        column_set(table, column, grown);
    }
    /* Room to free every row: wks_columns_remove can then never fail half-way through a change of the world. */
    int32_t *grown = wks_mem_resize(base->free_row, (size_t)base->free_capacity, (size_t)n_rows, sizeof *grown);
    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the free rows of table %s", info->name);
    base->free_row = grown;
    base->free_capacity = n_rows;
    base->capacity = n_rows;
out:
    return rc;
}

wks_status wks_columns_shrink(void *table, const wks_table_info *info, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_columns *base = table;
    const size_t n = (size_t)base->n_rows;

    if (base->n_rows == base->capacity) goto out;
    base->capacity = base->free_capacity = base->n_rows; /* what all columns have at least, also when a later one fails */
    for (int32_t c = 0; c < info->n_columns; c++) {
        const wks_column_info *column = &info->column[c];
        void *less = wks_mem_resize(column_get(table, column), n, n, column->size);
        if (less == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d rows of table %s", base->n_rows, info->name);
        column_set(table, column, less);
    }
    int32_t *less = wks_mem_resize(base->free_row, n, n, sizeof *less);
    if (less == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the free rows of table %s", info->name);
    base->free_row = less;
out:
    return rc;
}

wks_status wks_columns_add(void *table, const wks_table_info *info, uint64_t key, int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_columns *base = table;
    int32_t row;

    WKS_BUG_IF(key == 0);
    if (base->n_free > 0) {
        row = base->free_row[--base->n_free];
        for (int32_t c = 0; c < info->n_columns; c++) {
            const wks_column_info *column = &info->column[c];
            memset((char *)column_get(table, column) + (size_t)row * column->size, 0, column->size);
        }
    } else {
        if (base->n_rows == base->capacity) {
            const size_t capacity = wks_mem_capacity((size_t)base->capacity, (size_t)base->n_rows + 1);
            if (capacity > INT32_MAX) WKS_FAIL(err, WKS_ERR_NOMEM, "table %s would have more than 2^31 rows", info->name);
            WKS_TRY(wks_columns_reserve(table, info, (int32_t)capacity, err));
        }
        row = base->n_rows++; /* rows above n_rows are zero: growth zeroes them and they were never used */
    }
    keys(table, info)[row] = key;
    base->n_live++;
    *out_row = row;
out:
    return rc;
}

wks_status wks_columns_remove(void *table, const wks_table_info *info, int32_t row, wks_err *err)
{
    (void)err; /* the room was reserved with the row */
    wks_columns *base = table;
    uint64_t *key = keys(table, info);

    WKS_BUG_IF(row < 0 || row >= base->n_rows || key[row] == 0);
    base->free_row[base->n_free++] = row;
    key[row] = 0;
    base->n_live--;
    return WKS_OK;
}

/* Rows that the target used before and the copy does not must be zero again: wks_columns_add relies on it. */
static void copy_column(const void *source, void *target, const wks_column_info *column, int32_t n_source, int32_t n_target)
{
    char *to = column_get(target, column);

    if (n_source > 0) memcpy(to, column_get(source, column), (size_t)n_source * column->size);
    if (n_target > n_source) memset(to + (size_t)n_source * column->size, 0, (size_t)(n_target - n_source) * column->size);
}

wks_status wks_columns_copy(const void *source, const wks_table_info *info, void *target, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_columns *from = source;
    wks_columns *to = target;

    WKS_TRY(wks_columns_reserve(target, info, from->n_rows, err));
    for (int32_t c = 0; c < info->n_columns; c++)
        copy_column(source, target, &info->column[c], from->n_rows, to->n_rows);
    if (from->n_free > 0) memcpy(to->free_row, from->free_row, (size_t)from->n_free * sizeof *to->free_row);
    to->n_rows = from->n_rows;
    to->n_live = from->n_live;
    to->n_free = from->n_free;
out:
    return rc;
}

size_t wks_columns_bytes(const void *table, const wks_table_info *info)
{
    const wks_columns *base = table;
    size_t row = 0;

    for (int32_t c = 0; c < info->n_columns; c++)
        row += info->column[c].size;
    return row * (size_t)base->capacity + (size_t)base->free_capacity * sizeof *base->free_row;
}

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

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

/* Full avalanche (the finaliser of splitmix64), so that a sum of row hashes is as good as a hash of the sorted rows. */
static uint64_t finish(uint64_t hash)
{
    hash = (hash ^ (hash >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    hash = (hash ^ (hash >> 27)) * UINT64_C(0x94D049BB133111EB);
    return hash ^ (hash >> 31);
}

/* -0 counts as 0 and every NaN as the same one: they compare alike and print alike. */
static uint64_t float_bits(float value)
{
    uint32_t bits;

    if (value != value) return UINT32_C(0x7FC00000);
    memcpy(&bits, &value, sizeof bits);
    return value == 0.0f ? 0 : bits;
}

static uint64_t double_bits(double value)
{
    uint64_t bits;

    if (value != value) return UINT64_C(0x7FF8000000000000);
    memcpy(&bits, &value, sizeof bits);
    return value == 0.0 ? 0 : bits;
}

/* Whole numbers count by value, whatever their width. */
#define MIX_NUMBERS(type)           \
    for (int32_t i = 0; i < n; i++) \
    hash[i] = mix(hash[i], (uint64_t)(int64_t)((const type *)(const void *)from)[i])

/* Adds rows [begin, begin + n) of one column to their hashes. */
static void mix_column(const wks_column_info *column, const void *data, int32_t begin, int32_t n, uint64_t *hash)
{
    const char *from = (const char *)data + (size_t)begin * column->size;

    if (strcmp(column->type, "float") == 0) {
        for (int32_t i = 0; i < n; i++)
            hash[i] = mix(hash[i], float_bits(((const float *)(const void *)from)[i]));
    } else if (strcmp(column->type, "double") == 0) {
        for (int32_t i = 0; i < n; i++)
            hash[i] = mix(hash[i], double_bits(((const double *)(const void *)from)[i]));
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

uint64_t wks_columns_mix(uint64_t hash, uint64_t value)
{
    return finish(mix(hash, value));
}

uint64_t wks_columns_bits(double value)
{
    return double_bits(value);
}

void wks_columns_hash_rows(const void *table, const wks_table_info *info, const char *left_out, int32_t begin, int32_t n, uint64_t *out)
{
    memset(out, 0, (size_t)n * sizeof *out);
    for (int32_t c = 0; c < info->n_columns; c++) {
        if (!is_named_in(left_out, info->column[c].name)) mix_column(&info->column[c], column_get(table, &info->column[c]), begin, n, out);
    }
    for (int32_t i = 0; i < n; i++)
        out[i] = finish(out[i]);
}

uint64_t wks_columns_hash(const void *table, const wks_table_info *info, const char *row_columns, uint64_t hash)
{
    const wks_columns *base = table;
    const uint64_t *key = keys(table, info);
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

/* ---- carried over ------------------------------------------------------------------------------------------------------------------ */

static uint64_t shape_of(const wks_table_info *info)
{
    uint64_t hash = wks_columns_mix(0, (uint64_t)info->n_columns);

    for (int32_t c = 0; c < info->n_columns; c++) {
        for (const char *at = info->column[c].name; *at != '\0'; at++)
            hash = mix(hash, (uint64_t)(unsigned char)*at);
        hash = wks_columns_mix(hash, info->column[c].size);
    }
    return hash;
}

/* Every row is alive or once in the list of freed rows. */
static wks_status check_rows(const void *table, const wks_table_info *info, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_columns *base = table;
    const uint64_t *key = keys(table, info);
    uint8_t *is_free = wks_mem_array((size_t)base->n_rows, 1);
    int32_t n_live = 0;

    if (is_free == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the free rows of table %s", info->name);
    for (int32_t i = 0; i < base->n_free; i++) {
        const int32_t row = base->free_row[i];
        if (!wks_carry_must(carry, row >= 0 && row < base->n_rows && is_free[row] == 0 && key[row] == 0, "a free row that is not free"))
            break;
        is_free[row] = 1;
    }
    for (int32_t row = 0; row < base->n_rows; row++)
        n_live += key[row] != 0;
    wks_carry_must(carry, n_live == base->n_live && n_live + base->n_free == base->n_rows, "rows in use and free rows do not add up");
    rc = wks_carry_status(carry, err);
out:
    free(is_free);
    return rc;
}

wks_status wks_columns_carry(void *table, const wks_table_info *info, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_columns *base = table;
    int32_t n_rows = base->n_rows;
    size_t row = 0;

    WKS_BUG_IF(wks_carry_reads(carry) && base->n_rows != 0);
    wks_carry_tag(carry, info->name);
    wks_carry_same(carry, (int64_t)shape_of(info), "a table with other columns");
    for (int32_t c = 0; c < info->n_columns; c++)
        row += info->column[c].size;
    wks_carry_count(carry, &n_rows, row);
    WKS_TRY(wks_carry_status(carry, err));
    WKS_TRY(wks_columns_reserve(table, info, n_rows, err));
    for (int32_t c = 0; c < info->n_columns; c++)
        wks_carry_numbers(carry, column_get(table, &info->column[c]), (size_t)n_rows, info->column[c].size);
    wks_carry_i32(carry, &base->n_live);
    wks_carry_count(carry, &base->n_free, sizeof *base->free_row);
    if (wks_carry_must(carry, base->n_free <= n_rows, "more free rows than rows"))
        wks_carry_numbers(carry, base->free_row, (size_t)base->n_free, sizeof *base->free_row);
    WKS_TRY(wks_carry_status(carry, err));
    base->n_rows = n_rows;
    if (wks_carry_reads(carry)) WKS_TRY(check_rows(table, info, carry, err));
out:
    return rc;
}

static int64_t whole_at(const wks_column_info *column, const void *data, int32_t row)
{
    const char *at = (const char *)data + (size_t)row * column->size;
    int64_t whole = 0;

    if (strcmp(column->type, "uint8_t") == 0) return *(const uint8_t *)at;
    if (strcmp(column->type, "int32_t") == 0) {
        int32_t value;
        memcpy(&value, at, sizeof value);
        return value;
    }
    if (strcmp(column->type, "int16_t") == 0) {
        int16_t value;
        memcpy(&value, at, sizeof value);
        return value;
    }
    WKS_BUG_IF(strcmp(column->type, "int64_t") != 0);
    memcpy(&whole, at, sizeof whole);
    return whole;
}

bool wks_columns_within(const void *table, const wks_table_info *info, const char *column, int64_t low, int64_t high)
{
    const wks_columns *base = table;
    const uint64_t *key = keys(table, info);
    int32_t c = 0;

    while (c < info->n_columns && strcmp(info->column[c].name, column) != 0)
        c++;
    WKS_BUG_IF(c == info->n_columns);
    const void *data = column_get(table, &info->column[c]);
    const bool is_month = strcmp(info->column[c].unit, "month") == 0;
    for (int32_t row = 0; row < base->n_rows; row++) {
        const int64_t value = key[row] == 0 ? low : whole_at(&info->column[c], data, row);
        if ((value < low || value > high) && !(is_month && value == WKS_NO_MONTH)) return false;
    }
    return true;
}

static bool is_absurd(const wks_column_info *column, const void *data, int32_t row)
{
    const char *at = (const char *)data + (size_t)row * column->size;
    float single = 0;
    double twice = 0;

    if (strcmp(column->type, "float") == 0) {
        memcpy(&single, at, sizeof single);
        return single > 1e15f || single < -1e15f;
    }
    if (strcmp(column->type, "double") == 0) {
        memcpy(&twice, at, sizeof twice);
        return twice > 1e15 || twice < -1e15;
    }
    const int64_t value = whole_at(column, data, row), most = column->size == sizeof(int64_t) ? INT64_C(1) << 53 : INT64_C(1) << 30;
    return value > most || value < -most;
}

const char *wks_columns_absurd(const void *table, const wks_table_info *info)
{
    const wks_columns *base = table;
    const uint64_t *key = keys(table, info);

    for (int32_t c = 0; c < info->n_columns; c++) {
        const wks_column_info *column = &info->column[c];
        const void *data = column_get(table, column);
        if (column->size == 1 || column->type[0] == 'u') continue;
        for (int32_t row = 0; row < base->n_rows; row++)
            if (key[row] != 0 && is_absurd(column, data, row)) return column->name;
    }
    return NULL;
}
