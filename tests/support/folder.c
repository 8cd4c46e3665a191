#include <config.h>

#include "support/folder.h"

#include "support/unit.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char home[4096];
static char here[4096];

int folder_enter(void **state)
{
	const char *temp = getenv("TMPDIR");

	(void)state;
	if (!getcwd(home, sizeof home))
		return -1;
	snprintf(here, sizeof here, "%s/nkcite-test-XXXXXX", temp && *temp ? temp : "/tmp");
	return mkdtemp(here) && chdir(here) == 0 ? 0 : -1;
}

static void remove_tree(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	char below[8192];

	while (folder && (entry = readdir(folder)) != NULL) {
		struct stat info;

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
		if (lstat(below, &info) == 0 && S_ISDIR(info.st_mode))
			remove_tree(below);
		else
			unlink(below);
	}
	if (folder)
		closedir(folder);
	rmdir(path);
}

int folder_leave(void **state)
{
	(void)state;
	if (chdir(home) != 0)
		return -1;
	remove_tree(here);
	return 0;
}

void folder_write(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

const char *folder_read(const char *path)
{
	static char text[65536];
	FILE *file = fopen(path, "rb");
	size_t len;

	if (!file)
		return NULL;
	len = fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[len] = '\0';
	return text;
}

size_t folder_count(const char *path, const char *prefix)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    strncmp(entry->d_name, prefix, strlen(prefix)) == 0)
			count++;
	closedir(folder);
	return count;
}
