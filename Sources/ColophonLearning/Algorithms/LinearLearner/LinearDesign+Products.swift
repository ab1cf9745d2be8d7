import ColophonMath

// Products with the design. Rows are centred where they are read, or, where columns are near zero
// as they are, sums over them are centred in their place; coefficients and sums are scaled in place
// of rows. Both come to the same. Rows are taken in blocks whose size depends on the number of columns
// alone; sums over rows are sums over the rows of each block, ascending, added in the order of the
// blocks. So no result depends on the number of threads.
extension LinearDesign {
  /// Columns that are not sparse, the intercept's included.
  var denseWidth: Int { dense.count + (hasIntercept ? 1 : 0) }

  /// The rows of a block: few enough to stay near while several products are made of them.
  private var blockRows: Int { max(32, min(512, 8_192 / max(denseWidth, 1))) }
  private var blocks: Int { (rows + blockRows - 1) / blockRows }

  /// Numbers a row of a block; the intercept's ones are not written where rows are read in place.
  private var blockWidth: Int { isNear ? dense.count : denseWidth }

  private func range(_ block: Int) -> Range<Int> {
    block * blockRows..<min((block + 1) * blockRows, rows)
  }

  /// The margins of some coefficients: rows × outputs, from outputs × columns.
  func margins(_ coefficients: [Double], outputs: Int) -> [Double] {
    var result = [Double](repeating: 0, count: rows * outputs)
    if denseWidth > 0 {
      let coefficients = ownScale(denseCoefficients(coefficients, outputs: outputs))
      result.withUnsafeMutableBufferPointer { result in
        guard let target = result.baseAddress else { return }
        eachBlock { range, values in
          multiply(range.count, values, coefficients, outputs, target + range.lowerBound * outputs)
        }
      }
    }
    if let sparse {
      for k in 0..<outputs {
        let start = k * columns + dense.count
        let part = Array(coefficients[start..<start + sparse.columns])
        sparse.addMargins(part, output: k, of: outputs, into: &result, threads: threads)
      }
    }
    return result
  }

  /// The coefficients of the columns that are not sparse: outputs × `denseWidth`.
  private func denseCoefficients(_ coefficients: [Double], outputs: Int) -> [Double] {
    if sparse == nil { return coefficients }
    var all: [Double] = []
    for k in 0..<outputs {
      all += coefficients[k * columns..<k * columns + dense.count]
      if hasIntercept { all.append(coefficients[(k + 1) * columns - 1]) }
    }
    return all
  }

  /// Coefficients of centred columns that are not scaled, from those of columns that are; and sums
  /// over scaled columns from those over columns that are not.
  func ownScale(_ values: [Double]) -> [Double] {
    if dividesRows { return values }
    let width = denseWidth
    var values = values
    for k in 0..<values.count / max(width, 1) {
      for j in dense.indices { values[k * width + j] /= scales[j] }
    }
    return values
  }

  /// The margins of a block of centred rows.
  func multiply(
    _ count: Int,
    _ values: UnsafePointer<Double>,
    _ coefficients: [Double],
    _ outputs: Int,
    _ target: UnsafeMutablePointer<Double>
  ) {
    let (width, own) = (denseWidth, blockWidth)
    coefficients.withUnsafeBufferPointer { coefficients in
      guard let base = coefficients.baseAddress else { return }
      if outputs == 1 {
        MatrixProduct.product(
          rows: count,
          columns: own,
          values,
          isTransposed: false,
          base,
          into: target
        )
      } else {
        MatrixProduct.accumulate(
          m: count,
          n: outputs,
          k: own,
          .init(values, stride: own),
          .init(base, stride: width, isTransposed: true),
          into: target,
          stride: outputs
        )
      }
      guard own < width else { return }
      for k in 0..<outputs {
        let level = level(base + k * width)
        for i in 0..<count { target[i * outputs + k] += level }
      }
    }
  }

  /// What coefficients and the intercept after them come to where every column is zero.
  private func level(_ coefficients: UnsafePointer<Double>) -> Double {
    var level = coefficients[dense.count]
    for j in dense.indices { level -= centers[j] * coefficients[j] }
    return level
  }

