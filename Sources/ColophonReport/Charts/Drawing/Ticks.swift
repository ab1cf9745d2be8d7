import ColophonCore

/// The numbers that an axis names: multiples of 1, 2 or 5 times a power of ten, with their texts.
package struct Ticks: Hashable {
  package var values: [Double]
  package var texts: [String]
  /// The distance between neighbours on a linear axis.
  package var step: Double?

  /// At most `count` ticks (and as near to that as steps allow) in an extent.
  package init(_ extent: Extent, on axis: ChartAxis, atMost count: Int) {
    if axis.scale == .logarithmic {
      self = Ticks.logarithmic(extent, format: axis.format, atMost: max(count, 2))
    } else if axis.format == .bytes {
      self = Ticks.binary(extent, atMost: max(count, 2))
    } else {
      self = Ticks.linear(extent, format: axis.format, atMost: max(count, 2))
    }
  }

  private init(values: [Double], texts: [String], step: Double?) {
    self.values = values
    self.texts = texts
    self.step = step
  }

  /// The most ticks whose texts stand side by side, or above each other, without touching.
  static func fitting(
    _ extent: Extent,
    on axis: ChartAxis,
    atMost count: Int,
    room: (Ticks) -> Bool
  ) -> Ticks {
    var last = Ticks(extent, on: axis, atMost: max(count, 2))
    for wanted in stride(from: max(count, 2), through: 2, by: -1) {
      last = Ticks(extent, on: axis, atMost: wanted)
      if room(last) { return last }
    }
    // Two numbers that don't fit beside each other: the first alone.
    return Ticks(
      values: Array(last.values.prefix(1)),
      texts: Array(last.texts.prefix(1)),
      step: last.step
    )
  }

  private static func linear(_ extent: Extent, format: NumberFormat?, atMost count: Int) -> Ticks {
    let span = extent.upper - extent.lower
    var exponent = DecimalLogarithm.decade(of: span / Double(count)) - 1
    // Counts have nothing between whole numbers.
    if format == .thousands { exponent = max(exponent, 0) }
    while true {
      for digit in [1, 2, 5] {
        let step = DecimalLogarithm.decimal(digit, exponent)
        let first = (extent.lower / step - 1e-9).rounded(.up)
        let last = (extent.upper / step + 1e-9).rounded(.down)
        guard last - first + 1 <= Double(count) else { continue }
        let values = stride(from: first, through: last, by: 1).map {
          DecimalLogarithm.decimal(Int($0) * digit, exponent)
        }
        return Ticks(
          values: values,
          texts: texts(values, format: format, decimals: max(0, -exponent)),
          step: step
        )
      }
      exponent += 1
    }
  }

  /// Multiples in units of 1024, for bytes.
  private static func binary(_ extent: Extent, atMost count: Int) -> Ticks {
    var unit = 1.0
    while unit * 1024 <= max(abs(extent.lower), abs(extent.upper)), unit < 1e18 { unit *= 1024 }
    let inner = linear(Extent(extent.lower / unit, extent.upper / unit), format: nil, atMost: count)
    let values = inner.values.map { $0 * unit }
    return Ticks(
      values: values,
      texts: texts(values, format: .bytes, decimals: 0),
      step: inner.step.map { $0 * unit }
    )
  }

  private static func logarithmic(
    _ extent: Extent,
    format: NumberFormat?,
    atMost count: Int
  ) -> Ticks {
    let first = DecimalLogarithm.decade(of: extent.lower)
    let last = DecimalLogarithm.decade(of: extent.upper)
    func made(_ digits: [Int], every stride: Int) -> [Double] {
      (first...max(first, last)).filter { ($0 - first) % stride == 0 }.flatMap { decade in
        digits.map { DecimalLogarithm.decimal($0, decade) }
      }.filter { $0 >= extent.lower * 0.999_999 && $0 <= extent.upper * 1.000_001 }
    }
    var values: [Double] = []
    for digits in [[1, 2, 5], [1, 3], [1]] {
      values = made(digits, every: 1)
      if values.count <= count, values.count >= 2 { break }
    }
    var every = 1
    while values.count > count {
      every += 1
      values = made([1], every: every)
    }
    // Within a decade there may be no power of ten: the linear ticks serve.
    if values.count < 2 {
      let inner = linear(extent, format: format, atMost: count)
      return Ticks(values: inner.values, texts: inner.texts, step: nil)
    }
    return Ticks(values: values, texts: texts(values, format: format, decimals: nil), step: nil)
  }

  /// The texts of numbers that have no more than `decimals` decimals; nil prints each by its size.
  private static func texts(
    _ values: [Double],
    format: NumberFormat?,
    decimals: Int?
  ) -> [String] {
    let made = values.map { text($0, format: format, decimals: decimals, among: values) }
    if Set(made).count == made.count { return made }
    return values.map { plain($0, digits: 12) }
  }

  /// A number by its size, with commas where it isn't written with a power of ten.
  private static func plain(_ value: Double, digits: Int) -> String {
    let text = DecimalText.general(value, digits: digits)
    return text.contains("e") ? text : DecimalText.grouped(text)
  }

  private static func text(
    _ value: Double,
    format: NumberFormat?,
    decimals: Int?,
    among values: [Double]
  ) -> String {
    if value == 0, format == nil { return "0" }
    switch format {
    case .percent:
      return DecimalText.fixed(value * 100, decimals: max(0, (decimals ?? 2) - 2)) + "\u{202F}%"
    case .si, .bytes, .seconds, .usd:
      if value == 0 { return "0" }
      let text = (try? format?.text(of: .number(value))) ?? DecimalText.general(value, digits: 4)
      return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    case nil, .fixed, .general, .thousands, .raw:
      let largest = values.map { abs($0) }.max() ?? 0
      guard let decimals, decimals <= 5, largest < 1e15 else {
        return plain(value, digits: 6)
      }
      if largest >= 1e6, let short = try? NumberFormat.si.text(of: .number(value)) { return short }
      return DecimalText.grouped(DecimalText.fixed(value, decimals: decimals))
    }
  }
}
