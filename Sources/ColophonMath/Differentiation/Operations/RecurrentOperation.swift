import CKernels

/// A recurrent layer over sequences, in one direction or both, unrolled over all steps.
///
/// Gives the state at every step, or the last one. Where a sequence is shorter, its state is passed
/// on unchanged through the steps that it lacks; backwards it starts at its own last step. Numbers
/// are kept steps first, in the order in which a direction takes them; examples don't meet, so each
/// thread runs some of them through all steps.
package struct RecurrentOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor
  package let cell: RecurrentCell
  /// How many numbers the state has.
  package let width: Int
  package let isBidirectional: Bool
  /// Whether every step's state is given, or the last alone.
  package let givesSequence: Bool
  /// Four to a direction: weights of the input and of the state, and a bias to each.
  package var own: [Parameter]

  package init(
    _ name: String,
    _ input: Tensor,
    into output: Tensor,
    _ cell: RecurrentCell,
    width: Int,
    isBidirectional: Bool,
    givesSequence: Bool
  ) {
    self.name = name
    self.input = input
    self.output = output
    self.cell = cell
    self.width = width
    self.isBidirectional = isBidirectional
    self.givesSequence = givesSequence
    let gates = cell.gates * width
    own = (isBidirectional ? ["", "_reverse"] : [""]).flatMap { end in
      [
        Parameter(
          "weight_ih_l0\(end)",
          .weight,
          [input.width, gates],
          fanIn: input.width,
          fanOut: width
        ),
        Parameter("weight_hh_l0\(end)", .recurrent, [width, gates], fanIn: width, fanOut: width),
        Parameter("bias_ih_l0\(end)", .bias, [gates], fanIn: width, fanOut: width),
        Parameter("bias_hh_l0\(end)", .bias, [gates], fanIn: width, fanOut: width),
      ]
    }
  }

  package var parameters: [Parameter] { own }

  package func placed(_ parameters: [Parameter]) -> RecurrentOperation {
    var copy = self
    copy.own = parameters
    return copy
  }

  var steps: Int { input.shape[0] }
  var gates: Int { cell.gates * width }
  package var directions: Int { isBidirectional ? 2 : 1 }

  /// The buffers of one direction.
  struct Buffers {
    /// Steps × examples × features.
    var x: UnsafeMutablePointer<Float>
    /// Steps × examples × gates: activated on the way there, their slopes on the way back.
    var gates: UnsafeMutablePointer<Float>
    /// The gates' part of the state, one step's or all steps'.
    var shares: UnsafeMutablePointer<Float>
    /// Steps + 1 × examples × width; the first are zeros.
    var states: UnsafeMutablePointer<Float>
    var cells: UnsafeMutablePointer<Float>
    /// Examples × width: the state's slope, the cell's, what comes back through the weights.
    var slope: UnsafeMutablePointer<Float>
    var cellSlope: UnsafeMutablePointer<Float>
    var passed: UnsafeMutablePointer<Float>
    var turned: UnsafeMutablePointer<Float>
    /// Steps × examples × width: the state's slope after each step.
    var trail: UnsafeMutablePointer<Float>
  }

  package func work(rows: Int, threads: Int, isTraining: Bool) -> [Int] {
    let states = rows * width
    let back = isTraining ? states : 0
    let one = [
      steps * rows * input.width, steps * rows * gates,
      (cell.hasOwnStateSlopes ? steps : 1) * rows * gates, (steps + 1) * states,
      cell.hasCell ? (steps + 1) * states : 0, back, back, back,
      isTraining ? max(width, input.width) * gates : 0, isTraining ? steps * states : 0,
    ]
    return isBidirectional ? one + one : one
  }

  func buffers(_ at: Places, _ direction: Int) -> Buffers {
    let own = Array(at.work[direction * 10..<direction * 10 + 10])
    return Buffers(
      x: own[0],
      gates: own[1],
      shares: own[2],
      states: own[3],
      cells: own[4],
      slope: own[5],
      cellSlope: own[6],
      passed: own[7],
      turned: own[8],
      trail: own[9]
    )
  }

  /// The state's slope after each time's step on the last way back, of the forward direction: the mean
  /// of absolute values over examples and units.
  ///
  /// `work`: The operation's own buffers in its tape.
  package func reach(_ work: [UnsafeMutablePointer<Float>], rows: Int) -> [Double] {
    let count = rows * width
    return (0..<steps).map { step in
      var sum = 0.0
      for i in 0..<count { sum += Double(work[9][step * count + i].magnitude) }
      return sum / Double(max(count, 1))
    }
  }

  /// The time of a direction's step.
  func time(_ step: Int, _ direction: Int) -> Int { direction == 0 ? step : steps - 1 - step }

  package func forward(_ at: Places, _ pass: Pass) {
    for direction in 0..<directions {
      let buffers = buffers(at, direction)
      takeInput(at, buffers, direction, pass)
      FloatProduct.multiply(
        steps * pass.rows,
        gates,
        input.width,
        .init(buffers.x, input.width),
        .init(pass.parameters + own[direction * 4].offset, gates),
        into: buffers.gates,
        stride: gates,
        pass: pass
      )
      pass.share(pass.rows, least: leastRows) { rows in
        run(rows, buffers, direction, pass)
        give(rows, at, buffers, direction, pass)
      }
    }
  }

  /// Below how many examples a second thread is not worth its start.
  var leastRows: Int { max(1, 100_000 / max(1, steps * width * gates)) }

  /// Copies the input, steps first in the direction's order.
  private func takeInput(_ at: Places, _ buffers: Buffers, _ direction: Int, _ pass: Pass) {
    let features = input.width
    pass.shareRows(steps, width: pass.rows * features) { part in
      for step in part {
        let from = time(step, direction) * features
        for row in 0..<pass.rows {
          (buffers.x + (step * pass.rows + row) * features).update(
            from: at.x + row * input.count + from,
            count: features
          )
        }
      }
    }
  }

  /// Runs some examples through all steps.
  private func run(_ rows: Range<Int>, _ buffers: Buffers, _ direction: Int, _ pass: Pass) {
    let first = rows.lowerBound
    (buffers.states + first * width).update(repeating: 0, count: rows.count * width)
    if cell.hasCell {
      (buffers.cells + first * width).update(repeating: 0, count: rows.count * width)
    }
    for step in 0..<steps {
      var at = place(step, rows, buffers, direction, pass)
      FloatProduct.multiply(
        rows.count,
        gates,
        width,
        .init(at.before, width),
        .init(pass.parameters + own[direction * 4 + 1].offset, gates),
        into: at.h,
        stride: gates
      )
      cell.forward(&at)
    }
  }

  /// One step of some examples, as the kernels take it.
  func place(
    _ step: Int,
    _ rows: Range<Int>,
    _ buffers: Buffers,
    _ direction: Int,
    _ pass: Pass
  ) -> ck_cell {
    let row = step * pass.rows + rows.lowerBound
    let share = cell.hasOwnStateSlopes ? row : rows.lowerBound
    var at = ck_cell()
    at.rows = rows.count
    at.width = width
    at.x = buffers.gates + row * gates
    at.h = buffers.shares + share * gates
    at.x_bias = UnsafePointer(pass.parameters + own[direction * 4 + 2].offset)
    at.h_bias = UnsafePointer(pass.parameters + own[direction * 4 + 3].offset)
    at.before = UnsafePointer(buffers.states + row * width)
    at.state = buffers.states + (row + pass.rows) * width
    if cell.hasCell {
      at.c_before = UnsafePointer(buffers.cells + row * width)
      at.c = buffers.cells + (row + pass.rows) * width
    }
    at.lengths = pass.lengths.map { $0 + rows.lowerBound }
    at.step = Int32(time(step, direction))
    return at
  }

  /// Copies states to the output.
  private func give(
    _ rows: Range<Int>,
    _ at: Places,
    _ buffers: Buffers,
    _ direction: Int,
    _ pass: Pass
  ) {
    for step in givesSequence ? 0..<steps : steps - 1..<steps {
      for row in rows {
        place(row, step, direction, at.y).update(
          from: buffers.states + ((step + 1) * pass.rows + row) * width,
          count: width
        )
      }
    }
  }

  /// Where a state of an example stands in the output.
  func place(
    _ row: Int,
    _ step: Int,
    _ direction: Int,
    _ output: UnsafeMutablePointer<Float>
  ) -> UnsafeMutablePointer<Float> {
    let time = givesSequence ? time(step, direction) : 0
    return output + row * self.output.count + time * self.output.width + direction * width
  }
}
