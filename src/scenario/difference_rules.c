#include "scenario/difference_rules.h"

#include <stdlib.h>
#include <string.h>

#include "scenario/difference_words.h"
#include "scenario/ruleset.h"

static const char *word(const wks_difference_line *p, const char *dutch, const char *english)
{
    return wks_difference_line_word(p, dutch, english);
}

/* ---- parts ---- */

/* What the parts of a list are called in a sentence; new, gone, the subject of a change. */
enum { IS_NEW, IS_GONE, IS_SUBJECT };
enum { ORDER = 2 }; /* among wks_ruleset_lists */
static const struct list_words {
    const char *dutch[3], *english[3];
} list_words[WKS_RULESET_N_LISTS] = {
    {{"Nieuw kanaal, ", "Kanaal vervalt, ", "Kanaal "}, {"New channel, ", "Channel removed, ", "Channel "}},
    {{"Nieuwe voorwaarde, ", "Voorwaarde vervalt, ", "Voorwaarde "}, {"New condition, ", "Condition removed, ", "Condition "}},
    {{"Nieuwe volgorderegel, ", "Volgorderegel vervalt, ", "Volgorde, "}, {"New ordering rule, ", "Ordering rule removed, ", "Order, "}},
    {{"Nieuwe spreidingsregel, ", "Spreidingsregel vervalt, ", "Spreidingsregel "},
     {"New spreiding rule, ", "Spreiding rule removed, ", "Spreiding rule "}},
    {{"Nieuwe regel voor woningzoekenden, ", "Regel voor woningzoekenden vervalt, ", "Regel voor woningzoekenden, "},
     {"New rule for applicants, ", "Rule for applicants removed, ", "Rule for applicants, "}},
};

static const char *list_text(const wks_difference_line *p, int32_t list, int what)
{
    return p->is_dutch ? list_words[list].dutch[what] : list_words[list].english[what];
}

/* "inkomensgrens", or with a name of its own "lootwoning (aanbod met advertentie)"; without words the name alone. */
static void add_part(const wks_difference_line *p, const wks_settings *part, wks_text *out)
{
    const char *words = wks_difference_words_part(part->spec->name, p->is_dutch);

    if (words == NULL || strcmp(part->name, part->spec->name) == 0) {
        wks_text_add(out, words == NULL ? part->name : words);
        return;
    }
    wks_difference_line_name(part->name, out);
    wks_text_addf(out, " (%s)", words);
}

static int32_t find_part(const wks_settings *parts, int32_t n, const wks_settings *wanted)
{
    for (int32_t i = 0; i < n; i++) {
        if (strcmp(parts[i].name, wanted->name) == 0 && parts[i].spec == wanted->spec) return i;
    }
    return -1;
}

/* "Nieuwe spreidingsregel, ...: groep ... . [spreiding.cap_share: group ...]". */
static void say_added(const wks_difference_line *p, const char *subject, const char *key, const wks_settings *part)
{
    wks_text keys = WKS_TEXT_INIT;

    wks_text_add(&keys, key);
    wks_difference_line_begin(p, subject);
    wks_difference_line_given(p, part, p->b, false, &keys);
    wks_difference_line_end(p, wks_difference_line_text(&keys));
    wks_text_free(&keys);
}

/* One part of b, or of a that is gone (`twin` NULL); parts of the order are told of together, but what is given to them. */
static void say_part(const wks_difference_line *p, int32_t list, const wks_settings *part, const wks_settings *twin, bool is_gone)
{
    const bool is_order = list == ORDER;
    const int what = is_gone ? IS_GONE : twin == NULL && !is_order ? IS_NEW : IS_SUBJECT;
    wks_text subject = WKS_TEXT_INIT, key = WKS_TEXT_INIT, given = WKS_TEXT_INIT, nowhere = WKS_TEXT_INIT;
    wks_difference_line aside = *p;

    wks_text_add(&subject, list_text(p, list, what));
    add_part(p, part, &subject);
    wks_text_addf(&key, "%s.%s", wks_ruleset_lists[list].key, part->name);
    aside.out = &nowhere;
    wks_difference_line_given(&aside, part, p->b, false, &given);
    if (twin != NULL) {
        wks_difference_line_settings(p, wks_difference_line_text(&subject), wks_difference_line_text(&key), twin, part);
    } else if (is_gone && !is_order) {
        wks_difference_line_begin(p, wks_difference_line_text(&subject));
        wks_difference_line_end(p, wks_difference_line_text(&key));
    } else if (!is_gone && (!is_order || given.length > 0)) {
        say_added(p, wks_difference_line_text(&subject), wks_difference_line_text(&key), part);
    }
    p->out->failed = p->out->failed || subject.failed || key.failed || given.failed || nowhere.failed;
    wks_text_free(&subject);
    wks_text_free(&key);
    wks_text_free(&given);
    wks_text_free(&nowhere);
}

