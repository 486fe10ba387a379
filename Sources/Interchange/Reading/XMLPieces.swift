import CLibXML2
import Vocabulary

/// An element with everything in it.
struct XMLElement: Sendable {
  let name: String
  /// By the name without its prefix; with it if there is another one of that name: `href` and `xlink:href`.
  let attributes: [String: String]
  let at: SourcePosition
  /// Its own text, without that of the elements in it.
  var text = ""
  var children: [XMLElement] = []

  func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// The text of the first child with one of these names that has any.
  func text(_ names: String...) -> String? {
    for name in names {
      for child in children where child.name == name {
        if let text = child.text.nonEmpty { return text }
      }
    }
    return nil
  }

  /// An attribute that is not empty.
  func attribute(_ name: String) -> String? { attributes[name]?.nonEmpty }
}

/// What a stream of XML consists of.
enum XMLPiece {
  /// An element begins whose contents follow as pieces.
  case begin(XMLElement)
  case end(String)
  case whole(XMLElement)
  /// Text between pieces, if it is asked for. One text can come in several parts.
  case text(String)
}

/// Reads XML with libxml2, in pieces, so that a file of any size takes little memory.
///
/// Entities of one's own are refused, external ones and DTDs are not loaded, nothing is fetched.
enum XMLPieces {
  /// - Parameters:
  ///   - whole: the names of the elements that are handed over with everything in them.
  ///   - texts: whether texts outside such elements are handed over.
  /// - Throws: `Unreadable`, and what `take` throws.
  static func read(
    _ file: ForeignSource.File, whole: Set<String>, texts: Bool = false, _ take: (XMLPiece) throws -> Void
  ) throws {
    // The bytes of UTF-16 and a byte-order mark are surer than what an editor left in the first line.
    let isFound = try file.isConverted || TextEncoding.mark(of: file.bytes(0..<min(4, file.count))) != nil
    let parser = try Parser(whole: whole, texts: texts, ignoresDeclaration: isFound)
    try file.pieces { try parser.parse($0, isLast: false, take) }
    try parser.parse([], isLast: true, take)
  }

  /// More would not be a schedule: pages nest less deeply, and deeper nesting costs memory.
  fileprivate static let deepest = 128
  /// The bytes of text and the elements in one element that is handed over whole.
  fileprivate static let largestText = 8 << 20
  fileprivate static let mostElements = 100_000
}

/// Owns libxml2's context, and collects what its callbacks tell.
private final class Parser {
  private let context: xmlParserCtxtPtr
  private let state: State

  final class State {
    let whole: Set<String>
    let texts: Bool
    var pieces: [XMLPiece] = []
    /// The elements that began, of one that is handed over whole.
    var open: [XMLElement] = []
    var depth = 0
    var size = 0
    var elements = 0
    var fault: Unreadable?
    var context: xmlParserCtxtPtr?

    init(whole: Set<String>, texts: Bool) {
      self.whole = whole
      self.texts = texts
    }

    var position: SourcePosition {
      guard let context else { return SourcePosition(line: 1) }
      return SourcePosition(
        line: max(1, Int(xmlSAX2GetLineNumber(context))), column: max(1, Int(xmlSAX2GetColumnNumber(context)))
      )
    }

    func refuse(_ text: String) {
      if fault == nil { fault = Unreadable(text, at: position) }
      if let context { xmlStopParser(context) }
    }
  }

  private static let isReady: Void = xmlInitParser()

  /// - Parameter ignoresDeclaration: whether the encoding is found by the bytes, whatever the file says.
  init(whole: Set<String>, texts: Bool, ignoresDeclaration: Bool) throws {
    _ = Self.isReady
    plenary_silence_libxml2()
    state = State(whole: whole, texts: texts)
    var handler = xmlSAXHandler()
    handler.initialized = PLENARY_SAX2_MAGIC
    handler.startElementNs = { state, name, _, _, _, _, attributeCount, _, attributes in
      Parser.state(state).begin(name, Int(attributeCount), attributes)
    }
    handler.endElementNs = { state, name, _, _ in Parser.state(state).end(name) }
    handler.characters = { state, text, count in Parser.state(state).text(text, count) }
    handler.cdataBlock = { state, text, count in Parser.state(state).text(text, count) }
    handler.entityDecl = { state, _, _, _, _, _ in
      Parser.state(state).refuse(
        "The file declares XML entities of its own. They are not read, because they can hide other files or grow without end."
      )
    }
    handler.unparsedEntityDecl = { state, _, _, _, _ in
      Parser.state(state).refuse("The file declares XML entities of its own. They are not read.")
    }
    handler.reference = { state, _ in
      Parser.state(state).refuse("The file uses an XML entity that is not one of XML's own five.")
    }
    // Without it libxml2 would print errors; they are read from the context.
    handler.serror = { _, _ in }
    let user = Unmanaged.passUnretained(state).toOpaque()
    guard let context = xmlCreatePushParserCtxt(&handler, user, nil, 0, nil) else {
      throw Unreadable("There is not enough memory to read XML.")
    }
    self.context = context
    state.context = context
    xmlCtxtUseOptions(
      context, Int32(XML_PARSE_NONET.rawValue | (ignoresDeclaration ? XML_PARSE_IGNORE_ENC.rawValue : 0)))
  }

