/*
 * check_require.c: fields that a source of its type must or should have.
 *
 * What custom.nkcite.absent declares absent is not asked for.
 */
#include "record/check.h"

#define T(name) NKC_TYPE_BIT(name)

/* Types that somebody signs. */
#define SIGNED \
	(T(ARTICLE) | T(ARTICLE_JOURNAL) | T(BOOK) | T(CHAPTER) | T(PAPER_CONFERENCE) | T(THESIS) | \
	 T(SPEECH) | T(INTERVIEW) | T(PERSONAL_COMMUNICATION) | T(PATENT) | T(REVIEW) | T(REVIEW_BOOK) | \
	 NKC_TYPES_PAGE)

/* Types whose works stand in something. */
#define CONTAINED \
	(T(ARTICLE_JOURNAL) | T(CHAPTER) | T(PAPER_CONFERENCE) | T(ENTRY) | T(ENTRY_DICTIONARY) | \
	 T(ENTRY_ENCYCLOPEDIA) | NKC_TYPES_PRESS | NKC_TYPES_PAGE)

#define ANY_MAX 6

/* One of the variables `any` must be there, unless one of them is declared absent. */
typedef struct need {
	uint64_t types;
	nkc_code code;
	const char *what; /* what is missing, in words */
	nkc_var any[ANY_MAX];
} need;

static const need needs[] = {
	{ NKC_TYPES_ALL & ~T(PERSONAL_COMMUNICATION),
	  NKC_CODE_MISSING_TITLE,
	  "title",
	  { NKC_VAR_TITLE, NKC_VAR_REVIEWED_TITLE } },
	{ NKC_TYPES_ALL & ~(T(CLASSIC) | T(PERIODICAL) | T(COLLECTION)),
	  NKC_CODE_MISSING_DATE,
	  "date",
	  { NKC_VAR_ISSUED, NKC_VAR_EVENT_DATE, NKC_VAR_SUBMITTED, NKC_VAR_ORIGINAL_DATE,
	    NKC_VAR_AVAILABLE_DATE, NKC_VAR_STATUS } },
	{ CONTAINED,
	  NKC_CODE_MISSING_OUTLET,
	  "outlet",
	  { NKC_VAR_CONTAINER_TITLE, NKC_VAR_PUBLISHER, NKC_VAR_EVENT_TITLE, NKC_VAR_EVENT,
	    NKC_VAR_JOURNALABBREVIATION, NKC_VAR_CONTAINER_TITLE_SHORT } },
	{ NKC_TYPES_PAGE,
	  NKC_CODE_MISSING_URL,
	  "address",
	  { NKC_VAR_URL, NKC_VAR_DOI, NKC_VAR_ARCHIVE_LOCATION } },
	{ NKC_TYPES_PAGE | NKC_TYPES_PRESS,
	  NKC_CODE_MISSING_ACCESSED,
	  "access date",
	  { NKC_VAR_ACCESSED, NKC_VAR_ARCHIVE_LOCATION, NKC_VAR_DOI } },
	{ T(BOOK) | T(REPORT) | T(THESIS),
	  NKC_CODE_MISSING_RECOMMENDED,
	  "publisher",
	  { NKC_VAR_PUBLISHER, NKC_VAR_URL } },
	{ T(ARTICLE_JOURNAL),
	  NKC_CODE_MISSING_RECOMMENDED,
	  "volume, issue or pages",
	  { NKC_VAR_VOLUME, NKC_VAR_ISSUE, NKC_VAR_PAGE, NKC_VAR_NUMBER, NKC_VAR_DOI, NKC_VAR_STATUS } },
	{ NKC_TYPES_PRESS,
	  NKC_CODE_MISSING_RECOMMENDED,
	  "address, issue or page",
	  { NKC_VAR_URL, NKC_VAR_PAGE, NKC_VAR_ISSUE, NKC_VAR_VOLUME, NKC_VAR_DOI,
	    NKC_VAR_ARCHIVE_LOCATION } },
	{ T(PATENT) | T(STANDARD), NKC_CODE_MISSING_RECOMMENDED, "number", { NKC_VAR_NUMBER } },
	{ T(LEGAL_CASE),
	  NKC_CODE_MISSING_RECOMMENDED,
	  "court",
	  { NKC_VAR_AUTHORITY, NKC_VAR_CONTAINER_TITLE } },
	{ T(DATASET) | T(SOFTWARE),
	  NKC_CODE_MISSING_RECOMMENDED,
	  "address",
	  { NKC_VAR_URL, NKC_VAR_DOI, NKC_VAR_PUBLISHER, NKC_VAR_ARCHIVE } },
};

/* An access date is asked for where there is an address to be seen. */
static bool applies(const nkc_check *check, const need *n)
{
	if (!nkc_check_is(check, n->types))
		return false;
	return n->code != NKC_CODE_MISSING_ACCESSED || nkc_check_has(check, NKC_VAR_URL);
}

static bool is_met(const nkc_check *check, const need *n)
{
	for (size_t i = 0; i < ANY_MAX && n->any[i]; i++) {
		if (nkc_check_get(check, n->any[i]) ||
		    !nkc_str_empty(nkc_record_absent(check->record, n->any[i])))
			return true;
	}
	return false;
}

/* Points at the type, which is why the field is asked for. */
static void report(const nkc_check *check, nkc_code code, const char *what)
{
	const nkc_value *type = nkc_record_get(check->record, NKC_VAR_TYPE);

	nkc_check_report(check, code, nkc_check_at(check, type), NULL, "this %s has no %s",
	                 nkc_type_name(check->type), what);
}

static void check_needs(const nkc_check *check)
{
	if (check->type == NKC_TYPE_NONE)
		return;
	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
		if (nkc_diags_wants(check->diags, needs[i].code) && applies(check, &needs[i]) &&
		    !is_met(check, &needs[i]))
			report(check, needs[i].code, needs[i].what);
	}
}

/* People who only stand beside the work. */
static bool is_bystander(nkc_var var)
{
	return var == NKC_VAR_COLLECTION_EDITOR || var == NKC_VAR_CONTAINER_AUTHOR ||
	       var == NKC_VAR_RECIPIENT || var == NKC_VAR_REVIEWED_AUTHOR || var == NKC_VAR_ORIGINAL_AUTHOR;
}

static void check_author(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);

	if (!nkc_check_is(check, SIGNED) || !nkc_str_empty(nkc_record_absent(check->record, NKC_VAR_AUTHOR)))
		return;
	for (const nkc_value *member = nkc_value_first(root); member; member = member->next) {
		nkc_var var = (nkc_var)member->atom;
		if (nkc_var_kind(var) == NKC_KIND_NAMES && !is_bystander(var))
			return;
	}
	report(check, NKC_CODE_MISSING_AUTHOR, "author");
}

const nkc_rule nkc_rules_require[] = {
	{ check_needs,
	  { NKC_CODE_MISSING_TITLE, NKC_CODE_MISSING_DATE, NKC_CODE_MISSING_OUTLET, NKC_CODE_MISSING_URL,
	    NKC_CODE_MISSING_ACCESSED, NKC_CODE_MISSING_RECOMMENDED } },
	{ check_author, { NKC_CODE_MISSING_AUTHOR } },
	{ NULL, { NKC_CODE_NONE } },
};
