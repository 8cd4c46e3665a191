/*
 * check_structure.c: the shape of a record against CSL-JSON (csl-data.json of CSL 1.0.2).
 */
#include "record/check.h"
#include "record/record_impl.h"
#include "record/date.h"

#include <nkcite/nearest.h>
#include <stdio.h>

/* --- id and type --- */

static void check_id(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);
	const nkc_value *id = nkc_record_get(check->record, NKC_VAR_ID);

	if (nkc_value_is_blank(id))
		nkc_check_report(check, NKC_CODE_RECORD_NO_ID, nkc_check_at(check, id ? id : root), NULL,
		                 id ? "the id is empty" : "this record has no id");
}

/* Other programs' words for CSL types. */
static const char *const type_aliases[][2] = {
	{ "blog-post", "post-weblog" },
	{ "blogPost", "post-weblog" },
	{ "blog", "post-weblog" },
	{ "article-news", "article-newspaper" },
	{ "news", "article-newspaper" },
	{ "newspaperArticle", "article-newspaper" },
	{ "newspaper", "article-newspaper" },
	{ "magazineArticle", "article-magazine" },
	{ "journalArticle", "article-journal" },
	{ "journal-article", "article-journal" },
	{ "website", "webpage" },
	{ "web", "webpage" },
	{ "online", "webpage" },
	{ "misc", "document" },
	{ "inproceedings", "paper-conference" },
	{ "conferencePaper", "paper-conference" },
	{ "proceedings-article", "paper-conference" },
	{ "incollection", "chapter" },
	{ "inbook", "chapter" },
	{ "book-chapter", "chapter" },
	{ "bookSection", "chapter" },
	{ "phdthesis", "thesis" },
	{ "mastersthesis", "thesis" },
	{ "dissertation", "thesis" },
	{ "techreport", "report" },
	{ "monograph", "book" },
	{ "preprint", "article" },
	{ "posted-content", "article" },
	{ "film", "motion_picture" },
	{ "videoRecording", "motion_picture" },
	{ "legal-case", "legal_case" },
	{ "case", "legal_case" },
	{ "podcast", "broadcast" },
	{ "computerProgram", "software" },
	{ "program", "software" },
	{ "unpublished", "manuscript" },
	{ "email", "personal_communication" },
	{ "letter", "personal_communication" },
};

/* CSL's word for another program's; NULL when it is none of them. */
static const char *alias_of(const char *const (*aliases)[2], size_t count, nkc_str wanted)
{
	for (size_t i = 0; i < count; i++) {
		if (nkc_str_eq_nocase(wanted, nkc_str_from(aliases[i][0])))
			return aliases[i][1];
	}
	return NULL;
}

static void suggest_type(nkc_str wanted, nkc_buf *hint)
{
	const char *alias = alias_of(type_aliases, sizeof(type_aliases) / sizeof(type_aliases[0]), wanted);
	nkc_nearest nearest;

	if (alias) {
		nkc_buf_printf(hint, "write \"%s\"", alias);
		return;
	}
	nkc_nearest_init(&nearest, wanted);
	for (int type = 1; type < NKC_TYPE_COUNT; type++)
		nkc_nearest_offer(&nearest, nkc_str_from(nkc_type_name((nkc_type)type)));
	nkc_nearest_hint(&nearest, hint);
}

static void check_type(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);
	const nkc_value *type = nkc_record_get(check->record, NKC_VAR_TYPE);
	nkc_buf hint = NKC_BUF_INIT;

	if (nkc_value_is_blank(type)) {
		nkc_check_report(check, NKC_CODE_RECORD_NO_TYPE, nkc_check_at(check, type ? type : root),
		                 NULL, type ? "the type is empty" : "this record has no type");
		return;
	}
	if (check->type != NKC_TYPE_NONE || type->type != NKC_STRING)
		return;
	suggest_type(type->u.text, &hint);
	nkc_check_report(check, NKC_CODE_RECORD_TYPE, nkc_check_at(check, type), hint.len ? hint.ptr : NULL,
	                 "\"%s\" is not a type of CSL", nkc_show(type->u.text).text);
	nkc_buf_release(&hint);
}

/* --- members --- */

