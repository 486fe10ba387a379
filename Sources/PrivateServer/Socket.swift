import Foundation

/// Whether a process listens on the Unix socket at `path` (at most 107 bytes).
///
/// PostgreSQL logs nothing about a connection that closes before sending a byte.
func isListening(onSocket path: String) -> Bool {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
  let handle = socket(
    AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
  guard handle >= 0 else { return false }
  defer { close(handle) }
  let result = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
  // EAGAIN: a process listens, but its queue of connections is full.
  return result == 0 || errno == EAGAIN
}

/// The calling thread's `errno` as an error.
func systemError() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
