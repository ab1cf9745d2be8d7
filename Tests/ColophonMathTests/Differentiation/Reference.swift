import Foundation

/// The operations of networks in 64 bits, in the plainest way: what is tested is compared with them.
enum Reference {
  /// x W, rows of `inputs` times inputs × outputs.
  static func dense(_ x: [Double], _ w: [Double], inputs: Int, outputs: Int) -> [Double] {
    (0..<x.count / inputs).flatMap { row in
      (0..<outputs).map { unit in
        (0..<inputs).reduce(0) { $0 + x[row * inputs + $1] * w[$1 * outputs + unit] }
      }
    }
  }

  /// Adds b to each row.
  static func adding(_ b: ArraySlice<Double>, to x: [Double]) -> [Double] {
    x.enumerated().map { $1 + b[b.startIndex + $0 % b.count] }
  }

  static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  static func gelu(_ x: Double) -> Double { x * 0.5 * (1 + erf(x / 2.0.squareRoot())) }

  static func softmax(_ x: [Double], width: Int) -> [Double] {
    (0..<x.count / width).flatMap { row -> [Double] in
      let own = x[row * width..<(row + 1) * width].map { exp($0) }
      let sum = own.reduce(0, +)
      return own.map { $0 / sum }
    }
  }

  struct Window {
    var height: Int
    var width: Int
    var channels: Int
    var kernel: (y: Int, x: Int)
    var stride = (y: 1, x: 1)
    var pad = (y: 0, x: 0)
    var dilation = (y: 1, x: 1)
    var out: (height: Int, width: Int)

    /// The pixels of a window, by row and column of the kernel; nil outside of the image.
    func pixel(_ y: Int, _ x: Int, _ ky: Int, _ kx: Int) -> (y: Int, x: Int)? {
      let iy = y * stride.y - pad.y + ky * dilation.y
      let ix = x * stride.x - pad.x + kx * dilation.x
      return iy >= 0 && iy < height && ix >= 0 && ix < width ? (iy, ix) : nil
    }
  }

  /// Kernel rows × kernel columns × channels × filters, then a number for each filter.
  static func convolution(_ x: [Double], _ p: [Double], _ window: Window, filters: Int) -> [Double]
  {
    let count = window.height * window.width * window.channels
    let weights = window.kernel.y * window.kernel.x * window.channels * filters
    var result: [Double] = []
    for row in 0..<x.count / count {
      for y in 0..<window.out.height {
        for column in 0..<window.out.width {
          for filter in 0..<filters {
            var sum = p[weights + filter]
            for ky in 0..<window.kernel.y {
              for kx in 0..<window.kernel.x {
                guard let at = window.pixel(y, column, ky, kx) else { continue }
                for c in 0..<window.channels {
                  let pixel = x[row * count + (at.y * window.width + at.x) * window.channels + c]
                  let place = ((ky * window.kernel.x + kx) * window.channels + c) * filters + filter
                  sum += pixel * p[place]
                }
              }
            }
            result.append(sum)
          }
        }
      }
    }
    return result
  }

  static func pool(_ x: [Double], _ window: Window, isMean: Bool) -> [Double] {
    let count = window.height * window.width * window.channels
    var result: [Double] = []
    for row in 0..<x.count / count {
      for y in 0..<window.out.height {
        for column in 0..<window.out.width {
          for c in 0..<window.channels {
            var pixels: [Double] = []
            for ky in 0..<window.kernel.y {
              for kx in 0..<window.kernel.x {
                guard let at = window.pixel(y, column, ky, kx) else { continue }
                pixels.append(x[row * count + (at.y * window.width + at.x) * window.channels + c])
              }
            }
            result.append(
              isMean ? pixels.reduce(0, +) / Double(pixels.count) : pixels.max() ?? .nan
            )
          }
        }
      }
    }
    return result
  }

  /// Each column with mean 0 and variance 1, times gain, plus shift.
  static func batchNormal(_ x: [Double], _ p: [Double], width: Int, epsilon: Double) -> [Double] {
    let rows = x.count / width
    var result = x
    for j in 0..<width {
      let column = (0..<rows).map { x[$0 * width + j] }
      let mean = column.reduce(0, +) / Double(rows)
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      for i in 0..<rows {
        result[i * width + j] =
          (column[i] - mean) / (variance + epsilon).squareRoot() * p[j] + p[width + j]
      }
    }
    return result
  }

  static func layerNormal(_ x: [Double], _ p: [Double], width: Int, epsilon: Double) -> [Double] {
    (0..<x.count / width).flatMap { row -> [Double] in
      let own = x[row * width..<(row + 1) * width]
      let mean = own.reduce(0, +) / Double(width)
      let variance = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
      return own.enumerated().map {
        ($1 - mean) / (variance + epsilon).squareRoot() * p[$0] + p[width + $0]
      }
    }
  }
}
