#include "scenario/difference.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/difference_events.h"
#include "scenario/difference_line.h"
#include "scenario/difference_rules.h"
#include "scenario/difference_words.h"

typedef wks_difference_line pair;

static const char *word(const pair *p, const char *dutch, const char *english)
{
    return wks_difference_line_word(p, dutch, english);
}

static void compare_numbers(const pair *p, const char *subject, const char *name, double a, double b, const char *unit)
{
    wks_text x = WKS_TEXT_INIT, y = WKS_TEXT_INIT;

    if (a < b || a > b) {
        wks_difference_line_number(p, a, unit, &x);
        wks_difference_line_number(p, b, unit, &y);
        wks_difference_line_change(p, subject, "", name, wks_difference_line_text(&x), wks_difference_line_text(&y));
    }
    wks_text_free(&x);
    wks_text_free(&y);
}

static void compare_start(const pair *p)
{
    wks_text x = WKS_TEXT_INIT, y = WKS_TEXT_INIT;

    if (p->a->start_month == p->b->start_month) return;
    wks_difference_line_month(p, p->a->start_month, &x);
    wks_difference_line_month(p, p->b->start_month, &y);
    wks_difference_line_change(p, "Scenario", "", "start", wks_difference_line_text(&x), wks_difference_line_text(&y));
    wks_text_free(&x);
    wks_text_free(&y);
}

/* ---- groups ------------------------------------------------------------------------------------------------------------------ */

static const char *use_text(const pair *p, const wks_group *group)
{
    if (group->measure && group->rule) return word(p, "om te meten en in regels", "to measure and in rules");
    return group->rule ? word(p, "in regels", "in rules") : word(p, "om te meten", "to measure");
}

static void compare_group(const pair *p, const char *subject, const wks_group *a, const wks_group *b)
{
    if (strcmp(a->where, b->where) != 0) {
        wks_text_addf(p->out, "%s: %s", subject,
                      word(p, "wie ertoe hoort volgens een andere formule", "who belongs to it by another formula"));
        wks_text_addf(p->out, ". [groups.where = %s, was %s]\n", b->where, a->where);
    }
    if (strcmp(use_text(p, a), use_text(p, b)) != 0)
        wks_difference_line_change(p, subject, "groups", "use", use_text(p, a), use_text(p, b));
}

/* "Nieuwe groepen (gemeten of in regels): statushouders, starters. [groups: ...]": of those that the other lacks, in one line. */
static void say_groups(const pair *p, const wks_scenario *mine, const wks_scenario *other, const char *words)
{
    wks_text keys = WKS_TEXT_INIT;

    for (int32_t i = 0; i < mine->n_groups; i++) {
        const wks_group *group = &mine->group[i];
        if (wks_scenario_group(other, group->name) >= 0) continue;
        wks_text_add(p->out, keys.length == 0 ? words : ", ");
        wks_difference_line_name(group->name, p->out);
        wks_text_addf(&keys, "%s%s = %s", keys.length == 0 ? "groups: " : ", ", group->name, group->where);
    }
    if (keys.length > 0) wks_difference_line_end(p, wks_difference_line_text(&keys));
    p->out->failed = p->out->failed || keys.failed;
    wks_text_free(&keys);
}

static void compare_groups(const pair *p)
{
    for (int32_t i = 0; i < p->b->n_groups; i++) {
        const wks_group *group = &p->b->group[i];
        const int32_t at = wks_scenario_group(p->a, group->name);
        wks_text subject = WKS_TEXT_INIT;
        if (at < 0) continue;
        wks_text_add(&subject, word(p, "Groep ", "Group "));
        wks_difference_line_name(group->name, &subject);
        compare_group(p, wks_difference_line_text(&subject), &p->a->group[at], group);
        wks_text_free(&subject);
    }
    say_groups(p, p->b, p->a, word(p, "Nieuwe groepen om te meten of in regels: ", "New groups, to measure or in rules: "));
    say_groups(p, p->a, p->b, word(p, "Groepen die vervallen: ", "Groups that are removed: "));
}

/* ---- bills ------------------------------------------------------------------------------------------------------------------- */

