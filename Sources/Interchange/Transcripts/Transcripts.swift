import Vocabulary

extension Interchange {
  /// All formats of transcripts. The first that recognizes a file reads it, so the particular ones come before the general
  /// ones.
  package static let transcriptReaders: [any TranscriptReader.Type] = [
    WebVTT.self, SubRip.self, AkomaNtoso.self, TEI.self, HansardXML.self, RecordJSON.self, SpeechJSON.self,
    SpokenText.self,
  ]

  /// Larger transcripts are refused. A day of speech is about 1 MB.
  package static let largestTranscript = 64 << 20

  /// The format of a transcript; nil for a file that is none.
  ///
  /// - Throws: what reading the bytes throws.
  package static func transcriptFormat(of file: ForeignSource.File) throws -> (any TranscriptReader.Type)? {
    let beginning = try file.beginning
    return transcriptReaders.first { $0.recognizes(beginning) }
  }

  /// Finds the format of a transcript by its contents, and reads it.
  ///
  /// - Parameter isKnown: whether somebody is called so: in a plain text, any word can stand before a colon.
  /// - Throws: `Unreadable`, and what reading the bytes throws.
  package static func readTranscript(
    _ file: ForeignSource.File, isKnown: (String) -> Bool = { _ in false }
  ) throws -> (format: any TranscriptReader.Type, transcript: ForeignTranscript) {
    guard file.count <= largestTranscript else {
      throw Unreadable(
        "The file “\(excerpt(file.name))” has \(file.count / 1_000_000) MB; at most \(largestTranscript / 1_000_000) MB of a transcript are read."
      )
    }
    guard file.count > 0 else { throw Unreadable("The file “\(excerpt(file.name))” is empty.") }
    try OtherFile.refuse(file)
    guard let format = try transcriptFormat(of: file) else {
      throw Unreadable(
        "“\(excerpt(file.name))” is not a transcript in a format that is known. These are: \(list(transcriptReaders.map { $0.name }))."
      )
    }
    if format == SpokenText.self, try Table.isProgramOrPeople(file) {
      throw Unreadable(
        "“\(excerpt(file.name))” is a table of a program or of people, and no transcript. Import it without a session."
      )
    }
    return (
      format, format == SpokenText.self ? try SpokenText.read(file, isKnown: isKnown) : try format.read(file)
    )
  }
}
