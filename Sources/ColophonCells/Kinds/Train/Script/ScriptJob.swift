import ColophonCore
import ColophonData
import ColophonLearning

/// One run of a script: its root is filled, the program runs, what it left is taken.
struct ScriptJob {
  let recipe: ScriptRecipe
  let workshop: Workshop
  /// What an earlier run left in the checkpoint folder.
  var state: ScriptModel?
  /// The epoch at which the script will be asked for no more.
  var limit: Int?

  init(
    _ recipe: ScriptRecipe,
    in workshop: Workshop,
    from state: ScriptModel? = nil,
    upTo limit: Int? = nil
  ) {
    self.recipe = recipe
    self.workshop = workshop
    self.state = state
    self.limit = limit
  }

  /// One value of a metric, as it is printed.
  struct Reading {
    var metric: String
    var value: Double
    fileprivate var checkpoints: String
    /// Whether there is anything in the checkpoint folder.
    var hasState: Bool { !ScratchFolder.isEmpty(checkpoints) }
  }

  /// What a script that ran left behind.
  struct Result {
    var ending: ScriptProcess.Ending
    /// By metric, in the order of the definitions: a value for each line that had one.
    var curves: [(name: String, values: [Double])]
    /// The last lines that it printed.
    var lastLines: [String]
    /// All that it printed, up to a limit.
    var log: String
    var lineCount: Int
    /// What it wrote into `output/failure`, or else how it ended; nil where it ended well.
    var failure: String?
    var model: ScriptModel
    /// What it left in its checkpoint folder.
    var state: ScriptModel
    /// The identity of the image that ran; nil for a program of this machine.
    var image: String?
  }

  /// Lines that a report shows.
  static let shownLines = 12
  /// Bytes of output that are kept.
  private static let logLimit = 1 << 18
  /// Bytes of `output/failure` that are shown.
  private static let failureLimit = 1024

  /// Runs the script.
  ///
  /// `reading`: Told of each value of a metric as it is printed; false stops the script.
  func run(reading: (Reading) throws -> Bool = { _ in true }) throws -> Result {
    let scratch = try ScratchFolder()
    defer { scratch.remove() }
    let environment = ScriptEnvironment(root: scratch.path, recipe: recipe, limit: limit)
    try fill(scratch, environment)
    let container = try recipe.image.map { try ContainerRun($0, environment) }
    var isOver = false
    defer { if !isOver { container?.remove() } }
    let process =
      container?.process
      ?? ScriptProcess(
        command: recipe.command + recipe.arguments,
        environment: environment.variables,
        folder: environment.code,
        timeLimit: recipe.timeLimit
      )
    var output = Output(recipe.metrics)
    let ending = try process.run(check: { try workshop.checkCancellation() }) { line in
      var isWanted = true
      let shown = line.replacing(scratch.path, with: ScriptEnvironment.containerRoot)
      for (name, value) in output.take(shown) {
        let found = Reading(metric: name, value: value, checkpoints: environment.checkpoints)
        if try !reading(found) { isWanted = false }
      }
      return isWanted
    }
    if case .exited = ending { isOver = true }
    return Result(
      ending: ending,
      curves: output.curves,
      lastLines: output.lastLines,
      log: output.log,
      lineCount: output.lineCount,
      failure: failure(ending, environment),
      model: ScriptModel(ScratchFolder.files(under: environment.model)),
      state: ScriptModel(ScratchFolder.files(under: environment.checkpoints)),
      image: container?.identity
    )
  }

  private func fill(_ scratch: ScratchFolder, _ environment: ScriptEnvironment) throws {
    for folder in environment.folders { try scratch.makeFolder(folder) }
    for (name, content) in environment.configurationFiles {
      try scratch.write(content.canonicalBytes, to: "\(environment.configuration)/\(name)")
    }
    for file in recipe.files {
      guard !file.split(separator: "/").contains("..") else {
        throw CellFailure(
          "'\(file)' lies outside of the notebook's folder",
          hint: "put what a script needs beside the notebook",
          field: "command"
        )
      }
      let bytes = try workshop.read(file).bytes
      try scratch.write(bytes, to: "\(environment.code)/\(file)", isExecutable: true)
    }
    for file in state?.files ?? [] {
      let path = "\(environment.checkpoints)/\(file.path)"
      try scratch.write(file.bytes, to: path, isExecutable: file.isExecutable)
    }
    for channel in recipe.channels {
      let folder = "\(environment.data)/\(channel.name)"
      switch channel.source {
      case .file(let file):
        let name = file.value.split(separator: "/").last.map { String($0) } ?? file.value
        try scratch.write(try workshop.read(file.value).bytes, to: "\(folder)/\(name)")
      case .rows(let cell, let split):
        let dataset = try workshop.load(Dataset.self, from: cell)
        let text = DatasetText.csv(dataset, rows: dataset.rows(of: split))
        try scratch.write(Array(text.utf8), to: "\(folder)/\(split.rawValue).csv")
      }
    }
  }

  private func failure(
    _ ending: ScriptProcess.Ending,
    _ environment: ScriptEnvironment
  ) -> String? {
    let how: String
    switch ending {
    case .exited(0), .stopped: return nil
    case .exited(let status): how = "the script ended with status \(status)"
    case .signalled(let signal): how = "the script was ended by signal \(signal)"
    case .timedOut:
      let limit = DecimalText.general(recipe.timeLimit, digits: 6)
      how = "the script was ended after its time limit of \(limit) s"
    }
    let written = ScratchFolder.read(
      environment.output + "/failure",
      atMost: ScriptJob.failureLimit
    )
    let text = written.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let line = text.split(whereSeparator: { $0.isNewline }).joined(separator: " ")
      .replacing(environment.root, with: "/opt/ml")
    return line.isEmpty ? how : "\(how): \(line)"
  }

  /// What is read of a script's output.
  private struct Output {
    private let metrics: [ScriptRecipe.MetricDefinition]
    var curves: [(name: String, values: [Double])]
    var lastLines: [String] = []
    var log = ""
    var lineCount = 0

    init(_ metrics: [ScriptRecipe.MetricDefinition]) {
      self.metrics = metrics
      curves = metrics.map { ($0.name, []) }
    }

    /// The values of a line.
    mutating func take(_ line: String) -> [(String, Double)] {
      lineCount += 1
      lastLines.append(line)
      if lastLines.count > ScriptJob.shownLines { lastLines.removeFirst() }
      if log.utf8.count < ScriptJob.logLimit { log += line + "\n" }
      return metrics.enumerated().compactMap { place, metric in
        guard let match = metric.pattern.firstMatch(in: line),
          let text = match.count > 1 ? match[1] : match[0], let value = Double(text)
        else { return nil }
        curves[place].values.append(value)
        return (metric.name, value)
      }
    }
  }
}

/// Rows of a dataset as a file.
enum DatasetText {
  /// A header and the rows (RFC 4180), every column that isn't ignored; missing values are empty.
  static func csv(_ dataset: Dataset, rows: [Int]) -> String {
    let columns = dataset.table.columns.filter { $0.type != .ignore }
    var text = columns.map { quoted($0.name) }.joined(separator: ",") + "\n"
    for row in rows {
      text += columns.map { quoted($0.text(row) ?? "") }.joined(separator: ",") + "\n"
    }
    return text
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
      return field
    }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
