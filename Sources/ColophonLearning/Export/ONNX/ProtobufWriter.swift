/// Writes the wire format of protocol buffers: just what a model file takes.
///
/// Fields are written in the order of the calls; repeated numbers are packed. Equal calls give equal
/// bytes.
///
/// - SeeAlso: "Encoding" in the protocol buffers' documentation.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  /// How a field's content is laid out, the low three bits of its key.
  private enum Wire: UInt64 {
    case variable = 0
    case delimited = 2
    case four = 5
  }

  /// A whole number; negative ones take ten bytes.
  mutating func integer(_ field: UInt64, _ value: Int) {
    key(field, .variable)
    variable(UInt64(bitPattern: Int64(value)))
  }

  mutating func float(_ field: UInt64, _ value: Float) {
    key(field, .four)
    little(value.bitPattern)
  }

  mutating func text(_ field: UInt64, _ text: String) { content(field, Array(text.utf8)) }

  mutating func content(_ field: UInt64, _ content: [UInt8]) {
    key(field, .delimited)
    variable(UInt64(content.count))
    bytes += content
  }

  /// A message within the message.
  mutating func message(_ field: UInt64, _ body: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    body(&inner)
    content(field, inner.bytes)
  }

  mutating func integers(_ field: UInt64, _ values: [Int]) {
    var inner = ProtobufWriter()
    for value in values { inner.variable(UInt64(bitPattern: Int64(value))) }
    content(field, inner.bytes)
  }

  mutating func floats(_ field: UInt64, _ values: [Float]) {
    var inner = ProtobufWriter()
    for value in values { inner.little(value.bitPattern) }
    content(field, inner.bytes)
  }

  private mutating func key(_ field: UInt64, _ wire: Wire) { variable(field << 3 | wire.rawValue) }

  /// Seven bits a byte, the lowest first.
  private mutating func variable(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func little(_ bits: UInt32) {
    for shift: UInt32 in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
  }
}
