#include "report/packed.h"

#include <math.h>

#include "report/scaled.h"

/* A whole number as characters that JSON and a <script> leave alone: twice its size (plus one when negative) in digits of 44, the least first,
 * a digit that another follows 44 higher; 88 says that there is no number. '<' and '\' are skipped. page.js reads it back (unfold). */
enum { BASE = 44, NOTHING = 88, FIRST_CHAR = 35 };

static void add_digit(wks_text *out, int digit)
{
    int c = FIRST_CHAR + digit;
    if (c >= '<') c++;
    if (c >= '\\') c++;
    wks_text_add_char(out, (char)c);
}

static void add_packed(wks_text *out, double step)
{
    double rest = step < 0.0 ? -2.0 * step - 1.0 : 2.0 * step;
    while (rest >= BASE) {
        double next = floor(rest / BASE);
        add_digit(out, BASE + (int)(rest - next * BASE));
        rest = next;
    }
    add_digit(out, (int)rest);
}

void wks_packed_add(wks_text *out, const double *value, size_t n, size_t width, double power, double *last)
{
    for (size_t i = 0; i < width; i++)
        last[i] = 0.0;
    wks_text_add_char(out, '"');
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(value[i])) {
            add_digit(out, NOTHING);
            continue;
        }
        const double now = wks_scaled_round(value[i], power);
        add_packed(out, now - last[i % width]);
        last[i % width] = now;
    }
    wks_text_add_char(out, '"');
}
