import ColophonCore
import ColophonMath

/// An operation and what it should compute, in 64 bits and in the plainest way.
struct GradientCase: Sendable, CustomStringConvertible {
  let description: String
  /// The shape of an example.
  let input: [Int]
  let output: [Int]
  /// Whether sequences have different lengths.
  var hasLengths = false
  /// Whether the input is tokens, which have no slope.
  var isTokens = false
  let make: @Sendable (_ input: Tensor, _ output: Tensor) -> any NetworkOperation
  /// From the numbers of all rows, the operation's parameters one after another, and the lengths.
  let reference: @Sendable (_ x: [Double], _ parameters: [Double], _ lengths: [Int]) -> [Double]
}

/// What an operation gave, and what differences of the reference say.
struct GradientRun {
  var output: [Double]
  var expected: [Double]
  var gradient: [Double]
  var differences: [Double]
}

extension GradientCase {
  static let rows = 3

  /// Runs the operation behind a dense one, so that the slope of its input shows in the dense
  /// weights' gradient; differentiates the sum of outputs times fixed factors.
  func run(threads: Int = 1, capacity: Int = rows) -> GradientRun {
    let (plan, front) = plan()
    var random = RandomStream(root: 11, cell: description, purpose: "numbers")
    let parameters = (0..<plan.parameterCount).map { _ in Float(0.8 * random.standardNormal()) }
    let x = (0..<Self.rows * plan.input.count).map { _ -> Float in
      isTokens ? Float(random.integer(below: 6) - 1) : Float(random.standardNormal())
    }
    let factors = (0..<Self.rows * plan.output.count).map { _ in Float(random.standardNormal()) }
    let lengths: [Int32] = hasLengths ? [Int32(input[0]), 2, 1] : []
    let tape = Tape(plan, capacity: capacity, isTraining: true, threads: threads)
    let (weights, slopes) = (FloatStorage(parameters), FloatStorage(count: plan.parameterCount))
    tape.input.update(from: x, count: x.count)
    let output = lengths.withUnsafeBufferPointer { lengths -> [Double] in
      let pass = Pass(
        rows: Self.rows,
        parameters: weights.base,
        gradients: slopes.base,
        isTraining: true,
        threads: threads,
        lengths: lengths.isEmpty ? nil : lengths.baseAddress,
        random: { RandomStream(root: 1, cell: "t", purpose: $0) }
      )
      tape.forward(pass)
      let output = (0..<factors.count).map { Double(tape.output[$0]) }
      tape.outputSlope.update(from: factors, count: factors.count)
      tape.backward(pass)
      return output
    }
    let wide = parameters.map { Double($0) }
    let whole = x.map { Double($0) }
    let own =
      lengths.isEmpty ? [Int](repeating: input[0], count: Self.rows) : lengths.map { Int($0) }
    func value(_ parameters: [Double]) -> [Double] {
      reference(front(whole, parameters), Array(parameters[frontCount...]), own)
    }
    let expected = value(wide)
    let differences = (0..<plan.learnedCount).map { i -> Double in
      func sum(_ shift: Double) -> Double {
        var moved = wide
        moved[i] += shift
        return zip(value(moved), factors).reduce(0) { $0 + $1.0 * Double($1.1) }
      }
      return (sum(1e-6) - sum(-1e-6)) / 2e-6
    }
    return GradientRun(
      output: output,
      expected: expected,
      gradient: (0..<plan.learnedCount).map { Double(slopes.base[$0]) },
      differences: differences
    )
  }

  private var width: Int { input.last ?? 1 }
  private var frontCount: Int { isTokens ? 0 : width * width }

  /// The chain, and what stands before the operation in the reference.
  private func plan() -> (NetworkPlan, @Sendable ([Double], [Double]) -> [Double]) {
    let first = Tensor(index: 0, shape: input)
    if isTokens {
      let last = Tensor(index: 1, shape: output)
      return (NetworkPlan(input: first, output: last, [make(first, last)]), { x, _ in x })
    }
    let (middle, last) = (Tensor(index: 1, shape: input), Tensor(index: 2, shape: output))
    let dense = DenseOperation("front", first, into: middle, .linear, hasBias: false)
    let width = width
    let plan = NetworkPlan(input: first, output: last, [dense, make(middle, last)])
    return (
      plan,
      { x, parameters in
        Reference.dense(x, Array(parameters[..<(width * width)]), inputs: width, outputs: width)
      }
    )
  }
}

/// The largest difference over the largest expected number.
func relativeGap(_ found: [Double], _ expected: [Double]) -> Double {
  guard found.count == expected.count, !expected.isEmpty else { return .infinity }
  let scale = expected.reduce(1e-3) { max($0, $1.magnitude) }
  return zip(found, expected).reduce(0) { max($0, ($1.0 - $1.1).magnitude) } / scale
}
