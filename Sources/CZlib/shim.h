#ifndef PLENARY_CZLIB_SHIM_H
#define PLENARY_CZLIB_SHIM_H

// The only place that names zlib's header.
#include <zlib.h>

// A macro in zlib, which Swift does not import: raw deflate data, without a header, as in ZIP files.
static inline int plenary_inflate_init_raw(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }

#endif
