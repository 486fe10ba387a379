#ifndef PLENARY_CLIBXML2_SHIM_H
#define PLENARY_CLIBXML2_SHIM_H

// The only place that names libxml2's headers.

// Where libxml2 was built with ICU, its header for encodings includes ICU's, which contradict those of Foundation's own
// ICU. They only add fields to the end of xmlCharEncodingHandler, which is not used here.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

// A C macro that Swift does not import as an unsigned number.
static const unsigned int PLENARY_SAX2_MAGIC = XML_SAX2_MAGIC;

static void plenary_say_nothing(void *context, const char *message, ...) {}

// Some errors of encodings are printed whatever handler a parser has. Swift has no functions with variable arguments to replace
// that with. It holds for the thread.
static void plenary_silence_libxml2(void) { xmlSetGenericErrorFunc(0, plenary_say_nothing); }

#endif
