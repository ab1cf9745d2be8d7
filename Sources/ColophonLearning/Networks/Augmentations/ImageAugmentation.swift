package import ColophonCore
import ColophonMath

/// An image in the middle of a batch.
package struct BatchImage {
  package let height: Int
  package let width: Int
  package let channels: Int
  /// Rows of pixels of channels.
  package let pixels: UnsafeMutablePointer<Float>
  /// Room for another image of the size.
  package let spare: UnsafeMutablePointer<Float>
  /// What stands beyond the edge, by channel: the darkest the data has.
  package let background: [Float]

  package init(
    height: Int,
    width: Int,
    channels: Int,
    pixels: UnsafeMutablePointer<Float>,
    spare: UnsafeMutablePointer<Float>,
    background: [Float]
  ) {
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
    self.spare = spare
    self.background = background
  }

  /// Puts at each place what a rule says of it, from the image as it was.
  func redraw(_ body: (_ y: Int, _ x: Int, _ channel: Int) -> Float) {
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<channels {
          spare[(y * width + x) * channels + channel] = body(y, x, channel)
        }
      }
    }
    pixels.update(from: spare, count: height * width * channels)
  }

  /// A pixel, or the background beyond the edge.
  func pixel(_ y: Int, _ x: Int, _ channel: Int) -> Float {
    guard y >= 0, y < height, x >= 0, x < width else { return background[channel] }
    return pixels[(y * width + x) * channels + channel]
  }
}

/// A change that leaves what an image shows as it is; drawn anew for each image and epoch.
package protocol ImageAugmentation: Sendable {
  static var name: String { get }
  static var summary: String { get }
  /// The field that a single number or word stands for: `rotate: 15`.
  static var shorthand: String { get }
  init(reading fields: inout FieldReader)
  func apply(to image: BatchImage, _ random: inout RandomStream)
}

/// The augmentations, in the order the reference lists them.
package let imageAugmentations = Catalogue<any ImageAugmentation.Type>(
  "augmentation",
  [Flip.self, Rotate.self, Crop.self, Shift.self, Noise.self]
) { $0.name }

/// Mirrors every other image.
struct Flip: ImageAugmentation {
  static let name = "flip"
  static let summary = "Mirrors every other image."
  static let shorthand = "axis"
  var isVertical: Bool

  init(reading fields: inout FieldReader) {
    isVertical =
      fields.choice(
        "axis",
        of: ["horizontal", "vertical"],
        default: "horizontal",
        "Whether left and right change places, or top and bottom."
      ) == "vertical"
  }

  func apply(to image: BatchImage, _ random: inout RandomStream) {
    guard random.uniform() < 0.5 else { return }
    image.redraw { y, x, channel in
      image.pixel(
        isVertical ? image.height - 1 - y : y,
        isVertical ? x : image.width - 1 - x,
        channel
      )
    }
  }
}

/// Turns by up to some degrees; a pixel is mixed from the four around the place that it came from.
struct Rotate: ImageAugmentation {
  static let name = "rotate"
  static let summary = "Turns the image by up to some degrees."
  static let shorthand = "degrees"
  var degrees: Double

  init(reading fields: inout FieldReader) {
    degrees = fields.number(
      "degrees",
      in: .above(0, upTo: 180),
      default: 10,
      "The largest turn to either side."
    )
  }

  func apply(to image: BatchImage, _ random: inout RandomStream) {
    let angle = (2 * random.uniform() - 1) * degrees * Double.pi / 180
    let (cos, sin) = (Elementary.cos(angle), Elementary.sin(angle))
    let (cy, cx) = (Double(image.height - 1) / 2, Double(image.width - 1) / 2)
    image.redraw { y, x, channel in
      let (dy, dx) = (Double(y) - cy, Double(x) - cx)
      let (fromY, fromX) = (cos * dy - sin * dx + cy, sin * dy + cos * dx + cx)
      let (top, left) = (fromY.rounded(.down), fromX.rounded(.down))
      let (v, u) = (Float(fromY - top), Float(fromX - left))
      let (i, j) = (Int(top), Int(left))
      let upper = image.pixel(i, j, channel) * (1 - u) + image.pixel(i, j + 1, channel) * u
      let lower = image.pixel(i + 1, j, channel) * (1 - u) + image.pixel(i + 1, j + 1, channel) * u
      return upper * (1 - v) + lower * v
    }
  }
}

