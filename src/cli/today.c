#include <config.h>

#include "cli/today.h"

#include <stdlib.h>
#include <time.h>

nkc_date_point cli_today(void)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t seconds = epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	struct tm day = { 0 };
	nkc_date_point point = { 0 };

	if (epoch)
		gmtime_r(&seconds, &day);
	else
		localtime_r(&seconds, &day);
	point.year = day.tm_year + 1900;
	point.month = (uint8_t)(day.tm_mon + 1);
	point.day = (uint8_t)day.tm_mday;
	return point;
}
