package import ColophonCore
package import ColophonData
import ColophonReport

/// Makes features of a dataset's columns, by steps that learn from its training split alone.
package struct PrepareKind: CellKind, PreviewsDataset, UsesDataset, PreparesDataset, MakesDataset {
  package static let name = "prepare"
  package static let summary = "Feature engineering, fitted on the training split only."
  package static var produces: (any Artifact.Type)? { Dataset.self }

  package let data: Reference<Dataset>?
  package let recipe: PreparationRecipe
  /// Where each part of the steps stands, such as `steps[0].log.columns[1]`.
  private let places: FieldPlaces

  package init(reading fields: inout FieldReader) {
    data = fields.reference(
      "data",
      to: Dataset.self,
      required: true,
      "The dataset or prepare cell whose columns are made into features."
    )
    var places = FieldPlaces(fields.position)
    recipe = PreparationRecipe(steps: fields.steps(&places))
    self.places = places
  }

  package var dataCell: String? { data?.cell.value }
  package var preparedCell: Located<String>? { data?.cell }
  package var preparation: PreparationRecipe { recipe }

  package var values: [PathPattern] { DatasetValues.patterns + PrepareValues.patterns }

  package func check(in survey: Survey) -> [Diagnostic] {
    guard var preview = data.flatMap({ survey.preview(of: $0.cell.value) }) else { return [] }
    return recipe.foresee(&preview).map { fault in
      let place = places[nearest: fault.field]
      return Diagnostic(
        .error,
        fault.code,
        at: place.position,
        length: place.length,
        fault.message,
        hint: fault.hint
      )
    }
  }

  package func preview(in survey: Survey) -> DatasetPreview? {
    guard var preview = data.flatMap({ survey.preview(of: $0.cell.value) }) else { return nil }
    _ = recipe.foresee(&preview)
    return preview
  }

  /// Choosing columns takes models, and texts many columns.
  package var isQuicklyMade: Bool {
    !recipe.steps.contains { $0 is Select || $0 is Tfidf }
  }

  package func dataset(in workshop: Workshop) throws -> Dataset {
    guard let data else { throw CellFailure("the cell names no data", field: "data") }
    return try recipe.prepare(try workshop.load(data), source: nil) { place in
      workshop.random(for: "step", index: place)
    }.dataset
  }

  package func run(in workshop: Workshop) throws -> Outcome {
    guard let data else { throw CellFailure("the cell names no data", field: "data") }
    let before = try workshop.load(data)
    let source = workshop.digest(ofArtifactOf: data.cell.value)
    let made: (dataset: Dataset, reports: [PreparationRecipe.StepReport])
    do {
      made = try recipe.prepare(before, source: source) { place in
        workshop.random(for: "step", index: place)
      } stepEnded: { done in
        workshop.progress(Double(done) / Double(max(recipe.steps.count, 1)))
        try workshop.checkCancellation()
      }
    } catch let faults as DataFaults {
      throw CellFailure(
        faults.faults.map { $0.message }.joined(separator: "; "),
        hint: faults.faults.compactMap { $0.hint }.first,
        field: faults.faults.first.flatMap { places.nearest($0.field) } ?? "steps"
      )
    }
    let profile = DatasetProfile(made.dataset)
    var values = DatasetValues.values(
      made.dataset,
      profile,
      digest: Digest(of: made.dataset.encodedBytes)
    )
    values.merge(PrepareValues.values(made.reports, source: source)) { _, new in new }
    return Outcome(
      artifact: made.dataset,
      values: values,
      exhibits: PrepareExhibits.exhibits(
        before,
        made.dataset,
        made.reports,
        source: data.cell.value
      ),
      advice: advice(made.reports)
    )
  }

  /// What the steps met, each at the nearest field that the author wrote.
  private func advice(_ reports: [PreparationRecipe.StepReport]) -> [Advice] {
    reports.enumerated().flatMap { place, report in
      report.notices.map { notice in
        let path = "steps[\(place)].\(type(of: report.fitted).name).\(notice.field)"
        return Advice(
          notice.code,
          notice.message,
          hint: notice.hint,
          field: places.nearest(path) ?? "steps"
        )
      }
    }
  }
}
