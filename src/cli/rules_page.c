#include "cli/rules_page.h"

#include <string.h>

#include "cli/param_text.h"
#include "rules/account.h"
#include "sim/everything.h"

static const struct {
    const char *kind, *key, *title, *question;
} kinds[] = {
    {"channel", "channels", "Channels",
     "How is this dwelling let? Every vacancy goes to one of the channels that apply to it (`label`, `areas`), in proportion to their "
     "`share`s."},
    {"filter", "filters", "Filters", "May this household have this dwelling? All filters of a rule set have to pass."},
    {"order", "order", "Ordering keys",
     "Who goes first? The first key in the list decides; only between equals the next one does; between equals in all of them a lot."},
    {"spreiding", "spreiding", "Spreiding",
     "Would this letting break an agreement about the mix, as things stand at this very offer? Who is stopped here stays a candidate "
     "elsewhere."},
    {"conduct", "conduct", "Conduct",
     "What is asked of applicants beside the ranking: how many reactions, what earns points, what refusing costs, when a registration "
     "ends."},
};

static void add_cell(wks_text *out, const char *text)
{
    wks_text_add(out, " ");
    for (; *text != '\0'; text++) {
        if (*text == '|') wks_text_add_char(out, '\\');
        wks_text_add_char(out, *text);
    }
    wks_text_add(out, " |");
}

static void add_param(wks_text *out, const wks_param *param)
{
    wks_text range = WKS_TEXT_INIT;
    char buffer[32];

    wks_param_text_range(param, &range);
    wks_text_addf(out, "| `%s` |", param->name);
    add_cell(out, param->help);
    add_cell(out, strcmp(param->unit, "-") == 0 ? "" : param->unit);
    add_cell(out, wks_param_text_preset(param, buffer));
    add_cell(out, range.data == NULL || range.length == 0 ? wks_param_text_type(param) : range.data);
    add_cell(out, strcmp(param->source, "-") == 0 ? "" : param->source);
    wks_text_add(out, "\n");
    wks_text_free(&range);
}

static void add_part(wks_text *out, const wks_spec *spec)
{
    wks_text_addf(out, "\n### `%s`\n\n%s.  \n*Legal basis:* %s.", spec->name, spec->help, spec->basis);
    const wks_account *account = wks_account_of(&(wks_settings){.spec = spec});
    if (account != NULL) wks_text_addf(out, "  \n*Counted in compliance.csv:* %s.", account->counts);
    wks_text_add_char(out, '\n');
    if (spec->n_params == 0) return;
    wks_text_add(out, "\n| parameter | meaning | unit | default | range or kind | source |\n|---|---|---|---|---|---|\n");
    for (int32_t i = 0; i < spec->n_params; i++)
        add_param(out, &spec->param[i]);
}

static void add_list(wks_text *out, const wks_catalogue *all)
{
    wks_text_add(out, "\n| kind | list in the scenario | parts |\n|---|---|---|\n");
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        bool any = false;
        wks_text_addf(out, "| %s | `%s` | ", kinds[k].title, kinds[k].key);
        for (int32_t i = 0; i < all->n_parts; i++) {
            if (strcmp(all->part[i]->kind, kinds[k].kind) != 0) continue;
            wks_text_addf(out, "%s[%s](#%s)", any ? ", " : "", all->part[i]->name, all->part[i]->name);
            any = true;
        }
        wks_text_add(out, " |\n");
    }
}

void wks_rules_page_add(wks_text *out)
{
    const wks_catalogue *all = wks_everything_catalogue();

    wks_text_add(
        out, "# Rules of woonruimteverdeling: what can be composed\n\n"
             "Written by `wijksim manual rules` from the program's own tables; do not edit.\n\n"
             "A rule set is a list of parts of five kinds. Each part says what it does, on which law or agreement it rests, and which "
             "numbers can be\n"
             "set. A number whose source begins with *assumption* has no published value: vary it before you rely on it. How a month of\n"
             "woonruimteverdeling goes, and in which order parts are asked, stands in [allocation.md](allocation.md); which years of the "
             "law are\n"
             "known in [law.md](law.md); how to name a group of households in [where.md](where.md).\n");
    add_list(out, all);
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        wks_text_addf(out, "\n## %s\n\n%s\n", kinds[k].title, kinds[k].question);
        for (int32_t i = 0; i < all->n_parts; i++) {
            if (strcmp(all->part[i]->kind, kinds[k].kind) == 0) add_part(out, all->part[i]);
        }
    }
}
