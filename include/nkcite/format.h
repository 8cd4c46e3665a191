/*
 * format.h: files in and out.
 *
 * A format is one descriptor in a registry. Readers and writers stream: their
 * memory follows the largest record, not the file.
 */
#ifndef NKCITE_FORMAT_H
#define NKCITE_FORMAT_H

#include <nkcite/base.h>
#include <nkcite/buf.h>
#include <nkcite/diag.h>
#include <nkcite/record.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nkc_format nkc_format;

/* The formats in the order of their names; NULL behind the last. */
NKC_API const nkc_format *nkc_format_at(size_t index);
/* By name ("bibtex") or one of its file endings ("bib"); NULL when there is none. */
NKC_API const nkc_format *nkc_format_find(nkc_str name);
/* By content (the first few kilobytes) and, when that does not decide, the file's name. */
NKC_API const nkc_format *nkc_format_sniff(nkc_str head, nkc_str filename);

NKC_API const char *nkc_format_name(const nkc_format *format);
NKC_API const char *nkc_format_title(const nkc_format *format);
NKC_API const char *nkc_format_extensions(const nkc_format *format); /* "bib,bibtex" */
NKC_API const char *nkc_format_media_type(const nkc_format *format);
NKC_API bool nkc_format_reads(const nkc_format *format);
NKC_API bool nkc_format_writes(const nkc_format *format);
/* Do a record's bytes (nkc_reader_extent), read alone, give the same record? Not where records lean on others. */
NKC_API bool nkc_format_rereads(const nkc_format *format);

/* --- how a format carries a variable or a type ("lossless or told") --- */

typedef enum nkc_carry {
	NKC_CARRY_NATIVE,     /* in a field that other programs read as meant */
	NKC_CARRY_CONVENTION, /* in nkcite's own field, which others ignore */
	NKC_CARRY_NONE        /* not at all */
} nkc_carry;

/*
 * How `format` carries a variable in an item of that type. *where is the name of the
 * field or tag ("journaltitle", "T2"), a static text. type NONE asks for the usual case.
 */
NKC_API nkc_carry nkc_format_carry_var(const nkc_format *format, nkc_type type, nkc_var var, const char **where);
/* The entry type that an item type becomes ("article", "JOUR"); CONVENTION when it is not one to one. */
NKC_API nkc_carry nkc_format_carry_type(const nkc_format *format, nkc_type type, const char **where);

/* --- reading --- */

typedef struct nkc_reader nkc_reader;

/* Gives up to size bytes; 0 at the end; -1 on an error with errno set. */
typedef ptrdiff_t (*nkc_read_fn)(void *context, char *bytes, size_t size);

/* Starts reading. name is for findings ("refs.json", "-" for standard input). */
NKC_API nkc_status nkc_reader_open(nkc_reader **out, const nkc_format *format, nkc_str name,
                                   nkc_read_fn read, void *context, nkc_diags *diags);
/* The same over bytes in memory, which must outlive the reader. */
NKC_API nkc_status nkc_reader_open_text(nkc_reader **out, const nkc_format *format, nkc_str name,
                                        nkc_str text, nkc_diags *diags);
/*
 * The next record, borrowed until the next call; NULL at the end. A bad record
 * is a finding and is passed over; a status other than NKC_OK means that the file as a
 * whole could not be read on (records given so far stand).
 */
NKC_API nkc_status nkc_reader_next(nkc_reader *reader, nkc_record **record);
/* Offset and length in the file of the last record's text. */
NKC_API void nkc_reader_extent(const nkc_reader *reader, uint64_t *offset, uint64_t *length);
NKC_API void nkc_reader_close(nkc_reader *reader);

/* --- writing --- */

typedef enum nkc_charset {
	NKC_CHARSET_DEFAULT, /* what the format's users expect: ASCII for bibtex, else UTF-8 */
	NKC_CHARSET_ASCII,
	NKC_CHARSET_UTF8
} nkc_charset;

typedef enum nkc_target {
	NKC_TARGET_ANY, /* every reader of the format */
	NKC_TARGET_ZOTERO,
	NKC_TARGET_MENDELEY,
	NKC_TARGET_ENDNOTE,
	NKC_TARGET_JABREF
} nkc_target;

/* "zotero"; NKC_ENOTFOUND for a name that is none. */
NKC_API nkc_status nkc_target_find(nkc_str name, nkc_target *target);
NKC_API const char *nkc_target_name(nkc_target target);

/* Called for each value that the format could not carry natively (`nkcite export --explain`). */
typedef void (*nkc_tell_fn)(void *context, const nkc_record *record, const char *what, nkc_carry carry,
                            const char *where);

typedef struct nkc_write_options {
	nkc_charset charset;
	nkc_target target;
	bool lossy;       /* leave out what only nkcite reads (the convention fields) */
	nkc_tell_fn tell; /* may be NULL */
	void *tell_context;
} nkc_write_options;

typedef struct nkc_writer nkc_writer;

/* options may be NULL. Output is appended to the buffer that each call is given. */
NKC_API nkc_status nkc_writer_open(nkc_writer **out, const nkc_format *format, const nkc_write_options *options);
/* What stands before the first record, after the last. */
NKC_API nkc_status nkc_writer_begin(nkc_writer *writer, nkc_buf *out);
/*
 * Writes one record. It may rewrite the record in memory (plain words into
 * CSL). Keys that would stand twice get a suffix, with a finding.
 */
NKC_API nkc_status nkc_writer_record(nkc_writer *writer, nkc_record *record, nkc_buf *out, nkc_diags *diags);
NKC_API nkc_status nkc_writer_end(nkc_writer *writer, nkc_buf *out);
NKC_API void nkc_writer_close(nkc_writer *writer);

/* --- from one to the other --- */

/*
 * Gets output as it comes; what it returns other than NKC_OK ends the conversion and is its status. With several
 * jobs it may be called on another thread than nkc_convert was, one call at a time; so may the sink of diags.
 */
typedef nkc_status (*nkc_flush_fn)(void *context, nkc_str bytes);

/* As many threads as help; more is asked for nothing. */
#define NKC_JOBS_MAX 64

/*
 * Writes all that the reader still has; what stands before the first and behind the last record is the caller's
 * (nkc_writer_begin, nkc_writer_end), who may convert several files into one. jobs > 1: on so many threads, where the
 * format allows it; output and findings are the same, byte for byte and in order. Findings of the records go to
 * diags, which should be the reader's list. *count (may be NULL) is how many records were written.
 */
NKC_API nkc_status nkc_convert(nkc_reader *reader, nkc_writer *writer, unsigned jobs, nkc_flush_fn flush, void *context,
                               nkc_diags *diags, uint64_t *count);

#ifdef __cplusplus
}
#endif

#endif
