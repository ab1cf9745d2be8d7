/// Times as ISO 8601 writes them, to and from seconds since 1970-01-01T00:00:00Z.
///
/// `YYYY-MM-DD`, optionally followed by `T` or a space, `hh:mm`, `:ss`, a fraction, and `Z` or an
/// offset (`+02:00`, `+0200`, `+02`). A time without an offset is taken as UTC, whatever the
/// machine's zone. Leap seconds and `24:00` are not times here.
package enum ISOTime {
  /// The seconds of a time, with or without spaces around it; nil for any other text.
  package static func seconds(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    var reader = Reader(text)
    guard let year = reader.digits(4), year > 0, reader.take("-"),
      let month = reader.digits(2), (1...12).contains(month), reader.take("-"),
      let day = reader.digits(2), (1...daysIn(month, of: year)).contains(day)
    else { return nil }
    let date = Double(days(year, month, day)) * 86_400
    if reader.isAtEnd { return date }
    guard reader.take("T") || reader.take(" "), let clock = reader.clock() else { return nil }
    guard let offset = reader.offset(), reader.isAtEnd else { return nil }
    return date + clock.whole - offset + clock.fraction
  }

  /// The seconds of a time; nil for any other text.
  package static func seconds(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer { seconds($0) }
  }

  /// `2026-07-01`, or `2026-07-01T12:30:00Z` where there is a time of day; fractions are dropped.
  package static func text(_ seconds: Double) -> String {
    guard abs(seconds) < 4e11 else { return "\(seconds)" }
    let whole = Int(seconds.rounded(.down))
    let day = (whole - modulo(whole, 86_400)) / 86_400
    let clock = modulo(whole, 86_400)
    let (year, month, date) = civil(day)
    let head = "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))"
    if clock == 0 { return head }
    let (hour, minute) = (clock / 3600, clock / 60 % 60)
    return "\(head)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(clock % 60, 2))Z"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func modulo(_ a: Int, _ b: Int) -> Int { (a % b + b) % b }

  /// a / b, rounded down.
  static func floorDivided(_ a: Int, _ b: Int) -> Int { (a - modulo(a, b)) / b }

  private static func daysIn(_ month: Int, of year: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// The days from 1970-01-01, in the proleptic Gregorian calendar; years begin in March here, so
  /// that the leap day is a year's last.
  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let m = (month + 9) % 12
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 719_469
  }

  static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let z = days + 719_468
    let era = (z - modulo(z, 146_097)) / 146_097
    let e = modulo(z, 146_097)
    let y = (e - e / 1460 + e / 36_524 - e / 146_096) / 365
    let d = e - (365 * y + y / 4 - y / 100)
    let m = (5 * d + 2) / 153
    let month = m < 10 ? m + 3 : m - 9
    return (era * 400 + y + (month <= 2 ? 1 : 0), month, d - (153 * m + 2) / 5 + 1)
  }
}

/// Reads the parts of a time from left to right.
private struct Reader {
  private let text: UnsafeBufferPointer<UInt8>
  private var index: Int
  private let end: Int

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    var (first, last) = (0, text.count)
    while first < last, text[first] == 32 { first += 1 }
    while last > first, text[last - 1] == 32 { last -= 1 }
    (index, end) = (first, last)
  }

  var isAtEnd: Bool { index == end }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard index < end, text[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  mutating func digits(_ count: Int) -> Int? {
    guard index + count <= end else { return nil }
    var value = 0
    for i in index..<index + count {
      let digit = text[i] &- 48
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    index += count
    return value
  }

  mutating func clock() -> (whole: Double, fraction: Double)? {
    guard let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60
    else { return nil }
    var seconds = hour * 3600 + minute * 60
    guard take(":") else { return (Double(seconds), 0) }
    guard let second = digits(2), second < 60 else { return nil }
    seconds += second
    guard take(".") else { return (Double(seconds), 0) }
    var (value, scale) = (0.0, 1.0)
    guard index < end, text[index] &- 48 < 10 else { return nil }
    while index < end, text[index] &- 48 < 10 {
      if scale < 1e15 {
        value = value * 10 + Double(text[index] &- 48)
        scale *= 10
      }
      index += 1
    }
    return (Double(seconds), value / scale)
  }

  /// The offset from UTC in seconds; 0 where there is none.
  mutating func offset() -> Double? {
    if isAtEnd || take("Z") { return 0 }
    let isWest = take("-")
    guard isWest || take("+"), let hour = digits(2), hour < 24 else { return nil }
    var minute = 0
    if !isAtEnd {
      _ = take(":")
      guard let read = digits(2), read < 60 else { return nil }
      minute = read
    }
    return Double((hour * 3600 + minute * 60) * (isWest ? -1 : 1))
  }
}
