import ColophonReport
import Testing

@Suite struct ThinningOfPictures {
  @Test func keepsThePeakOfACurve() {
    let places = (0..<5000).map { Place(x: Double($0) * 0.08, y: $0 == 3210 ? -50 : 100) }
    let thinned = Thinning.curve(places)
    #expect(thinned.count < 900)
    #expect(thinned.contains(Place(x: 3210 * 0.08, y: -50)))
    #expect(thinned.first == places.first && thinned.last == places.last)
  }

  @Test func countsEveryPointOnce() {
    var numbers = SampleNumbers(seed: 1)
    let places = (0..<10_000).map { _ in
      Place(x: numbers.even() * 400, y: numbers.even() * 300)
    }
    let (marks, cell) = Thinning.points(places, limit: 1500)
    #expect(cell > 0)
    #expect(marks.count <= 1500)
    #expect(marks.reduce(0) { $0 + $1.count } == 10_000)
    #expect(Thinning.points(places, limit: 1500).marks == marks)
  }

  @Test func leavesFewPointsAlone() {
    let places = [Place(x: 1, y: 1), Place(x: 1, y: 1)]
    #expect(Thinning.points(places, limit: 10).marks.count == 2)
  }

  @Test(arguments: [(0, 5), (3, 5), (5, 5), (6, 5), (1000, 100), (101, 100)])
  func spreadsPositionsFromFirstToLast(count: Int, limit: Int) {
    let positions = Thinning.positions(of: count, limit: limit)
    #expect(positions.count == min(count, limit))
    #expect(positions.first == (count > 0 ? 0 : nil))
    #expect(positions.last == (count > 0 ? count - 1 : nil))
    #expect(Set(positions).count == positions.count)
  }
}
