import CZlib

/// Decompresses gzip files of one or more members, checking each member's CRC and length.
enum Gzip {
  enum Problem: Error {
    case truncated
    case corrupt
    case trailing
    case tooLarge
  }

  /// The decompressed bytes.
  ///
  /// Stops without complaint at `limit` bytes, for a look at the beginning, and refuses content
  /// beyond `ceiling`.
  static func inflate(
    _ bytes: [UInt8],
    limit: Int = .max,
    ceiling: Int = Int(UInt32.max)
  ) throws(Problem) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(min(limit, bytes.count * 4))
    var start = 0
    repeat {
      start += try member(
        bytes[start...],
        into: &output,
        limit: limit,
        ceiling: ceiling,
        isFirst: start == 0
      )
      // Tapes and blocks pad with zeros after the last member.
      if bytes[start...].allSatisfy({ $0 == 0 }) { return output }
    } while output.count < limit
    return output
  }

  /// Decompresses one member and returns how many bytes it took.
  private static func member(
    _ bytes: ArraySlice<UInt8>,
    into output: inout [UInt8],
    limit: Int,
    ceiling: Int,
    isFirst: Bool
  ) throws(Problem) -> Int {
    guard bytes.starts(with: [0x1F, 0x8B]) else {
      throw bytes.count < 2 && isFirst ? .truncated : isFirst ? .corrupt : .trailing
    }
    var stream = z_stream()
    // 16 asks zlib for a gzip header, 15 for the largest window.
    let version = ZLIB_VERSION
    guard
      inflateInit2_(&stream, 16 + 15, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .corrupt }
    defer { inflateEnd(&stream) }
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var used = 0
    while true {
      let step = run(&stream, bytes, from: used, into: &chunk)
      used += step.used
      output += chunk[..<step.made]
      if step.status == Z_STREAM_END { return used }
      if output.count >= limit { return bytes.count }
      if output.count > ceiling { throw .tooLarge }
      if step.status == Z_BUF_ERROR
        || (step.status == Z_OK && used == bytes.count && step.made == 0)
      {
        throw .truncated
      }
      guard step.status == Z_OK else { throw .corrupt }
    }
  }

  private static func run(
    _ stream: inout z_stream,
    _ bytes: ArraySlice<UInt8>,
    from used: Int,
    into chunk: inout [UInt8]
  ) -> (status: Int32, used: Int, made: Int) {
    bytes.withUnsafeBufferPointer { input in
      chunk.withUnsafeMutableBufferPointer { output in
        let available = min(input.count - used, 1 << 30)
        // zlib takes a mutable pointer for historical reasons and only reads.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + used })
        stream.avail_in = UInt32(available)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        let status = CZlib.inflate(&stream, Z_NO_FLUSH)
        return (
          status, available - Int(stream.avail_in), output.count - Int(stream.avail_out)
        )
      }
    }
  }
}