/* Other programs' words for CSL variables. */
static const char *const member_aliases[][2] = {
	{ "journal", "container-title" },
	{ "booktitle", "container-title" },
	{ "newspaper", "container-title" },
	{ "website", "container-title" },
	{ "publication", "container-title" },
	{ "publicationTitle", "container-title" },
	{ "journaltitle", "container-title" },
	{ "site", "container-title" },
	{ "year", "issued" },
	{ "published", "issued" },
	{ "pages", "page" },
	{ "address", "publisher-place" },
	{ "location", "publisher-place" },
	{ "place", "publisher-place" },
	{ "institution", "publisher" },
	{ "school", "publisher" },
	{ "organization", "publisher" },
	{ "keywords", "keyword" },
	{ "tags", "keyword" },
	{ "urldate", "accessed" },
	{ "accessDate", "accessed" },
	{ "retrieved", "accessed" },
	{ "lang", "language" },
	{ "langid", "language" },
	{ "series", "collection-title" },
	{ "seriesTitle", "collection-title" },
	{ "authors", "author" },
	{ "editors", "editor" },
	{ "creator", "author" },
	{ "creators", "author" },
	{ "subtitle", "title" },
	{ "annotation", "annote" },
	{ "summary", "abstract" },
	{ "notes", "note" },
	{ "extra", "note" },
	{ "numPages", "number-of-pages" },
	{ "pagetotal", "number-of-pages" },
	{ "shorttitle", "title-short" },
	{ "archiveURL", "archive_location" },
	{ "archive-location", "archive_location" },
	{ "link", "URL" },
};

static void suggest_member(nkc_str wanted, nkc_buf *hint)
{
	const char *alias =
		alias_of(member_aliases, sizeof(member_aliases) / sizeof(member_aliases[0]), wanted);
	nkc_nearest nearest;

	if (alias) {
		nkc_buf_printf(hint, "did you mean %s?", alias);
		return;
	}
	nkc_nearest_init(&nearest, wanted);
	for (int var = 1; var < NKC_VAR_COUNT; var++)
		nkc_nearest_offer(&nearest, nkc_str_from(nkc_var_name((nkc_var)var)));
	nkc_nearest_hint(&nearest, hint);
}

/* Comparing with all names takes time; a record with more unknown members is of another format. */
#define SUGGESTED_MAX 100

static void report_unknown(const nkc_check *check, const nkc_value *member, size_t count)
{
	nkc_buf hint = NKC_BUF_INIT;

	if (!nkc_diags_wants(check->diags, NKC_CODE_RECORD_MEMBER))
		return;
	if (count < SUGGESTED_MAX)
		suggest_member(member->key, &hint);
	nkc_check_report(check, NKC_CODE_RECORD_MEMBER, nkc_check_key(check, member),
	                 hint.len ? hint.ptr : NULL, "CSL-JSON has no \"%s\"", nkc_show(member->key).text);
	nkc_buf_release(&hint);
}

/* What csl-data.json allows for a kind, in words. */
static const char *const kind_words[] = {
	[NKC_KIND_NONE] = "anything",
	[NKC_KIND_STRING] = "a text",
	[NKC_KIND_NUMBER] = "a text or a number",
	[NKC_KIND_NAMES] = "a list of names: [{\"family\": ..., \"given\": ...}]",
	[NKC_KIND_DATE] = "a date: \"2014-11-03\" or {\"date-parts\": [[2014, 11, 3]]}",
	[NKC_KIND_LIST] = "a list of texts",
	[NKC_KIND_OBJECT] = "an object",
	[NKC_KIND_SHORT] = "a text",
};

static bool is_list_of_text(const nkc_value *value)
{
	for (const nkc_value *child = nkc_value_first(value); child; child = child->next) {
		if (child->type != NKC_STRING)
			return false;
	}
	return value->type == NKC_ARRAY;
}

/* Names are objects; an author may be written as text. */
static bool is_names(const nkc_value *value)
{
	bool author = value->atom == NKC_VAR_AUTHOR;

	for (const nkc_value *child = nkc_value_first(value); child; child = child->next) {
		if (child->type != NKC_OBJECT && !(author && child->type == NKC_STRING))
			return false;
	}
	return value->type == NKC_ARRAY || (author && value->type == NKC_STRING);
}

