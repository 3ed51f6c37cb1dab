#include "base/json.h"

#include <jansson.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { JSON_DEEPEST = 2048 };

/* A value that could not be added for lack of memory must not go missing silently: the next write in this thread fails. */
static _Thread_local bool json_lost = false;

/* ---- memory: jansson allocates through base/mem, so that the failing-allocation tests reach it ---- */

/* jansson's reader reports a lost allocation as a syntax error: this tells them apart. */
static _Thread_local bool json_starved = false;

static void *json_allocate(size_t n)
{
    void *memory = wks_mem_array(n, 1);
    if (memory == NULL) json_starved = true;
    return memory;
}

static void use_our_memory(void)
{
    json_set_alloc_funcs(json_allocate, free);
}

static void prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, use_our_memory);
}

/* `wks_json` is jansson's json_t under a name of ours. */
static wks_json *ours(json_t *json)
{
    return (wks_json *)json;
}

static json_t *theirs(wks_json *json)
{
    return (json_t *)json;
}

static const json_t *look(const wks_json *json)
{
    return (const json_t *)json;
}

/* ---- makers ---- */

wks_json *wks_json_object(void)
{
    prepare();
    return ours(json_object());
}

wks_json *wks_json_array(void)
{
    prepare();
    return ours(json_array());
}

/* Adds s with every byte that is no UTF-8 replaced by U+FFFD: paths and host names may hold anything. */
static void add_repaired(wks_text *out, const char *s)
{
    size_t n = strlen(s);
    while (n > 0) {
        size_t good = wks_text_utf8_prefix(s, n);
        wks_text_add_bytes(out, s, good);
        if (good < n) {
            wks_text_add(out, "\xEF\xBF\xBD");
            good++;
        }
        s += good;
        n -= good;
    }
}

wks_json *wks_json_string(const char *s)
{
    prepare();
    if (s == NULL) s = "";
    if (wks_text_is_utf8(s, strlen(s))) return ours(json_string(s));
    wks_text repaired = WKS_TEXT_INIT;
    add_repaired(&repaired, s);
    json_t *out = repaired.failed ? NULL : json_stringn(repaired.data, repaired.length);
    wks_text_free(&repaired);
    return ours(out);
}

wks_json *wks_json_number(double value)
{
    prepare();
    return ours(isfinite(value) ? json_real(value) : json_null());
}

wks_json *wks_json_integer(int64_t value)
{
    prepare();
    return ours(json_integer(value));
}

wks_json *wks_json_bool(bool value)
{
    return ours(json_boolean(value));
}

void wks_json_free(wks_json *json)
{
    json_decref(theirs(json));
}

void wks_json_set_take(wks_json *object, const char *key, wks_json *value)
{
    if (json_object_set_new(theirs(object), key, theirs(value)) != 0) json_lost = true;
}

void wks_json_append_take(wks_json *array, wks_json *value)
{
    if (json_array_append_new(theirs(array), theirs(value)) != 0) json_lost = true;
}

/* ---- readers ---- */

const wks_json *wks_json_get(const wks_json *object, const char *key)
{
    return (const wks_json *)json_object_get(look(object), key);
}

size_t wks_json_size(const wks_json *array)
{
    return json_array_size(look(array));
}

const wks_json *wks_json_at(const wks_json *array, size_t i)
{
    return (const wks_json *)json_array_get(look(array), i);
}

const char *wks_json_text(const wks_json *json)
{
    const char *text = json_string_value(look(json));
    return text == NULL ? "" : text;
}

double wks_json_double(const wks_json *json)
{
    return json_number_value(look(json));
}

int64_t wks_json_int(const wks_json *json)
{
    const json_t *value = look(json);
    if (json_is_true(value)) return 1;
    if (json_is_real(value)) {
        double real = json_real_value(value);
        return fabs(real) < 0x1p63 ? (int64_t)real : 0;
    }
    return json_integer_value(value);
}

bool wks_json_is_object(const wks_json *json)
{
    return json_is_object(look(json));
}

bool wks_json_is_array(const wks_json *json)
{
    return json_is_array(look(json));
}

/* ---- text ---- */

