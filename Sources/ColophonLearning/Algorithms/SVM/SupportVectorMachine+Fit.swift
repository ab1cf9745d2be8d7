import ColophonCore
package import ColophonData
import ColophonMath

extension SupportVectorMachine {
  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    if let fault = faults(for: job.task).first { throw fault }
    if job.earlyStopping != nil { throw TrainingFault.nothingToStop(SupportVectorMachine.name) }
    try SupportVectorMachine.checkSizes(job.trainingRows().features)
    let rows = try job.trainingRows()
    let weighed = try rows.weighed(for: SupportVectorMachine.name)
    let material = material(rows.features, weighed)
    let fitted: SVMFit
    switch (job.task, rows.labels) {
    case (.regression, .numbers(let numbers)):
      if let row = weighed.kept.first(where: { !numbers[$0].isFinite }) {
        throw TrainingFault.targetNotFinite(row: row)
      }
      fitted = regression(material, weighed.kept.map { numbers[$0] })
    case (.binary, .classes(let codes)), (.multiclass, .classes(let codes)):
      guard weighed.kept.allSatisfy({ job.classes.indices.contains(Int(codes[$0])) })
      else { throw TrainingFault.labelsOfOtherKind(job.task) }
      fitted = try classification(material, weighed.kept.map { Int(codes[$0]) }, job)
    default: throw TrainingFault.labelsOfOtherKind(job.task)
    }
    return try job.finished(
      fitted.model,
      rounds: fitted.iterations,
      notes: notes(fitted),
      observer: observer
    )
  }

  /// Squares of larger numbers, and their sums, leave the range of doubles.
  private static let largest = 1e100

  private static func checkSizes(_ features: FeatureMatrix) throws {
    guard let place = features.values.firstIndex(where: { $0.magnitude > largest }) else { return }
    let width = max(1, features.columns)
    throw TrainingFault(
      "train.not-finite",
      "'\(features.names[place % width])' holds numbers above 1e100 in row \(place / width + 1), whose "
        + "kernel is not finite",
      hint: "standardize the features in a prepare cell"
    )
  }

  private func material(_ features: FeatureMatrix, _ weighed: WeighedRows) -> SVMMaterial {
    let values = features.values(of: weighed.kept)
    let weights = weighed.weights ?? [Double](repeating: 1, count: weighed.kept.count)
    return SVMMaterial(
      values: values,
      width: features.columns,
      weights: weights,
      places: weighed.kept,
      features: features.names,
      kernel: SVMKernel(
        kind: kernel,
        gamma: gammaValue(values, width: features.columns, weights: weights),
        degree: degree,
        constant: constant
      )
    )
  }

  /// γ, by its rule.
  private func gammaValue(_ values: [Double], width: Int, weights: [Double]) -> Double {
    switch gamma {
    case .number(let number): return number
    case .auto: return 1 / Double(width)
    case .scale:
      let total = weights.reduce(0, +) * Double(width)
      var mean = 0.0
      for (i, value) in values.enumerated() { mean += weights[i / width] * value }
      mean /= total
      var variance = 0.0
      for (i, value) in values.enumerated() {
        variance += weights[i / width] * ((value - mean) * (value - mean))
      }
      variance /= total
      return variance > 0 ? 1 / (Double(width) * variance) : 1
    }
  }

  var solverSettings: SMOProblem.Settings {
    SMOProblem.Settings(
      tolerance: tolerance,
      shrinking: shrinking,
      cacheBytes: Int(cacheSize * 1_048_576),
      maxIterations: maxIterations < 0 ? nil : maxIterations
    )
  }

  private func regression(_ material: SVMMaterial, _ targets: [Double]) -> SVMFit {
    let bounds = material.weights.map { cost * $0 }
    let problem = SMOProblem(
      kernel: material.kernel,
      rows: material.values,
      width: material.width,
      signs: targets.map { _ in 1 } + targets.map { _ in -1 },
      linear: targets.map { epsilon - $0 } + targets.map { epsilon + $0 },
      bounds: bounds + bounds
    )
    let solution = SMOSolver(problem, solverSettings).solve()
    let support = solution.coefficients.indices.filter { solution.coefficients[$0] != 0 }
    let model = SVMModel(
      task: .regression,
      classCount: 0,
      present: [],
      features: material.features,
      kernel: material.kernel,
      vectors: support.flatMap { material.row($0) },
      places: support.map { material.places[$0] },
      counts: [support.count],
      coefficients: support.map { solution.coefficients[$0] },
      intercepts: [-solution.threshold],
      scalings: [],
      objectives: [solution.objective]
    )
    return SVMFit(
      model: model,
      iterations: solution.iterations,
      isConverged: solution.isConverged
    )
  }

  private func notes(_ fit: SVMFit) -> [TrainingNote] {
    var notes = [
      TrainingNote(
        "iterations",
        "\(fit.iterations)",
        note: fit.isConverged ? nil : "max_iter was reached before the optimum",
        isWarning: !fit.isConverged
      ),
      TrainingNote("support vectors", "\(fit.model.places.count)"),
      TrainingNote(
        "dual objective",
        fit.model.objectives.prefix(3).map { DecimalText.general($0, digits: 6) }
          .joined(separator: ", ") + (fit.model.objectives.count > 3 ? ", …" : "")
      ),
    ]
    if kernel != .linear {
      notes.append(TrainingNote("gamma", DecimalText.general(fit.model.kernel.gamma, digits: 5)))
    }
    return notes
  }
}

/// The rows that a machine learns from.
struct SVMMaterial: Sendable {
  /// Row-major.
  var values: [Double]
  var width: Int
  var weights: [Double]
  /// Which of the training rows each row is.
  var places: [Int]
  var features: [String]
  var kernel: SVMKernel

  func row(_ index: Int) -> ArraySlice<Double> { values[index * width..<(index + 1) * width] }

  /// Some rows, row-major.
  func rows(_ chosen: [Int]) -> [Double] { chosen.flatMap { Array(row($0)) } }
}

/// A machine, and how it was come by.
struct SVMFit {
  var model: SVMModel
  var iterations: Int
  var isConverged: Bool
}
