/// A chain of operations, its parameters in one flat vector.
package struct NetworkPlan: Sendable {
  package let input: Tensor
  package let output: Tensor
  package let operations: [any NetworkOperation]
  /// The learned ones first, then those that are only followed.
  package let parameters: [Parameter]
  /// How many numbers are learned: the first ones.
  package let learnedCount: Int
  package let parameterCount: Int

  /// Gives every parameter its place.
  package init(input: Tensor, output: Tensor, _ operations: [any NetworkOperation]) {
    self.input = input
    self.output = output
    var all = operations.map { $0.parameters }
    var offset = 0
    for isLearned in [true, false] {
      for i in all.indices {
        for j in all[i].indices where all[i][j].role.isLearned == isLearned {
          all[i][j].offset = offset
          offset += all[i][j].count
        }
      }
    }
    self.operations = zip(operations, all).map { $0.placed($1) }
    let flat = all.flatMap { $0 }
    parameters = flat.filter { $0.role.isLearned } + flat.filter { !$0.role.isLearned }
    learnedCount = flat.filter { $0.role.isLearned }.reduce(0) { $0 + $1.count }
    parameterCount = offset
  }
}

/// A plan with its memory, ready to be run: reverse-mode differentiation of a chain.
///
/// All memory is planned for a number of examples when the tape is made; a step allocates none.
package final class Tape {
  package let plan: NetworkPlan
  /// The most examples of a step.
  package let capacity: Int
  package let isTraining: Bool
  package let threads: Int
  private let memory: FloatStorage
  private let places: [Places]
  private let values: [UnsafeMutablePointer<Float>]

  /// The input's numbers, to be filled before a step.
  package var input: UnsafeMutablePointer<Float> { values[plan.input.index] }
  package var output: UnsafeMutablePointer<Float> { values[plan.output.index] }
  /// The slope by the output, to be filled between forward and backward.
  package let outputSlope: UnsafeMutablePointer<Float>

  /// - Parameters:
  ///   - plan: What is computed.
  ///   - capacity: The most examples of a step.
  ///   - isTraining: Whether there is a way back.
  ///   - threads: How many threads may be used; no result depends on it.
  package init(_ plan: NetworkPlan, capacity: Int, isTraining: Bool, threads: Int) {
    self.plan = plan
    self.capacity = capacity
    self.isTraining = isTraining
    self.threads = threads
    let layout = TapeLayout(plan, capacity: capacity, isTraining: isTraining, threads: threads)
    let memory = FloatStorage(count: layout.count)
    self.memory = memory
    values = layout.values.map { memory.base + $0 }
    places = layout.operations.map { operation in
      Places(
        x: memory.base + operation.x,
        y: memory.base + operation.y,
        dx: operation.dx.map { memory.base + $0 },
        dy: memory.base + operation.dy,
        work: operation.work.map { memory.base + $0 }
      )
    }
    outputSlope = memory.base + layout.outputSlope
  }

  /// The values of an operation's output after `forward`; in a tape that only predicts, other
  /// values may have taken their place.
  package func value(of operation: Int) -> UnsafeMutablePointer<Float> { places[operation].y }

  /// Buffers of an operation's own, as `work` orders them.
  package func work(of operation: Int) -> [UnsafeMutablePointer<Float>] { places[operation].work }

  package func forward(_ pass: Pass) {
    precondition(pass.rows <= capacity, "\(pass.rows) examples in room for \(capacity)")
    for (operation, place) in zip(plan.operations, places) { operation.forward(place, pass) }
  }

  package func backward(_ pass: Pass) {
    precondition(isTraining, "a tape that only predicts has no way back")
    for i in plan.operations.indices.reversed() {
      plan.operations[i].backward(places[i], pass)
    }
  }
}
