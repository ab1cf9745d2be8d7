import ColophonCore
import ColophonMath
import Testing

/// A chain run a step at a time beside the same chain unrolled.
@Suite struct NetworkStepperTests {
  private static func plan(_ steps: Int, _ cell: RecurrentCell) -> NetworkPlan {
    let input = Tensor(index: 0, shape: [steps, 4])
    let first = CategoryOperation("categories", input, into: 1, levels: [3], width: 2)
    let second = RecurrentOperation(
      "recurrent_1",
      first.output,
      into: Tensor(index: 2, shape: [steps, 7]),
      cell,
      width: 7,
      isBidirectional: false,
      givesSequence: true
    )
    let third = RecurrentOperation(
      "recurrent_2",
      second.output,
      into: Tensor(index: 3, shape: [steps, 5]),
      cell,
      width: 5,
      isBidirectional: false,
      givesSequence: true
    )
    let last = DenseOperation(
      "dense",
      third.output,
      into: Tensor(index: 4, shape: [steps, 2]),
      .linear
    )
    return NetworkPlan(input: input, output: last.output, [first, second, third, last])
  }

  @Test(arguments: [RecurrentCell.lstm, .gru, .plain(isRelu: false)], [1, 3])
  func givesTheBitsOfTheUnrolledChain(cell: RecurrentCell, threads: Int) {
    let (steps, rows) = (6, 9)
    let whole = Self.plan(steps, cell)
    var random = RandomStream(root: 2, cell: "stepper", purpose: "numbers")
    let weights = FloatStorage(
      (0..<whole.parameterCount).map { _ in Float(random.standardNormal() / 2) }
    )
    let tape = Tape(whole, capacity: rows, isTraining: false, threads: threads)
    for i in 0..<rows * steps {
      for k in 0..<3 { tape.input[i * 4 + k] = Float(random.standardNormal()) }
      tape.input[i * 4 + 3] = Float(i % 4 - 1)
    }
    func pass(_ rows: Int) -> Pass {
      Pass(
        rows: rows,
        parameters: weights.base,
        gradients: weights.base,
        isTraining: false,
        threads: threads,
        random: { RandomStream(root: 0, cell: "", purpose: $0) }
      )
    }
    let inputs = (0..<rows * steps * 4).map { tape.input[$0] }
    tape.forward(pass(rows))
    let stepper = NetworkStepper(Self.plan(1, cell), rows: rows, threads: threads)
    for t in 0..<steps {
      for row in 0..<rows {
        for k in 0..<4 { stepper.next[row * 4 + k] = inputs[(row * steps + t) * 4 + k] }
      }
      stepper.step(weights.base) { pass($0) }
      for row in 0..<rows {
        for k in 0..<2 {
          #expect(stepper.output[row * 2 + k] == tape.output[(row * steps + t) * 2 + k])
        }
      }
    }
  }
}
