/* What every test needs: cmocka with its headers in the right order, and floats compared as doubles. */
#ifndef WKS_TESTS_SUPPORT_CHECK_H
#define WKS_TESTS_SUPPORT_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/problems.h"

/** |a - b| <= abs or |a - b| <= rel * max(|a|, |b|); NaN is close to NaN only. (assert_float_equal of cmocka casts to float.) */
#define assert_close(a, b, rel, abs) wks_check_close((a), (b), (rel), (abs), #a, __FILE__, __LINE__)
void wks_check_close(double a, double b, double rel, double abs, const char *what, const char *file, int line);

/** The call succeeded; prints the message of the error otherwise. */
#define assert_ok(rc, err)               wks_check_status((rc), WKS_OK, (err), #rc, __FILE__, __LINE__)
/** The call failed with this status and left a message. */
#define assert_status(rc, expected, err) wks_check_status((rc), (expected), (err), #rc, __FILE__, __LINE__)
void wks_check_status(wks_status rc, wks_status expected, const wks_err *err, const char *what, const char *file, int line);

/** The problems print exactly as these lines (each ended by \n). */
#define assert_problems(problems, expected) wks_check_problems((problems), (expected), __FILE__, __LINE__)
void wks_check_problems(const wks_problems *problems, const char *expected, const char *file, int line);

/** The text contains this part. */
#define assert_contains(text, part) wks_check_contains((text), (part), __FILE__, __LINE__)
void wks_check_contains(const char *text, const char *part, const char *file, int line);

/** Path of tests/data, or of ../shared/data (NULL where it is not there). Borrowed. */
const char *wks_check_test_data(void);
const char *wks_check_shared_data(void);
/** Path of ../shared/data; skips the test with a message where it is not there. */
const char *wks_check_need_shared_data(void);

#endif
