#include "support/pieces.h"

#include <errno.h>

ptrdiff_t pieces_read(void *context, char *bytes, size_t size)
{
	pieces *p = context;
	nkc_str rest = nkc_str_slice(p->text, p->at, p->text.len);
	size_t most = p->size && p->size < size ? p->size : size;
	p->reads++;
	if (nkc_str_empty(rest) && p->error) {
		errno = p->error;
		return -1;
	}
	nkc_str piece = nkc_str_slice(rest, 0, most);
	memcpy(bytes, piece.ptr, piece.len);
	p->at += piece.len;
	return (ptrdiff_t)piece.len;
}
