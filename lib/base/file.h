/* Files and streams of the outside world: whole reads with a ceiling, writes that are
 * checked to the last byte. For app, cmd, repo, ledger and delivery only. */
#ifndef OG_BASE_FILE_H
#define OG_BASE_FILE_H

#include "base/buf.h"
#include "base/error.h"

/* Appends the whole file. Regular files only (no device, FIFO, directory); with
 * follow == false a symlink is an error too. The ceiling of ret is raised where `limit`
 * asks for it. On failure ret holds what it held. OG_E_NOTFOUND, OG_E_LIMIT, OG_E_IO,
 * OG_E_NOMEM. */
int og_file_read(const char *path, size_t limit, bool follow, og_buf *ret, og_error *err);
/* Writes to a temporary name beside it, syncs, renames: the file is replaced whole or
 * left as it was. A link's target is replaced; a device or FIFO is written to. OG_E_IO.
 */
int og_file_write(const char *path, og_str data, og_error *err);
/* Writes everything to a descriptor, retrying short writes; EPIPE and ENOSPC are OG_E_IO
 * (the process must ignore SIGPIPE). */
int og_fd_write(int fd, og_str data, og_error *err);

#endif
