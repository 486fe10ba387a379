#pragma once

/// The commit that the program was built from, or an empty text where the build was not told.
///
/// Swift has no compiler definitions with a value; C has. Package.swift defines `PLENARY_COMMIT` for this file alone, so
/// that a new commit compiles this file again and nothing else.
const char *_Nonnull plenary_commit(void);
