import ColophonMath
import Foundation

extension GradientCase {
  static let all: [GradientCase] =
    activations + [softmax, dense] + convolutions + pools + normals + recurrents + attentions
    + [embedding]

  typealias Scalar = @Sendable (Double) -> Double

  static let activations: [GradientCase] =
    activation("linear", .linear) { $0 } + activation("relu", .relu) { max(0, $0) }
    + activation("leaky_relu", .leakyRelu(0.01)) { $0 > 0 ? $0 : Double(Float(0.01)) * $0 }
    + activation("sigmoid", .sigmoid) { Reference.sigmoid($0) }
    + activation("tanh", .tanh) { tanh($0) } + activation("gelu", .gelu) { Reference.gelu($0) }

  private static func activation(
    _ name: String,
    _ f: Nonlinearity,
    _ g: @escaping Scalar
  ) -> [GradientCase] {
    let alone = GradientCase(
      description: "activation \(name)",
      input: [5],
      output: [5],
      make: { ActivationOperation("f", $0, into: $1, f) },
      reference: { x, _, _ in x.map(g) }
    )
    let dense = GradientCase(
      description: "dense with \(name)",
      input: [5],
      output: [37],
      make: { DenseOperation("f", $0, into: $1, f) },
      reference: { x, p, _ in
        let sums = Reference.dense(x, Array(p[..<185]), inputs: 5, outputs: 37)
        return Reference.adding(p[185...], to: sums).map(g)
      }
    )
    return [alone, dense]
  }

  static let softmax = GradientCase(
    description: "softmax",
    input: [19],
    output: [19],
    make: { SoftmaxOperation("s", $0, into: $1) },
    reference: { x, _, _ in Reference.softmax(x, width: 19) }
  )

  static let dense = GradientCase(
    description: "dense over a sequence",
    input: [4, 3],
    output: [4, 6],
    make: { DenseOperation("d", $0, into: $1, .tanh) },
    reference: { x, p, _ in
      Reference.adding(p[18...], to: Reference.dense(x, Array(p[..<18]), inputs: 3, outputs: 6))
        .map { tanh($0) }
    }
  )

  private static func convolution(
    _ name: String,
    _ window: Reference.Window,
    filters: Int
  ) -> GradientCase {
    let geometry = WindowGeometry(
      height: window.height,
      width: window.width,
      window: window.kernel,
      stride: window.stride,
      pad: window.pad,
      dilation: window.dilation,
      out: window.out
    )
    nonisolated(unsafe) let window = window
    return GradientCase(
      description: "convolution \(name)",
      input: [window.height, window.width, window.channels],
      output: [window.out.height, window.out.width, filters],
      make: { ConvolutionOperation("c", $0, into: $1, geometry, .linear) },
      reference: { x, p, _ in Reference.convolution(x, p, window, filters: filters) }
    )
  }

  static let convolutions = [
    convolution(
      "of 3 × 3",
      .init(height: 6, width: 7, channels: 2, kernel: (3, 3), out: (4, 5)),
      filters: 3
    ),
    convolution(
      "that keeps the size",
      .init(height: 5, width: 5, channels: 3, kernel: (3, 3), pad: (1, 1), out: (5, 5)),
      filters: 17
    ),
    convolution(
      "in steps of 2",
      .init(
        height: 7,
        width: 6,
        channels: 1,
        kernel: (3, 2),
        stride: (2, 2),
        pad: (1, 0),
        out: (4, 3)
      ),
      filters: 2
    ),
    convolution(
      "with holes",
      .init(
        height: 7,
        width: 8,
        channels: 2,
        kernel: (2, 3),
        pad: (1, 2),
        dilation: (2, 2),
        out: (7, 8)
      ),
      filters: 2
    ),
    convolution(
      "along a sequence",
      .init(height: 1, width: 9, channels: 3, kernel: (1, 4), stride: (1, 2), out: (1, 3)),
      filters: 4
    ),
    convolution(
      "that leaves a rest",
      .init(height: 8, width: 8, channels: 1, kernel: (3, 3), stride: (3, 3), out: (2, 2)),
      filters: 2
    ),
  ]

