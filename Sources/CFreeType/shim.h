#ifndef PLENARY_CFREETYPE_SHIM_H
#define PLENARY_CFREETYPE_SHIM_H

// The only place that names FreeType's headers.
#include <ft2build.h>
#include FT_FREETYPE_H

// C macros that Swift does not import.
static const FT_Int32 PLENARY_FT_LOAD_MONO = FT_LOAD_RENDER | FT_LOAD_TARGET_MONO;

#endif
