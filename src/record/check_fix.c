/*
 * check_fix.c: mends what can be mended without loss.
 *
 * A mend belongs to a code, and is made when that code is wanted. It is a function from a text to a text, for the
 * values of some variables; what it returns means the same as before.
 */
#include "record/check.h"
#include "record/date.h"
#include "record/entity.h"
#include "record/identifier.h"
#include "record/langtag.h"
#include "record/pages.h"
#include "record/record_impl.h"

#include "base/json_patch.h"
#include "base/text.h"
#include "base/utf8.h"

typedef struct fixer {
	nkc_record *record;
	nkc_diags *diags; /* NULL: everything is wanted */
	nkc_buf text;     /* what a mend writes */
	bool in_place;    /* other programs read the file, too: they want date objects */
	bool changed;
} fixer;

/* Writes the mended text; false when there is nothing to mend. */
typedef bool mend_fn(nkc_str text, nkc_buf *out);

typedef struct mend {
	nkc_code code;
	nkc_var var; /* NKC_VAR_NONE: any text */
	mend_fn *run;
} mend;

static bool is_wanted(const fixer *f, nkc_code code)
{
	return !f->diags || nkc_diags_wants(f->diags, code);
}

static bool put_if_other(nkc_str text, nkc_str mended, nkc_buf *out)
{
	if (nkc_str_eq(text, mended) || nkc_str_empty(mended))
		return false;
	nkc_buf_put_str(out, mended);
	return true;
}

/* --- mends of text --- */

static bool trim_text(nkc_str text, nkc_buf *out)
{
	return put_if_other(text, nkc_str_trim(text), out);
}

/* &lt;, &gt; and &amp; before what would then be a reference stay: the result would mean something else. */
static bool is_safe_entity(nkc_str text, size_t end, uint32_t rune)
{
	if (rune == '<' || rune == '>' || rune == 0xAD || (rune >= 0x200B && rune <= 0x200F))
		return false;
	return rune != '&' || end >= text.len || text.ptr[end] == ' ';
}

static bool decode_entities(nkc_str text, nkc_buf *out)
{
	bool decoded = false;

	if (nkc_str_find_byte(text, '&') == text.len)
		return false;
	for (size_t at = 0; at < text.len;) {
		uint32_t rune = 0;
		size_t length = text.ptr[at] == '&' ? nkc_entity_read(text, at, &rune) : 0;
		if (length && is_safe_entity(text, at + length, rune)) {
			nkc_buf_put_rune(out, rune);
			at += length;
			decoded = true;
		} else {
			nkc_buf_putc(out, text.ptr[at++]);
		}
	}
	return decoded;
}

/* Compatibility ideographs compose to other characters, which may look otherwise; such texts are left alone. */
static bool has_compatibility(nkc_str text)
{
	for (size_t at = 0; at < text.len;) {
		uint32_t rune = nkc_utf8_next(text, &at);
		if ((rune >= 0xF900 && rune <= 0xFAFF) || (rune >= 0x2F800 && rune <= 0x2FA1F) ||
		    rune == NKC_RUNE_BAD)
			return true;
	}
	return false;
}

static bool compose_text(nkc_str text, nkc_buf *out)
{
	if (!nkc_utf8_has_high(text) || has_compatibility(text) || nkc_text_nfc(text, out) != NKC_OK)
		return false;
	return !nkc_str_eq(text, nkc_buf_str(out));
}

/* --- mends of one variable --- */

static bool bare_doi(nkc_str text, nkc_buf *out)
{
	nkc_str bare = nkc_doi_bare(text);

	return nkc_doi_is_valid(bare) && put_if_other(text, bare, out);
}

static bool hyphen_issn(nkc_str text, nkc_buf *out)
{
	nkc_id_digits digits;

	if (text.len != 8 || nkc_issn_check(text, &digits) != NKC_ID_GOOD)
		return false;
	nkc_buf_printf(out, "%.4s-%.4s", digits.text, digits.text + 4);
	return true;
}

static bool bare_pmid(nkc_str text, nkc_buf *out)
{
	return put_if_other(text, nkc_pmid_bare(text), out);
}

static bool full_pmcid(nkc_str text, nkc_buf *out)
{
	nkc_str number = nkc_pmcid_number(text);

	if (nkc_pmcid_is_valid(text) || nkc_str_empty(number))
		return false;
	nkc_buf_puts(out, "PMC");
	nkc_buf_put_str(out, number);
	return true;
}

static bool page_without_label(nkc_str text, nkc_buf *out)
{
	return put_if_other(text, nkc_page_without_label(text), out);
}

