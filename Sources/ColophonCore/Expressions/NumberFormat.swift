/// How a value is written into prose: `.3f`, `.3g`, `percent`, `.1%`, `,`, `si`, `bytes`, `usd`,
/// `seconds`, `raw`.
package enum NumberFormat: Hashable, Sendable {
  case fixed(Int)
  case general(Int)
  case percent(Int)
  case thousands
  case si
  case bytes
  case usd
  case seconds
  case raw

  /// Every format's spelling, with N for a number of digits.
  package static let spellings = [
    ".Nf", ".Ng", "percent", ".N%", ",", "si", "bytes", "usd", "seconds", "raw",
  ]

  /// Reads a format's spelling; nil for an unknown one.
  ///
  /// Digits go from 0 to 20.
  package init?(_ text: String) {
    switch text {
    case "percent": self = .percent(1)
    case ",": self = .thousands
    case "si": self = .si
    case "bytes": self = .bytes
    case "usd": self = .usd
    case "seconds": self = .seconds
    case "raw": self = .raw
    default:
      guard text.hasPrefix("."), let last = text.last,
        let digits = Int(text.dropFirst().dropLast()), (0...20).contains(digits),
        !text.dropFirst().hasPrefix("+")
      else { return nil }
      switch last {
      case "f": self = .fixed(digits)
      case "g" where digits > 0: self = .general(digits)
      case "%": self = .percent(digits)
      default: return nil
      }
    }
  }
}
