#include "world/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "world/columns_hash.h"
#include "world/row_order.h"

enum { BLOCK = 512, SMALL_TABLE = 4096, PAGE = 4096 };

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

static wks_rare *rare_of(const void *table, const wks_column_info *column)
{
    return (wks_rare *)(uintptr_t)((const char *)table + column->offset);
}

static uint64_t *keys(const void *table, const wks_table_info *info)
{
    return column_get(table, &info->column[0]);
}

void wks_columns_init(void *table, const wks_table_info *info)
{
    wks_columns *base = table;

    *base = (wks_columns){0};
    for (int32_t c = 0; c < info->n_columns; c++) {
        const wks_column_info *column = &info->column[c];
        if (column->is_rare)
            *rare_of(table, column) = (wks_rare){.none = column->none};
        else
            column_set(table, column, NULL);
    }
}

void wks_columns_free(void *table, const wks_table_info *info)
{
    wks_columns *base = table;

    for (int32_t c = 0; c < info->n_columns; c++) {
        const wks_column_info *column = &info->column[c];
        if (column->is_rare)
            wks_rare_free(rare_of(table, column));
        else
            free(column_get(table, column));
    }
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
        if (column->is_rare) {
            WKS_TRY(wks_rare_reserve(rare_of(table, column), n_rows, err));
            continue;
        }
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
        if (column->is_rare) {
            WKS_TRY(wks_rare_shrink(rare_of(table, column), base->n_rows, err));
            continue;
        }
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

/* Small tables grow by half, others by a sixteenth: a country's tables hold gigabytes, and little is added to them after the start. */
static size_t next_capacity(int32_t capacity)
{
    if (capacity < SMALL_TABLE) return wks_mem_capacity((size_t)capacity, (size_t)capacity + 1);
    return (size_t)capacity + (size_t)capacity / 16;
}

/* A call for a few bytes takes longer than writing them, and a row has a hundred columns. */
static void clear_cell(char *cell, size_t size)
{
    switch (size) {
    case 1: *cell = 0; break;
    case 2: memset(cell, 0, 2); break;
    case 4: memset(cell, 0, 4); break;
    case 8: memset(cell, 0, 8); break;
    default: memset(cell, 0, size);
    }
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
            if (!column->is_rare)
                clear_cell((char *)column_get(table, column) + (size_t)row * column->size, column->size);
            else if (rare_of(table, column)->n_entries > 0)
                wks_rare_set(rare_of(table, column), row, column->none);
        }
    } else {
        if (base->n_rows == base->capacity) {
            const size_t capacity = next_capacity(base->capacity);
            if (capacity > INT32_MAX) WKS_FAIL(err, WKS_ERR_NOMEM, "table %s would have more than 2^31 rows", info->name);
            WKS_TRY(wks_columns_reserve(table, info, (int32_t)capacity, err));
        }
        row = base->n_rows++; /* rows above n_rows are zero: growth zeroes them, and so does wks_columns_reorder */
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

void wks_columns_reorder(void *table, const wks_table_info *info, const wks_row_order *order)
{
    static const uint64_t zero = 0;
    wks_columns *base = table;

    WKS_BUG_IF(order->n_before != base->n_rows || order->n != base->n_live);
    for (int32_t c = 0; c < info->n_columns; c++) {
        const wks_column_info *column = &info->column[c];
        if (column->is_rare)
            wks_rare_rename(rare_of(table, column), order->after, NULL, order->n_before);
        else
            wks_row_order_array(order, column_get(table, column), column->size, base->n_rows, &zero);
    }
    base->n_rows = order->n;
    base->n_free = 0;
}

/* What is zero there and here is not written: pages that nobody wrote cost no memory. */
static void copy_bytes(char *to, const char *from, size_t n)
{
    static const char zero[PAGE];

    for (size_t at = 0, m; at < n; at += m) {
        m = n - at < PAGE ? n - at : PAGE;
        if (memcmp(from + at, zero, m) != 0 || memcmp(to + at, zero, m) != 0) memcpy(to + at, from + at, m);
    }
}

/* Rows that the target used before and the copy does not must be zero again: wks_columns_add relies on it. */
static void copy_column(const void *source, void *target, const wks_column_info *column, int32_t n_source, int32_t n_target)
{
    char *to = column_get(target, column);

    if (n_source > 0) copy_bytes(to, column_get(source, column), (size_t)n_source * column->size);
    if (n_target > n_source) memset(to + (size_t)n_source * column->size, 0, (size_t)(n_target - n_source) * column->size);
}

wks_status wks_columns_copy(const void *source, const wks_table_info *info, void *target, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_columns *from = source;
    wks_columns *to = target;

    WKS_TRY(wks_columns_reserve(target, info, from->n_rows, err));
    for (int32_t c = 0; c < info->n_columns; c++) {
        const wks_column_info *column = &info->column[c];
        if (column->is_rare)
            WKS_TRY(wks_rare_copy(rare_of(source, column), from->n_rows, rare_of(target, column), err));
        else
            copy_column(source, target, column, from->n_rows, to->n_rows);
    }
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
    size_t row = 0, rare = 0;

    for (int32_t c = 0; c < info->n_columns; c++) {
        if (info->column[c].is_rare)
            rare += wks_rare_bytes(rare_of(table, &info->column[c]));
        else
            row += info->column[c].size;
    }
    return row * (size_t)base->capacity + rare + (size_t)base->free_capacity * sizeof *base->free_row;
}

wks_status wks_columns_make_room(void *table, const wks_table_info *info, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t c = 0; c < info->n_columns; c++) {
        if (info->column[c].is_rare) WKS_TRY(wks_rare_make_room(rare_of(table, &info->column[c]), err));
    }
out:
    return rc;
}