static bool is_of_kind(const nkc_value *value, nkc_kind kind)
{
	bool text = value->type == NKC_STRING, number = value->type == NKC_NUMBER;

	switch (kind) {
	case NKC_KIND_STRING:
	case NKC_KIND_NUMBER:
		return text || number;
	case NKC_KIND_NAMES:
		return is_names(value);
	case NKC_KIND_DATE:
		return text || value->type == NKC_OBJECT;
	case NKC_KIND_LIST:
		return is_list_of_text(value);
	case NKC_KIND_OBJECT:
		return value->type == NKC_OBJECT;
	case NKC_KIND_SHORT:
		return text || (value->atom == NKC_VAR_DATE && value->type == NKC_OBJECT);
	default:
		return true;
	}
}

bool nkc_check_takes_number(nkc_var var)
{
	return var == NKC_VAR_ID ||
	       (nkc_var_kind(var) == NKC_KIND_NUMBER && var != NKC_VAR_VERSION && var != NKC_VAR_SECTION);
}

static void check_member(const nkc_check *check, const nkc_value *member)
{
	nkc_var var = (nkc_var)member->atom;
	nkc_kind kind = nkc_var_kind(var);

	if (nkc_value_is_blank(member)) {
		if (var != NKC_VAR_ID && var != NKC_VAR_TYPE)
			nkc_check_report(check, NKC_CODE_RECORD_EMPTY, nkc_check_at(check, member), NULL,
			                 "%s is empty", nkc_show(member->key).text);
	} else if (!is_of_kind(member, kind)) {
		nkc_check_report(check, NKC_CODE_RECORD_KIND, nkc_check_at(check, member), NULL, "%s is %s",
		                 nkc_show(member->key).text, kind_words[kind]);
	} else if (member->type == NKC_NUMBER && !nkc_check_takes_number(var)) {
		char hint[NKC_HINT_SIZE];
		snprintf(hint, sizeof(hint), "write \"%s\"", nkc_show(member->u.text).text);
		nkc_check_report(check, NKC_CODE_RECORD_NUMBER_TEXT, nkc_check_at(check, member), hint,
		                 "%s is a text in CSL-JSON", nkc_show(member->key).text);
	} else if (var == NKC_VAR_EVENT) {
		nkc_check_report(check, NKC_CODE_RECORD_DEPRECATED, nkc_check_key(check, member),
		                 "write event-title", "event has another name in CSL 1.0.2");
	}
}

static void check_members(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);
	size_t unknown = 0;

	for (const nkc_value *member = nkc_value_first(root); member; member = member->next) {
		if (member->atom == NKC_VAR_NONE)
			report_unknown(check, member, unknown++);
		else
			check_member(check, member);
	}
}

/* --- members of names and dates --- */

typedef enum part_kind {
	PART_TEXT,
	PART_FLAG, /* text, number, true or false */
	PART_ANY   /* looked at elsewhere */
} part_kind;

typedef struct part {
	nkc_str name; /* empty behind the last one */
	part_kind kind;
} part;

static const part name_parts[] = {
	{ NKC_STR_INIT("family"), PART_TEXT },
	{ NKC_STR_INIT("given"), PART_TEXT },
	{ NKC_STR_INIT("dropping-particle"), PART_TEXT },
	{ NKC_STR_INIT("non-dropping-particle"), PART_TEXT },
	{ NKC_STR_INIT("suffix"), PART_TEXT },
	{ NKC_STR_INIT("literal"), PART_TEXT },
	{ NKC_STR_INIT("comma-suffix"), PART_FLAG },
	{ NKC_STR_INIT("static-ordering"), PART_FLAG },
	{ NKC_STR_INIT("parse-names"), PART_FLAG },
	{ NKC_STR_INIT(""), PART_ANY },
};

static const part date_parts[] = {
	{ NKC_STR_INIT("date-parts"), PART_ANY }, { NKC_STR_INIT("season"), PART_ANY },
	{ NKC_STR_INIT("circa"), PART_FLAG },     { NKC_STR_INIT("literal"), PART_TEXT },
	{ NKC_STR_INIT("raw"), PART_TEXT },       { NKC_STR_INIT(""), PART_ANY },
};

