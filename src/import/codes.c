#include "import/codes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

void wks_codes_free(wks_codes *codes)
{
    if (codes == NULL) return;
    for (int32_t i = 0; i < codes->n; i++)
        free(codes->code[i]);
    free(codes->code);
    free(codes->slot);
    memset(codes, 0, sizeof *codes);
}

/* The slot that holds the code or the free one where it would go; n_slots is a power of two and never full. */
static size_t find_slot(const wks_codes *codes, const char *code)
{
    size_t i = (size_t)wks_text_hash(code) & (codes->n_slots - 1);
    while (codes->slot[i] >= 0 && strcmp(codes->code[codes->slot[i]], code) != 0)
        i = (i + 1) & (codes->n_slots - 1);
    return i;
}

int32_t wks_codes_row(const wks_codes *codes, const char *code)
{
    return codes->n_slots == 0 ? -1 : codes->slot[find_slot(codes, code)];
}

static wks_status grow(wks_codes *codes, wks_err *err)
{
    if ((size_t)codes->n + 1 > codes->capacity) {
        size_t capacity = wks_mem_capacity(codes->capacity, (size_t)codes->n + 1);
        char **grown = wks_mem_resize(codes->code, codes->capacity, capacity, sizeof *grown);
        if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for area codes");
        codes->code = grown;
        codes->capacity = capacity;
    }
    if (2 * ((size_t)codes->n + 1) <= codes->n_slots) return WKS_OK;
    size_t n_slots = codes->n_slots == 0 ? 64 : 2 * codes->n_slots;
    int32_t *slot = wks_mem_array(n_slots, sizeof *slot);
    if (slot == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for area codes");
    free(codes->slot);
    codes->slot = slot;
    codes->n_slots = n_slots;
    for (size_t i = 0; i < n_slots; i++)
        slot[i] = -1;
    for (int32_t row = 0; row < codes->n; row++)
        slot[find_slot(codes, codes->code[row])] = row;
    return WKS_OK;
}

wks_status wks_codes_add(wks_codes *codes, const char *code, int32_t *out_row, wks_err *err)
{
    *out_row = wks_codes_row(codes, code);
    if (*out_row >= 0) return WKS_OK;
    wks_status rc = grow(codes, err);
    if (rc != WKS_OK) return rc;
    char *copy = wks_mem_string(code);
    if (copy == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for area codes");
    codes->code[codes->n] = copy;
    codes->slot[find_slot(codes, code)] = codes->n;
    *out_row = codes->n++;
    return WKS_OK;
}
