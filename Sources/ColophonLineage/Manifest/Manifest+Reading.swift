import ColophonCore

extension Manifest {
  /// How the record's element begins; a report holds this text once, since a page escapes prose.
  package static let elementStart =
    #"<script type="application/json" id="colophon-manifest">"#
  package static let elementEnd = "</script>"

  /// Reads the record out of a report.
  ///
  /// - Throws: `ManifestError`; a report is a file from anywhere, and nothing in it is believed.
  package init(report bytes: [UInt8]) throws {
    let start = Array(Manifest.elementStart.utf8)
    guard let begin = Manifest.find(start, in: bytes[...]) else { throw ManifestError.absent }
    let rest = bytes[(begin + start.count)...]
    guard let end = Manifest.find(Array(Manifest.elementEnd.utf8), in: rest) else {
      throw ManifestError.cutOff
    }
    if Manifest.find(start, in: bytes[end...]) != nil { throw ManifestError.several }
    try self.init(json: rest[..<end])
  }

  /// Reads a record, as a report embeds it or as `output/NAME.json` holds it.
  package init(json bytes: some Collection<UInt8>) throws {
    let value: Value
    do { value = try Value(json: bytes) } catch { throw ManifestError.notJSON("\(error)") }
    guard let format = value["format"]?.asString else { throw ManifestError.absent }
    guard format == Manifest.currentFormat else { throw ManifestError.format(format) }
    do { self = try value.decode() } catch let error as DecodingError {
      throw ManifestError(error)
    }
    if let source = notebook.source, Digest(of: source.utf8) != notebook.digest {
      throw ManifestError.sourceDiffers
    }
    if Manifest.stamp(of: notebook, cells).digest != stamp { throw ManifestError.stampDiffers }
  }

  private static func find(_ pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = pattern.first else { return nil }
    var place = bytes.startIndex
    while let hit = bytes[place...].firstIndex(of: first) {
      if bytes[hit...].starts(with: pattern) { return hit }
      place = hit + 1
    }
    return nil
  }
}

extension ManifestError {
  fileprivate init(_ error: DecodingError) {
    let (context, key): (DecodingError.Context, (any CodingKey)?) =
      switch error {
      case .keyNotFound(let key, let context): (context, key)
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .dataCorrupted(let context):
        (context, nil)
      @unknown default: (DecodingError.Context(codingPath: [], debugDescription: "\(error)"), nil)
      }
    let path = (context.codingPath + [key].compactMap { $0 }).map {
      $0.intValue.map { "[\($0)]" } ?? $0.stringValue
    }
    self = .member(
      path: path.isEmpty ? "its root" : path.joined(separator: "."),
      problem: context.debugDescription
    )
  }
}
