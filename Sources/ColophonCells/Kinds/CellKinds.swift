package import ColophonCore

/// The kinds of cell that a notebook may hold, in the order the reference lists them.
package let cellKinds = Catalogue<any CellKind.Type>(
  "cell kind",
  [
    DatasetKind.self,
    PrepareKind.self,
    TrainKind.self,
    TuneKind.self,
    CrossValidateKind.self,
    SimulateKind.self,
    EvaluateKind.self,
    CompareKind.self,
    BiasKind.self,
    DriftKind.self,
    ExplainKind.self,
    RegisterKind.self,
    RequireKind.self,
    PlotKind.self,
    TableKind.self,
  ]
) { $0.name }
