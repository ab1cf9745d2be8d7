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
        writeShortest(value, into: &bytes)
      }
    case .string(let text): Value.quote(text, into: &bytes)
    case .array(let items):
      Value.list(items, "[", "]", into: &bytes, indent: indent) { item, bytes, inner in
        item.write(into: &bytes, indent: inner)
      }
    case .object(let map):
      let members = map.sorted { Value.precedes($0.key, $1.key) }
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

  /// Whether a text comes first in UTF-16 order.
  ///
  /// That is the order of the UTF-8 bytes, but that scalars above U+FFFF (which begin with 0xF0 and
  /// up) come before U+E000 to U+FFFF (which begin with 0xEE and 0xEF).
  private static func precedes(_ a: String, _ b: String) -> Bool {
    var rest = b.utf8.makeIterator()
    for x in a.utf8 {
      guard let y = rest.next() else { return false }
      if x == y { continue }
      return x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0) ? x >= 0xF0 : x < y
    }
    return rest.next() != nil
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)

  private static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { text in
      // What needs no escape is copied in stretches.
      var start = 0
      for (i, byte) in text.enumerated() {
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
        bytes += text[start..<i]
        start = i + 1
        escape(byte, into: &bytes)
      }
      bytes += text[start...]
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8, into bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): bytes += "\\\"".utf8
    case UInt8(ascii: "\\"): bytes += "\\\\".utf8
    case 0x08: bytes += "\\b".utf8
    case 0x09: bytes += "\\t".utf8
    case 0x0A: bytes += "\\n".utf8
    case 0x0C: bytes += "\\f".utf8
    case 0x0D: bytes += "\\r".utf8
    default:
      bytes += "\\u00".utf8
      bytes.append(hexadecimal[Int(byte >> 4)])
      bytes.append(hexadecimal[Int(byte & 15)])
    }
  }
}

/// The shortest decimal that reads back as the same double, laid out as ECMAScript does.
///
/// `value`: A finite number; -0 is written as 0.
package func shortestText(_ value: Double) -> String {
  var bytes: [UInt8] = []
  writeShortest(value, into: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}

private func writeShortest(_ value: Double, into bytes: inout [UInt8]) {
  let zero = UInt8(ascii: "0")
  let point = UInt8(ascii: ".")
  if value == 0 { return bytes.append(zero) }
  if value < 0 { bytes.append(UInt8(ascii: "-")) }
  // The standard library finds the shortest digits; only the layout is ours.
  let (digits, exponent) = shortestBytes(abs(value))
  switch exponent {
  case 0...20 where digits.count <= exponent + 1:
    bytes += digits
    bytes += repeatElement(zero, count: exponent + 1 - digits.count)
  case 0...20:
    bytes += digits[...exponent]
    bytes.append(point)
    bytes += digits[(exponent + 1)...]
  case -6..<0:
    bytes += [zero, point]
    bytes += repeatElement(zero, count: -exponent - 1)
    bytes += digits
  default:
    bytes.append(digits[0])
    if digits.count > 1 { bytes.append(point) }
    bytes += digits[1...]
    bytes += "e\(exponent < 0 ? "-" : "+")\(abs(exponent))".utf8
  }
}

/// The shortest round-trip digits of a positive number and the power of ten of the first digit.
package func shortestDigits(_ value: Double) -> (digits: String, exponent: Int) {
  let (digits, exponent) = shortestBytes(value)
  return (String(decoding: digits, as: UTF8.self), exponent)
}

private func shortestBytes(_ value: Double) -> (digits: [UInt8], exponent: Int) {
  var digits: [UInt8] = []
  digits.reserveCapacity(24)
  var whole: Int?
  var exponent = 0
  let text = value.description.utf8
  for (i, byte) in zip(text.indices, text) {
    if byte == UInt8(ascii: ".") {
      whole = digits.count
    } else if byte == UInt8(ascii: "e") {
      exponent = Int(Substring(text[text.index(after: i)...])) ?? 0
      break
    } else {
      digits.append(byte)
    }
  }
  exponent += (whole ?? digits.count) - 1
  while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
  let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
  if zeros == 0 || zeros == digits.count { return (digits, exponent) }
  return (Array(digits[zeros...]), exponent - zeros)
}
