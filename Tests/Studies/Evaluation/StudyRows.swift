import ColophonCore
import ColophonData
import ColophonEvaluation
import Foundation

/// Rows of a task, made here and measured by both sides.
struct StudyRows {
  let task: Task
  /// What is particular about them: `clean`, `tied`, `weighted`.
  let name: String
  /// What the peer reads, by the names that its call uses.
  let columns: [(name: String, values: [Double])]
  /// The peer's expression over its columns; `m` is metrics.py, `n` study_metrics.py.
  let call: String
  /// What stands in place of the peer's answer, where ours is defined otherwise: metrics that have no
  /// value here.
  let undefined: [String]
  let options: MetricOptions
  let cases: () throws -> Cases

  init(
    _ task: Task,
    _ name: String,
    columns: [(String, [Double])],
    call: String,
    undefined: [String] = [],
    options: MetricOptions = MetricOptions(),
    cases: @escaping () throws -> Cases
  ) {
    self.task = task
    self.name = name
    self.columns = columns.map { (name: $0.0, values: $0.1) }
    self.call = call
    self.undefined = undefined
    self.options = options
    self.cases = cases
  }

  static var all: [StudyRows] {
    binary + multiclass + regression + ranking + clustering + forecasting
  }

  static func stream(_ task: Task, _ name: String) -> RandomStream {
    RandomStream(root: 13, cell: "study", purpose: "\(task.rawValue) \(name)")
  }

  /// Weights of 0 to 1.5 in halves, so that the peer may repeat rows where it knows no weights.
  static func weight(_ isWeighted: Bool, _ stream: inout RandomStream) -> Double {
    isWeighted ? 0.5 * Double(stream.integer(below: 4)) : 1
  }

  /// What the peer says, by the functions that also made the tests' expected values; nil where it is
  /// missing.
  func expected() throws -> [String: Value]? {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("colophon-study-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, values) in columns {
      try values.withUnsafeBytes { try Data($0).write(to: folder.appendingPathComponent(name)) }
    }
    let makers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/make").path
    let reading = columns.map { "\($0.name) = np.fromfile(\"\(folder.path)/\($0.name)\")" }
    let script = """
      import importlib.util, json, warnings
      import numpy as np
      warnings.filterwarnings("ignore")
      def load(name):
          spec = importlib.util.spec_from_file_location(name, \"\(makers)/\" + name + ".py")
          module = importlib.util.module_from_spec(spec)
          spec.loader.exec_module(module)
          return module
      m, n = load("metrics"), load("study_metrics")
      \(reading.joined(separator: "\n"))
      clean = lambda v: None if v is None or v != v else float(v)
      print(json.dumps({k: clean(v) for k, v in (\(call)).items()}))
      """
    guard let output = Peer.run(script) else { return nil }
    var expected = try Value(json: Array(output.utf8)).asObject ?? [:]
    for name in undefined { expected[name] = .null }
    return expected
  }
}
