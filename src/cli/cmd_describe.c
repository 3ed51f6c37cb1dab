#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/describe_law.h"
#include "cli/measure_parts.h"
#include "cli/param_text.h"
#include "output/codebook.h"
#include "scenario/keys.h"
#include "sim/everything.h"
#include "study/study_keys.h"
#include "world/attribute.h"

/* One thing with a source, as text or as JSON. */
typedef struct wks_describe {
    wks_text text;
    bool json, assumptions, any;
} describe;

static bool is_assumption(const char *source)
{
    return strstr(source, "assumption") != NULL;
}

static void open_item(describe *self)
{
    if (self->json) {
        wks_text_add(&self->text, self->any ? ",\n  {" : "\n  {");
    }
    self->any = true;
}

static void member(describe *self, const char *name, const char *value, bool first)
{
    wks_text_add(&self->text, first ? "" : ", ");
    wks_json_add_string(&self->text, name);
    wks_text_add(&self->text, ": ");
    wks_json_add_string(&self->text, value);
}

static void add_param(describe *self, const char *owner, const wks_param *param)
{
    char buffer[32];
    wks_text range = WKS_TEXT_INIT;
    const char *preset = wks_param_text_preset(param, buffer);

    if (self->assumptions && !is_assumption(param->source)) return;
    wks_param_text_range(param, &range);
    open_item(self);
    if (self->json) {
        member(self, "owner", owner, true);
        member(self, "name", param->name, false);
        member(self, "type", wks_param_text_type(param), false);
        member(self, "unit", param->unit, false);
        member(self, "default", preset, false);
        member(self, "range", range.data == NULL ? "" : range.data, false);
        member(self, "source", param->source, false);
        member(self, "help", param->help, false);
        wks_text_add_char(&self->text, '}');
    } else {
        wks_text_addf(&self->text, "  %-22s %s\n      %s, %s; default %s%s%s\n      source: %s\n", param->name, param->help,
                      wks_param_text_type(param), param->unit, preset, range.length > 0 ? "; range " : "",
                      range.data == NULL ? "" : range.data, param->source);
    }
    wks_text_free(&range);
}

static void add_spec(describe *self, const wks_spec *spec)
{
    bool any = !self->assumptions;
    for (int32_t i = 0; i < spec->n_params && !any; i++)
        any = is_assumption(spec->param[i].source);
    if (!any) return;
    if (!self->json) {
        wks_text_addf(&self->text, "%s (%s)\n  %s\n", spec->name, spec->kind, spec->help);
        if (spec->basis[0] != '\0') wks_text_addf(&self->text, "  legal basis: %s\n", spec->basis);
    } else if (!self->assumptions) {
        open_item(self);
        member(self, "name", spec->name, true);
        member(self, "kind", spec->kind, false);
        member(self, "help", spec->help, false);
        member(self, "basis", spec->basis, false);
        wks_text_add_char(&self->text, '}');
    }
    for (int32_t i = 0; i < spec->n_params; i++)
        add_param(self, spec->name, &spec->param[i]);
    if (!self->json) wks_text_add_char(&self->text, '\n');
}

static void add_indicator(describe *self, const wks_indicator_spec *spec)
{
    open_item(self);
    if (self->json) {
        member(self, "name", spec->name, true);
        member(self, "unit", spec->unit, false);
        member(self, "level", spec->level, false);
        member(self, "by", spec->by, false);
        member(self, "label_nl", spec->label_nl, false);
        member(self, "label_en", spec->label_en, false);
        member(self, "explanation_nl", spec->explanation_nl, false);
        member(self, "explanation_en", spec->explanation_en, false);
        wks_text_add_char(&self->text, '}');
        return;
    }
    wks_text_addf(&self->text, "%s (%s; %s%s%s)\n  %s / %s\n  %s\n", spec->name, spec->unit, spec->level,
                  spec->by[0] == '\0' ? "" : "; by ", spec->by, spec->label_en, spec->label_nl, spec->explanation_en);
}

static const char *rows_of(const wks_index_spec *spec)
{
    switch (spec->rows) {
    case WKS_INDEX_BY_GROUP: return "a row a group, against all others";
    case WKS_INDEX_BY_PAIR: return "a row a pair of groups";
    case WKS_INDEX_TOGETHER: return "one row, all groups together";
    case WKS_INDEX_BY_AREA: return "a row an area, only when named";
    default: return "a row an area and group, only when named";
    }
}

static void add_bound(wks_text *out, double bound, const char *none)
{
    if (isinf(bound)) {
        wks_text_add(out, none);
    } else {
        wks_text_add_number(out, bound);
    }
}

