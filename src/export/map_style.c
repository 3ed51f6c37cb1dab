#include "export/map_style.h"

#include <stdio.h>
#include <string.h>

static void add_escaped(const char *text, wks_text *out)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&': wks_text_add(out, "&amp;"); break;
        case '<': wks_text_add(out, "&lt;"); break;
        case '>': wks_text_add(out, "&gt;"); break;
        case '"': wks_text_add(out, "&quot;"); break;
        default: wks_text_add_char(out, *text);
        }
    }
}

/* ---- QML: a filter is an expression ---- */

static void add_name(const char *name, wks_text *out)
{
    wks_text_addf(out, "\"%s\"", name);
}

static void add_equal(const char *column, const char *text, wks_text *out)
{
    add_name(column, out);
    wks_text_add(out, " = '");
    for (; *text != '\0'; text++)
        wks_text_add(out, *text == '\'' ? "''" : (const char[]){*text, '\0'});
    wks_text_add_char(out, '\'');
}

static void add_range(const wks_map_style_rule *rule, wks_text *out)
{
    char number[32];
    add_name(rule->column, out);
    wks_text_addf(out, " >= %s AND ", wks_text_exact(rule->low, number));
    add_name(rule->column, out);
    wks_text_addf(out, " %s %s", rule->is_last ? "<=" : "<", wks_text_exact(rule->high, number));
}

static void add_expression(const wks_map_style *style, const wks_map_style_rule *rule, wks_text *out)
{
    const char *between = "";
    for (size_t i = 0; i < 3 && style->where[i][0] != NULL; i++) {
        wks_text_add(out, between);
        add_equal(style->where[i][0], style->where[i][1], out);
        between = " AND ";
    }
    if (rule->column == NULL) return;
    wks_text_add(out, between);
    if (rule->equals != NULL) {
        add_equal(rule->column, rule->equals, out);
    } else if (rule->is_null) {
        add_name(rule->column, out);
        wks_text_add(out, " IS NULL");
    } else {
        add_range(rule, out);
    }
}

static void add_property(const char *key, const char *value, wks_text *out)
{
    wks_text_addf(out, "<prop k=\"%s\" v=\"%s\"/>", key, value);
}

static void add_symbol(const wks_map_style_rule *rule, size_t i, wks_text *out)
{
    static const char *const style[] = {"solid", "b_diagonal", "no"};
    char colour[32];

    (void)snprintf(colour, sizeof colour, "%u,%u,%u,255", rule->colour >> 16 & 0xffu, rule->colour >> 8 & 0xffu, rule->colour & 0xffu);
    wks_text_addf(out,
                  "<symbol type=\"fill\" name=\"%zu\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"><layer class=\"SimpleFill\" "
                  "pass=\"0\" enabled=\"1\" locked=\"0\">",
                  i);
    add_property("color", colour, out);
    add_property("style", style[rule->fill], out);
    add_property("outline_color", "90,90,90,255", out);
    add_property("outline_style", "solid", out);
    add_property("outline_width", "0.2", out);
    add_property("outline_width_unit", "MM", out);
    wks_text_add(out, "</layer></symbol>");
}

void wks_map_style_qml(const wks_map_style *style, wks_text *out)
{
    wks_text expression = WKS_TEXT_INIT;

    wks_text_add(
        out, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version=\"3.22\" styleCategories=\"Symbology|Temporal\">");
    if (style->date != NULL)
        wks_text_addf(out,
                      "<temporal enabled=\"1\" mode=\"1\" startField=\"%s\" endField=\"\" durationUnit=\"months\" fixedDuration=\"1\" "
                      "accumulate=\"0\" durationField=\"\" limitMode=\"0\"/>",
                      style->date);
    wks_text_add(out,
                 "<renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\"><rules key=\"{rules}\">");
    for (size_t i = 0; i < style->n_rules; i++) {
        wks_text_clear(&expression);
        add_expression(style, &style->rule[i], &expression);
        wks_text_addf(out, "<rule key=\"{rule-%zu}\" symbol=\"%zu\" label=\"", i, i);
        add_escaped(style->rule[i].label, out);
        wks_text_add(out, "\" filter=\"");
        if (expression.data != NULL) add_escaped(expression.data, out);
        wks_text_add(out, "\"/>");
    }
    wks_text_add(out, "</rules><symbols>");
    for (size_t i = 0; i < style->n_rules; i++)
        add_symbol(&style->rule[i], i, out);
    wks_text_add(out, "</symbols></renderer-v2><layerGeometryType>2</layerGeometryType></qgis>");
    out->failed = out->failed || expression.failed;
    wks_text_free(&expression);
}