  deinit {
    if let document = context.pointee.myDoc { xmlFreeDoc(document) }
    xmlFreeParserCtxt(context)
  }

  private static func state(_ pointer: UnsafeMutableRawPointer?) -> State {
    Unmanaged<State>.fromOpaque(pointer!).takeUnretainedValue()
  }

  func parse(_ bytes: [UInt8], isLast: Bool, _ take: (XMLPiece) throws -> Void) throws {
    let code = bytes.withUnsafeBytes {
      xmlParseChunk(context, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), isLast ? 1 : 0)
    }
    for piece in state.pieces { try take(piece) }
    state.pieces.removeAll(keepingCapacity: true)
    if let fault = state.fault { throw fault }
    if code == Int32(XML_ERR_INVALID_ENCODING.rawValue) { throw Self.wronglyEncoded(state.position) }
    if code != 0, let error = xmlCtxtGetLastError(context),
      error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue
    {
      throw unreadable(error.pointee)
    }
    if context.pointee.wellFormed == 0 || context.pointee.disableSAX != 0 {
      throw Unreadable("This is not well-formed XML.", at: state.position)
    }
  }

  private func unreadable(_ error: xmlError) -> Unreadable {
    let message = error.message.map { String(cString: $0) } ?? ""
    let words = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let at = SourcePosition(line: max(1, Int(error.line)), column: error.int2 > 0 ? Int(error.int2) : nil)
    if words.hasPrefix("Input is not proper UTF-8") { return Self.wronglyEncoded(at) }
    return Unreadable(
      "This is not well-formed XML" + (words.isEmpty ? "." : ": \(excerpt(words, 200))."), at: at)
  }

  private static func wronglyEncoded(_ at: SourcePosition) -> Unreadable {
    Unreadable(
      "There are bytes here that are no character in the encoding that the file says it is in (UTF-8, if it says none). Name its encoding with "
        + "--encoding, for example windows-1250.", at: at)
  }
}

extension Parser.State {
  fileprivate func begin(
    _ name: UnsafePointer<xmlChar>?, _ count: Int,
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    depth += 1
    if depth > XMLPieces.deepest {
      return refuse("The elements are nested more than \(XMLPieces.deepest) deep.")
    }
    // Five pointers an attribute: name, prefix, namespace, and where the value begins and ends.
    var values: [String: String] = [:]
    for hasPrefix in [false, true] {
      for index in 0..<count {
        guard let attributes, let name = attributes[5 * index], let start = attributes[5 * index + 3],
          let end = attributes[5 * index + 4], (attributes[5 * index + 1] != nil) == hasPrefix
        else { continue }
        let local = String(cString: name)
        let key =
          values[local] == nil
          ? local : "\(attributes[5 * index + 1].map { String(cString: $0) } ?? ""):\(local)"
        values[key] = String(
          decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
      }
    }
    let element = XMLElement(name: name.map { String(cString: $0) } ?? "", attributes: values, at: position)
    if open.isEmpty, !whole.contains(element.name) { return pieces.append(.begin(element)) }
    if open.isEmpty { (size, elements) = (0, 0) }
    elements += 1
    grow(values.reduce(0) { $0 + $1.value.utf8.count })
    open.append(element)
  }

  private func grow(_ bytes: Int) {
    size += bytes
    if size > XMLPieces.largestText || elements > XMLPieces.mostElements {
      refuse("The element “\(open.first?.name ?? "")” is larger than any session is.")
    }
  }

  fileprivate func end(_ name: UnsafePointer<xmlChar>?) {
    depth -= 1
    guard let element = open.popLast() else {
      return pieces.append(.end(name.map { String(cString: $0) } ?? ""))
    }
    if open.isEmpty {
      pieces.append(.whole(element))
    } else {
      open[open.count - 1].children.append(element)
    }
  }

  fileprivate func text(_ text: UnsafePointer<xmlChar>?, _ count: Int32) {
    guard let text, texts || !open.isEmpty else { return }
    let words = String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self)
    if open.isEmpty { return pieces.append(.text(words)) }
    grow(Int(count))
    guard fault == nil else { return }
    open[open.count - 1].text += words
  }
}

extension String {
  /// Without the white space around it; nil if nothing is left.
  var nonEmpty: String? {
    let text = trimming(self)
    return text.isEmpty ? nil : text
  }
}
