import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

extension Study {
  /// How far attributions lie from those of shap and of xgboost itself, and how long they take.
  static let explanation = Study(name: "explanation") {
    var table = StudyTable(
      "explanation-deviation",
      columns: [
        "model", "method", "rows", "features", "outputs", "deviation", "additivity", "ours_ms",
        "peer_ms", "peer",
      ]
    )
    for subject in ExplainedSubject.all { try subject.measure(into: &table) }
    try table.write()
    var budgets = StudyTable(
      "explanation-budgets",
      columns: ["explainer", "columns", "samples", "error", "largest_error"]
    )
    try SampledShares.measure(into: &budgets)
    try budgets.write()
  }
}

/// One model whose attributions are compared.
private struct ExplainedSubject {
  var name: String
  var algorithm: String
  var hyperparameters: [(String, Node.Content)]
  var task: Task
  var isMissing = false

  static let all: [ExplainedSubject] = [
    .init(
      name: "decision_tree",
      algorithm: "decision_tree",
      hyperparameters: [("max_depth", .integer(7))],
      task: .regression
    ),
    .init(
      name: "random_forest, regression",
      algorithm: "random_forest",
      hyperparameters: [("n_estimators", .integer(50)), ("max_depth", .integer(8))],
      task: .regression
    ),
    .init(
      name: "random_forest, three classes",
      algorithm: "random_forest",
      hyperparameters: [("n_estimators", .integer(30)), ("max_depth", .integer(6))],
      task: .multiclass
    ),
    .init(
      name: "adaboost, two classes",
      algorithm: "adaboost",
      hyperparameters: [("n_estimators", .integer(50))],
      task: .binary
    ),
    .init(
      name: "bagging of trees",
      algorithm: "bagging",
      hyperparameters: [("n_estimators", .integer(20))],
      task: .regression
    ), boosted("xgboost, two classes", [("max_depth", .integer(6))], .binary),
    boosted("xgboost, three classes", [("max_depth", .integer(5))], .multiclass),
    boosted("xgboost, missing values", [("max_depth", .integer(6))], .binary, missing: true),
    boosted(
      "xgboost, dart",
      [
        ("booster", .string("dart")), ("rate_drop", .number(0.2)), ("max_depth", .integer(5)),
      ],
      .regression
    ),
  ]

  private static func boosted(
    _ name: String,
    _ more: [(String, Node.Content)],
    _ task: Task,
    missing: Bool = false
  ) -> ExplainedSubject {
    ExplainedSubject(
      name: name,
      algorithm: "xgboost",
      hyperparameters: more + [("num_round", .integer(100)), ("seed", .integer(3))],
      task: task,
      isMissing: missing
    )
  }

  func measure(into table: inout StudyTable) throws {
    let rows = ExplanationRows.rows(3_000, missing: isMissing)
    let model = try ExplanationRows.fit(algorithm, hyperparameters, rows, task)
    guard let additive = try (model as? any Explainable)?.additiveModel(),
      case .trees(let form) = additive.form
    else { return }
    let some = ExplanationRows.first(1_000, of: rows)
    let few = ExplanationRows.first(40, of: rows)
    let background = ExplanationRows.last(30, of: rows)
    let library = try (model as? XGBoostModel)?.libraryBytes(format: "json")
    let answer = Peer.run(
      Self.script,
      input: ask(form, some, few, background, library: library).canonicalText
    ).flatMap { try? Value(json: Array($0.utf8)) }
    let said = form.sums(some)
    let comparisons: [(String, FeatureMatrix, () -> (values: [Double], gap: Double))] = [
      (
        "path-dependent", some,
        {
          let found = form.attributions(some, threads: 2)
          return (found.values, Self.gap(found, said))
        }
      ),
      (
        "interventional", few,
        {
          let found = form.attributions(few, background: background, threads: 2)
          return (found.values, Self.gap(found, said))
        }
      ),
      (
        "interactions", few,
        {
          let found = form.interactions(few, threads: 2)
          return (found.values, 0)
        }
      ),
      (
        "pred_contribs", some,
        {
          let found = form.attributions(some, threads: 2)
          return (found.values, Self.gap(found, said))
        }
      ),
    ]
    for (method, asked, body) in comparisons {
      if method == "pred_contribs", library == nil { continue }
      var found: (values: [Double], gap: Double) = ([], 0)
      let time = StudyClock.best { found = body() }
      let peer = answer?[method]
      let theirs = (peer?["values"]?.asArray ?? []).compactMap { $0.asNumber }
      table.add([
        name, method, "\(asked.rows)", "\(asked.columns)", "\(form.outputs)",
        theirs.count == found.values.count
          ? ExplanationText.number(Self.deviation(found.values, theirs)) : "",
        method == "interactions" ? "" : ExplanationText.number(found.gap),
        ExplanationText.number(time),
        peer?["ms"]?.asNumber.map { ExplanationText.number($0) } ?? "",
        method == "pred_contribs" ? "xgboost 1.7.4" : "shap 0.51.0",
      ])
    }
  }

