/* Dwellings that change without being built or sold: another segment within WWS, let by the room and back, split and joined. A part of process
 * stock. All of it happens to vacant homes. */
#ifndef WKS_PROCESS_STOCK_CONVERT_H
#define WKS_PROCESS_STOCK_CONVERT_H

#include "process/tick.h"

/* Shares of homes in their first lettable month. */
typedef struct wks_stock_convert {
    const wks_settings *settings; /* of the process, for the list of areas */
    int32_t areas_param;
    double liberalise;   /* social with more points than the social segment has: to the segment of its points */
    bool middle_only;    /* its rent at most the limit of middle rent */
    double to_social;    /* corporatie homes above the segment: back to it */
    double to_rooms;     /* private rent with three rooms or more: let by the room (verkamering) */
    double from_rooms;   /* houses let by the room that stand empty: let whole again */
    double room_premium; /* rent of the rooms together over that of the whole home */
    double split,
        merge; /* rented homes of split_rooms and more: two of it; two vacant homes of at most merge_rooms in a portiek: one of them */
    int32_t split_rooms, merge_rooms;
} wks_stock_convert;

/** What happens to a vacant unit in its first lettable month; at most one of these, drawn in this order: liberalise, to_social, to_rooms, from_rooms, split,
 *  merge (one draw each). Unit and dwelling may be gone afterwards. Reserved units are left alone. *out_done: something happened. O(1); merge
 *  O(dwellings). Ledger: dwellings_liberalised, dwellings_resocial, dwellings_to_rooms, dwellings_from_rooms, dwellings_split, dwellings_merged, units and
 *  dwellings added and removed. */
wks_status wks_stock_convert_vacant(wks_tick *tick, const wks_stock_convert *convert, int32_t unit_row, bool *out_done, wks_err *err);

/** False when all shares are 0. */
bool wks_stock_convert_is_on(const wks_stock_convert *convert);

#endif
