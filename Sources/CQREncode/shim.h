#ifndef PLENARY_CQRENCODE_SHIM_H
#define PLENARY_CQRENCODE_SHIM_H

// The only place that names libqrencode's header.
#include <qrencode.h>

#endif
