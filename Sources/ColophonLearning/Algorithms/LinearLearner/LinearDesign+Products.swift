extension LinearDesign {
  /// The margins of some coefficients: rows × outputs, from outputs × columns.
  ///
  /// Each dot product runs in four lanes (columns j, j + 4 …), joined as (0 + 1) + (2 + 3).
  func margins(_ coefficients: [Double], outputs: Int) -> [Double] {
    var margins = [Double](repeating: 0, count: rows * outputs)
    margins.withUnsafeMutableBufferPointer { margins in
      values.withUnsafeBufferPointer { values in
        coefficients.withUnsafeBufferPointer { coefficients in
          for row in 0..<rows {
            for output in 0..<outputs {
              margins[row * outputs + output] = LinearDesign.dot(
                values,
                row * columns,
                coefficients,
                output * columns,
                columns
              )
            }
          }
        }
      }
    }
    return margins
  }

  @inline(__always)
  private static func dot(
    _ a: UnsafeBufferPointer<Double>,
    _ aStart: Int,
    _ b: UnsafeBufferPointer<Double>,
    _ bStart: Int,
    _ count: Int
  ) -> Double {
    var lanes = SIMD4<Double>()
    var j = 0
    while j + 4 <= count {
      let x = SIMD4(
        a[aStart + j],
        a[aStart + j + 1],
        a[aStart + j + 2],
        a[aStart + j + 3]
      )
      let y = SIMD4(
        b[bStart + j],
        b[bStart + j + 1],
        b[bStart + j + 2],
        b[bStart + j + 3]
      )
      lanes += x * y
      j += 4
    }
    var lane = 0
    while j < count {
      lanes[lane] += a[aStart + j] * b[bStart + j]
      lane += 1
      j += 1
    }
    return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
  }

  /// The columns' products with a slope for each row and output: outputs × columns, rows ascending.
  func gathered(_ slopes: [Double], outputs: Int) -> [Double] {
    var gathered = [Double](repeating: 0, count: outputs * columns)
    gathered.withUnsafeMutableBufferPointer { gathered in
      values.withUnsafeBufferPointer { values in
        slopes.withUnsafeBufferPointer { slopes in
          for row in 0..<rows {
            for output in 0..<outputs {
              let slope = slopes[row * outputs + output]
              if slope == 0 { continue }
              for j in 0..<columns {
                gathered[output * columns + j] += slope * values[row * columns + j]
              }
            }
          }
        }
      }
    }
    return gathered
  }

  /// The columns' weighted products with each other: columns × columns, rows ascending.
  func gram(_ weights: [Double]) -> [Double] {
    var gram = [Double](repeating: 0, count: columns * columns)
    gram.withUnsafeMutableBufferPointer { gram in
      values.withUnsafeBufferPointer { values in
        for row in 0..<rows {
          let weight = weights[row]
          if weight == 0 { continue }
          let start = row * columns
          for i in 0..<columns {
            let factor = weight * values[start + i]
            if factor == 0 { continue }
            let target = i * columns
            for j in i..<columns { gram[target + j] += factor * values[start + j] }
          }
        }
      }
      for i in 0..<columns {
        for j in 0..<i { gram[i * columns + j] = gram[j * columns + i] }
      }
    }
    return gram
  }
}