/* Puts the value of a rare column as a number of the column's type. */
static void put_number(const wks_column_info *column, int64_t value, void *at)
{
    const int32_t whole = (int32_t)value;
    const int16_t month = (int16_t)value;
    const uint32_t bits = (uint32_t)value;

    if (column->size == sizeof value)
        memcpy(at, &value, sizeof value);
    else if (strcmp(column->type, "float") == 0)
        memcpy(at, &bits, sizeof bits);
    else if (column->size == sizeof whole)
        memcpy(at, &whole, sizeof whole);
    else
        memcpy(at, &month, sizeof month);
}

static int64_t number_at(const wks_column_info *column, const void *at)
{
    int64_t value = 0;
    int32_t whole = 0;
    int16_t month = 0;
    uint32_t bits = 0;

    if (column->size == sizeof value) {
        memcpy(&value, at, sizeof value);
        return value;
    }
    if (strcmp(column->type, "float") == 0) {
        memcpy(&bits, at, sizeof bits);
        return bits;
    }
    if (column->size == sizeof whole) {
        memcpy(&whole, at, sizeof whole);
        return whole;
    }
    memcpy(&month, at, sizeof month);
    return month;
}

/* The usual number in every row, and then the others. */
static void fill(const wks_rare *rare, const wks_column_info *column, int32_t begin, int32_t n, char *out)
{
    const size_t size = column->size, all = (size_t)n * size;

    put_number(column, column->none, out);
    for (size_t done = size; done < all; done *= 2)
        memcpy(out + done, out, done < all - done ? done : all - done);
    for (int32_t i = 0; rare->n_entries > 0 && i < n; i++) {
        const int64_t value = wks_rare_get(rare, begin + i);
        if (value != column->none) put_number(column, value, out + (size_t)i * size);
    }
}

const void *wks_columns_numbers(const void *table, const wks_column_info *column, int32_t begin, int32_t n, uint64_t *scratch)
{
    if (!column->is_rare) return (const char *)column_get(table, column) + (size_t)begin * column->size;
    if (n > 0) fill(rare_of(table, column), column, begin, n, (char *)scratch);
    return scratch;
}

