/*
 * coins.h: COinS, a bibliographic record in the title of an empty span of HTML: an OpenURL ContextObject (ANSI/NISO
 * Z39.88-2004) written as keys and values.
 */
#ifndef NKC_SRC_FORMAT_COINS_H
#define NKC_SRC_FORMAT_COINS_H

#include "format/format.h"

/* The formats of metadata (info:ofi/fmt:kev:mtx:...): bits. */
enum {
	NKC_COINS_JOURNAL = 1,
	NKC_COINS_BOOK = 2, /* of one volume; parts of it are one of the next */
	NKC_COINS_BOOKITEM = 4,
	NKC_COINS_PROCEEDING = 8,
	NKC_COINS_REPORT = 16,
	NKC_COINS_DISSERTATION = 32,
	NKC_COINS_PATENT = 64,
	NKC_COINS_DC = 128
};
#define NKC_COINS_INSIDE (NKC_COINS_JOURNAL | NKC_COINS_BOOKITEM | NKC_COINS_PROCEEDING)

/* How an item of CSL is a ContextObject: in which form, with which genre or, in Dublin Core, Zotero's name of the type. */
typedef struct nkc_coins_type {
	const char *name;
	nkc_type type;
	unsigned form;
} nkc_coins_type;

/* A type of its own where there is one, else the nearest. */
const nkc_coins_type *nkc_coins_type_for(nkc_type type);
/* By rft.type or rft.genre; NULL when it is not known. form: bits. */
const nkc_coins_type *nkc_coins_type_find(nkc_str name, unsigned forms);

/* "rft.btitle" is the title of a book; of a chapter it is the container's. */
typedef struct nkc_coins_key {
	const char *key; /* behind "rft." */
	nkc_var var;
	unsigned forms;  /* in which the key means this; the first row that fits counts */
	bool written;    /* else it is only read */
} nkc_coins_key;

extern const nkc_coins_key nkc_coins_keys[];
extern const size_t nkc_coins_key_count;

/* Appends the ContextObject of a record, unescaped: "ctx_ver=Z39.88-2004&rft_val_fmt=...". */
void nkc_coins_put(nkc_record *record, nkc_buf *out);

#endif
