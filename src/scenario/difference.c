#include "scenario/difference.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
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

/* Units as a Dutch sentence has them; others are the same in both languages. */
static const char *unit_text(const pair *p, const char *unit)
{
    static const struct {
        const char *unit, *dutch, *english;
    } table[] = {{"share", "aandeel", "share"},
                 {"months", "maanden", "months"},
                 {"month", "maand", "month"},
                 {"ticks", "maanden", "months"},
                 {"count", "aantal", "count"},
                 {"points", "punten", "points"},
                 {"years", "jaar", "years"},
                 {"EUR/mo", "euro per maand", "EUR per month"},
                 {"EUR/month", "euro per maand", "EUR per month"},
                 {"EUR/yr", "euro per jaar", "EUR per year"},
                 {"EUR", "euro", "EUR"},
                 {"/yr", "per jaar", "per year"},
                 {"1/yr", "per jaar", "per year"},
                 {"per year", "per jaar", "per year"},
                 {"/mo", "per maand", "per month"},
                 {"persons", "personen", "persons"},
                 {"households", "huishoudens", "households"},
                 {"dwellings", "woningen", "dwellings"},
                 {"hours/week", "uur per week", "hours per week"}};

    if (unit == NULL || strcmp(unit, "-") == 0) return "";
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(table[i].unit, unit) == 0) return word(p, table[i].dutch, table[i].english);
    }
    return unit;
}

/* "<subject>: <name> is <b> instead of <a> (<unit>)." */
static void add_change(const pair *p, const char *subject, const char *name, const char *value_a, const char *value_b, const char *unit)
{
    wks_text_addf(p->out, "%s: %s is %s %s %s", subject, name, value_b, word(p, "in plaats van", "instead of"), value_a);
    if (unit[0] != '\0') wks_text_addf(p->out, " (%s)", unit);
    wks_text_add(p->out, ".\n");
}

static const char *or_empty(const wks_text *text)
{
    return text->data == NULL ? "" : text->data;
}

/* Empty values in words. */
static void print_value(const pair *p, const wks_settings *settings, int32_t i, const wks_scenario *scenario, wks_text *out)
{
    wks_settings_print(settings, i, scenario, out);
    if (out->data == NULL) return;
    if (strcmp(out->data, "-") != 0 && strcmp(out->data, "\"\"") != 0 && strcmp(out->data, "()") != 0) return;
    wks_text_clear(out);
    wks_text_add(out, settings->spec->param[i].type == WKS_PARAM_AREAS ? word(p, "overal", "everywhere") : word(p, "niets", "nothing"));
}

static void compare_settings(const pair *p, const char *subject, const wks_settings *a, const wks_settings *b)
{
    for (int32_t i = 0; a->spec == b->spec && i < a->spec->n_params; i++) {
        wks_text x = WKS_TEXT_INIT, y = WKS_TEXT_INIT;
        if (wks_settings_equal(a, b, i, p->a, p->b)) continue;
        print_value(p, a, i, p->a, &x);
        print_value(p, b, i, p->b, &y);
        add_change(p, subject, a->spec->param[i].name, or_empty(&x), or_empty(&y), unit_text(p, a->spec->param[i].unit));
        wks_text_free(&x);
        wks_text_free(&y);
    }
}

static void compare_numbers(const pair *p, const char *subject, const char *name, double a, double b, const char *unit)
{
    char x[32], y[32];

    if (a < b || a > b) add_change(p, subject, name, wks_text_number(a, x), wks_text_number(b, y), unit);
}

static void compare_texts(const pair *p, const char *subject, const char *name, const char *a, const char *b)
{
    wks_text x = WKS_TEXT_INIT, y = WKS_TEXT_INIT;

    if (strcmp(a, b) == 0) return;
    wks_text_addf(&x, "\"%s\"", a);
    wks_text_addf(&y, "\"%s\"", b);
    add_change(p, subject, name, or_empty(&x), or_empty(&y), "");
    wks_text_free(&x);
    wks_text_free(&y);
}

static void compare_months(const pair *p, const char *subject, const char *name, int32_t a, int32_t b)
{
    const char *open = word(p, "onbepaald", "open");
    char x[16], y[16];

    if (a == b) return;
    add_change(p, subject, name, a == WKS_NO_MONTH || a == INT32_MAX ? open : wks_text_month(a, x),
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
            compare_texts(p, or_empty(&subject), "where", p->a->group[at].where, b->where);
            compare_texts(p, or_empty(&subject), "use", use_text(&p->a->group[at]), use_text(b));
        }
        wks_text_free(&subject);
    }
    for (int32_t i = 0; i < p->a->n_groups; i++) {
        if (wks_scenario_group(p->b, p->a->group[i].name) >= 0) continue;
        wks_text_addf(p->out, word(p, "Groep '%s' vervalt.\n", "Group '%s' is removed.\n"), p->a->group[i].name);
    }
}

