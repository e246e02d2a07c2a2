/* A hash with a key, for tables that hold what strangers write: who does not know the key
 * cannot choose texts that fall together. Same key, same hash: on every machine. */
#ifndef OG_BASE_SIPHASH_H
#define OG_BASE_SIPHASH_H

#include "base/str.h"

/* SipHash-1-3 (https://www.aumasson.jp/siphash/siphash.pdf). */
uint64_t og_siphash(const uint64_t key[2], og_str text);

#endif