static void compare_list(const wks_difference_line *p, const wks_rule_set *a, const wks_rule_set *b, int32_t list)
{
    int32_t n_a, n_b;
    const wks_settings *parts_a = wks_ruleset_parts(a, list, &n_a), *parts_b = wks_ruleset_parts(b, list, &n_b);

    for (int32_t i = 0; i < n_b; i++) {
        const int32_t at = find_part(parts_a, n_a, &parts_b[i]);
        say_part(p, list, &parts_b[i], at < 0 ? NULL : &parts_a[at], false);
    }
    for (int32_t i = 0; i < n_a; i++)
        if (find_part(parts_b, n_b, &parts_a[i]) < 0) say_part(p, list, &parts_a[i], NULL, true);
}

/* ---- the order ---- */

static void add_order(const wks_difference_line *p, const wks_settings *parts, int32_t n, wks_text *out)
{
    if (n == 0) wks_text_add(out, word(p, "niets", "nothing"));
    for (int32_t i = 0; i < n; i++) {
        if (i > 0) wks_text_add(out, word(p, ", dan ", ", then "));
        add_part(p, &parts[i], out);
    }
}

/* The one place where two orders of the same length differ; -1: at none, or more. */
static int32_t only_place(const wks_rule_set *a, const wks_rule_set *b, bool *out_is_same)
{
    int32_t place = -1, n = 0;

    *out_is_same = a->n_order == b->n_order;
    for (int32_t i = 0; i < b->n_order && a->n_order == b->n_order; i++) {
        if (find_part(&a->order[i], 1, &b->order[i]) == 0) continue;
        *out_is_same = false;
        place = i;
        n++;
    }
    return n == 1 ? place : -1;
}

/* "Volgorde: loting in plaats van langste inschrijfduur eerst", or the whole of both. */
static void compare_order(const wks_difference_line *p, const wks_rule_set *a, const wks_rule_set *b)
{
    bool is_same;
    const int32_t at = only_place(a, b, &is_same);
    const int32_t from = at < 0 ? 0 : at;

    if (is_same) return;
    wks_difference_line_begin(p, word(p, "Volgorde", "Order"));
    wks_text_add(p->out, ": ");
    add_order(p, b->order + from, at < 0 ? b->n_order : 1, p->out);
    wks_text_add(p->out, at < 0 ? word(p, "; was: ", "; was: ") : word(p, " in plaats van ", " instead of "));
    add_order(p, a->order + from, at < 0 ? a->n_order : 1, p->out);
    wks_text_add(p->out, ". [order:");
    for (int32_t k = 0; k < b->n_order; k++)
        wks_text_addf(p->out, "%s %s", k > 0 ? "," : "", b->order[k].name);
    wks_text_add(p->out, "]\n");
}

/* ---- rule sets ---- */

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

/* The rule set of the same scenario that ends where this one begins; NULL. */
static const wks_rule_set *before(const wks_scenario *scenario, const wks_rule_set *set)
{
    for (int32_t i = 0; i < scenario->n_rules && set->from_month != WKS_NO_MONTH; i++)
        if (scenario->rules[i].until_month == set->from_month) return &scenario->rules[i];
    return NULL;
}

/* A month in which new rules take over: the line of those tells it. */
static bool is_taken_over(const wks_scenario *scenario, const wks_rule_set *set)
{
    for (int32_t i = 0; i < scenario->n_rules; i++)
        if (set->until_month != WKS_NO_MONTH && scenario->rules[i].from_month == set->until_month) return true;
    return false;
}

