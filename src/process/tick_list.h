/* Proposals of one process in one tick: rows with a key, put in order of key before they are applied one by one, so that the order of rows
 * and of threads does not matter. */
#ifndef WKS_PROCESS_TICK_LIST_H
#define WKS_PROCESS_TICK_LIST_H

#include "process/tick.h"
#include "world/ask.h"

typedef struct wks_tick_item {
    uint64_t key;
    int32_t row;
    int32_t kind;
    double value;
} wks_tick_item;

/** Rows whose flag is not 0, as items (kind = flag) in order of key. `slot` is the buffer that holds them. O(n + m); O(n + m log m) where many keys are alike.
 *  Parallel. */
wks_status wks_tick_list_flags(wks_tick *tick, int32_t slot, const uint8_t *flag, const uint64_t *key, int32_t n_rows, wks_tick_item **out,
                               int32_t *out_n, wks_err *err);

/** The first row from `at` on whose byte is not 0, or is `value`; n_rows when there is none. Eight at a time: an instruction a row where few are. */
int32_t wks_tick_list_next(const uint8_t *flag, int32_t at, int32_t n_rows);
int32_t wks_tick_list_next_of(const uint8_t *column, uint8_t value, int32_t at, int32_t n_rows);

/** Asks for what the item some places further on is about to change (world/ask.h), of a list of households, or of persons. Call it for every item in turn. */
static inline void wks_tick_list_ask(const wks_world *world, const wks_tick_item *item, int32_t at, int32_t n)
{
    if (at + WKS_ASK_FAR < n) wks_ask_household(world, item[at + WKS_ASK_FAR].row);
    if (at + WKS_ASK_NEAR < n) wks_ask_members(world, item[at + WKS_ASK_NEAR].row);
    if (at + WKS_ASK_NEXT < n) wks_ask_rest(world, item[at + WKS_ASK_NEXT].row);
}

static inline void wks_tick_list_ask_persons(const wks_world *world, const wks_tick_item *item, int32_t at, int32_t n)
{
    if (at + WKS_ASK_FAR < n) wks_ask_person(world, item[at + WKS_ASK_FAR].row);
    const int32_t near = at + WKS_ASK_NEAR < n ? world->person.household_row[item[at + WKS_ASK_NEAR].row] : WKS_NONE;
    const int32_t next = at + WKS_ASK_NEXT < n ? world->person.household_row[item[at + WKS_ASK_NEXT].row] : WKS_NONE;
    if (near >= 0) wks_ask_household(world, near);
    if (next >= 0) wks_ask_members(world, next);
}

#endif
