import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// Rows of ten classes, for networks.
private struct NetworkJob: Sendable {
  var algorithm: String
  var recipe: Value
  /// How the peer builds its network, and the shape of a row.
  var peer: String
  var shape: String
  var batch: Int
}

extension Benchmark {
  /// Training steps of networks beside PyTorch's, on as many threads: batches are drawn, gone through
  /// there and back, and weights changed by Adam; nothing is measured in between.
  static let networks = learning(
    "learning-networks",
    table: "networks",
    [1, 2].flatMap { threads in
      [
        network("mlp 64-32, batch 32", rows: 20_000, columns: 32, tabular, threads: threads),
        network("mlp 784-512-256-10, batch 128", rows: 6_400, columns: 784, wide, threads: threads),
        network("cnn 28 x 28, batch 64", rows: 3_200, columns: 784, images, threads: threads),
        network("lstm 128, length 100, batch 64", rows: 640, columns: 100, steps, threads: threads),
      ]
    }
  )

  private static let tabular = NetworkJob(
    algorithm: "mlp",
    recipe: [
      "layers": [
        ["dense": ["units": 64, "activation": "relu"]],
        ["dense": ["units": 32, "activation": "relu"]],
      ]
    ],
    peer: "nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)",
    shape: "-1, 32",
    batch: 32
  )

  private static let wide = NetworkJob(
    algorithm: "mlp",
    recipe: [
      "layers": [
        ["dense": ["units": 512, "activation": "relu"]],
        ["dense": ["units": 256, "activation": "relu"]],
      ]
    ],
    peer: "nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10)",
    shape: "-1, 784",
    batch: 128
  )

  private static let images = NetworkJob(
    algorithm: "cnn",
    recipe: [
      "layers": [
        ["conv2d": ["filters": 16, "activation": "relu"]], ["max_pool": 2],
        ["conv2d": ["filters": 32, "activation": "relu"]], ["max_pool": 2], "flatten",
      ]
    ],
    peer: """
      nn.Conv2d(1, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3), nn.ReLU(),
            nn.MaxPool2d(2), nn.Flatten(), nn.Linear(800, 10)
      """,
    shape: "-1, 1, 28, 28",
    batch: 64
  )

  private static let steps = NetworkJob(
    algorithm: "rnn",
    recipe: ["layers": [["lstm": 128]]],
    peer: "Last(nn.LSTM(1, 128, batch_first=True)), nn.Linear(128, 10)",
    shape: "-1, 100, 1",
    batch: 64
  )

  private static func network(
    _ title: String,
    rows: Int,
    columns: Int,
    _ job: NetworkJob,
    threads: Int
  ) -> LearningCase {
    LearningCase(
      title,
      rows: rows,
      columns: columns,
      threads: threads,
      peer: """
        import torch
        from torch import nn
        torch.set_num_threads(\(threads))
        class Last(nn.Module):
            def __init__(self, cell):
                super().__init__()
                self.cell = cell
            def forward(self, x):
                return self.cell(x)[1][0][0]
        def run(X, y, z):
            torch.manual_seed(1)
            x = torch.tensor(X, dtype=torch.float32).view(\(job.shape))
            t = torch.tensor(np.clip((z + 3) / 0.6, 0, 9).astype("int64"))
            net = nn.Sequential(\(job.peer))
            steps = torch.optim.Adam(net.parameters())
            loss = nn.CrossEntropyLoss()
            order = torch.randperm(len(x))
            for i in range(0, len(x), \(job.batch)):
                rows = order[i:i + \(job.batch)]
                steps.zero_grad()
                loss(net(x[rows]), t[rows]).backward()
                steps.step()
        """
    ) { table in
      let classes = (0..<10).map { "\($0)" }
      let labels = table.numbers.map { Int32(min(9, max(0, ($0 + 3) / 0.6))) }
      let training = TrainingJob(
        task: .multiclass,
        classes: classes,
        splits: [.train: TrainingRows(features: table.features, labels: .classes(labels))],
        scorer: Scorer([Metric](), classes: classes),
        threads: threads
      ) { RandomStream(root: 7, cell: "bench", purpose: $0) }
      let place = SourcePosition(path: "bench", line: 1, column: 1)
      let settings = (job.recipe.asObject ?? [:]).merging([
        "epochs": 1, "batch_size": .integer(job.batch),
      ]) { $1 }
      let entries = settings.sorted { $0.key < $1.key }.map {
        ($0.key, Node.written($0.value, at: place).content)
      }
      try table.fit(job.algorithm, entries, training)
    }
  }
}
