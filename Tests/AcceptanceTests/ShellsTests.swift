import Foundation
import Testing

/// A shell in which the completions are installed.
enum CompletingShell: String, CaseIterable {
  case bash, zsh, fish

  var isInstalled: Bool {
    ["/usr/bin/", "/bin/", "/usr/local/bin/"].contains {
      FileManager.default.isExecutableFile(atPath: $0 + rawValue)
    }
  }

  static let missing = allCases.filter { !$0.isInstalled }.map(\.rawValue).joined(separator: ", ")

  /// The command that starts it with these completions, and variables for it.
  ///
  /// - Parameter folder: an empty one, which stays while it runs.
  func command(_ completions: String, in folder: URL) throws -> (words: [String], variables: [String: String])
  {
    func write(_ text: String, _ name: String) throws -> String {
      let file = folder.appending(path: name)
      try Data(text.utf8).write(to: file)
      return file.path
    }
    switch self {
    case .bash:
      let script = try write(completions, "plenary")
      let start = try write("source '\(script)'; PS1='ready> '", "bashrc")
      return (["bash", "--noprofile", "--rcfile", start, "-i"], [:])
    case .zsh:
      _ = try write(completions, "_plenary")
      _ = try write(
        "fpath=('\(folder.path)' $fpath); autoload -U compinit; compinit -u -D; PS1='ready> '", ".zshrc")
      return (["zsh", "-d", "-i"], ["ZDOTDIR": folder.path])
    case .fish:
      let script = try write(completions, "plenary.fish")
      let start = "source '\(script)'; function fish_prompt; echo 'ready> '; end"
      return (["fish", "--no-config", "--interactive", "--init-command", start], ["HOME": folder.path])
    }
  }
}

@Suite(.timeLimit(.minutes(40))) struct `A shell` {
  @Test(
    .enabled(if: Conversation.canHaveTerminal, "There is no program “script” here"),
    .enabled(
      if: CompletingShell.missing.isEmpty,
      "These shells are not here, so nothing is completed in any: \(CompletingShell.missing)"),
    arguments: CompletingShell.allCases)
  func `completes a short name when the tabulator is pressed`(_ shell: CompletingShell) async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("speaker", "register", "ada", "--name", "Lovelace, Ada")
    try await plenary.done("speaker", "register", "pawel", "--name", "Nowak, Paweł")
    try await plenary.done("speaker", "list")
    let folder = FileManager.default.temporaryDirectory.appending(path: "shell-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let completions = try await plenary.done("--generate-completion-script", shell.rawValue).output
    let (words, variables) = try shell.command(completions, in: folder)
    var environment = plenary.environment.merging(variables) { $1 }
    environment["PATH"] = Plenary.folder + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    let conversation = Conversation(words, environment, terminal: (columns: 100, lines: 30))
    #expect(await conversation.hears("ready> "), "\(conversation.transcript)")
    conversation.say("plenary speaker show p\t")
    #expect(await conversation.hears("Nowak"), "\(conversation.transcript)")
    conversation.say("exit")
    _ = await conversation.ended()
  }
}
