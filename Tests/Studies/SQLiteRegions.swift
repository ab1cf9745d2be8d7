/// What each byte of an SQLite file is for: rows of which table, the frame around them, or nothing.
///
/// - SeeAlso: SQLite, "Database File Format", sections 1.3 to 1.6.
struct SQLiteRegions {
  /// What a byte is for, such as `rows of events`; `unallocated` for what no row, page or list uses.
  private(set) var regions: [String]
  private let bytes: [UInt8]
  private let pageSize: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let size = Int(bytes[16]) << 8 | Int(bytes[17])
    pageSize = size == 1 ? 65_536 : size
    regions = Array(repeating: "unallocated", count: bytes.count)
    mark(0, 100, "file header")
    // Of the header: the counters of changes, and the version of the library that wrote last.
    mark(24, 4, "counters of changes")
    mark(92, 8, "counters of changes")
    var roots: [(name: String, page: Int)] = [("sqlite_schema", 1)]
    walk(1, "sqlite_schema") { roots.append($0) }
    for root in roots.dropFirst() { walk(root.page, root.name) { _ in } }
    for end in stride(from: pageSize, through: bytes.count, by: pageSize) {
      mark(end - Int(bytes[20]), Int(bytes[20]), "pages' sums")
    }
  }

  private mutating func mark(_ start: Int, _ count: Int, _ region: String) {
    for index in start..<min(start + count, bytes.count) { regions[index] = region }
  }

  private func big(_ place: Int, _ count: Int) -> Int {
    bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
  }

  /// A variable-length integer and how many bytes it takes.
  private func varint(_ place: Int) -> (value: Int, length: Int) {
    var value = 0
    for length in 1...8 {
      let byte = bytes[place + length - 1]
      value = value << 7 | Int(byte & 0x7F)
      if byte & 0x80 == 0 { return (value, length) }
    }
    return (value << 8 | Int(bytes[place + 8]), 9)
  }

  /// Marks a page of a tree and those below it; tells of every table and index that the schema names.
  private mutating func walk(
    _ page: Int,
    _ owner: String,
    _ found: ((name: String, page: Int)) -> Void
  ) {
    let start = (page - 1) * pageSize
    let head = start + (page == 1 ? 100 : 0)
    let type = bytes[head]
    let isInterior = type == 2 || type == 5
    let isTable = type == 5 || type == 13
    let count = big(head + 3, 2)
    let pointers = head + (isInterior ? 12 : 8)
    mark(head, pointers - head + 2 * count, "pages' frames")
    for index in 0..<count {
      var place = start + big(pointers + 2 * index, 2)
      let cell = place
      if isInterior {
        walk(big(place, 4), owner, found)
        place += 4
      }
      guard !(isInterior && isTable) else {
        mark(cell, 4 + varint(place).length, "pages' frames")
        continue
      }
      let (payload, length) = varint(place)
      place += length
      if isTable { place += varint(place).length }
      let local = localSize(payload, isTable: isTable)
      if owner == "sqlite_schema" { if let entry = schemaEntry(place) { found(entry) } }
      mark(cell, place + local - cell, "rows of \(owner)")
      if local < payload {
        mark(place + local, 4, "rows of \(owner)")
        overflow(big(place + local, 4), payload - local, owner)
      }
    }
    if isInterior { walk(big(head + 8, 4), owner, found) }
    freeblocks(start, big(head + 1, 2))
  }

  /// The lists of gaps: their links have a use, what lies between them has none.
  private mutating func freeblocks(_ start: Int, _ first: Int) {
    var block = first
    while block != 0 {
      mark(start + block, 4, "pages' frames")
      block = big(start + block, 2)
    }
  }

  /// How much of a payload stays in the page.
  private func localSize(_ payload: Int, isTable: Bool) -> Int {
    let usable = pageSize - Int(bytes[20])
    let most = isTable ? usable - 35 : (usable - 12) * 64 / 255 - 23
    if payload <= most { return payload }
    let least = (usable - 12) * 32 / 255 - 23
    let rest = least + (payload - least) % (usable - 4)
    return rest <= most ? rest : least
  }

  private mutating func overflow(_ first: Int, _ size: Int, _ owner: String) {
    var (page, left) = (first, size)
    while page != 0, left > 0 {
      let start = (page - 1) * pageSize
      let here = min(left, pageSize - Int(bytes[20]) - 4)
      mark(start, 4 + here, "rows of \(owner)")
      left -= here
      page = big(start, 4)
    }
  }

  /// The name and the root page of a row of the schema; nil where it has none.
  private func schemaEntry(_ payload: Int) -> (name: String, page: Int)? {
    let (headLength, first) = varint(payload)
    var types: [Int] = []
    var place = payload + first
    while place < payload + headLength {
      let (type, length) = varint(place)
      types.append(type)
      place += length
    }
    var body = payload + headLength
    var name = ""
    for (column, type) in types.enumerated() {
      let size =
        type >= 12
        ? (type - (type % 2 == 0 ? 12 : 13)) / 2 : [0, 1, 2, 3, 4, 6, 8, 8][min(type, 7)]
      if column == 1 { name = String(decoding: bytes[body..<body + size], as: UTF8.self) }
      if column == 3 {
        let page = type == 9 ? 1 : type == 8 ? 0 : big(body, size)
        return page > 0 ? (name, page) : nil
      }
      body += type == 8 || type == 9 ? 0 : size
    }
    return nil
  }
}
