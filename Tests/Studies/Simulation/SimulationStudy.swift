import ColophonCluster
import ColophonPublishedRows

extension Study {
  /// The simulator beside published measurements: every row, what each family says, and what is left
  /// of it where the constants were set without one family of rows.
  static let simulation = Study(name: "simulation") {
    try SimulationStudy().run()
  }
}

private struct SimulationStudy {
  /// Families that set constants, by name.
  private let calibrating: [(name: String, rows: (Calibration) -> [PublishedRow])] = [
    ("vTrain, one node", { PublishedRows.vtrainSingle($0) }),
    ("llm-foundry, 8 devices", { PublishedRows.foundry(onEight: true, $0) }),
    ("llm-foundry, 8 bits", { PublishedRows.foundry(onEight: true, narrow: true, $0) }),
  ]
  /// Families that set none.
  private let judged: [(name: String, rows: (Calibration) -> [PublishedRow])] = [
    ("vTrain, many nodes", { PublishedRows.vtrainMulti($0) }),
    ("Korthikanti 2022", { PublishedRows.korthikanti($0) }),
    ("Megatron 2020", { PublishedRows.megatron2020($0) }),
    ("torchtitan, speed", { PublishedRows.torchtitan(memory: false, $0) }),
    ("torchtitan, memory", { PublishedRows.torchtitan(memory: true, $0) }),
  ]

  func run() throws {
    try writeRows()
    try writeFamilies()
    try writeLeftOut()
  }

  /// Every row that set nothing, and the 8-device ones that did.
  private func writeRows() throws {
    var table = StudyTable(
      "simulation-rows",
      columns: ["family", "group", "plan", "measured", "predicted", "error", "null"]
    )
    for (name, rows) in judged + calibrating.suffix(2) {
      let rows = rows(.standard)
      let constant = Residuals(name, rows).constant
      for row in rows {
        table.add([
          name, row.group, row.label, row.measured.digits(4), row.predicted.digits(4),
          row.error.digits(3), (row.ideal * constant / row.measured - 1).digits(3),
        ])
      }
    }
    try table.write()
  }

  private func writeFamilies() throws {
    var table = StudyTable(
      "simulation-families",
      columns: [
        "family", "sets constants", "rows", "mean error", "p90", "bias", "tau", "null model",
      ]
    )
    for (index, (name, rows)) in (judged + calibrating).enumerated() {
      let residuals = Residuals(name, rows(.standard))
      table.add([
        name, index < judged.count ? "no" : "yes", "\(residuals.rows.count)",
        residuals.mean.digits(3), residuals.p90.digits(3), residuals.bias.digits(3),
        residuals.order.digits(2), residuals.null.digits(3),
      ])
    }
    try table.write()
  }

  /// Constants set without one family; with both; as they stand.
  private func writeLeftOut() throws {
    var table = StudyTable(
      "simulation-left-out",
      columns: ["constants set without", "family", "mean error", "p90", "over standard"]
    )
    let standard = Dictionary(
      uniqueKeysWithValues: (judged + calibrating).map {
        ($0.name, Residuals($0.name, $0.rows(.standard)).mean)
      }
    )
    var values = StudyTable(
      "simulation-constants",
      columns: ["constants set without"] + CalibrationFit.constants.map { $0.name }
    )
    values.add(
      ["as they stand"]
        + CalibrationFit.constants.map { Calibration.standard[keyPath: $0.path].digits(4) }
    )
    let without = calibrating.map { $0.name } + ["none"]
    for name in without {
      let kept = calibrating.filter { $0.name != name }
      let fit = CalibrationFit { constants in kept.map { $0.rows(constants) } }
      let constants = fit.fitted()
      values.add([name] + CalibrationFit.constants.map { constants[keyPath: $0.path].digits(4) })
      for (family, rows) in judged + calibrating {
        let residuals = Residuals(family, rows(constants))
        table.add([
          name, family, residuals.mean.digits(3), residuals.p90.digits(3),
          (residuals.mean / (standard[family] ?? .nan)).digits(2),
        ])
      }
    }
    try table.write()
    try values.write()
  }
}

extension Double {
  /// Rounded to so many significant digits, for a table.
  fileprivate func digits(_ count: Int) -> String {
    guard self != 0, isFinite else { return isFinite ? "0" : "" }
    var unit = 1.0
    while magnitude * unit < 1 { unit *= 10 }
    while magnitude * unit >= 10 { unit /= 10 }
    for _ in 1..<count { unit *= 10 }
    let rounded = (self * unit).rounded() / unit
    return "\(rounded)"
  }
}