  /// The columns' products with a slope for each row and output: outputs × columns.
  func gathered(_ slopes: [Double], outputs: Int) -> [Double] {
    let width = denseWidth
    let sums = scaledSums(
      summed(outputs * width) { range, values, target in
        slopes.withUnsafeBufferPointer { slopes in
          guard let base = slopes.baseAddress else { return }
          gather(range.count, values, base + range.lowerBound * outputs, outputs, target)
        }
      }
    )
    guard let sparse else { return sums }
    return (0..<outputs).flatMap { k -> [Double] in
      let own = Swift.stride(from: k, to: slopes.count, by: outputs).map { slopes[$0] }
      let start = k * width
      return Array(sums[start..<start + dense.count]) + sparse.gathered(own, threads: threads)
        + (hasIntercept ? [sums[start + width - 1]] : [])
    }
  }

  /// Sums over scaled, centred columns from those over columns as blocks hold them.
  func scaledSums(_ sums: [Double]) -> [Double] {
    let width = denseWidth
    guard blockWidth < width else { return ownScale(sums) }
    var sums = sums
    for start in Swift.stride(from: 0, to: sums.count, by: width) {
      for j in dense.indices { sums[start + j] -= centers[j] * sums[start + width - 1] }
    }
    return ownScale(sums)
  }

  /// The products of a block's columns, as it holds them, with its slopes.
  func gather(
    _ count: Int,
    _ values: UnsafePointer<Double>,
    _ slopes: UnsafePointer<Double>,
    _ outputs: Int,
    _ target: UnsafeMutablePointer<Double>
  ) {
    let (width, own) = (denseWidth, blockWidth)
    if outputs == 1 {
      MatrixProduct.product(
        rows: count,
        columns: own,
        values,
        isTransposed: true,
        slopes,
        into: target
      )
    } else {
      MatrixProduct.accumulate(
        m: outputs,
        n: own,
        k: count,
        .init(slopes, stride: outputs, isTransposed: true),
        .init(values, stride: own),
        into: target,
        stride: width
      )
    }
    guard own < width else { return }
    for k in 0..<outputs {
      var sum = 0.0
      for i in 0..<count { sum += slopes[i * outputs + k] }
      target[k * width + own] = sum
    }
  }

  /// The columns' weighted products with each other: columns × columns; for dense designs.
  func gram(_ weights: [Double]) -> [Double] {
    precondition(sparse == nil, "the products of sparse columns are not written down")
    let width = denseWidth
    return scaledPairs(
      summed(width * width) { range, values, target in
        weights.withUnsafeBufferPointer { weights in
          guard let weights = weights.baseAddress else { return }
          pair(range.count, values, weights + range.lowerBound, target)
        }
      }
    )
  }

  /// The weighted products of a block's columns, as it holds them, with each other.
  func pair(
    _ count: Int,
    _ values: UnsafePointer<Double>,
    _ weights: UnsafePointer<Double>,
    _ target: UnsafeMutablePointer<Double>
  ) {
    let (width, own) = (denseWidth, blockWidth)
    MatrixProduct.gram(
      rows: count,
      columns: own,
      values,
      weights: weights,
      into: target,
      stride: width
    )
    guard own < width else { return }
    // The products with the intercept's ones stand in the last row, and then in the last column.
    gather(count, values, weights, 1, target + own * width)
    for j in 0..<own { target[j * width + own] = target[own * width + j] }
  }

  /// Products of centred columns with each other from those of columns near zero.
  private func centredPairs(_ products: [Double]) -> [Double] {
    let width = denseWidth
    guard blockWidth < width else { return products }
    let last = width - 1
    var products = products
    for start in Swift.stride(from: 0, to: products.count, by: width * width) {
      let sums = Array(products[start + last * width..<start + width * width])
      let total = sums[last]
      for i in 0..<last {
        for j in 0..<last {
          let both = centers[i] * sums[j] + centers[j] * sums[i] - centers[i] * centers[j] * total
          products[start + i * width + j] -= both
        }
        let sum = sums[i] - centers[i] * total
        products[start + i * width + last] = sum
        products[start + last * width + i] = sum
      }
    }
    return products
  }

  /// Products of scaled, centred columns from those of columns as blocks hold them: any number of
  /// width × width.
  func scaledPairs(_ products: [Double]) -> [Double] {
    if dividesRows { return products }
    let width = denseWidth
    var products = centredPairs(products)
    for place in products.indices {
      let (i, j) = (place / width % width, place % width)
      if i < dense.count { products[place] /= scales[i] }
      if j < dense.count { products[place] /= scales[j] }
    }
    return products
  }

