#include "import/columns.h"

#include <string.h>

#include "base/text.h"

/* Names by year. Workbook: CBS kwb workbooks and their explanation (Toelichting variabelen kwb 2023 and 2024), older years as users of those
 * workbooks report them. Labels: StatLine exports of 2017 (83765NED) and 2024 (85984NED). Typed: OData of 2018 to 2025. Map and shape: the
 * attributes of CBS's wijk- en buurtkaart as PDOK gives them. For one of our columns the first line that the file has and whose years fit is
 * used, so what is published as such stands before what is derived. */
/* clang-format off */
#define ONWARDS     9999
#define IS          1.0, 0.0, -1, false, 0.0, ""
#define ADDS        1.0, 0.0, -1, true, 0.0, "several columns added"
#define PERCENT     0.01, 0.0, -1, false, 0.0, "published in per cent"
#define PERCENT_OF(base) 0.01, 0.0, base, false, 0.0, "published in per cent of " #base
#define REST(what)  -0.01, 1.0, -1, false, 0.0, "1 minus the share " what
#define THOUSAND    1000.0, 0.0, -1, false, 10000.0, "published in 1 000 euro"
#define THOUSAND_INCOME 1000.0, 0.0, -1, false, 1000.0, "published in 1 000 euro"
#define WORKBOOK(ours, name, from, to) {WKS_CITY_##ours, WKS_COLUMNS_WORKBOOK, name, from, to,
#define LABEL(ours, name)              {WKS_CITY_##ours, WKS_COLUMNS_LABEL, name, 2013, ONWARDS,
#define TYPED(ours, name)              {WKS_CITY_##ours, WKS_COLUMNS_TYPED, name, 2013, ONWARDS,
#define MAP(ours, name)                {WKS_CITY_##ours, WKS_COLUMNS_MAP, name, 2013, ONWARDS,
#define SHAPE(ours, name)              {WKS_CITY_##ours, WKS_COLUMNS_SHAPE, name, 2013, ONWARDS,
#define TMAP(ours, name)               {WKS_CITY_##ours, WKS_COLUMNS_TMAP, name, 2013, ONWARDS,
#define persons WKS_CITY_persons
#define households WKS_CITY_households
#define dwellings WKS_CITY_dwellings

