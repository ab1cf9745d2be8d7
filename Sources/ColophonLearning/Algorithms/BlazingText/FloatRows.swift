/// Vectors of equal length, one after another.
///
/// A dot product adds eight running sums, term i to sum i mod 8, and then the sums pairwise; every
/// other operation is one rounding an element. So the bits are the same everywhere.
struct FloatRows: Hashable, Sendable {
  let dimension: Int
  var elements: [Float]

  init(dimension: Int, elements: [Float]) {
    self.dimension = dimension
    self.elements = elements
  }

  init(count: Int, dimension: Int) {
    self.init(dimension: dimension, elements: [Float](repeating: 0, count: count * dimension))
  }

  var count: Int { dimension == 0 ? 0 : elements.count / dimension }

  func row(_ index: Int) -> ArraySlice<Float> {
    elements[index * dimension..<(index + 1) * dimension]
  }

  /// Little-endian, four bytes a number.
  var bytes: [UInt8] {
    elements.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Array($0) }
  }

  /// Numbers from bytes; nil where they are not whole rows of finite numbers.
  init?(bytes: ArraySlice<UInt8>, dimension: Int) {
    guard dimension > 0, bytes.count.isMultiple(of: 4 * dimension) else { return nil }
    let elements = bytes.withUnsafeBytes { raw in
      (0..<raw.count / 4).map {
        Float(
          bitPattern: UInt32(
            littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)
          )
        )
      }
    }
    guard elements.allSatisfy({ $0.isFinite }) else { return nil }
    self.init(dimension: dimension, elements: elements)
  }
}

/// Operations on vectors in memory.
enum FloatVector {
  /// Σ a b.
  static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    var sums = SIMD8<Float>.zero
    var i = 0
    while i + 8 <= count {
      let left = UnsafeRawPointer(a + i).loadUnaligned(as: SIMD8<Float>.self)
      let right = UnsafeRawPointer(b + i).loadUnaligned(as: SIMD8<Float>.self)
      sums += left * right
      i += 8
    }
    while i < count {
      sums[i % 8] += a[i] * b[i]
      i += 1
    }
    let four = sums.lowHalf + sums.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }

  /// y += factor · x.
  static func add(
    _ factor: Float,
    _ x: UnsafePointer<Float>,
    to y: UnsafeMutablePointer<Float>,
    _ count: Int
  ) {
    for i in 0..<count { y[i] += factor * x[i] }
  }
}
