/* JSON: values read from and written to text (jansson underneath; no other file knows it). Object keys keep insertion order. */
#ifndef WKS_BASE_JSON_H
#define WKS_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

typedef struct wks_json wks_json; /* a reference; opaque */

/* Makers give a new reference (NULL: no memory). Setting/appending takes the reference over. */
wks_json *wks_json_object(void);
wks_json *wks_json_array(void);
wks_json *wks_json_string(const char *s);
wks_json *wks_json_number(double value); /* NaN gives null */
wks_json *wks_json_integer(int64_t value);
wks_json *wks_json_bool(bool value);
void wks_json_free(wks_json *json);
void wks_json_set_take(wks_json *object, const char *key, wks_json *value);
void wks_json_append_take(wks_json *array, wks_json *value);

/* Readers borrow; a missing key gives NULL / 0 / false / "". */
const wks_json *wks_json_get(const wks_json *object, const char *key);
size_t wks_json_size(const wks_json *array);
const wks_json *wks_json_at(const wks_json *array, size_t i);
const char *wks_json_text(const wks_json *json);
double wks_json_double(const wks_json *json);
int64_t wks_json_int(const wks_json *json);
bool wks_json_is_object(const wks_json *json);
bool wks_json_is_array(const wks_json *json);

/** Parses; on an error WKS_ERR_DATA with line and column in the message. */
wks_status wks_json_parse(const char *bytes, size_t n, wks_json **out, wks_err *err);
/** Pretty (2 blanks) or compact text. */
wks_status wks_json_write(const wks_json *json, bool pretty, wks_text *out, wks_err *err);

/** Adds a JSON string literal (quotes included); '<' becomes \u003c so that it is safe inside a script element. */
void wks_json_add_string(wks_text *out, const char *s);

#endif