/* ---- rules ------------------------------------------------------------------------------------------------------------------- */

static const char *list_text(const pair *p, int32_t list)
{
    static const char *const dutch[] = {"kanaal", "filter", "volgorde", "spreiding"};
    static const char *const english[] = {"channel", "filter", "order", "spreiding"};

    return word(p, dutch[list], english[list]);
}

static int32_t find_part(const wks_settings *parts, int32_t n, const wks_settings *wanted)
{
    for (int32_t i = 0; i < n; i++) {
        if (strcmp(parts[i].name, wanted->name) == 0 && parts[i].spec == wanted->spec) return i;
    }
    return -1;
}

/* "max_share 0.12, group verwezen": what was given to a part that is new. */
static void add_given(const pair *p, const wks_settings *part, const wks_scenario *scenario)
{
    bool is_first = true;

    for (int32_t i = 0; i < part->spec->n_params; i++) {
        wks_text value = WKS_TEXT_INIT;
        if (part->node[i] == NULL || strcmp(part->node[i]->file, "default") == 0) continue;
        print_value(p, part, i, scenario, &value);
        wks_text_addf(p->out, "%s%s %s", is_first ? " (" : ", ", part->spec->param[i].name, or_empty(&value));
        is_first = false;
        wks_text_free(&value);
    }
    if (!is_first) wks_text_add_char(p->out, ')');
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
        wks_text_addf(p->out, word(p, "Regel '%s': de volgorde is", "Rule set '%s': the order is"), b->name);
        for (int32_t k = 0; k < b->n_order; k++)
            wks_text_addf(p->out, "%s %s", k > 0 ? "," : "", b->order[k].name);
        wks_text_add(p->out, ".\n");
        return;
    }
}

static void compare_lists(const pair *p, const wks_rule_set *a, const wks_rule_set *b, int32_t list)
{
    int32_t n_a, n_b;
    const wks_settings *parts_a = wks_ruleset_parts(a, list, &n_a), *parts_b = wks_ruleset_parts(b, list, &n_b);
    const char *rule = word(p, "Regel", "Rule set");

    for (int32_t i = 0; i < n_b; i++) {
        const int32_t at = find_part(parts_a, n_a, &parts_b[i]);
        wks_text subject = WKS_TEXT_INIT;
        wks_text_addf(&subject, "%s '%s', %s '%s'", rule, b->name, list_text(p, list), parts_b[i].name);
        if (at >= 0) {
            compare_settings(p, or_empty(&subject), &parts_a[at], &parts_b[i]);
        } else {
            wks_text_addf(p->out, "%s %s", or_empty(&subject), word(p, "is toegevoegd", "is added"));
            add_given(p, &parts_b[i], p->b);
            wks_text_add(p->out, ".\n");
        }
        wks_text_free(&subject);
    }
    for (int32_t i = 0; i < n_a; i++) {
        if (find_part(parts_b, n_b, &parts_a[i]) >= 0) continue;
        wks_text_addf(p->out, "%s '%s', %s '%s' %s.\n", rule, a->name, list_text(p, list), parts_a[i].name,
                      word(p, "vervalt", "is removed"));
    }
}

static int32_t find_rule(const wks_scenario *scenario, const char *name)
{
    for (int32_t i = 0; i < scenario->n_rules; i++) {
        if (strcmp(scenario->rules[i].name, name) == 0) return i;
    }
    return -1;
}

static void compare_rules(const pair *p)
{
    for (int32_t i = 0; i < p->b->n_rules; i++) {
        const wks_rule_set *b = &p->b->rules[i], *a;
        const int32_t at = find_rule(p->a, b->name);
        wks_text subject = WKS_TEXT_INIT;
        if (at < 0) {
            wks_text_addf(p->out, word(p, "Regel '%s' is toegevoegd.\n", "Rule set '%s' is added.\n"), b->name);
            continue;
        }
        a = &p->a->rules[at];
        wks_text_addf(&subject, "%s '%s'", word(p, "Regel", "Rule set"), b->name);
        compare_texts(p, or_empty(&subject), "basis", a->basis, b->basis);
        compare_months(p, or_empty(&subject), "from", a->from_month, b->from_month);
        compare_months(p, or_empty(&subject), "until", a->until_month, b->until_month);
        wks_text_free(&subject);
        for (int32_t list = 0; list < WKS_RULESET_N_LISTS; list++)
            compare_lists(p, a, b, list);
        compare_order(p, a, b);
    }
    for (int32_t i = 0; i < p->a->n_rules; i++) {
        if (find_rule(p->b, p->a->rules[i].name) >= 0) continue;
        wks_text_addf(p->out, word(p, "Regel '%s' vervalt.\n", "Rule set '%s' is removed.\n"), p->a->rules[i].name);
    }
}