const wks_columns_line wks_columns_table[] = {
    WORKBOOK(persons, "a_inw", 2013, ONWARDS) IS},
    LABEL(persons, "Aantal inwoners") IS},
    LABEL(persons, "Totale bevolking") IS},
    TYPED(persons, "AantalInwoners") IS},
    MAP(persons, "aantal_inwoners") IS},
    SHAPE(persons, "AANT_INW") IS},
    TMAP(persons, "population") IS},

    WORKBOOK(men, "a_man", 2013, ONWARDS) IS},
    LABEL(men, "Geslacht/Mannen") IS},
    TYPED(men, "Mannen") IS},
    MAP(men, "mannen") IS},
    SHAPE(men, "AANT_MAN") IS},
    WORKBOOK(women, "a_vrouw", 2013, ONWARDS) IS},
    LABEL(women, "Geslacht/Vrouwen") IS},
    TYPED(women, "Vrouwen") IS},
    MAP(women, "vrouwen") IS},
    SHAPE(women, "AANT_VROUW") IS},

    WORKBOOK(age_00_14, "a_00_14", 2013, ONWARDS) IS},
    LABEL(age_00_14, "Leeftijdsgroepen/0 tot 15 jaar") IS},
    LABEL(age_00_14, "Leeftijdsgroepen/Jonger dan 5 jaar") ADDS},
    LABEL(age_00_14, "Leeftijdsgroepen/5 tot 10 jaar") ADDS},
    LABEL(age_00_14, "Leeftijdsgroepen/10 tot 15 jaar") ADDS},
    TYPED(age_00_14, "k_0Tot15Jaar") IS},
    MAP(age_00_14, "percentage_personen_0_tot_15_jaar") PERCENT_OF(persons)},
    SHAPE(age_00_14, "P_00_14_JR") PERCENT_OF(persons)},
    TMAP(age_00_14, "pop_0_14") PERCENT_OF(persons)},
    WORKBOOK(age_15_24, "a_15_24", 2013, ONWARDS) IS},
    LABEL(age_15_24, "Leeftijdsgroepen/15 tot 25 jaar") IS},
    LABEL(age_15_24, "Leeftijdsgroepen/15 tot 20 jaar") ADDS},
    LABEL(age_15_24, "Leeftijdsgroepen/20 tot 25 jaar") ADDS},
    TYPED(age_15_24, "k_15Tot25Jaar") IS},
    MAP(age_15_24, "percentage_personen_15_tot_25_jaar") PERCENT_OF(persons)},
    SHAPE(age_15_24, "P_15_24_JR") PERCENT_OF(persons)},
    TMAP(age_15_24, "pop_15_24") PERCENT_OF(persons)},
    WORKBOOK(age_25_44, "a_25_44", 2013, ONWARDS) IS},
    LABEL(age_25_44, "Leeftijdsgroepen/25 tot 45 jaar") IS},
    TYPED(age_25_44, "k_25Tot45Jaar") IS},
    MAP(age_25_44, "percentage_personen_25_tot_45_jaar") PERCENT_OF(persons)},
    SHAPE(age_25_44, "P_25_44_JR") PERCENT_OF(persons)},
    TMAP(age_25_44, "pop_25_44") PERCENT_OF(persons)},
    WORKBOOK(age_45_64, "a_45_64", 2013, ONWARDS) IS},
    LABEL(age_45_64, "Leeftijdsgroepen/45 tot 65 jaar") IS},
    TYPED(age_45_64, "k_45Tot65Jaar") IS},
    MAP(age_45_64, "percentage_personen_45_tot_65_jaar") PERCENT_OF(persons)},
    SHAPE(age_45_64, "P_45_64_JR") PERCENT_OF(persons)},
    TMAP(age_45_64, "pop_45_64") PERCENT_OF(persons)},
    WORKBOOK(age_65_plus, "a_65_oo", 2013, ONWARDS) IS},
    LABEL(age_65_plus, "Leeftijdsgroepen/65 jaar of ouder") IS},
    LABEL(age_65_plus, "Leeftijdsgroepen/65 tot 80 jaar") ADDS},
    LABEL(age_65_plus, "Leeftijdsgroepen/80 jaar of ouder") ADDS},
    TYPED(age_65_plus, "k_65JaarOfOuder") IS},
    MAP(age_65_plus, "percentage_personen_65_jaar_en_ouder") PERCENT_OF(persons)},
    SHAPE(age_65_plus, "P_65_EO_JR") PERCENT_OF(persons)},
    TMAP(age_65_plus, "pop_65plus") PERCENT_OF(persons)},

    /* Before 2022 CBS published migratieachtergrond (a_w_all, a_nw_all): another concept, read apart (see merge.c). */
    WORKBOOK(origin_nl, "a_nl_all", 2022, ONWARDS) IS},
    LABEL(origin_nl, "Herkomstland/Nederland") IS},
    TYPED(origin_nl, "Nederland") IS},
    MAP(origin_nl, "percentage_met_herkomstland_nederland") PERCENT_OF(persons)},
    SHAPE(origin_nl, "P_NL_ALL") PERCENT_OF(persons)},
    WORKBOOK(origin_europe, "a_eur_al", 2022, ONWARDS) IS},
    LABEL(origin_europe, "Herkomstland/Europa (exclusief Nederland)") IS},
    TYPED(origin_europe, "EuropaExclusiefNederland") IS},
    MAP(origin_europe, "percentage_met_herkomstland_uit_europa_excl_nl") PERCENT_OF(persons)},
    SHAPE(origin_europe, "P_EUR_ALL") PERCENT_OF(persons)},
    WORKBOOK(origin_outside_europe, "a_neu_al", 2022, ONWARDS) IS},
    LABEL(origin_outside_europe, "Herkomstland/Buiten Europa") IS},
    TYPED(origin_outside_europe, "BuitenEuropa") IS},
    MAP(origin_outside_europe, "percentage_met_herkomstland_buiten_europa") PERCENT_OF(persons)},
    SHAPE(origin_outside_europe, "P_NEU_ALL") PERCENT_OF(persons)},

    WORKBOOK(households, "a_hh", 2013, ONWARDS) IS},
    LABEL(households, "Huishoudens totaal") IS},
    LABEL(households, "Totaal particuliere huishoudens") IS},
    LABEL(households, "Particuliere huishoudens (Aantal)") IS},
    TYPED(households, "HuishoudensTotaal") IS},
    MAP(households, "aantal_huishoudens") IS},
    SHAPE(households, "AANTAL_HH") IS},
    WORKBOOK(households_one_person, "a_1p_hh", 2013, ONWARDS) IS},
    LABEL(households_one_person, "Particuliere huishoudens/Eenpersoonshuishoudens") IS},
    TYPED(households_one_person, "Eenpersoonshuishoudens") IS},
    MAP(households_one_person, "percentage_eenpersoonshuishoudens") PERCENT_OF(households)},
    SHAPE(households_one_person, "P_EENP_HH") PERCENT_OF(households)},
    WORKBOOK(households_without_children, "a_hh_z_k", 2013, ONWARDS) IS},
    LABEL(households_without_children, "Particuliere huishoudens/Huishoudens zonder kinderen") IS},
    LABEL(households_without_children, "Particuliere huishoudens/Meerpersoonshuishoudens zonder kinderen") IS},
    TYPED(households_without_children, "HuishoudensZonderKinderen") IS},
    MAP(households_without_children, "percentage_huishoudens_zonder_kinderen") PERCENT_OF(households)},
    SHAPE(households_without_children, "P_HH_Z_K") PERCENT_OF(households)},
    WORKBOOK(households_with_children, "a_hh_m_k", 2013, ONWARDS) IS},
    LABEL(households_with_children, "Particuliere huishoudens/Huishoudens met kinderen") IS},
    LABEL(households_with_children, "Particuliere huishoudens/Meerpersoonshuishoudens met kinderen") IS},
    TYPED(households_with_children, "HuishoudensMetKinderen") IS},
    MAP(households_with_children, "percentage_huishoudens_met_kinderen") PERCENT_OF(households)},
    SHAPE(households_with_children, "P_HH_M_K") PERCENT_OF(households)},

    WORKBOOK(dwellings, "a_woning", 2013, ONWARDS) IS},
    LABEL(dwellings, "Woningvoorraad") IS},
    LABEL(dwellings, "Woningvoorraad totaal") IS},
    TYPED(dwellings, "WoningvoorraadTotaal") IS},
    MAP(dwellings, "aantal_woningen") IS},
    SHAPE(dwellings, "WONINGEN") IS},
    TMAP(dwellings, "dwelling_total") IS},

    WORKBOOK(share_vacant, "p_leegsw", 2013, ONWARDS) PERCENT},
    WORKBOOK(share_vacant, "p_bewndw", 2013, ONWARDS) REST("occupied")},
    LABEL(share_vacant, "Percentage onbewoond") PERCENT},
    LABEL(share_vacant, "Percentage bewoond") REST("occupied")},
    MAP(share_vacant, "percentage_leegstand_woningen") PERCENT},
    SHAPE(share_vacant, "P_LEEGSW") PERCENT},

    WORKBOOK(share_single_family, "p_1gezw", 2013, ONWARDS) PERCENT},
    WORKBOOK(share_single_family, "p_mgezw", 2013, ONWARDS) REST("multi-family")},
    LABEL(share_single_family, "Percentage eengezinswoning") PERCENT},
    LABEL(share_single_family, "Percentage meergezinswoning") REST("multi-family")},
    SHAPE(share_single_family, "P_1GEZW") PERCENT},

    WORKBOOK(share_owner, "p_koopw", 2013, ONWARDS) PERCENT},
    LABEL(share_owner, "Koopwoningen") PERCENT},
    SHAPE(share_owner, "P_KOOPWON") PERCENT},
    TMAP(share_owner, "dwelling_ownership") PERCENT},
    WORKBOOK(share_corporatie, "p_wcorpw", 2013, ONWARDS) PERCENT},
    LABEL(share_corporatie, "In bezit woningcorporatie") PERCENT},
    MAP(share_corporatie, "perc_huurwoningen_in_bezit_woningcorporaties") PERCENT},
    SHAPE(share_corporatie, "P_HUURCORP") PERCENT},
    WORKBOOK(share_private_rent, "p_ov_hw", 2013, ONWARDS) PERCENT},
    LABEL(share_private_rent, "In bezit overige verhuurders") PERCENT},
    MAP(share_private_rent, "perc_huurwoningen_in_bezit_overige_verhuurders") PERCENT},
    SHAPE(share_private_rent, "P_OV_HUURW") PERCENT},

    /* From 2024 CBS counts homes of at most ten years (p_bj_mi10): another concept, so it is not mapped. */
    WORKBOOK(share_built_since_2000, "p_bjo2k", 2013, ONWARDS) PERCENT},
    WORKBOOK(share_built_since_2000, "p_bjj2k", 2013, ONWARDS) REST("built before 2000")},
    LABEL(share_built_since_2000, "Bouwjaar vanaf 2000") PERCENT},
    LABEL(share_built_since_2000, "Bouwjaar voor 2000") REST("built before 2000")},
    MAP(share_built_since_2000, "percentage_bouwjaarklasse_vanaf_2000") PERCENT},

    WORKBOOK(woz_eur, "g_wozbag", 2020, ONWARDS) THOUSAND},
    WORKBOOK(woz_eur, "g_woz", 2013, 2019) THOUSAND},
    LABEL(woz_eur, "Gemiddelde WOZ-waarde van woningen") THOUSAND},
    LABEL(woz_eur, "Gemiddelde woningwaarde") THOUSAND},
    SHAPE(woz_eur, "WOZ") THOUSAND},
    TMAP(woz_eur, "dwelling_value") THOUSAND},

    WORKBOOK(bijstand, "a_soz_wb", 2013, ONWARDS) IS},
    LABEL(bijstand, "Personen per soort uitkering; Bijstand") IS},
    MAP(bijstand, "aantal_personen_met_een_algemene_bijstandsuitkering_totaal") IS},
    MAP(bijstand, "aantal_personen_met_een_alg_bijstandsuitkering_tot") IS},
    WORKBOOK(ao, "a_soz_ao", 2013, ONWARDS) IS},
    LABEL(ao, "Personen per soort uitkering; AO") IS},
    MAP(ao, "aantal_personen_met_een_ao_uitkering_totaal") IS},
    WORKBOOK(ww, "a_soz_ww", 2013, ONWARDS) IS},
    LABEL(ww, "Personen per soort uitkering; WW") IS},
    MAP(ww, "aantal_personen_met_een_ww_uitkering_totaal") IS},

    WORKBOOK(income_per_person_eur, "g_ink_pi", 2013, ONWARDS) THOUSAND_INCOME},
    LABEL(income_per_person_eur, "Gemiddeld inkomen per inwoner") THOUSAND_INCOME},

    WORKBOOK(area_ha, "a_lan_ha", 2013, ONWARDS) IS},
    LABEL(area_ha, "Oppervlakte land") IS},
    MAP(area_ha, "oppervlakte_land_in_ha") IS},
    SHAPE(area_ha, "OPP_LAND") IS},
    WORKBOOK(address_density, "ste_oad", 2013, ONWARDS) IS},
    LABEL(address_density, "Omgevingsadressendichtheid") IS},
    SHAPE(address_density, "OAD") IS},

    {WKS_COLUMNS_density, WKS_COLUMNS_WORKBOOK, "bev_dich", 2013, ONWARDS, IS},
    {WKS_COLUMNS_household_income, WKS_COLUMNS_LABEL, "Inkomen/Gemiddeld besteedbaar inkomen", 2013, ONWARDS, THOUSAND_INCOME},
    {WKS_COLUMNS_income_households, WKS_COLUMNS_LABEL, "Particuliere huishoudens (x 1 000)", 2013, ONWARDS, IS},
    {WKS_COLUMNS_western, WKS_COLUMNS_WORKBOOK, "a_w_all", 2013, 2021, IS},
    {WKS_COLUMNS_western, WKS_COLUMNS_LABEL, "Westers totaal", 2013, 2021, IS},
    {WKS_COLUMNS_western, WKS_COLUMNS_MAP, "percentage_westerse_migratieachtergrond", 2013, 2021, PERCENT_OF(WKS_CITY_persons)},
    {WKS_COLUMNS_non_western, WKS_COLUMNS_WORKBOOK, "a_nw_all", 2013, 2021, IS},
    {WKS_COLUMNS_non_western, WKS_COLUMNS_LABEL, "Niet-westers totaal", 2013, 2021, IS},
    {WKS_COLUMNS_non_western, WKS_COLUMNS_MAP, "percentage_niet_westerse_migratieachtergrond", 2013, 2021, PERCENT_OF(WKS_CITY_persons)},
    {WKS_COLUMNS_total_area_ha, WKS_COLUMNS_TMAP, "area", 2013, ONWARDS, 100.0, 0.0, -1, false, 0.0, "published in km2"},
    {WKS_COLUMNS_change, WKS_COLUMNS_WORKBOOK, "ind_wbi", 2013, ONWARDS, IS},
    {WKS_COLUMNS_change, WKS_COLUMNS_LABEL, "Indelingswijziging wijken en buurten", 2013, ONWARDS, IS},
    {WKS_COLUMNS_change, WKS_COLUMNS_LABEL, "Indelingswijziging gemeente, wijk, buurt", 2013, ONWARDS, IS},
};
#undef persons
#undef households
#undef dwellings
/* clang-format on */
const int32_t wks_columns_n = (int32_t)(sizeof wks_columns_table / sizeof *wks_columns_table);

