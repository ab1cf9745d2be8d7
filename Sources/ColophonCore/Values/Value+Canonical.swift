extension Value {
  /// The one spelling of the value: JSON by RFC 8785 (JSON Canonicalization Scheme).
  ///
  /// Members stand in UTF-16 order, numbers in shortest round-trip form as ECMAScript writes them,
  /// nothing is indented. NaN is `null` (a missing metric); infinities are the texts `"Infinity"`
  /// and `"-Infinity"`, since JSON has no numbers for them.
  package var canonicalText: String {
    var bytes: [UInt8] = []
    write(into: &bytes, indent: nil)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The canonical form's bytes, the input of digests.
  package var canonicalBytes: [UInt8] {
    var bytes: [UInt8] = []
    write(into: &bytes, indent: nil)
    return bytes
  }

  /// The same members in the same order, a member a line, for files that people read.
  package var indentedText: String {
    var bytes: [UInt8] = []
    write(into: &bytes, indent: 0)
    bytes.append(UInt8(ascii: "\n"))
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(into bytes: inout [UInt8], indent: Int?) {
    switch self {
    case .null: bytes += "null".utf8
    case .boolean(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .number(let value):
      if value.isNaN {
        bytes += "null".utf8
      } else if value.isInfinite {
        bytes += (value < 0 ? "\"-Infinity\"" : "\"Infinity\"").utf8
      } else {
        bytes += shortestText(value).utf8
      }
    case .string(let text): Value.quote(text, into: &bytes)
    case .array(let items):
      Value.list(items, "[", "]", into: &bytes, indent: indent) { item, bytes, inner in
        item.write(into: &bytes, indent: inner)
      }
    case .object(let map):
      let members = map.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
      Value.list(members, "{", "}", into: &bytes, indent: indent) { member, bytes, inner in
        Value.quote(member.key, into: &bytes)
        bytes += (inner == nil ? ":" : ": ").utf8
        member.value.write(into: &bytes, indent: inner)
      }
    }
  }

  private static func list<Item>(
    _ items: [Item],
    _ open: String,
    _ close: String,
    into bytes: inout [UInt8],
    indent: Int?,
    _ write: (Item, inout [UInt8], Int?) -> Void
  ) {
    bytes += open.utf8
    for (i, item) in items.enumerated() {
      if i > 0 { bytes.append(UInt8(ascii: ",")) }
      if let indent { newline(indent + 2, into: &bytes) }
      write(item, &bytes, indent.map { $0 + 2 })
    }
    if let indent, !items.isEmpty { newline(indent, into: &bytes) }
    bytes += close.utf8
  }

  private static func newline(_ indent: Int, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
  }

  private static func quote(_ text: String, into bytes: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0..<0x20:
        bytes += "\\u00".utf8
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

/// The shortest decimal that reads back as the same double, laid out as ECMAScript does.
///
/// `value`: A finite number; -0 is written as 0.
package func shortestText(_ value: Double) -> String {
  if value == 0 { return "0" }
  if value < 0 { return "-" + shortestText(-value) }
  // The standard library finds the shortest digits; only the layout is ours.
  let (digits, exponent) = shortestDigits(value)
  let count = digits.count
  switch exponent {
  case 0...20 where count <= exponent + 1:
    return digits + String(repeating: "0", count: exponent + 1 - count)
  case 0...20:
    return "\(digits.prefix(exponent + 1)).\(digits.dropFirst(exponent + 1))"
  case -6..<0:
    return "0." + String(repeating: "0", count: -exponent - 1) + digits
  default:
    let mantissa = count == 1 ? digits : "\(digits.prefix(1)).\(digits.dropFirst())"
    return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(abs(exponent))"
  }
}

/// The shortest round-trip digits of a positive number and the power of ten of the first digit.
package func shortestDigits(_ value: Double) -> (digits: String, exponent: Int) {
  var mantissa = value.description
  var exponent = 0
  if let e = mantissa.firstIndex(of: "e") {
    exponent = Int(mantissa[mantissa.index(after: e)...]) ?? 0
    mantissa = String(mantissa[..<e])
  }
  let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
  let whole = String(parts[0])
  let fraction = parts.count > 1 && parts[1] != "0" ? String(parts[1]) : ""
  var digits = whole + fraction
  exponent += whole.count - 1
  while digits.hasPrefix("0"), digits.count > 1 {
    digits.removeFirst()
    exponent -= 1
  }
  while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
  return (digits, exponent)
}
