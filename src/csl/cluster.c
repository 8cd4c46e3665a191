/*
 * cluster.c: one cluster as text.
 */
#include "csl/render.h"

nkc_status csl_write_cluster(nkc_document *document, const csl_cluster *cluster, nkc_buf *out)
{
	nkc_arena_reset(document->scratch);
	return csl_write_tree(document, csl_render_cluster(document, cluster), out);
}
