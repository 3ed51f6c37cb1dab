#include "scenario/bills.h"

#include <math.h>
#include <string.h>

#include "scenario/group.h"
#include "scenario/keys.h"
#include "scenario/settings.h"
#include "world/columns.h"

static int32_t bill_of(const char *name)
{
    for (int32_t i = 0; i < WKS_LAW_N_BILLS; i++) {
        if (strcmp(wks_law_statute_bill[i], name) == 0) return i;
    }
    return -1;
}

/* The month a bill aims at, WKS_NO_MONTH if it has none. */
static int32_t aimed_month(int32_t bill)
{
    for (int32_t i = 0; i < wks_law_statute_table_size; i++) {
        if (strcmp(wks_law_statute_table[i].id, wks_law_statute_bill[bill]) == 0) return wks_law_statute_table[i].from_month;
    }
    return WKS_NO_MONTH;
}

static void unknown_bill(const wks_config_node *name, wks_problems *problems)
{
    char near[WKS_SETTINGS_HINT];

    wks_problems_error(problems, name->file, name->value_line, name->value_column, "unknown bill \"%.80s\"%s", name->string,
                       wks_settings_hint(name->string, wks_law_statute_bill, WKS_LAW_N_BILLS, near));
}

/* The month from which the bill is law here: as written, else as aimed at (then added to the tree). 0 with a problem when there is none. */
static int32_t month_of(wks_config_node *element, const wks_config_node *name, int32_t bill, double written, wks_problems *problems,
                        wks_status *rc, wks_err *err)
{
    const int32_t aimed = aimed_month(bill);
    wks_config_node *from;
    char text[16];

    if (!isnan(written)) return (int32_t)written;
    from = wks_config_get(element, "from");
    if (from != NULL && (from->type != WKS_CONFIG_STRING || from->string[0] != '\0')) return 0; /* told already */
    if (aimed == WKS_NO_MONTH) {
        wks_problems_error(problems, name->file, name->value_line, name->value_column,
                           "bill \"%s\" aims at no month; expected from = \"2027-01\" or another month", name->string);
        return 0;
    }
    if (from == NULL) from = wks_settings_add(element, "from", WKS_CONFIG_STRING, err);
    *rc = from == NULL ? WKS_ERR_NOMEM : wks_settings_set_text(from, wks_text_month(aimed, text), err);
    return aimed;
}

static wks_status read_one(wks_config_node *element, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    static const char *const extra[] = {"remove"};
    const wks_settings_context context = {.problems = problems};
    const wks_config_node *name;
    wks_settings settings = {0};
    wks_status rc = WKS_OK;
    int32_t bill;

    wks_group_element_name(element, "bills", problems);
    WKS_TRY(wks_settings_read(&context, element, &wks_keys_bill, wks_keys_bill.name, extra, 1, &settings, err));
    name = wks_config_get(element, "name");
    if (name == NULL || name->type != WKS_CONFIG_STRING) goto out; /* told already */
    bill = bill_of(name->string);
    if (bill < 0) {
        unknown_bill(name, problems);
    } else if (scenario->bill_from[bill] > 0) {
        wks_problems_error(problems, name->file, name->value_line, name->value_column, "bill '%s' is there twice; expected different names",
                           name->string);
    } else {
        scenario->bill_from[bill] = month_of(element, name, bill, settings.value[WKS_KEYS_BILL_FROM], problems, &rc, err);
    }
out:
    wks_settings_free(&settings);
    return rc;
}

wks_status wks_bills_read(wks_config_node *list, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (!wks_group_check_list(list, "bills", problems)) return WKS_OK;
    for (size_t i = 0; i < list->n_children; i++)
        WKS_TRY(read_one(list->child[i], scenario, problems, err));
out:
    return rc;
}
