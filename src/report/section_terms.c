#include "report/section_terms.h"

#include <string.h>

/* As the scenarios that come with the program write them. */
static const struct predicate {
    const char *where, *nl, *en;
} predicates[] = {
    {"referral != none", "statushouders, wie uit zorg of detentie komt, en wie moet verhuizen voor sloop of renovatie (herhuisvesting)",
     "statushouders, who comes out of care or detention, and who has to move for demolition or renovation (herhuisvesting)"},
    {"referral == statushouder", "statushouders die via het COA aan de stad zijn gekoppeld",
     "statushouders linked to the city through COA"},
    {"referral == care_leaver", "wie uit een zorginstelling komt", "who comes out of an institution for care"},
    {"referral == ex_detainee", "wie uit detentie komt", "who comes out of detention"},
    {"income_source == benefit", "leeft van een uitkering", "lives on a benefit"},
    {"income_source == work", "leeft van werk", "lives on work"},
    {"age_years < 28", "jonger dan 28 jaar", "younger than 28"},
    {"age_years >= 65", "65 jaar of ouder", "65 or older"},
    {"n_children >= 1", "met kinderen", "with children"},
    {"n_minors > 0", "met minderjarige kinderen", "with children under age"},
    {"n_persons == 1", "alleenstaand", "living alone"},
    {"is_starter", "zonder zelfstandige woning in de stad", "without a home of their own in the city"},
    {"vulnerable",
     "met een psychische aandoening, licht verstandelijke beperking, verslaving, problematische schuld of kwetsbare ouderdom, of die "
     "overlast "
     "geeft",
     "with a psychiatric condition, mild intellectual disability, addiction, problematic debt or frail old age, or who causes nuisance"},
    {"came_as == labour", "als arbeidsmigrant gekomen", "came as a labour migrant"},
};

const char *wks_section_terms_predicate(wks_notation_lang lang, const char *where)
{
    for (size_t i = 0; i < sizeof predicates / sizeof predicates[0]; i++)
        if (strcmp(predicates[i].where, where) == 0) return lang == WKS_NOTATION_NL ? predicates[i].nl : predicates[i].en;
    return NULL;
}

static bool has_indicator(const wks_dossier *d, const char *name)
{
    const int32_t indicator = wks_dossier_name(d, name);

    for (size_t i = 0; i < d->n_series; i++)
        if (d->series[i].indicator == indicator && d->series[i].level == 0) return true;
    return false;
}

static bool has_group(const wks_dossier *d, int32_t group)
{
    for (size_t i = 0; i < d->n_series; i++)
        if (d->series[i].group == group && d->series[i].level == 0) return true;
    return false;
}

static void write_groups(wks_page *page)
{
    const wks_dossier *d = page->dossier;
    size_t n = 0;

    for (size_t i = 0; i < d->n_groups; i++) {
        const char *words = wks_section_terms_predicate(page->lang, d->group[i].where);
        if (!has_group(d, d->group[i].name)) continue;
        if (n++ == 0)
            wks_page_say(page, "<p class=\"note\"><b>Groepen</b> (huishoudens): ", "<p class=\"note\"><b>Groups</b> (of households): ");
        if (n > 1) wks_page_raw(page, "; ");
        wks_page_raw(page, "<em>");
        wks_page_text(page, wks_page_group(page, d->group[i].name));
        wks_page_raw(page, "</em>: ");
        wks_page_text(page,
                      words != NULL ? words : wks_page_words(page, "volgens een formule in het scenario", "by a formula in the scenario"));
    }
    if (n > 0)
        wks_page_say(page, ". Een huishouden kan bij meer groepen horen.</p>\n", ". A household may belong to more than one group.</p>\n");
}

void wks_section_terms_write(wks_page *page)
{
    if (has_indicator(page->dossier, "D"))
        wks_page_say(page,
                     "<p class=\"note\"><b>Dissimilariteit D</b> zegt hoe ongelijk een groep over de buurten is verdeeld: het deel van de "
                     "groep dat zou moeten verhuizen om in elke buurt hetzelfde aandeel te hebben. 0: overal hetzelfde aandeel; 1: "
                     "geheel apart. Van een kleine groep is D ook bij toeval niet 0.</p>\n",
                     "<p class=\"note\"><b>Dissimilarity D</b> tells how unevenly a group is spread over buurten: the part of the group "
                     "that would have to move for the same share in every buurt. 0: the same share everywhere; 1: wholly apart. Of a "
                     "small group D is not 0 by chance either.</p>\n");
    write_groups(page);
}
