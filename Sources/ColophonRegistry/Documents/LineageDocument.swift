package import ColophonCore

/// A standard's document about a run or a version, written so that the standard's own clients take it.
package protocol LineageDocument: Sendable {
  /// What `--format` calls it.
  static var name: String { get }
  /// What it is, in a line.
  static var summary: String { get }
  /// The document's text.
  ///
  /// - Throws: `RegistryRefusal` where the subject has nothing that the standard is about.
  static func text(of subject: DocumentSubject) throws -> String
}

/// The standards that `trace --format` knows, in the order the help lists them.
package let lineageDocuments = Catalogue<any LineageDocument.Type>(
  "format",
  [
    PROVDocument.self, ROCrateDocument.self, OpenLineageDocument.self, InTotoDocument.self,
    CroissantDocument.self,
  ]
) { $0.name }

extension Value {
  /// Members that are there; a nil one is left out.
  static func members(_ pairs: KeyValuePairs<String, Value?>) -> Value {
    var members: [String: Value] = [:]
    for (name, value) in pairs { if let value { members[name] = value } }
    return .object(members)
  }

  static func strings(_ texts: some Sequence<String>) -> Value {
    .array(texts.map { .string($0) })
  }
}

extension String {
  /// The text as a part of a URI (RFC 3986): a path's separators stay.
  var pathEscaped: String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    return utf8.map { byte in
      plain.contains(byte)
        ? String(UnicodeScalar(byte)) : "%" + RegistryPublicKey.hex([byte]).uppercased()
    }.joined()
  }

  /// At most so many characters, the last of them an ellipsis where something was cut.
  func cut(to count: Int) -> String {
    self.count <= count ? self : String(prefix(count - 1)) + "\u{2026}"
  }
}
