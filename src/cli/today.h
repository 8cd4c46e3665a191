/*
 * today.h: which day it is.
 */
#ifndef NKC_SRC_CLI_TODAY_H
#define NKC_SRC_CLI_TODAY_H

#include <nkcite/record.h>

/* Today by the user's clock and zone, or the day of SOURCE_DATE_EPOCH, so that a run can be repeated. */
nkc_date_point cli_today(void);

#endif
