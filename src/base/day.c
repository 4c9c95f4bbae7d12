/* SPDX-License-Identifier: MIT
 *
 * Days of the calendar.
 */
#include "base/day.h"

#include <time.h>

#define SECONDS_OF_DAY 86400

static bool is_leap_year(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap_year(year));
}

/* Days from 0000-01-01 to the beginning of a year. */
static int days_before_year(int year)
{
	int before = year - 1;

	return year ? 366 + before * 365 + before / 4 - before / 100 + before / 400 : 0;
}

/* A number of exactly so many digits, or -1. */
static int read_number(const char *text, size_t digits)
{
	int number = 0;

	for (size_t i = 0; i < digits; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		number = number * 10 + (text[i] - '0');
	}
	return number;
}

bool day_parse(const char *text, size_t len, int32_t *day)
{
	int year, month, days;

	if (len != strlen("YYYY-MM-DD") || text[4] != '-' || text[7] != '-')
		return false;
	year = read_number(text, 4);
	month = read_number(text + 5, 2);
	days = read_number(text + 8, 2);
	if (year < 0 || month < 1 || month > 12 || days < 1 || days > days_of_month(year, month))
		return false;
	*day = days_before_year(year) - days_before_year(1970) + days - 1;
	for (int m = 1; m < month; m++)
		*day += days_of_month(year, m);
	return true;
}

/* Eleven digits last for three thousand years. */
static bool read_seconds(const char *text, time_t *seconds)
{
	size_t len = strspn(text, "0123456789");

	if (!len || len > 11 || text[len])
		return false;
	*seconds = (time_t)strtoll(text, NULL, 10);
	return true;
}

int day_today(int32_t *day, struct error *err)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t seconds = time(NULL);

	if (epoch && *epoch && !read_seconds(epoch, &seconds))
		return error_set(err, "SOURCE_DATE_EPOCH: '%s' is no number of seconds since 1970", epoch);
	*day = (int32_t)(seconds / SECONDS_OF_DAY);
	return 0;
}
