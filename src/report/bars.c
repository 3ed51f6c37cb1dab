#include "report/bars.h"

#include <math.h>

#include "report/chart.h"

/* Narrow, so that what is written stays readable on a telephone: page.css makes it as wide as 17.5 px letters allow. */
enum { WIDTH = 560, LEFT = 26, RIGHT = 26, ROW = 42, NAME = 17, TOP = 2, BOTTOM = 28, LONGEST = 58 };

int wks_bars_decimals(double largest)
{
    enum { MOST = 9 };
    int decimals = 0;

    largest = fabs(largest);
    if (!(largest > 0.0) || !isfinite(largest)) return 0;
    while (decimals < MOST && largest < 100.0) {
        largest *= 10.0;
        decimals++;
    }
    return decimals;
}

static void widen(double *low, double *high, double value)
{
    if (!isfinite(value)) return;
    if (value < *low) *low = value;
    if (value > *high) *high = value;
}

/* At most LONGEST characters; UTF-8 is cut between characters. */
static void add_short_name(wks_text *out, const char *name)
{
    wks_text cut = WKS_TEXT_INIT;
    size_t i = 0, n = 0;

    while (name[i] != '\0' && n < LONGEST) {
        i++;
        while (((unsigned char)name[i] & 0xC0U) == 0x80U)
            i++;
        n++;
    }
    wks_text_add_bytes(&cut, name, i);
    if (name[i] != '\0') wks_text_add(&cut, "…");
    wks_notation_escape(out, cut.data != NULL ? cut.data : "");
    wks_text_free(&cut);
}

static void add_title(wks_text *out, const char *title)
{
    if (title == NULL) return;
    wks_text_add(out, "<title>");
    wks_notation_escape(out, title);
    wks_text_add(out, "</title>");
}

static void add_axis(wks_text *out, wks_notation_lang lang, double low, double high, double step, double scale, int height)
{
    const int decimals = wks_bars_decimals(step * 100.0) > 0 ? wks_bars_decimals(step * 100.0) : 0;

    for (int i = 0; low + i * step <= high + 1e-9 * step; i++) {
        const double value = fabs(low + i * step) < 1e-9 * step ? 0.0 : low + i * step, x = LEFT + (value - low) * scale;
        wks_text_addf(out, "<path class=\"%s\" d=\"M%.1f %dV%d\"/><text class=\"tx\" x=\"%.1f\" y=\"%d\">", value == 0.0 ? "zero" : "grid",
                      x, TOP, height - BOTTOM, x, height - BOTTOM + 16);
        wks_notation_number(lang, value, decimals, out);
        wks_text_add(out, "</text>");
    }
}

static void add_interval(wks_text *out, double low, double high, double origin, double scale, double y, double width)
{
    if (!isfinite(low) || !isfinite(high)) return;
    wks_text_addf(out, "<path class=\"tick\" stroke-width=\"%.1f\" d=\"M%.1f %.1fH%.1fM%.1f %.1fv6M%.1f %.1fv6\"/>", width,
                  LEFT + (low - origin) * scale, y, LEFT + (high - origin) * scale, LEFT + (low - origin) * scale, y - 3.0,
                  LEFT + (high - origin) * scale, y - 3.0);
}

void wks_bars_draw(wks_text *out, wks_notation_lang lang, const char *title, const wks_bars_item *item, size_t n)
{
    const int height = TOP + (int)n * ROW + BOTTOM;
    double low = 0.0, high = 0.0;

    for (size_t i = 0; i < n; i++) {
        const double edge[] = {item[i].value, item[i].low, item[i].high, item[i].luck_low, item[i].luck_high};
        for (size_t k = 0; k < sizeof edge / sizeof *edge; k++)
            widen(&low, &high, edge[k]);
    }
    if (!(high > low)) high = low + 1.0;
    const double step = wks_chart_step(high - low, 6);
    low = floor(low / step + 1e-9) * step;
    high = ceil(high / step - 1e-9) * step;
    const double scale = (WIDTH - LEFT - RIGHT) / (high - low);
    wks_text_addf(out, "<svg class=\"plot bars\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH, height);
    wks_notation_escape(out, title);
    wks_text_add(out, "\">");
    add_axis(out, lang, low, high, step, scale, height);
    for (size_t i = 0; i < n; i++) {
        const double y = TOP + (double)i * ROW + 30.0, x = isfinite(item[i].value) ? item[i].value : 0.0, from = fmin(x, 0.0);
        wks_text_addf(out, "<text class=\"name\" x=\"2\" y=\"%d\">", TOP + (int)i * ROW + NAME);
        add_title(out, item[i].title);
        add_short_name(out, item[i].name);
        wks_text_addf(out, "</text><rect class=\"dot s1\" fill-opacity=\"0.45\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"12\"/>",
                      LEFT + (from - low) * scale, y - 6.0, fabs(x) * scale);
        add_interval(out, item[i].low, item[i].high, low, scale, y - 2.5, 2.2);
        add_interval(out, item[i].luck_low, item[i].luck_high, low, scale, y + 3.5, 1.0);
    }
    wks_text_add(out, "</svg>");
}

void wks_bars_range(wks_text *out, double low, double high, double from, double to, double best)
{
    enum { W = 160 };
    const double scale = high > low ? (W - 8) / (high - low) : 0.0;

    wks_text_addf(out, "<svg class=\"whisker s1\" viewBox=\"0 0 %d 14\" aria-hidden=\"true\"><path class=\"axis\" d=\"M4 7H%d\"/>", W,
                  W - 4);
    if (isfinite(from) && isfinite(to)) {
        wks_text_addf(out, "<rect class=\"dot\" fill-opacity=\"0.45\" x=\"%.1f\" y=\"3\" width=\"%.1f\" height=\"8\"/>",
                      4.0 + (fmax(from, low) - low) * scale, (fmin(to, high) - fmax(from, low)) * scale);
    }
    if (isfinite(best)) wks_text_addf(out, "<circle class=\"dot\" cx=\"%.1f\" cy=\"7\" r=\"3\"/>", 4.0 + (best - low) * scale);
    wks_text_add(out, "</svg>");
}

void wks_bars_course(wks_text *out, const double *y, size_t n, double y_low, double y_high)
{
    const double scale = y_high > y_low ? 26.0 / (y_high - y_low) : 0.0;
    bool is_down = false;

    wks_text_add(out,
                 "<svg class=\"whisker s1\" style=\"height:30px\" viewBox=\"0 0 160 30\" aria-hidden=\"true\"><path class=\"line\" d=\"");
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(y[i])) {
            is_down = false;
            continue;
        }
        wks_text_addf(out, "%s%.1f,%.1f ", is_down ? "" : "M", n > 1 ? 4.0 + 152.0 * (double)i / (double)(n - 1) : 80.0,
                      28.0 - (y[i] - y_low) * scale);
        is_down = true;
    }
    wks_text_add(out, "\"/></svg>");
}
