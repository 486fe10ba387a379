// What libFuzzer calls; see Scripts/fuzz. It is no part of the package's build.
import Glibc
import Interchange

/// All readers, those of programs first.
private let names = Interchange.readers.map { $0.name } + Interchange.transcriptReaders.map { $0.name }

/// The number of the reader that reads every input; nil: the input chooses.
nonisolated(unsafe) private var only: Int?  // Written once, before the first input.

/// Called once. With PLENARY_FUZZ_READER=list, the readers' names are printed.
@_cdecl("LLVMFuzzerInitialize")
public func begin(_: UnsafeMutableRawPointer, _: UnsafeMutableRawPointer) -> CInt {
  guard let wanted = getenv("PLENARY_FUZZ_READER").map({ String(cString: $0) }) else { return 0 }
  if wanted == "list" {
    for (index, name) in names.enumerated() { print("\(index + 1) \(name)") }
    exit(0)
  }
  only = Int(wanted)
  return 0
}

/// The first byte chooses the reader; 0 lets the contents decide, as an import does.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let file = ForeignSource.File(
    name: "fuzz", bytes: Array(UnsafeBufferPointer(start: start + 1, count: count - 1)))
  let (programs, transcripts) = (Interchange.readers, Interchange.transcriptReaders)
  let choice = only ?? Int(start[0]) % (1 + names.count)
  do {
    if choice == 0 {
      // A transcript can look like a program, so both are tried.
      do { look(at: try Interchange.read(ForeignSource(file)).conference) } catch is Unreadable {
        _ = try Interchange.readTranscript(file)
      }
    } else if choice <= programs.count {
      look(at: try programs[choice - 1].read(ForeignSource(file)))
    } else {
      _ = try transcripts[choice - 1 - programs.count].read(file)
    }
  } catch is Unreadable {
  } catch {
    preconditionFailure("A reader threw what is no refusal: \(error)")
  }
  return 0
}

private func look(at read: ForeignConference) {
  for person in read.people {
    _ = try? Naming.personName(person.name)
    _ = ShortNames.of(person.name)
  }
  precondition(
    read.sessions.allSatisfy { $0.slots.allSatisfy { $0.minutes >= 1 } }, "A slot has no length.")
}
