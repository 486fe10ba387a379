import Foundation
import Testing

@testable import Publishing
@testable import Scheduling

/// What goes to a print shop.
@Suite(
  .enabled(
    if: Layout.isPossible && Tools.python != nil, "There is no Typst, no pdftotext or no pikepdf here"),
  .timeLimit(.minutes(10)))
struct PressTests {
  struct Facts: Decodable {
    /// In points.
    let media: [Double]
    let trim: [Double]
    /// The operators and spaces that set colours.
    let colors: [String]
  }

  private func facts(_ kind: PrintKind, grey: Bool = false, press: Bool = true) async throws -> Facts {
    let document = try Story.shanghai.programPublication {
      $0.press = press ? true : nil
      $0.grey = grey ? true : nil
    }.document(kind)
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "colors.py").path
    let (succeeded, output) = try Tools.run(
      try #require(Tools.python), [script], input: await Layout.pdf(document))
    try #require(succeeded, "\(output)")
    return try JSONDecoder().decode(Facts.self, from: Data(output.utf8))
  }

  /// A point for each millimetre of a column between the trimmed edge and the end of the bleed.
  @Test(.enabled(if: Tools.find("pdftoppm") != nil, "There is no pdftoppm here"))
  func `has the mark of a day beyond the edge, so that a cut beside it leaves no white`() async throws {
    let pdf = try await Layout.pdf(Story.shanghai.programPublication { $0.press = true }.booklet())
    let (_, points) = try Tools.run(
      "/bin/sh",
      [
        "-c",
        "pdftoppm -q -gray -r 25.4 -f 3 -l 3 -x 158 -y 0 -W 1 -H 200 - | tail -c 200 | od -An -v -tu1 -w1",
      ],
      input: pdf)
    let values = points.split(separator: "\n").compactMap { Int($0.filter(\.isNumber)) }
    #expect(values.count == 200 && values.count { $0 < 128 } > 8, "\(values)")
  }

  @Test(arguments: [PrintKind.booklet, .pocket, .wallGrid, .daySheets, .doorSigns])
  func `has a trim box, 9 mm around it, and colours of four inks`(kind: PrintKind) async throws {
    let plain = try await facts(kind, press: false)
    let found = try await facts(kind)
    let around = 9 * 72 / 25.4
    #expect(zip(found.trim, found.media).allSatisfy { abs(abs($0 - $1) - around) < 0.1 }, "\(found)")
    let sizes = (found.trim[2] - found.trim[0], found.trim[3] - found.trim[1])
    #expect(abs(sizes.0 - plain.media[2]) < 0.1 && abs(sizes.1 - plain.media[3]) < 0.1)
    #expect(
      found.colors.contains("DeviceCMYK") && !found.colors.contains { $0.contains("RGB") }, "\(found.colors)")
    #expect(plain.colors.contains { $0.contains("RGB") })
    let grey = try await facts(kind, grey: true)
    #expect(grey.colors.allSatisfy { $0.contains("Gray") || $0 == "Pattern" }, "\(grey.colors)")
  }
}
