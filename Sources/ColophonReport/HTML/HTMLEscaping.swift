/// What stands for characters that would be read as markup, or would change how text reads.
enum HTMLEscaping {
  /// Text that is safe between tags, and with `quotes` also between double quotes.
  static func escaped(_ text: String, quotes: Bool) -> String {
    // Nearly every text needs nothing.
    guard text.unicodeScalars.contains(where: { needsEscape($0) }) else { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += quotes ? "&quot;" : "\""
      default:
        if let name = visibleName(of: scalar) {
          out += name
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out
  }

  /// JSON that ends no script block: `<`, `>` and `&` only stand in JSON's strings, where an
  /// escape means the same.
  static func escapedJSON(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": out += "\\u003c"
      case ">": out += "\\u003e"
      case "&": out += "\\u0026"
      case "\u{2028}": out += "\\u2028"
      case "\u{2029}": out += "\\u2029"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "&", "<", ">", "\"": true
    default: visibleName(of: scalar) != nil
    }
  }

  /// What is printed for a character that HTML forbids or that reorders its neighbours.
  ///
  /// Overrides of the writing direction can make a line read otherwise than it is (CVE-2021-42574),
  /// so they are shown by number. Right-to-left text needs none of them.
  private static func visibleName(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09, 0x0A: nil
    case 0x0D: ""
    case 0x00...0x1F, 0x7F...0x9F, 0xFFFE, 0xFFFF: "\u{FFFD}"
    case 0x202A...0x202E, 0x2066...0x2069:
      "[U+\(String(scalar.value, radix: 16, uppercase: true))]"
    default: nil
    }
  }
}
