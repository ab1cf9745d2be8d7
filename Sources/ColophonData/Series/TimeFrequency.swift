import ColophonMath

/// How far apart the steps of a series are: `M`, `W`, `D`, `H`, `min` and the like, `15min` for
/// several at a time.
///
/// The words are those of SageMaker's `time_freq`, with quarters (`Q`) and years (`Y`) beside them.
package struct TimeFrequency: Hashable, Sendable, Codable {
  package enum Unit: String, Hashable, Sendable, Codable, CaseIterable {
    case minute = "min"
    case hour = "H"
    case day = "D"
    case week = "W"
    case month = "M"
    case quarter = "Q"
    case year = "Y"
  }

  package let unit: Unit
  /// How many units a step has; at least 1.
  package let multiple: Int

  package init(_ unit: Unit, multiple: Int = 1) {
    precondition(multiple > 0, "\(multiple) units to a step")
    self.unit = unit
    self.multiple = multiple
  }

  /// Nil for any other text.
  package init?(_ text: String) {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard let unit = Unit(rawValue: String(text.dropFirst(digits.count))),
      digits.isEmpty || (1...100_000).contains(Int(digits) ?? 0)
    else { return nil }
    self.init(unit, multiple: Int(digits) ?? 1)
  }

  package var text: String { (multiple == 1 ? "" : String(multiple)) + unit.rawValue }

  /// After how many steps a series of this frequency usually repeats itself; 1 for one that doesn't.
  package var season: Int {
    let units =
      switch unit {
      case .minute: 1_440
      case .hour: 24
      case .day: 7
      case .week: 52
      case .month: 12
      case .quarter: 4
      case .year: 1
      }
    return units.isMultiple(of: multiple) ? units / multiple : 1
  }

  /// The number of the step that a moment lies in; steps that follow each other have numbers that
  /// do.
  package func step(of seconds: Double) -> Int {
    let whole = Int(seconds.rounded(.down))
    let day = ISOTime.floorDivided(whole, 86_400)
    let number: Int
    switch unit {
    case .minute: number = ISOTime.floorDivided(whole, 60)
    case .hour: number = ISOTime.floorDivided(whole, 3_600)
    case .day: number = day
    case .week: number = ISOTime.floorDivided(day + 3, 7)
    case .month, .quarter, .year:
      let date = ISOTime.civil(day)
      let month = date.year * 12 + date.month - 1
      number = unit == .month ? month : unit == .quarter ? month / 3 : date.year
    }
    return ISOTime.floorDivided(number, multiple)
  }

  /// The moment at which a step begins, in seconds since 1970.
  package func start(of step: Int) -> Int {
    let number = step * multiple
    switch unit {
    case .minute: return number * 60
    case .hour: return number * 3_600
    case .day: return number * 86_400
    case .week: return (number * 7 - 3) * 86_400
    case .month, .quarter, .year:
      let months = unit == .month ? number : unit == .quarter ? number * 3 : number * 12
      let year = ISOTime.floorDivided(months, 12)
      return ISOTime.days(year, months - year * 12 + 1, 1) * 86_400
    }
  }
}

extension TimeFrequency {
  /// Where a step stands in the cycles of the calendar, each as the sine and cosine of its turn, so
  /// that December lies beside January.
  ///
  /// By quarter and month the year; by week the year; by day the week, the month and the year; by
  /// hour the day as well, by minute the hour too. Steps without a calendar have the season alone.
  package func cycles(of step: Int, isCalendar: Bool, season: Int) -> [Double] {
    let turns = isCalendar ? calendarTurns(step) : plainTurns(step, season)
    return turns.flatMap { turn -> [Double] in
      [Elementary.sin(2 * .pi * turn), Elementary.cos(2 * .pi * turn)]
    }
  }

  private func plainTurns(_ step: Int, _ season: Int) -> [Double] {
    season > 1 ? [Double((step % season + season) % season) / Double(season)] : []
  }

  private func calendarTurns(_ step: Int) -> [Double] {
    let start = start(of: step)
    let day = ISOTime.floorDivided(start, 86_400)
    let clock = start - day * 86_400
    let date = ISOTime.civil(day)
    let ofYear = Double(day - ISOTime.days(date.year, 1, 1)) / 365.25
    let ofMonth = Double(date.day - 1) / 31
    let ofWeek = Double((day + 3) % 7 < 0 ? (day + 3) % 7 + 7 : (day + 3) % 7) / 7
    switch unit {
    case .year: return []
    case .quarter: return multiple == 1 ? [Double((date.month - 1) / 3) / 4] : []
    case .month: return [Double(date.month - 1) / 12]
    case .week: return [ofYear]
    case .day: return [ofWeek, ofMonth, ofYear]
    case .hour: return [Double(clock / 3_600) / 24, ofWeek, ofMonth, ofYear]
    case .minute:
      return [Double(clock / 60 % 60) / 60, Double(clock / 3_600) / 24, ofWeek, ofMonth, ofYear]
    }
  }
}