/* ---- SLD 1.0 ---- */

static void add_comparison(const char *what, const char *column, const char *value, wks_text *out)
{
    wks_text_addf(out, "<ogc:%s><ogc:PropertyName>", what);
    add_escaped(column, out);
    wks_text_add(out, "</ogc:PropertyName>");
    if (value != NULL) {
        wks_text_add(out, "<ogc:Literal>");
        add_escaped(value, out);
        wks_text_add(out, "</ogc:Literal>");
    }
    wks_text_addf(out, "</ogc:%s>", what);
}

static void add_filter(const wks_map_style *style, const wks_map_style_rule *rule, wks_text *out)
{
    char number[32];

    if (rule->column == NULL && style->where[0][0] == NULL) return;
    wks_text_add(out, "<ogc:Filter><ogc:And>");
    for (size_t i = 0; i < 3 && style->where[i][0] != NULL; i++)
        add_comparison("PropertyIsEqualTo", style->where[i][0], style->where[i][1], out);
    if (rule->column != NULL && rule->equals != NULL) {
        add_comparison("PropertyIsEqualTo", rule->column, rule->equals, out);
    } else if (rule->column != NULL && rule->is_null) {
        add_comparison("PropertyIsNull", rule->column, NULL, out);
    } else if (rule->column != NULL) {
        add_comparison("PropertyIsGreaterThanOrEqualTo", rule->column, wks_text_exact(rule->low, number), out);
        add_comparison(rule->is_last ? "PropertyIsLessThanOrEqualTo" : "PropertyIsLessThan", rule->column,
                       wks_text_exact(rule->high, number), out);
    }
    wks_text_add(out, "</ogc:And></ogc:Filter>");
}

static void add_fill(const wks_map_style_rule *rule, wks_text *out)
{
    wks_text_add(out, "<PolygonSymbolizer>");
    if (rule->fill == WKS_MAP_STYLE_HATCHED)
        wks_text_addf(out,
                      "<Fill><GraphicFill><Graphic><Mark><WellKnownName>slash</WellKnownName><Stroke><CssParameter "
                      "name=\"stroke\">#%06x</CssParameter></Stroke></Mark><Size>8</Size></Graphic></GraphicFill></Fill>",
                      rule->colour);
    if (rule->fill == WKS_MAP_STYLE_PLAIN)
        wks_text_addf(out, "<Fill><CssParameter name=\"fill\">#%06x</CssParameter></Fill>", rule->colour);
    wks_text_add(out, "<Stroke><CssParameter name=\"stroke\">#5a5a5a</CssParameter><CssParameter "
                      "name=\"stroke-width\">0.5</CssParameter></Stroke></PolygonSymbolizer>");
}

void wks_map_style_sld(const wks_map_style *style, wks_text *out)
{
    wks_text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><StyledLayerDescriptor xmlns=\"http://www.opengis.net/sld\" "
                      "xmlns:ogc=\"http://www.opengis.net/ogc\" version=\"1.0.0\"><NamedLayer><Name>");
    add_escaped(style->name, out);
    wks_text_add(out, "</Name><UserStyle><Title>");
    add_escaped(style->title, out);
    wks_text_add(out, "</Title><FeatureTypeStyle>");
    for (size_t i = 0; i < style->n_rules; i++) {
        wks_text_add(out, "<Rule><Title>");
        add_escaped(style->rule[i].label, out);
        wks_text_add(out, "</Title>");
        add_filter(style, &style->rule[i], out);
        add_fill(&style->rule[i], out);
        wks_text_add(out, "</Rule>");
    }
    wks_text_add(out, "</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>");
}
