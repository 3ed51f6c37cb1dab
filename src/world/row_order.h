/* Rows of a table in another order, so that who lives together, or near each other, is together in memory. No result depends on the order of rows.
 * An order is found, then carried out: by wks_row_order_households and its like for the tables and their links, and by whoever keeps a number by row. */
#ifndef WKS_WORLD_ROW_ORDER_H
#define WKS_WORLD_ROW_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef struct wks_world wks_world;

/* Bytes of the largest thing kept by row of a household; of a person or a registration 8. */
enum { WKS_ROW_ORDER_MOST = 12 };

/** Only rows that are alive get a place: afterwards no row is free. */
typedef struct wks_row_order {
    int32_t n_before, n;
    int32_t *after; /* by row before: the row afterwards; WKS_NONE for a free row */
    size_t most;    /* bytes of the largest thing kept by row */
    void *scratch;  /* as many for every row before */
    int threads;
} wks_row_order;

#define WKS_ROW_ORDER_INIT \
    {                      \
        0                  \
    }
void wks_row_order_free(wks_row_order *order);

/** Households with a home, by buurt and unit; their guests in the same order; at last who has neither, by the region in which it
 *  looks where there are regions, else in the order that was. O(rows), 16 bytes a row. */
wks_status wks_row_order_find_households(const wks_world *world, wks_row_order *order, wks_err *err);
/** Persons of a household after each other, households by row; residents of institutions at last. O(rows), 12 bytes a row. */
wks_status wks_row_order_find_persons(const wks_world *world, wks_row_order *order, wks_err *err);
/** Registrations by the row of their person. O(rows), 12 bytes a row. */
wks_status wks_row_order_find_registrations(const wks_world *world, wks_row_order *order, wks_err *err);

/** Carries it out for a table and for every column that holds its rows. A seller who is gone has no row afterwards. O(rows x columns). */
void wks_row_order_households(wks_world *world, const wks_row_order *order);
void wks_row_order_persons(wks_world *world, const wks_row_order *order);
void wks_row_order_registrations(wks_world *world, const wks_row_order *order);

/** Carries it out for numbers kept by row. @param array  room for order->n elements of `size` <= order->most bytes. @param n  how many rows it holds; the others are `none`,
 *  and so are those behind the last row, up to n. */
void wks_row_order_array(const wks_row_order *order, void *array, size_t size, int32_t n, const void *none);
/** The row of today for every number of a row: WKS_NONE stays, and is what a free row becomes. */
void wks_row_order_rename(const wks_row_order *order, int32_t *row, int32_t n);

#endif