const wks_city_column_info *wks_columns_info(int32_t ours)
{
    static const wks_city_column_info extra[WKS_COLUMNS_N - WKS_CITY_N_COLUMNS] = {
        {"inhabitants_per_km2", "1/km2", 0.0, 1e6, false, "inhabitants per km2 of land"},
        {"household_income_eur", "EUR/yr", 0.0, 1e6, false, "mean disposable income of private households"},
        {"income_households", "1 000", 0.0, 1e6, false, "private households of the income statistics"},
        {"western", "persons", 0.0, 1e7, true, "westerse migratieachtergrond"},
        {"non_western", "persons", 0.0, 1e7, true, "niet-westerse migratieachtergrond"},
        {"total_area_ha", "ha", 0.0, 1e7, false, "surface, land and water"},
        {"change", "code", 0.0, 9.0, false, "code of changes of area since the edition before; 1: none"},
    };
    return ours < WKS_CITY_N_COLUMNS ? &wks_city_column_table[ours] : &extra[ours - WKS_CITY_N_COLUMNS];
}

char *wks_columns_key(const char *header, char *out, size_t size)
{
    size_t n = 0;
    for (const char *s = header; *s != '\0' && n + 1 < size; s++) {
        char c = *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out[n++] = c;
    }
    out[n] = '\0';
    return out;
}

