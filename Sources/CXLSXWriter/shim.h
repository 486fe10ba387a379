#ifndef PLENARY_CXLSXWRITER_SHIM_H
#define PLENARY_CXLSXWRITER_SHIM_H

// The only place that names libxlsxwriter's header.
#include <xlsxwriter.h>

#endif
