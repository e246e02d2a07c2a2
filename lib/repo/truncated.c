/*
 * What libgit2 gets in place of its loop over a compressed object.
 *
 * libgit2 1.5 inflates a loose object until it has the bytes that the object's header
 * promises, or the end of the stream. Of a file that was cut short it gets neither, and
 * asks for ever (libgit2 issue 7342). cmake/loose_objects.cmake lets the one object file
 * of libgit2 that reads loose objects call the loop below, which gives up when there is
 * nothing more to come. With libgit2 as a shared object nothing of this is in use.
 */
#include <stdbool.h>
#include <stddef.h>

int truncated_get_output(void *out, size_t *out_len, void *stream);

/* Internal to libgit2 1.5: inflates once, into at most *out_len bytes; whether the end of
 * the stream was seen. */
int git_zstream_get_output_chunk(void *out, size_t *out_len, void *stream);
bool git_zstream_eos(void *stream);

/* As in git2/sys/errors.h: only repo/git.c includes libgit2's headers. */
int git_error_set_str(int error_class, const char *string);

enum {
    TRUNCATED_ERROR_CLASS = 5, /* GIT_ERROR_ZLIB */
    TRUNCATED_ERROR = -1
};

int truncated_get_output(void *out, size_t *out_len, void *stream)
{
    size_t done = 0;
    while (done < *out_len && !git_zstream_eos(stream)) {
        size_t n = *out_len - done;
        if (git_zstream_get_output_chunk((char *)out + done, &n, stream) < 0)
            return TRUNCATED_ERROR;
        if (n == 0 && !git_zstream_eos(stream)) {
            (void)git_error_set_str(TRUNCATED_ERROR_CLASS, "the object is cut short");
            return TRUNCATED_ERROR;
        }
        done += n;
    }
    *out_len = done;
    return 0;
}
