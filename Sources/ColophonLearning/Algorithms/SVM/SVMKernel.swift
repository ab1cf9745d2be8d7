import ColophonMath

/// How alike two rows are: an inner product in a space of its own.
package struct SVMKernel: Codable, Hashable, Sendable {
  /// The family of the function.
  package enum Kind: String, Codable, CaseIterable, Sendable {
    /// x · y
    case linear
    /// (γ x · y + c)ᵈ
    case polynomial = "poly"
    /// exp(−γ ‖x − y‖²)
    case radial = "rbf"
    /// tanh(γ x · y + c)
    case sigmoid
  }

  package var kind: Kind
  package var gamma: Double
  /// The power d of a polynomial.
  package var degree: Int
  /// The constant c.
  package var constant: Double

  /// What is measured of two rows.
  var measure: PairMeasure { kind == .radial ? .squaredDifferences : .products }

  /// Turns what was measured into the kernel's values, in place.
  func apply(_ values: UnsafeMutableBufferPointer<Double>) {
    switch kind {
    case .linear: return
    case .polynomial:
      for i in values.indices { values[i] = power(gamma * values[i] + constant) }
    case .radial:
      for i in values.indices { values[i] = -gamma * values[i] }
      Elementary.exp(inPlace: values)
    case .sigmoid:
      for i in values.indices { values[i] = gamma * values[i] + constant }
      Elementary.tanh(inPlace: values)
    }
  }

  /// A base to the power of the degree, by squaring.
  private func power(_ base: Double) -> Double {
    var (result, square, rest) = (1.0, base, degree)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }

  /// The kernel of each of some row-major rows with itself.
  func diagonal(_ rows: [Double], width: Int) -> [Double] {
    let count = rows.count / max(width, 1)
    if kind == .radial { return [Double](repeating: 1, count: count) }
    var values = (0..<count).map { row in
      (row * width..<(row + 1) * width).reduce(0.0) { $0.addingProduct(rows[$1], rows[$1]) }
    }
    values.withUnsafeMutableBufferPointer { apply($0) }
    return values
  }

  /// Some rows' kernels with packed points, each row's `count` first ones used.
  func evaluate(
    _ rows: UnsafePointer<Double>,
    count: Int,
    against points: PackedPoints,
    into target: UnsafeMutablePointer<Double>
  ) {
    points.measure(
      measure,
      from: rows,
      count: count,
      stride: points.width,
      into: target,
      targetStride: points.paddedCount
    )
    apply(UnsafeMutableBufferPointer(start: target, count: count * points.paddedCount))
  }
}
