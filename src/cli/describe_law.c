#include "cli/describe_law.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/json.h"
#include "scenario/law.h"
#include "scenario/law_statute.h"
#include "world/columns.h"

typedef struct printer {
    wks_text *out;
    bool json, assumptions, any;
} printer;

static void open_item(printer *self)
{
    if (self->json) wks_text_add(self->out, self->any ? ",\n  {" : "\n  {");
    self->any = true;
}

static void member(printer *self, const char *name, const char *value)
{
    wks_text_add(self->out, ", ");
    wks_json_add_string(self->out, name);
    wks_text_add(self->out, ": ");
    wks_json_add_string(self->out, value);
}

static void add_limit(printer *self, const wks_law *law, const char *name, double value, const char *unit, const char *help)
{
    const bool is_assumed = wks_law_is_assumed(law, name);
    char number[32];

    if (self->assumptions && !is_assumed) return;
    wks_text_number(value, number);
    if (self->json) {
        wks_text_addf(self->out, ", \"%s\": %s", name, number);
    } else {
        wks_text_addf(self->out, "  %-26s %10s %-8s %s%s\n", name, number, unit, help, is_assumed ? " (assumption)" : "");
    }
}

static void add_year(printer *self, const wks_law *law)
{
    if (self->assumptions && strstr(law->status, "assumption") == NULL) return;
    open_item(self);
    wks_text_addf(self->out, self->json ? "\"year\": %d" : "%d (in force)\n", law->year);
#define WKS_DESCRIBE_LIMIT(name, unit, help) add_limit(self, law, #name, law->name, unit, help);
    WKS_LAW_LIMITS(WKS_DESCRIBE_LIMIT)
#undef WKS_DESCRIBE_LIMIT
    if (self->json) {
        member(self, "status", law->status);
        member(self, "source", law->source);
        wks_text_add_char(self->out, '}');
    } else {
        wks_text_addf(self->out, "  source: %s\n", law->source);
    }
}

static void add_statute(printer *self, const wks_law_statute *row)
{
    const char *status = wks_law_statute_status_name[row->status];
    char from[16] = "", until[16] = "", number[32];

    if (self->assumptions && !wks_law_statute_is_assumed(row)) return;
    if (row->from_month != WKS_NO_MONTH) wks_text_month(row->from_month, from);
    if (row->until_month != INT32_MAX) wks_text_month(row->until_month, until);
    wks_text_number(row->value, number);
    open_item(self);
    if (self->json) {
        wks_text_add(self->out, "\"id\": ");
        wks_json_add_string(self->out, row->id);
        member(self, "name", row->name);
        member(self, "citation", row->citation);
        member(self, "status", status);
        member(self, "from", from);
        member(self, "until", until);
        wks_text_addf(self->out, ", \"value\": %s", isnan(row->value) ? "null" : number);
        member(self, "unit", row->unit);
        member(self, "sets", row->sets);
        member(self, "source", row->source);
        wks_text_add_char(self->out, '}');
        return;
    }
    wks_text_addf(self->out, "%s (%s%s%s%s%s)\n  %s; %s\n  %s%s%s%s%s\n  source: %s\n", row->id, status, from[0] == '\0' ? "" : " from ",
                  from, until[0] == '\0' ? "" : " until ", until, row->name, row->citation, row->sets, isnan(row->value) ? "" : ": ",
                  number, isnan(row->value) ? "" : " ", isnan(row->value) ? "" : row->unit, row->source);
}

void wks_describe_law_add(wks_text *out, bool json, bool assumptions)
{
    printer self = {out, json, assumptions, false};

    if (!json) wks_text_add(out, "Limits by year; beyond the last year money moves with law_index.\n\n");
    for (int32_t i = 0; i < wks_law_table_size; i++)
        add_year(&self, &wks_law_table[i]);
    if (!json) wks_text_add(out, "\nStatutes, norms, bills and by-laws; until: the first month in which it no longer holds.\n\n");
    for (int32_t i = 0; i < wks_law_statute_table_size; i++)
        add_statute(&self, &wks_law_statute_table[i]);
}
