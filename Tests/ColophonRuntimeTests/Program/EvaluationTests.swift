import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// Predictions files with every fault, as the program reports them.
@Suite struct EvaluatedPredictions {
  struct Fault: Sendable, CustomTestStringConvertible {
    var what: String
    var table: String
    var keys: String
    var more = ""
    /// What the one diagnostic must say: the row, the column, what is wrong.
    var says: [String]

    var testDescription: String { what }
  }

  private static let scored = "label: t, score: s"

  static let faults: [Fault] = [
    Fault(
      what: "a score is missing",
      table: "t,s\nyes,0.9\nno,\n",
      keys: scored,
      says: ["row 2", "column 's'", "missing"]
    ),
    Fault(
      what: "a score is not a number",
      table: "t,s\nyes,0.9\nno,0.1\nno,NaN\n",
      keys: scored,
      says: ["row 3", "column 's'", "not a number"]
    ),
    Fault(
      what: "a score is infinite",
      table: "t,s\nyes,0.9\nno,inf\n",
      keys: scored,
      says: ["row 2", "column 's'", "'inf'"]
    ),
    Fault(
      what: "a score is too large",
      table: "t,s\nyes,0.9\nno,1e999\n",
      keys: scored,
      says: ["row 2", "column 's'", "'1e999'"]
    ),
    Fault(
      what: "a probability is above 1",
      table: "t,s\nyes,0.9\nno,1.2\n",
      keys: scored,
      more: "metrics: [log_loss]",
      says: ["row 2", "column 's'", "1.2 is no probability"]
    ),
    Fault(
      what: "a probability is below 0",
      table: "t,s\nyes,0.9\nno,-0.2\n",
      keys: scored,
      more: "metrics: [ece]",
      says: ["row 2", "column 's'", "-0.2 is no probability"]
    ),
    Fault(
      what: "one of several probabilities is none",
      table: "t,a,b,c\nx,0.9,0.05,0.05\ny,1.1,-0.1,0\nz,0,0,1\n",
      keys: "label: t, probabilities: {x: a, y: b, z: c}",
      says: ["row 2", "column 'a'", "1.1, outside of 0 to 1"]
    ),
    Fault(
      what: "probabilities don't sum to 1",
      table: "t,a,b,c\nx,0.9,0.05,0.05\ny,0.5,0.1,0\nz,0,0,1\n",
      keys: "label: t, probabilities: {x: a, y: b, z: c}",
      says: ["row 2", "sum to 0.6, not 1"]
    ),
    Fault(
      what: "text stands for a score",
      table: "t,s\nyes,0.9\nno,high\n",
      keys: scored,
      says: ["row 2", "column 's'", "'high'"]
    ),
    Fault(
      what: "text stands for a number to predict",
      table: "t,s\n1.5,0.9\nmany,2\n",
      keys: "label: t, prediction: s, task: regression",
      says: ["row 2", "column 't'", "'many'"]
    ),
    Fault(
      what: "a third label",
      table: "t,s\nyes,0.9\nno,0.1\nmaybe,0.2\n",
      keys: scored,
      says: ["row 3", "column 't'", "third label"]
    ),
    Fault(
      what: "a label is missing",
      table: "t,s\nyes,0.9\n,0.2\nno,0.1\n",
      keys: scored,
      says: ["row 2", "column 't'", "missing"]
    ),
    Fault(
      what: "a weight is negative",
      table: "t,s,w\nyes,0.9,1\nno,0.1,-1\n",
      keys: scored + ", weight: w",
      says: ["row 2", "column 'w'", "-1"]
    ),
    Fault(
      what: "all weights are zero",
      table: "t,s,w\nyes,0.9,0\nno,0.1,0\n",
      keys: scored + ", weight: w",
      says: ["weights that are all 0"]
    ),
    Fault(
      what: "a column is missing",
      table: "t,z\nyes,0.9\nno,0.1\n",
      keys: scored,
      says: ["no column 's'"]
    ),
    Fault(
      what: "a row is too long",
      table: "t,s\nyes,0.9\nno,0.1,3\n",
      keys: scored,
      says: ["row 2", "3 fields, the header has 2"]
    ),
    Fault(
      what: "a row is too short",
      table: "t,s\nyes,0.9\nno\n",
      keys: scored,
      says: ["row 2", "1 field, the header has 2"]
    ),
    Fault(
      what: "the file is empty",
      table: "",
      keys: scored,
      says: ["the file is empty"]
    ),
    Fault(
      what: "the file has no rows",
      table: "t,s\n",
      keys: scored,
      says: ["a header and no rows"]
    ),
    Fault(
      what: "an id stands twice",
      table: "i,t,s\n7,yes,0.9\n8,no,0.1\n7,no,0.1\n",
      keys: scored + ", id: i",
      says: ["rows 1 and 3", "column 'i'", "'7'"]
    ),
    Fault(
      what: "a relevance is negative",
      table: "q,t,s\na,1,-30\na,-2,12\n",
      keys: "label: t, score: s, query: q",
      says: ["row 2", "column 't'", "-2.0, below 0"]
    ),
    Fault(
      what: "a quantile is missing",
      table: "t,a,b\n1,0.5,2\n3,,4\n",
      keys: "label: t, quantiles: {0.1: a, 0.5: b}",
      says: ["row 2", "column 'a'", "missing"]
    ),
  ]