  private static func deviation(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  private static func gap(_ found: Attributions, _ said: [Double]) -> Double {
    (0..<found.rows * found.outputs).reduce(0) { most, line in
      let (row, output) = line.quotientAndRemainder(dividingBy: found.outputs)
      return max(most, abs(found.total(row, output: output) - said[line]))
    }
  }

  /// The trees in shap's own form, and the rows; a missing value is null.
  private func ask(
    _ form: TreeForm,
    _ some: FeatureMatrix,
    _ few: FeatureMatrix,
    _ background: FeatureMatrix,
    library: [UInt8]?
  ) -> Value {
    func numbers(_ values: [Double]) -> Value {
      .array(values.map { $0.isNaN ? .null : .number($0) })
    }
    let trees = form.trees.map { tree -> Value in
      let wide = tree.features.indices.flatMap { node in
        (0..<form.outputs).map { output -> Double in
          let k = output - tree.firstOutput
          guard (0..<tree.outputs).contains(k), tree.features[node] < 0 else { return 0 }
          return tree.values[node * tree.outputs + k]
        }
      }
      return .object([
        "left": .array(tree.left.map { .integer(Int($0)) }),
        "right": .array(tree.right.map { .integer(Int($0)) }),
        "default": .array(
          tree.features.indices.map { node in
            .integer(Int(tree.missingGoesLeft[node] ? tree.left[node] : tree.right[node]))
          }
        ), "features": .array(tree.features.map { .integer(Int($0)) }),
        "thresholds": numbers(tree.thresholds), "covers": numbers(tree.covers),
        "values": numbers(wide),
      ])
    }
    var members: [String: Value] = [
      "trees": .array(trees), "offsets": numbers(form.offsets), "columns": .integer(form.features),
      "some": numbers(some.values), "few": numbers(few.values),
      "background": numbers(background.values),
    ]
    if let library { members["library"] = .string(String(decoding: library, as: UTF8.self)) }
    return .object(members)
  }

  private static let script = """
    import json, sys, time, tempfile, os, warnings
    import numpy as np, shap
    warnings.filterwarnings("ignore")
    q = json.load(sys.stdin)
    p, k = q["columns"], len(q["offsets"])
    def rows(name):
        return np.array([np.nan if v is None else v for v in q[name]], dtype=float).reshape(-1, p)
    some, few, background = rows("some"), rows("few"), rows("background")
    model = {"trees": [{
        "children_left": np.array(t["left"]), "children_right": np.array(t["right"]),
        "children_default": np.array(t["default"]), "features": np.array(t["features"]),
        "thresholds": np.array(t["thresholds"], dtype=float),
        "values": np.array(t["values"], dtype=float).reshape(-1, k),
        "node_sample_weight": np.array(t["covers"], dtype=float)} for t in q["trees"]]}
    def timed(f):
        best, out = 1e9, None
        for _ in range(2):
            start = time.perf_counter(); out = f(); best = min(best, time.perf_counter() - start)
        return np.asarray(out), best * 1000
    def shaped(v):
        v = np.asarray(v)
        return np.moveaxis(v, -1, 1) if k > 1 else v
    answer = {}
    path = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    v, ms = timed(lambda: path.shap_values(some, check_additivity=False))
    answer["path-dependent"] = {"values": shaped(v).ravel().tolist(), "ms": ms}
    inter = shap.TreeExplainer(model, background, feature_perturbation="interventional")
    v, ms = timed(lambda: inter.shap_values(few, check_additivity=False))
    answer["interventional"] = {"values": shaped(v).ravel().tolist(), "ms": ms}
    v, ms = timed(lambda: path.shap_interaction_values(few))
    answer["interactions"] = {"values": shaped(v).ravel().tolist(), "ms": ms}
    if "library" in q:
        import xgboost
        with tempfile.TemporaryDirectory() as d:
            name = os.path.join(d, "m.json")
            open(name, "w").write(q["library"])
            booster = xgboost.Booster({"nthread": 2}); booster.load_model(name)
        matrix = xgboost.DMatrix(some)
        v, ms = timed(lambda: booster.predict(matrix, pred_contribs=True))
        answer["pred_contribs"] = {"values": v[..., :-1].ravel().tolist(), "ms": ms}
    json.dump(answer, sys.stdout)
    """
}
