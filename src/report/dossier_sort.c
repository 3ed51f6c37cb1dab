#include "report/dossier_sort.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/dossier.h"

enum { DIGIT = 16, DIGITS = 1 << DIGIT, N_FIELDS = sizeof(wks_dossier_key) / sizeof(int32_t) };

typedef struct sorting {
    const char *row;
    size_t n, size;
    uint32_t *order, *next; /* rows in the order so far, and after the pass at hand */
    uint32_t *value;        /* of the field at hand, by row */
    size_t *start;          /* by digit */
} sorting;

static uint32_t digit_of(uint32_t value, int shift)
{
    return value >> shift & (DIGITS - 1);
}

/* The field of every row; whether any two differ, and the largest in *most. */
static bool take_field(sorting *self, size_t field, uint32_t *most)
{
    bool differs = false;

    *most = 0;
    for (size_t i = 0; i < self->n; i++) {
        int32_t value;
        memcpy(&value, self->row + i * self->size + field * sizeof value, sizeof value);
        self->value[i] = (uint32_t)value;
        differs = differs || self->value[i] != self->value[0];
        if (self->value[i] > *most) *most = self->value[i];
    }
    return differs;
}

static void pass(sorting *self, int shift)
{
    memset(self->start, 0, (DIGITS + 1) * sizeof *self->start);
    for (size_t i = 0; i < self->n; i++)
        self->start[digit_of(self->value[i], shift) + 1]++;
    for (size_t k = 0; k < DIGITS; k++)
        self->start[k + 1] += self->start[k];
    for (size_t i = 0; i < self->n; i++) {
        const uint32_t row = self->order[i];
        self->next[self->start[digit_of(self->value[row], shift)]++] = row;
    }
    uint32_t *const sorted = self->next;
    self->next = self->order;
    self->order = sorted;
}

/* The rows themselves, a round of places at a time; `spare` holds one row. */
static void move_rows(char *row, size_t size, uint32_t *order, size_t n, char *spare)
{
    for (size_t first = 0; first < n; first++) {
        if (order[first] == first) continue;
        memcpy(spare, row + first * size, size);
        size_t at = first;
        while (order[at] != first) {
            const size_t from = order[at];
            memcpy(row + at * size, row + from * size, size);
            order[at] = (uint32_t)at;
            at = from;
        }
        memcpy(row + at * size, spare, size);
        order[at] = (uint32_t)at;
    }
}

wks_status wks_dossier_sort(void *rows, size_t n, size_t size, wks_err *err)
{
    wks_status rc = WKS_OK;
    sorting self = {.row = rows, .n = n, .size = size};
    char *spare = wks_mem_array(1, size);
    uint32_t *const memory = wks_mem_array(n, 3 * sizeof *memory);

    self.start = wks_mem_array(DIGITS + 1, sizeof *self.start);
    if (spare == NULL || memory == NULL || self.start == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to sort %zu rows", n);
    self.order = memory;
    self.next = memory + n;
    self.value = memory + 2 * n;
    for (size_t i = 0; i < n; i++)
        self.order[i] = (uint32_t)i;
    for (size_t field = N_FIELDS; field-- > 0;) {
        uint32_t most;
        if (!take_field(&self, field, &most)) continue;
        pass(&self, 0);
        if (most >= DIGITS) pass(&self, DIGIT);
    }
    move_rows(rows, size, self.order, n, spare);
out:
    free(spare);
    free(memory);
    free(self.start);
    return rc;
}
