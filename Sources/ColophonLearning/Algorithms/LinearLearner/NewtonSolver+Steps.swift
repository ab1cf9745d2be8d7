import ColophonMath

extension NewtonSolver {
  /// The second derivatives of the smooth part, in full.
  ///
  /// Adding one vector to every class's coefficients changes no probability; that direction is
  /// made stiff where no penalty does it, and the slopes have no part in it, so classes stay
  /// centred: their unpenalised coefficients sum to zero.
  func curvature(at state: State) -> Matrix {
    curvature(design.curvatures(loss, at: state.point))
  }

  /// The same from the loss's part of it, pair by pair of outputs.
  func curvature(_ blocks: [Double]) -> Matrix {
    let width = design.columns
    var matrix = Matrix(rows: order, columns: order)
    var place = 0
    for first in 0..<outputs {
      for second in first..<outputs {
        for i in 0..<width {
          for j in 0..<width {
            matrix[first * width + i, second * width + j] = blocks[place]
            matrix[second * width + j, first * width + i] = blocks[place]
            place += 1
          }
        }
      }
    }
    for i in 0..<order { matrix[i, i] += penalty.curvature(i % width) }
    if outputs > 1 { stiffen(&matrix) }
    return matrix
  }

  private func stiffen(_ matrix: inout Matrix) {
    let width = design.columns
    let stiffness = 1 / Double(outputs * outputs)
    for j in 0..<width where penalty.curvature(j) == 0 && absolute[j] == 0 {
      for first in 0..<outputs {
        for second in 0..<outputs { matrix[first * width + j, second * width + j] += stiffness }
      }
    }
  }

  /// The second derivatives times a direction, without writing them down.
  func bend(_ direction: [Double], at state: State) -> [Double] {
    let spread = design.margins(direction, outputs: outputs)
    var bent = design.gathered(loss.bend(spread, at: state.point), outputs: outputs)
    for i in bent.indices { bent[i] += penalty.curvature(i % design.columns) * direction[i] }
    return bent
  }

  /// The longest of 1, ½, ¼ … steps that lowers the objective enough; nil where none does.
  func search(_ state: State, _ direction: [Double]) -> State? {
    let absolute = absolute
    var promise = 0.0
    for i in direction.indices {
      let old = state.coefficients[i]
      promise += state.slopes[i] * direction[i]
      promise +=
        absolute[i % design.columns] * ((old + direction[i]).magnitude - old.magnitude)
    }
    guard promise.isFinite else { return nil }
    // Near the optimum the gain is smaller than the objective's last bits.
    let slack = 1e-13 * max(state.objective.magnitude, .leastNormalMagnitude)
    var length = 1.0
    for _ in 0..<40 {
      let next = self.state(at: ahead(state.coefficients, direction, length))
      if next.objective <= state.objective + 1e-4 * length * promise + slack { return next }
      length *= 0.5
    }
    return nil
  }

  private func ahead(_ values: [Double], _ steps: [Double], _ length: Double) -> [Double] {
    var values = values
    Elementwise.add(length, times: steps, to: &values)
    return values
  }

  /// Throws where an unpenalised problem has no optimum.
  ///
  /// A rule that decides every row right can be followed without end (Albert and Anderson, 1984).
  /// One that only never decides wrong shows after some iterations: the steps don't shrink, and
  /// none of them leads any row to the wrong side.
  func checkSeparation(_ state: State, _ direction: [Double], _ iteration: Int) throws {
    guard penalty.isZero, let lead = loss.worstLead(state.margins) else { return }
    if lead > 0 { throw TrainingFault.separable(complete: true) }
    guard iteration > 10 else { return }
    let spread = design.margins(direction, outputs: outputs)
    guard let gain = loss.worstLead(spread) else { return }
    let reach = spread.reduce(0) { max($0, $1.magnitude) }
    if reach > 0.05, gain >= -1e-6 * reach { throw TrainingFault.separable(complete: false) }
  }
}
