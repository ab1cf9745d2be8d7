import Glibc

/// The two streams that the program writes to, and what the one who reads them can show.
enum Console {
  /// Results and what was asked for.
  static func out(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Diagnostics and progress.
  static func error(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Whether standard error is a terminal that understands movement.
  static var isLive: Bool {
    isatty(STDERR_FILENO) == 1 && environment("TERM") != "dumb" && environment("CI") == nil
  }

  /// Whether standard error may be coloured (https://no-color.org).
  static var hasColour: Bool { isLive && (environment("NO_COLOR") ?? "").isEmpty }

  /// The terminal's width in columns; 80 where unknown.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
    return Int(size.ws_col)
  }

  /// A variable of the environment.
  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Bytes that are no text, such as a file's.
  static func out(bytes: [UInt8]) { write(bytes[...], to: STDOUT_FILENO) }

  private static func write(_ text: String, to stream: Int32) {
    write(Array(text.utf8)[...], to: stream)
  }

  private static func write(_ whole: ArraySlice<UInt8>, to stream: Int32) {
    var bytes = whole
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(stream, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}

/// Colours of the sixteen that every terminal has.
enum Style: String {
  case bold = "1"
  case dim = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"
  case cyan = "36"

  /// The text in this style, or as it is where the terminal has no colour.
  func callAsFunction(_ text: String) -> String {
    Console.hasColour ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }
}