static const part *find_part(const part *parts, nkc_str key)
{
	while (parts->name.len && !nkc_str_eq(key, parts->name))
		parts++;
	return parts->name.len ? parts : NULL;
}

static void report_unknown_part(const nkc_check *check, const part *parts, const nkc_value *member,
                                const char *what)
{
	nkc_buf hint = NKC_BUF_INIT;
	nkc_nearest nearest;

	nkc_nearest_init(&nearest, member->key);
	for (const part *p = parts; p->name.len; p++)
		nkc_nearest_offer(&nearest, p->name);
	nkc_nearest_hint(&nearest, &hint);
	nkc_check_report(check, NKC_CODE_RECORD_MEMBER, nkc_check_key(check, member),
	                 hint.len ? hint.ptr : NULL, "%s has no \"%s\" in CSL-JSON", what,
	                 nkc_show(member->key).text);
	nkc_buf_release(&hint);
}

static void check_parts(const nkc_check *check, const nkc_value *object, const part *parts, const char *what)
{
	for (const nkc_value *member = nkc_value_first(object); member; member = member->next) {
		const part *known = find_part(parts, member->key);
		if (!known)
			report_unknown_part(check, parts, member, what);
		else if (known->kind == PART_TEXT && member->type != NKC_STRING)
			nkc_check_report(check, NKC_CODE_RECORD_KIND, nkc_check_at(check, member), NULL,
			                 "%s is a text", known->name.ptr);
		else if (known->kind == PART_FLAG && (nkc_value_is_list(member) || member->type == NKC_NULL))
			nkc_check_report(check, NKC_CODE_RECORD_KIND, nkc_check_at(check, member),
			                 "write true or false", "%s is true or false", known->name.ptr);
	}
}

static bool names_nobody(const nkc_value *name)
{
	return nkc_value_is_blank(nkc_value_find(name, NKC_STR("family"))) &&
	       nkc_value_is_blank(nkc_value_find(name, NKC_STR("given"))) &&
	       nkc_value_is_blank(nkc_value_find(name, NKC_STR("literal")));
}

static void check_name(const nkc_check *check, const nkc_value *name)
{
	if (name->type == NKC_OBJECT)
		check_parts(check, name, name_parts, "a name");
	if (name->type == NKC_OBJECT ? names_nobody(name) : nkc_value_is_blank(name))
		nkc_check_report(check, NKC_CODE_NAME_EMPTY, nkc_check_at(check, name), NULL,
		                 "this name has neither family, given nor literal");
}

static void check_names(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);

	for (const nkc_value *list = nkc_value_first(root); list; list = list->next) {
		const nkc_value *name = nkc_value_first(list);
		if (nkc_var_kind((nkc_var)list->atom) != NKC_KIND_NAMES)
			continue;
		for (size_t count = 0; name && count < NKC_CHECKED_MAX; name = name->next, count++)
			check_name(check, name);
	}
}

static bool holds_date(nkc_var var)
{
	return nkc_var_kind(var) == NKC_KIND_DATE || var == NKC_VAR_DATE;
}

static void check_date_members(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);

	for (const nkc_value *date = nkc_value_first(root); date; date = date->next) {
		if (date->type == NKC_OBJECT && holds_date((nkc_var)date->atom))
			check_parts(check, date, date_parts, "a date");
	}
}

/* --- plain words and spellings --- */

static bool same_date(const nkc_value *a, const nkc_value *b)
{
	nkc_date x, y;
	nkc_buf one = NKC_BUF_INIT, other = NKC_BUF_INIT;
	bool same;

	if (nkc_date_read(a, &x) != NKC_OK || nkc_date_read(b, &y) != NKC_OK)
		return false;
	same = nkc_edtf_write(&x, &one) && nkc_edtf_write(&y, &other) &&
	       nkc_str_eq(nkc_buf_str(&one), nkc_buf_str(&other));
	nkc_buf_release(&one);
	nkc_buf_release(&other);
	return same;
}

