/*
 * versions.h: which libraries are at work. Each is asked by the one file that includes its headers.
 */
#ifndef NKC_SRC_BASE_VERSIONS_H
#define NKC_SRC_BASE_VERSIONS_H

#include <nkcite/base.h>

void nkc_commonmark_version(char version[NKC_VERSION_SIZE]);
void nkc_text_version(char version[NKC_VERSION_SIZE]);
void nkc_xml_version(char version[NKC_VERSION_SIZE]);
void nkc_yaml_version(char version[NKC_VERSION_SIZE]);

#endif
