/* Laws: conservation. Run every tick in tests and by --verify, with the recounts of check_structure.h. */
#ifndef WKS_WORLD_CHECK_H
#define WKS_WORLD_CHECK_H

#include "world/check_structure.h"
#include "world/world.h"

/** Stocks at one moment, counted from the tables. */
typedef struct wks_check_stocks {
    int64_t persons, persons_in_households, persons_in_institutions, residents;
    int64_t households, households_housed, households_latent;
    int64_t dwellings, units, units_vacant;
    int64_t registrations;
    int64_t homes_ordered;                 /* not completed yet */
    int64_t cash_cent, debt_cent;          /* of owners with an account */
    int64_t jobs;                          /* wijkbasisbanen held */
    int64_t displaced;                     /* cases of herhuisvesting that are not settled */
    int64_t purse_cent, purse_tenth_hours; /* of social programmes, this calendar year */
} wks_check_stocks;

wks_check_stocks wks_check_count(const wks_world *world);

/** Balance: stocks now = stocks before + flows of the ledger, for persons, households, latent units, dwellings, units, registrations,
 *  residents by births, deaths and moves (moves.h), institutions, homes ordered, money (to the cent; that of social programmes by payer and owner), support
 *  hours, wijkbasisbanen. WKS_ERR_LAW names the law, the tick and the gap. */
wks_status wks_check_balance(const wks_world *world, const wks_check_stocks *before, wks_err *err);

#endif
