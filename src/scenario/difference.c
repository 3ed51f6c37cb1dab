#include "scenario/difference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/difference_events.h"
#include "scenario/difference_words.h"
#include "scenario/ruleset.h"
#include "scenario/settings.h"
#include "world/columns.h"

typedef struct pair {
    const wks_scenario *a, *b; /* reference, compared */
    bool is_dutch;
    wks_text *out;
} pair;

static const char *word(const pair *p, const char *dutch, const char *english)
{
    return p->is_dutch ? dutch : english;
}

/* "<subject>: <words> is <b> instead of <a> <unit> (<key>)." The key is how the scenario file calls it. */
static void add_change(const pair *p, const char *subject, const char *key, const char *name, const char *value_a, const char *value_b,
                       const char *unit)
{
    const char *words = wks_difference_words_param(name, p->is_dutch);

    wks_text_addf(p->out, "%s: %s is %s %s %s", subject, words == NULL ? name : words, value_b, word(p, "in plaats van", "instead of"),
                  value_a);
    if (unit[0] != '\0') wks_text_addf(p->out, " %s", unit);
    wks_text_addf(p->out, " (%s%s%s).\n", key, key[0] == '\0' ? "" : ".", name);
}

static const char *or_empty(const wks_text *text)
{
    return text->data == NULL ? "" : text->data;
}

/* Decimal comma in Dutch; shares as percentages. */
static void add_number(const pair *p, double value, bool is_share, wks_text *out)
{
    char digits[40];

    if (is_share) {
        (void)snprintf(digits, sizeof digits, "%.10g", value * 100.0);
    } else {
        (void)wks_text_number(value, digits);
    }
    for (char *c = digits; p->is_dutch && *c != '\0'; c++)
        if (*c == '.') *c = ',';
    wks_text_add(out, digits);
    if (is_share) wks_text_add(out, word(p, "\xC2\xA0%", "%"));
}

static bool is_share(const wks_param *param)
{
    return param->type == WKS_PARAM_REAL && param->unit != NULL && strcmp(param->unit, "share") == 0;
}

/* A value in words: numbers as written in the language, choices by what they mean, empty values as such. */
static void print_value(const pair *p, const wks_settings *settings, int32_t i, const wks_scenario *scenario, wks_text *out)
{
    const wks_param *param = &settings->spec->param[i];

    if (param->type == WKS_PARAM_REAL) {
        add_number(p, settings->value[i], is_share(param), out);
        return;
    }
    wks_settings_print(settings, i, scenario, out);
    if (out->data == NULL) return;
    if (param->type == WKS_PARAM_CHOICE || param->type == WKS_PARAM_BOOL) {
        char name[64];
        (void)snprintf(name, sizeof name, "%s", out->data);
        wks_text_clear(out);
        wks_text_add(out, wks_difference_words_choice(name, p->is_dutch));
        return;
    }
    if (strcmp(out->data, "-") != 0 && strcmp(out->data, "\"\"") != 0 && strcmp(out->data, "()") != 0) return;
    wks_text_clear(out);
    wks_text_add(out, param->type == WKS_PARAM_AREAS ? word(p, "overal", "everywhere") : word(p, "niets", "nothing"));
}

static void compare_settings(const pair *p, const char *subject, const char *key, const wks_settings *a, const wks_settings *b)
{
    for (int32_t i = 0; a->spec == b->spec && i < a->spec->n_params; i++) {
        wks_text x = WKS_TEXT_INIT, y = WKS_TEXT_INIT;
        if (wks_settings_equal(a, b, i, p->a, p->b)) continue;
        print_value(p, a, i, p->a, &x);
        print_value(p, b, i, p->b, &y);
        add_change(p, subject, key, a->spec->param[i].name, or_empty(&x), or_empty(&y),
                   wks_difference_words_unit(a->spec->param[i].unit, p->is_dutch));
        wks_text_free(&x);
        wks_text_free(&y);
    }
}

