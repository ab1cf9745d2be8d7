import ColophonCore
import ColophonLineage
import Testing

@Suite struct VerificationTests {
  /// A second run in which the cell `fit` has another stamp and output, and what else is changed.
  private func again(_ change: (inout Manifest.Cell) -> Void) -> Manifest {
    .sample(fit: {
      $0.stamp = sha("another stamp")
      change(&$0)
    })
  }

  private func verdict(
    _ again: Manifest,
    recorded: Manifest = .sample(),
    tolerance: CellTolerance? = nil
  ) -> CellVerdict? {
    Verification(
      recorded: recorded,
      again: again,
      tolerances: tolerance.map { ["fit": $0] } ?? [:]
    ).lines.last?.verdict
  }

  @Test func confirmsTheSameStamps() {
    let verification = Verification(recorded: .sample(), again: .sample())
    #expect(verification.passed)
    #expect(verification.lines.map { $0.verdict } == [.identical, .identical])
    #expect(
      verification.text == """
        identical  churn
        identical  fit
        all 2 cells are confirmed

        """
    )
  }

  @Test func namesTheFirstCellThatDiffersAndWhy() {
    let verification = Verification(
      recorded: .sample(),
      again: again { $0.values = ["test": ["roc_auc": 0.969]] }
    )
    #expect(!verification.passed)
    #expect(verification.firstDifference?.cell == "fit")
    #expect(
      verification.text == """
        identical  churn
        different  fit: test.roc_auc 0.971 → 0.969
        the first cell that differs is 'fit' (different: test.roc_auc 0.971 → 0.969)

        """
    )
  }

  @Test func tellsTheCauseBeforeTheConsequence() {
    let cases: [(String, Manifest)] = [
      ("kind train → tune", again { $0.kind = "tune" }),
      (
        "data/telco.csv absent → 2d71 1642",
        again { $0.files = ["data/telco.csv": sha("x")] }
      ),
      (
        "hyperparameters.eta 0.1 → 0.2",
        again {
          $0.configuration = ["algorithm": "xgboost", "hyperparameters": ["eta": 0.2]]
          $0.values = [:]
        }
      ),
      (
        "input 'churn' \(sha("churn stamp").short) → 2d71 1642",
        again {
          $0.inputs = ["churn": sha("x")]
        }
      ),
      ("output \(sha("fit output").short) → 2d71 1642", again { $0.output = sha("x") }),
      ("stamp \(sha("fit stamp").short) → \(sha("another stamp").short)", again { _ in }),
      ("status done → failed", again { $0.status = .failed }),
      (
        "engine 1.0.0 → 1.1.0",
        .sample(version: "1.1.0", fit: { $0.stamp = sha("another stamp") })
      ),
      (
        "library libxgboost 1.7.4 → 2.0.0",
        .sample(libraries: ["libxgboost": "2.0.0"], fit: { $0.stamp = sha("another stamp") })
      ),
    ]
    for (detail, again) in cases { #expect(verdict(again)?.detail == detail) }
  }

  /// An external cell, what its value is the second time, the tolerance, and whether it is confirmed.
  @Test(
    arguments: [
      (0.971, nil, true), (0.9711, nil, false),
      (0.9711, CellTolerance.all(0.001), true), (0.973, .all(0.001), false),
      (0.975, .paths(["test": 0.01]), true), (0.975, .paths(["test.roc_auc": 0.01]), true),
      (0.975, .paths(["test": 0.01, "test.roc_auc": 0.001]), false),
      (0.975, .paths(["test.roc": 0.01]), false),
    ] as [(Double, CellTolerance?, Bool)]
  )
  func comparesExternalCellsWithinTheirTolerance(
    value: Double,
    tolerance: CellTolerance?,
    confirmed: Bool
  ) {
    let recorded = Manifest.sample(fit: { $0.reproducibility = .external })
    let again = again {
      $0.reproducibility = .external
      $0.values = ["test": ["roc_auc": .number(value)]]
      $0.output = sha("another output")
    }
    let verdict = verdict(again, recorded: recorded, tolerance: tolerance)
    #expect(verdict?.confirms == confirmed)
    if confirmed { #expect(verdict == .withinTolerance) }
  }

  @Test func neverToleratesADifferenceInACellOfTheEngine() {
    let again = again { $0.values = ["test": ["roc_auc": 0.9711]] }
    #expect(verdict(again, tolerance: .all(1))?.confirms == false)
  }

  @Test func neverToleratesAMissingOrANotFiniteValue() {
    let recorded = Manifest.sample(fit: { $0.reproducibility = .external })
    for values in [[:], ["test": ["roc_auc": .null]], ["test": ["roc_auc": .number(.nan)]]]
      as [[String: Value]]
    {
      let again = again {
        $0.reproducibility = .external
        $0.values = values
      }
      #expect(verdict(again, recorded: recorded, tolerance: .all(1))?.confirms == false)
    }
  }

  @Test func tellsMissingFilesAndCellsThatWereNotRun() {
    let verification = Verification(
      recorded: .sample(),
      again: .sample(),
      missingFiles: ["churn": "data/telco.csv"],
      notRun: ["fit": "a script, and --allow-scripts was not given"]
    )
    #expect(!verification.passed)
    #expect(
      verification.text == """
        input missing  churn: data/telco.csv
        not run        fit: a script, and --allow-scripts was not given
        the first cell that differs is 'churn' (input missing: data/telco.csv)

        """
    )
    #expect(verification.value["first"] == "churn")
    #expect(verification.value["cells"]?.asArray?[0]["file"] == "data/telco.csv")
  }

  @Test func noticesCellsThatOnlyOneRunHas() {
    let whole = Manifest.sample()
    let half = Manifest(
      notebook: whole.notebook,
      parameters: whole.parameters,
      seed: whole.seed,
      engine: whole.engine,
      cells: [whole.cells[0]]
    )
    let gone = Verification(recorded: whole, again: half)
    #expect(gone.lines[1].verdict == .different(path: "cell", was: "present", now: "absent"))
    let new = Verification(recorded: half, again: whole)
    #expect(new.lines[1].verdict == .different(path: "cell", was: "absent", now: "present"))
  }

  @Test func confirmsACellThatWasSkippedBothTimes() {
    let skipped = Manifest.sample(fit: {
      $0.status = .skipped
      $0.stamp = nil
    })
    #expect(Verification(recorded: skipped, again: skipped).passed)
  }
}

@Suite struct VerificationOfThePage {
  private var record: Manifest {
    let notebook = Manifest.Notebook(
      path: "a.md",
      digest: Digest(of: Array("x".utf8)),
      title: "A",
      source: "x"
    )
    let cell = Manifest.Cell(name: "fit", kind: "train", stamp: Digest(of: Array("s".utf8)))
    return Manifest(
      notebook: notebook,
      parameters: [:],
      seed: 0,
      engine: .init(version: "1", libraries: [:]),
      cells: [cell]
    )
  }

  @Test func refusesAPageThatTheResultsDoNotMake() {
    let altered = Verification(recorded: record, again: record, isSamePage: false)
    #expect(!altered.passed && altered.pageIsAltered)
    #expect(altered.text.contains("it was edited"))
    #expect(Verification(recorded: record, again: record, isSamePage: true).passed)
  }

  @Test func refusesAValueThatWasEditedBesideItsStamp() {
    var cells = record.cells
    cells[0].values = ["loss": 0.5]
    let edited = Manifest(
      notebook: record.notebook,
      parameters: [:],
      seed: 0,
      engine: record.engine,
      cells: cells
    )
    #expect(!Verification(recorded: edited, again: record).passed)
  }
}
