// What libFuzzer calls; see Scripts/fuzz. It is no part of the package's usual build.
import Interchange

/// The first byte chooses the reader; 0 lets the contents decide, as an import does.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let source = ForeignSource(
    ForeignSource.File(name: "fuzz", bytes: Array(UnsafeBufferPointer(start: start + 1, count: count - 1))))
  let readers = Interchange.readers
  let choice = Int(start[0]) % (readers.count + 1)
  do {
    let read = choice == 0 ? try Interchange.read(source).conference : try readers[choice - 1].read(source)
    for person in read.people {
      _ = try? Naming.personName(person.name)
      _ = ShortNames.of(person.name)
    }
    precondition(
      read.sessions.allSatisfy { $0.slots.allSatisfy { $0.minutes >= 1 } }, "A slot has no length.")
  } catch is Unreadable {
  } catch {
    preconditionFailure("A reader threw what is no refusal: \(error)")
  }
  return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func run(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ test: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// The package manager has the linker begin here, and not at libFuzzer's own `main`.
@_cdecl("Fuzz_main")
public func begin(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  var (count, arguments) = (count, arguments)
  return run(&count, &arguments) { fuzz($0, $1) }
}
