package import Foundation

/// What a template shortened or left out because it did not fit at the smallest type (<doc:Printing> lists the steps), and how many
/// characters it could only print as they are.
///
/// The template writes it into the PDF's keywords: `left out descriptions 412`, `unread characters 1`.
package struct LeftOut: Sendable, Equatable, CustomStringConvertible {
  package enum What: String, Sendable, CaseIterable {
    case languages, shortened, descriptions, links, people, biographies, titles, joined, sessions, names,
      sponsors, characters
  }

  package let what: What
  package let count: Int

  package init(_ what: What, _ count: Int) {
    self.what = what
    self.count = count
  }

  package static func read(from pdf: Data) -> [LeftOut] {
    PDFMetadata.keywords(pdf).compactMap { keyword in
      let words = keyword.split(separator: " ")
      let isUnread = words.first == "unread"
      guard words.count == (isUnread ? 3 : 4), isUnread || words.prefix(2) == ["left", "out"],
        let what = What(rawValue: String(words[words.count - 2])), (what == .characters) == isUnread,
        let count = words.last.flatMap({ Int($0) })
      else { return nil }
      return LeftOut(what, count)
    }
  }

  package var description: String {
    switch what {
    case .languages: "Printed in one language only, to save space: \(count) sessions."
    case .shortened: "Descriptions that were shortened to fit: \(count)."
    case .descriptions: "Descriptions that were left out because there is no room: \(count)."
    case .links: "Sessions with fewer links than they have: \(count)."
    case .people: "Sessions printed without their people, because there is no room: \(count)."
    case .biographies: "Biographies that were left out because there is no room: \(count)."
    case .titles: "Titles that end in “…” because there is no room: \(count)."
    case .joined: "Sessions that are not printed one by one, but joined by track and room: \(count)."
    case .names: "Badges with a name below 24 pt, because it is long or the card is small: \(count)."
    case .sponsors: "Sponsors whose pictures were left out because there is no room: \(count)."
    case .characters:
      "Printed as they are: characters that an earlier program could not read (U+FFFD): \(count)."
    case .sessions: "Sessions that were left out because there is no room: \(count)."
    }
  }
}

/// What a PDF by Typst says about itself. Typst writes the XMP metadata as plain text.
package enum PDFMetadata {
  /// Empty if it has none.
  package static func keywords(_ pdf: Data) -> [String] {
    text("pdf:Keywords", in: pdf).map { $0.components(separatedBy: ", ") } ?? []
  }

  /// How many pages it has; nil if it does not say so.
  package static func pages(_ pdf: Data) -> Int? { text("xmpTPg:NPages", in: pdf).flatMap { Int($0) } }

  private static func text(_ element: String, in pdf: Data) -> String? {
    guard let start = pdf.range(of: Data("<\(element)>".utf8), options: .backwards),
      let end = pdf.range(of: Data("</\(element)>".utf8), in: start.upperBound..<pdf.endIndex)
    else { return nil }
    return String(decoding: pdf[start.upperBound..<end.lowerBound], as: UTF8.self)
  }
}
