import ColophonRuntime
import Testing

/// What a terminal shows of a running cell.
@Suite struct RunningLines {
  @Test(arguments: [
    (0, "0.0 s"), (0.04, "0.0 s"), (12.34, "12.3 s"), (59.94, "59.9 s"), (59.95, "1 min 0 s"),
    (60, "1 min 0 s"), (119.6, "2 min 0 s"), (3725, "62 min 5 s"), (1e300, "16666666 min 40 s"),
  ])
  func writeDurations(seconds: Double, text: String) {
    #expect(ProgressText.duration(seconds) == text)
  }

  @Test(
    arguments: [
      // By the share done, once enough is done and enough time has passed.
      (10, 0.5, nil, 10), (9, 0.9, 100, 1), (30, 1, nil, 0),
      // By the last run before that, unless it has been longer already.
      (0.2, 0.5, 4.2, 4), (5, 0.01, 8, 3), (9, 0, 8, nil), (1, 0, nil, nil),
      // A share above 1 leaves nothing, not less than nothing.
      (10, 1.5, nil, 0),
    ] as [(Double, Double, Double?, Double?)]
  )
  func estimateWhatIsLeft(elapsed: Double, fraction: Double, last: Double?, left: Double?) throws {
    var line = RunningLine(cell: "fit", lastSeconds: last)
    line.elapsed = elapsed
    line.fraction = fraction
    guard let left else {
      #expect(line.remaining == nil)
      return
    }
    #expect(abs(try #require(line.remaining) - left) < 1e-9)
  }

  /// What an earlier run has done took this one no time, and says nothing of its speed.
  @Test func estimateByTheShareThatThisRunHasDone() throws {
    var line = RunningLine(cell: "fit", lastSeconds: 100)
    line.start = (fraction: 0.4, elapsed: 1)
    line.elapsed = 1.1
    line.fraction = 0.41
    #expect(abs(try #require(line.remaining) - 98.9) < 1e-9)
    line.elapsed = 11
    line.fraction = 0.6
    // A fifth took ten seconds; two fifths are left.
    #expect(abs(try #require(line.remaining) - 20) < 1e-9)
  }

  @Test func showNameBarTimesAndNote() {
    var line = RunningLine(cell: "fit")
    line.fraction = 0.5
    line.elapsed = 2
    line.note = "round 10"
    let text = line.parts(width: 100).map { $0.text }.joined()
    #expect(
      text == "  • fit                ━━━━━━━━━━────────── 2.0 s about 2.0 s left round 10"
    )
  }

  @Test(arguments: [-1.0, 0, 0.49, 1, 2, .infinity])
  func keepTheBarAtItsLength(fraction: Double) {
    var line = RunningLine(cell: "fit")
    line.fraction = fraction
    let text = line.parts(width: 200).map { $0.text }.joined()
    #expect(text.filter { $0 == "━" || $0 == "─" }.count == 20)
    if fraction >= 1 { #expect(!text.contains("─")) }
  }

  @Test(arguments: 0...120)
  func neverTakeMoreColumnsThanThereAre(width: Int) {
    for cell in ["a", "a_very_long_name_of_a_cell_that_goes_on_and_on_and_on", "日本語"] {
      var line = RunningLine(cell: cell, lastSeconds: 4000)
      line.note = "日本語 and a long note about what is done just now, epoch by epoch"
      line.elapsed = 300
      let parts = line.parts(width: width)
      #expect(parts.reduce(0) { $0 + ProgressText.columns($1.text) } <= width)
      #expect(parts.allSatisfy { !$0.text.isEmpty })
    }
  }
}
