#include "scenario/law_statute.h"

#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "world/columns.h"

#define MONTH(year, month) ((year)*12 + (month)-1)
#define OPEN               INT32_MAX
#define NO_NUMBER          ((double)NAN)
#define IN_FORCE           WKS_LAW_STATUTE_IN_FORCE
#define BILL               WKS_LAW_STATUTE_BILL
#define BY_LAW             WKS_LAW_STATUTE_BY_LAW

const char *const wks_law_statute_status_name[] = {"in_force", "passed", "bill", "by_law", NULL};
const char *const wks_law_statute_bill[] = {"versterking_regie", "priority_ban", NULL};

/* Words used more than once. */
static const char
    hvw[] = "Huisvestingswet 2014",
    wbmgp[] = "Wet bijzondere maatregelen grootstedelijke problematiek",
    change_2024[] = "Rijksoverheid 12-12-2023; in force 1-1-2024 (Cort en De Geer, huisvestingsjournaal 8)",
    bill_regie[] = "Kamerstukken 36512 and 36881: passed the Tweede Kamer on 3-7-2025, amending bill pending in January 2026, aim 1-7-2026",
    no_number[] = "assumption: the number of this half year was not found";

/* clang-format off: a table */
const wks_law_statute wks_law_statute_table[] = {
    {"huisvestingsverordening", "Huisvestingsverordening", "Huisvestingswet 2014, art. 4", BY_LAW, MONTH(2015, 1), OPEN, NO_NUMBER, "-",
     "rules of distribution stand in a by-law of the gemeente", "Huisvestingsverordeningen, as Koggenland 2019 (gmb-2019-176513)"},
    {"permit", "Huisvestingsvergunning", "Huisvestingswet 2014, art. 7 and 8", IN_FORCE, MONTH(2015, 1), MONTH(2024, 1), NO_NUMBER, "-",
     "designated cheap rental dwellings may not be occupied without a permit", "Justion Advocaten, wijzigingen Huisvestingswet 2014"},
    {"permit", "Huisvestingsvergunning", "Huisvestingswet 2014, art. 7 and 8", IN_FORCE, MONTH(2024, 1), MONTH(2025, 1), 390000, "EUR",
     "the same, and new owner-occupied homes up to this price", change_2024},
    {"permit", "Huisvestingsvergunning", "Huisvestingswet 2014, art. 7 and 8", IN_FORCE, MONTH(2025, 1), OPEN, NO_NUMBER, "EUR",
     "the same, and new owner-occupied homes up to a price limit of the year", "assumption: the price limit after 2024 was not found"},
    {"leefbaarheid_ground", "Leefbaarheid als grond voor voorraadregels", "Huisvestingswet 2014, art. 2", IN_FORCE, MONTH(2024, 1), OPEN,
     NO_NUMBER, "-", "leefbaarheid is a ground for rules on the stock; for rules of distribution none was found",
     "assumption: the article; the change itself: VBK 21-12-2023"},
    {"ties_share", "Lokaal maatwerk", "Huisvestingswet 2014, art. 14", IN_FORCE, MONTH(2015, 1), OPEN, 0.5, "share",
     "largest share of vacancies with precedence for economic, social or local ties", "[S19]"},
    {"ties_local", "Lokaal maatwerk voor eigen inwoners", "Huisvestingswet 2014, art. 14", IN_FORCE, MONTH(2015, 1), MONTH(2024, 1), 0.25,
     "share", "of these at most half by local ties alone", "[S19]"},
    {"ties_local", "Lokaal maatwerk voor eigen inwoners", "Huisvestingswet 2014, art. 14", IN_FORCE, MONTH(2024, 1), OPEN, 0.5, "share",
     "all of these by local ties", change_2024},
    {"urgency_categories", "Wettelijke urgentiecategorieën", "Huisvestingswet 2014, art. 12", IN_FORCE, MONTH(2015, 1), MONTH(2017, 7),
     NO_NUMBER, "-", "an urgency regulation has to count statushouders, people from shelter and carers (mantelzorg) as urgent",
     "assumption: the list; statushouders: Adviesraad Migratie 4-2-2022"},
    {"urgency_categories", "Wettelijke urgentiecategorieën", "Huisvestingswet 2014, art. 12", IN_FORCE, MONTH(2017, 7), OPEN, NO_NUMBER,
     "-", "an urgency regulation has to count people from shelter and carers as urgent; statushouders are optional since 1-7-2017",
     "assumption: the list; statushouders: Adviesraad Migratie 4-2-2022"},
    {"wbmgp_designation", "Aanwijzing gebied", "Wbmgp, art. 5", IN_FORCE, MONTH(2006, 1), OPEN, 48, "months",
     "the minister designates areas for this term at the request of the gemeente", "Stadszaken 5460; the act dates from 2006 [S29]"},
    {"wbmgp_extensions", "Verlenging van de aanwijzing", "Wbmgp, art. 5", IN_FORCE, MONTH(2006, 1), OPEN, 4, "times",
     "a designation may be extended this often, each time by its term", "Stadszaken 5460"},
    {"wbmgp_art8", "Inkomenseis", "Wbmgp, art. 8", IN_FORCE, MONTH(2006, 1), OPEN, 6, "years",
     "in designated areas newcomers to the region since fewer years need income from work, pension or study", "[S29]"},
    {"wbmgp_art9", "Voorrang op sociaal-economische kenmerken", "Wbmgp, art. 9", IN_FORCE, MONTH(2006, 1), OPEN, NO_NUMBER, "-",
     "in designated areas precedence by socio-economic traits", "[S29]"},
    {"wbmgp_art10", "Screening op overlast en criminaliteit", "Wbmgp, art. 10", IN_FORCE, MONTH(2017, 1), OPEN, NO_NUMBER, "-",
     "in designated areas refusal on police records of nuisance or crime", "[S29]; assumption: the month in which it came into force"},
    {"wbmgp_permit", "Werking door de huisvestingsvergunning", "Wbmgp, art. 8; Huisvestingswet 2014, art. 7", IN_FORCE, MONTH(2006, 1),
     OPEN, NO_NUMBER, "-", "the Wbmgp works through the permit, so on cheap private rent as well", "assumption: general knowledge"},
    {"daeb_norm", "Toewijzingsnorm DAEB (80-10-10)", "Woningwet, art. 48; BTIV, art. 16", IN_FORCE, MONTH(2016, 1), MONTH(2022, 1), 0.80,
     "share", "at least this share of lettings below the income limit, at most 10 % lower middle incomes, at most 10 % others", "[S15]"},
    {"daeb_norm", "Toewijzingsnorm DAEB (92,5/7,5)", "Woningwet, art. 48; BTIV, art. 16", IN_FORCE, MONTH(2022, 1), OPEN, 0.925, "share",
     "at least this share of lettings below the income limit", "[S15]"},
    {"daeb_agreed", "Vrije toewijzingsruimte na afspraak", "Woningwet, art. 48", IN_FORCE, MONTH(2022, 1), OPEN, 0.15, "share",
     "largest share above the income limit when prestatieafspraken say so", "[S15]; ILT, toewijzen aan de doelgroep"},
    {"passend_norm", "Passend toewijzen", "Woningwet, art. 46", IN_FORCE, MONTH(2016, 1), OPEN, 0.95, "share",
     "least share of low incomes that get a rent up to their aftoppingsgrens", "[S17]"},
    {"wws", "Woningwaarderingsstelsel", "Uitvoeringswet huurprijzen woonruimte", IN_FORCE, MONTH(2015, 1), MONTH(2024, 7), 143, "points",
     "up to these points the maximum rent binds, if let below the liberalisatiegrens", "assumption: the points of 2026 in earlier years"},
    {"wws", "Wet betaalbare huur", "Wet betaalbare huur", IN_FORCE, MONTH(2024, 7), OPEN, 186, "points",
     "new contracts up to these points are regulated: to 143 social, from 144 middenhuur", "Wet betaalbare huur"},
    {"huurtoeslag_income", "Inkomensgrens huurtoeslag", "Wet op de huurtoeslag", IN_FORCE, MONTH(2015, 1), MONTH(2020, 1), NO_NUMBER, "-",
     "no huurtoeslag above the income limits of passend toewijzen", "Rijksoverheid, in blikopnieuws.nl 12-2019"},
    {"huurtoeslag_2026", "Huurtoeslag zonder maximale huur", "Wet op de huurtoeslag", IN_FORCE, MONTH(2026, 1), OPEN, 21, "years",
     "no maximum rent any more (the allowance is cut off there), full from this age", "Rijksoverheid"},
    {"temporary_contracts", "Tijdelijk contract voor genoemde groepen", "BW 7:271; Stb. 2024, 152", IN_FORCE, MONTH(2024, 7), OPEN,
     NO_NUMBER, "-",
     "temporary contracts for named groups only, among them students from elsewhere, people from shelter, second chance, separated "
     "parents, statushouders "
     "from the COA",
     "Stb. 2024, 152"},
    {"campus_contract", "Campuscontract", "BW 7:274d", IN_FORCE, MONTH(2016, 7), OPEN, 6, "months",
     "students leave within this term after their study", "[S114]; assumption: the article and its date"},
    {"taakstelling", "Taakstelling huisvesting vergunninghouders", hvw, IN_FORCE, MONTH(2018, 1), MONTH(2022, 1), NO_NUMBER, "persons",
     "to house in each half year, by inhabitants", no_number},
    {"taakstelling", "Taakstelling huisvesting vergunninghouders", hvw, IN_FORCE, MONTH(2022, 1), MONTH(2022, 7), 9979, "persons",
     "to house in this half year (arrears of 3,728 come on top)", "Volkskrant 2022"},
    {"taakstelling", "Taakstelling huisvesting vergunninghouders", hvw, IN_FORCE, MONTH(2022, 7), MONTH(2023, 1), 13500, "persons",
     "to house in this half year", "gemeente.nu 4-2022"},
    {"taakstelling", "Taakstelling huisvesting vergunninghouders", hvw, IN_FORCE, MONTH(2023, 1), MONTH(2023, 7), 21200, "persons",
     "to house in this half year", "NU.nl 10-2022"},
    {"taakstelling", "Taakstelling huisvesting vergunninghouders", hvw, IN_FORCE, MONTH(2023, 7), MONTH(2025, 1), NO_NUMBER, "persons",
     "to house in each half year, by inhabitants", no_number},
    {"taakstelling", "Taakstelling huisvesting vergunninghouders", hvw, IN_FORCE, MONTH(2025, 1), MONTH(2025, 7), 15000, "persons",
     "to house in this half year (17,700 at first)", "[S36]"},
    {"taakstelling", "Taakstelling huisvesting vergunninghouders", hvw, IN_FORCE, MONTH(2025, 7), MONTH(2026, 1), 13000, "persons",
     "to house in this half year", "[S36]"},
    {"taakstelling", "Taakstelling huisvesting vergunninghouders", hvw, IN_FORCE, MONTH(2026, 1), OPEN, NO_NUMBER, "persons",
     "to house in each half year, by inhabitants", no_number},
    {"contingent_care", "Contingent uitstroom beschermd wonen en opvang", "regional agreement", BY_LAW, MONTH(2015, 1), OPEN, NO_NUMBER,
     "-", "homes for care leavers by regional agreement, divided over gemeenten and corporaties",
     "practice; assumption: that every region has one"},
    {"contingent_detention", "Contingent ex-gedetineerden", "regional agreement", BY_LAW, MONTH(2015, 1), OPEN, NO_NUMBER, "-",
     "homes for ex-detainees by regional agreement", "practice; assumption: that every region has one"},
    {"equal_treatment", "Verbod van onderscheid naar afkomst", "Algemene wet gelijke behandeling", IN_FORCE, MONTH(1994, 9), OPEN,
     NO_NUMBER, "-", "no general exemption for direct distinction by race: origin is never a ground for a rule",
     "assumption: general knowledge; CJEU C-417/23 (18-12-2025) on stock plans"},
    {"versterking_regie", "Wet versterking regie volkshuisvesting: verplichte urgentieregeling", "Kamerstukken 36512, 36881", BILL,
     MONTH(2026, 7), OPEN, NO_NUMBER, "-", "an urgency regulation becomes compulsory for a list of categories, care leavers among them",
     bill_regie},
    {"versterking_regie_detention", "Wet versterking regie volkshuisvesting: ex-gedetineerden", "Kamerstukken 36512, 36881", BILL,
     MONTH(2026, 7), OPEN, NO_NUMBER, "-", "ex-detainees are on that list",
     "assumption: named in the programme Een thuis voor iedereen (Schulinck), the bill's list was not read"},
    {"versterking_regie_social", "Wet versterking regie volkshuisvesting: sociale huur", "Kamerstukken 36512, 36881", BILL, MONTH(2026, 7),
     OPEN, 0.30, "share", "least share of social rent in what a region builds", bill_regie},
    {"versterking_regie_affordable", "Wet versterking regie volkshuisvesting: betaalbaar", "Kamerstukken 36512, 36881", BILL,
     MONTH(2026, 7), OPEN, 2.0 / 3.0, "share", "least share of affordable homes in what a region builds", bill_regie},
    {"priority_ban", "Wet nieuwe regels inzake huisvesting vergunninghouders", "Kamerstukken 36831", BILL, WKS_NO_MONTH, OPEN, NO_NUMBER,
     "-", "no precedence for vergunninghouders on the ground that they are",
     "Raad van State W04.25.00152/I (17-9-2025: contrary to the constitution); pending in February 2026"},
};
/* clang-format on */
const int32_t wks_law_statute_table_size = (int32_t)(sizeof wks_law_statute_table / sizeof wks_law_statute_table[0]);

