/*
 * nearest.h: "did you mean ...?"
 *
 * Offer every name there is; the few that are nearest to the wanted one are
 * kept. Nothing is allocated, the candidates are borrowed.
 */
#ifndef NKCITE_NEAREST_H
#define NKCITE_NEAREST_H

#include <nkcite/base.h>
#include <nkcite/buf.h>

#ifdef __cplusplus
extern "C" {
#endif

/* More suggestions than these are no help. */
#define NKC_NEAREST_MAX 3

typedef struct nkc_nearest {
	nkc_str wanted;
	size_t count;
	nkc_str best[NKC_NEAREST_MAX]; /* nearest first; of equally near ones the first offered */
	size_t distance[NKC_NEAREST_MAX];
} nkc_nearest;

NKC_API void nkc_nearest_init(nkc_nearest *nearest, nkc_str wanted);

/*
 * Takes the candidate when it is near: few letters differ, or one of the two begins with the
 * other. ASCII case counts as no difference.
 */
NKC_API void nkc_nearest_offer(nkc_nearest *nearest, nkc_str candidate);

/* Writes "did you mean a, b or c?"; nothing when nothing is near. */
NKC_API void nkc_nearest_hint(const nkc_nearest *nearest, nkc_buf *out);

/*
 * How many bytes to insert, delete, replace or swap with their neighbour to make b of a (optimal string
 * alignment), without regard to ASCII case; limit + 1 when there are more, or when one is longer than
 * NKC_DISTANCE_MAX bytes.
 */
#define NKC_DISTANCE_MAX 128
NKC_API size_t nkc_str_distance(nkc_str a, nkc_str b, size_t limit);

#ifdef __cplusplus
}
#endif

#endif