static void compare_numbers(const pair *p, const char *subject, const char *name, double a, double b, const char *unit)
{
    wks_text x = WKS_TEXT_INIT, y = WKS_TEXT_INIT;

    if (a < b || a > b) {
        add_number(p, a, false, &x);
        add_number(p, b, false, &y);
        add_change(p, subject, "", name, or_empty(&x), or_empty(&y), wks_difference_words_unit(unit, p->is_dutch));
    }
    wks_text_free(&x);
    wks_text_free(&y);
}

static void compare_texts(const pair *p, const char *subject, const char *key, const char *name, const char *a, const char *b)
{
    wks_text x = WKS_TEXT_INIT, y = WKS_TEXT_INIT;

    if (strcmp(a, b) == 0) return;
    wks_text_addf(&x, "\"%s\"", a);
    wks_text_addf(&y, "\"%s\"", b);
    add_change(p, subject, key, name, or_empty(&x), or_empty(&y), "");
    wks_text_free(&x);
    wks_text_free(&y);
}

static void compare_months(const pair *p, const char *subject, const char *key, const char *name, int32_t a, int32_t b)
{
    const char *open = word(p, "onbepaald", "open");
    char x[16], y[16];

    if (a == b) return;
    add_change(p, subject, key, name, a == WKS_NO_MONTH || a == INT32_MAX ? open : wks_text_month(a, x),
               b == WKS_NO_MONTH || b == INT32_MAX ? open : wks_text_month(b, y), "");
}

/* ---- groups ------------------------------------------------------------------------------------------------------------------ */

static const char *use_text(const wks_group *group)
{
    return group->measure && group->rule ? "measure, rule" : (group->rule ? "rule" : "measure");
}

static void compare_groups(const pair *p)
{
    for (int32_t i = 0; i < p->b->n_groups; i++) {
        const wks_group *b = &p->b->group[i];
        const int32_t at = wks_scenario_group(p->a, b->name);
        wks_text subject = WKS_TEXT_INIT;
        wks_text_addf(&subject, "%s '%s'", word(p, "Groep", "Group"), b->name);
        if (at < 0) {
            wks_text_addf(p->out, word(p, "%s is toegevoegd: %s.\n", "%s is added: %s.\n"), or_empty(&subject), b->where);
        } else {
            compare_texts(p, or_empty(&subject), "groups", "where", p->a->group[at].where, b->where);
            compare_texts(p, or_empty(&subject), "groups", "use", use_text(&p->a->group[at]), use_text(b));
        }
        wks_text_free(&subject);
    }
    for (int32_t i = 0; i < p->a->n_groups; i++) {
        if (wks_scenario_group(p->b, p->a->group[i].name) >= 0) continue;
        wks_text_addf(p->out, word(p, "Groep '%s' vervalt.\n", "Group '%s' is removed.\n"), p->a->group[i].name);
    }
}

/* ---- rules ------------------------------------------------------------------------------------------------------------------- */

/* What the lists of a rule set are called in a sentence, and in the file. */
static const char *const list_key[WKS_RULESET_N_LISTS] = {"channels", "filters", "order", "spreiding", "conduct"};

static const char *list_text(const pair *p, int32_t list)
{
    static const char *const dutch[] = {"kanaal", "voorwaarde", "volgorderegel", "spreidingsregel", "regel voor woningzoekenden"};
    static const char *const english[] = {"channel", "condition", "ordering rule", "spreiding rule", "rule for applicants"};

    return word(p, dutch[list], english[list]);
}

/* "'inkomensgrens'", or with a name of its own "'lootwoning' (aanbod met advertentie)"; without words the name alone. */
static void add_part(const pair *p, const wks_settings *part, wks_text *out)
{
    const char *words = wks_difference_words_part(part->spec->name, p->is_dutch);

    if (words == NULL || strcmp(part->name, part->spec->name) == 0) {
        wks_text_addf(out, "'%s'", words == NULL ? part->name : words);
    } else {
        wks_text_addf(out, "'%s' (%s)", part->name, words);
    }
}

