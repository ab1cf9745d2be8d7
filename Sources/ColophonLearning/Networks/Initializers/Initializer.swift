package import ColophonCore
package import ColophonMath

/// How weights are drawn before the first step.
package protocol Initializer: Sendable {
  static var name: String { get }
  static var summary: String { get }
  /// Fills one parameter's numbers, in their order.
  func draw(_ parameter: Parameter, _ random: inout RandomStream) -> [Float]
  init()
}

/// The initialisers, in the order the reference lists them.
package let initializers = Catalogue<any Initializer.Type>(
  "initializer",
  [
    XavierUniform.self, XavierNormal.self, KaimingUniform.self, KaimingNormal.self,
    Orthogonal.self, FanInUniform.self, SmallNormal.self, Zeros.self,
  ]
) { $0.name }

extension FieldReader {
  /// `initializer`: a name of the catalogue; nil for the usual way.
  mutating func initializer(_ usual: (any Initializer)?) -> (any Initializer)? {
    let word = choice(
      "initializer",
      of: initializers.names,
      noun: "initializer",
      "How weights are drawn; by default kaiming_uniform before relu, leaky_relu and gelu, orthogonal "
        + "for a recurrent layer's state, xavier_uniform elsewhere."
    )
    return word.flatMap { initializers[$0.value] }.map { $0.init() } ?? usual
  }
}

extension Parameter {
  /// As many numbers as there are, evenly between -bound and bound.
  func uniform(_ bound: Double, _ random: inout RandomStream) -> [Float] {
    (0..<count).map { _ in Float((2 * random.uniform() - 1) * bound) }
  }

  func normal(_ deviation: Double, _ random: inout RandomStream) -> [Float] {
    (0..<count).map { _ in Float(deviation * random.standardNormal()) }
  }
}

/// ±√(6 / (fan in + fan out)): keeps variances on the way there and back.
///
/// - SeeAlso: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
///   networks", 2010, equation 16.
struct XavierUniform: Initializer {
  static let name = "xavier_uniform"
  static let summary = "Evenly within ±√(6 / (inputs + outputs))."
  func draw(_ parameter: Parameter, _ random: inout RandomStream) -> [Float] {
    parameter.uniform((6 / Double(parameter.fanIn + parameter.fanOut)).squareRoot(), &random)
  }
}

/// The same variance from a normal distribution.
struct XavierNormal: Initializer {
  static let name = "xavier_normal"
  static let summary = "Normal, of variance 2 / (inputs + outputs)."
  func draw(_ parameter: Parameter, _ random: inout RandomStream) -> [Float] {
    parameter.normal((2 / Double(parameter.fanIn + parameter.fanOut)).squareRoot(), &random)
  }
}

/// ±√(6 / fan in): keeps variances through rectified units.
///
/// - SeeAlso: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015, equation 10.
struct KaimingUniform: Initializer {
  static let name = "kaiming_uniform"
  static let summary = "Evenly within ±√(6 / inputs), for relu."
  func draw(_ parameter: Parameter, _ random: inout RandomStream) -> [Float] {
    parameter.uniform((6 / Double(max(parameter.fanIn, 1))).squareRoot(), &random)
  }
}

/// The same variance from a normal distribution.
struct KaimingNormal: Initializer {
  static let name = "kaiming_normal"
  static let summary = "Normal, of variance 2 / inputs, for relu."
  func draw(_ parameter: Parameter, _ random: inout RandomStream) -> [Float] {
    parameter.normal((2 / Double(max(parameter.fanIn, 1))).squareRoot(), &random)
  }
}

/// ±1 / √(fan in), PyTorch's own way for dense, convolution and recurrent layers.
struct FanInUniform: Initializer {
  static let name = "fan_in_uniform"
  static let summary = "Evenly within ±1 / √inputs, as PyTorch's layers are by default."
  func draw(_ parameter: Parameter, _ random: inout RandomStream) -> [Float] {
    parameter.uniform(1 / Double(max(parameter.fanIn, 1)).squareRoot(), &random)
  }
}

struct SmallNormal: Initializer {
  static let name = "normal"
  static let summary = "Normal, of standard deviation 0.01."
  func draw(_ parameter: Parameter, _ random: inout RandomStream) -> [Float] {
    parameter.normal(0.01, &random)
  }
}

struct Zeros: Initializer {
  static let name = "zeros"
  static let summary = "0, which leaves all units of a layer alike."
  func draw(_ parameter: Parameter, _ random: inout RandomStream) -> [Float] {
    [Float](repeating: 0, count: parameter.count)
  }
}

/// Rows (or columns, whichever are fewer) of length 1 at right angles, drawn evenly.
///
/// Gram and Schmidt's process over normal numbers, in 64 bits. A recurrent cell's gates are drawn
/// one after another.
///
/// - SeeAlso: Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in
///   deep linear neural networks", 2014.
struct Orthogonal: Initializer {
  static let name = "orthogonal"
  static let summary = "Vectors of length 1 at right angles to each other."

  func draw(_ parameter: Parameter, _ random: inout RandomStream) -> [Float] {
    let columns = parameter.shape.last ?? 1
    let rows = parameter.count / max(columns, 1)
    guard parameter.role == .recurrent, columns > rows, columns.isMultiple(of: rows) else {
      return matrix(rows, columns, &random)
    }
    var all = [Float](repeating: 0, count: parameter.count)
    for gate in 0..<columns / rows {
      let square = matrix(rows, rows, &random)
      for row in 0..<rows {
        for column in 0..<rows {
          all[row * columns + gate * rows + column] = square[row * rows + column]
        }
      }
    }
    return all
  }

  private func matrix(_ rows: Int, _ columns: Int, _ random: inout RandomStream) -> [Float] {
    let (count, length) = (min(rows, columns), max(rows, columns))
    var vectors: [[Double]] = []
    while vectors.count < count {
      var vector = random.standardNormals(length)
      // Twice is enough (Kahan and Parlett): the second pass takes away what the first left.
      for _ in 0..<2 {
        for other in vectors {
          let share = Reduction.dot(vector, other)
          for i in vector.indices { vector[i] -= share * other[i] }
        }
      }
      let norm = Reduction.sumOfSquares(vector).squareRoot()
      if norm > 1e-8 { vectors.append(vector.map { $0 / norm }) }
    }
    var all = [Float](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        all[row * columns + column] =
          Float(rows <= columns ? vectors[row][column] : vectors[column][row])
      }
    }
    return all
  }
}
