import CKernels

/// The largest number, or the mean, of each window and channel; zeros around the image don't count.
///
/// The slope of a largest number goes to the first place that holds it.
package struct PoolOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor
  package let geometry: WindowGeometry
  package let isMean: Bool

  package init(
    _ name: String,
    _ input: Tensor,
    into output: Tensor,
    _ geometry: WindowGeometry,
    isMean: Bool
  ) {
    self.name = name
    self.input = input
    self.output = output
    self.geometry = geometry
    self.isMean = isMean
  }

  private var pool: ck_pool {
    ck_pool(
      height: geometry.height,
      width: geometry.width,
      channels: input.width,
      out_height: geometry.outHeight,
      out_width: geometry.outWidth,
      window_y: geometry.windowY,
      window_x: geometry.windowX,
      stride_y: geometry.strideY,
      stride_x: geometry.strideX,
      pad_y: geometry.padY,
      pad_x: geometry.padX,
      is_mean: isMean ? 1 : 0
    )
  }

  package func forward(_ at: Places, _ pass: Pass) {
    pass.shareRows(pass.rows, width: input.count) { part in
      var pool = pool
      for row in part {
        ck_net_pool(&pool, at.x + row * input.count, at.y + row * output.count)
      }
    }
  }

  package func backward(_ at: Places, _ pass: Pass) {
    guard let dx = at.dx else { return }
    pass.shareRows(pass.rows, width: input.count) { part in
      var pool = pool
      for row in part {
        let slope = dx + row * input.count
        slope.update(repeating: 0, count: input.count)
        ck_net_pool_slope(
          &pool,
          at.x + row * input.count,
          at.y + row * output.count,
          at.dy + row * output.count,
          slope
        )
      }
    }
  }
}

/// The largest number, or the mean, of each channel over all places; of a sequence, over its own
/// steps.
package struct GlobalPoolOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor
  package let isMean: Bool

  package init(_ name: String, _ input: Tensor, into output: Tensor, isMean: Bool) {
    self.name = name
    self.input = input
    self.output = output
    self.isMean = isMean
  }

  private func pool(_ pass: Pass, _ row: Int) -> ck_pool {
    let isSequence = input.shape.count == 2
    let own = isSequence ? pass.lengths.map { max(1, Int($0[row])) } : nil
    let places = own ?? input.places
    return ck_pool(
      height: 1,
      width: places,
      channels: input.width,
      out_height: 1,
      out_width: 1,
      window_y: 1,
      window_x: places,
      stride_y: 1,
      stride_x: 1,
      pad_y: 0,
      pad_x: 0,
      is_mean: isMean ? 1 : 0
    )
  }

  package func forward(_ at: Places, _ pass: Pass) {
    pass.shareRows(pass.rows, width: input.count) { part in
      for row in part {
        var pool = pool(pass, row)
        ck_net_pool(&pool, at.x + row * input.count, at.y + row * output.count)
      }
    }
  }

  package func backward(_ at: Places, _ pass: Pass) {
    guard let dx = at.dx else { return }
    pass.shareRows(pass.rows, width: input.count) { part in
      for row in part {
        var pool = pool(pass, row)
        let slope = dx + row * input.count
        slope.update(repeating: 0, count: input.count)
        ck_net_pool_slope(
          &pool,
          at.x + row * input.count,
          at.y + row * output.count,
          at.dy + row * output.count,
          slope
        )
      }
    }
  }
}
