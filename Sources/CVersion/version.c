#include "version.h"

#define TEXT(token) #token
#define TEXT_OF(macro) TEXT(macro)

#ifndef PLENARY_COMMIT
#define PLENARY_COMMIT
#endif

const char *plenary_commit(void) { return TEXT_OF(PLENARY_COMMIT); }
