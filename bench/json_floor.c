/*
 * json_floor FILE: what jansson takes to parse the file, the floor of every
 * figure in bench/run. Prints the CPU seconds of json_loadb alone (reading the
 * file and freeing the tree are not counted) and the number of top-level items.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <jansson.h>

static double cpu_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* The whole file; NULL when it cannot be read. */
static char *read_all(const char *path, size_t *len)
{
	char *bytes = NULL;
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	if (fseek(file, 0, SEEK_END) == 0) {
		long size = ftell(file);
		rewind(file);
		if (size >= 0 && (bytes = malloc((size_t)size + 1)) != NULL)
			*len = fread(bytes, 1, (size_t)size, file);
	}
	fclose(file);
	return bytes;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: json_floor FILE\n");
		return 2;
	}
	size_t len = 0;
	char *text = read_all(argv[1], &len);
	if (!text) {
		perror(argv[1]);
		return 3;
	}

	json_error_t fault;
	double start = cpu_seconds();
	json_t *root = json_loadb(text, len, 0, &fault);
	double spent = cpu_seconds() - start;
	if (!root) {
		fprintf(stderr, "%s:%d:%d: %s\n", argv[1], fault.line, fault.column, fault.text);
		free(text);
		return 1;
	}
	printf("%.6f %zu\n", spent, json_array_size(root));
	json_decref(root);
	free(text);
	return 0;
}
