import CKernels

extension RecurrentOperation {
  package func backward(_ at: Places, _ pass: Pass) {
    for direction in 0..<directions {
      let buffers = buffers(at, direction)
      turn(pass.parameters + own[direction * 4 + 1].offset, rows: width, into: buffers.turned)
      pass.share(pass.rows, least: leastRows) { rows in
        runBack(rows, at, buffers, direction, pass)
      }
      sumGradients(buffers, direction, pass)
      if let dx = at.dx { giveSlopes(dx, buffers, direction, pass) }
    }
  }

  /// Gates × rows from rows × gates.
  private func turn(
    _ weights: UnsafePointer<Float>,
    rows: Int,
    into turned: UnsafeMutablePointer<Float>
  ) {
    for gate in 0..<gates {
      for row in 0..<rows { turned[gate * rows + row] = weights[row * gates + gate] }
    }
  }

  /// Takes some examples back through all steps.
  private func runBack(
    _ rows: Range<Int>,
    _ at: Places,
    _ buffers: Buffers,
    _ direction: Int,
    _ pass: Pass
  ) {
    let (first, count) = (rows.lowerBound * width, rows.count * width)
    let (slope, passed) = (buffers.slope + first, buffers.passed + first)
    slope.update(repeating: 0, count: count)
    if cell.hasCell { (buffers.cellSlope + first).update(repeating: 0, count: count) }
    for step in (0..<steps).reversed() {
      if givesSequence || step == steps - 1 {
        for row in rows {
          ck_net_add(width, place(row, step, direction, at.dy), buffers.slope + row * width)
        }
      }
      (buffers.trail + (step * pass.rows) * width + first).update(from: slope, count: count)
      var here = place(step, rows, buffers, direction, pass)
      here.d = UnsafePointer(slope)
      here.d_before = passed
      if cell.hasCell { here.c_slope = buffers.cellSlope + first }
      cell.backward(&here)
      FloatProduct.multiply(
        rows.count,
        width,
        gates,
        .init(cell.hasOwnStateSlopes ? here.h : here.x, gates),
        .init(buffers.turned, width),
        into: slope,
        stride: width
      )
      ck_net_add(count, passed, slope)
    }
  }

  /// Sums over steps, then examples, in the direction's order.
  private func sumGradients(_ buffers: Buffers, _ direction: Int, _ pass: Pass) {
    let rows = steps * pass.rows
    let fromState = cell.hasOwnStateSlopes ? buffers.shares : buffers.gates
    let places = own[direction * 4..<direction * 4 + 4].map { pass.gradients + $0.offset }
    FloatProduct.multiply(
      input.width,
      gates,
      rows,
      .init(buffers.x, input.width, transposed: true),
      .init(buffers.gates, gates),
      into: places[0],
      stride: gates,
      pass: pass
    )
    FloatProduct.multiply(
      width,
      gates,
      rows,
      .init(buffers.states, width, transposed: true),
      .init(fromState, gates),
      into: places[1],
      stride: gates,
      pass: pass
    )
    ck_net_column_sums(rows, gates, buffers.gates, gates, places[2], 1)
    ck_net_column_sums(rows, gates, fromState, gates, places[3], 1)
    let offsets = own[direction * 4..<direction * 4 + 4].map { $0.offset }
    pass.addMagnitudes(rows, buffers.x, input.width, buffers.gates, gates, at: offsets[0])
    pass.addMagnitudes(rows, buffers.states, width, fromState, gates, at: offsets[1])
    pass.addMagnitudes(rows, buffers.gates, gates, at: offsets[2])
    pass.addMagnitudes(rows, fromState, gates, at: offsets[3])
  }

  /// The slope by the input; the second direction's is added.
  private func giveSlopes(
    _ dx: UnsafeMutablePointer<Float>,
    _ buffers: Buffers,
    _ direction: Int,
    _ pass: Pass
  ) {
    let features = input.width
    turn(pass.parameters + own[direction * 4].offset, rows: features, into: buffers.turned)
    FloatProduct.multiply(
      steps * pass.rows,
      features,
      gates,
      .init(buffers.gates, gates),
      .init(buffers.turned, features),
      into: buffers.x,
      stride: features,
      pass: pass
    )
    for step in 0..<steps {
      for row in 0..<pass.rows {
        let from = buffers.x + (step * pass.rows + row) * features
        let to = dx + row * input.count + time(step, direction) * features
        if direction == 0 {
          to.update(from: from, count: features)
        } else {
          ck_net_add(features, from, to)
        }
      }
    }
  }
}
