/*
 * nkcite.h: all of libnkcite.
 */
#ifndef NKCITE_NKCITE_H
#define NKCITE_NKCITE_H

#include <nkcite/base.h>
#include <nkcite/buf.h>
#include <nkcite/cite.h>
#include <nkcite/diag.h>
#include <nkcite/format.h>
#include <nkcite/library.h>
#include <nkcite/nearest.h>
#include <nkcite/out.h>
#include <nkcite/markdown.h>
#include <nkcite/markup.h>
#include <nkcite/page.h>
#include <nkcite/pandoc.h>
#include <nkcite/record.h>
#include <nkcite/source.h>
#include <nkcite/style.h>
#include <nkcite/tex.h>
#include <nkcite/value.h>
#include <nkcite/variables.h>

#endif
