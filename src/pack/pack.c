/* pack.c - what a pack is made of. */
#include "pack/pack.h"

const char *const pack_required[] = {"VERIFY.txt", "index.html", "ledger.sqlite", "pack.json",
                                     NULL};
