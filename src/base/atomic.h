/*
 * atomic.h: files that are either the old or the new, never half of one.
 *
 * The content goes to a temporary file in the folder of the target; commit
 * syncs it, renames it over the target and syncs the folder, so that the name
 * shows the whole old or the whole new content after a crash at any point.
 * What a crash leaves behind is named NKC_ATOMIC_PREFIX...NKC_ATOMIC_SUFFIX.
 */
#ifndef NKC_SRC_BASE_ATOMIC_H
#define NKC_SRC_BASE_ATOMIC_H

#include <nkcite/base.h>
#include <sys/types.h>

#define NKC_ATOMIC_PREFIX ".nkcite-"
#define NKC_ATOMIC_SUFFIX ".tmp"

typedef enum nkc_atomic_how {
	NKC_ATOMIC_ANY, /* replaces a file or makes one */
	NKC_ATOMIC_NEW  /* the name must be free: else errno EEXIST, also when it was taken meanwhile */
} nkc_atomic_how;

typedef struct nkc_atomic {
	int folder;      /* borrowed descriptor of the folder */
	int file;        /* the temporary file; -1 when closed */
	mode_t mode;     /* permissions of the file to be replaced */
	bool replaces;   /* a file stood there */
	char temp[40];   /* name of the temporary file in the folder */
} nkc_atomic;

/*
 * Starts a file that is to stand at `name` in the open folder. The name must hold no slash. A file
 * that is replaced keeps its permissions and, where the system lets us, its owner and group. What stands
 * there already must be a regular file (errno ELOOP for a symbolic link, EINVAL else).
 * NKC_EIO with errno on failure; nothing is left then.
 */
nkc_status nkc_atomic_begin(nkc_atomic *atomic, int folder, const char *name);
/* Appends bytes. NKC_EIO with errno. */
nkc_status nkc_atomic_write(nkc_atomic *atomic, nkc_str bytes);
/*
 * Puts the file in its place, durably. On NKC_EIO (errno) the old file stands, but for a failed sync of
 * the folder: then the new one stands, and might not survive a loss of power.
 * Ends the atomic in any case.
 */
nkc_status nkc_atomic_commit(nkc_atomic *atomic, const char *name, nkc_atomic_how how);
/* Throws the temporary file away. errno is kept. */
void nkc_atomic_abort(nkc_atomic *atomic);

/* Is it the name of such a temporary file? */
bool nkc_atomic_is_temp(const char *name);

/* Makes what was renamed or removed in the folder last. NKC_EIO with errno. */
nkc_status nkc_folder_sync(int folder);
/* Removes a file, or gives it another name, durably. NKC_EIO with errno. */
nkc_status nkc_folder_remove(int folder, const char *name);
nkc_status nkc_folder_rename(int folder, const char *from, const char *to);

/* --- for tests --- */

typedef enum nkc_atomic_step {
	NKC_STEP_CREATE,
	NKC_STEP_WRITE,
	NKC_STEP_SYNC,
	NKC_STEP_RENAME,
	NKC_STEP_REMOVE,
	NKC_STEP_SYNC_FOLDER
} nkc_atomic_step;

/*
 * Called before each step that changes the disk: 0 goes on, an errno value makes the step fail. At
 * NKC_STEP_WRITE it may lower *bytes, how many are handed to the system. NULL: nothing is called.
 */
typedef int (*nkc_atomic_hook)(nkc_atomic_step step, size_t *bytes);
void nkc_atomic_set_hook(nkc_atomic_hook hook);

#endif