static bool plain_dashes(nkc_str text, nkc_buf *out)
{
	nkc_page_dash dash;
	bool changed = false;
	size_t at = 0;

	while (nkc_page_dash_find(text, at, &dash)) {
		nkc_buf_put_str(out, nkc_str_slice(text, at, dash.at));
		if (dash.unusual)
			nkc_buf_putc(out, '-');
		else
			nkc_buf_put_str(out, nkc_str_slice(text, dash.at, dash.at + dash.length));
		changed |= dash.unusual;
		at = dash.at + dash.length;
	}
	nkc_buf_put_str(out, nkc_str_slice(text, at, text.len));
	return changed;
}

static bool bare_volume(nkc_str text, nkc_buf *out)
{
	return put_if_other(text, nkc_number_without_label(NKC_VAR_VOLUME, text), out);
}

static bool bare_issue(nkc_str text, nkc_buf *out)
{
	return put_if_other(text, nkc_number_without_label(NKC_VAR_ISSUE, text), out);
}

static bool bare_edition(nkc_str text, nkc_buf *out)
{
	return put_if_other(text, nkc_number_without_label(NKC_VAR_EDITION, text), out);
}

static bool tag_of_name(nkc_str text, nkc_buf *out)
{
	nkc_buf folded = NKC_BUF_INIT;
	const char *code = "";

	if (text.len > 3 && nkc_text_fold(text, &folded) == NKC_OK)
		code = nkc_language_from_name(nkc_buf_str(&folded));
	nkc_buf_puts(out, code);
	nkc_buf_release(&folded);
	return *code != '\0';
}

static bool tag_with_hyphens(nkc_str text, nkc_buf *out)
{
	nkc_langtag tag;

	if (nkc_str_find_byte(text, '_') == text.len)
		return false;
	for (size_t i = 0; i < text.len; i++)
		nkc_buf_putc(out, text.ptr[i] == '_' ? '-' : text.ptr[i]);
	return nkc_langtag_parse(nkc_buf_str(out), &tag);
}

static bool two_letters(nkc_str text, nkc_buf *out)
{
	return text.len == 3 && put_if_other(text, nkc_str_from(nkc_language_from_three(text)), out);
}

/* In the order in which they are made: a later one sees what an earlier one wrote. */
static const mend mends[] = {
	{ NKC_CODE_TEXT_ENTITY, NKC_VAR_NONE, decode_entities },
	{ NKC_CODE_TEXT_SPACE, NKC_VAR_NONE, trim_text },
	{ NKC_CODE_TEXT_DECOMPOSED, NKC_VAR_NONE, compose_text },
	{ NKC_CODE_DOI_PREFIX, NKC_VAR_DOI, bare_doi },
	{ NKC_CODE_ISSN_HYPHEN, NKC_VAR_ISSN, hyphen_issn },
	{ NKC_CODE_PMID_PREFIX, NKC_VAR_PMID, bare_pmid },
	{ NKC_CODE_PMCID_PREFIX, NKC_VAR_PMCID, full_pmcid },
	{ NKC_CODE_PAGE_LABEL, NKC_VAR_PAGE, page_without_label },
	{ NKC_CODE_PAGE_DASH, NKC_VAR_PAGE, plain_dashes },
	{ NKC_CODE_NUMBER_LABEL, NKC_VAR_VOLUME, bare_volume },
	{ NKC_CODE_NUMBER_LABEL, NKC_VAR_ISSUE, bare_issue },
	{ NKC_CODE_NUMBER_LABEL, NKC_VAR_EDITION, bare_edition },
	{ NKC_CODE_LANGUAGE_NAME, NKC_VAR_LANGUAGE, tag_of_name },
	{ NKC_CODE_LANGUAGE_SEPARATOR, NKC_VAR_LANGUAGE, tag_with_hyphens },
	{ NKC_CODE_LANGUAGE_LONG, NKC_VAR_LANGUAGE, two_letters },
};

/* Identifiers and addresses hold "&" and accents as they are. */
static bool is_verbatim(nkc_var var)
{
	return var == NKC_VAR_ID || var == NKC_VAR_TYPE || var == NKC_VAR_URL || var == NKC_VAR_URL_SHORT ||
	       var == NKC_VAR_DOI || var == NKC_VAR_ARCHIVE_LOCATION || var == NKC_VAR_CITATION_KEY;
}

static bool applies(const mend *m, nkc_var var)
{
	if (m->var != NKC_VAR_NONE)
		return m->var == var;
	/* The id is its file's name. */
	return m->code == NKC_CODE_TEXT_SPACE ? var != NKC_VAR_ID && var != NKC_VAR_TYPE : !is_verbatim(var);
}

/* Gives the value the text, in its place: taking it out of its list and putting another in would cost a search. */
static void set_text(fixer *f, nkc_value *value, nkc_str text)
{
	const nkc_value *made = nkc_value_string(f->record->arena, text);

	if (!made)
		return;
	value->type = made->type;
	value->flags = made->flags;
	value->u.text = made->u.text;
	f->changed = true;
}

