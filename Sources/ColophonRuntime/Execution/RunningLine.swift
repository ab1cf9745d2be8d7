import ColophonCore

/// The line of a terminal that shows a running cell: its name, a bar, times, a note.
///
/// It never takes more columns than there are, since a line that wraps can't be erased.
package struct RunningLine: Sendable {
  package enum Tone: Hashable, Sendable {
    case plain, accent, dim
  }

  /// A piece of the line in one tone.
  package struct Part: Hashable, Sendable {
    package var text: String
    package var tone: Tone
  }

  package var cell: String
  /// How far the work is, from 0 to 1.
  package var fraction = 0.0
  package var note = ""
  /// Seconds since the cell started.
  package var elapsed = 0.0
  /// How far the work was when this run took it up, and after how many seconds that was.
  package var start = (fraction: 0.0, elapsed: 0.0)
  /// How long the cell took last time, where that is known.
  package var lastSeconds: Double?

  package init(cell: String, lastSeconds: Double? = nil) {
    self.cell = cell
    self.lastSeconds = lastSeconds
  }

  /// The pieces that fit, the most telling first.
  package func parts(width: Int) -> [Part] {
    let bar = 20
    let full = Int(min(max(fraction, 0), 1) * Double(bar))
    var wanted = [
      Part(text: "  ", tone: .plain), Part(text: "•", tone: .accent),
      Part(text: " \(ProgressText.padded(cell, 18)) ", tone: .plain),
      Part(text: String(repeating: "━", count: full), tone: .plain),
      Part(text: String(repeating: "─", count: bar - full), tone: .dim),
      Part(text: " \(ProgressText.duration(elapsed))", tone: .plain),
    ]
    if let left = remaining {
      wanted.append(Part(text: " about \(ProgressText.duration(left)) left", tone: .dim))
    }
    if !note.isEmpty { wanted.append(Part(text: " " + note, tone: .plain)) }
    var room = width
    return wanted.compactMap { part in
      let text = ProgressText.prefix(part.text, columns: room)
      room -= ProgressText.columns(text)
      return text.isEmpty ? nil : Part(text: text, tone: part.tone)
    }
  }

  /// The seconds left: by the share that this run has done, where that is enough to tell, else by
  /// the last run.
  package var remaining: Double? {
    let done = fraction - start.fraction
    let spent = elapsed - start.elapsed
    if done > 0.02, spent > 0.3 { return max(0, spent / done * (1 - fraction)) }
    if let lastSeconds, lastSeconds > elapsed { return lastSeconds - elapsed }
    return nil
  }
}

/// Pieces of text that progress is written with.
package enum ProgressText {
  /// "12.3 s", or "2 min 5 s" from a minute on.
  package static func duration(_ seconds: Double) -> String {
    // What rounds to a minute is one.
    guard seconds >= 59.95 else { return DecimalText.fixed(seconds, decimals: 1) + " s" }
    let whole = Int(min(seconds.rounded(), 1e9))
    return "\(whole / 60) min \(whole % 60) s"
  }

  /// The text, followed by blanks up to a number of columns.
  package static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - columns(text)))
  }

  /// As much of the text as fits into some columns.
  package static func prefix(_ text: String, columns limit: Int) -> String {
    var room = limit
    return String(
      text.prefix { character in
        room -= columns(String(character))
        return room >= 0
      }
    )
  }

  /// How many columns of a terminal the text takes.
  package static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + TerminalWidth.columns(of: $1) }
  }
}
