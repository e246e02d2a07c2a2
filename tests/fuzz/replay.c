/* Runs a fuzz target over the files of its corpus, for builds without libFuzzer. A
 * directory that is missing or empty is a failure: a test that runs nothing shows
 * nothing. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    LARGEST_INPUT = 1 << 20
};

static int replay(const char *directory, const char *name)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", directory, name) >= (int)sizeof path)
        return -1;
    FILE *in = fopen(path, "rb");
    uint8_t *data = malloc(LARGEST_INPUT);
    int status = -1;
    if (in && data) {
        /* A block of the exact size, so that reading past the end is found. */
        size_t size = fread(data, 1, LARGEST_INPUT, in);
        uint8_t *exact = malloc(size ? size : 1);
        if (exact && !ferror(in)) {
            memcpy(exact, data, size);
            status = LLVMFuzzerTestOneInput(exact, size);
        }
        free(exact);
    }
    if (status != 0)
        fprintf(stderr, "%s: %s\n", path, in ? "failed" : strerror(errno));
    free(data);
    if (in)
        fclose(in);
    return status;
}

int main(int argc, char **argv)
{
    size_t count = 0;
    int failed = 0;
    DIR *corpus = argc == 2 ? opendir(argv[1]) : NULL;
    if (!corpus) {
        fprintf(stderr, "no corpus: give the directory as the one argument\n");
        return 1;
    }
    for (struct dirent *entry; (entry = readdir(corpus)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        count++;
        failed |= replay(argv[1], entry->d_name) != 0;
    }
    closedir(corpus);
    printf("%zu inputs\n", count);
    return failed || count == 0;
}
