#include "import/quality_map.h"

#include <math.h>

enum { WIDTH = 900, MARGIN = 20, LEGEND = 90, N_CLASSES = 5 };
/* One hue from light to dark, told apart in grey as well. */
static const char *const colours[N_CLASSES] = {"#eef3f7", "#c3d7e6", "#8fb3cf", "#5485ab", "#1f4e79"};

double wks_quality_map_share(const wks_draft_area *buurt)
{
    int32_t n = 0;
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++)
        n += buurt->origin[c] != WKS_CITY_ORIGIN_published && buurt->origin[c] != WKS_CITY_ORIGIN_rounded;
    return (double)n / WKS_CITY_N_COLUMNS;
}

static int32_t class_of(double share)
{
    int32_t class = (int32_t)(share * N_CLASSES);
    return class < N_CLASSES ? class : N_CLASSES - 1;
}

typedef struct frame {
    double x_low, y_high, scale; /* pixels a metre */
    double width, height;
} frame;

static frame frame_of(const wks_geometry *geometry)
{
    double x_low = INFINITY, x_high = -INFINITY, y_low = INFINITY, y_high = -INFINITY;
    for (int64_t p = 0; p < geometry->point_start[geometry->n_rings]; p++) {
        x_low = fmin(x_low, geometry->x[p]);
        x_high = fmax(x_high, geometry->x[p]);
        y_low = fmin(y_low, geometry->y[p]);
        y_high = fmax(y_high, geometry->y[p]);
    }
    double span = fmax(fmax(x_high - x_low, y_high - y_low), 1.0);
    frame f = {.x_low = x_low, .y_high = y_high, .scale = (WIDTH - 2 * MARGIN) / span};
    f.width = (x_high - x_low) * f.scale + 2 * MARGIN;
    f.width = fmax(f.width, 460.0); /* room for the legend */
    f.height = (y_high - y_low) * f.scale + 2 * MARGIN + LEGEND;
    return f;
}

static void add_escaped(wks_text *out, const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s == '&')
            wks_text_add(out, "&amp;");
        else if (*s == '<')
            wks_text_add(out, "&lt;");
        else if (*s == '>')
            wks_text_add(out, "&gt;");
        else
            wks_text_add_char(out, *s);
    }
}

static void add_pixels(wks_text *out, double pixels)
{
    wks_text_add_number(out, floor(pixels * 10.0 + 0.5) / 10.0);
}

static void add_area(const wks_draft *draft, int32_t area, const frame *f, wks_text *out)
{
    const wks_geometry *g = &draft->geometry;
    const wks_draft_area *buurt = &draft->buurt[wks_draft_buurt_row(draft, g->code[area])];
    double share = wks_quality_map_share(buurt);
    wks_text_addf(out, "<path fill=\"%s\" d=\"", colours[class_of(share)]);
    for (int32_t r = g->ring_start[area]; r < g->ring_start[area + 1]; r++) {
        for (int64_t p = g->point_start[r]; p < g->point_start[r + 1]; p++) {
            wks_text_add(out, p == g->point_start[r] ? "M" : "L");
            add_pixels(out, MARGIN + (g->x[p] - f->x_low) * f->scale);
            wks_text_add_char(out, ' ');
            add_pixels(out, MARGIN + LEGEND + (f->y_high - g->y[p]) * f->scale);
        }
        wks_text_add(out, "Z");
    }
    wks_text_add(out, "\"><title>");
    add_escaped(out, buurt->name);
    wks_text_addf(out, " (%s): %.0f %%</title></path>\n", buurt->code, floor(100.0 * share + 0.5));
}

static void add_legend(const frame *f, wks_text *out)
{
    static const double lengths_m[] = {500, 1000, 2000, 5000, 10000, 20000, 50000};
    wks_text_addf(out,
                  "<text x=\"%d\" y=\"28\" font-size=\"16\" font-weight=\"bold\">What is estimated: share of a buurt's figures</text>\n",
                  MARGIN);
    wks_text_addf(out,
                  "<text x=\"%d\" y=\"46\" font-size=\"12\">not published of the buurt itself by CBS or BZK; white: no polygon</text>\n",
                  MARGIN);
    for (int32_t c = 0; c < N_CLASSES; c++) {
        int32_t x = MARGIN + 86 * c;
        wks_text_addf(out, "<rect x=\"%d\" y=\"56\" width=\"20\" height=\"14\" fill=\"%s\" stroke=\"#555\" stroke-width=\"0.5\"/>", (int)x,
                      colours[c]);
        wks_text_addf(out, "<text x=\"%d\" y=\"68\" font-size=\"12\">%d-%d %%</text>\n", (int)x + 24, 20 * (int)c, 20 * ((int)c + 1));
    }
    size_t k = 0;
    while (k + 1 < sizeof lengths_m / sizeof *lengths_m && lengths_m[k + 1] * f->scale <= 150.0)
        k++;
    double pixels = lengths_m[k] * f->scale;
    wks_text_addf(out, "<path fill=\"none\" stroke=\"#222\" stroke-width=\"1.5\" d=\"M%d 80v6h", MARGIN);
    add_pixels(out, pixels);
    wks_text_add(out, "v-6\"/><text y=\"88\" font-size=\"11\" x=\"");
    add_pixels(out, MARGIN + pixels + 6.0);
    wks_text_addf(out, "\">%g km</text>\n", lengths_m[k] / 1000.0);
}

void wks_quality_map(const wks_draft *draft, wks_text *out)
{
    if (draft->geometry.n_areas == 0) return;
    frame f = frame_of(&draft->geometry);
    wks_text_addf(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" font-family=\"sans-serif\" "
        "fill=\"#222\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
        f.width, f.height, f.width, f.height);
    add_legend(&f, out);
    wks_text_add(out, "<g stroke=\"#444\" stroke-width=\"0.4\" stroke-linejoin=\"round\" fill-rule=\"evenodd\">\n");
    for (int32_t a = 0; a < draft->geometry.n_areas; a++)
        add_area(draft, a, &f, out);
    wks_text_add(out, "</g>\n</svg>\n");
}
