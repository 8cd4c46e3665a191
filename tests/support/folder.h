/*
 * folder.h: a folder of its own for each test, which is gone after it.
 */
#ifndef NKC_TESTS_FOLDER_H
#define NKC_TESTS_FOLDER_H

#include <nkcite/base.h>

/* Makes an empty folder and goes into it; a cmocka setup. */
int folder_enter(void **state);
/* Leaves the folder and removes it with all in it; a cmocka teardown. */
int folder_leave(void **state);

/* Writes the text to the file (relative to the folder). */
void folder_write(const char *path, const char *text);
/* The text of the file, in a static buffer; NULL when there is no such file. */
const char *folder_read(const char *path);
/* How many names the folder holds that begin so ("" counts all but . and ..). */
size_t folder_count(const char *path, const char *prefix);

#endif
