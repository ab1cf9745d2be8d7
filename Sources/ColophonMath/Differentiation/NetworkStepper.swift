import CKernels

/// A chain over sequences, run a step at a time with the states of its recurrent layers kept.
///
/// The plan is that of one step; its parameters lie as those of any other length do, and each step
/// gives the bits that the unrolled chain gives there.
package final class NetworkStepper {
  package let plan: NetworkPlan
  /// How many examples are run at a time.
  package let rows: Int
  private let threads: Int
  private let values: [FloatStorage]
  private let work: [[FloatStorage]]
  private let states: [RecurrentStates?]
  private let input: FloatStorage

  /// `plan`: A chain over sequences of one step.
  package init(_ plan: NetworkPlan, rows: Int, threads: Int) {
    self.plan = plan
    self.rows = rows
    self.threads = threads
    input = FloatStorage(count: rows * plan.input.count)
    values = plan.operations.map { FloatStorage(count: rows * $0.output.count) }
    work = plan.operations.map { operation in
      operation is RecurrentOperation
        ? []
        : operation.work(rows: rows, threads: threads, isTraining: false).map {
          FloatStorage(count: $0)
        }
    }
    states = plan.operations.map { operation in
      (operation as? RecurrentOperation).map { RecurrentStates($0, rows: rows) }
    }
  }

  /// The step's numbers, to be filled before it is taken.
  package var next: UnsafeMutablePointer<Float> { input.base }
  /// What the last step gave.
  package var output: UnsafeMutablePointer<Float> { values[values.count - 1].base }

  /// Takes a step.
  package func step(_ parameters: UnsafeMutablePointer<Float>, _ pass: (Int) -> Pass) {
    let pass = pass(rows)
    var x = input.base
    for (i, operation) in plan.operations.enumerated() {
      if let states = states[i] {
        states.step(x, parameters, pass, into: values[i].base)
      } else {
        operation.forward(
          Places(x: x, y: values[i].base, dx: nil, dy: x, work: work[i].map { $0.base }),
          pass
        )
      }
      x = values[i].base
    }
  }

  /// Takes over another's states, each of its rows `times` times, from one of its rows on.
  package func spread(_ other: NetworkStepper, from first: Int, times: Int) {
    for (own, theirs) in zip(states, other.states) {
      if let own, let theirs { own.spread(theirs, from: first, times: times) }
    }
  }
}

/// The states of a recurrent layer between two steps.
private final class RecurrentStates {
  let operation: RecurrentOperation
  let rows: Int
  private let gates: FloatStorage
  private let shares: FloatStorage
  private var states: (now: FloatStorage, next: FloatStorage)
  private var cells: (now: FloatStorage, next: FloatStorage)

  init(_ operation: RecurrentOperation, rows: Int) {
    precondition(!operation.isBidirectional, "steps run forward alone")
    self.operation = operation
    self.rows = rows
    let (width, all) = (operation.width, operation.cell.gates * operation.width)
    gates = FloatStorage(count: rows * all)
    shares = FloatStorage(count: rows * all)
    states = (FloatStorage(count: rows * width), FloatStorage(count: rows * width))
    cells = (FloatStorage(count: rows * width), FloatStorage(count: rows * width))
  }

  func step(
    _ x: UnsafeMutablePointer<Float>,
    _ parameters: UnsafeMutablePointer<Float>,
    _ pass: Pass,
    into y: UnsafeMutablePointer<Float>
  ) {
    let (width, features) = (operation.width, operation.input.width)
    let all = operation.cell.gates * width
    let own = operation.own
    FloatProduct.multiply(
      rows,
      all,
      features,
      .init(x, features),
      .init(parameters + own[0].offset, all),
      into: gates.base,
      stride: all,
      pass: pass
    )
    FloatProduct.multiply(
      rows,
      all,
      width,
      .init(states.now.base, width),
      .init(parameters + own[1].offset, all),
      into: shares.base,
      stride: all,
      pass: pass
    )
    pass.shareRows(rows, width: 8 * all) { part in
      var at = ck_cell()
      at.rows = part.count
      at.width = width
      at.x = gates.base + part.lowerBound * all
      at.h = shares.base + part.lowerBound * all
      at.x_bias = UnsafePointer(parameters + own[2].offset)
      at.h_bias = UnsafePointer(parameters + own[3].offset)
      at.before = UnsafePointer(states.now.base + part.lowerBound * width)
      at.state = states.next.base + part.lowerBound * width
      at.c_before = UnsafePointer(cells.now.base + part.lowerBound * width)
      at.c = cells.next.base + part.lowerBound * width
      operation.cell.forward(&at)
    }
    states = (states.next, states.now)
    cells = (cells.next, cells.now)
    y.update(from: states.now.base, count: rows * width)
  }

  func spread(_ other: RecurrentStates, from first: Int, times: Int) {
    let width = operation.width
    for row in 0..<rows {
      let from = (first + row / times) * width
      (states.now.base + row * width).update(from: other.states.now.base + from, count: width)
      (cells.now.base + row * width).update(from: other.cells.now.base + from, count: width)
    }
  }
}
