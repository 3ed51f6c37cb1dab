#include "import/own_terms.h"

#include <string.h>

enum { SIMPLE_SIZE = 128 };

const char *const wks_own_terms_file_name[WKS_OWN_TERMS_N_FILES] = {"dwellings", "seekers"};

/* Names of VERA are those of its public information model, version of January 2026 (Eenheid, Inschrijving, Inkomen, ...). The others are what
 * exports of corporaties commonly say: general knowledge. */
/* clang-format off */
static const wks_own_terms_field dwelling_field[WKS_OWN_TERMS_D_N] = {
    {"id", "-", WKS_OWN_TERMS_NEEDED, "number of the dwelling; becomes a pseudonym", "Eenheid.code",
     {"eenheidnummer", "vhenummer", "vhe", "vhenr", "eenheidcode", "eenheid", "objectnummer", "objectcode", "ogenr", "ogenummer", "woningnummer", "eenheidid", "bagverblijfsobject", "code"}},
    {"buurt", "-", WKS_OWN_TERMS_ONE_OF, "CBS buurt: code (BU03440112, also 3440112) or name as in buurten.csv", "Eenheidadres.buurt",
     {"buurtcode", "cbsbuurtcode", "cbsbuurt", "bucode", "bu", "buurt", "buurtcodecbs", "buurtnaam", "cbsbuurtnaam"}},
    {"postcode", "-", WKS_OWN_TERMS_ONE_OF, "postcode, turned into a buurt by --postcodes and not kept", "Eenheidadres.postcode",
     {"postcode", "pc6", "postcode6", "pc4", "pc"}},
    {"type", "word", WKS_OWN_TERMS_NEEDED, "single_family, apartment; room and other are left out", "Eenheid.detailSoort",
     {"eenheiddetailsoort", "detailsoort", "woningtype", "typewoning", "soorteenheid", "eenheidsoort", "objecttype", "vhetype", "eenheidtype", "typeeenheid", "soortwoning", "bouwvorm", "type", "soort"}},
    {"rent", "EUR/month", WKS_OWN_TERMS_NEEDED, "net rent (kale huur) of the contract; of an empty dwelling the last one", "Prijscomponent KAL, Eenheid.prijscomponenten",
     {"nettohuur", "kalehuur", "nettohuurprijs", "kalehuurprijs", "huurprijs", "basishuur", "nettohuurpermaand", "kalehuurpermaand", "subsidiabelehuur", "rekenhuur", "huur"}},
    {"asked_rent", "EUR/month", WKS_OWN_TERMS_OPTIONAL, "streefhuur: what is asked at the next letting", "Eenheid.streefhuur",
     {"streefhuur", "streefhuurprijs", "streefhuurpermaand", "doelhuur", "mutatiehuur"}},
    {"points", "points", WKS_OWN_TERMS_OPTIONAL, "WWS points", "WoningwaarderingResultaat.punten",
     {"wwspunten", "punten", "woningwaarderingspunten", "puntenaantal", "aantalpunten", "wws", "puntenwws", "totaalpunten", "puntentotaal"}},
    {"rooms", "count", WKS_OWN_TERMS_OPTIONAL, "rooms", "Eenheid.kamersAantal",
     {"kamersaantal", "aantalkamers", "kamers", "aantalvertrekken", "vertrekkenaantal", "vertrekken"}},
    {"area", "m2", WKS_OWN_TERMS_OPTIONAL, "floor area", "Eenheid.gebruiksoppervlakte",
     {"gebruiksoppervlakte", "gebruiksoppervlaktewonen", "gbo", "oppervlakte", "woonoppervlakte", "totaleoppervlakte", "oppervlaktem2", "m2", "bagoppervlakte", "bvo"}},
    {"built", "year", WKS_OWN_TERMS_OPTIONAL, "year of building", "Eenheid.bouwjaar",
     {"bouwjaar", "jaarbouw", "bouwjaarbag", "jaarvanbouw"}},
    {"complex", "-", WKS_OWN_TERMS_OPTIONAL, "number of the complex; becomes a pseudonym", "Cluster.code (Eenheid.clusters)",
     {"complexnummer", "complexcode", "complex", "complexnr", "clustercode", "clusternummer", "fatcomplex", "complexid", "cluster"}},
    {"label", "word", WKS_OWN_TERMS_OPTIONAL, "for whom: none, senior, jongeren, campus, gemengd", "Eenheid.doelgroep",
     {"doelgroep", "doelgroeplabel", "label", "woninglabel", "toewijzingslabel", "bestemdvoor"}},
    {"segment", "word", WKS_OWN_TERMS_OPTIONAL, "social (DAEB) or free (niet-DAEB); without it the asked rent decides", "Eenheid.maatschappelijkLabel",
     {"daeb", "daebnietdaeb", "daebindicatie", "daebstatus", "segment", "huursegment", "huurklasse", "maatschappelijklabel", "administratievescheiding"}},
    {"accessible", "word", WKS_OWN_TERMS_OPTIONAL, "yes if fit for a walker or wheelchair", "Eenheid.toegankelijkheidslabel",
     {"toegankelijkheidslabel", "toegankelijkheid", "rolstoeltoegankelijk", "rollatortoegankelijk", "gelijkvloers", "nultreden", "nultredenwoning", "toegankelijk"}},
};

