/*
 * The plain words that people write by hand: author as text, outlet, date, url.
 */
#include "record/record_impl.h"

static bool expand_author(nkc_record *record)
{
	nkc_value *author = record->fields[NKC_VAR_AUTHOR];
	if (nkc_value_is(author, NKC_STRING)) {
		nkc_value *list = nkc_value_new(record->arena, NKC_ARRAY);
		nkc_value_append(list, nkc_name_from_text(record->arena, author->u.text));
		nkc_value_become(author, list);
		return list != NULL;
	}
	bool changed = false;
	for (nkc_value *name = nkc_value_first(author); name; name = name->next) {
		nkc_value *object = name->type == NKC_STRING ? nkc_name_from_text(record->arena, name->u.text) : NULL;
		nkc_value_become(name, object);
		changed |= object != NULL;
	}
	return changed;
}

/* What a report's outlet is called; of everything else it is the work that contains it. */
nkc_var nkc_record_outlet_var(const nkc_record *record)
{
	return record->type == NKC_TYPE_REPORT || record->type == NKC_TYPE_BOOK || record->type == NKC_TYPE_THESIS
	               ? NKC_VAR_PUBLISHER : NKC_VAR_CONTAINER_TITLE;
}

static bool same_point(const nkc_date_point *a, const nkc_date_point *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day && a->unspecified == b->unspecified &&
	       a->uncertain == b->uncertain && a->approximate == b->approximate;
}

/* "2014-11" and {"date-parts": [[2014, 11]]} */
static bool same_date(const nkc_value *a, const nkc_value *b)
{
	nkc_date x, y;
	if (nkc_date_read(a, &x) != NKC_OK || nkc_date_read(b, &y) != NKC_OK || !x.structured || !y.structured)
		return false;
	return x.begin == y.begin && x.finish == y.finish && nkc_str_eq(x.time, y.time) &&
	       (x.begin != NKC_DATE_SINGLE || same_point(&x.start, &y.start)) &&
	       (x.finish != NKC_DATE_CLOSED || same_point(&x.end, &y.end));
}

/* Renames the member, or drops it where its CSL field says the same. */
static bool expand_word(nkc_record *record, nkc_var word, nkc_var var)
{
	nkc_value *plain = record->fields[word], *proper = record->fields[var];
	if (!plain)
		return false;
	if (!proper)
		plain->key = nkc_str_from(nkc_var_name(var));
	else if (nkc_value_equal(plain, proper) || (var == NKC_VAR_ISSUED && same_date(plain, proper)))
		nkc_value_remove(plain);
	else
		return false;
	return true;
}

bool nkc_record_expand(nkc_record *record)
{
	if (!record->has_short)
		return false;
	bool changed = expand_author(record);
	changed |= expand_word(record, NKC_VAR_OUTLET, nkc_record_outlet_var(record));
	changed |= expand_word(record, NKC_VAR_DATE, NKC_VAR_ISSUED);
	changed |= expand_word(record, NKC_VAR_URL_SHORT, NKC_VAR_URL);
	if (changed)
		nkc_record_index(record);
	return changed;
}
