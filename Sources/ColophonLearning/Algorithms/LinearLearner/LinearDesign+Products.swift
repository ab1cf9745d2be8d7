import ColophonMath

extension LinearDesign {
  /// The margins of some coefficients: rows × outputs, from outputs × columns.
  func margins(_ coefficients: [Double], outputs: Int) -> [Double] {
    product(m: rows, n: outputs, k: columns) { values, result in
      coefficients.withUnsafeBufferPointer { coefficients in
        MatrixProduct.accumulate(
          m: rows,
          n: outputs,
          k: columns,
          .init(values, stride: columns),
          .init(coefficients.baseAddress, stride: columns, isTransposed: true),
          into: result,
          stride: outputs,
          threads: threads
        )
      }
    }
  }

  /// The columns' products with a slope for each row and output: outputs × columns.
  func gathered(_ slopes: [Double], outputs: Int) -> [Double] {
    product(m: outputs, n: columns, k: rows) { values, result in
      slopes.withUnsafeBufferPointer { slopes in
        MatrixProduct.accumulate(
          m: outputs,
          n: columns,
          k: rows,
          .init(slopes.baseAddress, stride: outputs, isTransposed: true),
          .init(values, stride: columns),
          into: result,
          stride: columns,
          threads: threads
        )
      }
    }
  }

  /// The columns' weighted products with each other: columns × columns.
  func gram(_ weights: [Double]) -> [Double] {
    var weighted = values
    weighted.withUnsafeMutableBufferPointer { weighted in
      for row in 0..<rows {
        for j in 0..<columns { weighted[row * columns + j] *= weights[row] }
      }
    }
    var gram = product(m: columns, n: columns, k: rows) { values, result in
      weighted.withUnsafeBufferPointer { weighted in
        MatrixProduct.accumulate(
          m: columns,
          n: columns,
          k: rows,
          .init(weighted.baseAddress, stride: columns, isTransposed: true),
          .init(values, stride: columns),
          into: result,
          stride: columns,
          threads: threads
        )
      }
    }
    // The halves differ in the last bits, by which factor the weight was rounded into.
    for i in 0..<columns {
      for j in 0..<i { gram[i * columns + j] = gram[j * columns + i] }
    }
    return gram
  }

  /// A product of `m` × `n` elements with the design as an operand.
  ///
  /// Each element adds its `k` terms in ascending order, one fused multiply-add a term.
  private func product(
    m: Int,
    n: Int,
    k: Int,
    _ body: (UnsafePointer<Double>?, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    var result = [Double](repeating: 0, count: m * n)
    guard m > 0, n > 0, k > 0 else { return result }
    result.withUnsafeMutableBufferPointer { result in
      guard let target = result.baseAddress else { return }
      values.withUnsafeBufferPointer { body($0.baseAddress, target) }
    }
    return result
  }
}