static void compare_bills(const pair *p)
{
    for (int32_t i = 0; i < WKS_LAW_N_BILLS; i++) {
        const int32_t a = p->a->bill_from[i], b = p->b->bill_from[i];
        if (a == b) continue;
        wks_text_add(p->out, word(p, "Wetsvoorstel ", "Bill "));
        wks_difference_line_name(wks_law_statute_bill[i], p->out);
        if (b > 0) {
            wks_text_add(p->out, word(p, " geldt als wet vanaf ", " counts as law from "));
            wks_difference_line_month(p, b, p->out);
        } else {
            wks_text_add(p->out, word(p, " geldt niet als wet", " does not count as law"));
        }
        wks_difference_line_end(p, "bills");
    }
}

/* ---- the whole --------------------------------------------------------------------------------------------------------------- */

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

/* A process in words, as a subject: with a capital. */
static void add_process(const pair *p, const char *name, wks_text *out)
{
    const char *words = wks_difference_words_part(name, p->is_dutch);

    words = words == NULL ? name : words;
    wks_text_add_char(out, (char)toupper((unsigned char)words[0]));
    wks_text_add(out, words + 1);
}

static void compare_processes(const pair *p)
{
    for (int32_t i = 0; i < p->b->n_processes; i++) {
        const wks_settings *a = wks_scenario_process(p->a, p->b->process[i].spec->name), *b = &p->b->process[i];
        wks_text subject = WKS_TEXT_INIT, key = WKS_TEXT_INIT;
        if (a == NULL) continue;
        add_process(p, b->spec->name, &subject);
        wks_text_addf(&key, "processes.%s", b->spec->name);
        if (wks_scenario_is_enabled(p->a, b->spec->name) != p->b->is_enabled[i]) {
            wks_text_addf(p->out, "%s %s. [%s.enabled]\n", wks_difference_line_text(&subject),
                          p->b->is_enabled[i] ? word(p, "staat aan", "is switched on") : word(p, "staat uit", "is switched off"),
                          wks_difference_line_text(&key));
        }
        wks_difference_line_settings(p, wks_difference_line_text(&subject), wks_difference_line_text(&key), a, b);
        wks_text_free(&subject);
        wks_text_free(&key);
    }
}

static void compare_optional(const pair *p, const char *subject, const char *key, const wks_settings *a, const wks_settings *b)
{
    if (a->spec != NULL && b->spec != NULL) {
        wks_difference_line_settings(p, subject, key, a, b);
    } else if (a->spec != b->spec) {
        wks_text_addf(p->out, "%s %s. [%s]\n", subject,
                      b->spec != NULL ? word(p, "is toegevoegd", "is added") : word(p, "vervalt", "is removed"), key);
    }
}

static void compare_grid(const pair *p, const wks_model *a, const wks_model *b)
{
    wks_difference_line_settings(p, word(p, "Rooster", "Grid"), "grid", &a->settings, &b->settings);
    wks_difference_line_settings(p, word(p, "Verhuizen", "Relocation"), "relocation", &a->relocation, &b->relocation);
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
    compare_numbers(p, "Scenario", "warmup", a->warmup, b->warmup, "ticks");
    if (b->kind == WKS_MODEL_GRID) {
        compare_grid(p, a, b);
        return;
    }
    wks_difference_line_settings(p, word(p, "Wachtrij", "Queue"), key, &a->settings, &b->settings);
    for (int32_t i = 0; i < b->n_types && i < a->n_types; i++)
        wks_difference_line_settings(p, b->type[i].name, "choice.types", &a->type[i], &b->type[i]);
}

void wks_difference_write(const wks_scenario *a, const wks_scenario *b, const char *lang, wks_text *out)
{
    const pair p = {.a = a, .b = b, .is_dutch = strcmp(lang, "nl") == 0, .prefix = "", .out = out};

    if (strcmp(last_part(a->city), last_part(b->city)) != 0)
        wks_difference_line_change(&p, "Scenario", "", "city", last_part(a->city), last_part(b->city));
    compare_start(&p);
    compare_numbers(&p, "Scenario", "ticks", a->n_ticks, b->n_ticks, b->model.kind == WKS_MODEL_CITY ? "months" : "ticks");
    if (b->model.kind == WKS_MODEL_CITY) compare_numbers(&p, "Scenario", "warmup", a->model.warmup, b->model.warmup, "months");
    compare_numbers(&p, "Scenario", "law_index", a->law_index, b->law_index, "1/yr");
    compare_bills(&p);
    compare_model(&p);
    wks_difference_rules_write(&p);
    compare_processes(&p);
    wks_difference_events_write(a, b, p.is_dutch, out);
    compare_groups(&p);
}