/* Longer words first where one holds another: the first that is found at a place is named. */
const wks_law_ground wks_law_statute_ground[] = {
    {"versterking regie", "Wet versterking regie volkshuisvesting", "versterking_regie"},
    {"36512", "Wet versterking regie volkshuisvesting", "versterking_regie"},
    {"36831", "Wet nieuwe regels inzake huisvesting vergunninghouders", "priority_ban"},
    {"huisvesting vergunninghouders", "Wet nieuwe regels inzake huisvesting vergunninghouders", "priority_ban"},
    {"huisvestingswet", hvw, "huisvestingsverordening"},
    {"wbmgp", wbmgp, "wbmgp_designation"},
    {"grootstedelijke problematiek", wbmgp, "wbmgp_designation"},
    {"rotterdamwet", wbmgp, "wbmgp_designation"},
    {"woningwet", "Woningwet", "daeb_norm"},
    {"btiv", "Besluit toegelaten instellingen volkshuisvesting", "daeb_norm"},
    {"toegelaten instellingen", "Regeling toegelaten instellingen volkshuisvesting", "daeb_norm"},
    {"betaalbare huur", "Wet betaalbare huur", "wws"},
    {"stb. 2024, 152", "Besluit specifieke groepen tijdelijke huurovereenkomst", "temporary_contracts"},
    {"bw 7:", "Burgerlijk Wetboek, boek 7", "campus_contract"},
    {"huisvestingsverordening", "huisvestingsverordening", NULL},
    {"urgentieverordening", "urgentieverordening", NULL},
    {"urgentieregeling", "urgentieregeling", NULL},
    {"doelgroepenverordening", "doelgroepenverordening", NULL},
    {"prestatieafspraken", "prestatieafspraken", NULL},
    {"convenant", "convenant", NULL},
    {"beleidsregel", "beleidsregel", NULL},
    {"samenwerkingsovereenkomst", "samenwerkingsovereenkomst", NULL},
    {"contingent", "contingent", NULL},
    {"toewijzingsbeleid", "toewijzingsbeleid", NULL},
    {"woonruimteverdeelregels", "woonruimteverdeelregels", NULL},
    {"regionale afspraken", "regionale afspraken", NULL},
    {"regional agreement", "regional agreement", NULL},
    {"by-law", "by-law", NULL},
};
const int32_t wks_law_statute_n_grounds = (int32_t)(sizeof wks_law_statute_ground / sizeof wks_law_statute_ground[0]);

