#include "scenario/difference_events.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/difference_words.h"
#include "scenario/settings.h"
#include "scenario/timeline.h"

/* More areas than these are not all listed. */
enum { AREAS_LISTED = 6 };

typedef struct wks_difference_events_side {
    const wks_scenario *mine, *other;
    bool is_dutch;
    const char *verb;
    wks_text *out;
} side;

static const char *word(const side *p, const char *dutch, const char *english)
{
    return p->is_dutch ? dutch : english;
}

/* ---- numbers and values ---- */

/* With the signs of the language: 900.000 or 900,000; 0,05 or 0.05. */
static void add_number(const side *p, double value, wks_text *out)
{
    char digits[40];
    const char point = p->is_dutch ? ',' : '.', thousands = p->is_dutch ? '.' : ',';

    (void)wks_text_number(value, digits);
    const size_t n_whole = strcspn(digits, ".eE");
    const size_t from = digits[0] == '-' ? 1 : 0;
    for (size_t i = 0; digits[i] != '\0'; i++) {
        if (i > from && i < n_whole && (n_whole - i) % 3 == 0 && n_whole - from > 4) wks_text_add_char(out, thousands);
        wks_text_add_char(out, digits[i] == '.' ? point : digits[i]);
    }
}

static void add_amount(const side *p, double value, const char *unit, wks_text *out)
{
    const bool is_share = unit != NULL && strcmp(unit, "share") == 0;
    const char *words = wks_difference_words_unit(unit, p->is_dutch);

    add_number(p, is_share ? value * 100 : value, out);
    if (is_share) wks_text_add(out, word(p, "\xC2\xA0%", "%"));
    if (!is_share && words[0] != '\0') wks_text_addf(out, " %s", words);
}

static void add_areas(const side *p, const wks_settings *settings, int32_t i, wks_text *out)
{
    const int32_t n = settings->n_areas[i];

    const int32_t n_listed = n > AREAS_LISTED ? AREAS_LISTED / 2 : n;

    if (n == 0) wks_text_add(out, word(p, "overal", "everywhere"));
    for (int32_t k = 0; k < n_listed; k++)
        wks_text_addf(out, "%s%s", k > 0 ? ", " : "", settings->area[i][k]);
    if (n > n_listed) wks_text_addf(out, word(p, " en %d andere", " and %d more"), n - n_listed);
}

static void add_value(const side *p, const wks_settings *settings, int32_t i, const wks_scenario *scenario, wks_text *out)
{
    const wks_param *param = &settings->spec->param[i];
    wks_text plain = WKS_TEXT_INIT;

    switch (param->type) {
    case WKS_PARAM_INT:
    case WKS_PARAM_REAL: add_amount(p, settings->value[i], param->unit, out); return;
    case WKS_PARAM_AREAS: add_areas(p, settings, i, out); return;
    default: break;
    }
    wks_settings_print(settings, i, scenario, &plain);
    const bool is_word = param->type == WKS_PARAM_CHOICE || param->type == WKS_PARAM_BOOL;
    const char *text = plain.data == NULL ? "" : plain.data;
    wks_text_add(out, is_word ? wks_difference_words_event_choice(text, p->is_dutch) : text);
    out->failed = out->failed || plain.failed;
    wks_text_free(&plain);
}

/* ---- one event ---- */

/* ": gebieden WK990104, soort wijkteam (timeline.support: areas, kind)": what is given, then how the file calls it. */
static void add_given(const side *p, const wks_event *event, const wks_scenario *scenario)
{
    const wks_settings *settings = &event->settings;
    wks_text keys = WKS_TEXT_INIT;
    bool is_first = true;

    for (int32_t i = 0; i < settings->spec->n_params; i++) {
        const wks_config_node *node = settings->node[i];
        const char *name = settings->spec->param[i].name, *words = wks_difference_words_event_param(name, p->is_dutch);
        if (node == NULL || strcmp(node->file, "default") == 0) continue;
        wks_text_addf(p->out, "%s%s ", is_first ? ": " : ", ", words == NULL ? name : words);
        add_value(p, settings, i, scenario, p->out);
        wks_text_addf(&keys, "%s%s", is_first ? ": " : ", ", name);
        is_first = false;
    }
    wks_text_addf(p->out, " (timeline.%s%s)", settings->spec->name, keys.data == NULL ? "" : keys.data);
    p->out->failed = p->out->failed || keys.failed;
    wks_text_free(&keys);
}

