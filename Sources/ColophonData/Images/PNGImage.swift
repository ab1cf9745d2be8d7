import CPNG

/// A picture in the format PNG (ISO/IEC 15948), decoded by libpng.
package struct PNGImage: Hashable, Sendable {
  package var width: Int
  package var height: Int
  /// 1 for grey, 3 for red, green and blue.
  package var channels: Int
  /// Height × width × channels, from 0 to 255.
  package var pixels: [UInt8]

  /// The version of the library whose decoding the pixels are.
  package static var libraryVersion: String { String(cString: png_get_libpng_ver(nil)) }

  /// Why bytes are no picture that can be read.
  package struct Problem: Error, Hashable, Sendable {
    package var words: String
  }

  /// The sides, told by the first bytes alone.
  package static func size(_ bytes: [UInt8]) throws(Problem) -> (width: Int, height: Int) {
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    guard bytes.starts(with: signature) else {
      throw Problem(words: bytes.isEmpty ? "is empty" : "is no PNG")
    }
    guard bytes.count >= 24, bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw Problem(words: "ends within its head")
    }
    func number(_ start: Int) -> Int {
      bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    return (number(16), number(20))
  }

  /// Decodes a picture: colours become grey by their luminance where one channel is asked for, and
  /// what is transparent lies on black.
  package init(_ bytes: [UInt8], channels: Int) throws(Problem) {
    precondition(channels == 1 || channels == 3, "\(channels) channels")
    let size = try PNGImage.size(bytes)
    guard size.width > 0, size.height > 0, size.width * size.height <= 1 << 24 else {
      throw Problem(words: "has \(size.width) × \(size.height) pixels, more than can be read")
    }
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    var pixels = [UInt8](repeating: 0, count: size.width * size.height * channels)
    let isRead = bytes.withUnsafeBytes { source -> Bool in
      guard png_image_begin_read_from_memory(&image, source.baseAddress, source.count) != 0
      else { return false }
      image.format = channels == 1 ? 0 : UInt32(PNG_FORMAT_FLAG_COLOR)
      return pixels.withUnsafeMutableBytes {
        png_image_finish_read(&image, nil, $0.baseAddress, 0, nil) != 0
      }
    }
    guard isRead else {
      let words = withUnsafeBytes(of: image.message) { raw in
        String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw Problem(words: "can't be decoded: \(words)")
    }
    (width, height) = size
    self.channels = channels
    self.pixels = pixels
  }
}
