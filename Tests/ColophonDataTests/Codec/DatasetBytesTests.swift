import ColophonCore
import ColophonData
import Testing

@Suite struct StoringADataset {
  private func samples() throws -> [Dataset] {
    let nasty = try DatasetReader.read(
      table(fixture("nasty.csv")),
      DatasetRecipe(target: "flag"),
      root: 0,
      cell: "d"
    )
    let sixty = try dataset(
      sixtyRows(),
      DatasetRecipe(
        target: "label",
        positive: "no",
        columns: ["mark": .ignore, "size": .text],
        group: "site",
        time: "day"
      )
    )
    let many = "x\n" + (0..<300).map { "level \($0)\n" }.joined()
    return [
      nasty, sixty, try dataset(many, DatasetRecipe(columns: ["x": .category])),
      Dataset(table: Table(columns: [], rowCount: 0), task: .clustering, target: nil, splits: []),
    ]
  }

  @Test func readsBackWhatItWrote() throws {
    for sample in try samples() {
      let bytes = sample.encodedBytes
      let read = try Dataset(bytes: bytes)
      // NaN is unequal to itself, so the bytes are compared.
      #expect(read.encodedBytes == bytes)
      #expect(read.splits == sample.splits)
      #expect(read.classes == sample.classes)
      #expect(read.table.columns.map { $0.type } == sample.table.columns.map { $0.type })
      for (a, b) in zip(read.table.columns, sample.table.columns) {
        #expect((0..<a.count).allSatisfy { a.text($0) == b.text($0) })
      }
    }
  }

  @Test func refusesEveryTruncationAndTail() throws {
    for sample in try samples() {
      let bytes = sample.encodedBytes
      for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 400)) {
        #expect(throws: DatasetDamage.self) { try Dataset(bytes: Array(bytes[..<length])) }
      }
      #expect(throws: DatasetDamage.self) { try Dataset(bytes: bytes + [0]) }
    }
  }

  @Test func neverCrashesOnDamage() throws {
    var random = RandomStream(root: 5, cell: "codec", purpose: "fuzz")
    let bytes = try samples()[1].encodedBytes
    for _ in 0..<5_000 {
      var damaged = bytes
      for _ in 0...random.integer(below: 3) {
        damaged[random.integer(below: bytes.count)] = UInt8(random.integer(below: 256))
      }
      guard let read = try? Dataset(bytes: damaged) else { continue }
      // What is accepted has one spelling.
      #expect(try Dataset(bytes: read.encodedBytes).encodedBytes == read.encodedBytes)
    }
  }

  @Test func givesOneSpellingToEveryNaN() {
    func bytes(_ value: Double) -> [UInt8] {
      let column = Column(name: "x", type: .numeric, storage: .numbers([value]))
      return Dataset(
        table: Table(columns: [column], rowCount: 1),
        task: .clustering,
        target: nil,
        splits: [nil]
      ).encodedBytes
    }
    #expect(bytes(.nan) == bytes(-.nan))
    #expect(bytes(.nan) == bytes(Double(nan: 5, signaling: false)))
    #expect(bytes(0) != bytes(-0.0))
  }
}
