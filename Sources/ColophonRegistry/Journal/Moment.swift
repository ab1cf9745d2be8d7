import ColophonCore

/// A moment of the journal, in the proleptic Gregorian calendar and UTC.
///
/// - SeeAlso: H. Hinnant, "chrono-compatible low-level date algorithms", for the day counts.
package struct Moment: Hashable, Sendable {
  /// Milliseconds since 1970.
  package var milliseconds: Int

  package init(milliseconds: Int) { self.milliseconds = milliseconds }

  /// Reads `2026-11-28`, which is the end of that day, or `2026-11-28T14:05[:09[.123]]` with an
  /// optional `Z`; nil for anything else.
  package init?(_ text: String) {
    var rest = text.hasSuffix("Z") ? text.dropLast() : text[...]
    let hasTime = rest.contains { $0 == "T" || $0 == " " }
    let parts = rest.split(omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
    rest = parts.first ?? ""
    let date = rest.split(separator: "-", omittingEmptySubsequences: false).map {
      Moment.number($0)
    }
    guard parts.count <= 2, date.count == 3, let year = date[0], let month = date[1],
      let day = date[2], (1970...9999).contains(year), (1...12).contains(month), day >= 1
    else { return nil }
    let days = Moment.days(year, month, day)
    guard Moment.date(ofDay: days) == (year, month, day) else { return nil }
    if !hasTime {
      milliseconds = (days + 1) * 86_400_000 - 1
      return
    }
    let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(clock.count), let hour = Moment.number(clock[0]), hour < 24,
      let minute = Moment.number(clock[1]), minute < 60
    else { return nil }
    var thousandths = 0
    if clock.count == 3 {
      guard let seconds = Double(clock[2]), seconds >= 0, seconds < 60 else { return nil }
      thousandths = Int((seconds * 1000).rounded())
    }
    milliseconds = ((days * 24 + hour) * 60 + minute) * 60_000 + thousandths
  }

  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }

  /// `2026-11-28T14:05:09.123Z`.
  package var text: String {
    let days = Int((Double(milliseconds) / 86_400_000).rounded(.down))
    let (year, month, day) = Moment.date(ofDay: days)
    let inDay = milliseconds - days * 86_400_000
    let clock = [inDay / 3_600_000, inDay / 60_000 % 60, inDay / 1000 % 60]
      .map { Moment.padded($0, 2) }.joined(separator: ":")
    return "\(Moment.padded(year, 4))-\(Moment.padded(month, 2))-\(Moment.padded(day, 2))T\(clock)"
      + ".\(Moment.padded(inDay % 1000, 3))Z"
  }

  /// `2026-11-28 14:05`, for people.
  package var short: String {
    String(text.prefix(10)) + " " + String(text.dropFirst(11).prefix(5))
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// Days from 1970-01-01 to a date.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(ofDay number: Int) -> (Int, Int, Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let day = shifted - era * 146_097
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    let civil = month < 10 ? month + 3 : month - 9
    return (year + era * 400 + (civil <= 2 ? 1 : 0), civil, dayOfYear - (153 * month + 2) / 5 + 1)
  }
}