  static let pools: [GradientCase] = [false, true].flatMap { isMean -> [GradientCase] in
    let name = isMean ? "mean" : "largest"
    nonisolated(unsafe) let window = Reference.Window(
      height: 5,
      width: 5,
      channels: 3,
      kernel: (3, 2),
      stride: (2, 2),
      pad: (1, 0),
      out: (3, 2)
    )
    let geometry = WindowGeometry(
      height: 5,
      width: 5,
      window: (3, 2),
      stride: (2, 2),
      pad: (1, 0),
      out: (3, 2)
    )
    return [
      GradientCase(
        description: "\(name) of windows",
        input: [5, 5, 3],
        output: [3, 2, 3],
        make: { PoolOperation("p", $0, into: $1, geometry, isMean: isMean) },
        reference: { x, _, _ in Reference.pool(x, window, isMean: isMean) }
      ),
      GradientCase(
        description: "\(name) of a whole image",
        input: [3, 4, 2],
        output: [2],
        make: { GlobalPoolOperation("g", $0, into: $1, isMean: isMean) },
        reference: { x, _, _ in
          Reference.pool(
            x,
            .init(height: 3, width: 4, channels: 2, kernel: (3, 4), out: (1, 1)),
            isMean: isMean
          )
        }
      ),
      GradientCase(
        description: "\(name) of sequences of their own lengths",
        input: [4, 2],
        output: [2],
        hasLengths: true,
        make: { GlobalPoolOperation("g", $0, into: $1, isMean: isMean) },
        reference: { x, _, lengths in
          lengths.enumerated().flatMap { row, length in
            (0..<2).map { c -> Double in
              let own = (0..<length).map { x[(row * 4 + $0) * 2 + c] }
              return isMean ? own.reduce(0, +) / Double(length) : own.max() ?? 0
            }
          }
        }
      ),
    ]
  }

  static let normals = [
    GradientCase(
      description: "batch normalisation",
      input: [2, 2, 3],
      output: [2, 2, 3],
      make: { BatchNormalOperation("b", $0, into: $1, momentum: 0.1, epsilon: 1e-5) },
      reference: { x, p, _ in Reference.batchNormal(x, p, width: 3, epsilon: 1e-5) }
    ),
    GradientCase(
      description: "layer normalisation",
      input: [2, 21],
      output: [2, 21],
      make: { LayerNormalOperation("l", $0, into: $1, epsilon: 1e-5) },
      reference: { x, p, _ in Reference.layerNormal(x, p, width: 21, epsilon: 1e-5) }
    ),
  ]

  static let recurrents: [GradientCase] =
    recurrents("plain", .plain(isRelu: false))
    + recurrents("plain with relu", .plain(isRelu: true)) + recurrents("lstm", .lstm)
    + recurrents("gru", .gru)

  private static func recurrents(_ name: String, _ cell: RecurrentCell) -> [GradientCase] {
    [
      recurrent(name, cell, false, false, false), recurrent(name, cell, false, true, true),
      recurrent(name, cell, true, true, true), recurrent(name, cell, true, false, false),
    ]
  }

  private static func recurrent(
    _ name: String,
    _ cell: RecurrentCell,
    _ isBoth: Bool,
    _ givesSequence: Bool,
    _ hasLengths: Bool
  ) -> GradientCase {
    let (steps, features, width) = (4, 3, 5)
    let directions = isBoth ? 2 : 1
    let size = cell.gates * width * (features + width + 2)
    return GradientCase(
      description: "\(name)\(isBoth ? ", both ways" : "")\(givesSequence ? ", every state" : "")",
      input: [steps, features],
      output: givesSequence ? [steps, directions * width] : [directions * width],
      hasLengths: hasLengths,
      make: {
        RecurrentOperation(
          "r",
          $0,
          into: $1,
          cell,
          width: width,
          isBidirectional: isBoth,
          givesSequence: givesSequence
        )
      },
      reference: { x, p, lengths in
        let runs = (0..<directions).map { direction in
          Reference.recurrent(
            x,
            Array(p[(direction * size)..<((direction + 1) * size)]),
            cell,
            steps: steps,
            features: features,
            width: width,
            lengths: lengths,
            isReversed: direction == 1
          )
        }
        return lengths.indices.flatMap { row -> [Double] in
          if !givesSequence {
            return runs.enumerated().flatMap { $1[row][$0 == 0 ? steps - 1 : 0] }
          }
          return (0..<steps).flatMap { time in runs.flatMap { $0[row][time] } }
        }
      }
    )
  }

  static let attentions = [false, true].map { hasLengths in
    GradientCase(
      description: "attention\(hasLengths ? " to sequences of their own lengths" : "")",
      input: [4, 6],
      output: [4, 6],
      hasLengths: hasLengths,
      make: { AttentionOperation("a", $0, into: $1, heads: 2) },
      reference: { x, p, lengths in
        Reference.attention(x, p, steps: 4, width: 6, heads: 2, lengths: lengths)
      }
    )
  }

  static let embedding = GradientCase(
    description: "embedding",
    input: [7],
    output: [7, 3],
    isTokens: true,
    make: { EmbeddingOperation("e", $0, into: $1, tokens: 5) },
    reference: { x, p, _ in
      x.flatMap { token in
        (0..<3).map { token < 0 ? 0 : p[Int(token) * 3 + $0] }
      }
    }
  )
}