static int32_t find_part(const wks_settings *parts, int32_t n, const wks_settings *wanted)
{
    for (int32_t i = 0; i < n; i++) {
        if (strcmp(parts[i].name, wanted->name) == 0 && parts[i].spec == wanted->spec) return i;
    }
    return -1;
}

/* ": groep verwezen, hoogste aandeel 12 %": what was given to a part that is new; the keys go into `keys`. */
static void add_given(const pair *p, const wks_settings *part, const wks_scenario *scenario, wks_text *keys)
{
    bool is_first = true;

    for (int32_t i = 0; i < part->spec->n_params; i++) {
        const wks_param *param = &part->spec->param[i];
        const char *words = wks_difference_words_param(param->name, p->is_dutch);
        const char *unit = wks_difference_words_unit(param->unit, p->is_dutch);
        wks_text value = WKS_TEXT_INIT;
        if (part->node[i] == NULL || strcmp(part->node[i]->file, "default") == 0) continue;
        print_value(p, part, i, scenario, &value);
        wks_text_addf(p->out, "%s%s %s%s%s", is_first ? ": " : ", ", words == NULL ? param->name : words, or_empty(&value),
                      unit[0] == '\0' ? "" : " ", unit);
        wks_text_addf(keys, "%s%s", is_first ? ": " : ", ", param->name);
        is_first = false;
        wks_text_free(&value);
    }
}

static void compare_order(const pair *p, const wks_rule_set *a, const wks_rule_set *b)
{
    int32_t last = -1;

    for (int32_t i = 0; i < b->n_order; i++) {
        const int32_t at = find_part(a->order, a->n_order, &b->order[i]);
        if (at < 0) continue;
        if (at > last) {
            last = at;
            continue;
        }
        wks_text_addf(p->out, word(p, "Regels '%s': de volgorde is", "Rules '%s': the order is"), b->name);
        for (int32_t k = 0; k < b->n_order; k++) {
            wks_text_add(p->out, k > 0 ? ", " : " ");
            add_part(p, &b->order[k], p->out);
        }
        wks_text_add(p->out, " (order:");
        for (int32_t k = 0; k < b->n_order; k++)
            wks_text_addf(p->out, "%s %s", k > 0 ? "," : "", b->order[k].name);
        wks_text_add(p->out, ").\n");
        return;
    }
}

/* "Regels 'regio', spreidingsregel '...' is toegevoegd: groep ... (spreiding.cap_share: group ...)." */
static void say_added(const pair *p, const char *subject, const char *key, const wks_settings *part)
{
    wks_text keys = WKS_TEXT_INIT;

    wks_text_addf(p->out, "%s %s", subject, word(p, "is toegevoegd", "is added"));
    add_given(p, part, p->b, &keys);
    wks_text_addf(p->out, " (%s%s).\n", key, or_empty(&keys));
    wks_text_free(&keys);
}

static void compare_lists(const pair *p, const wks_rule_set *a, const wks_rule_set *b, int32_t list)
{
    int32_t n_a, n_b;
    const wks_settings *parts_a = wks_ruleset_parts(a, list, &n_a), *parts_b = wks_ruleset_parts(b, list, &n_b);

    for (int32_t k = 0; k < n_b + n_a; k++) { /* those of b, then those of a that are gone */
        const bool is_b = k < n_b;
        const wks_settings *part = is_b ? &parts_b[k] : &parts_a[k - n_b];
        const int32_t at = is_b ? find_part(parts_a, n_a, part) : find_part(parts_b, n_b, part);
        wks_text subject = WKS_TEXT_INIT, key = WKS_TEXT_INIT;
        if (!is_b && at >= 0) continue;
        wks_text_addf(&subject, "%s '%s', %s ", word(p, "Regels", "Rules"), b->name, list_text(p, list));
        add_part(p, part, &subject);
        wks_text_addf(&key, "%s.%s", list_key[list], part->name);
        if (!is_b) {
            wks_text_addf(p->out, "%s %s (%s).\n", or_empty(&subject), word(p, "vervalt", "is removed"), or_empty(&key));
        } else if (at >= 0) {
            compare_settings(p, or_empty(&subject), or_empty(&key), &parts_a[at], part);
        } else {
            say_added(p, or_empty(&subject), or_empty(&key), part);
        }
        wks_text_free(&subject);
        wks_text_free(&key);
    }
}

