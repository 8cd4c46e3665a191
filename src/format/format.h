/*
 * format.h (inner): what a format's descriptor and its reader and writer are.
 *
 * A format is one file that ends in its descriptor; Makemodule.am lists it, and
 * the registry is generated from that list.
 */
#ifndef NKC_SRC_FORMAT_FORMAT_H
#define NKC_SRC_FORMAT_FORMAT_H

#include <nkcite/format.h>

/* A run of whole records, for one of several threads. */
typedef struct nkc_part {
	nkc_source source; /* the records, and around them what findings may show of their lines */
	size_t start, end; /* offsets of the records in source.text; equal: there are none */
} nkc_part;

typedef struct nkc_reader_ops {
	/* Sets reader->state. */
	nkc_status (*open)(nkc_reader *reader);
	/*
	 * Notes reader->offset and length before it makes the record (nkc_lines_note). It must be behind the record's
	 * text also when the record could not be made, for want of memory or beyond NKC_RECORD_MEMORY_MAX.
	 */
	nkc_status (*next)(nkc_reader *reader, nkc_record **record);
	/* Releases the state; also behind an `open` that failed, or that never was for want of memory. */
	void (*close)(nkc_reader *reader);
	/*
	 * For conversion on several threads; NULL where records lean on others. `split` cuts the next run of whole
	 * records (about `size` bytes) off the text and gives it, borrowed until the next call; an empty run: what is
	 * left is for `next`. Only the first call may have findings. `open_part` is `open` for a reader over such a
	 * run, which begins at `start`. It must find there what `next` would have found, findings and all.
	 */
	nkc_status (*split)(nkc_reader *reader, size_t size, nkc_part *part);
	nkc_status (*open_part)(nkc_reader *reader, size_t start);
} nkc_reader_ops;

typedef struct nkc_writer_ops {
	/*
	 * Any may be NULL but `record`. They append to out and report memory through its status. `close` is called also
	 * behind an `open` that failed, or that never was for want of memory.
	 */
	const char *separator; /* between records, written by the driver */
	bool in_order; /* what becomes of a record depends on those before it: one thread writes them all */
	nkc_status (*open)(nkc_writer *writer);
	void (*begin)(nkc_writer *writer, nkc_buf *out);
	void (*record)(nkc_writer *writer, nkc_record *record, nkc_buf *out);
	void (*end)(nkc_writer *writer, nkc_buf *out);
	void (*close)(nkc_writer *writer);
} nkc_writer_ops;

struct nkc_format {
	const char *name;
	const char *title;
	const char *extensions; /* "bib,bibtex": the first is the usual one */
	const char *media_type;
	/* How sure it is that a text beginning with `head` is of this format: 0 no ... 100 certain. May be NULL. */
	int (*sniff)(nkc_str head);
	const nkc_reader_ops *reader; /* NULL: cannot read */
	const nkc_writer_ops *writer; /* NULL: cannot write */
	bool keys_nocase; /* two keys may not differ in case only (BibTeX) */
	bool rereads;     /* a record's bytes, read alone, give the same record (nkc_reader_extent) */
	nkc_carry (*carry_var)(nkc_type type, nkc_var var, const char **where);
	nkc_carry (*carry_type)(nkc_type type, const char **where);
};

/* A writer at work. */
struct nkc_writer {
	const nkc_format *format;
	nkc_write_options options;
	uint64_t count;   /* records written so far */
	nkc_diags *diags; /* of the call under way */
	nkc_buf scratch;  /* for the writer's own use within one record */
	/* Where `record` put a key that must be unique (nkc_writer_key); length 0: there is none. */
	size_t key_at, key_length;
	struct nkc_keys *keys; /* the driver's */
	bool is_part;          /* one of several threads: keys are made unique later, when parts are joined */
	void *state;      /* the format's own */
};

/* Reports (when asked for) that a value went somewhere that other programs do not read. */
void nkc_writer_tell(nkc_writer *writer, const nkc_record *record, const char *what, nkc_carry carry,
                     const char *where);

/*
 * Tells the driver that `record` put the key at the end of out, from `at` on: behind one that stands twice it will put
 * a suffix.
 */
void nkc_writer_key(nkc_writer *writer, const nkc_buf *out, size_t at);

/* The record's id; for one without, a made one that depends on its content only ("item-1a2b3c4d"). */
nkc_str nkc_writer_id(nkc_writer *writer, nkc_record *record);

/*
 * Puts a suffix behind the key at out[at..at + length] when it was there before, with a finding; *added is how
 * many bytes that took.
 */
nkc_status nkc_writer_make_key_unique(nkc_writer *writer, nkc_buf *out, size_t at, size_t length,
                                      const nkc_place *place, nkc_diags *diags, size_t *added);

/* Starts a reader over a part of a text, as `split` gave it. */
nkc_status nkc_reader_open_part(nkc_reader **out, const nkc_format *format, const nkc_part *part, nkc_diags *diags);

/* A reader at work. */
struct nkc_reader {
	const nkc_format *format;
	nkc_diags *diags;
	nkc_record *record; /* the one that is given out, used again and again */
	struct nkc_window *window; /* the text (src/base/window.h) */
	uint64_t offset, length;   /* of the last record */
	void *state;
};

#endif
