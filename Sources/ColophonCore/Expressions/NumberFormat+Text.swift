extension NumberFormat {
  /// The value as it stands in prose, or why it can't be written so.
  ///
  /// Numbers are typeset: a true minus sign, commas between thousands, thin units. Texts are
  /// written as they are by `raw` only.
  package func text(of value: Value) throws(ExpressionProblem) -> String {
    if self == .raw { return NumberFormat.plain(value) }
    guard let number = value.asNumber else {
      throw ExpressionProblem("a number is needed for this format, not \(value.kindName)", at: 0)
    }
    guard number.isFinite else { return DecimalText.fixed(number, decimals: 0) }
    switch self {
    case .fixed(let decimals): return DecimalText.fixed(number, decimals: decimals)
    case .general(let digits): return DecimalText.general(number, digits: digits)
    case .percent(let decimals):
      return DecimalText.fixed(number * 100, decimals: decimals) + "\u{202F}%"
    case .thousands:
      if case .integer(let whole) = value {
        return DecimalText.grouped(DecimalText.signed(whole))
      }
      return DecimalText.grouped(DecimalText.trimmed(DecimalText.fixed(number, decimals: 2)))
    case .si:
      return NumberFormat.scaled(number, by: 1000, units: ["", "k", "M", "G", "T", "P", "E"])
    case .bytes:
      return NumberFormat.scaled(
        number,
        by: 1024,
        units: [" B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB"]
      )
    case .usd:
      let text = DecimalText.grouped(DecimalText.fixed(abs(number), decimals: 2))
      let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
      return "\(number < 0 && !isZero ? "\u{2212}" : "")$\(text)"
    case .seconds: return NumberFormat.duration(number)
    case .raw: return NumberFormat.plain(value)
    }
  }

  /// What an inline value without a format looks like: whole numbers with commas, others to four
  /// significant digits, texts as they are.
  package static func standard(_ value: Value) -> String {
    switch value {
    case .integer(let whole):
      DecimalText.grouped(DecimalText.signed(whole))
    case .number(let number): DecimalText.general(number, digits: 4)
    default: plain(value)
    }
  }

  /// A value as it is, without typography: texts bare, the rest in canonical form.
  package static func plain(_ value: Value) -> String {
    switch value {
    case .string(let text): text
    default: value.canonicalText
    }
  }

  private static func scaled(_ number: Double, by base: Double, units: [String]) -> String {
    var value = number
    var unit = 0
    // 999.95 would print as 1000: step up where the rounded text needs four digits before the point.
    while abs(value) >= base * 0.99995, unit + 1 < units.count {
      value /= base
      unit += 1
    }
    // Two decimals would leave nothing of a small number.
    if unit == 0, abs(value) < 1 { return DecimalText.general(value, digits: 3) + units[0] }
    let digits = unit == 0 && value.rounded() == value ? 0 : abs(value) < 10 ? 2 : 1
    return DecimalText.trimmed(DecimalText.fixed(value, decimals: digits)) + units[unit]
  }

  private static func duration(_ seconds: Double) -> String {
    let size = abs(seconds)
    if size == 0 { return "0 s" }
    if size < 1e-3 { return DecimalText.general(seconds * 1e6, digits: 3) + " µs" }
    if size < 1 { return DecimalText.general(seconds * 1e3, digits: 3) + " ms" }
    if size < 60 { return DecimalText.general(seconds, digits: 3) + " s" }
    let sign = seconds < 0 ? "\u{2212}" : ""
    guard size < 3.15576e9 else {
      return DecimalText.general(seconds / 31_557_600, digits: 4) + " a"
    }
    let whole = Int(size.rounded())
    let (days, hours, minutes) = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60)
    if days > 0 { return "\(sign)\(days) d \(hours) h" }
    if hours > 0 { return "\(sign)\(hours) h \(minutes) min" }
    return "\(sign)\(minutes) min \(whole % 60) s"
  }
}
