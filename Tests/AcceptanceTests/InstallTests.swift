import Foundation
import Subprocess
import Testing

/// What Scripts/install and Scripts/package install: this program, its manual pages and completions.
@Suite(.enabled("there is no python3 or no strip here") { try await Shell.has("python3", "strip") })
struct InstallTests {
  @Test(.enabled("there is no mandoc here: run Scripts/setup --for test") { try await Shell.has("mandoc") })
  func `manual pages describe every command and every option, and mandoc accepts them`() async throws {
    let folder = try Folder()
    try await Shell.done("Scripts/man \"$1\"", folder.path("man1"))
    // A page that another page refers to must exist, except psql's.
    let found = try await Shell.run(
      "cd \"$1\" && MANPATH=$PWD mandoc -T lint -W warning man1/*.1", folder.path(""))
    #expect(found.code == 0 && found.output.isEmpty, "\(found.output)")

    let dump = try await Plenary()("--experimental-dump-help").object
    let root = try #require(dump["command"] as? [String: Any])
    let overview = try await read(folder.path("man1/plenary.1"))
    for noun in try #require(root["subcommands"] as? [[String: Any]]) {
      let name = try #require(noun["commandName"] as? String)
      if name == "help" { continue }
      let page = try await read(folder.path("man1/plenary-\(name).1"))
      #expect(overview.contains("plenary-\(name)(1)"))
      for (path, arguments) in leaves(noun) {
        #expect(page.contains("plenary \(path.joined(separator: " "))"), "\(path)")
        for option in arguments where option["shouldDisplay"] as? Bool != false {
          for each in option["names"] as? [[String: String]] ?? [] {
            let flag = (each["kind"] == "short" ? "-" : "--") + (each["name"] ?? "")
            #expect(page.contains(flag) || overview.contains(flag), "\(path) \(flag)")
          }
        }
      }
    }
  }

  /// Several targets read variables, but only Scripts/man describes them.
  @Test func `manual page names every environment variable that the program reads`() async throws {
    let folder = try Folder()
    try await Shell.done("Scripts/man \"$1\"", folder.path("man1"))
    let page = try String(contentsOfFile: folder.path("man1/plenary.1"), encoding: .utf8)
    let variables = try await Shell.run(
      "grep -rhoE '\"PLENARY_[A-Z_]+\"' Sources --include='*.swift' | tr -d '\"' | sort -u")
    let names = variables.output.split(separator: "\n")
    #expect(names.count >= 4)
    for name in names { #expect(page.contains("Ev \(name)"), "\(name)") }
  }

  @Test func `installs below PREFIX and DESTDIR, and removes all of it again`() async throws {
    let folder = try Folder()
    let place = "DESTDIR=\"$1\" PREFIX=/usr"
    try await Shell.done("\(place) Scripts/install", folder.path("root"))
    let usr = folder.path("root/usr")
    let version = try await Shell.done("\"$1/bin/plenary\" --version", usr)
    #expect(try await version == Plenary()("--version").output)
    try await Shell.done("bash -n \"$1/share/bash-completion/completions/plenary\"", usr)
    try await Shell.done("grep -q '#compdef plenary' \"$1/share/zsh/site-functions/_plenary\"", usr)
    try await Shell.done(
      "grep -q 'complete -c .*plenary' \"$1/share/fish/vendor_completions.d/plenary.fish\"", usr)
    try await Shell.done(
      "gzip -dc \"$1/share/man/man1/plenary-session.1.gz\" | grep -q 'Dt PLENARY-SESSION 1'", usr)
    // Bash completes a noun.
    let completed = try await Shell.done(
      """
      PATH=$1/bin:$PATH; source "$1/share/bash-completion/completions/plenary"
      COMP_WORDS=(plenary conf) COMP_CWORD=1 COMP_LINE='plenary conf' COMP_POINT=12
      _plenary plenary conf plenary; printf '%s\\n' "${COMPREPLY[@]}"
      """, usr)
    #expect(completed == "conference\n")

    try await Shell.done("\(place) Scripts/uninstall", folder.path("root"))
    #expect(try await Shell.done("find \"$1\" -type f", folder.path("root")) == "")
  }

  /// The base system is made once and kept in the build folder. That takes about a minute and needs a mirror.
  @Test(
    .enabled("there is no debootstrap or no dpkg here, or this is not root: the Debian package was not tried")
    {
      try await Shell.has("debootstrap", "dpkg-deb", "dpkg-shlibdeps") && getuid() == 0
    },
    .timeLimit(.minutes(40)))
  func `installs the Debian package into a new system, where the program runs`() async throws {
    let folder = try Folder()
    let package = try await Shell.done("Scripts/package \"$1\"", folder.path("out"))
      .trimmingCharacters(in: .newlines)
    let control = try await Shell.done("dpkg-deb --field \"$1\"", package)
    #expect(control.contains(/Depends: .*libpq5.*postgresql \(>= 15\) \| postgresql-client/), "\(control)")
    #expect(
      control.contains(/Recommends: fonts-noto-core, fonts-noto-cjk, fonts-noto-color-emoji, .*python3/),
      "\(control)")
    let said = try await Shell.done(
      """
      codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
      base=.build/debootstrap-freetype-$codename.tar
      if [[ ! -f $base ]]; then
        debootstrap --variant=minbase --include=libfreetype6,libpq5,libqrencode4,libstdc++6,libxlsxwriter4,libxml2,postgresql-client,tzdata "$codename" "$2/base" >&2
        tar --create --file "$base.$$" --directory "$2/base" .
        mv "$base.$$" "$base"
        rm -rf "$2/base"
      fi
      mkdir "$2/system"
      tar --extract --file "$base" --directory "$2/system"
      dpkg --root="$2/system" --install "$1" >&2
      # A development build looks for Swift's libraries where the toolchain has them.
      for library in $(ldd "$2/system/usr/bin/plenary" | sed -nE 's/.*=> ([^ ]*swift[^ ]*) .*/\\1/p'); do
        install -D "$library" "$2/system$library"
      done
      # Swift reads a program's arguments from /proc.
      unshare --mount sh -c 'mount -t proc proc "$1/proc" && chroot "$1" plenary --version' sh "$2/system"
      chroot "$2/system" dpkg --status plenary | grep '^Status'
      dpkg --root="$2/system" --remove plenary >&2
      test ! -e "$2/system/usr/bin/plenary"
      """, package, folder.path(""))
    #expect(
      try await said == Plenary()("--version").output + "Status: install ok installed\n", "\(said)")
  }

  private func read(_ page: String) async throws -> String {
    try await Shell.done("mandoc -T utf8 -O width=300 \"$1\" | col -b", page)
  }

  private func leaves(_ command: [String: Any]) -> [([String], [[String: Any]])] {
    let name = command["commandName"] as? String ?? ""
    let commands = (command["subcommands"] as? [[String: Any]] ?? []).filter {
      $0["commandName"] as? String != "help"
    }
    if commands.isEmpty { return [([name], command["arguments"] as? [[String: Any]] ?? [])] }
    return commands.flatMap { leaves($0).map { ([name] + $0, $1) } }
  }
}

/// Runs lines of bash in the checkout, with this build's program as PLENARY.
private enum Shell {
  static func run(_ script: String, _ arguments: String...) async throws -> (code: Int, output: String) {
    try await run(script, arguments)
  }

  private static func run(_ script: String, _ arguments: [String]) async throws -> (code: Int, output: String)
  {
    let result = try await Subprocess.run(
      .name("env"),
      arguments: Arguments(
        ["PLENARY=\(Plenary.folder)/plenary", "bash", "-c", "set -euo pipefail; cd \"$0\"\n" + script]
          + [Checkout.file("").path] + arguments),
      input: .none, output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
    guard case .exited(let code) = result.terminationStatus else { return (-1, "") }
    return (Int(code), code == 0 ? result.standardOutput : result.standardOutput + result.standardError)
  }

  /// Expects it to succeed.
  @discardableResult
  static func done(
    _ script: String, _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    let result = try await run(script, arguments)
    #expect(result.code == 0, "\(script)\n\(result.output)", sourceLocation: sourceLocation)
    return result.output
  }

  static func has(_ programs: String...) async throws -> Bool {
    try await run("command -v \(programs.joined(separator: " && command -v ")) > /dev/null").code == 0
  }
}
