import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonMath
import Foundation

extension Study {
  /// Networks beside PyTorch's of equal settings: the same rows, layers, first weights' laws,
  /// optimiser and epochs, five seeds each; what differs is what is drawn.
  static let networks = Study(name: "networks") {
    let digits = try NetworkDigits()
    var table = StudyTable(
      "networks-parity",
      columns: [
        "network", "seeds", "accuracy", "deviation", "peer_accuracy", "peer_deviation",
        "difference", "standard_errors",
      ]
    )
    for contest in NetworkContest.all {
      let own = try contest.accuracies(digits)
      guard let peer = contest.peerAccuracies(digits) else {
        print("\(contest.name): the peer is missing")
        continue
      }
      let (a, b) = (NetworkContest.moments(own), NetworkContest.moments(peer))
      let count = Double(own.count)
      let error = ((a.deviation * a.deviation + b.deviation * b.deviation) / count).squareRoot()
      func text(_ number: Double) -> String { String(format: "%.5f", number) }
      table.add([
        contest.name, "\(own.count)", text(a.mean), text(a.deviation), text(b.mean),
        text(b.deviation), text(a.mean - b.mean),
        error > 0 ? String(format: "%.2f", (a.mean - b.mean) / error) : "0",
      ])
    }
    try table.write()
  }
}

/// The handbook's digits, every fourth for the test.
struct NetworkDigits {
  let train: TrainingRows
  let test: TrainingRows
  let text: String

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("notebooks/data/digits.csv")
    text = try String(contentsOf: file, encoding: .utf8)
    let rows = text.split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",").compactMap { Double($0) }
    }
    func part(_ kept: [[Double]]) -> TrainingRows {
      TrainingRows(
        features: FeatureMatrix(
          names: (0..<64).map { "p\($0)" },
          rows: kept.count,
          values: kept.flatMap { $0.dropLast() }
        ),
        labels: .classes(kept.map { Int32($0[64]) })
      )
    }
    train = part(rows.enumerated().filter { $0.offset % 4 != 0 }.map { $0.element })
    test = part(rows.enumerated().filter { $0.offset % 4 == 0 }.map { $0.element })
  }
}

/// One network, ours and the peer's.
struct NetworkContest {
  static let seeds = 5

  let name: String
  let algorithm: any NetworkAlgorithm.Type
  let settings: [String: Value]
  /// The peer's modules, with the shape of its rows.
  let peer: String
  let shape: String

  static let all = [perceptron, convolutional, recurrent]

  private static let perceptron = NetworkContest(
    name: "mlp 64-32 on digits",
    algorithm: MultilayerPerceptron.self,
    settings: ["epochs": 40],
    peer: "nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)",
    shape: "-1, 64"
  )

  private static let convolutional = NetworkContest(
    name: "cnn 16-32 on digits",
    algorithm: ConvolutionalNetwork.self,
    settings: [
      "epochs": 40,
      "layers": [
        ["conv2d": ["filters": 16, "padding": "same", "activation": "relu"]],
        ["conv2d": ["filters": 32, "padding": "same", "activation": "relu"]], ["max_pool": 2],
        "flatten", ["dropout": 0.25], ["dense": ["units": 64, "activation": "relu"]],
      ],
    ],
    peer: """
      nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(),
          nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(0.25), nn.Linear(512, 64), nn.ReLU(),
          nn.Linear(64, 10)
      """,
    shape: "-1, 1, 8, 8"
  )

  private static let recurrent = NetworkContest(
    name: "lstm 64 on digits line by line",
    algorithm: RecurrentNetwork.self,
    settings: ["epochs": 40, "layers": [["lstm": 64]], "sequence": ["features": 8]],
    peer: "Last(nn.LSTM(8, 64, batch_first=True)), nn.Linear(64, 10)",
    shape: "-1, 8, 8"
  )

