/// The most probable class of each row, and how probable it is.
struct TopClasses: Sendable {
  /// Among equally probable classes the first in their order.
  var classes: [Int32]
  var probabilities: [Double]
}

extension Cases {
  /// The most probable classes of multi-class rows; computed once.
  var top: TopClasses {
    topClasses.value {
      guard case .multiclass(let probabilities, let actual) = body else {
        return TopClasses(classes: [], probabilities: [])
      }
      let width = classes.count
      let best = actual.indices.map { row in
        (1..<max(width, 1)).reduce(0) {
          probabilities[row * width + $1] > probabilities[row * width + $0] ? $1 : $0
        }
      }
      return TopClasses(
        classes: best.map { Int32($0) },
        probabilities: best.indices.map { probabilities[$0 * width + best[$0]] }
      )
    }
  }

  /// How many classes stand before a row's actual one when classes are ordered by falling
  /// probability, ties in the classes' order.
  func rank(ofActualIn row: Int) -> Int {
    guard case .multiclass(let probabilities, let actual) = body else { return 0 }
    let width = classes.count
    let own = Int(actual[row])
    let p = probabilities[row * width + own]
    return (0..<width).reduce(0) { rank, k in
      let other = probabilities[row * width + k]
      return rank + (other > p || (other == p && k < own) ? 1 : 0)
    }
  }
}