static const wks_own_terms_field seeker_field[WKS_OWN_TERMS_S_N] = {
    {"id", "-", WKS_OWN_TERMS_NEEDED, "number of the registration; becomes a pseudonym. Never a BSN", "Inschrijving.code (Overeenkomst)",
     {"inschrijfnummer", "inschrijvingsnummer", "inschrijvingnummer", "registratienummer", "woningzoekendenummer", "klantnummer", "relatienummer", "kandidaatnummer", "inschrijfnr", "zoekernummer", "woningzoekendeid", "inschrijvingid", "code"}},
    {"registered", "date", WKS_OWN_TERMS_NEEDED, "day of registration (inschrijfdatum); kept as whole months of inschrijfduur", "Inschrijving.begindatum (Overeenkomst)",
     {"inschrijfdatum", "inschrijvingsdatum", "datuminschrijving", "inschrijvingdatum", "ingangsdatuminschrijving", "begindatuminschrijving", "ingeschrevensinds", "begindatum"}},
    {"buurt", "-", WKS_OWN_TERMS_OPTIONAL, "CBS buurt of the present home: code or name", "Adres.buurt",
     {"buurtcode", "cbsbuurtcode", "cbsbuurt", "huidigebuurt", "buurtcodehuidig", "buurt", "buurtnaam"}},
    {"postcode", "-", WKS_OWN_TERMS_OPTIONAL, "postcode of the present home, turned into a buurt by --postcodes and not kept", "Adres.postcode",
     {"postcode", "huidigepostcode", "pc6", "postcode6", "pc4", "postcodehuidig"}},
    {"birth", "date", WKS_OWN_TERMS_OPTIONAL, "birth date of the head, or a year; kept as age in whole years", "NatuurlijkPersoon.geboortedatum",
     {"geboortedatum", "geboortedatumhoofdaanvrager", "geboortejaar", "gebdatum", "geboren"}},
    {"persons", "count", WKS_OWN_TERMS_OPTIONAL, "persons in the household that looks", "",
     {"huishoudgrootte", "gezinsgrootte", "aantalpersonen", "huishoudengrootte", "personen", "grootte", "huishoudomvang", "gezinsomvang", "huishoudsamenstelling", "huishoudensamenstelling", "gezinssamenstelling"}},
    {"income", "EUR/yr", WKS_OWN_TERMS_OPTIONAL, "income of the household; kept in hundreds of euro", "Inkomen.bedrag, Inkomen.brutoJaarinkomen",
     {"verzamelinkomen", "inkomen", "rekeninkomen", "huishoudinkomen", "gezamenlijkinkomen", "jaarinkomen", "brutojaarinkomen", "belastbaarinkomen", "toetsinkomen", "belastbaarjaarinkomen"}},
    {"urgency", "word", WKS_OWN_TERMS_OPTIONAL, "urgency: none, social, medical, herhuisvesting; a date means social", "Voorrangsregeling.soort",
     {"urgentie", "urgentiesoort", "soorturgentie", "urgent", "urgentiedatum", "datumurgentie", "urgentiestatus", "voorrangsregeling", "urgentieindicatie"}},
    {"reacted", "date", WKS_OWN_TERMS_OPTIONAL, "day of the last reaction; active are those of the last twelve months", "Reactie.datum",
     {"laatstereactie", "datumlaatstereactie", "laatstereactiedatum", "reactiedatum", "laatstactief", "datumreactie", "laatstereactieop"}},
};

