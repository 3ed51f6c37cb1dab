#include "scenario/difference_line.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/difference_words.h"
#include "scenario/settings.h"
#include "world/columns.h"

/* More areas than these are not all listed. */
enum { AREAS_LISTED = 6 };

const char *wks_difference_line_word(const wks_difference_line *line, const char *dutch, const char *english)
{
    return line->is_dutch ? dutch : english;
}

const char *wks_difference_line_text(const wks_text *text)
{
    return text->data == NULL ? "" : text->data;
}

void wks_difference_line_name(const char *name, wks_text *out)
{
    for (; *name != '\0'; name++)
        wks_text_add_char(out, *name == '_' ? ' ' : *name);
}

void wks_difference_line_month(const wks_difference_line *line, int32_t month, wks_text *out)
{
    static const char *const names[2][12] = {
        {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
        {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
    };

    wks_text_addf(out, "%s %d", names[line->is_dutch][month % 12], month / 12);
}

/* ---- values ---- */

static bool is_share_unit(const char *unit)
{
    return unit != NULL && strcmp(unit, "share") == 0;
}

void wks_difference_line_number(const wks_difference_line *line, double value, const char *unit, wks_text *out)
{
    char digits[40];
    const char point = line->is_dutch ? ',' : '.', thousands = line->is_dutch ? '.' : ',';
    const bool is_one = value >= 1.0 && value <= 1.0;
    const char *words = wks_difference_words_unit(unit, is_one, line->is_dutch);

    if (is_share_unit(unit)) {
        (void)snprintf(digits, sizeof digits, "%.10g", value * 100.0);
    } else {
        (void)wks_text_number(value, digits);
    }
    const size_t n_whole = strcspn(digits, ".eE"), from = digits[0] == '-' ? 1 : 0;
    for (size_t i = 0; digits[i] != '\0'; i++) {
        if (i > from && i < n_whole && (n_whole - i) % 3 == 0 && n_whole - from > 4) wks_text_add_char(out, thousands);
        wks_text_add_char(out, digits[i] == '.' ? point : digits[i]);
    }
    if (is_share_unit(unit)) wks_text_add(out, wks_difference_line_word(line, "\xC2\xA0%", "%"));
    if (words[0] != '\0') wks_text_addf(out, " %s", words);
}

static void add_areas(const wks_difference_line *line, const wks_settings *settings, int32_t i, wks_text *out)
{
    const int32_t n = settings->n_areas[i], n_listed = n > AREAS_LISTED ? AREAS_LISTED / 2 : n;

    if (n == 0) wks_text_add(out, wks_difference_line_word(line, "overal", "everywhere"));
    for (int32_t k = 0; k < n_listed; k++)
        wks_text_addf(out, "%s%s", k > 0 ? ", " : "", settings->area[i][k]);
    if (n > n_listed) wks_text_addf(out, wks_difference_line_word(line, " en %d andere", " and %d more"), n - n_listed);
}

static void add_plain(const wks_difference_line *line, const wks_param *param, const char *plain, bool is_event, wks_text *out)
{
    int32_t month = 0;

    if (param->type == WKS_PARAM_CHOICE || param->type == WKS_PARAM_BOOL) {
        wks_text_add(out, is_event ? wks_difference_words_event_choice(plain, line->is_dutch)
                                   : wks_difference_words_choice(plain, line->is_dutch));
    } else if (plain[0] == '\0' || strcmp(plain, "-") == 0 || strcmp(plain, "\"\"") == 0) {
        wks_text_add(out, wks_difference_line_word(line, "niets", "nothing"));
    } else if (param->type == WKS_PARAM_WHERE || param->type == WKS_PARAM_NUMBER) {
        wks_text_add(out, wks_difference_line_word(line, "volgens een formule in het scenario", "by a formula in the scenario"));
    } else if (param->type == WKS_PARAM_MONTH && wks_text_parse_month(plain, &month)) {
        wks_difference_line_month(line, month, out);
    } else {
        for (const char *c = plain; *c != '\0'; c++)
            if (*c != '"') wks_text_add_char(out, *c == '_' ? ' ' : *c);
    }
}

void wks_difference_line_value(const wks_difference_line *line, const wks_settings *settings, int32_t i, const wks_scenario *scenario,
                               bool is_event, wks_text *out)
{
    const wks_param *param = &settings->spec->param[i];
    wks_text plain = WKS_TEXT_INIT;

    if (param->type == WKS_PARAM_INT || param->type == WKS_PARAM_REAL) {
        wks_difference_line_number(line, settings->value[i], param->unit, out);
    } else if (param->type == WKS_PARAM_AREAS) {
        add_areas(line, settings, i, out);
    } else {
        wks_settings_print(settings, i, scenario, &plain);
        add_plain(line, param, wks_difference_line_text(&plain), is_event, out);
    }
    out->failed = out->failed || plain.failed;
    wks_text_free(&plain);
}

void wks_difference_line_param(const wks_difference_line *line, const char *name, const char *words, wks_text *out)
{
    if (words == NULL) wks_text_add(out, wks_difference_line_word(line, "instelling ", "setting "));
    wks_text_add(out, words == NULL ? name : words);
}

/* ---- lines ---- */

void wks_difference_line_begin(const wks_difference_line *line, const char *subject)
{
    const bool is_word = subject[0] != '\0' && islower((unsigned char)subject[1]); /* not an abbreviation */

    wks_text_add(line->out, line->prefix);
    if (line->prefix[0] == '\0' || !is_word) {
        wks_text_add(line->out, subject);
        return;
    }
    wks_text_add_char(line->out, (char)tolower((unsigned char)subject[0]));
    wks_text_add(line->out, subject + 1);
}

void wks_difference_line_end(const wks_difference_line *line, const char *key)
{
    wks_text_addf(line->out, ". [%s]\n", key);
}

static void add_change(const wks_difference_line *line, const char *subject, const char *name, const char *a, const char *b)
{
    wks_difference_line_begin(line, subject);
    wks_text_add(line->out, ": ");
    wks_difference_line_param(line, name, wks_difference_words_param(name, line->is_dutch), line->out);
    wks_text_addf(line->out, " %s %s %s", b, wks_difference_line_word(line, "in plaats van", "instead of"), a);
}

void wks_difference_line_change(const wks_difference_line *line, const char *subject, const char *key, const char *name,
                                const char *value_a, const char *value_b)
{
    wks_text whole = WKS_TEXT_INIT;

    add_change(line, subject, name, value_a, value_b);
    wks_text_addf(&whole, "%s%s%s", key, key[0] == '\0' ? "" : ".", name);
    wks_difference_line_end(line, wks_difference_line_text(&whole));
    wks_text_free(&whole);
}

/* One formula or another: which ones stands in the note. */
static void add_formulas(const wks_difference_line *line, const char *subject, const char *key, const wks_settings *a,
                         const wks_settings *b, int32_t i)
{
    const char *name = a->spec->param[i].name;
    wks_text x = WKS_TEXT_INIT, y = WKS_TEXT_INIT, whole = WKS_TEXT_INIT;

    wks_settings_print(a, i, line->a, &x);
    wks_settings_print(b, i, line->b, &y);
    wks_difference_line_begin(line, subject);
    wks_text_add(line->out, ": ");
    wks_difference_line_param(line, name, wks_difference_words_param(name, line->is_dutch), line->out);
    wks_text_add(line->out, wks_difference_line_word(line, " volgens een andere formule", " by another formula"));
    wks_text_addf(&whole, "%s.%s = %s, %s %s", key, name, wks_difference_line_text(&y), wks_difference_line_word(line, "was", "was"),
                  wks_difference_line_text(&x));
    wks_difference_line_end(line, wks_difference_line_text(&whole));
    wks_text_free(&x);
    wks_text_free(&y);
    wks_text_free(&whole);
}

void wks_difference_line_settings(const wks_difference_line *line, const char *subject, const char *key, const wks_settings *a,
                                  const wks_settings *b)
{
    for (int32_t i = 0; a->spec == b->spec && i < a->spec->n_params; i++) {
        const wks_param_type type = a->spec->param[i].type;
        wks_text x = WKS_TEXT_INIT, y = WKS_TEXT_INIT;
        if (wks_settings_equal(a, b, i, line->a, line->b)) continue;
        if (type == WKS_PARAM_WHERE || type == WKS_PARAM_NUMBER) {
            add_formulas(line, subject, key, a, b, i);
            continue;
        }
        wks_difference_line_value(line, a, i, line->a, false, &x);
        wks_difference_line_value(line, b, i, line->b, false, &y);
        wks_difference_line_change(line, subject, key, a->spec->param[i].name, wks_difference_line_text(&x), wks_difference_line_text(&y));
        wks_text_free(&x);
        wks_text_free(&y);
    }
}

void wks_difference_line_given(const wks_difference_line *line, const wks_settings *settings, const wks_scenario *scenario, bool is_event,
                               wks_text *keys)
{
    bool is_first = true;

    for (int32_t i = 0; i < settings->spec->n_params; i++) {
        const char *name = settings->spec->param[i].name;
        const char *words =
            is_event ? wks_difference_words_event_param(name, line->is_dutch) : wks_difference_words_param(name, line->is_dutch);
        if (settings->node[i] == NULL || strcmp(settings->node[i]->file, "default") == 0) continue;
        wks_text_add(line->out, is_first ? ": " : ", ");
        wks_difference_line_param(line, name, words, line->out);
        wks_text_add_char(line->out, ' ');
        wks_difference_line_value(line, settings, i, scenario, is_event, line->out);
        wks_text_addf(keys, "%s%s", is_first ? ": " : ", ", name);
        is_first = false;
    }
}
