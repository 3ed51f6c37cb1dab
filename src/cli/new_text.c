#include "cli/new_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/config_token.h"
#include "base/file.h"
#include "base/mem.h"

/* What can be tried: how it is called, and in words. */
static const struct {
    const char *name, *nl, *en;
} tries[] = {
    {"nothing", "niets: alleen deze regels", "nothing: these rules only"},
    {"cap", "een plafond op het aandeel huishoudens met een uitkering per buurt",
     "a ceiling on the share of households on a benefit per buurt"},
    {"lottery", "loten in plaats van de volgorde van nu", "lots instead of the order of now"},
    {"starters", "voorrang voor starters", "precedence for starters"},
    {"doorstromers", "voorrang voor doorstromers", "precedence for who leaves a social home behind"},
    {"seniors", "voorrang voor ouderen", "precedence for older people"},
    {"youth", "voorrang voor jongeren", "precedence for young people"},
};
enum { N_TRIES = sizeof tries / sizeof *tries };

wks_status wks_new_text_begin(wks_new *self, wks_err *err)
{
    self->data = wks_file_data_folder();
    if (self->data != NULL) return WKS_OK;
    return wks_err_set(err, WKS_ERR_IO, "the data folder with scenarios/ is not found beside the program; set WIJKSIM_DATA");
}

void wks_new_text_free(wks_new *self)
{
    free(self->data);
    free(self->city);
    free(self->rules);
    free(self->groups);
    if (self->has_base) wks_load_free(&self->base);
    *self = (wks_new){0};
}

/* ---- asking ---- */

/* Names that can be chosen. */
typedef struct choice {
    char **name;
    size_t n;
} choice;

static void choice_free(choice *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->name[i]);
    free(list->name);
}

static void add_name(choice *list, const char *name, size_t length)
{
    char **grown = wks_mem_resize(list->name, list->n, list->n + 1, sizeof *grown);

    if (grown == NULL) return; /* one name fewer in a message */
    list->name = grown;
    grown[list->n] = wks_mem_array(length + 1, 1);
    if (grown[list->n] == NULL) return;
    memcpy(grown[list->n], name, length);
    grown[list->n++][length] = '\0';
}

/* A city that is there: scenarios/cities has folders of cities too that a user has yet to build. */
static bool is_built(const wks_new *self, const char *name)
{
    wks_text path = WKS_TEXT_INIT;
    wks_text_addf(&path, "%s/scenarios/cities/%s/buurten.csv", self->data, name);
    const bool is = !path.failed && wks_file_exists(path.data);
    wks_text_free(&path);
    return is;
}

/* What lies in a folder of the data, without its ending. */
static void add_files(const wks_new *self, const char *inside, const char *end, choice *list)
{
    char *folder = wks_file_join(self->data, inside), **names = NULL;
    const size_t n_end = strlen(end);
    size_t n = 0;

    if (folder != NULL && wks_file_list(folder, &names, &n, NULL) != WKS_OK) n = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t length = strlen(names[i]);
        const bool fits = n_end == 0 ? is_built(self, names[i]) : length > n_end && strcmp(names[i] + length - n_end, end) == 0;
        if (fits) add_name(list, names[i], length - n_end);
        free(names[i]);
    }
    free(names);
    free(folder);
}

static choice choice_of(const wks_new *self, wks_new_question question)
{
    choice list = {NULL, 0};

    if (question == WKS_NEW_CITY) add_files(self, "scenarios/cities", "", &list);
    if (question == WKS_NEW_RULES) {
        add_name(&list, "reference", strlen("reference"));
        add_files(self, "scenarios/rules", ".cfg", &list);
    }
    for (int i = 0; question == WKS_NEW_TRY && i < N_TRIES; i++)
        add_name(&list, tries[i].name, strlen(tries[i].name));
    for (int32_t i = 0; question == WKS_NEW_GROUPS && i < self->base.scenario.n_groups; i++)
        add_name(&list, self->base.scenario.group[i].name, strlen(self->base.scenario.group[i].name));
    return list;
}

