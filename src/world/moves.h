/* Changes of address, as a population register sees them, counted at the event: ages are those of the day, and rows may be freed later in the tick.
 * Noted by the verbs of relations only; a result of the tick like the lettings, not state (their sums are in the ledger).
 *
 * Living in the city (being a resident): having a home here, staying with others here, in shelter (which has a briefadres), or in an institution. Seekers
 * from outside, residents of COA (registered where their centre is: assumption) and newcomers who are nowhere yet live elsewhere.
 * A move is a change of unit, or between a unit, shelter and an institution. Guests have the address of their host: leaving the parental home is a move when a
 * home is found, separating when the ex-partner's home is left, a child that stays on when the parents die does not move. */
#ifndef WKS_WORLD_MOVES_H
#define WKS_WORLD_MOVES_H

#include <stdbool.h>
#include <stdint.h>

typedef struct wks_world wks_world;

/* IN: from elsewhere in the country. ABROAD: from abroad, as household.came_from tells. OUT: to elsewhere, emigration included: where people go is not told. */
typedef enum wks_moves_kind { WKS_MOVES_WITHIN, WKS_MOVES_IN, WKS_MOVES_ABROAD, WKS_MOVES_OUT, WKS_N_MOVES_KINDS } wks_moves_kind;

enum { WKS_MOVES_AGES = 121 };

/* What a household has at an address. The first WKS_N_TENURES are tenures of a home of its own. NONE: stays with others, or in shelter. JOINED: lives in a
 * home that another household has the contract of, having become a part of it. */
typedef enum wks_moves_footing { WKS_MOVES_NONE = 4, WKS_MOVES_ELSEWHERE, WKS_MOVES_JOINED, WKS_N_MOVES_FOOTINGS } wks_moves_footing;
extern const char *const wks_moves_footing_name[WKS_N_MOVES_FOOTINGS];

/* One household that moved, in the order of the moves. */
typedef struct wks_moves_household {
    uint64_t key;
    int32_t from_buurt_row, to_buurt_row;     /* -1: elsewhere, or shelter */
    float from_x_m, from_y_m, to_x_m, to_y_m; /* NaN where there is no position */
    uint32_t groups;                          /* as refreshed at the end of the previous tick */
    uint8_t from, to;                         /* wks_moves_footing */
} wks_moves_household;

typedef struct wks_moves {
    int64_t persons[WKS_N_MOVES_KINDS][WKS_MOVES_AGES]; /* of this tick, by age in whole years at the move; last: and older */
    wks_moves_household *household;
    int32_t n, capacity;
    bool is_incomplete; /* there was no memory for a household: whoever reads the list fails */
} wks_moves;

/** Where a household is registered. */
typedef struct wks_moves_address {
    int32_t unit_row; /* its own or its host's; -1: none */
    bool is_resident;
    uint8_t footing; /* wks_moves_footing */
} wks_moves_address;

extern const char *const wks_moves_kind_name[WKS_N_MOVES_KINDS];

void wks_moves_free(wks_moves *moves);
/** Forgets the moves of a tick; keeps the memory. */
void wks_moves_clear(wks_moves *moves);

wks_moves_address wks_moves_address_of(const wks_world *world, int32_t household_row);
/** Age in whole years, within 0 to WKS_MOVES_AGES - 1. */
int32_t wks_moves_age(const wks_world *world, int32_t person_row);

/** A person moves. @param household_row  tells where from, when that is outside */
void wks_moves_note_person(wks_world *world, int32_t person_row, wks_moves_kind kind);
/** The members of a household go from one address to another: counted and listed if that is a move. O(members). */
void wks_moves_note(wks_world *world, int32_t household_row, wks_moves_address from, wks_moves_address to);
/** The guests of a household live where it lives. Listed before they go along, as they may end up with another host. */
typedef struct wks_moves_guests {
    int32_t n, row[UINT8_MAX];
} wks_moves_guests;
void wks_moves_list_guests(const wks_world *world, int32_t household_row, wks_moves_guests *out);
/** As wks_moves_note, of the household and those guests, after they went. */
void wks_moves_note_with_guests(wks_world *world, int32_t household_row, const wks_moves_guests *guests, wks_moves_address from);
/** Somebody is born in, or comes straight into, a household or an institution (household_row -1). Ledger: residents_born or a move. */
void wks_moves_note_new(wks_world *world, int32_t person_row);
/** Kind of a move into the city of members of a household. */
wks_moves_kind wks_moves_arrival(const wks_world *world, int32_t household_row);

#endif