wks_status wks_json_parse(const char *bytes, size_t n, wks_json **out, wks_err *err)
{
    prepare();
    json_starved = false;
    json_error_t error;
    json_t *json = json_loadb(bytes, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    *out = ours(json);
    if (json != NULL) return WKS_OK;
    if (json_starved) return wks_err_set(err, WKS_ERR_NOMEM, "no memory to read JSON");
    return wks_err_set(err, WKS_ERR_DATA, "not valid JSON: line %d, column %d: %s", error.line, error.column, error.text);
}

static const char *escape_of(char c, char *buffer)
{
    static const char hex[] = "0123456789abcdef";
    switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
    }
    memcpy(buffer, "\\u00", 4);
    buffer[4] = hex[((unsigned char)c >> 4) & 15];
    buffer[5] = hex[(unsigned char)c & 15];
    buffer[6] = '\0';
    return buffer;
}

static bool needs_escape(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\' || c == '<' || c == 0x7F;
}

static void add_escaped(wks_text *out, const char *s)
{
    char buffer[8];
    wks_text_add_char(out, '"');
    while (*s != '\0') {
        size_t plain = 0;
        while (s[plain] != '\0' && !needs_escape(s[plain]))
            plain++;
        wks_text_add_bytes(out, s, plain);
        s += plain;
        if (*s != '\0') wks_text_add(out, escape_of(*s++, buffer));
    }
    wks_text_add_char(out, '"');
}

void wks_json_add_string(wks_text *out, const char *s)
{
    if (wks_text_is_utf8(s, strlen(s))) {
        add_escaped(out, s);
        return;
    }
    wks_text repaired = WKS_TEXT_INIT;
    add_repaired(&repaired, s);
    if (repaired.failed) {
        out->failed = true;
    } else {
        add_escaped(out, repaired.data);
    }
    wks_text_free(&repaired);
}

static void add_break(wks_text *out, bool pretty, int depth)
{
    if (!pretty) return;
    wks_text_add_char(out, '\n');
    for (int i = 0; i < depth; i++)
        wks_text_add(out, "  ");
}

static void add_value(wks_text *out, json_t *json, bool pretty, int depth);

static void add_object(wks_text *out, json_t *object, bool pretty, int depth)
{
    const char *key = NULL;
    json_t *value = NULL;
    bool first = true;
    wks_text_add_char(out, '{');
    json_object_foreach(object, key, value)
    {
        if (!first) wks_text_add_char(out, ',');
        first = false;
        add_break(out, pretty, depth + 1);
        wks_json_add_string(out, key);
        wks_text_add(out, pretty ? ": " : ":");
        add_value(out, value, pretty, depth + 1);
    }
    if (!first) add_break(out, pretty, depth);
    wks_text_add_char(out, '}');
}

static void add_array(wks_text *out, json_t *array, bool pretty, int depth)
{
    size_t i = 0;
    json_t *value = NULL;
    wks_text_add_char(out, '[');
    json_array_foreach(array, i, value)
    {
        if (i > 0) wks_text_add_char(out, ',');
        add_break(out, pretty, depth + 1);
        add_value(out, value, pretty, depth + 1);
    }
    if (json_array_size(array) > 0) add_break(out, pretty, depth);
    wks_text_add_char(out, ']');
}

static void add_value(wks_text *out, json_t *json, bool pretty, int depth)
{
    if (depth > JSON_DEEPEST) {
        out->failed = true;
        return;
    }
    switch (json_typeof(json)) {
    case JSON_OBJECT: add_object(out, json, pretty, depth); break;
    case JSON_ARRAY: add_array(out, json, pretty, depth); break;
    case JSON_STRING: wks_json_add_string(out, json_string_value(json)); break;
    case JSON_INTEGER: wks_text_addf(out, "%lld", (long long)json_integer_value(json)); break;
    case JSON_REAL: wks_text_add_number(out, json_real_value(json)); break;
    case JSON_TRUE: wks_text_add(out, "true"); break;
    case JSON_FALSE: wks_text_add(out, "false"); break;
    case JSON_NULL: wks_text_add(out, "null"); break;
    }
}

wks_status wks_json_write(const wks_json *json, bool pretty, wks_text *out, wks_err *err)
{
    bool lost = json_lost;
    json_lost = false;
    if (lost || json == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for JSON");
    /* jansson's loops want a pointer to change; nothing is changed. */
    union {
        const wks_json *in;
        json_t *out;
    } cast = {.in = json};
    add_value(out, cast.out, pretty, 0);
    if (out->failed) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for JSON");
    return WKS_OK;
}
