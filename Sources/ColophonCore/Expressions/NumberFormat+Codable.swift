extension NumberFormat: Codable {
  /// The format as an author writes it; `NumberFormat(spelling)` reads it back.
  package var spelling: String {
    switch self {
    case .fixed(let digits): ".\(digits)f"
    case .general(let digits): ".\(digits)g"
    case .percent(let digits): ".\(digits)%"
    case .thousands: ","
    case .si: "si"
    case .bytes: "bytes"
    case .usd: "usd"
    case .seconds: "seconds"
    case .raw: "raw"
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(spelling)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let format = NumberFormat(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "no number format is spelled '\(text)'"
      )
    }
    self = format
  }
}