static void add_choice(const wks_new *self, wks_new_question question, wks_text *out)
{
    choice list = choice_of(self, question);

    for (size_t i = 0; question != WKS_NEW_TRY && i < list.n; i++)
        wks_text_addf(out, " %s", list.name[i]);
    for (int i = 0; question == WKS_NEW_TRY && i < N_TRIES; i++)
        wks_text_addf(out, "\n    %-13s %s", tries[i].name, self->is_dutch ? tries[i].nl : tries[i].en);
    if (question == WKS_NEW_START) wks_text_add(out, self->is_dutch ? " JJJJ-MM, zoals 2025-01" : " YYYY-MM, as 2025-01");
    if (question == WKS_NEW_MONTHS) wks_text_add(out, " 1-2400");
    if (question == WKS_NEW_REPLICATIONS) wks_text_add(out, " 1-1000000");
    choice_free(&list);
}

void wks_new_text_ask(const wks_new *self, wks_new_question question, wks_text *out)
{
    char month[8];
    static const struct {
        const char *nl, *en, *otherwise;
    } words[WKS_NEW_QUESTIONS] = {
        {"In welke stad? Een naam, of de map van een eigen stad", "In which city? A name, or the folder of your own", "modelstad"},
        {"Welke toewijzingsregels gelden er nu?", "Which allocation rules are in force now?", "reference"},
        {"Wat wilt u uitproberen?", "What do you want to try?", "nothing"},
        {"In welke maand begint het?", "In which month does it begin?", NULL}, /* that of the rules */
        {"Hoeveel maanden, vanaf de beginmaand?", "How many months, from the first one on?", "120"},
        {"Om welke groepen gaat het u? Namen met komma's ertussen", "Which groups matter to you? Names with commas between", "-"},
        {"Hoe vaak herhalen (herhalingen met ander toeval)?", "How many replications?", "20"},
    };
    wks_text_addf(out, "%d/%d %s\n ", (int)question + 1, (int)WKS_NEW_QUESTIONS, self->is_dutch ? words[question].nl : words[question].en);
    add_choice(self, question, out);
    const char *otherwise = words[question].otherwise;
    wks_text_addf(out, "\n  [%s]: ", otherwise == NULL ? wks_text_month(self->base.scenario.start_month, month) : otherwise);
}

/* ---- answers ---- */

/* "; bedoelde u 'modelstad'?" where one of the names is near. */
static void add_nearest(const wks_new *self, wks_new_question question, const char *text, wks_text *out)
{
    choice list = choice_of(self, question);
    const char *nearest = wks_text_nearest(text, (const char *const *)list.name, list.n);

    if (nearest != NULL) wks_text_addf(out, self->is_dutch ? "; bedoelde u '%s'?" : "; nearest valid name is '%s'", nearest);
    choice_free(&list);
}

static bool refuse(const wks_new *self, wks_new_question question, const char *text, wks_text *wrong)
{
    wks_text_addf(wrong, "'%s' %s:", text, self->is_dutch ? "kan niet; verwacht" : "cannot be; expected");
    add_choice(self, question, wrong);
    add_nearest(self, question, text, wrong);
    return false;
}

/* A folder that is there, without a city in it. */
static bool refuse_folder(const wks_new *self, const char *text, bool is_shipped, wks_text *wrong)
{
    wks_text_addf(wrong, self->is_dutch ? "'%s' is nog geen stad (zonder buurten.csv)" : "'%s' is no city yet (without buurten.csv)", text);
    if (is_shipped)
        wks_text_add(wrong, self->is_dutch ? "; scripts/make-cities.sh maakt hem van wat u zelf downloadt (docs/data-sources.md)"
                                           : "; scripts/make-cities.sh makes it of what you download yourself (docs/data-sources.md)");
    wks_text_add(wrong, self->is_dutch ? "; verwacht:" : "; expected:");
    add_choice(self, WKS_NEW_CITY, wrong);
    return false;
}

static bool take_city(wks_new *self, const char *text, wks_text *wrong)
{
    char *shipped = wks_file_join(self->data, "scenarios/cities"), *inside = shipped == NULL ? NULL : wks_file_join(shipped, text);
    const bool is_name = text[0] != '\0' && text[0] != '/' && strchr(text, '/') == NULL;
    const bool is_shipped = inside != NULL && is_name && is_built(self, text),
               is_unbuilt = inside != NULL && is_name && wks_file_is_folder(inside);
    char *own = wks_file_join(text, "buurten.csv");
    const bool is_own = !is_shipped && own != NULL && wks_file_exists(own), is_folder = wks_file_is_folder(text);

    free(self->city);
    self->city = is_shipped ? wks_mem_string(text) : is_own ? realpath(text, NULL) : NULL;
    self->is_city_near = !is_shipped && text[0] != '/';
    free(shipped);
    free(inside);
    free(own);
    if (self->city == NULL && (is_unbuilt || is_folder)) return refuse_folder(self, text, is_unbuilt, wrong);
    return self->city != NULL || refuse(self, WKS_NEW_CITY, text, wrong);
}

