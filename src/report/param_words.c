#include "report/param_words.h"

#include <string.h>

#include "sim/everything.h"

static const wks_param_words words[] = {
    {"search.start",
     {"Hoe vaak mensen beginnen te zoeken", "How often people start to look"},
     "factor van het aandeel dat jaarlijks binnen de gemeente verhuisde, naar leeftijd [S87], naar de kans om te gaan zoeken",
     ""},
    {"search.leave",
     {"Vertrek naar een andere gemeente", "Leaving for another gemeente"},
     "factor op het aandeel dat jaarlijks naar een andere gemeente verhuisde, naar leeftijd [S87]",
     ""},
    {"search.social",
     {"Hoe vaak sociale huurders beginnen te zoeken", "How often social tenants start to look"},
     "factor op het beginnen met zoeken door sociale huurders",
     ""},
    {"allocation.react_oriented",
     {"Het aanbod bekijken door wie zich oriënteert", "Oriented seekers who look at the adverts"},
     "kans dat wie zich oriënteert het aanbod van een maand bekijkt",
     ": actief is wie het afgelopen jaar reageerde [S16], de meesten van hen af en toe"},
    {"allocation.choosy",
     {"Hoe kieskeurig is wie zich oriënteert", "How choosy oriented seekers are"},
     "hoeveel beter dan blijven een woning moet zijn voor wie zich oriënteert, bij het reageren en bij het aannemen",
     ""},
    {"allocation.accept",
     {"Een aanbod aannemen", "Accepting an offer"},
     "aannemen van een aanbod van gemiddeld nut, zonder opgebouwde inschrijfduur",
     ", met 1,9 weigeringen (loting) en 4,4 (inschrijfduur) in Breda [S9]"},
    {"livelihood.exit_long",
     {"Weer werk na een lange tijd zonder", "Back to work after a long spell"},
     "kans op terugkeer naar werk na een lange periode zonder",
     ""},
    {"neighbourhood.a_v",
     {"Minder samenhang door onvervulde zorg", "Loss of cohesion by unmet support need"},
     "verlies aan samenhang per aandeel van de huishoudens met een onvervulde behoefte aan ondersteuning, ten opzichte van het begin",
     "; 0,45 is een bovengrens [D1, S21]"},
    {"cap_share.max_share",
     {"Hoogste aandeel van de groep per gebied", "Largest share of the group by area"},
     "hoogste aandeel van de groep onder de huishoudens in sociale woningen van het gebied, de verhuring zelf meegeteld",
     ": het idee is gepubliceerd [S45], een getal niet"},
};

enum { N_WORDS = sizeof words / sizeof *words };

/* "search.start" of "processes.search.start"; NULL where the path has no two parts. */
static const char *key_of(const char *path)
{
    const char *at = strrchr(path, '.');

    if (at == NULL) return NULL;
    while (at > path && at[-1] != '.')
        at--;
    return at;
}

const wks_param_words *wks_param_words_at(size_t i)
{
    return i < N_WORDS ? &words[i] : NULL;
}

const wks_param_words *wks_param_words_of(const char *path)
{
    const char *key = key_of(path);

    for (size_t i = 0; key != NULL && i < N_WORDS; i++)
        if (strcmp(words[i].key, key) == 0) return &words[i];
    return NULL;
}

static const wks_param *param_of(const wks_spec *const *spec, int32_t n, const char *owner, size_t n_owner, const char *name)
{
    for (int32_t i = 0; i < n; i++) {
        if (strlen(spec[i]->name) != n_owner || strncmp(spec[i]->name, owner, n_owner) != 0) continue;
        for (int32_t p = 0; p < spec[i]->n_params; p++)
            if (strcmp(spec[i]->param[p].name, name) == 0) return &spec[i]->param[p];
    }
    return NULL;
}

const wks_param *wks_param_words_known(const char *path)
{
    const wks_catalogue *catalogue = wks_everything_catalogue();
    const char *key = key_of(path);

    if (key == NULL) return NULL;
    const size_t n = strcspn(key, ".");
    if (strncmp(path, "processes.", 10) == 0) return param_of(catalogue->process, catalogue->n_processes, key, n, key + n + 1);
    if (strncmp(path, "rules.", 6) == 0) return param_of(catalogue->part, catalogue->n_parts, key, n, key + n + 1);
    return NULL;
}

/* Behind a name there is little room. */
static const char *short_unit(wks_notation_lang lang, const char *unit)
{
    if (strcmp(unit, "utility") == 0) return lang == WKS_NOTATION_NL ? "nut" : "utility";
    if (strcmp(unit, "LBM per share") == 0) return lang == WKS_NOTATION_NL ? "LBM per aandeel" : "LBM per share";
    return wks_notation_unit(lang, unit);
}

void wks_param_words_add(wks_notation_lang lang, const char *path, wks_text *out)
{
    const wks_param_words *has = wks_param_words_of(path);
    const wks_param *is = wks_param_words_known(path);

    if (has == NULL || is == NULL) return;
    wks_text_add(out, has->name[lang]);
    if (strcmp(is->unit, "-") == 0) {
        wks_text_add(out, " (factor)");
    } else if (wks_notation_is_share(is->unit)) {
        wks_text_add(out, lang == WKS_NOTATION_NL ? " (aandeel)" : " (share)");
    } else {
        wks_text_addf(out, " (%s)", short_unit(lang, is->unit));
    }
}
