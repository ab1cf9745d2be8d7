import Foundation

extension Benchmark {
  /// Whole processes, from the start to the written file, beside pandoc on the same notebook.
  ///
  /// `COLOPHON` names the program. A project folder is made for it and thrown away at the end.
  static let commands = Benchmark(name: "commands") {
    guard let program = ProcessInfo.processInfo.environment["COLOPHON"] else {
      print("left out: COLOPHON does not name the built program")
      return
    }
    do { try CommandBenchmark(program).run() } catch { print("left out: \(error)") }
  }
}

private struct CommandBenchmark {
  let program: String
  private let files = FileManager.default
  private let folder: URL

  init(_ program: String) throws {
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    self.program = URL(fileURLWithPath: program, relativeTo: here).path
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("colophon-bench-\(ProcessInfo.processInfo.processIdentifier)")
    let notebooks = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("notebooks")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    try files.copyItem(at: notebooks, to: folder.appendingPathComponent("notebooks"))
    try write(TestNotebook.trivial, to: "trivial.md")
    try write(TestNotebook.large(cells: 500, bytes: 1_000_000), to: "notebooks/medium.md")
    try write(TestNotebook.large(cells: 5_000, bytes: 10_000_000), to: "notebooks/large.md")
  }

  func run() throws {
    defer { try? files.removeItem(at: folder) }
    guard files.changeCurrentDirectoryPath(folder.path) else { return }
    let first = "notebooks/first-report.md"
    let colophon = { (words: String...) in Command(program, words) }
    show(
      "run of a trivial notebook, no project yet",
      colophon("run", "-q", "trivial.md"),
      beside: pandoc("trivial.md"),
      report: "output/trivial.html"
    ) {
      for left in [".colophon", "output"] { try? files.removeItem(atPath: left) }
    }
    _ = colophon("run", "-q", first).run()
    show(
      "run of the first report, nothing changed",
      colophon("run", "-q", first),
      beside: pandoc(first),
      report: "output/first-report.html"
    )
    show("check of the first report", colophon("check", first), beside: pandoc(first))
    show(
      "check of 500 cells in 1 MB",
      colophon("check", "notebooks/medium.md"),
      beside: pandoc("notebooks/medium.md"),
      runs: 3
    )
    // Pandoc takes most of a minute for ten times as much; a ratio to the line above says more.
    show("check of 5,000 cells in 10 MB", colophon("check", "notebooks/large.md"), runs: 3)
  }

  private func pandoc(_ notebook: String) -> Command {
    Command("pandoc", "--mathml", "-s", "-o", "pandoc.html", notebook)
  }

  private func show(
    _ what: String,
    _ command: Command,
    beside other: Command? = nil,
    runs: Int = 11,
    report: String? = nil,
    before: () -> Void = {}
  ) {
    guard
      let (own, peer) = Command.medians(of: command, beside: other, runs: runs, before: before)
    else {
      print("\(what): failed")
      return
    }
    var line = "\(what): \((own.wall * 1e3).short) ms, \((own.processor * 1e3).short) ms of them"
    line += " on a processor"
    // A child's peak can't read below that of the program that started it.
    if own.memory > Command.ownPeak * 2 {
      line += ", \((Double(own.memory) / 1_048_576).short) MiB at its peak"
    }
    if let peer { line += "; \((own.wall / peer.wall).short) of pandoc's time" }
    if let report, let bytes = size(of: report) {
      line += "; the report has \((Double(bytes) / 1e3).short) kB"
      if peer != nil, let other = size(of: "pandoc.html") {
        line += ", pandoc's page \((Double(other) / 1e3).short) kB"
      }
    }
    print(line)
  }

  private func size(of path: String) -> Int? {
    (try? files.attributesOfItem(atPath: path))?[.size] as? Int
  }

  private func write(_ text: String, to path: String) throws {
    try text.write(to: folder.appendingPathComponent(path), atomically: true, encoding: .utf8)
  }
}

/// Notebooks made for measuring.
enum TestNotebook {
  static let trivial = """
    # A note

    Some prose with *emphasis*, and a [link](https://example.org).

    | a | b |
    | --- | ---: |
    | one | 1 |
    | two | 2 |

    The end.

    """

  /// A notebook of so many cells of five kinds, filled up with prose to about so many bytes.
  static func large(cells: Int, bytes: Int) -> String {
    var text = "---\ntitle: A large notebook\nseed: 7\nparameters:\n  depth: 3\n---\n\n# Opening\n"
    for cell in 0..<cells {
      let group = cell / 5
      text += "\n## Part \(cell)\n\n```yaml \(config(cell % 5, group))```\n\n"
      text += "The data has `= data_\(group).rows` rows, and `= model_\(group).validation.roc_auc"
      text += " | .4f` is what the model reaches.\n\n"
      text += "| part | rows | what |\n| :--- | ---: | :--- |\n"
      text += "| all | `= data_\(group).rows` | every one |\n| few | 12 | **some** |\n\n"
      text += "- one\n- two\n  with more\n- three\n\n> A quote of some words.\n\n"
      while text.utf8.count * cells < bytes * (cell + 1) { text += prose }
    }
    return text
  }

  private static let prose = """
    An experiment says little by itself, yet *together* with others it **adds up**; see `code`, or
    [a link](https://example.org/page), and the plain words that follow it, which are long enough
    for a paragraph of several lines, so that most of the text is what most of a text is.


    """

  private static func config(_ kind: Int, _ group: Int) -> String {
    switch kind {
    case 0:
      """
      dataset data_\(group)
      source: data/breast-cancer.csv
      target: diagnosis
      positive: malignant
      split: {train: 0.6, validation: 0.2, test: 0.2, by: stratified}
      caption: The data of group \(group), with `= data_\(group).rows` rows.

      """
    case 1:
      """
      train model_\(group)
      data: data_\(group)
      algorithm: linear_learner
      hyperparameters: {alpha: 0.01, l1_ratio: 0.5}

      """
    case 2:
      """
      train boosted_\(group)
      data: data_\(group)
      algorithm: xgboost
      hyperparameters:
        max_depth: "${depth}"
        num_round: 20

      """
    case 3:
      """
      evaluate final_\(group)
      model: model_\(group)
      data: data_\(group)
      confidence: {method: bootstrap, level: 0.95, resamples: 200}

      """
    default:
      """
      require accept_\(group)
      - final_\(group).roc_auc >= 0.9
      - final_\(group).recall >= 50 %

      """
    }
  }
}