/* The CSL field of a plain word; NULL when there is none. */
static const nkc_value *proper_of(const nkc_check *check, const nkc_value *plain)
{
	switch ((nkc_var)plain->atom) {
	case NKC_VAR_OUTLET:
		return nkc_record_get(check->record, nkc_record_outlet_var(check->record));
	case NKC_VAR_DATE:
		return nkc_record_get(check->record, NKC_VAR_ISSUED);
	case NKC_VAR_URL_SHORT:
		return nkc_record_get(check->record, NKC_VAR_URL);
	default:
		return NULL;
	}
}

/* Values of a wrong kind are reported as such. */
static bool contradicts(const nkc_value *plain, const nkc_value *proper)
{
	if (!proper)
		return false;
	if (plain->type == NKC_STRING && proper->type == NKC_STRING)
		return !nkc_str_eq(plain->u.text, proper->u.text);
	return plain->atom == NKC_VAR_DATE && !same_date(plain, proper);
}

/* An error at each plain word that contradicts its field; of the others one hint a record, at the first. */
static void check_plain_words(const nkc_check *check)
{
	const nkc_value *root = nkc_record_root(check->record);
	bool told = false;

	for (const nkc_value *member = nkc_value_first(root); member; member = member->next) {
		const nkc_value *proper = proper_of(check, member);
		bool author =
			member->atom == NKC_VAR_AUTHOR &&
			(member->type == NKC_STRING || nkc_value_is(nkc_value_first(member), NKC_STRING));
		if (nkc_var_kind((nkc_var)member->atom) != NKC_KIND_SHORT && !author)
			continue;
		if (contradicts(member, proper)) {
			nkc_check_report(check, NKC_CODE_RECORD_CONTRADICTION, nkc_check_at(check, member),
			                 NULL, "%s says something else than %s", nkc_show(member->key).text,
			                 nkc_show(proper->key).text);
		} else if (!told) {
			nkc_check_report(
				check, NKC_CODE_RECORD_PLAIN_WORD, nkc_check_key(check, member), NULL,
				author ? "author is written as text" : "\"%s\" is a plain word of nkcite",
				nkc_show(member->key).text);
			told = true;
		}
	}
}

static void check_alias(const nkc_check *check)
{
	static const struct {
		nkc_var old, now;
	} pairs[] = {
		{ NKC_VAR_SHORTTITLE, NKC_VAR_TITLE_SHORT },
		{ NKC_VAR_JOURNALABBREVIATION, NKC_VAR_CONTAINER_TITLE_SHORT },
		{ NKC_VAR_EVENT, NKC_VAR_EVENT_TITLE },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const nkc_value *old = nkc_record_get(check->record, pairs[i].old);
		const nkc_value *now = nkc_record_get(check->record, pairs[i].now);
		if (nkc_value_is(old, NKC_STRING) && nkc_value_is(now, NKC_STRING) &&
		    !nkc_str_eq(old->u.text, now->u.text))
			nkc_check_report(check, NKC_CODE_RECORD_ALIAS, nkc_check_at(check, old), NULL,
			                 "%s says something else than %s", nkc_var_name(pairs[i].old),
			                 nkc_var_name(pairs[i].now));
	}
}

const nkc_rule nkc_rules_structure[] = {
	{ check_id, { NKC_CODE_RECORD_NO_ID } },
	{ check_type, { NKC_CODE_RECORD_NO_TYPE, NKC_CODE_RECORD_TYPE } },
	{ check_members,
	  { NKC_CODE_RECORD_MEMBER, NKC_CODE_RECORD_KIND, NKC_CODE_RECORD_NUMBER_TEXT, NKC_CODE_RECORD_EMPTY,
	    NKC_CODE_RECORD_DEPRECATED } },
	{ check_names, { NKC_CODE_RECORD_MEMBER, NKC_CODE_RECORD_KIND, NKC_CODE_NAME_EMPTY } },
	{ check_date_members, { NKC_CODE_RECORD_MEMBER, NKC_CODE_RECORD_KIND } },
	{ check_plain_words, { NKC_CODE_RECORD_CONTRADICTION, NKC_CODE_RECORD_PLAIN_WORD } },
	{ check_alias, { NKC_CODE_RECORD_ALIAS } },
	{ NULL, { NKC_CODE_NONE } },
};