/* What tells who somebody is, or what nobody needs to know: part of a simplified name -> why. */
static const struct {
    const char *part, *why;
    bool in_dwellings;
} refusal[] = {
    {"bsn", "BSN", true},               {"burgerservice", "BSN", true},       {"sofinummer", "BSN", true},
    {"voornaam", "names", true},        {"achternaam", "names", true},        {"roepnaam", "names", true},
    {"voorletter", "names", true},      {"initialen", "names", true},         {"tussenvoegsel", "names", true},
    {"geslachtsnaam", "names", true},   {"aanhef", "names", true},            {"volledigenaam", "names", true},
    {"huurdernaam", "names", true},     {"naamhuurder", "names", true},       {"huurder", "names", true},
    {"contractant", "names", true},     {"bewoner", "names", true},           {"email", "e-mail addresses", true},
    {"mailadres", "e-mail addresses", true}, {"telefoon", "telephone numbers", true}, {"mobiel", "telephone numbers", true},
    {"telnr", "telephone numbers", true},    {"iban", "bank accounts", true},         {"bankrekening", "bank accounts", true},
    {"rekeningnummer", "bank accounts", true}, {"paspoort", "identity papers", true}, {"documentnummer", "identity papers", true},
    {"digid", "identity papers", true},
    {"straat", "addresses", true},      {"huisnummer", "addresses", true},    {"huisletter", "addresses", true},
    {"toevoeging", "addresses", true},  {"adres", "addresses", true},         {"huisnr", "addresses", true},
    {"nationaliteit", "origin", false}, {"geboorteland", "origin", false},    {"geboorteplaats", "origin", false},
    {"herkomst", "origin", false},      {"etniciteit", "origin", false},      {"geloof", "belief", false},
    {"religie", "belief", false},       {"opmerking", "free text", true},     {"notitie", "free text", true},
    {"toelichting", "free text", true}, {"memo", "free text", true},          {"diagnose", "health", false},
    {"gezondheid", "health", false},    {"strafblad", "criminal records", false},
};

