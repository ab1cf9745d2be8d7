import CKernels

/// Which stretches of two arrays a product runs over; see `ck_net_stretches`.
struct StretchTable: Sendable {
  private let aStarts: [Int]
  private let bStarts: [Int]
  private let depth: Int
  private let aRow: Int
  private let aStep: Int
  private let bStep: Int
  private let targetRow: Int

  /// A window's terms for the outputs of one line.
  static func window(_ geometry: WindowGeometry, channels: Int, filters: Int) -> StretchTable {
    StretchTable(
      geometry,
      lineWidth: geometry.paddedWidth,
      step: geometry.strideX,
      channels: channels,
      filters: filters
    )
  }

  /// The turned window's terms, which moves over the spread slopes a pixel at a time.
  static func turnedWindow(
    _ geometry: WindowGeometry,
    width: Int,
    channels: Int,
    filters: Int
  ) -> StretchTable {
    StretchTable(geometry, lineWidth: width, step: 1, channels: filters, filters: channels)
  }

  private init(
    _ geometry: WindowGeometry,
    lineWidth: Int,
    step: Int,
    channels: Int,
    filters: Int
  ) {
    let run = geometry.dilationX == 1 ? geometry.windowX : 1
    var (a, b): ([Int], [Int]) = ([], [])
    for y in 0..<geometry.windowY {
      for x in stride(from: 0, to: geometry.windowX, by: run) {
        a.append((y * geometry.dilationY * lineWidth + x * geometry.dilationX) * channels)
        b.append((y * geometry.windowX + x) * channels * filters)
      }
    }
    (aStarts, bStarts) = (a, b)
    depth = run * channels
    aRow = step * channels
    aStep = 1
    bStep = filters
    targetRow = filters
  }

  /// The terms of a weight's gradient: all places of the output, line by line.
  static func lines(_ geometry: WindowGeometry, channels: Int, filters: Int) -> StretchTable {
    StretchTable(lines: geometry, channels: channels, filters: filters)
  }

  private init(lines geometry: WindowGeometry, channels: Int, filters: Int) {
    aStarts = (0..<geometry.outHeight).map {
      $0 * geometry.strideY * geometry.paddedWidth * channels
    }
    bStarts = (0..<geometry.outHeight).map { $0 * geometry.outWidth * filters }
    depth = geometry.outWidth
    aRow = 1
    aStep = geometry.strideX * channels
    bStep = filters
    targetRow = filters
  }

  func multiply(
    a: UnsafePointer<Float>,
    b: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>,
    rows: Int,
    columns: Int,
    isFirst: Bool = true
  ) {
    aStarts.withUnsafeBufferPointer { aStarts in
      bStarts.withUnsafeBufferPointer { bStarts in
        var product = ck_stretches(
          a: a,
          b: b,
          c: c,
          a_row: aRow,
          a_k: aStep,
          b_k: bStep,
          c_row: targetRow,
          stretches: aStarts.count,
          depth: depth,
          a_at: aStarts.baseAddress,
          b_at: bStarts.baseAddress,
          first: isFirst ? 1 : 0
        )
        ck_net_stretches(&product, rows, columns)
      }
    }
  }
}
