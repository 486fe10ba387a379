package import Vocabulary

/// The numbers that are printed on the badges of a conference, as digits and as a QR code.
///
/// A code is the position of the attendee's registration in the log, and two check digits. So it is unique and says nothing
/// about the person. It stays the same when their name or category changes, and it is found without
/// decrypting anything. The check digits (ISO 7064, MOD 97-10, as in an IBAN) find every wrong digit and every two that
/// were exchanged. They also depend on the conference: of the badges of another one, 1 in 97 is taken for one of this.
package struct BadgeCodes: Sendable {
  /// What the check digits are computed from, before the position.
  private let start: Int

  /// - Parameter identity: the conference's UUID; nil for a conference of the first releases.
  package init(_ conference: ConferenceID, identity: String?) {
    let hash = sha256("badges of \(identity ?? conference.slug)")
    start = hash.prefix(4).reduce(0) { ($0 * 256 + Int($1)) % 97 }
  }

  /// - Parameter position: of `AttendeeRegistered` in the log.
  package func code(ofRegistration position: Int) -> String {
    let digits = String(position)
    let check = 98 - remainder(digits + "00")
    return digits + (check < 10 ? "0" : "") + String(check)
  }

  /// The position of the registration that a code names. It may not be the position of one.
  ///
  /// - Parameter text: as it was typed or scanned; spaces and hyphens between the digits do not matter, nor does the script
  ///   of the digits.
  /// - Returns: nil if this is not a code of the conference.
  package func registration(_ text: String) -> Int? {
    guard let digits = Self.digits(text), digits.count > 2, remainder(digits) == 1 else { return nil }
    return Int(digits.dropLast(2)).flatMap { $0 > 0 ? $0 : nil }
  }

  /// The digits of a text that can only be a code; nil if it has anything else in it.
  package static func digits(_ text: String) -> String? {
    var digits = ""
    for character in text where !character.isWhitespace && character != "-" {
      guard let value = character.wholeNumberValue, (0...9).contains(value), digits.utf8.count < 18 else {
        return nil
      }
      digits += String(value)
    }
    return digits.isEmpty ? nil : digits
  }

  /// A code as people read and dictate it: in two groups if it is long.
  package static func grouped(_ code: String) -> String {
    code.count < 6 ? code : code.prefix(code.count / 2) + " " + code.dropFirst(code.count / 2)
  }

  private func remainder(_ digits: String) -> Int {
    digits.utf8.reduce(start) { ($0 * 10 + Int($1 - UInt8(ascii: "0"))) % 97 }
  }
}
