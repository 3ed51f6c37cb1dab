#include "report/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

void wks_names_free(wks_names *names)
{
    for (int32_t i = 0; i < names->n; i++)
        free(names->text[i]);
    free(names->text);
    free(names->slot);
    *names = (wks_names){0};
}

/* Slot where s is, or where it would go. */
static size_t slot_of(const wks_names *names, const char *s)
{
    size_t mask = names->n_slots - 1;
    size_t at = (size_t)wks_text_hash(s) & mask;
    while (names->slot[at] >= 0 && strcmp(names->text[names->slot[at]], s) != 0)
        at = (at + 1) & mask;
    return at;
}

static int grow_slots(wks_names *names)
{
    size_t n_slots = names->n_slots == 0 ? 256 : names->n_slots * 2;
    int32_t *slot = wks_mem_array(n_slots, sizeof *slot);
    if (slot == NULL) return 0;
    for (size_t i = 0; i < n_slots; i++)
        slot[i] = -1;
    free(names->slot);
    names->slot = slot;
    names->n_slots = n_slots;
    for (int32_t id = 0; id < names->n; id++)
        names->slot[slot_of(names, names->text[id])] = id;
    return 1;
}

static int32_t append(wks_names *names, const char *s)
{
    if ((size_t)names->n + 1 > names->capacity) {
        size_t capacity = wks_mem_capacity(names->capacity, (size_t)names->n + 1);
        char **text = wks_mem_resize(names->text, names->capacity, capacity, sizeof *text);
        if (text == NULL) return -1;
        names->text = text;
        names->capacity = capacity;
    }
    if (2 * ((size_t)names->n + 1) > names->n_slots && !grow_slots(names)) return -1;
    char *copy = wks_mem_string(s);
    if (copy == NULL) return -1;
    names->slot[slot_of(names, copy)] = names->n;
    names->text[names->n] = copy;
    return names->n++;
}

int32_t wks_names_add(wks_names *names, const char *s)
{
    if (names->n == 0 && append(names, "") < 0) return -1;
    int32_t id = wks_names_find(names, s);
    return id >= 0 ? id : append(names, s);
}

int32_t wks_names_find(const wks_names *names, const char *s)
{
    if (names->n_slots == 0) return -1;
    return names->slot[slot_of(names, s)];
}

const char *wks_names_text(const wks_names *names, int32_t id)
{
    return id >= 0 && id < names->n ? names->text[id] : "";
}
