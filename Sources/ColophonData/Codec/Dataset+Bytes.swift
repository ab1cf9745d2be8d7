/// A dataset as bytes, which is how the content store keeps it.
///
/// Equal datasets have equal bytes. The layout is `CDS`, a version byte, the roles, the classes,
/// then each column and at last a byte for each row's split; counts are seven bits a byte, numbers
/// eight bytes little-endian, categories as few bytes as their levels ask for. Version 2 is of
/// prepared data, and ends with the preparation.
extension Dataset {
  private static let magic = Array("CDS".utf8)

  package var encodedBytes: [UInt8] {
    var writer = ByteWriter()
    Dataset.magic.forEach { writer.byte($0) }
    writer.byte(preparation == nil ? 1 : 2)
    writer.byte(Dataset.place(task))
    [target, weight, group, time].forEach { writer.text(optional: $0) }
    writer.count(classes.count)
    classes.forEach { writer.text($0) }
    writer.count(table.rowCount)
    writer.count(table.columns.count)
    for column in table.columns {
      writer.text(column.name)
      writer.byte(Dataset.place(column.type) << 1 | (column.isCalendar ? 1 : 0))
      Dataset.write(column.storage, to: &writer)
    }
    let places = Split.allCases
    for split in splits {
      writer.byte(split.flatMap { places.firstIndex(of: $0) }.map { UInt8($0 + 1) } ?? 0)
    }
    if let preparation { writer.text(String(decoding: preparation.encodedBytes, as: UTF8.self)) }
    return writer.bytes
  }

  /// Reads a dataset back.
  ///
  /// - Throws: `DatasetDamage` for bytes that no dataset has.
  package init(bytes: [UInt8]) throws(DatasetDamage) {
    var reader = ByteReader(bytes)
    do { self = try Dataset.read(&reader) } catch { throw DatasetDamage(offset: error.offset) }
  }

  private static func read(_ reader: inout ByteReader) throws(ByteReader.Damage) -> Dataset {
    for byte in magic where try reader.byte() != byte { throw reader.damage }
    let version = try reader.byte()
    guard version == 1 || version == 2 else { throw reader.damage }
    let task = try member(Task.self, try reader.byte(), reader)
    let target = try reader.optionalText()
    let weight = try reader.optionalText()
    let group = try reader.optionalText()
    let time = try reader.optionalText()
    let classes = try texts(&reader)
    // The splits alone need a byte for each row.
    let rows = try reader.count(ofSize: 1)
    let columnCount = try reader.count(ofSize: 3)
    var columns: [Column] = []
    for _ in 0..<columnCount { columns.append(try column(&reader, rows: rows)) }
    var splits: [Split?] = []
    for _ in 0..<rows {
      let byte = try reader.byte()
      splits.append(byte == 0 ? nil : try member(Split.self, byte - 1, reader))
    }
    let preparation = version == 2 ? try preparation(&reader) : nil
    guard reader.isAtEnd else { throw reader.damage }
    return Dataset(
      table: Table(columns: columns, rowCount: rows),
      task: task,
      target: target,
      classes: classes,
      weight: weight,
      group: group,
      time: time,
      splits: splits,
      preparation: preparation
    )
  }

  private static func preparation(
    _ reader: inout ByteReader
  ) throws(ByteReader.Damage) -> Preparation {
    let bytes = Array(try reader.text().utf8)
    guard let read = try? Preparation(decoding: bytes) else { throw reader.damage }
    return read
  }

  private static func column(
    _ reader: inout ByteReader,
    rows: Int
  ) throws(ByteReader.Damage) -> Column {
    let name = try reader.text()
    let type = try reader.byte()
    return Column(
      name: name,
      type: try member(ColumnType.self, type >> 1, reader),
      storage: try storage(&reader, rows: rows),
      isCalendar: type & 1 == 1
    )
  }

  private static func write(_ storage: Column.Storage, to writer: inout ByteWriter) {
    switch storage {
    case .numbers(let values):
      writer.byte(0)
      writer.numbers(values)
    case .categories(let codes, let levels):
      writer.byte(1)
      writer.count(levels.count)
      levels.forEach { writer.text($0) }
      writer.codes(codes, levels: levels.count)
    case .texts(let texts):
      writer.byte(2)
      texts.forEach { writer.text(optional: $0) }
    }
  }

  private static func storage(
    _ reader: inout ByteReader,
    rows: Int
  ) throws(ByteReader.Damage) -> Column.Storage {
    switch try reader.byte() {
    case 0: return .numbers(try reader.numbers(rows))
    case 1:
      let levels = try texts(&reader)
      return .categories(codes: try reader.codes(rows, levels: levels.count), levels: levels)
    case 2:
      var texts: [String?] = []
      for _ in 0..<rows { texts.append(try reader.optionalText()) }
      return .texts(texts)
    default: throw reader.damage
    }
  }

  private static func texts(_ reader: inout ByteReader) throws(ByteReader.Damage) -> [String] {
    let count = try reader.count(ofSize: 1)
    var texts: [String] = []
    for _ in 0..<count { texts.append(try reader.text()) }
    return texts
  }

  private static func place<Case: CaseIterable & Equatable>(_ member: Case) -> UInt8 {
    UInt8(Case.allCases.enumerated().first { $0.element == member }?.offset ?? 0)
  }

  private static func member<Case: CaseIterable>(
    _ type: Case.Type,
    _ place: UInt8,
    _ reader: ByteReader
  ) throws(ByteReader.Damage) -> Case {
    guard let member = Array(type.allCases).dropFirst(Int(place)).first else { throw reader.damage }
    return member
  }
}

/// Bytes that are no dataset of this version.
package struct DatasetDamage: Error, Hashable, Sendable {
  /// Where it showed.
  package var offset: Int
}
