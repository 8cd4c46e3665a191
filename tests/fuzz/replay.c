/*
 * replay FILE...: runs the fuzz target on each file as it is, cut short, and changed a little, the same way
 * every time. NKCITE_FUZZ_ROUNDS says how many changed inputs a file (100 unless told); NKCITE_FUZZ_KEEP names a
 * file that always holds the input under way, so that it is there after a crash.
 */
#include "fuzz.h"

#include <string.h>

#define INPUT_MAX 65536 /* larger corpus files teach nothing and take long under sanitizers */
#define CUTS_MAX 100

/* Pieces that JSON, EDTF, BibTeX and RIS give a meaning to. */
static const char *const pieces[] = {
	"\"", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", ",", ":", "null", "1e999", "-0", "\xff", "\xed\xa0\x80",
	"\xef\xbb\xbf", "\n", "\r\n", "\t", "<i>", "</i>", "<span class=\"nocase\">", "&amp;", "$", "%", "#", "_", "~",
	"^", "@", "/..", "2013-11~", "-0000", "2004-02-30", "XX", "\"custom\":", "\"author\":", "\"date-parts\":[[",
	" and ", "ER  - ", "TY  - ", "{\\\"o}", "\\end{", "\xed\x95\x9c", "\xd9\x85",
};

static uint32_t state;

static uint32_t pick(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return below ? state % below : 0;
}

static void keep(const uint8_t *data, size_t size)
{
	const char *path = getenv("NKCITE_FUZZ_KEEP");
	FILE *file = path ? fopen(path, "wb") : NULL;
	if (!file)
		return;
	fwrite(data, 1, size, file);
	fclose(file);
}

/* On a block of exactly that size, so that a sanitizer sees a read past the end. */
static void run(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);
	MUST(copy);
	memcpy(copy, data, size);
	keep(copy, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static size_t insert_piece(uint8_t *data, size_t size, size_t at)
{
	const char *piece = pieces[pick(sizeof pieces / sizeof *pieces)];
	size_t len = strlen(piece);
	memmove(data + at + len, data + at, size - at);
	memcpy(data + at, piece, len);
	return size + len;
}

static size_t cut_out(uint8_t *data, size_t size, size_t at)
{
	size_t len = pick(8) + 1;
	if (len > size - at)
		len = size - at;
	memmove(data + at, data + at + len, size - at - len);
	return size - len;
}

/* One to four small changes; `data` has room for 128 bytes more. */
static size_t change(uint8_t *data, size_t size)
{
	for (uint32_t changes = pick(4) + 1; changes > 0; changes--) {
		size_t at = pick((uint32_t)size);
		switch (pick(3)) {
		case 0:
			size = insert_piece(data, size, at);
			break;
		case 1:
			size = cut_out(data, size, at);
			break;
		default:
			if (size > 0)
				data[at] ^= (uint8_t)(1u << pick(8));
		}
	}
	return size;
}

static void replay(const uint8_t *data, size_t size, long rounds)
{
	static uint8_t changed[INPUT_MAX + 128];
	size_t step = size / CUTS_MAX + 1;

	run(data, size);
	for (size_t cut = 0; cut < size; cut += step)
		run(data, cut);
	state = 2463534242u ^ (uint32_t)size;
	for (long round = 0; round < rounds; round++) {
		memcpy(changed, data, size);
		run(changed, change(changed, size));
	}
}

int main(int argc, char **argv)
{
	static uint8_t data[INPUT_MAX];
	const char *wanted = getenv("NKCITE_FUZZ_ROUNDS");
	long rounds = wanted ? strtol(wanted, NULL, 10) : 100;

	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "rb");
		if (!file) {
			perror(argv[i]);
			return 1;
		}
		size_t size = fread(data, 1, sizeof data, file);
		fclose(file);
		printf("# %s\n", argv[i]);
		fflush(stdout);
		replay(data, size, rounds);
		printf("ok %d - %s\n", i, strrchr(argv[i], '/') ? strrchr(argv[i], '/') + 1 : argv[i]);
	}
	return 0;
}