static void add_index(describe *self, const wks_index_spec *spec)
{
    wks_text range = WKS_TEXT_INIT;

    add_bound(&range, spec->low, "no lower bound");
    wks_text_add(&range, isinf(spec->low) ? ", " : " to ");
    add_bound(&range, spec->high, isinf(spec->low) ? "no upper bound" : "any");
    open_item(self);
    if (self->json) {
        member(self, "name", spec->name, true);
        member(self, "unit", "-", false);
        member(self, "level", "measure", false);
        member(self, "by", rows_of(spec), false);
        member(self, "range", range.data, false);
        member(self, "label_nl", spec->title_nl, false);
        member(self, "label_en", spec->title_en, false);
        member(self, "explanation_nl", spec->meaning_nl, false);
        member(self, "explanation_en", spec->meaning_en, false);
        member(self, "misleads_nl", spec->misleads_nl, false);
        member(self, "misleads_en", spec->misleads_en, false);
        member(self, "equation", spec->equation, false);
        member(self, "source", spec->source, false);
        wks_text_add_char(&self->text, '}');
    } else {
        wks_text_addf(&self->text, "\n%s (%s; %s)\n  %s / %s\n  %s\n  %s\n  Misleads: %s\n  Misleidt: %s\n  %s\n  Source: %s\n", spec->name,
                      rows_of(spec), range.data == NULL ? "" : range.data, spec->title_en, spec->title_nl, spec->meaning_en,
                      spec->meaning_nl, spec->misleads_en, spec->misleads_nl, spec->equation, spec->source);
    }
    wks_text_free(&range);
}

static void add_part(describe *self, const wks_measure_part *part)
{
    open_item(self);
    if (self->json) {
        member(self, "name", part->name, true);
        member(self, "unit", "-", false);
        member(self, "level", "measure", false);
        member(self, "by", part->option, false);
        member(self, "range", part->range, false);
        member(self, "label_nl", part->name, false);
        member(self, "label_en", part->name, false);
        member(self, "explanation_nl", part->meaning_nl, false);
        member(self, "explanation_en", part->meaning_en, false);
        member(self, "misleads_nl", part->misleads_nl, false);
        member(self, "misleads_en", part->misleads_en, false);
        member(self, "equation", part->equation, false);
        member(self, "source", part->source, false);
        wks_text_add_char(&self->text, '}');
        return;
    }
    wks_text_addf(&self->text, "\n%s (%s; %s)\n  %s\n  %s\n  Misleads: %s\n  Misleidt: %s\n  %s\n  Source: %s\n", part->name, part->option,
                  part->range, part->meaning_en, part->meaning_nl, part->misleads_en, part->misleads_nl, part->equation, part->source);
}

/* What `wijksim measure` prints, beside what a run writes. */
static void add_indices(describe *self)
{
    if (!self->json)
        wks_text_add(&self->text, "\nIndices of segregation (wijksim measure), of the group or of all groups\n"
                                  "x_i of the group in area i, y_i all others there (or the second group), t_i everybody; X, Y, T their "
                                  "sums; P = X/T, p_i = x_i/t_i. All groups: n_ik,\n"
                                  "p_ik = n_ik/t_i, P_k; I = 1 - sum_k P_k^2. Natural logarithms, 0 log 0 = 0; areas without residents "
                                  "have no weight. Undefined is empty, never 0.\n");
    for (int32_t i = 0; i < wks_index_count; i++)
        add_index(self, &wks_index_table[i]);
    if (!self->json) wks_text_add(&self->text, "\nM and H taken apart (--hierarchy, --against)\n");
    for (int32_t i = 0; i < wks_measure_parts_count; i++)
        add_part(self, &wks_measure_parts_table[i]);
}

static void add_attribute(describe *self, const wks_attribute *attribute)
{
    static const char *const types[] = {"number", "boolean", "choice"};
    open_item(self);
    if (self->json) {
        member(self, "name", attribute->name, true);
        member(self, "unit", attribute->unit, false);
        member(self, "type", types[attribute->type], false);
        member(self, "knowable", attribute->is_knowable ? "true" : "false", false);
        member(self, "help", attribute->help, false);
        wks_text_add_char(&self->text, '}');
        return;
    }
    wks_text_addf(&self->text, "%-22s %s (%s, %s)%s\n", attribute->name, attribute->help, types[attribute->type], attribute->unit,
                  attribute->is_origin     ? "; measured only, never in a rule"
                  : attribute->is_knowable ? ""
                                           : "; not knowable to a landlord: not in rules");
    for (int32_t i = 0; i < attribute->n_choices; i++)
        wks_text_addf(&self->text, "%s%s", i == 0 ? "      one of " : ", ", attribute->choice[i]);
    if (attribute->n_choices > 0) wks_text_add_char(&self->text, '\n');
}

