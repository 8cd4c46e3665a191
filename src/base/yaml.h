/*
 * yaml.h: a YAML text as a tree of JSON values (YAML 1.2, chapter 10: the core schema).
 *
 * The one door to libyaml. Numbers are what JSON calls numbers, kept as they were written; every other plain
 * scalar but null, true and false is a string. Aliases are copied, within bounds: a text cannot grow by them.
 */
#ifndef NKC_SRC_BASE_YAML_H
#define NKC_SRC_BASE_YAML_H

#include <nkcite/value.h>

#define NKC_YAML_DEPTH_MAX 64         /* levels of lists: whoever walks the tree may call itself */
#define NKC_YAML_ANCHORS_MAX 1000u    /* in a text with aliases: each alias is looked for among them */
#define NKC_YAML_COPIES_MAX 10000u    /* values that aliases may add to one text */

/* What is wrong with a text. */
typedef struct nkc_yaml_fault {
	size_t at; /* offset */
	char what[160];
} nkc_yaml_fault;

/*
 * The first document of the text, which must be UTF-8; a value's `at` is its offset in the text. *root is NULL for
 * a text without one. Everything lives in the arena. NKC_ESYNTAX and NKC_ELIMIT fill the fault; NKC_ENOMEM does not.
 */
nkc_status nkc_yaml_parse(nkc_arena *arena, nkc_str text, nkc_value **root, nkc_yaml_fault *fault);

/* Appends the text as one scalar that reads back as a string: plain where that can be, else in double quotes. */
void nkc_yaml_put_string(nkc_buf *out, nkc_str text);

/* Appends a value in block style, its lines behind the first `indent` spaces in; text stands at column `indent`. */
void nkc_yaml_put_value(nkc_buf *out, const nkc_value *value, unsigned indent);

#endif
