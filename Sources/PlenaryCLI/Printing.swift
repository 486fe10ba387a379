import ArgumentParser

extension ProgramCommand {
  struct Print: AsyncParsableCommand {}
  struct Export: AsyncParsableCommand {}
  struct Template: AsyncParsableCommand {}
}
extension AttendeeCommand { struct Print: AsyncParsableCommand {} }
extension ProceedingsCommand {
  struct Print: AsyncParsableCommand {}
  struct Export: AsyncParsableCommand {}
}
