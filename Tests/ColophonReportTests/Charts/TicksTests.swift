import ColophonCore
import ColophonReport
import Testing

@Suite struct TicksOfAnAxis {
  static func texts(
    _ lower: Double,
    _ upper: Double,
    _ axis: ChartAxis = ChartAxis(""),
    atMost count: Int = 6
  ) -> [String] {
    Ticks(Extent(lower, upper), on: axis, atMost: count).texts
  }

  @Test(arguments: [
    (0.0, 1.0, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    (0, 10, ["0", "2", "4", "6", "8", "10"]),
    (-1, 1, ["−1.0", "−0.5", "0", "0.5", "1.0"]),
    (0.8, 0.88, ["0.80", "0.82", "0.84", "0.86", "0.88"]),
    (0, 180, ["0", "50", "100", "150"]),
    (3, 7, ["3", "4", "5", "6", "7"]),
    (0, 7043, ["0", "2,000", "4,000", "6,000"]),
    (0, 4_200_000, ["0", "1M", "2M", "3M", "4M"]),
    (0, 0.00035, ["0", "0.0001", "0.0002", "0.0003"]),
    (1e-9, 3e-9, ["1e-9", "1.5e-9", "2e-9", "2.5e-9", "3e-9"]),
    (1_000_000, 1_000_004, ["1,000,000", "1,000,001", "1,000,002", "1,000,003", "1,000,004"]),
  ])
  func areRoundNumbers(lower: Double, upper: Double, expected: [String]) {
    #expect(TicksOfAnAxis.texts(lower, upper) == expected)
  }

  @Test func arePercentagesWhereAsked() {
    let axis = ChartAxis("", format: .percent(0))
    #expect(
      TicksOfAnAxis.texts(0, 0.4, axis) == ["0", "10", "20", "30", "40"].map { $0 + "\u{202F}%" }
    )
    // Half percents need a decimal, whatever the format says.
    #expect(TicksOfAnAxis.texts(0, 0.02, axis).last == "2.0\u{202F}%")
  }

  @Test func areMultiplesOfPowersOfTwoForBytes() {
    let axis = ChartAxis("", format: .bytes)
    let gib = 1_073_741_824.0
    #expect(
      TicksOfAnAxis.texts(0, 80 * gib, axis) == ["0", "20 GiB", "40 GiB", "60 GiB", "80 GiB"]
    )
  }

  @Test(arguments: [
    (1.0, 1000.0, ["1", "10", "100", "1,000"]), (1, 128, ["1", "3", "10", "30", "100"]),
    (1, 60, ["1", "2", "5", "10", "20", "50"]),
    (0.0001, 0.1, ["0.0001", "0.001", "0.01", "0.1"]), (2, 8, ["2", "5"]),
    (3, 4, ["3.0", "3.2", "3.4", "3.6", "3.8", "4.0"]),
  ])
  func arePowersOfTenOnLogarithmicAxes(lower: Double, upper: Double, expected: [String]) {
    let axis = ChartAxis("", scale: .logarithmic)
    #expect(TicksOfAnAxis.texts(lower, upper, axis) == expected)
  }

  /// A fuzzed sweep: whatever the extent, the ticks rise, lie inside, are told apart, and are not
  /// more than asked for.
  @Test(arguments: [ChartAxis.Scale.linear, .logarithmic])
  func holdTheirPromisesForAnyExtent(scale: ChartAxis.Scale) {
    var numbers = SampleNumbers(seed: 11)
    let axis = ChartAxis("", scale: scale)
    for _ in 0..<2000 {
      let size = DecimalLogarithm.power(Int(numbers.even() * 40) - 20)
      let lower = (numbers.even() - (scale == .linear ? 0.5 : 0)) * size
      let extent = Extent(of: [lower, lower + numbers.even() * size], on: axis)
      let ticks = Ticks(extent, on: axis, atMost: 7)
      #expect(!ticks.values.isEmpty && ticks.values.count <= 7, "\(extent)")
      #expect(zip(ticks.values, ticks.values.dropFirst()).allSatisfy { $0 < $1 }, "\(extent)")
      #expect(Set(ticks.texts).count == ticks.texts.count, "\(extent) \(ticks.texts)")
      let slack = (extent.upper - extent.lower) * 1e-6
      #expect(
        ticks.values.allSatisfy { $0 >= extent.lower - slack && $0 <= extent.upper + slack },
        "\(extent)"
      )
    }
  }

  @Test(
    arguments: [
      [.nan], [], [0], [5], [-.infinity, .infinity], [1e308, -1e308], [5e-324], [1e300],
      [1, 1 + 1e-15], [-3, -3],
    ] as [[Double]]
  )
  func existForDataWithoutAnExtent(values: [Double]) {
    for scale in [ChartAxis.Scale.linear, .logarithmic] {
      let axis = ChartAxis("", scale: scale)
      let extent = Extent(of: values, on: axis)
      #expect(extent.lower < extent.upper)
      #expect(!Ticks(extent, on: axis, atMost: 5).values.isEmpty)
    }
  }
}

@Suite struct LogarithmsForPlaces {
  @Test(arguments: [
    (1.0, 0.0), (10, 1), (1000, 3), (1e-7, -7), (1e300, 300), (2, 0.3010299956639812),
    (0.5, -0.3010299956639812), (3.7, 0.568201724066995), (5e-324, -323.3062153431158),
  ])
  func agreeWithTheTable(value: Double, expected: Double) {
    // Values from a table of logarithms to 16 digits; the tolerance is a few units in the last place.
    #expect(abs(DecimalLogarithm.of(value) - expected) <= 4e-16 * max(1, abs(expected)))
  }

  @Test(arguments: -300...300)
  func findTheDecadeOfPowersOfTen(exponent: Int) {
    let power = DecimalLogarithm.power(exponent)
    #expect(DecimalLogarithm.decade(of: power) == exponent)
    #expect(DecimalLogarithm.decade(of: power.nextDown) == exponent - 1)
  }
}

@Suite struct ScalesOfAnAxis {
  @Test func mapEndsToEnds() {
    let scale = Scale(lower: 1, upper: 100, start: 200, end: 0, isLogarithmic: true)
    #expect(scale.position(1) == 200)
    #expect(scale.position(100) == 0)
    #expect(abs((scale.position(10) ?? 0) - 100) < 1e-9)
    #expect(scale.position(0) == nil)
    #expect(scale.position(.nan) == nil)
  }
}
