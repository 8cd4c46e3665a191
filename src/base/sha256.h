/*
 * sha256.h: SHA-256 (FIPS 180-4).
 */
#ifndef NKC_SRC_BASE_SHA256_H
#define NKC_SRC_BASE_SHA256_H

#include <nkcite/base.h>

#define NKC_SHA256_SIZE 32

void nkc_sha256(nkc_str text, uint8_t digest[NKC_SHA256_SIZE]);

#endif