static void add_set_value(const side *p, const wks_config_node *value, const char *unit, wks_text *out)
{
    switch (value->type) {
    case WKS_CONFIG_REAL: add_amount(p, value->real, unit, out); break;
    case WKS_CONFIG_STRING: wks_text_add(out, wks_difference_words_choice(value->string, p->is_dutch)); break;
    case WKS_CONFIG_BOOL: wks_text_add(out, wks_difference_words_choice(value->integer != 0 ? "true" : "false", p->is_dutch)); break;
    default: add_amount(p, (double)value->integer, unit, out); break;
    }
}

/* ": proces 'woningmarkt', b_price wordt 2,5 (processes.market.b_price)". */
static void add_set(const side *p, const wks_event *event, const wks_scenario *scenario)
{
    const char *path = event->settings.text[0], *unit = "-";
    int32_t process = -1, param = -1;

    if (wks_timeline_target(scenario, path, &process, &param)) {
        const wks_spec *spec = scenario->process[process].spec;
        const char *of = wks_difference_words_part(spec->name, p->is_dutch);
        const char *name = param < 0 ? "enabled" : spec->param[param].name;
        const char *words = wks_difference_words_param(name, p->is_dutch);
        if (param >= 0) unit = spec->param[param].unit;
        wks_text_addf(p->out, ": %s '%s', %s %s ", word(p, "proces", "process"), of == NULL ? spec->name : of, words == NULL ? name : words,
                      word(p, "wordt", "becomes"));
    } else {
        wks_text_add(p->out, word(p, ": wordt ", ": becomes "));
    }
    add_set_value(p, event->set_value, unit, p->out);
    wks_text_addf(p->out, " (%s)", path);
}

/* What begins after the last month of its scenario does nothing there. */
static bool is_after_run(const wks_event *event, const wks_scenario *scenario)
{
    return event->month > scenario->start_month + scenario->n_ticks;
}

static void say_event(const side *p, const wks_event *event, const wks_scenario *scenario)
{
    char month[16], last[16];
    const char *words = wks_difference_words_event(event->settings.spec->name, p->is_dutch);

    wks_text_addf(p->out, word(p, "Maatregel vanaf %s", "Measure from %s"), wks_text_month(event->month, month));
    if (event->set_value == NULL) wks_text_addf(p->out, ", '%s',", words == NULL ? event->settings.spec->name : words);
    wks_text_addf(p->out, " %s", p->verb);
    if (event->set_value != NULL) {
        add_set(p, event, scenario);
    } else {
        add_given(p, event, scenario);
    }
    wks_text_add(p->out, ".");
    if (is_after_run(event, scenario)) {
        wks_text_addf(
            p->out, word(p, " Begint na de laatste maand (%s): doet hier niets.", " Begins after the last month (%s): does nothing here."),
            wks_text_month(scenario->start_month + scenario->n_ticks, last));
    }
    wks_text_add_char(p->out, '\n');
}

/* ---- which ---- */

static bool is_same_set_value(const wks_config_node *a, const wks_config_node *b)
{
    if (a == NULL || b == NULL) return a == b;
    if (a->type != b->type) return false;
    if (a->type == WKS_CONFIG_STRING) return strcmp(a->string, b->string) == 0;
    return a->type == WKS_CONFIG_REAL ? !(a->real < b->real || a->real > b->real) : a->integer == b->integer;
}

static bool is_same(const side *p, const wks_event *a, const wks_event *b)
{
    if (a->month != b->month || a->settings.spec != b->settings.spec || !is_same_set_value(a->set_value, b->set_value)) return false;
    for (int32_t i = 0; i < a->settings.spec->n_params; i++)
        if (!wks_settings_equal(&a->settings, &b->settings, i, p->mine, p->other)) return false;
    return true;
}

/* Events of one side that have no twin on the other; each twin serves once. */
static void say_missing(const side *p)
{
    bool *is_used = wks_mem_array((size_t)p->other->n_events, sizeof *is_used);

    for (int32_t i = 0; i < p->mine->n_events && is_used != NULL; i++) {
        bool is_found = false;
        for (int32_t k = 0; k < p->other->n_events && !is_found; k++) {
            if (is_used[k] || !is_same(p, &p->mine->timeline[i], &p->other->timeline[k])) continue;
            is_found = is_used[k] = true;
        }
        if (!is_found) say_event(p, &p->mine->timeline[i], p->mine);
    }
    if (is_used == NULL) p->out->failed = true;
    free(is_used);
}

void wks_difference_events_write(const wks_scenario *a, const wks_scenario *b, bool is_dutch, wks_text *out)
{
    const side added = {b, a, is_dutch, is_dutch ? "is toegevoegd" : "is added", out};
    const side removed = {a, b, is_dutch, is_dutch ? "vervalt" : "is removed", out};

    say_missing(&added);
    say_missing(&removed);
}
