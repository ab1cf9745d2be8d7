package import ColophonCore

extension Manifest {
  /// The record as a value, everything included.
  package func value() throws -> Value { try Value(encoding: self) }

  /// The text of `output/NAME.json`: sorted members, numbers in shortest form, a line each.
  ///
  /// The notebook's source and the cells' configurations are left out; the report carries them.
  package func fileText() throws -> String {
    var brief = self
    brief.notebook.source = nil
    var members = try brief.value().asObject ?? [:]
    members["cells"] = .array(
      (members["cells"]?.asArray ?? []).map { cell in
        var cell = cell.asObject ?? [:]
        cell["files"] = nil
        cell["configuration"] = nil
        return .object(cell)
      }
    )
    return Value.object(members).indentedText
  }

  /// The content of the report's `<script type="application/json" id="colophon-manifest">`.
  ///
  /// No text in it can end the element or begin a comment: `<`, `>` and `&` are written as JSON
  /// escapes, which any JSON reader undoes.
  package func embeddedText() throws -> String {
    var text: [UInt8] = []
    for byte in try value().canonicalBytes {
      switch byte {
      case UInt8(ascii: "<"): text += "\\u003c".utf8
      case UInt8(ascii: ">"): text += "\\u003e".utf8
      case UInt8(ascii: "&"): text += "\\u0026".utf8
      default: text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
