import Glibc
import Vocabulary

/// Whether this process was asked to end, for commands that run until then and come to an end of their own.
enum Interruption {
  /// A signal handler may set a flag and not much more.
  nonisolated(unsafe) private static var isSignalled: sig_atomic_t = 0

  /// From now on, SIGINT, SIGTERM and SIGHUP set the flag instead of ending the process. A second one ends it.
  static func expect() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let before = signal(number) { number in
        Interruption.isSignalled = 1
        signal(number, SIG_DFL)
      }
      // After nohup, SIGHUP stays ignored.
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
  }

  /// For a command that follows a conference's log: also tells how to end it.
  static func expect(following conference: ConferenceID) {
    expect()
    if Console.errorIsTerminal {
      Console.error("Waiting for new events of \(conference); press Ctrl-C to stop.")
    }
  }

  /// Whether such a command is to end.
  @Sendable static func isFollowingOver() -> Bool { isRequested || hasNoReader }

  static var isRequested: Bool { isSignalled != 0 }

  /// Whether standard output is a pipe that nobody reads any more. A process that writes nothing is not told (poll(2)).
  static var hasNoReader: Bool {
    var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    return poll(&output, 1, 0) == 1 && output.revents & Int16(POLLERR) != 0
  }
}
