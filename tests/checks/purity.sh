#!/bin/sh
# purity.sh ROOT: the core has no clock, environment, file, socket, locale, randomness or
# process: what it needs is an argument. The library never prints and never ends the process.
. "$(dirname "$0")/common.sh"

names()
{
    printf '(^|[^A-Za-z0-9_.>])(%s)[ ]*\\(' "$(printf '%s' "$*" | tr -s ' \n' '||')"
}

world=$(names getenv secure_getenv setenv putenv unsetenv setlocale localeconv tzset \
    time clock clock_gettime gettimeofday localtime localtime_r mktime ftime \
    fopen freopen fdopen tmpfile mkstemp open openat creat opendir fdopendir stat lstat fstatat \
    access realpath getcwd chdir readlink rename unlink mkdir \
    socket connect getaddrinfo gethostbyname getnameinfo gethostname uname \
    system popen fork vfork execv execve execvp posix_spawn posix_spawnp getpid getuid \
    isatty rand random srand srandom rand_r drand48 getrandom getentropy sleep nanosleep)
prints=$(names printf vprintf puts putchar perror)
ends=$(names exit _exit _Exit quick_exit abort raise)

{
    code lib | grep -vE '^lib/(app|repo|ledger|delivery)/' |
        grep -vE '^lib/base/(file|process|trace)\.[ch]:' |
        grep -E "$world" | sed 's/$/  -- the core does not reach outside: pass it as an argument/'
    code lib | grep -v '^lib/base/trace\.c:' |
        grep -E "$prints|(^|[^A-Za-z0-9_])(stdout|stderr)([^A-Za-z0-9_]|\$)" |
        sed 's/$/  -- the library does not print/'
    code lib | grep -v '^lib/base/process\.c:' |
        grep -E "$ends" | sed 's/$/  -- the library does not end the process: return an error/'
} >"$findings" || :
report "$findings"
