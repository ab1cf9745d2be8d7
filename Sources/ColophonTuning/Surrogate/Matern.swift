import ColophonMath

/// Matérn 5/2 as a function of squared distances r²: (1 + √5 r + 5/3 r²) exp(−√5 r) (Rasmussen and
/// Williams 2006, equation 4.17).
enum Matern {
  /// Puts the correlation of each squared distance in its place.
  static func values(inPlace squares: inout [Double]) {
    var decays = negativeRoots(squares)
    decays.withUnsafeMutableBufferPointer { Elementary.exp(inPlace: $0) }
    squares.withUnsafeMutableBufferPointer { squares in
      decays.withUnsafeBufferPointer { decays in
        for i in 0..<squares.count {
          let square = 5 * squares[i]
          squares[i] = (1 + square.squareRoot() + square / 3) * decays[i]
        }
      }
    }
  }

  /// The correlation of each squared distance, in its place, and its derivative by the squared
  /// distance: −5/6 (1 + √5 r) exp(−√5 r).
  static func valuesAndSlopes(inPlace squares: inout [Double]) -> [Double] {
    var decays = negativeRoots(squares)
    decays.withUnsafeMutableBufferPointer { Elementary.exp(inPlace: $0) }
    squares.withUnsafeMutableBufferPointer { squares in
      decays.withUnsafeMutableBufferPointer { decays in
        for i in 0..<squares.count {
          let square = 5 * squares[i]
          let rise = 1 + square.squareRoot()
          squares[i] = (rise + square / 3) * decays[i]
          decays[i] = -5.0 / 6 * rise * decays[i]
        }
      }
    }
    return decays
  }

  private static func negativeRoots(_ squares: [Double]) -> [Double] {
    [Double](unsafeUninitializedCapacity: squares.count) { target, count in
      squares.withUnsafeBufferPointer { squares in
        for i in 0..<squares.count { target[i] = -(5 * squares[i]).squareRoot() }
      }
      count = squares.count
    }
  }
}
