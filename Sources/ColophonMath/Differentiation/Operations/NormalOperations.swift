import CKernels

/// Each channel with mean 0 and variance 1 over the batch, then times a gain and plus a shift.
///
/// While training, the batch's own moments are taken and followed by a running mean; predictions
/// take the followed ones.
///
/// - SeeAlso: Ioffe and Szegedy, "Batch normalization", 2015, algorithm 1.
package struct BatchNormalOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor
  /// The share of a batch in the followed moments.
  package let momentum: Float
  package let epsilon: Float
  package var own: [Parameter]

  package init(
    _ name: String,
    _ input: Tensor,
    into output: Tensor,
    momentum: Float,
    epsilon: Float
  ) {
    self.name = name
    self.input = input
    self.output = output
    self.momentum = momentum
    self.epsilon = epsilon
    own = [
      Parameter("weight", .gain, [input.width]), Parameter("bias", .bias, [input.width]),
      Parameter("running_mean", .runningMean, [input.width]),
      Parameter("running_var", .runningVariance, [input.width]),
    ]
  }

  package var parameters: [Parameter] { own }

  package func placed(_ parameters: [Parameter]) -> BatchNormalOperation {
    var copy = self
    copy.own = parameters
    return copy
  }

  /// Means, scales and variances; the normalised numbers.
  package func work(rows: Int, threads: Int, isTraining: Bool) -> [Int] {
    [3 * input.width, isTraining ? rows * input.count : 0]
  }

  package func forward(_ at: Places, _ pass: Pass) {
    let (rows, columns) = (pass.rows * input.places, input.width)
    let means = at.work[0]
    let (scales, variances) = (means + columns, means + 2 * columns)
    let (runningMeans, runningVariances) = (
      pass.parameters + own[2].offset, pass.parameters + own[3].offset
    )
    if pass.isTraining {
      ck_net_column_moments(rows, columns, at.x, means, variances)
      let unbiased = rows > 1 ? Float(rows) / Float(rows - 1) : 1
      for j in 0..<columns {
        runningMeans[j] += momentum * (means[j] - runningMeans[j])
        runningVariances[j] += momentum * (variances[j] * unbiased - runningVariances[j])
      }
    } else {
      means.update(from: runningMeans, count: columns)
      variances.update(from: runningVariances, count: columns)
    }
    for j in 0..<columns { scales[j] = 1 / (variances[j] + epsilon).squareRoot() }
    pass.shareRows(rows, width: columns) { part in
      let start = part.lowerBound * columns
      ck_net_column_normal(
        part.count,
        columns,
        at.x + start,
        means,
        scales,
        pass.parameters + own[0].offset,
        pass.parameters + own[1].offset,
        pass.isTraining ? at.work[1] + start : nil,
        at.y + start
      )
    }
  }

  package func backward(_ at: Places, _ pass: Pass) {
    let columns = input.width
    ck_net_column_normal_slope(
      pass.rows * input.places,
      columns,
      at.work[1],
      at.work[0] + columns,
      pass.parameters + own[0].offset,
      at.dy,
      pass.gradients + own[0].offset,
      pass.gradients + own[1].offset,
      at.dx ?? at.dy
    )
  }
}

/// Each place's numbers with mean 0 and variance 1, then times a gain and plus a shift.
///
/// - SeeAlso: Ba, Kiros and Hinton, "Layer normalization", 2016, equation 4.
package struct LayerNormalOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor
  package let epsilon: Float
  package var own: [Parameter]

  package init(_ name: String, _ input: Tensor, into output: Tensor, epsilon: Float) {
    self.name = name
    self.input = input
    self.output = output
    self.epsilon = epsilon
    own = [Parameter("weight", .gain, [input.width]), Parameter("bias", .bias, [input.width])]
  }

  package var parameters: [Parameter] { own }

  package func placed(_ parameters: [Parameter]) -> LayerNormalOperation {
    var copy = self
    copy.own = parameters
    return copy
  }

  /// The normalised numbers; each place's scale.
  package func work(rows: Int, threads: Int, isTraining: Bool) -> [Int] {
    [rows * input.count, rows * input.places]
  }

  package func forward(_ at: Places, _ pass: Pass) {
    let columns = input.width
    pass.shareRows(pass.rows * input.places, width: columns) { part in
      let start = part.lowerBound * columns
      ck_net_row_normal(
        part.count,
        columns,
        epsilon,
        at.x + start,
        pass.parameters + own[0].offset,
        pass.parameters + own[1].offset,
        at.work[0] + start,
        at.work[1] + part.lowerBound,
        at.y + start
      )
    }
  }

  package func backward(_ at: Places, _ pass: Pass) {
    let (rows, columns) = (pass.rows * input.places, input.width)
    ck_net_column_sums(rows, columns, at.dy, columns, pass.gradients + own[1].offset, 1)
    pass.addMagnitudes(rows, at.dy, columns, at: own[1].offset)
    if let dx = at.dx {
      pass.shareRows(rows, width: columns) { part in
        let start = part.lowerBound * columns
        ck_net_row_normal_slope(
          part.count,
          columns,
          at.work[0] + start,
          at.work[1] + part.lowerBound,
          pass.parameters + own[0].offset,
          at.dy + start,
          dx + start
        )
      }
    }
    ck_net_multiply(rows * columns, at.dy, at.work[0], at.work[0])
    ck_net_column_sums(rows, columns, at.work[0], columns, pass.gradients + own[0].offset, 1)
    pass.addMagnitudes(rows, at.work[0], columns, at: own[0].offset)
  }
}
