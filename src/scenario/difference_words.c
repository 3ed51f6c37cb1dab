#include "scenario/difference_words.h"

#include <stddef.h>
#include <string.h>

typedef struct words {
    const char *name, *dutch, *english;
} words;

static const words parts[] = {
    {"advertised", "aanbod met advertentie", "advertised homes"},
    {"direct", "directe bemiddeling", "direct mediation"},
    {"income_limit", "inkomensgrens", "income limit"},
    {"passend", "passend toewijzen (huur bij inkomen)", "passend toewijzen (rent fits income)"},
    {"occupancy", "grootte van het huishouden bij het aantal kamers", "household size fits the number of rooms"},
    {"registered", "inschrijving verplicht", "registration required"},
    {"age_label", "leeftijdslabel van de woning", "age label of the home"},
    {"ties", "voorrang voor binding met de streek (lokaal maatwerk)", "priority for local ties"},
    {"where", "eigen voorwaarde", "condition of its own"},
    {"art8", "inkomen uit werk in aangewezen gebieden (Wbmgp art. 8)", "income from work in designated areas (Wbmgp art. 8)"},
    {"urgency", "urgentie eerst", "urgency first"},
    {"inschrijfduur", "langste inschrijfduur eerst", "longest registration (inschrijfduur) first"},
    {"lot", "loting", "by lot"},
    {"ties_first", "inwoners eerst bij een deel van de woningen", "residents first for a share of the homes"},
    {"starter_first", "starters eerst", "starters first"},
    {"doorstromer_first", "doorstromers eerst", "doorstromers first"},
    {"points", "punten", "points"},
    {"cap_share", "maximaal aandeel van een groep per gebied", "largest share of a group by area"},
    {"cap_inflow", "maximaal aandeel van een groep in de instroom per gebied", "largest share of a group in the inflow by area"},
    {"reaction_cap", "hoogste aantal reacties tegelijk", "most reactions at once"},
    {"search_points", "zoekpunten", "search points"},
    {"situation_points", "situatiepunten", "situation points"},
    {"start_points", "startpunten", "start points"},
    {"refusal_penalty", "gevolgen van weigeren", "what refusing costs"},
    {"renewal", "verlengen van de inschrijving", "renewing the registration"},
    {"allocation", "woningtoewijzing", "allocation"},
    {"arrivals", "vestiging", "arrivals"},
    {"demography", "demografie", "demography"},
    {"departures", "vertrek", "departures"},
    {"livelihood", "werk en inkomen", "livelihood"},
    {"market", "woningmarkt", "housing market"},
    {"neighbourhood", "buurten en leefbaarheid", "neighbourhoods and leefbaarheid"},
    {"search", "zoeken naar een woning", "search"},
    {"stock", "woningvoorraad", "housing stock"},
};

static const words params[] = {
    {"group", "groep", "group"},
    {"max_share", "hoogste aandeel", "largest share"},
    {"scale", "schaal", "scale"},
    {"areas", "gebieden", "areas"},
    {"when_nobody", "als niemand overblijft", "when nobody is left"},
    {"share", "deel van de woningen", "share of homes"},
    {"order", "volgorde", "order"},
    {"label", "label van de woning", "label of the home"},
    {"referral", "soort verwijzing", "kind of referral"},
    {"where", "voor wie", "for whom"},
    {"years", "termijn", "term"},
    {"minimum", "minimum", "minimum"},
    {"free_share", "vrije ruimte", "free share"},
    {"senior_from", "seniorenlabel vanaf", "senior label from"},
    {"jongeren_until", "jongerenlabel tot", "youth label until"},
    {"relax_after", "label vervalt na", "label lapses after"},
    {"min_persons_4_rooms", "minste personen bij 4 kamers", "fewest persons in 4 rooms"},
    {"min_persons_5_rooms", "minste personen bij 5 kamers", "fewest persons in 5 rooms"},
    {"max_persons_over_rooms", "meeste personen boven het aantal kamers", "most persons above the number of rooms"},
    {"per_year_registered", "punten per jaar inschrijving", "points per year of registration"},
    {"per_point", "waarde van een zoek- of situatiepunt", "worth of a search or situation point"},
    {"urgency", "punten bij urgentie", "points for urgency"},
    {"starter", "punten voor starters", "points for starters"},
    {"most", "hoogstens", "at most"},
    {"reactions", "reacties", "reactions"},
    {"per_month", "punten per maand", "points a month"},
    {"loss", "verlies per maand zonder genoeg reacties", "loss in a month without enough reactions"},
    {"points", "punten", "points"},
    {"no_show_points", "punten kwijt bij niet verschijnen", "points lost by not showing up"},
    {"suspend_after", "uitsluiting na", "suspended after"},
    {"suspend_months", "duur van de uitsluiting", "months suspended"},
    {"inschrijfduur_share", "deel van de inschrijfduur kwijt", "part of the inschrijfduur lost"},
    {"unpaid_share", "niet verlengd per jaar", "not renewed a year"},
    {"dormant_years", "vervalt na jaren zonder reactie", "ends after years without a reaction"},
    {"theory", "theorie", "theory"},
    {"basis", "grondslag", "basis"},
    {"from", "van kracht vanaf", "in force from"},
    {"until", "van kracht tot", "in force until"},
    {"use", "gebruik", "use"},
    {"city", "stad", "city"},
    {"start", "begin", "start"},
    {"ticks", "duur", "length"},
    {"law_index", "indexering van wettelijke bedragen", "indexing of legal amounts"},
};