enum { KEY_SIZE = 256 };

/* "AantalInwoners_5" -> "AantalInwoners" */
static char *typed_key(const char *header, char *out, size_t size)
{
    char cut[KEY_SIZE];
    size_t n = strlen(header);
    while (n > 0 && header[n - 1] >= '0' && header[n - 1] <= '9')
        n--;
    if (n == 0 || header[n - 1] != '_' || n == strlen(header) || n > sizeof cut) return wks_columns_key(header, out, size);
    memcpy(cut, header, n - 1);
    cut[n - 1] = '\0';
    return wks_columns_key(cut, out, size);
}

/* True if `key` ends with `end`, a unit after it allowed. A label's end must begin where a word of it does: the caller's names do. */
static bool ends_with(const char *key, const char *end)
{
    static const char *const units[] = {"", "aantal", "x1000euro", "1000euro", "ha", "perkm", "perkm2", "adressenperkm", "code"};
    size_t n = strlen(key), n_end = strlen(end);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t n_unit = strlen(units[i]);
        if (n < n_end + n_unit) continue;
        const char *at = key + n - n_unit - n_end;
        if (strncmp(at, end, n_end) == 0 && strcmp(at + n_end, units[i]) == 0) return true;
    }
    return false;
}

bool wks_columns_is(const wks_columns_line *line, const char *header)
{
    char theirs[KEY_SIZE], key[KEY_SIZE];
    if (line->naming == WKS_COLUMNS_WORKBOOK || line->naming == WKS_COLUMNS_TMAP) {
        return wks_text_equal_nocase(line->theirs, header);
    }
    wks_columns_key(line->theirs, theirs, sizeof theirs);
    if (line->naming != WKS_COLUMNS_LABEL) return strcmp(theirs, typed_key(header, key, sizeof key)) == 0;
    typed_key(header, key, sizeof key);
    /* The last part of a label alone is also the typed name and the map's attribute. */
    return ends_with(key, theirs);
}

