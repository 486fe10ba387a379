#ifndef PLENARY_CLIBPQ_SHIM_H
#define PLENARY_CLIBPQ_SHIM_H

// The only place that names libpq's header. Where a function exists only in a newer libpq, wrap it
// here in `#ifdef LIBPQ_HAS_…`: Swift cannot see whether a C macro is defined.
#include <libpq-fe.h>

// The fields of an error or notice. libpq writes them as character constants, which Swift does not
// import.
static const int DIAG_SEVERITY = PG_DIAG_SEVERITY_NONLOCALIZED;
static const int DIAG_SQLSTATE = PG_DIAG_SQLSTATE;
static const int DIAG_MESSAGE = PG_DIAG_MESSAGE_PRIMARY;
static const int DIAG_DETAIL = PG_DIAG_MESSAGE_DETAIL;
static const int DIAG_HINT = PG_DIAG_MESSAGE_HINT;
static const int DIAG_CONTEXT = PG_DIAG_CONTEXT;
static const int DIAG_CONSTRAINT = PG_DIAG_CONSTRAINT_NAME;
static const int DIAG_POSITION = PG_DIAG_STATEMENT_POSITION;

#endif