const wks_own_terms_words wks_own_terms_word_table[WKS_OWN_TERMS_N_WORDS] = {
    [WKS_OWN_TERMS_TYPE] = {"type", {"single_family", "apartment", "room", "other", NULL},
        "0:eengezinswoning|0:eengezins|0:egw|0:eengezinshuis|0:grondgebonden|0:grondgebondenwoning|0:rijwoning|0:rijtjeswoning|0:tussenwoning|0:tus|"
        "0:hoekwoning|0:hoe|0:eindwoning|0:ein|0:tweeondereenkapwoning|0:2onder1kapwoning|0:2onder1kap|0:twe|0:geschakeldetweeondereenkapwoning|0:gtw|"
        "0:geschakeldewoning|0:gwo|0:vrijstaandewoning|0:vrijstaand|0:vri|0:halfvrijstaandewoning|0:hal|0:herenhuis|0:her|0:kangoeroewoning|0:kng|"
        "0:tinyhouse|0:tin|0:bungalow|0:patiowoning|0:seniorenwoninggrondgebonden|0:woonboot|0:wob|0:waterwoning|0:wat|0:woonwagen|0:wow|"
        "1:appartement|1:app|1:meergezinswoning|1:meergezins|1:mgw|1:flat|1:flatwoning|1:galerijflat|1:gal|1:galerijwoning|1:portiekflat|1:pof|"
        "1:portiekwoning|1:pow|1:portiek|1:etagewoning|1:etage|1:bovenwoning|1:bov|1:benedenwoning|1:ben|1:bovenbenedenwoning|1:maisonnette|1:maisonette|1:mai|"
        "1:corridorflat|1:cor|1:studio|1:stu|1:penthouse|1:beneden|1:boven|1:flatzonderlift|1:flatmetlift|1:galerij|1:corridor|"
        "2:kamer|2:kam|2:onzelfstandig|2:onzelfstandigewoonruimte|2:onzelfstandigeeenheid|2:onz|"
        "3:parkeerplaats|3:parkeerplaatsauto|3:par|3:parkeerplaatsoverdekt|3:pao|3:parkeerplaatsmotor|3:pam|3:parkeren|3:garage|3:gar|3:garagebox|3:berging|3:ber|"
        "3:bedrijfsruimte|3:bedrijfshal|3:bed|3:bog|3:mog|3:kantoorruimte|3:kan|3:kantoor|3:winkelruimte|3:wir|3:winkel|3:horeca|3:praktijkruimte|3:atelierruimte|"
        "3:scootmobielplek|3:sco|3:fietsenstalling|3:fie|3:standplaats|3:woonwagenstandplaats|3:wwp|3:ligplaats|3:lig|3:antenneopstelplaats|3:ant|3:zorginstelling|"
        "3:verzorgingshuis|3:vzo|3:verpleeghuis|3:vpl|3:maatschappelijkvastgoed|3:overig|3:overige|3:ove|3:int|3:rec|3:recreatiewoning|3:intramuraalzorgvastgoed|3:parkeergelegenheid|3:gemeenschappelijkeruimte"},
    [WKS_OWN_TERMS_LABEL] = {"label", {"none", "senior", "jongeren", "campus", "gemengd", NULL},
        "0:geen|0:regulier|0:algemeen|0:alle|0:iedereen|0:nvt|0:gezin|0:gezinnen|0:gez|0:eenpersoons|0:persoon|0:een|0:huishoudenzonderkinderen|0:hzo|0:starter|0:starters|0:sta|"
        "0:zorg|0:zor|1:senior|1:senioren|1:sen|1:ouderen|1:55|1:55plus|1:65|1:65plus|1:seniorenwoning|1:ouderenwoning|2:jongeren|2:jon|2:jongerenwoning|"
        "2:jongerencontract|2:jongere|3:student|3:studenten|3:stu|3:campus|3:studentenwoning|3:campuscontract|4:gemengd|4:gemengdwonen|4:zorgdragers|4:zdr|4:magicmix"},
    [WKS_OWN_TERMS_SEGMENT] = {"segment", {"", "social", "free", NULL},
        "1:daeb|1:dae|1:sociaal|1:sociale|1:socialehuur|1:socialehuurwoning|1:gereguleerd|1:ja|1:j|1:true|1:waar|1:goedkoop|1:betaalbaar|1:duurtothuurtoeslaggrens|2:nietdaeb|2:nda|2:vrij|2:vrijesector|"
        "2:geliberaliseerd|2:markt|2:middenhuur|2:nee|2:n|2:false|2:onwaar|2:duur"},
    [WKS_OWN_TERMS_ACCESSIBLE] = {"accessible", {"no", "yes", NULL},
        "0:nee|0:n|0:false|0:onwaar|0:0|0:geen|0:niettoegankelijk|0:zon|0:woningzonderbijzonderetoegankelijkheid|0:gnv|0:gelijkvloersewoning|0:gel|0:rog|0:traplopen|0:nvt|1:ja|1:j|1:true|1:waar|1:1|1:x|1:nultreden|1:nultredenwoning|1:nul|1:roa|1:rollatorwoning|1:rolstoelwoning|1:rol|1:extraruimerolstoelwoning|1:rui|1:rollator|1:rolstoel|1:gelijkvloers|"
        "1:rollatortoegankelijk|1:rolstoeltoegankelijk|1:rolstoelgeschikt|1:rollatorgeschikt|1:toegankelijk"},
    [WKS_OWN_TERMS_PERSONS] = {"persons", {"0", "1", "2", "3", "4", "5", "6", NULL},
        "1:alleenstaand|1:alleenstaande|1:eenpersoonshuishouden|1:eenpersoons|1:single|2:paar|2:stel|2:tweepersoonshuishouden|2:tweepersoons|2:samenwonend|"
        "2:gehuwd|2:paarzonderkinderen|2:samenwonendzonderkinderen"},
    [WKS_OWN_TERMS_URGENCY] = {"urgency", {"none", "social", "medical", "herhuisvesting", NULL},
        "0:geen|0:nee|0:n|0:false|0:onwaar|0:0|0:nvt|0:nieturgent|0:regulier|1:ja|1:j|1:true|1:waar|1:1|1:x|1:urgent|1:urgentie|1:sociaal|1:socialeurgentie|1:sociaalurgent|1:soc|1:beroep|1:ber|1:gedupeerd|1:dup|1:exgedetineerd|1:exd|1:financieel|1:fin|"
        "1:geweldbedreigingoverlast|1:gew|1:mantelzorg|1:man|1:statushouder|1:sta|1:uitstroommaatschappelijkeinstelling|1:uit|"
        "2:medisch|2:medischeurgentie|2:med|2:wmo|3:herhuisvesting|3:stadsvernieuwing|3:herhuisvestingsurgentie|3:sv|3:hui|3:sloop|3:renovatie"},
};
/* clang-format on */