/* The path of the scenario that the rules are of, malloc'ed. */
static char *path_of_rules(const wks_new *self, const char *name)
{
    wks_text inside = WKS_TEXT_INIT;

    if (strcmp(name, "reference") == 0) {
        wks_text_add(&inside, "scenarios/00_reference.cfg");
    } else {
        wks_text_addf(&inside, "scenarios/rules/%s.cfg", name);
    }
    char *path = inside.failed ? NULL : wks_file_join(self->data, inside.data);
    wks_text_free(&inside);
    return path;
}

static bool take_rules(wks_new *self, const char *text, wks_text *wrong)
{
    wks_options options = {.quiet = true,
                           .seed = -1,
                           .seed_population = -1,
                           .ticks = -1,
                           .first_replication = -1,
                           .n_replications = -1,
                           .max_replications = -1};
    char *path = path_of_rules(self, text);

    if (self->has_base) wks_load_free(&self->base);
    self->has_base = false;
    const bool is_there = path != NULL && strchr(text, '/') == NULL && wks_file_exists(path);
    if (is_there) self->has_base = wks_load_scenario(path, &options, &self->base, NULL) == WKS_OK;
    free(path);
    free(self->rules);
    self->rules = wks_mem_string(text);
    return (self->has_base && self->rules != NULL) || refuse(self, WKS_NEW_RULES, text, wrong);
}

static bool take_try(wks_new *self, const char *text, wks_text *wrong)
{
    for (int32_t i = 0; i < N_TRIES; i++) {
        if (strcmp(text, tries[i].name) != 0) continue;
        self->tried = i;
        return true;
    }
    return refuse(self, WKS_NEW_TRY, text, wrong);
}

static bool take_number(const wks_new *self, wks_new_question question, const char *text, int64_t most, int32_t *out, wks_text *wrong)
{
    int64_t value = 0;

    if (!wks_text_parse_int64(text, &value) || value < 1 || value > most) return refuse(self, question, text, wrong);
    *out = (int32_t)value;
    return true;
}

static bool is_group(const wks_scenario *scenario, const char *name, size_t n)
{
    for (int32_t i = 0; i < scenario->n_groups; i++)
        if (strlen(scenario->group[i].name) == n && strncmp(scenario->group[i].name, name, n) == 0) return true;
    return false;
}

/* The one of the list that is none. */
static bool refuse_group(const wks_new *self, const char *name, size_t n, wks_text *wrong)
{
    wks_text one = WKS_TEXT_INIT;
    wks_text_add_bytes(&one, name, n);
    (void)refuse(self, WKS_NEW_GROUPS, one.data == NULL ? "" : one.data, wrong);
    wks_text_free(&one);
    return false;
}

static bool take_groups(wks_new *self, const char *text, wks_text *wrong)
{
    const bool is_none = strcmp(text, "-") == 0;

    for (const char *at = text; !is_none && *at != '\0';) {
        const size_t n = strcspn(at, ",");
        if (!is_group(&self->base.scenario, at, n)) return refuse_group(self, at, n, wrong);
        at += n + (at[n] == ',');
    }
    free(self->groups);
    self->groups = wks_mem_string(is_none ? "" : text);
    return self->groups != NULL;
}

static bool take_start(wks_new *self, const char *text, wks_text *wrong)
{
    if (text[0] == '\0') self->start = self->base.scenario.start_month;
    return text[0] == '\0' || wks_text_parse_month(text, &self->start) || refuse(self, WKS_NEW_START, text, wrong);
}

bool wks_new_text_take(wks_new *self, wks_new_question question, const char *text, wks_text *wrong)
{
    const bool is_empty = text[0] == '\0';

    switch (question) {
    case WKS_NEW_CITY: return take_city(self, is_empty ? "modelstad" : text, wrong);
    case WKS_NEW_RULES: return take_rules(self, is_empty ? "reference" : text, wrong);
    case WKS_NEW_TRY: return take_try(self, is_empty ? "nothing" : text, wrong);
    case WKS_NEW_START: return take_start(self, text, wrong);
    case WKS_NEW_MONTHS: return take_number(self, question, is_empty ? "120" : text, 2400, &self->months, wrong);
    case WKS_NEW_GROUPS: return take_groups(self, is_empty ? "-" : text, wrong);
    case WKS_NEW_REPLICATIONS: return take_number(self, question, is_empty ? "20" : text, 1000000, &self->replications, wrong);
    case WKS_NEW_QUESTIONS: break;
    }
    return false;
}

