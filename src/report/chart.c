#include "report/chart.h"

#include <math.h>

enum { WIDTH = 460, HEIGHT = 210, LEFT = 52, RIGHT = 12, TOP = 10, BOTTOM = 26, MOST_POINTS = 41 };

double wks_chart_step(double range, int n)
{
    double rough = range / n, power = 1.0;
    if (!(rough > 0.0) || !isfinite(rough)) return 1.0;
    while (power > rough)
        power /= 10.0;
    while (power * 10.0 <= rough)
        power *= 10.0;
    if (rough > 5.0 * power) return 10.0 * power;
    if (rough > 2.0 * power) return 5.0 * power;
    return rough > power ? 2.0 * power : power;
}

size_t wks_chart_stride(size_t n, size_t most)
{
    return n > most && most > 1 ? (n - 2) / (most - 1) + 1 : 1;
}

bool wks_chart_keeps(size_t i, size_t n, size_t stride)
{
    return i == 0 || (n - 1 - i) % stride == 0;
}

/* Scale of a plot: data range and where it lies in the drawing. */
typedef struct frame {
    double x0, x1, y0, y1;
    double left, right, top, bottom;
} frame;

static double to_x(const frame *f, double x)
{
    return f->left + (x - f->x0) / (f->x1 - f->x0) * (f->right - f->left);
}

static double to_y(const frame *f, double y)
{
    return f->bottom - (y - f->y0) / (f->y1 - f->y0) * (f->bottom - f->top);
}

static void widen(double *low, double *high, double value)
{
    if (!isfinite(value)) return;
    if (!(*low <= value)) *low = value;
    if (!(*high >= value)) *high = value;
}

static void round_range(double *low, double *high, double *out_step)
{
    if (!isfinite(*low) || !isfinite(*high)) {
        *low = 0.0;
        *high = 1.0;
    }
    if (*high - *low < 1e-12 * (1.0 + fabs(*low))) {
        double pad = fabs(*low) > 0.0 ? 0.05 * fabs(*low) : 1.0;
        *low -= pad;
        *high += pad;
    }
    *out_step = wks_chart_step(*high - *low, 4);
    *low = floor(*low / *out_step + 1e-9) * *out_step;
    *high = ceil(*high / *out_step - 1e-9) * *out_step;
}

/* Five steps of the last decimal that is told; a range from zero on stays there. */
static void span_least(frame *f, const wks_chart_axes *axes)
{
    double least = axes->format.percent ? 0.05 : 5.0;
    for (int i = 0; i < axes->format.decimals; i++)
        least /= 10.0;
    double lack = (least - (f->y1 - f->y0)) / 2.0;
    if (!(lack > 0.0)) return;
    f->y0 = f->y0 >= 0.0 && f->y0 < lack ? 0.0 : f->y0 - lack;
    f->y1 = fmax(f->y1, f->y0 + least);
}

/* Decimals that the labels of an axis with this step need. */
static int decimals_for(double step)
{
    int decimals = 0;
    while (decimals < 6 && fabs(step - floor(step + 0.5)) > 1e-6 * step) {
        step *= 10.0;
        decimals++;
    }
    return decimals;
}

static void y_axis(wks_text *out, const frame *f, const wks_chart_axes *axes, double step)
{
    double factor = axes->format.percent ? 100.0 : 1.0;
    wks_notation_format format = {axes->format.percent, decimals_for(step * factor)};
    int n = (int)floor((f->y1 - f->y0) / step + 0.5);
    for (int i = 0; i <= n; i++) {
        double value = f->y0 + i * step;
        double y = to_y(f, value);
        bool is_zero = fabs(value) < 1e-9 * step;
        if (is_zero) value = 0.0;
        const bool is_edge = i == 0 || i == n || (is_zero && i > 1 && i < n - 1); /* where there is room for few */
        wks_text_addf(out, "<path class=\"%s\" d=\"M%.0f %.1fH%.0f\"/><text x=\"%.0f\" y=\"%.1f\" class=\"ty%s\">",
                      axes->zero_line && is_zero ? "zero" : "grid", f->left, y, f->right, f->left - 6.0, y + 3.5, is_edge ? " edge" : "");
        if (axes->zero_line) {
            wks_notation_difference(axes->lang, format, value, out);
        } else {
            wks_notation_value(axes->lang, format, value, out);
        }
        wks_text_add(out, "</text>");
    }
}

