import CVersion

/// The version of Plenary and the commit that it was built from.
package enum Version {
  /// The version number. The newest heading of the changelog has the same (Plenary.docc/Changelog.md).
  package static let number = "0.1.0"

  /// The commit, `1a2b3c4d5e6f`, with `-dirty` if files were changed since. `Scripts/build` sets it. A plain
  /// `swift build` has none.
  package static let commit: String? = {
    let commit = String(cString: plenary_commit())
    return commit.isEmpty ? nil : commit
  }()

  /// What `--version` prints: `0.1.0 (commit 1a2b3c4d5e6f)`.
  package static let description = "\(number) (\(commit.map { "commit \($0)" } ?? "development build"))"
}
