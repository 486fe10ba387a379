extension Dictionary where Key == Int {
  /// Whether a thing with this number was here and was removed.
  ///
  /// - Parameter last: the last number that was given; 0 if none was. A number is never given again.
  package func hadNumber(_ number: Int, last: Int) -> Bool {
    number >= 1 && number <= last && self[number] == nil
  }
}
