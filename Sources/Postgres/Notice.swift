import CLibPQ

/// A warning from the server.
package struct Notice: Sendable, Equatable {
  package let message: String
  package let sqlState: SQLState?
  package let detail: String?
  package let hint: String?
}

/// Receives the server's warnings.
///
/// Without a receiver, libpq prints notices on standard error (libpq manual, "Notice Processing").
/// Everything below WARNING ("relation exists, skipping") is dropped.
final class NoticeReceiver: Sendable {
  private let handler: (@Sendable (Notice) -> Void)?

  init(_ handler: (@Sendable (Notice) -> Void)?) {
    self.handler = handler
  }

  /// The receiver must outlive the connection.
  func attach(to connection: OpaquePointer?) {
    let this = Unmanaged.passUnretained(self).toOpaque()
    PQsetNoticeReceiver(
      connection,
      { this, result in
        guard let this else { return }
        Unmanaged<NoticeReceiver>.fromOpaque(this).takeUnretainedValue().receive(result)
      }, this)
  }

  private func receive(_ result: OpaquePointer?) {
    guard let handler, result.field(DIAG_SEVERITY) == "WARNING" else { return }
    handler(
      Notice(
        message: result.field(DIAG_MESSAGE) ?? "",
        sqlState: result.field(DIAG_SQLSTATE).map(SQLState.init(rawValue:)),
        detail: result.field(DIAG_DETAIL),
        hint: result.field(DIAG_HINT)))
  }
}
