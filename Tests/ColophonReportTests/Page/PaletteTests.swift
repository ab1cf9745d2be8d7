import ColophonReport
import Foundation
import Testing

@Suite struct ColoursOfSeries {
  /// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
  /// Deficiency", 2009, severity 1, on linear sRGB.
  static let sights: [(name: String, matrix: [[Double]])] = [
    ("full", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
    (
      "tritanopia",
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    ),
  ]

  static func times(_ matrix: [[Double]], _ v: [Double]) -> [Double] {
    matrix.map { $0[0] * v[0] + $0[1] * v[1] + $0[2] * v[2] }
  }

  /// CIE L*a*b* under D65, of a colour as a kind of sight sees it.
  static func lab(_ hex: String, _ sight: [[Double]]) -> [Double] {
    let number = Int(hex.dropFirst(), radix: 16) ?? 0
    let linear = [number >> 16, number >> 8 & 255, number & 255].map { part -> Double in
      let x = Double(part) / 255
      return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4)
    }
    let seen = times(sight, linear).map { min(max($0, 0), 1) }
    let xyz = times(
      [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]],
      seen
    )
    let f = zip(xyz, [0.9505, 1, 1.089]).map { $0 / $1 }.map {
      $0 > 0.008856 ? cbrt($0) : 7.787 * $0 + 16.0 / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  /// A difference of 2.3 is just noticed (Mahy, Van Eycken and Oosterlinck, 1994); four times that
  /// is told apart without looking twice.
  @Test(arguments: [false, true], sights.map { $0.name })
  func stayApart(dark: Bool, sight: String) throws {
    let matrix = try #require(ColoursOfSeries.sights.first { $0.name == sight }).matrix
    let theme = try Themes.variables(dark: dark)
    let labs = try (1...6).map { ColoursOfSeries.lab(try #require(theme["--s\($0)"]), matrix) }
    for i in labs.indices {
      for j in labs.indices where j > i {
        let squares = zip(labs[i], labs[j]).map { ($0 - $1) * ($0 - $1) }
        #expect(squares.reduce(0, +).squareRoot() > 9.2, "s\(i + 1) and s\(j + 1)")
      }
    }
  }
}