  private func run(_ table: String, _ keys: String, _ more: String) throws -> (
    ending: ProcessRunner.Ending, folder: ProjectFolder
  ) {
    let folder = try ProjectFolder()
    try folder.write(table, to: "p.csv")
    try folder.write(
      "# Test\n\n```yaml evaluate m\npredictions: {file: p.csv, \(keys)}\n\(more)\n```\n",
      to: "test.md"
    )
    return (try folder.colophon("run", "test.md"), folder)
  }

  @Test(arguments: faults)
  func areRefusedWithTheirPlace(fault: Fault) throws {
    let (ending, folder) = try run(fault.table, fault.keys, fault.more)
    // The file tells it, so nothing runs.
    #expect(ending.status == 2, "\(ending.error)")
    #expect(!folder.exists("output"))
    let errors = ending.error.split(separator: "\n").filter { $0.contains(": error: ") }
    #expect(errors.count == 1, "\(ending.error)")
    // It points into the cell's configuration.
    #expect(errors.first?.hasPrefix("test.md:\(fault.more.contains("metrics") ? 5 : 4):") == true)
    for words in fault.says { #expect(errors.first?.contains(words) == true, "\(errors)") }
  }

  struct Defined: Sendable, CustomTestStringConvertible {
    var what: String
    var table: String
    var keys: String
    /// The values, nil for what is missing.
    var values: [String: Double?]

    var testDescription: String { what }
  }

  static let defined: [Defined] = [
    Defined(
      what: "one class only",
      table: "t,s\nyes,0.9\nyes,0.2\n",
      keys: scored,
      values: ["accuracy": 0.5, "roc_auc": nil, "pr_auc": 1, "specificity": nil, "recall": 0.5]
    ),
    Defined(
      what: "the negative class only",
      table: "t,s\n0,0.9\n0,0.2\n",
      keys: scored,
      values: ["accuracy": 0.5, "roc_auc": nil, "pr_auc": nil, "precision": 0, "recall": nil]
    ),
    Defined(
      what: "a constant score",
      table: "t,s\nyes,0.5\nno,0.5\nno,0.5\nno,0.5\n",
      keys: scored,
      values: ["roc_auc": 0.5, "gini": 0, "pr_auc": 0.25, "ks": 0, "mcc": nil, "npv": nil]
    ),
    Defined(
      what: "ties",
      table: "t,s\nyes,0.7\nno,0.7\nyes,0.7\nno,0.1\n",
      keys: scored,
      values: ["roc_auc": 0.75, "pr_auc": 2.0 / 3]
    ),
    Defined(
      what: "a weight of zero is no row",
      table: "t,s,w\nyes,0.9,1\nno,0.2,1\nno,0.95,0\n",
      keys: scored + ", weight: w",
      values: ["roc_auc": 1, "accuracy": 1, "rows": 2]
    ),
    Defined(
      what: "scores that are no probabilities",
      table: "t,s\nyes,30\nno,-12\n",
      keys: scored,
      values: ["roc_auc": 1]
    ),
    Defined(
      what: "a ranking takes any score",
      table: "q,t,s\na,1,-30\na,0,-1e12\nb,0,3\n",
      keys: "label: t, score: s, query: q",
      values: ["ndcg_all": 1, "mrr": 1]
    ),
    Defined(
      what: "an actual value of zero",
      table: "t,s\n0,1\n2,2\n",
      keys: "label: t, prediction: s, task: regression",
      values: ["mape": nil, "mae": 0.5, "smape": 1]
    ),
  ]

  @Test(arguments: defined)
  func haveTheirDefinedAnswer(defined: Defined) throws {
    let (ending, folder) = try run(defined.table, defined.keys, "")
    #expect(ending.status == 0, "\(ending.error)")
    let json = try Value(json: folder.bytes("output/test.json"))
    let values = try #require(json["cells"]?.asArray?.first?["values"])
    for (name, expected) in defined.values {
      #expect(values[name]?.asNumber == expected, "\(name): \(String(describing: values[name]))")
      if expected == nil { #expect(values[name] == .null, "\(name)") }
    }
  }
}