static const words choices[] = {
    {"true", "ja", "yes"},
    {"false", "nee", "no"},
    {"region", "regio", "region"},
    {"leave_vacant", "laten leegstaan", "leave vacant"},
    {"ignore_cap", "grens loslaten", "drop the limit"},
    {"next_channel", "volgend kanaal", "next channel"},
    {"rules", "volgens de regels", "by the rules"},
    {"wait", "langst wachtende eerst", "longest waiting first"},
    {"lot", "loting", "by lot"},
    {"any", "alle", "any"},
    {"none", "zonder label", "without label"},
    {"gemengd", "gemengd", "mixed"},
    {"care_leaver", "uitstroom uit zorg", "care leaver"},
    {"ex_detainee", "ex-gedetineerde", "ex-detainee"},
};

static const words units[] = {
    {"-", "", ""},
    {"share", "", ""},
    {"months", "maanden", "months"},
    {"month", "maand", "month"},
    {"ticks", "maanden", "months"},
    {"count", "", ""},
    {"points", "punten", "points"},
    {"points/yr", "punten per jaar", "points a year"},
    {"adverts", "advertenties", "adverts"},
    {"years", "jaar", "years"},
    {"yr", "jaar", "years"},
    {"EUR/mo", "euro per maand", "EUR per month"},
    {"EUR/month", "euro per maand", "EUR per month"},
    {"EUR/yr", "euro per jaar", "EUR per year"},
    {"EUR", "euro", "EUR"},
    {"/yr", "per jaar", "per year"},
    {"1/yr", "per jaar", "per year"},
    {"per year", "per jaar", "per year"},
    {"/mo", "per maand", "per month"},
    {"1/mo", "per maand", "per month"},
    {"persons", "personen", "persons"},
    {"children", "kinderen", "children"},
    {"households", "huishoudens", "households"},
    {"dwellings", "woningen", "dwellings"},
    {"hours/week", "uur per week", "hours per week"},
};

static const char *find(const words *table, size_t n, const char *name, bool is_dutch)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(table[i].name, name) == 0) return is_dutch ? table[i].dutch : table[i].english;
    }
    return NULL;
}

#define FIND(table, name, is_dutch) find(table, sizeof(table) / sizeof((table)[0]), name, is_dutch)

const char *wks_difference_words_part(const char *name, bool is_dutch)
{
    return FIND(parts, name, is_dutch);
}

const char *wks_difference_words_param(const char *name, bool is_dutch)
{
    return FIND(params, name, is_dutch);
}

const char *wks_difference_words_choice(const char *name, bool is_dutch)
{
    const char *found = FIND(choices, name, is_dutch);
    return found == NULL ? name : found;
}

const char *wks_difference_words_unit(const char *unit, bool is_dutch)
{
    const char *found = unit == NULL ? "" : FIND(units, unit, is_dutch);
    return found == NULL ? unit : found;
}
