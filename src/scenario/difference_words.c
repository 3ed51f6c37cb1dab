#include "scenario/difference_words.h"

#include <stddef.h>
#include <string.h>

typedef struct words {
    const char *name, *dutch, *english;
} words;

static const words parts[] = {
    {"advertised", "aanbod met advertentie", "advertised homes"},
    {"first_reactor", "eerste reageerder", "first reactor"},
    {"distribution", "distributiemodel (de verhuurder draagt voor)", "distribution (the landlord proposes)"},
    {"direct", "directe bemiddeling", "direct mediation"},
    {"gemengd", "gemengd wonen: selectie op motivatie", "gemengd wonen: selection on motivation"},
    {"income_limit", "inkomensgrens", "income limit"},
    {"passend", "passend toewijzen (huur bij inkomen)", "passend toewijzen (rent fits income)"},
    {"occupancy", "grootte van het huishouden bij het aantal kamers", "household size fits the number of rooms"},
    {"registered", "inschrijving verplicht", "registration required"},
    {"age_label", "leeftijdslabel van de woning", "age label of the home"},
    {"accessible", "toegankelijke woning eerst voor wie die nodig heeft", "accessible homes first for who needs one"},
    {"referral", "verwijzing of zorgcontract verplicht", "referral or care contract required"},
    {"ties", "voorrang voor binding met de streek (lokaal maatwerk)", "priority for local ties"},
    {"where", "eigen voorwaarde", "condition of its own"},
    {"permit", "huisvestingsvergunning", "housing permit (huisvestingsvergunning)"},
    {"art8", "inkomen uit werk in aangewezen gebieden (Wbmgp art. 8)", "income from work in designated areas (Wbmgp art. 8)"},
    {"art10", "screening op overlast in aangewezen gebieden (Wbmgp art. 10)", "screening on nuisance in designated areas (Wbmgp art. 10)"},
    {"urgency", "urgentie eerst", "urgency first"},
    {"inschrijfduur", "langste inschrijfduur eerst", "longest registration (inschrijfduur) first"},
    {"kept_seniority", "langste meettijd eerst (blijft bij verhuizen)", "longest meettijd first (kept on moving)"},
    {"lot", "loting", "by lot"},
    {"reaction_time", "wie het eerst reageert", "who reacts first"},
    {"ties_first", "inwoners eerst bij een deel van de woningen", "residents first for a share of the homes"},
    {"starter_first", "starters eerst", "starters first"},
    {"doorstromer_first", "doorstromers eerst", "doorstromers first"},
    {"senior_first", "senioren eerst", "seniors first"},
    {"youth_first", "jongeren eerst", "young people first"},
    {"label_first", "voor wie het label is eerst", "whom the label is for first"},
    {"where_first", "eigen voorrang", "precedence of its own"},
    {"art9", "werk eerst in aangewezen gebieden (Wbmgp art. 9)", "work first in designated areas (Wbmgp art. 9)"},
    {"points", "punten", "points"},
    {"weighted", "gewogen som", "weighted sum"},
    {"cap_share", "maximaal aandeel van een groep per gebied", "largest share of a group by area"},
    {"cap_inflow", "maximaal aandeel van een groep in de instroom per gebied", "largest share of a group in the inflow by area"},
    {"dosing", "dosering van toewijzingen aan een groep per gebied", "dosing of lettings to a group by area"},
    {"contingent", "verdeelsleutel voor een contingent", "distribution key for a contingent"},
    {"target_mix", "streefmix van dragers en vragers", "target mix of carriers and askers"},
    {"social_ceiling", "maximaal aandeel sociale huur per wijk", "largest share of social rent by wijk"},
    {"relabel", "label voor een deel van de vrijkomende woningen", "label for a share of the vacancies"},
    {"two_rents", "twee huren", "two rents"},
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
    {"then", "daarna naar kanaal", "then to channel"},
    {"then_after", "naar het volgende kanaal na", "to the next channel after"},
    {"turn_lost_months", "beurt kwijt na weigering", "turn lost after a refusal"},
    {"norm", "norm", "norm"},
    {"compliance", "minste deel dat passend is", "least share that fits"},
    {"age_from", "leeftijd vanaf", "age from"},
    {"age_until", "leeftijd tot", "age until"},
    {"accessible_from", "toegankelijke woning: leeftijd vanaf", "accessible home: age from"},
    {"binds", "geldt voor", "binds"},
    {"with_support", "alleen met begeleiding", "only with support"},
    {"designated", "aangewezen sinds", "designated since"},
    {"term_years", "termijn van de aanwijzing", "term of the designation"},
    {"extensions", "verlengingen", "extensions"},
    {"social", "geldt voor sociale huur", "binds social rent"},
    {"private_rent", "geldt voor goedkope particuliere huur", "binds cheap private rent"},
    {"rooms", "geldt voor kamers", "binds rooms"},
    {"rent_limit", "huurgrens", "rent limit"},
    {"sensitivity", "deel van de overlast dat bekend is", "share of nuisance that is known"},
    {"false_share", "deel dat ten onrechte bekend is", "share known wrongly"},
    {"sum", "som", "sum"},
    {"minimum", "minimum", "minimum"},
    {"free_share", "vrije ruimte", "free share"},
    {"norm", "norm", "norm"},
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
    {"sell_after", "verkopen of liberaliseren na", "sell or liberalise after"},
    {"number", "hoogste aantal", "largest number"},
    {"period", "periode", "period"},
    {"paced", "gespreid over de periode", "paced over the period"},
    {"quota", "contingent per jaar", "contingent a year"},
    {"level", "verdeeld over", "distributed over"},
    {"key", "verdeelsleutel", "distribution key"},
    {"ahead", "hoogste voorsprong op de sleutel", "most ahead of the key"},
    {"askers", "vragers", "askers"},
    {"carriers", "aandeel dragers", "share of carriers"},
    {"tolerance", "speling om de streefmix", "tolerance around the mix"},
    {"tolerance_after", "speling na de begeleiding", "tolerance after the guidance"},
    {"guidance", "begeleiding", "guidance"},
    {"motivation", "selectie op motivatie", "selection on motivation"},
    {"instead", "in plaats van toewijzen", "instead of letting"},
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
    {"of_year", "die van het jaar", "that of the year"},
    {"ignore_cap", "grens loslaten", "drop the limit"},
    {"next_channel", "volgend kanaal", "next channel"},
    {"sell", "verkopen", "sell"},
    {"liberalise", "liberaliseren", "liberalise"},
    {"middle_rent", "middenhuur", "middle rent"},
    {"nothing", "gewoon toewijzen", "let as usual"},
    {"even", "gelijk", "even"},
    {"stock", "naar sociale voorraad", "by social stock"},
    {"lettings", "naar toewijzingen", "by lettings"},
    {"strong_first", "sterke gebieden eerst", "strong areas first"},
    {"owner", "corporatie", "corporatie"},
    {"rules", "volgens de regels", "by the rules"},
    {"wait", "langst wachtende eerst", "longest waiting first"},
    {"lot", "loting", "by lot"},
    {"law", "volgens de wet", "by law"},
    {"agreement", "met lokale afspraak", "with local agreement"},
    {"everybody", "iedereen", "everybody"},
    {"referred", "verwezen huishoudens", "referred households"},
    {"liberalisation", "liberalisatiegrens", "liberalisation limit"},
    {"middle", "grens van de middenhuur", "limit of middenhuur"},
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
    {"lettings", "toewijzingen", "lettings"},
    {"lettings/yr", "toewijzingen per jaar", "lettings a year"},
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