const wks_law_statute *wks_law_statute_find(const char *id, int32_t month)
{
    for (int32_t i = 0; i < wks_law_statute_table_size; i++) {
        const wks_law_statute *row = &wks_law_statute_table[i];
        if (strcmp(row->id, id) != 0) continue;
        if ((row->from_month == WKS_NO_MONTH || month >= row->from_month) && month < row->until_month) return row;
    }
    return NULL;
}

double wks_law_statute_value(const char *id, int32_t month)
{
    const wks_law_statute *row = wks_law_statute_find(id, month);

    return row == NULL ? NO_NUMBER : row->value;
}

bool wks_law_statute_is_assumed(const wks_law_statute *statute)
{
    return strstr(statute->source, "assumption") != NULL;
}

static bool holds(const char *text, const char *word)
{
    const size_t n = strlen(word);

    for (; *text != '\0'; text++) {
        size_t i = 0;
        while (i < n && text[i] != '\0' && tolower((unsigned char)text[i]) == word[i])
            i++;
        if (i == n) return true;
    }
    return false;
}

const wks_law_ground *wks_law_statute_named(const char *text, int32_t *at)
{
    while (*at < wks_law_statute_n_grounds) {
        const wks_law_ground *ground = &wks_law_statute_ground[(*at)++];
        if (holds(text, ground->word)) return ground;
    }
    return NULL;
}

const wks_law_ground *wks_law_statute_nearest(const char *text)
{
    enum { MAX_GROUNDS = 64, MAX_WORD = 48, FURTHEST = 3 };
    const char *words[MAX_GROUNDS];
    char word[MAX_WORD];

    for (int32_t i = 0; i < wks_law_statute_n_grounds; i++)
        words[i] = wks_law_statute_ground[i].word;
    while (*text != '\0') {
        size_t n = 0;
        while (*text != '\0' && !isalpha((unsigned char)*text))
            text++;
        while (isalpha((unsigned char)*text)) {
            if (n + 1 < sizeof word) word[n++] = (char)tolower((unsigned char)*text);
            text++;
        }
        word[n] = '\0';
        const char *near = n < 5 ? NULL : wks_text_nearest_within(word, FURTHEST, words, (size_t)wks_law_statute_n_grounds);
        for (int32_t i = 0; near != NULL && i < wks_law_statute_n_grounds; i++) {
            if (words[i] == near) return &wks_law_statute_ground[i];
        }
    }
    return NULL;
}
