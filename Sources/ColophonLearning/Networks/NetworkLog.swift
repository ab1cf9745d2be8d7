import ColophonMath

/// What a network tells of its epochs.
struct NetworkLog: Codable, Sendable {
  /// The mean loss of each epoch's steps, without penalties, as it was before each step.
  var losses: [Double] = []
  /// The learning rate of each epoch's last step.
  var rates: [Double] = []
  var tensors: [[TensorStatistics]] = []
  /// By epoch: how large the slope of the first recurrent layer's state is after each step.
  var reaches: [[Double]] = []
  /// Of the batch that was looked at last.
  var current: [TensorStatistics] = []
}

/// Sums over floats in 64 bits: eight running sums, element i joining sum i mod 8, then added in
/// order.
enum SlopeSums {
  static func squares(_ numbers: UnsafePointer<Float>, _ count: Int) -> Double {
    sums(numbers, count) { $0 * $0 }
  }

  static func magnitudes(_ numbers: UnsafePointer<Float>, _ count: Int) -> Double {
    sums(numbers, count) { SIMD8<Double>($0).replacing(with: -$0, where: $0 .< 0) }
  }

  private static func sums(
    _ numbers: UnsafePointer<Float>,
    _ count: Int,
    _ term: (SIMD8<Double>) -> SIMD8<Double>
  ) -> Double {
    var sums = SIMD8<Double>.zero
    var i = 0
    while i < count {
      var part = SIMD8<Double>.zero
      for lane in 0..<min(8, count - i) { part[lane] = Double(numbers[i + lane]) }
      sums += term(part)
      i += 8
    }
    return (0..<8).reduce(0) { $0 + sums[$1] }
  }
}

extension TensorStatistics {
  /// What there is to say of some numbers.
  init(_ name: String, _ kind: Kind, _ numbers: UnsafePointer<Float>, _ count: Int) {
    var (nans, infinities) = (0, 0)
    var largest: Float = 0
    for i in 0..<count {
      let size = numbers[i].magnitude
      if size.isNaN { nans += 1 } else if size.isInfinite { infinities += 1 }
      if size > largest { largest = size }
    }
    self.init(
      name,
      kind,
      meanAbsolute: nans > 0 ? .nan : SlopeSums.magnitudes(numbers, count) / Double(max(count, 1)),
      maxAbsolute: nans > 0 ? .nan : Double(largest),
      nans: nans,
      infinities: infinities
    )
  }
}