uint64_t wks_columns_mix(uint64_t hash, uint64_t value)
{
    return wks_columns_hash_finish(wks_columns_hash_step(hash, value));
}

uint64_t wks_columns_bits(double value)
{
    return wks_columns_hash_double(value);
}

uint64_t wks_columns_shape(const wks_table_info *info)
{
    uint64_t hash = wks_columns_mix(0, (uint64_t)info->n_columns);

    for (int32_t c = 0; c < info->n_columns; c++) {
        for (const char *at = info->column[c].name; *at != '\0'; at++)
            hash = wks_columns_hash_step(hash, (uint64_t)(unsigned char)*at);
        hash = wks_columns_mix(hash, info->column[c].size);
    }
    return hash;
}

/* ---- carried over ------------------------------------------------------------------------------------------------------------------ */

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

/* Numbers of a rare column, written and read as those of any other. */
static void carry_rare(wks_rare *rare, const wks_column_info *column, int32_t n_rows, wks_carry *carry)
{
    uint64_t scratch[BLOCK] = {0};

    for (int32_t begin = 0, n; begin < n_rows; begin += n) {
        n = n_rows - begin < BLOCK ? n_rows - begin : BLOCK;
        if (!wks_carry_reads(carry)) fill(rare, column, begin, n, (char *)scratch);
        wks_carry_numbers(carry, scratch, (size_t)n, column->size);
        for (int32_t i = 0; i < n && wks_carry_reads(carry); i++)
            wks_rare_set(rare, begin + i, number_at(column, (const char *)scratch + (size_t)i * column->size));
    }
}

wks_status wks_columns_carry(void *table, const wks_table_info *info, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_columns *base = table;
    int32_t n_rows = base->n_rows;
    size_t row = 0;

    WKS_BUG_IF(wks_carry_reads(carry) && base->n_rows != 0);
    wks_carry_tag(carry, info->name);
    wks_carry_same(carry, (int64_t)wks_columns_shape(info), "a table with other columns");
    for (int32_t c = 0; c < info->n_columns; c++)
        row += info->column[c].size;
    wks_carry_count(carry, &n_rows, row);
    WKS_TRY(wks_carry_status(carry, err));
    WKS_TRY(wks_columns_reserve(table, info, n_rows, err));
    for (int32_t c = 0; c < info->n_columns; c++) {
        const wks_column_info *column = &info->column[c];
        if (column->is_rare)
            carry_rare(rare_of(table, column), column, n_rows, carry);
        else
            wks_carry_numbers(carry, column_get(table, column), (size_t)n_rows, column->size);
    }
    WKS_TRY(wks_columns_make_room(table, info, err));
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

static int64_t whole_at(const wks_column_info *column, const void *at)
{
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
    uint64_t scratch;
    const bool is_month = strcmp(info->column[c].unit, "month") == 0;
    for (int32_t row = 0; row < base->n_rows; row++) {
        const void *at = wks_columns_numbers(table, &info->column[c], row, 1, &scratch);
        const int64_t value = key[row] == 0 ? low : whole_at(&info->column[c], at);
        if ((value < low || value > high) && !(is_month && value == WKS_NO_MONTH)) return false;
    }
    return true;
}

static bool is_absurd(const wks_column_info *column, const void *at)
{
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
    const int64_t value = whole_at(column, at), most = column->size == sizeof(int64_t) ? INT64_C(1) << 53 : INT64_C(1) << 30;
    return value > most || value < -most;
}

const char *wks_columns_absurd(const void *table, const wks_table_info *info)
{
    const wks_columns *base = table;
    const uint64_t *key = keys(table, info);

    for (int32_t c = 0; c < info->n_columns; c++) {
        const wks_column_info *column = &info->column[c];
        uint64_t scratch;
        if (column->size == 1 || column->type[0] == 'u') continue;
        for (int32_t row = 0; row < base->n_rows; row++)
            if (key[row] != 0 && is_absurd(column, wks_columns_numbers(table, column, row, 1, &scratch))) return column->name;
    }
    return NULL;
}