  /// The sum of what a body makes of each block: blocks are added up within 32 fixed groups of
  /// neighbours, then the groups, each in order.
  func summed(
    _ count: Int,
    _ body: (Range<Int>, UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    guard count > 0, rows > 0 else { return sums }
    let size = (blocks + 31) / 32
    let groups = (blocks + size - 1) / size
    var parts = [Double](repeating: 0, count: groups * count)
    parts.withUnsafeMutableBufferPointer { parts in
      guard let base = parts.baseAddress else { return }
      Workers.share(groups, among: threads) { group in
        let own = base + group * count
        withScratch(count) { term in
          eachBlock(of: group * size..<min((group + 1) * size, blocks)) { range, values in
            body(range, values, term)
            for i in 0..<count { own[i] += term[i] }
          }
        }
      }
      for group in 0..<groups {
        for i in 0..<count { sums[i] += base[group * count + i] }
      }
    }
    return sums
  }

  private func eachBlock(_ body: (Range<Int>, UnsafePointer<Double>) -> Void) {
    let size = max(1, (blocks + 31) / 32)
    Workers.share((blocks + size - 1) / size, among: threads) { group in
      eachBlock(of: group * size..<min((group + 1) * size, blocks), body)
    }
  }

  /// The rows of some blocks one after the other: centred, or in place where they are near zero.
  private func eachBlock(
    of blocks: Range<Int>,
    _ body: (Range<Int>, UnsafePointer<Double>) -> Void
  ) {
    if isNear {
      return source.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        for block in blocks { body(range(block), base + range(block).lowerBound * stride) }
      }
    }
    withScratch(blockRows * denseWidth) { values in
      for block in blocks {
        centre(range(block), into: values)
        body(range(block), values)
      }
    }
  }

  /// One row as the solver sees it; for dense designs.
  func row(_ index: Int) -> [Double] {
    var row = [Double](repeating: 0, count: denseWidth)
    row.withUnsafeMutableBufferPointer { row in
      guard let target = row.baseAddress else { return }
      centre(index..<index + 1, into: target)
    }
    return ownScale(row)
  }

  /// Σ w x² of every column, for weights w of the rows; for sparse designs.
  func squares(_ weights: [Double]) -> [Double] {
    let width = denseWidth
    let sums = summed(width) { range, values, target in
      for j in 0..<width { target[j] = 0 }
      for (i, row) in range.enumerated() {
        for j in 0..<width {
          target[j] += weights[row] * values[i * width + j] * values[i * width + j]
        }
      }
    }
    let squares = ownScale(ownScale(sums))
    guard let sparse else { return squares }
    return Array(squares[..<dense.count]) + sparse.squares(weights)
      + (hasIntercept ? [squares[width - 1]] : [])
  }

  private func withScratch(_ count: Int, _ body: (UnsafeMutablePointer<Double>) -> Void) {
    let scratch = UnsafeMutablePointer<Double>.allocate(capacity: max(count, 1))
    scratch.initialize(repeating: 0, count: max(count, 1))
    defer { scratch.deallocate() }
    body(scratch)
  }

  /// Writes some rows less their columns' centres, the intercept's ones included.
  private func centre(_ range: Range<Int>, into target: UnsafeMutablePointer<Double>) {
    let (width, count) = (denseWidth, dense.count)
    let isWhole = count == stride
    source.withUnsafeBufferPointer { source in
      centers.withUnsafeBufferPointer { centers in
        guard let base = source.baseAddress, let middle = centers.baseAddress else {
          if hasIntercept { for i in range.indices { target[i - range.lowerBound] = 1 } }
          return
        }
        func write(_ rows: Int, from row: Int, to out: UnsafeMutablePointer<Double>) {
          Centring.centre(
            rows: rows,
            columns: count,
            base + row * stride,
            stride: stride,
            centers: middle,
            ones: hasIntercept,
            into: out,
            targetStride: width
          )
        }
        if isWhole, kept == nil, !dividesRows {
          return write(range.count, from: range.lowerBound, to: target)
        }
        for (i, row) in range.enumerated() {
          let (place, out) = (kept?[row] ?? row, target + i * width)
          if isWhole {
            write(1, from: place, to: out)
          } else {
            for j in 0..<count { out[j] = base[place * stride + dense[j]] - middle[j] }
            if hasIntercept { out[count] = 1 }
          }
          if dividesRows { for j in 0..<count { out[j] /= scales[j] } }
        }
      }
    }
  }
}