static int32_t find_rule(const wks_scenario *scenario, const char *name)
{
    for (int32_t i = 0; i < scenario->n_rules; i++) {
        if (strcmp(scenario->rules[i].name, name) == 0) return i;
    }
    return -1;
}

/* The k-th rule set of y that x does not know; -1. */
static int32_t nth_unknown(const wks_scenario *x, const wks_scenario *y, int32_t k)
{
    for (int32_t i = 0; i < y->n_rules; i++) {
        if (find_rule(x, y->rules[i].name) < 0 && k-- == 0) return i;
    }
    return -1;
}

static void compare_rule_sets(const pair *p, const wks_rule_set *a, const wks_rule_set *b)
{
    wks_text subject = WKS_TEXT_INIT;

    wks_text_addf(&subject, "%s '%s'", word(p, "Regels", "Rules"), b->name);
    compare_texts(p, or_empty(&subject), "rules", "basis", a->basis, b->basis);
    compare_months(p, or_empty(&subject), "rules", "from", a->from_month, b->from_month);
    compare_months(p, or_empty(&subject), "rules", "until", a->until_month, b->until_month);
    wks_text_free(&subject);
    for (int32_t list = 0; list < WKS_RULESET_N_LISTS; list++)
        compare_lists(p, a, b, list);
    compare_order(p, a, b);
}

/* A rule set of another name takes the place of one that is gone, and is compared with it: what differs is told, not that everything does. */
static void compare_rules(const pair *p)
{
    int32_t n_new = 0;

    for (int32_t i = 0; i < p->b->n_rules; i++) {
        const wks_rule_set *b = &p->b->rules[i];
        int32_t at = find_rule(p->a, b->name);
        if (at < 0) {
            at = nth_unknown(p->b, p->a, n_new++);
            if (at < 0) {
                wks_text_addf(p->out, word(p, "Regels '%s' zijn toegevoegd.\n", "Rules '%s' are added.\n"), b->name);
                continue;
            }
            wks_text_addf(
                p->out,
                word(p, "Regels '%s' komen in plaats van '%s'. Wat verschilt:\n", "Rules '%s' take the place of '%s'. What differs:\n"),
                b->name, p->a->rules[at].name);
        }
        compare_rule_sets(p, &p->a->rules[at], b);
    }
    for (int32_t gone; (gone = nth_unknown(p->b, p->a, n_new)) >= 0; n_new++)
        wks_text_addf(p->out, word(p, "Regels '%s' vervallen.\n", "Rules '%s' are removed.\n"), p->a->rules[gone].name);
}

/* ---- bills ------------------------------------------------------------------------------------------------------------------- */

static void compare_bills(const pair *p)
{
    char month[16];

    for (int32_t i = 0; i < WKS_LAW_N_BILLS; i++) {
        const int32_t a = p->a->bill_from[i], b = p->b->bill_from[i];
        if (a == b) continue;
        wks_text_addf(p->out, "%s '%s' ", word(p, "Wetsvoorstel", "Bill"), wks_law_statute_bill[i]);
        if (b > 0) {
            wks_text_addf(p->out, word(p, "geldt als wet vanaf %s.\n", "counts as law from %s.\n"), wks_text_month(b, month));
        } else {
            wks_text_add(p->out, word(p, "geldt niet als wet.\n", "does not count as law.\n"));
        }
    }
}

/* ---- the whole --------------------------------------------------------------------------------------------------------------- */

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