/// Takes a part of the image and draws it as large as the whole.
struct Crop: ImageAugmentation {
  static let name = "crop"
  static let summary = "Takes a part of the image and enlarges it to the whole."
  static let shorthand = "least"
  var least: Double

  init(reading fields: inout FieldReader) {
    least = fields.number(
      "least",
      in: .open(0, 1),
      default: 0.8,
      "The smallest part of each side that is taken."
    )
  }

  func apply(to image: BatchImage, _ random: inout RandomStream) {
    let share = least + (1 - least) * random.uniform()
    let top = random.uniform() * (1 - share) * Double(image.height - 1)
    let left = random.uniform() * (1 - share) * Double(image.width - 1)
    image.redraw { y, x, channel in
      let (fromY, fromX) = (top + share * Double(y), left + share * Double(x))
      let (i, j) = (Int(fromY), Int(fromX))
      let (v, u) = (Float(fromY - Double(i)), Float(fromX - Double(j)))
      let (k, l) = (min(i + 1, image.height - 1), min(j + 1, image.width - 1))
      let upper = image.pixel(i, j, channel) * (1 - u) + image.pixel(i, l, channel) * u
      let lower = image.pixel(k, j, channel) * (1 - u) + image.pixel(k, l, channel) * u
      return upper * (1 - v) + lower * v
    }
  }
}

/// Moves the image by whole pixels.
struct Shift: ImageAugmentation {
  static let name = "shift"
  static let summary = "Moves the image by up to some pixels each way."
  static let shorthand = "pixels"
  var pixels: Int

  init(reading fields: inout FieldReader) {
    pixels = fields.integer("pixels", in: 1...1_000, default: 1, "The largest move.")
  }

  func apply(to image: BatchImage, _ random: inout RandomStream) {
    let down = random.integer(below: 2 * pixels + 1) - pixels
    let right = random.integer(below: 2 * pixels + 1) - pixels
    image.redraw { y, x, channel in image.pixel(y - down, x - right, channel) }
  }
}

/// Adds a normal number to each pixel.
struct Noise: ImageAugmentation {
  static let name = "noise"
  static let summary = "Adds a normal number to each pixel."
  static let shorthand = "deviation"
  var deviation: Double

  init(reading fields: inout FieldReader) {
    deviation = fields.number(
      "deviation",
      in: .above(0),
      default: 0.1,
      "Its standard deviation, in those of the pixels."
    )
  }

  func apply(to image: BatchImage, _ random: inout RandomStream) {
    for i in 0..<image.height * image.width * image.channels {
      image.pixels[i] += Float(deviation * random.standardNormal())
    }
  }
}

extension FieldReader {
  /// `augment`: a list of names, or of maps of one key.
  mutating func augmentations() -> [any ImageAugmentation] {
    let described = imageAugmentations.members.map { type -> FieldDescription in
      var blank = FieldReader()
      _ = type.init(reading: &blank)
      return FieldDescription(
        name: type.name,
        type: .section(blank.fields),
        isRequired: false,
        documentation: type.summary
      )
    }
    let form = FieldType.union([.choice(imageAugmentations.names), .section(described)])
    guard
      let node = node(
        "augment",
        .list(form),
        "What is done to training images at random, in order: names, or maps such as rotate: 15."
      )
    else { return [] }
    var values: [Value] = []
    var found: [any ImageAugmentation] = []
    for item in node.items ?? [node] {
      let entry = item.entries?.first
      guard entry != nil || item.isScalar && item.content != .null, item.entries?.count ?? 1 == 1
      else {
        report(.wrongType("augment", expected: "names, or maps of one key", found: item))
        continue
      }
      let name = entry?.key ?? item.text
      guard let type = imageAugmentations[name] else {
        report(
          .unknownChoice(
            "augment",
            found: entry.map { Node(.string(name), text: name, at: $0.keyPosition) } ?? item,
            among: imageAugmentations.names,
            noun: imageAugmentations.noun
          )
        )
        continue
      }
      var fields = entry?.value.entries ?? []
      if let value = entry?.value, value.isScalar, value.content != .null {
        fields = [Node.Entry(key: type.shorthand, keyPosition: value.position, value: value)]
      }
      var inner = FieldReader(fields, context: "'\(name)'", at: item.position)
      found.append(type.init(reading: &inner))
      inner.finish()
      absorb(inner)
      values.append(.object([name: .object(inner.configuration)]))
    }
    resolve("augment", to: .array(values))
    return found
  }
}