/* Years at January, or steps. */
static void x_axis(wks_text *out, const frame *f, const wks_chart_axes *axes)
{
    bool is_month = axes->first_month >= 0;
    double unit = is_month ? 12.0 : 1.0;
    double step = wks_chart_step((f->x1 - f->x0) / unit, 6);
    if (step < 1.0) step = 1.0;
    double first = is_month ? (double)((axes->first_month + 11) / 12) : f->x0;
    for (double at = ceil(first / step) * step;; at += step) {
        double x = is_month ? at * 12.0 - axes->first_month : at;
        if (x > f->x1 + 1e-9) break;
        double px = to_x(f, x);
        wks_text_addf(out, "<path class=\"tick\" d=\"M%.1f %.0fv4\"/><text x=\"%.1f\" y=\"%.0f\" class=\"tx\">%.0f</text>", px, f->bottom,
                      px, f->bottom + 16.0, at);
    }
    wks_text_addf(out, "<path class=\"axis\" d=\"M%.0f %.1fH%.0f\"/>", f->left, f->bottom, f->right);
}

static void open_svg(wks_text *out, int width, int height, const char *title, const char *css_class)
{
    wks_text_addf(out, "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", css_class, width, height);
    wks_notation_escape(out, title);
    wks_text_add(out, "\">");
}

/* The run-in: from the left edge to its last tick, as far as the axis goes. */
static void draw_warmup(wks_text *out, const frame *f, int32_t warmup)
{
    if (warmup <= 0 || !(warmup > f->x0)) return;
    const double right = to_x(f, fmin(warmup, f->x1));
    wks_text_addf(out, "<rect class=\"warmup\" x=\"%.0f\" y=\"%.0f\" width=\"%.1f\" height=\"%.0f\"/>", f->left, f->top, right - f->left,
                  f->bottom - f->top);
}

static void draw_band(wks_text *out, const frame *f, const wks_chart_line *line)
{
    const size_t stride = wks_chart_stride(line->n, MOST_POINTS);
    size_t i = 0;
    while (i < line->n) {
        while (i < line->n && !(isfinite(line->low[i]) && isfinite(line->high[i])))
            i++;
        size_t begin = i;
        while (i < line->n && isfinite(line->low[i]) && isfinite(line->high[i]))
            i++;
        if (i - begin < 2) continue;
        wks_text_addf(out, "<path class=\"band s%d\" d=\"M", line->style);
        for (size_t k = begin; k < i; k++)
            if (k == begin || wks_chart_keeps(k, line->n, stride))
                wks_text_addf(out, "%.0f,%.1f ", to_x(f, line->x[k]), to_y(f, line->high[k]));
        for (size_t k = i; k-- > begin;)
            if (k == begin || wks_chart_keeps(k, line->n, stride))
                wks_text_addf(out, "%.0f,%.1f ", to_x(f, line->x[k]), to_y(f, line->low[k]));
        wks_text_add(out, "z\"/>");
    }
}

static void draw_line(wks_text *out, const frame *f, const wks_chart_line *line)
{
    const size_t stride = wks_chart_stride(line->n, MOST_POINTS);
    bool is_down = false;
    wks_text_addf(out, "<path class=\"line s%d\" d=\"", line->style);
    for (size_t i = 0; i < line->n; i++) {
        if (!isfinite(line->y[i])) {
            is_down = false;
            continue;
        }
        if (is_down && !wks_chart_keeps(i, line->n, stride)) continue;
        wks_text_addf(out, "%s%.0f,%.1f ", is_down ? "" : "M", to_x(f, line->x[i]), to_y(f, line->y[i]));
        is_down = true;
    }
    wks_text_add(out, "\"/>");
}

void wks_chart_lines(wks_text *out, const wks_chart_axes *axes, const wks_chart_line *line, size_t n_lines)
{
    frame f = {NAN, NAN, NAN, NAN, LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM};
    double step;

    if (axes->zero_line) widen(&f.y0, &f.y1, 0.0);
    for (size_t k = 0; k < n_lines; k++) {
        for (size_t i = 0; i < line[k].n; i++) {
            widen(&f.x0, &f.x1, line[k].x[i]);
            widen(&f.y0, &f.y1, line[k].y[i]);
            if (line[k].low != NULL) widen(&f.y0, &f.y1, line[k].low[i]);
            if (line[k].high != NULL) widen(&f.y0, &f.y1, line[k].high[i]);
        }
    }
    if (!(f.x1 > f.x0)) {
        f.x0 = 0.0;
        f.x1 = 1.0;
    }
    span_least(&f, axes);
    round_range(&f.y0, &f.y1, &step);
    open_svg(out, WIDTH, HEIGHT, axes->title, "plot");
    draw_warmup(out, &f, axes->warmup);
    y_axis(out, &f, axes, step);
    x_axis(out, &f, axes);
    for (size_t k = 0; k < n_lines; k++) {
        if (line[k].low != NULL && line[k].high != NULL) draw_band(out, &f, &line[k]);
    }
    for (size_t k = 0; k < n_lines; k++)
        draw_line(out, &f, &line[k]);
    wks_text_add(out, "</svg>");
}