/* ---- timeline ---------------------------------------------------------------------------------------------------------------- */

static void add_set_value(const wks_event *event, wks_text *out)
{
    const wks_config_node *value = event->set_value;

    if (value == NULL) return;
    switch (value->type) {
    case WKS_CONFIG_REAL: wks_text_add_number(out, value->real); break;
    case WKS_CONFIG_STRING: wks_text_addf(out, "\"%s\"", value->string); break;
    case WKS_CONFIG_BOOL: wks_text_add(out, value->integer != 0 ? "true" : "false"); break;
    default: wks_text_addf(out, "%lld", (long long)value->integer); break;
    }
}

/* "2027-01: build (buurt X, n_dwellings 100)": also what two events are compared by. */
static void describe_event(const wks_event *event, const wks_scenario *scenario, wks_text *out)
{
    char month[16];

    wks_text_addf(out, "%s: ", wks_text_month(event->month, month));
    if (event->set_value != NULL) {
        wks_text_addf(out, "%s = ", event->settings.text[0]);
        add_set_value(event, out);
        return;
    }
    wks_text_addf(out, "%s (", event->settings.spec->name);
    for (int32_t i = 0; i < event->settings.spec->n_params; i++) {
        wks_text_addf(out, "%s%s ", i > 0 ? ", " : "", event->settings.spec->param[i].name);
        wks_settings_print(&event->settings, i, scenario, out);
    }
    wks_text_add(out, ")");
}

/* Events of x that have no twin in y; each twin serves once. */
static void compare_events(const pair *p, const wks_scenario *x, const wks_scenario *y, const char *verb)
{
    bool *is_used = wks_mem_array((size_t)y->n_events, sizeof *is_used);

    for (int32_t i = 0; i < x->n_events && is_used != NULL; i++) {
        wks_text mine = WKS_TEXT_INIT;
        bool is_found = false;
        describe_event(&x->timeline[i], x, &mine);
        for (int32_t k = 0; k < y->n_events && !is_found; k++) {
            wks_text other = WKS_TEXT_INIT;
            if (is_used[k] || y->timeline[k].month != x->timeline[i].month) continue;
            describe_event(&y->timeline[k], y, &other);
            is_found = is_used[k] = strcmp(or_empty(&mine), or_empty(&other)) == 0;
            wks_text_free(&other);
        }
        if (!is_found) wks_text_addf(p->out, "%s %s %s.\n", word(p, "Gebeurtenis", "Event"), or_empty(&mine), verb);
        wks_text_free(&mine);
    }
    if (is_used == NULL) p->out->failed = true;
    free(is_used);
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
        wks_text subject = WKS_TEXT_INIT;
        if (a == NULL) continue;
        wks_text_addf(&subject, "%s '%s'", word(p, "Proces", "Process"), b->spec->name);
        if (wks_scenario_is_enabled(p->a, b->spec->name) != p->b->is_enabled[i]) {
            wks_text_addf(p->out, "%s %s.\n", or_empty(&subject),
                          p->b->is_enabled[i] ? word(p, "staat aan", "is switched on") : word(p, "staat uit", "is switched off"));
        }
        compare_settings(p, or_empty(&subject), a, b);
        wks_text_free(&subject);
    }
}

void wks_difference_write(const wks_scenario *a, const wks_scenario *b, const char *lang, wks_text *out)
{
    const pair p = {.a = a, .b = b, .is_dutch = strcmp(lang, "nl") == 0, .out = out};
    const char *whole = word(&p, "Scenario", "Scenario");

    compare_texts(&p, whole, word(&p, "stad", "city"), last_part(a->city), last_part(b->city));
    compare_months(&p, whole, "start", a->start_month, b->start_month);
    compare_numbers(&p, whole, "ticks", a->n_ticks, b->n_ticks, unit_text(&p, "months"));
    compare_numbers(&p, whole, "law_index", a->law_index, b->law_index, unit_text(&p, "1/yr"));
    compare_groups(&p);
    compare_rules(&p);
    compare_processes(&p);
    compare_events(&p, b, a, word(&p, "is toegevoegd", "is added"));
    compare_events(&p, a, b, word(&p, "vervalt", "is removed"));
}