/* Exact keys; a leading '$' means that the key ends so. */
enum { MAX_ROLE_KEYS = 12 };
static const char *const role_keys[WKS_COLUMNS_N_ROLES][MAX_ROLE_KEYS] = {
    [WKS_COLUMNS_CODE] = {"gwbcode", "gwbcode10", "$regioaanduidingcodering", "$regiocodegemeentewijkbuurt", "codering", "buurtcode",
                          "bucode", "wijkcode", "gemeentecode", "wkcode", "gmcode", "code"},
    [WKS_COLUMNS_LEVEL] = {"recs", "$regioaanduidingsoortregioomschrijving", "soortregio"},
    [WKS_COLUMNS_NAME] = {"regio", "wijkenenbuurten", "regios", "buurtnaam", "bunaam", "wijknaam", "wknaam", "name", "naam"},
    [WKS_COLUMNS_GEMEENTE] = {"gmnaam", "$regioaanduidinggemeentenaamnaam", "gemeentenaam"},
    [WKS_COLUMNS_PERIOD] = {"perioden", "year", "jaar"},
    [WKS_COLUMNS_WATER] = {"water", "h2o"},
};

int wks_columns_role_of(wks_columns_role role, const char *const *header, size_t n)
{
    char key[KEY_SIZE];
    for (int is_typed = 0; is_typed < 2; is_typed++) /* gwb_code before gwb_code_10, Codering_3 after Codering */
        for (size_t k = 0; k < MAX_ROLE_KEYS && role_keys[role][k] != NULL; k++) {
            const char *wanted = role_keys[role][k];
            for (size_t j = 0; j < n; j++) {
                if (is_typed)
                    typed_key(header[j], key, sizeof key);
                else
                    wks_columns_key(header[j], key, sizeof key);
                if (wanted[0] == '$' ? ends_with(key, wanted + 1) : strcmp(key, wanted) == 0) return (int)j;
            }
        }
    return -1;
}
