/// What a link or an image of a report may point at.
enum Destination {
  /// Why a link is not safe; nil for http, https, mailto, an anchor, or a relative file.
  static func problem(ofLink destination: String) -> String? {
    if hasControls(destination) { return "it holds a control character" }
    if startsLikeHost(destination) { return "it names a host without a scheme" }
    guard let scheme = scheme(of: destination) else { return nil }
    if ["http", "https", "mailto"].contains(scheme) { return nil }
    return "the scheme '\(scheme):' is not http, https or mailto"
  }

  /// Why an image can't be embedded; nil for a relative file.
  static func problem(ofImage destination: String) -> String? {
    if destination.isEmpty { return "it names no file" }
    if hasControls(destination) { return "it holds a control character" }
    if startsLikeHost(destination) || scheme(of: destination) != nil {
      return "it is not a file beside the notebook"
    }
    if destination.utf8.first == UInt8(ascii: "/") { return "its path is absolute" }
    return nil
  }

  /// A relative destination as a file's path: percent-escapes resolved where they make UTF-8.
  static func file(_ destination: String) -> String {
    let bytes = Array(destination.utf8)
    var path: [UInt8] = []
    var i = 0
    while i < bytes.count {
      if bytes[i] == UInt8(ascii: "%"), i + 2 < bytes.count,
        let high = hexDigit(bytes[i + 1]), let low = hexDigit(bytes[i + 2]), high * 16 + low > 0
      {
        path.append(high * 16 + low)
        i += 3
      } else {
        path.append(bytes[i])
        i += 1
      }
    }
    return String(validating: path, as: UTF8.self) ?? destination
  }

  /// The scheme in lower case: letters, digits, `+`, `-`, `.` before the first colon (RFC 3986, 3.1).
  private static func scheme(of destination: String) -> String? {
    var scheme = ""
    for byte in destination.utf8.drop(while: { $0 == 0x20 }) {
      switch byte {
      case UInt8(ascii: ":"): return scheme.isEmpty ? nil : scheme
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        scheme.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        scheme.unicodeScalars.append(Unicode.Scalar(byte))
      default: return nil
      }
    }
    return nil
  }

  /// Browsers drop tabs and line ends from addresses, so a control character could hide a scheme.
  private static func hasControls(_ destination: String) -> Bool {
    destination.utf8.contains { $0 < 0x20 || $0 == 0x7F }
  }

  private static func startsLikeHost(_ destination: String) -> Bool {
    let start = destination.utf8.drop { $0 == 0x20 }.prefix(2)
    return start.count == 2
      && start.allSatisfy { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
