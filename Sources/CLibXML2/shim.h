#ifndef PLENARY_CLIBXML2_SHIM_H
#define PLENARY_CLIBXML2_SHIM_H

// The only place that names libxml2's headers.
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

// A C macro with a cast, which Swift does not import.
static const unsigned int PLENARY_SAX2_MAGIC = XML_SAX2_MAGIC;

#endif