const wks_own_terms_field *wks_own_terms_fields(wks_own_terms_file file, int32_t *out_n)
{
    *out_n = file == WKS_OWN_TERMS_DWELLINGS ? (int32_t)WKS_OWN_TERMS_D_N : (int32_t)WKS_OWN_TERMS_S_N;
    return file == WKS_OWN_TERMS_DWELLINGS ? dwelling_field : seeker_field;
}

/* Plain letter of an accented one of two UTF-8 bytes C3 xx (Latin-1); 0 if it has none. */
static char unaccented(unsigned char second)
{
    static const char plain[] = "aaaaaaaceeeeiiii nooooo  uuuuy  aaaaaaaceeeeiiii nooooo  uuuuy y";
    const char c = second >= 0x80 && second < 0xC0 ? plain[second - 0x80] : ' ';

    return c == ' ' ? '\0' : c;
}

/* Lower case letters and digits only; what stands in brackets is left out, unless nothing else is there. */
static void simplify(const char *text, char *out)
{
    size_t n = 0;
    int depth = 0;

    for (const unsigned char *s = (const unsigned char *)text; *s != '\0' && n < SIMPLE_SIZE - 1; s++) {
        char c = '\0';
        if (*s == '(' || *s == '[') depth++;
        if ((*s == ')' || *s == ']') && depth > 0) depth--;
        if (depth > 0) continue;
        if (*s >= 'A' && *s <= 'Z') {
            c = (char)(*s - 'A' + 'a');
        } else if ((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9')) {
            c = (char)*s;
        } else if (*s == 0xC3 && s[1] != '\0') {
            c = unaccented(*++s);
        }
        if (c != '\0') out[n++] = c;
    }
    out[n] = '\0';
}

bool wks_own_terms_same(const char *a, const char *b)
{
    char x[SIMPLE_SIZE], y[SIMPLE_SIZE];

    simplify(a, x);
    simplify(b, y);
    return x[0] != '\0' ? strcmp(x, y) == 0 : strcmp(a, b) == 0;
}

static int32_t find_term(wks_own_terms_file file, const char *simple, int32_t *out_rank)
{
    int32_t n, best = -1;
    const wks_own_terms_field *field = wks_own_terms_fields(file, &n);

    for (int32_t f = 0; f < n; f++) {
        for (int32_t i = 0; i < WKS_OWN_TERMS_MAX_NAMES && field[f].term[i] != NULL; i++) {
            if (strcmp(field[f].term[i], simple) != 0 || (best >= 0 && i >= *out_rank)) continue;
            best = f;
            *out_rank = i;
        }
        if (best < 0 && strcmp(field[f].name, simple) == 0) {
            best = f;
            *out_rank = WKS_OWN_TERMS_MAX_NAMES;
        }
    }
    return best;
}

int32_t wks_own_terms_recognise(wks_own_terms_file file, const char *column, int32_t *out_rank)
{
    char simple[SIMPLE_SIZE];
    const char *dot = strrchr(column, '.');

    *out_rank = 0;
    if (wks_own_terms_refusal(file, column) != NULL) return -1;
    simplify(column, simple);
    const int32_t whole = find_term(file, simple, out_rank);
    if (whole >= 0 || dot == NULL || dot[1] == '\0') return whole;
    simplify(dot + 1, simple);
    return find_term(file, simple, out_rank);
}

const char *wks_own_terms_refusal(wks_own_terms_file file, const char *column)
{
    char simple[SIMPLE_SIZE];
    const char *dot = strrchr(column, '.');

    simplify(dot != NULL && dot[1] != '\0' ? dot + 1 : column, simple);
    const bool is_place = strstr(simple, "postcode") != NULL || strstr(simple, "buurt") != NULL;
    if (strcmp(simple, "naam") == 0 || strcmp(simple, "name") == 0) return "names";
    if (strcmp(simple, "tel") == 0) return "telephone numbers";
    for (size_t i = 0; i < sizeof refusal / sizeof *refusal; i++) {
        if (file == WKS_OWN_TERMS_DWELLINGS && !refusal[i].in_dwellings) continue;
        if (is_place && strcmp(refusal[i].why, "addresses") == 0) continue;
        if (strstr(simple, refusal[i].part) != NULL) return refusal[i].why;
    }
    /* A name of anything but a place or a complex. */
    if (file == WKS_OWN_TERMS_SEEKERS && strstr(simple, "naam") != NULL && strstr(simple, "buurt") == NULL &&
        strstr(simple, "wijk") == NULL && strstr(simple, "gemeente") == NULL)
        return "names";
    return NULL;
}

int32_t wks_own_terms_word_of(wks_own_terms_word word, const char *cell)
{
    const wks_own_terms_words *words = &wks_own_terms_word_table[word];
    char simple[SIMPLE_SIZE];

    for (int32_t i = 0; words->ours[i] != NULL; i++) {
        if (words->ours[i][0] != '\0' && wks_text_equal_nocase(words->ours[i], cell)) return i;
    }
    simplify(cell, simple);
    const size_t n = strlen(simple);
    for (const char *at = words->theirs; n > 0 && at != NULL;) {
        const char *end = strchr(at, '|');
        const size_t length = end != NULL ? (size_t)(end - at) : strlen(at);
        if (length == n + 2 && memcmp(at + 2, simple, n) == 0) return at[0] - '0';
        at = end != NULL ? end + 1 : NULL;
    }
    return -1;
}

/* ---- help and docs ---- */

static const char *need_word(wks_own_terms_need need)
{
    static const char *const word[] = {
        [WKS_OWN_TERMS_OPTIONAL] = "optional", [WKS_OWN_TERMS_NEEDED] = "needed", [WKS_OWN_TERMS_ONE_OF] = "this or the other"};
    return word[need];
}

static void describe_fields(wks_own_terms_file file, bool is_markdown, wks_text *out)
{
    int32_t n;
    const wks_own_terms_field *field = wks_own_terms_fields(file, &n);

    if (is_markdown) {
        wks_text_addf(out, "## %s\n\n| field | unit | needed | holds | in VERA | recognised column names |\n|---|---|---|---|---|---|\n",
                      wks_own_terms_file_name[file]);
    } else {
        wks_text_addf(out, "Fields of %s:\n", wks_own_terms_file_name[file]);
    }
    for (int32_t f = 0; f < n; f++) {
        if (is_markdown) {
            wks_text_addf(out, "| `%s` | %s | %s | %s | %s | ", field[f].name, field[f].unit, need_word(field[f].need), field[f].help,
                          field[f].vera);
            for (int32_t i = 0; i < WKS_OWN_TERMS_MAX_NAMES && field[f].term[i] != NULL; i++)
                wks_text_addf(out, "%s%s", i > 0 ? ", " : "", field[f].term[i]);
            wks_text_add(out, " |\n");
        } else {
            wks_text_addf(out, "  %-11s %-10s %-9s %s\n", field[f].name, field[f].unit,
                          field[f].need == WKS_OWN_TERMS_ONE_OF ? "one of" : need_word(field[f].need), field[f].help);
        }
    }
    wks_text_add(out, "\n");
}

static void describe_words(const wks_own_terms_words *words, wks_text *out)
{
    wks_text_addf(out, "| `%s` |", words->name);
    for (int32_t i = 0; words->ours[i] != NULL; i++) {
        bool any = false;
        if (words->ours[i][0] == '\0') continue;
        wks_text_addf(out, " **%s**", words->ours[i]);
        for (const char *at = words->theirs; at != NULL;) {
            const char *end = strchr(at, '|');
            if (at[0] - '0' == i) {
                wks_text_add(out, any ? ", " : ": ");
                wks_text_add_bytes(out, at + 2, (end != NULL ? (size_t)(end - at) : strlen(at)) - 2);
                any = true;
            }
            at = end != NULL ? end + 1 : NULL;
        }
        wks_text_add(out, ";");
    }
    wks_text_add(out, " |\n");
}

static void describe_refusals(wks_text *out)
{
    for (size_t i = 0; i < sizeof refusal / sizeof *refusal; i++)
        wks_text_addf(out, "%s%s", i > 0 ? ", " : "", refusal[i].part);
    wks_text_add(out, "\n");
}

void wks_own_terms_describe(bool is_markdown, wks_text *out)
{
    for (int file = 0; file < WKS_OWN_TERMS_N_FILES; file++)
        describe_fields((wks_own_terms_file)file, is_markdown, out);
    if (is_markdown) {
        wks_text_add(out, "## Words\n\nIn simplified form: lower case, without blanks, accents and punctuation.\n\n| field | our word: "
                          "words that are known |\n|---|---|\n");
        for (int w = 0; w < WKS_OWN_TERMS_N_WORDS; w++)
            describe_words(&wks_own_terms_word_table[w], out);
        wks_text_add(out, "\n## Never read\n\nColumns whose simplified name is `naam`, `name` or `tel`, or holds one of: ");
        describe_refusals(out);
    }
}
