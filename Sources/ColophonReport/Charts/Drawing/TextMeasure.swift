/// How wide a text is about, in units of its font's size.
///
/// The reader's font is unknown, so widths are those of a wide sans; labels that are laid out for
/// them have room in any other.
enum TextMeasure {
  static func width(_ text: String, size: Double = Sketch.textSize) -> Double {
    text.unicodeScalars.reduce(0.0) { $0 + width(of: $1) } * size
  }

  /// The text, cut with an ellipsis where it is wider than the room.
  static func fitted(_ text: String, to room: Double, size: Double = Sketch.textSize) -> String {
    if width(text, size: size) <= room { return text }
    var kept = text
    while !kept.isEmpty, width(kept + "…", size: size) > room { kept.removeLast() }
    return kept + "…"
  }

  private static func width(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", "'", "|": 0.3
    case ".", ",", ":", ";", " ", "!", "\u{202F}": 0.34
    case "f", "t", "r", "(", ")", "[", "]", "/", "-", "\"": 0.42
    case "m", "M", "W", "@", "%", "…": 0.95
    case "w", "−", "+", "=", "<", ">": 0.82
    case "A"..."Z": 0.7
    case "\u{0300}"..."\u{036F}", "\u{200B}"..."\u{200F}": 0
    default: scalar.value < 0x1100 ? 0.61 : 1
    }
  }
}