/* Columns as in the codebook; columns of every table once. */
static void add_column(describe *self, const wks_codebook_column *column)
{
    const char *file = strcmp(column->file, "*") == 0 ? "every table" : column->file;
    open_item(self);
    if (self->json) {
        member(self, "file", column->file, true);
        member(self, "name", column->name, false);
        member(self, "unit", column->unit, false);
        member(self, "label_nl", column->label_nl, false);
        member(self, "label_en", column->label_en, false);
        member(self, "explanation_nl", column->explanation_nl, false);
        member(self, "explanation_en", column->explanation_en, false);
        wks_text_add_char(&self->text, '}');
        return;
    }
    wks_text_addf(&self->text, "%-14s %-20s %-12s %s: %s\n", file, column->name, column->unit, column->label_en, column->explanation_en);
}

static void add_processes(describe *self, const wks_catalogue *all)
{
    for (int32_t i = 0; i < all->n_processes; i++)
        add_spec(self, all->process[i]);
    for (int32_t i = 0; i < all->n_events; i++)
        add_spec(self, all->event[i]);
}

static void add_parts(describe *self, const wks_catalogue *all)
{
    for (int32_t i = 0; i < all->n_parts; i++)
        add_spec(self, all->part[i]);
}

static void add_sections(describe *self, const wks_keys_section *sections, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        const wks_keys_section *section = &sections[i];
        bool any = !self->assumptions;
        for (int32_t k = 0; k < section->spec->n_params && !any; k++)
            any = is_assumption(section->spec->param[k].source);
        if (!any) continue;
        if (!self->json) wks_text_addf(&self->text, "%s\n", section->path[0] == '\0' ? "(top level)" : section->path);
        for (int32_t k = 0; k < section->spec->n_params; k++)
            add_param(self, section->path, &section->spec->param[k]);
    }
}

/* With --assumptions all that a scenario can set: keys of processes, events and rule parts are keys too. */
static void add_keys(describe *self, const wks_catalogue *all)
{
    add_sections(self, wks_keys_sections, wks_keys_n_sections);
    if (!self->assumptions) return;
    if (!self->json) wks_text_add_char(&self->text, '\n');
    add_processes(self, all);
    add_parts(self, all);
    if (!self->json) wks_text_add(&self->text, "Assumptions in the tables of law: describe law --assumptions.\n");
}

static wks_status add_topic(describe *self, const char *topic, wks_err *err)
{
    static const char *const topics[] = {"rules", "groups", "indicators", "processes", "keys", "studies", "law", "results"};
    enum { N_TOPICS = sizeof topics / sizeof *topics };
    const wks_catalogue *all = wks_everything_catalogue();

    if (self->assumptions && (strcmp(topic, "groups") == 0 || strcmp(topic, "indicators") == 0 || strcmp(topic, "results") == 0)) {
        return wks_err_set(err, WKS_ERR_USAGE,
                           "--assumptions goes with rules, processes, keys, studies and law; %s have no sources to choose from", topic);
    }
    if (strcmp(topic, "rules") == 0) {
        add_parts(self, all);
    } else if (strcmp(topic, "processes") == 0) {
        add_processes(self, all);
    } else if (strcmp(topic, "indicators") == 0) {
        for (int32_t i = 0; i < all->n_indicators; i++)
            add_indicator(self, &all->indicator[i]);
        add_indices(self);
    } else if (strcmp(topic, "groups") == 0) {
        for (int32_t i = 0; i < wks_attribute_count; i++)
            add_attribute(self, &wks_attribute_table[i]);
    } else if (strcmp(topic, "keys") == 0) {
        add_keys(self, all);
    } else if (strcmp(topic, "studies") == 0) {
        add_sections(self, wks_study_keys_sections, wks_study_keys_n_sections);
    } else if (strcmp(topic, "law") == 0) {
        wks_describe_law_add(&self->text, self->json, self->assumptions);
    } else if (strcmp(topic, "results") == 0) {
        for (int32_t i = 0; i < wks_codebook_n_columns; i++)
            add_column(self, &wks_codebook_columns[i]);
    } else {
        const char *nearest = wks_text_nearest(topic, topics, N_TOPICS);
        return wks_err_set(err, WKS_ERR_USAGE, "'%s' is none of rules, groups, indicators, processes, keys, studies, law, results%s%s%s",
                           topic, nearest == NULL ? "" : "; nearest is '", nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'");
    }
    return WKS_OK;
}

wks_status wks_cmd_describe_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    describe self = {WKS_TEXT_INIT, options->json, options->assumptions, false};

    if (self.json) wks_text_add_char(&self.text, '[');
    WKS_TRY(add_topic(&self, options->argument[0], err));
    if (self.json) wks_text_add(&self.text, "\n]\n");
    if (self.text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the catalogue");
    if (self.text.data != NULL) fputs(self.text.data, stdout);
out:
    wks_text_free(&self.text);
    return rc;
}
