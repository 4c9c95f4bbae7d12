/* SPDX-License-Identifier: MIT
 *
 * Days of the calendar, as numbers that can be compared: days since
 * 1970-01-01, in UTC.
 */
#ifndef ASYNCGREP_DAY_H
#define ASYNCGREP_DAY_H

#include "base/common.h"
#include "base/error.h"

#define DAY_MIN INT32_MIN
#define DAY_MAX INT32_MAX

/* Reads YYYY-MM-DD, which has to be a day that there is; false otherwise. */
bool day_parse(const char *text, size_t len, int32_t *day);
/*
 * The day that it is; or, for builds and tests that are to come out the same on any day, the one that holds the
 * second SOURCE_DATE_EPOCH. -1: that variable is set and no number of seconds.
 */
int day_today(int32_t *day, struct error *err);

#endif