/* ---- the scenario ---- */

static void add_comment(const wks_new *self, const char *nl, const char *en, wks_text *out)
{
    wks_text_addf(out, "// %s\n", self->is_dutch ? nl : en);
}

/* The order of the rules taken away but urgency, and one key put behind it; then inschrijfduur unless lots decide. */
static void add_order(const wks_rule_set *rules, const char *part, bool keeps, wks_text *out)
{
    wks_text_add(out, "    order = (");
    for (int32_t i = 0; i < rules->n_order; i++)
        if (strcmp(rules->order[i].name, "urgency") != 0) wks_text_addf(out, " { part = \"%s\"; remove = true; },", rules->order[i].name);
    wks_text_addf(out, " { part = \"%s\"; name = \"%s\"; }", part,
                  keeps ? "voorrang" : "loten"); /* own names: those taken away may be of the same part */
    if (keeps) wks_text_add(out, ", { part = \"inschrijfduur\"; name = \"wachttijd\"; }");
    wks_text_add(out, " );\n");
}

static void add_try(const wks_new *self, wks_text *out)
{
    static const char *const parts[N_TRIES] = {"", "", "lot", "starter_first", "doorstromer_first", "senior_first", "youth_first"};
    const wks_rule_set *rules = &self->base.scenario.rules[0];

    if (self->tried == 0) return;
    add_comment(self, "Wat er verandert in de regels; de rest blijft. Wat elk onderdeel kan: wijksim describe rules",
                "What changes in the rules; the rest stays. What each part can do: wijksim describe rules", out);
    wks_text_addf(out, "rules = (\n  { name = \"%s\";\n", rules->name);
    if (self->tried == 1) {
        add_comment(self, "max_share: het hoogste aandeel (0 tot 1); een aanname, probeer ook andere",
                    "max_share: the highest share (0 to 1); an assumption, try others", out);
        wks_text_add(out, "    spreiding = ( { part = \"cap_share\"; name = \"plafond\"; group = \"uitkering\"; max_share = 0.35; scale = "
                          "\"buurt\"; } );\n");
    } else {
        add_order(rules, parts[self->tried], self->tried != 2, out);
    }
    wks_text_add(out, "  }\n);\n\n");
}

static void add_outcomes(const wks_new *self, wks_text *out)
{
    bool is_first = true;

    if (self->groups[0] == '\0') return;
    add_comment(
        self, "Uitkomsten die u van tevoren noemt (docs/statistics.md): de slaagkans van deze groepen, en de leefbaarheid van de stad",
        "Outcomes named beforehand (docs/statistics.md): the chance of success of these groups, and the leefbaarheid of the city", out);
    wks_text_add(out, "outcomes = (");
    for (const char *at = self->groups; *at != '\0';) {
        const size_t n = strcspn(at, ",");
        wks_text_addf(out, "%s { indicator = \"success_rate\"; group = \"%.*s\"; }", is_first ? "" : ",", (int)n, at);
        is_first = false;
        at += n + (at[n] == ',');
    }
    wks_text_add(out, ", { indicator = \"leefbaarheid\"; } );\n");
}

/* A path below the current folder as it is called from there. */
static const char *from_here(const char *path)
{
    char *here = realpath(".", NULL);
    const size_t n = here == NULL ? 0 : strlen(here);
    const bool is_below = n > 1 && strncmp(path, here, n) == 0 && path[n] == '/';

    free(here);
    return is_below ? path + n + 1 : path;
}

/* How the new file names its base: scenarios/NAME, which is found from any folder. In full where that name means another
 * file beside the new one, or the new one itself. */
