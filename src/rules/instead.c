#include "rules/instead.h"

#include "world/relations.h"

bool wks_instead_may(const wks_world *world, const wks_law *law, const wks_advert *advert, wks_part_vacancy what)
{
    if (world->dwelling.n_units[advert->dwelling_row] != 1) return false; /* houses let by the room stay as they are */
    if (what == WKS_PART_SELL) return true;
    return what != WKS_PART_LET && what != WKS_PART_KEEP && world->dwelling.wws_points[advert->dwelling_row] > law->wws_social_points;
}

void wks_instead_do(wks_world *world, const wks_law *law, const wks_advert *advert, wks_part_vacancy what)
{
    const int32_t dwelling = advert->dwelling_row;

    WKS_BUG_IF(!wks_instead_may(world, law, advert, what));
    if (what == WKS_PART_SELL) {
        const double price =
            (double)world->dwelling.value_eur[dwelling] * world->price_level * world->buurt.price[world->dwelling.buurt_row[dwelling]];
        world->owner.due_cent[advert->owner_row] += (int64_t)(100.0 * price + 0.5); /* its account is kept by process stock */
        world->owner.n_due[advert->owner_row]++;
        wks_relations_retenure(world, dwelling, WKS_TENURE_OWNER, 0.0);
        world->ledger.dwellings_sold++;
        return;
    }
    const double most = wks_law_wws_rent(law, world->dwelling.wws_points[dwelling]);
    const bool is_capped = what == WKS_PART_MIDDLE_RENT && most > law->middle_rent_limit_eur;
    wks_relations_retenure(world, dwelling, WKS_TENURE_CORPORATIE_FREE, is_capped ? law->middle_rent_limit_eur : most);
    world->ledger.dwellings_liberalised++;
}
