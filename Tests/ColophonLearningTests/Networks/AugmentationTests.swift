import ColophonCore
import ColophonLearning
import Testing

/// What is done to training images, beside slow references that draw the same numbers.
@Suite struct Augmentations {
  static let (height, width, channels) = (5, 4, 2)
  static let count = height * width * channels

  /// A picture whose pixels all differ.
  private var picture: [Float] { (0..<Self.count).map { Float($0 * $0 % 97) } }

  private func augmentation(_ name: String, _ fields: [String: Value] = [:]) throws
    -> any ImageAugmentation
  {
    let place = SourcePosition(path: "a.md", line: 1, column: 1)
    var reader = FieldReader(
      fields.sorted { $0.key < $1.key }.map {
        Node.Entry(key: $0.key, keyPosition: place, value: written($0.value))
      },
      context: "an augmentation",
      at: place
    )
    let made = try #require(imageAugmentations[name]).init(reading: &reader)
    #expect(reader.diagnostics.isEmpty)
    return made
  }

  private func apply(_ augmentation: any ImageAugmentation, _ random: inout RandomStream)
    -> [Float]
  {
    var (pixels, spare) = (picture, picture)
    pixels.withUnsafeMutableBufferPointer { pixels in
      spare.withUnsafeMutableBufferPointer { spare in
        guard let pixels = pixels.baseAddress, let spare = spare.baseAddress else { return }
        augmentation.apply(
          to: BatchImage(
            height: Self.height,
            width: Self.width,
            channels: Self.channels,
            pixels: pixels,
            spare: spare,
            background: [-1, -2]
          ),
          &random
        )
      }
    }
    return pixels
  }

  private func stream(_ index: Int) -> RandomStream {
    RandomStream(root: 6, cell: "augment", purpose: "test", index: index)
  }

  /// A pixel of the picture as it was, the background beyond its edge.
  private func pixel(_ y: Int, _ x: Int, _ channel: Int) -> Float {
    guard (0..<Self.height).contains(y), (0..<Self.width).contains(x) else {
      return [-1, -2][channel]
    }
    return picture[(y * Self.width + x) * Self.channels + channel]
  }

  private func drawn(_ body: (Int, Int, Int) -> Float) -> [Float] {
    (0..<Self.height).flatMap { y in
      (0..<Self.width).flatMap { x in (0..<Self.channels).map { body(y, x, $0) } }
    }
  }

  @Test func thereAreFive() {
    #expect(imageAugmentations.names == ["flip", "rotate", "crop", "shift", "noise"])
  }

  @Test(arguments: ["horizontal", "vertical"])
  func flipMirrorsEveryOtherImage(axis: String) throws {
    let flip = try augmentation("flip", ["axis": .string(axis)])
    let mirrored = drawn { y, x, channel in
      axis == "vertical"
        ? pixel(Self.height - 1 - y, x, channel) : pixel(y, Self.width - 1 - x, channel)
    }
    var count = 0
    for i in 0..<400 {
      var random = stream(i)
      let found = apply(flip, &random)
      if found == mirrored { count += 1 } else { #expect(found == picture) }
    }
    // Half of 400, within five deviations of ten.
    #expect((150...250).contains(count))
  }

  @Test func shiftMovesByWholePixelsEachWay() throws {
    let shift = try augmentation("shift", ["pixels": 1])
    var seen: Set<[Int]> = []
    for i in 0..<200 {
      var random = stream(i)
      let found = apply(shift, &random)
      let move = [-1, 0, 1].flatMap { down in [-1, 0, 1].map { [down, $0] } }.first { move in
        found == drawn { pixel($0 - move[0], $1 - move[1], $2) }
      }
      seen.insert(try #require(move))
    }
    #expect(seen.count == 9)
  }

  @Test func rotateTurnsAboutTheMiddle() throws {
    let rotate = try augmentation("rotate", ["degrees": 90])
    for i in 0..<20 {
      var (random, again) = (stream(i), stream(i))
      let found = apply(rotate, &random)
      let angle = (2 * again.uniform() - 1) * 90 * Double.pi / 180
      // The turned axes, from sums of their power series' own reference: the complex exponential.
      let (c, s) = turn(angle)
      let expected = drawn { y, x, channel in
        let (dy, dx) = (Double(y) - 2, Double(x) - 1.5)
        return between(c * dy - s * dx + 2, s * dy + c * dx + 1.5, channel)
      }
      for (a, b) in zip(found, expected) { #expect((a - b).magnitude < 1e-3) }
    }
  }

  @Test func cropEnlargesAPart() throws {
    let crop = try augmentation("crop", ["least": 0.5])
    for i in 0..<20 {
      var (random, again) = (stream(i), stream(i))
      let found = apply(crop, &random)
      let share = 0.5 + 0.5 * again.uniform()
      let top = again.uniform() * (1 - share) * Double(Self.height - 1)
      let left = again.uniform() * (1 - share) * Double(Self.width - 1)
      let expected = drawn { y, x, channel in
        between(top + share * Double(y), left + share * Double(x), channel)
      }
      for (a, b) in zip(found, expected) { #expect((a - b).magnitude < 1e-3) }
      #expect(found.allSatisfy { $0 >= 0 }, "no background within a crop")
    }
  }

  @Test func noiseIsNormalAndOfItsDeviation() throws {
    let noise = try augmentation("noise", ["deviation": 0.5])
    var (sum, squares) = (0.0, 0.0)
    for i in 0..<100 {
      var random = stream(i)
      for (a, b) in zip(apply(noise, &random), picture) {
        sum += Double(a - b)
        squares += Double((a - b) * (a - b))
      }
    }
    let count = Double(100 * Self.count)
    #expect((sum / count).magnitude < 5 * 0.5 / count.squareRoot())
    #expect(((squares / count).squareRoot() - 0.5).magnitude < 0.03)
  }

  /// Cosine and sine by their power series.
  private func turn(_ angle: Double) -> (Double, Double) {
    var (c, s, term) = (0.0, 0.0, 1.0)
    for n in 0..<30 {
      switch n % 4 {
      case 0: c += term
      case 1: s += term
      case 2: c -= term
      default: s -= term
      }
      term *= angle / Double(n + 1)
    }
    return (c, s)
  }

  /// Mixed from the four pixels around a place.
  private func between(_ y: Double, _ x: Double, _ channel: Int) -> Float {
    let (i, j) = (Int(y.rounded(.down)), Int(x.rounded(.down)))
    let (v, u) = (y - Double(i), x - Double(j))
    func part(_ row: Int, _ column: Int, _ weight: Double) -> Double {
      weight == 0 ? 0 : weight * Double(pixel(row, column, channel))
    }
    return Float(
      part(i, j, (1 - v) * (1 - u)) + part(i, j + 1, (1 - v) * u) + part(i + 1, j, v * (1 - u))
        + part(i + 1, j + 1, v * u)
    )
  }
}
