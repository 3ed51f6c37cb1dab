#include "export/map_style.h"

#include <string.h>

#include "support/check.h"

static void rules_have_filters_colours_and_hatching(void **state)
{
    (void)state;
    const wks_map_style_rule rule[] = {
        {.label = "laag & hoog", .column = "load", .low = 0, .high = 0.5, .colour = 0xff0080, .fill = WKS_MAP_STYLE_PLAIN},
        {.label = "leeg", .column = "load", .is_null = true, .colour = 0x969696, .fill = WKS_MAP_STYLE_HATCHED}};
    const wks_map_style style = {.name = "load", .title = "t", .rule = rule, .n_rules = 2, .where = {{"scenario", "l'a"}}, .date = "date"};
    wks_text qml = WKS_TEXT_INIT, sld = WKS_TEXT_INIT;
    wks_map_style_qml(&style, &qml);
    wks_map_style_sld(&style, &sld);
    assert_contains(
        qml.data,
        "label=\"laag &amp; hoog\" filter=\"&quot;scenario&quot; = 'l''a' AND &quot;load&quot; &gt;= 0 AND &quot;load&quot; &lt; 0.5\"");
    assert_contains(qml.data, "&quot;load&quot; IS NULL");
    assert_contains(qml.data, "k=\"color\" v=\"255,0,128,255\"");
    assert_contains(qml.data, "b_diagonal");
    assert_contains(qml.data, "startField=\"date\"");
    assert_contains(sld.data, "<CssParameter name=\"fill\">#ff0080</CssParameter>");
    assert_contains(sld.data, "<WellKnownName>slash</WellKnownName>");
    assert_contains(sld.data, "<ogc:PropertyIsNull><ogc:PropertyName>load</ogc:PropertyName></ogc:PropertyIsNull>");
    wks_text_free(&qml);
    wks_text_free(&sld);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rules_have_filters_colours_and_hatching)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