void wks_chart_whisker(wks_text *out, double low, double mean, double high, double half_range, int style)
{
    enum { W = 160, MIDDLE = 80, HALF = 76 };
    double scale = half_range > 0.0 && isfinite(half_range) ? HALF / half_range : 0.0;
    wks_text_addf(out, "<svg class=\"whisker s%d\" viewBox=\"0 0 %d 14\" aria-hidden=\"true\"><path class=\"zero\" d=\"M%d 0V14\"/>", style,
                  W, MIDDLE);
    if (isfinite(mean)) {
        if (isfinite(low) && isfinite(high)) {
            wks_text_addf(out, "<path class=\"bar\" d=\"M%.1f 7H%.1f\"/>", MIDDLE + low * scale, MIDDLE + high * scale);
        }
        bool is_clear = isfinite(low) && isfinite(high) && (low > 0.0 || high < 0.0);
        wks_text_addf(out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"7\" r=\"3.6\"/>", is_clear ? "dot" : "dot open", MIDDLE + mean * scale);
    }
    wks_text_add(out, "</svg>");
}

/* The drawing's edge for what lies beyond it. */
static double within(const frame *f, double y)
{
    return to_y(f, y < f->y0 ? f->y0 : y > f->y1 ? f->y1 : y);
}

void wks_chart_strip_draw(wks_text *out, const wks_chart_axes *axes, const wks_chart_strip *strip)
{
    enum { W = 1000, H = 150 };
    frame f = {-0.5, strip->n > 0 ? (double)strip->n - 0.5 : 0.5, NAN, NAN, LEFT, W - 6, 8, H - 8};
    double step;

    if (axes->zero_line) widen(&f.y0, &f.y1, 0.0);
    for (size_t i = 0; i < strip->n; i++) {
        if (strip->few[i]) continue;
        widen(&f.y0, &f.y1, strip->mean[i]);
        widen(&f.y0, &f.y1, strip->low[i]);
        widen(&f.y0, &f.y1, strip->high[i]);
    }
    round_range(&f.y0, &f.y1, &step);
    open_svg(out, W, H, axes->title, "plot strip");
    y_axis(out, &f, axes, step);
    for (size_t i = 0; i < strip->n; i++) {
        if (!isfinite(strip->mean[i])) continue;
        double x = to_x(&f, (double)i);
        bool has_interval = isfinite(strip->low[i]) && isfinite(strip->high[i]);
        bool is_clear = !axes->zero_line || (has_interval && (strip->low[i] > 0.0 || strip->high[i] < 0.0));
        wks_text_addf(out, "<g class=\"s%d%s\"><title>", strip->style, strip->few[i] ? " few" : "");
        wks_notation_escape(out, strip->name[i]);
        wks_text_add(out, "</title>");
        if (has_interval) {
            wks_text_addf(out, "<path class=\"bar\" d=\"M%.1f %.1fV%.1f\"/>", x, within(&f, strip->low[i]), within(&f, strip->high[i]));
        }
        wks_text_addf(out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/></g>", is_clear ? "dot" : "dot open", x,
                      within(&f, strip->mean[i]));
    }
    wks_text_add(out, "</svg>");
}

void wks_chart_shares(wks_text *out, const double *share, const char *const *css_class, size_t n)
{
    double at = 0.0;
    wks_text_add(out, "<svg class=\"shares\" viewBox=\"0 0 200 14\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(share[i])) continue;
        wks_text_addf(out, "<path class=\"%s\" d=\"M%.1f 1h%.1fv12H%.1fz\"/>", css_class[i], at * 200.0, share[i] * 200.0, at * 200.0);
        at += share[i];
    }
    wks_text_add(out, "</svg>");
}
