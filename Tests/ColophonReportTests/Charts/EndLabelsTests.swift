import ColophonReport
import Testing

@Suite struct NamesBesideTheEndsOfCurves {
  private static let room = 26.0...222.0
  private static let line = EndLabels.line

  private func places(_ ends: [Double]) throws -> EndLabels {
    try #require(EndLabels(ends.enumerated().map { ($0.offset, $0.element) }, in: Self.room))
  }

  @Test func standAtTheirEndsWhereThereIsRoom() throws {
    let labels = try places([200, 40, 120])
    #expect(labels.labels.map { $0.series } == [1, 2, 0])
    #expect(labels.labels.allSatisfy { $0.y == $0.end })
    #expect(!labels.needLeaders)
  }

  /// Law: nowhere two names on one line, all within the room, in the order of their ends.
  @Test(arguments: [
    [100.0, 100, 100, 100], [222, 222, 222, 221, 30], [26, 26, 27, 28], [50, 60, 70, 80, 90, 100],
    [120, 121, 200, 201, 202, 40, 41, 42],
  ])
  func arePushedApart(ends: [Double]) throws {
    let labels = try places(ends).labels
    #expect(labels.count == ends.count)
    for (upper, lower) in zip(labels, labels.dropFirst()) {
      #expect(lower.y - upper.y >= Self.line - 1e-9)
      #expect(upper.end <= lower.end)
    }
    #expect(labels.allSatisfy { Self.room.contains($0.y) })
  }

  /// Equal ends are shared out evenly about themselves, and lines lead to what was moved far.
  @Test func moveNoFartherThanTheyMust() throws {
    let labels = try places([100, 100, 100])
    #expect(labels.labels.map { $0.y } == [100 - Self.line, 100, 100 + Self.line])
    #expect(labels.needLeaders)
    #expect(try !places([100, 100 + Self.line * 0.9]).needLeaders)
  }

  @Test func needRoom() {
    let ends = (0..<30).map { (series: $0, y: 100.0) }
    #expect(EndLabels(ends, in: Self.room) == nil)
    #expect(EndLabels([], in: Self.room) == nil)
  }
}