static void add_month(const wks_difference_line *p, int32_t month, wks_text *out)
{
    if (month == WKS_NO_MONTH || month == INT32_MAX) {
        wks_text_add(out, word(p, "onbepaald", "open"));
    } else {
        wks_difference_line_month(p, month, out);
    }
}

static void compare_months(const wks_difference_line *p, const char *subject, const char *name, int32_t a, int32_t b)
{
    wks_text x = WKS_TEXT_INIT, y = WKS_TEXT_INIT;

    if (a == b) return;
    add_month(p, a, &x);
    add_month(p, b, &y);
    wks_difference_line_change(p, subject, "rules", name, wks_difference_line_text(&x), wks_difference_line_text(&y));
    wks_text_free(&x);
    wks_text_free(&y);
}

static void compare_parts(const wks_difference_line *p, const wks_rule_set *a, const wks_rule_set *b)
{
    if (strcmp(a->basis, b->basis) != 0) wks_difference_line_change(p, word(p, "Regels", "Rules"), "rules", "basis", a->basis, b->basis);
    for (int32_t list = 0; list < WKS_RULESET_N_LISTS; list++) {
        if (list == ORDER) compare_order(p, a, b);
        compare_list(p, a, b, list);
    }
}

/* With more than one rule set a line says of which it is. */
static void compare_sets(const wks_difference_line *p, const wks_rule_set *a, const wks_rule_set *b)
{
    wks_difference_line mine = *p;
    wks_text prefix = WKS_TEXT_INIT;

    compare_months(p, word(p, "Regels", "Rules"), "from", a->from_month, b->from_month);
    if (!is_taken_over(p->b, b)) compare_months(p, word(p, "Regels", "Rules"), "until", a->until_month, b->until_month);
    if (p->b->n_rules > 1) {
        wks_text_add(&prefix, word(p, "Regels ", "Rules "));
        wks_difference_line_name(b->name, &prefix);
        wks_text_add(&prefix, ", ");
        mine.prefix = wks_difference_line_text(&prefix);
    }
    compare_parts(&mine, a, b);
    wks_text_free(&prefix);
}

/* New rules that take over in some month: each line begins with that month. */
static void compare_next(const wks_difference_line *p, const wks_rule_set *a, const wks_rule_set *b)
{
    wks_difference_line mine = *p;
    wks_text prefix = WKS_TEXT_INIT;

    wks_text_add(&prefix, word(p, "Vanaf ", "From "));
    wks_difference_line_month(p, b->from_month, &prefix);
    wks_text_add(&prefix, ", ");
    mine.prefix = wks_difference_line_text(&prefix);
    mine.a = p->b;
    compare_parts(&mine, a, b);
    wks_text_free(&prefix);
}

static void say_set(const wks_difference_line *p, const char *dutch, const char *english, const wks_rule_set *set)
{
    wks_text name = WKS_TEXT_INIT;

    wks_difference_line_name(set->name, &name);
    wks_text_addf(p->out, "%s %s %s", word(p, "Regels", "Rules"), wks_difference_line_text(&name), word(p, dutch, english));
    wks_difference_line_end(p, "rules");
    wks_text_free(&name);
}

/* A rule set of another name takes the place of one that is gone, and is compared with it: what differs is told, not that everything does. */
void wks_difference_rules_write(const wks_difference_line *p)
{
    int32_t n_new = 0;

    for (int32_t i = 0; i < p->b->n_rules; i++) {
        const wks_rule_set *b = &p->b->rules[i], *former = before(p->b, b);
        int32_t at = find_rule(p->a, b->name);
        if (at < 0) at = nth_unknown(p->b, p->a, n_new++);
        if (at >= 0) {
            if (strcmp(p->a->rules[at].name, b->name) != 0) say_set(p, "vervangen andere regels", "replace other rules", b);
            compare_sets(p, &p->a->rules[at], b);
        } else if (former != NULL) {
            compare_next(p, former, b);
        } else {
            say_set(p, "zijn toegevoegd", "are added", b);
        }
    }
    for (int32_t gone; (gone = nth_unknown(p->b, p->a, n_new)) >= 0; n_new++)
        say_set(p, "vervallen", "are removed", &p->a->rules[gone]);
}
