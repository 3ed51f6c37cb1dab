#include "scenario/difference_events.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/difference_line.h"
#include "scenario/difference_words.h"
#include "scenario/settings.h"
#include "scenario/timeline.h"

typedef struct wks_difference_events_side {
    const wks_scenario *mine, *other;
    wks_difference_line line;
    bool is_gone;
} side;

static const char *word(const side *p, const char *dutch, const char *english)
{
    return wks_difference_line_word(&p->line, dutch, english);
}

/* ---- one event ---- */

static void add_set_value(const side *p, const wks_config_node *value, const char *unit, wks_text *out)
{
    switch (value->type) {
    case WKS_CONFIG_REAL: wks_difference_line_number(&p->line, value->real, unit, out); break;
    case WKS_CONFIG_STRING: wks_text_add(out, wks_difference_words_choice(value->string, p->line.is_dutch)); break;
    case WKS_CONFIG_BOOL: wks_text_add(out, wks_difference_words_choice(value->integer != 0 ? "true" : "false", p->line.is_dutch)); break;
    default: wks_difference_line_number(&p->line, (double)value->integer, unit, out); break;
    }
}

/* ", woningmarkt: instelling b_price wordt 2,5". */
static void add_set(const side *p, const wks_event *event, const wks_scenario *scenario)
{
    const char *path = event->settings.text[0], *unit = "-";
    int32_t process = -1, param = -1;

    if (wks_timeline_target(scenario, path, &process, &param)) {
        const wks_spec *spec = scenario->process[process].spec;
        const char *of = wks_difference_words_part(spec->name, p->line.is_dutch);
        const char *name = param < 0 ? "enabled" : spec->param[param].name;
        if (param >= 0) unit = spec->param[param].unit;
        wks_text_addf(p->line.out, ", %s: ", of == NULL ? spec->name : of);
        wks_difference_line_param(&p->line, name, wks_difference_words_param(name, p->line.is_dutch), p->line.out);
        wks_text_add(p->line.out, word(p, " wordt ", " becomes "));
    } else {
        wks_text_add(p->line.out, word(p, ": wordt ", ": becomes "));
    }
    add_set_value(p, event->set_value, unit, p->line.out);
}

/* What begins after the last month of its scenario does nothing there. */
static bool is_after_run(const wks_event *event, const wks_scenario *scenario)
{
    return event->month > scenario->start_month + scenario->n_ticks;
}

static void say_event(const side *p, const wks_event *event, const wks_scenario *scenario)
{
    const char *words = wks_difference_words_event(event->settings.spec->name, p->line.is_dutch);
    wks_text keys = WKS_TEXT_INIT;
    wks_text *out = p->line.out;

    wks_text_add(out, p->is_gone ? word(p, "Vervalt (was vanaf ", "Removed (was from ") : word(p, "Nieuw vanaf ", "New from "));
    wks_difference_line_month(&p->line, event->month, out);
    if (p->is_gone) wks_text_add_char(out, ')');
    if (event->set_value != NULL) {
        add_set(p, event, scenario);
        wks_text_add(&keys, event->settings.text[0]);
    } else {
        wks_text_addf(out, ", %s", words == NULL ? event->settings.spec->name : words);
        wks_text_addf(&keys, "timeline.%s", event->settings.spec->name);
        wks_difference_line_given(&p->line, &event->settings, scenario, true, &keys);
    }
    if (is_after_run(event, scenario)) {
        wks_text_add(out, word(p, "; begint na de laatste maand (", "; begins after the last month ("));
        wks_difference_line_month(&p->line, scenario->start_month + scenario->n_ticks, out);
        wks_text_add(out, word(p, ") en doet hier niets", ") and does nothing here"));
    }
    wks_difference_line_end(&p->line, wks_difference_line_text(&keys));
    out->failed = out->failed || keys.failed;
    wks_text_free(&keys);
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
    if (is_used == NULL) p->line.out->failed = true;
    free(is_used);
}

void wks_difference_events_write(const wks_scenario *a, const wks_scenario *b, bool is_dutch, wks_text *out)
{
    const wks_difference_line line = {.a = a, .b = b, .is_dutch = is_dutch, .prefix = "", .out = out};
    const side added = {b, a, line, false}, removed = {a, b, line, true};

    say_missing(&added);
    say_missing(&removed);
}