static void compare_processes(const pair *p)
{
    for (int32_t i = 0; i < p->b->n_processes; i++) {
        const wks_settings *a = wks_scenario_process(p->a, p->b->process[i].spec->name), *b = &p->b->process[i];
        const char *words = wks_difference_words_part(b->spec->name, p->is_dutch);
        wks_text subject = WKS_TEXT_INIT, key = WKS_TEXT_INIT;
        if (a == NULL) continue;
        wks_text_addf(&subject, "%s '%s'", word(p, "Proces", "Process"), words == NULL ? b->spec->name : words);
        wks_text_addf(&key, "processes.%s", b->spec->name);
        if (wks_scenario_is_enabled(p->a, b->spec->name) != p->b->is_enabled[i]) {
            wks_text_addf(p->out, "%s %s (%s.enabled).\n", or_empty(&subject),
                          p->b->is_enabled[i] ? word(p, "staat aan", "is switched on") : word(p, "staat uit", "is switched off"),
                          or_empty(&key));
        }
        compare_settings(p, or_empty(&subject), or_empty(&key), a, b);
        wks_text_free(&subject);
        wks_text_free(&key);
    }
}

static void compare_optional(const pair *p, const char *subject, const char *key, const wks_settings *a, const wks_settings *b)
{
    if (a->spec != NULL && b->spec != NULL) {
        compare_settings(p, subject, key, a, b);
    } else if (a->spec != b->spec) {
        wks_text_addf(p->out, "%s %s (%s).\n", subject,
                      b->spec != NULL ? word(p, "is toegevoegd", "is added") : word(p, "vervalt", "is removed"), key);
    }
}

static void compare_grid(const pair *p, const wks_model *a, const wks_model *b)
{
    compare_settings(p, word(p, "Rooster", "Grid"), "grid", &a->settings, &b->settings);
    compare_settings(p, word(p, "Verhuizen", "Relocation"), "relocation", &a->relocation, &b->relocation);
    compare_optional(p, word(p, "Houding", "Attitudes"), "relocation.weights", &a->weights, &b->weights);
    compare_optional(p, word(p, "Tolerantie", "Tolerance"), "relocation.tolerance", &a->tolerance, &b->tolerance);
}

/* Scenarios without a city: their own section, and types by their place in the list. */
static void compare_model(const pair *p)
{
    const wks_model *a = &p->a->model, *b = &p->b->model;
    const char *key = b->kind == WKS_MODEL_GRID     ? "grid"
                      : b->kind == WKS_MODEL_QUEUE  ? "queue"
                      : b->kind == WKS_MODEL_CHOICE ? "choice"
                                                    : "pool";

    if (a->kind != b->kind || a->kind == WKS_MODEL_CITY) return;
    compare_numbers(p, word(p, "Scenario", "Scenario"), "warmup", a->warmup, b->warmup, "ticks");
    if (b->kind == WKS_MODEL_GRID) {
        compare_grid(p, a, b);
        return;
    }
    compare_settings(p, word(p, "Wachtrij", "Queue"), key, &a->settings, &b->settings);
    for (int32_t i = 0; i < b->n_types && i < a->n_types; i++)
        compare_settings(p, b->type[i].name, "choice.types", &a->type[i], &b->type[i]);
}

void wks_difference_write(const wks_scenario *a, const wks_scenario *b, const char *lang, wks_text *out)
{
    const pair p = {.a = a, .b = b, .is_dutch = strcmp(lang, "nl") == 0, .out = out};
    const char *whole = word(&p, "Scenario", "Scenario");

    compare_texts(&p, whole, "", "city", last_part(a->city), last_part(b->city));
    compare_months(&p, whole, "", "start", a->start_month, b->start_month);
    compare_numbers(&p, whole, "ticks", a->n_ticks, b->n_ticks, b->model.kind == WKS_MODEL_CITY ? "months" : "ticks");
    if (b->model.kind == WKS_MODEL_CITY) compare_numbers(&p, whole, "warmup", a->model.warmup, b->model.warmup, "months");
    compare_numbers(&p, whole, "law_index", a->law_index, b->law_index, "1/yr");
    compare_bills(&p);
    compare_model(&p);
    compare_groups(&p);
    compare_rules(&p);
    compare_processes(&p);
    wks_difference_events_write(a, b, p.is_dutch, out);
}