static char *base_name(const wks_new *self, const char *path, const char *base)
{
    char *folder = wks_file_folder(path);
    const size_t n = strlen(self->data);
    const char *name = base != NULL && strncmp(base, self->data, n) == 0 ? base + n + strspn(base + n, "/") : base;
    char *beside = folder == NULL || name == NULL ? NULL : wks_file_join(folder, name);
    char *there = beside == NULL ? NULL : realpath(beside, NULL), *own = base == NULL ? NULL : realpath(base, NULL);
    const bool is_free = beside != NULL && strcmp(beside, path) != 0 && (there == NULL || (own != NULL && strcmp(there, own) == 0));
    char *out = base == NULL ? NULL : wks_mem_string(is_free ? name : base);

    free(folder);
    free(beside);
    free(there);
    free(own);
    return out;
}

/* How one gets to a folder from another, both in full; malloc'ed, NULL without memory. */
static char *way_between(const char *from, const char *to)
{
    wks_text out = WKS_TEXT_INIT;
    size_t same = 0;

    for (size_t i = 0; from[i] == to[i] || from[i] == '\0' || to[i] == '\0'; i++) { /* names that both have are left out */
        const bool ends = (from[i] == '/' || from[i] == '\0') && (to[i] == '/' || to[i] == '\0');
        if (ends) same = i;
        if (from[i] == '\0' || to[i] == '\0') break;
    }
    for (const char *at = from + same; *at != '\0'; at++)
        if (*at == '/' && at[1] != '\0') wks_text_add(&out, "../");
    wks_text_add(&out, to + same + strspn(to + same, "/"));
    if (out.length == 0) wks_text_add_char(&out, '.');
    if (out.failed) wks_text_free(&out);
    return out.data;
}

/* The city as the file names it: what a scenario says of a path is seen from its own folder, what the user said from the current one. */
static char *city_name(const wks_new *self, const char *path)
{
    char *folder = wks_file_folder(path), *from = folder == NULL ? NULL : realpath(folder, NULL);
    char *out = self->is_city_near && from != NULL ? way_between(from, self->city) : wks_mem_string(self->city);

    free(folder);
    free(from);
    return out;
}

void wks_new_text_write(const wks_new *self, const char *path, wks_text *out)
{
    char *stem = wks_file_stem(path), *base = path_of_rules(self, self->rules), *name = base_name(self, path, base);
    char *city = city_name(self, path), month[8];

    if (stem == NULL || base == NULL || name == NULL || city == NULL) out->failed = true;
    if (out->failed) goto out;
    wks_text_addf(out, "// %s: wijksim run %s | wijksim compare %s %s\n",
                  self->is_dutch ? "Gemaakt door wijksim new. Uitvoeren" : "Written by wijksim new. To run it", path, from_here(base),
                  path);
    add_comment(self, "Alle instellingen met hun herkomst: wijksim show; alle sleutels: wijksim describe keys",
                "All settings and where they come from: wijksim show; all keys: wijksim describe keys", out);
    wks_text_add_char(out, '\n');
    add_comment(self, "De regels van nu, waar dit scenario van afwijkt", "The rules of now, from which this scenario departs", out);
    wks_text_addf(out, "base = \"%s\";\n", name);
    add_comment(self, "Naam van de resultaatmap, en zoals hij in tabellen staat", "Name of the results folder, and as it stands in tables",
                out);
    wks_text_addf(out, "name = \"%s\";\n", stem);
    add_comment(self, "Titel in rapporten", "Title in reports", out);
    const char *title = self->is_dutch ? tries[self->tried].nl : tries[self->tried].en;
    wks_text_addf(out, "title = \"%c%s\";\n", toupper((unsigned char)title[0]), title + 1); /* the heading of a report */
    add_comment(self, "De stad: een naam, of een map (docs/city-folder.md)", "The city: a name, or a folder (docs/city-folder.md)", out);
    wks_text_add(out, "city = ");
    wks_config_token_add_string(out, city);
    wks_text_add(out, ";\n");
    add_comment(self, "Maand waarin het begint", "Month in which it begins", out);
    wks_text_addf(out, "start = \"%s\";\n", wks_text_month(self->start, month));
    add_comment(self, "Aantal maanden", "Number of months", out);
    wks_text_addf(out, "ticks = %d;\n", self->months);
    add_comment(self, "Aantal herhalingen; minder dan 10 geeft geen oordeel", "Number of replications; fewer than 10 give no verdict", out);
    wks_text_addf(out, "replications = %d;\n\n", self->replications);
    add_try(self, out);
    add_outcomes(self, out);
out:
    free(stem);
    free(base);
    free(name);
    free(city);
}
