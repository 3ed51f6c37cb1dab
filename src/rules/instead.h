/* What a landlord does with a vacant social dwelling instead of letting it as social: sale, or another segment as far as WWS points allow. */
#ifndef WKS_RULES_INSTEAD_H
#define WKS_RULES_INSTEAD_H

#include "rules/part.h"

/** Whether the dwelling of an advert can go that way: it is self-contained, and for another segment than the social one it has more points than
 *  that allows in this year's law. */
bool wks_instead_may(const wks_world *world, const wks_law *law, const wks_advert *advert, wks_part_vacancy what);
/** Does it: tenure and asked rent change, the ledger counts (dwellings_sold, dwellings_liberalised). The vacancy is on the market this same month.
 *  The rent is the highest that the points allow; middle rent at most its limit. `what` must be possible. O(units of the dwelling). */
void wks_instead_do(wks_world *world, const wks_law *law, const wks_advert *advert, wks_part_vacancy what);

#endif