  static func moments(_ numbers: [Double]) -> (mean: Double, deviation: Double) {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(max(1, numbers.count - 1))).squareRoot())
  }

  func accuracies(_ digits: NetworkDigits) throws -> [Double] {
    let classes = (0..<10).map { "\($0)" }
    return try (0..<NetworkContest.seeds).map { seed in
      let place = SourcePosition(path: "study", line: 1, column: 1)
      let all = settings.merging(["batch_size": 32, "learning_rate": 0.001]) { own, _ in own }
      var fields = FieldReader(
        all.sorted { $0.key < $1.key }.map {
          Node.Entry(key: $0.key, keyPosition: place, value: .written($0.value, at: place))
        },
        context: "a study",
        at: place
      )
      let recipe = algorithm.init(reading: &fields)
      let job = TrainingJob(
        task: .multiclass,
        classes: classes,
        splits: [.train: digits.train],
        scorer: Scorer([Metric](), classes: classes),
        threads: 2
      ) { RandomStream(root: UInt64(seed), cell: "study", purpose: $0) }
      let model = try recipe.fit(job, observer: SilentObserver()).model
      let said = try model.predict(digits.test.features)
      return Metric.named("accuracy", task: .multiclass, classes: classes)?.value(
        labels: digits.test.labels,
        predictions: said,
        classes: classes
      ) ?? .nan
    }
  }

  /// The peer's, its weights drawn by the same laws: uniform after He before a relu, after Glorot
  /// else; orthogonal for states; a forget gate that begins open.
  func peerAccuracies(_ digits: NetworkDigits) -> [Double]? {
    let scale = name.hasPrefix("mlp")
    let output = Peer.run(
      """
      import io, sys
      import numpy as np
      import torch
      from torch import nn
      torch.set_num_threads(2)
      data = np.loadtxt(io.StringIO(sys.stdin.read()), delimiter=',', skiprows=1)
      kept = np.arange(len(data)) % 4 != 0
      x, y = data[:, :64], data[:, 64].astype('int64')
      if \(scale ? "True" : "False"):
          mean, dev = x[kept].mean(0), x[kept].std(0)
      elif '\(shape)' == '-1, 8, 8':
          lines = x[kept].reshape(-1, 8)
          mean, dev = np.tile(lines.mean(0), 8), np.tile(lines.std(0), 8)
      else:
          mean, dev = x[kept].mean(), x[kept].std()
      dev = np.where(dev > 0, dev, 1)
      x = torch.tensor((x - mean) / dev, dtype=torch.float32).view(\(shape))
      y = torch.tensor(y)
      kept = torch.tensor(kept)
      class Last(nn.Module):
          def __init__(self, cell):
              super().__init__()
              self.cell = cell
          def forward(self, x):
              return self.cell(x)[1][0][0]
      for seed in range(\(NetworkContest.seeds)):
          torch.manual_seed(seed)
          modules = [\(peer)]
          for place, module in enumerate(modules):
              relu = place + 1 < len(modules) and isinstance(modules[place + 1], nn.ReLU)
              if hasattr(module, 'weight'):
                  if relu:
                      nn.init.kaiming_uniform_(module.weight, nonlinearity='relu')
                  else:
                      nn.init.xavier_uniform_(module.weight)
                  nn.init.zeros_(module.bias)
              if isinstance(module, Last):
                  cell = module.cell
                  nn.init.xavier_uniform_(cell.weight_ih_l0)
                  for gate in range(4):
                      nn.init.orthogonal_(cell.weight_hh_l0[gate * 64:gate * 64 + 64])
                  nn.init.zeros_(cell.bias_hh_l0)
                  nn.init.zeros_(cell.bias_ih_l0)
                  nn.init.ones_(cell.bias_ih_l0[64:128])
          net = nn.Sequential(*modules)
          steps = torch.optim.Adam(net.parameters(), lr=0.001)
          loss = nn.CrossEntropyLoss()
          a, b = x[kept], y[kept]
          for epoch in range(40):
              order = torch.randperm(len(a))
              for i in range(0, len(a), 32):
                  rows = order[i:i + 32]
                  steps.zero_grad()
                  loss(net(a[rows]), b[rows]).backward()
                  steps.step()
          net.eval()
          with torch.no_grad():
              print((net(x[~kept]).argmax(1) == y[~kept]).float().mean().item())
      """,
      input: digits.text
    )
    let numbers = output?.split(separator: "\n").compactMap { Double($0) }
    return numbers?.count == NetworkContest.seeds ? numbers : nil
  }
}