static void mend_text(fixer *f, nkc_value *value, nkc_var var)
{
	for (size_t i = 0; i < sizeof(mends) / sizeof(mends[0]); i++) {
		const mend *m = &mends[i];
		if (!applies(m, var) || !is_wanted(f, m->code))
			continue;
		nkc_buf_clear(&f->text);
		if (m->run(value->u.text, &f->text) && !nkc_buf_status(&f->text))
			set_text(f, value, nkc_buf_str(&f->text));
	}
}

/* Texts of a list, and of the objects in it: names. */
static void mend_list(fixer *f, nkc_value *list)
{
	nkc_var var = (nkc_var)list->atom;

	for (nkc_value *child = nkc_value_first(list); child; child = child->next) {
		if (child->type == NKC_STRING)
			mend_text(f, child, var);
		for (nkc_value *part = nkc_value_first(child); part; part = part->next) {
			if (part->type == NKC_STRING)
				mend_text(f, part, var);
		}
	}
}

/* --- mends of shape --- */

static bool holds_date(nkc_var var)
{
	return nkc_var_kind(var) == NKC_KIND_DATE || var == NKC_VAR_DATE;
}

/* A date object that says no more than EDTF can becomes EDTF. */
static void mend_date(fixer *f, nkc_value *value)
{
	nkc_date date;

	if (f->in_place || value->type != NKC_OBJECT || !is_wanted(f, NKC_CODE_DATE_PARTS))
		return;
	if (nkc_date_read(value, &date) != NKC_OK || !nkc_date_is_lossless(value, &date))
		return;
	nkc_buf_clear(&f->text);
	if (nkc_edtf_write(&date, &f->text) && !nkc_buf_status(&f->text))
		set_text(f, value, nkc_buf_str(&f->text));
}

/* A bare number where CSL-JSON wants a text. */
static void mend_number(fixer *f, nkc_value *value)
{
	if (value->type == NKC_NUMBER && !nkc_check_takes_number((nkc_var)value->atom) &&
	    is_wanted(f, NKC_CODE_RECORD_NUMBER_TEXT))
		set_text(f, value, value->u.text);
}

static void mend_member(fixer *f, nkc_value *member)
{
	if (holds_date((nkc_var)member->atom)) {
		mend_date(f, member);
		return;
	}
	mend_number(f, member);
	if (member->type == NKC_STRING)
		mend_text(f, member, (nkc_var)member->atom);
	else if (member->type == NKC_ARRAY)
		mend_list(f, member);
}

static bool is_removed(const fixer *f, const nkc_value *member)
{
	return nkc_value_is_blank(member) && member->atom != NKC_VAR_ID && member->atom != NKC_VAR_TYPE &&
	       is_wanted(f, NKC_CODE_RECORD_EMPTY);
}

/* Links the members anew, without those that say nothing. What nkcite does not know is left as it is. */
static void mend_members(fixer *f)
{
	nkc_value *root = f->record->root, *last = NULL, *next;

	for (nkc_value *member = nkc_value_first(root); member; member = next) {
		bool known = member->atom != NKC_VAR_NONE && member->atom != NKC_VAR_CUSTOM;
		next = member->next;
		if (known && is_removed(f, member)) {
			f->changed = true;
			continue;
		}
		if (last)
			last->next = member;
		else
			root->u.list.first = member;
		last = member;
		if (known)
			mend_member(f, member);
	}
	if (last)
		last->next = NULL;
	else
		root->u.list.first = NULL;
	root->u.list.last = last;
}

static bool fix(nkc_record *record, nkc_diags *diags, bool in_place)
{
	fixer f = { .record = record, .diags = diags, .text = NKC_BUF_INIT, .in_place = in_place };

	/* It could not be written without a loss; of two members with one name, somebody has to say which counts. */
	if (nkc_record_bad_text(record) || record->has_twice)
		return false;
	if (is_wanted(&f, NKC_CODE_RECORD_PLAIN_WORD))
		f.changed = nkc_record_expand(record);
	mend_members(&f);
	nkc_buf_release(&f.text);
	if (f.changed)
		nkc_record_index(record);
	return f.changed;
}

bool nkc_record_fix(nkc_record *record, nkc_diags *diags)
{
	return fix(record, diags, false);
}

nkc_status nkc_record_fix_text(nkc_record *record, nkc_str text, nkc_diags *diags, nkc_buf *out)
{
	nkc_value *was;

	nkc_record_clear(record);
	if (!nkc_str_starts(text, NKC_STR("{")))
		return NKC_ESYNTAX; /* places are to count from its first byte */
	nkc_status status = nkc_record_parse(record, text, NULL, NULL);
	if (status != NKC_OK || !fix(record, diags, true))
		return status;
	status = nkc_value_parse(&was, record->arena, text, NULL, NULL);
	if (status == NKC_OK)
		status = nkc_arena_status(record->arena);
	if (status != NKC_OK)
		return status;
	nkc_json_patch(text, was, record->root, out);
	return nkc_buf_status(out);
}
