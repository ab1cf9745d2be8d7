// swift-tools-version: 6.1
import PackageDescription

// The engine's modules and what each may import: imports go down only, siblings never meet.
// A row is (name, imports of ours, imports of others).
typealias Row = (name: String, ours: [String], others: [Target.Dependency])

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let sqlite: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqliteLibrary: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)

let modules: [Row] = [
  ("ColophonCore", [], [crypto]),
  ("ColophonMath", ["ColophonCore", "CKernels"], []),
  ("ColophonData", ["ColophonCore", "ColophonMath", "CZlib", "CPNG"], [sqliteLibrary]),
  ("ColophonEvaluation", ["ColophonCore", "ColophonMath", "ColophonData"], []),
  (
    "ColophonLearning",
    ["ColophonCore", "ColophonMath", "ColophonData", "ColophonEvaluation", "CXGBoost"], []
  ),
  ("ColophonCluster", ["ColophonCore", "ColophonMath"], []),
  ("ColophonTuning", ["ColophonCore", "ColophonMath"], []),
  ("ColophonLineage", ["ColophonCore"], [sqlite]),
  ("ColophonRegistry", ["ColophonCore", "ColophonLineage"], [sqlite, sqliteLibrary, crypto]),
  ("ColophonReport", ["ColophonCore"], []),
  ("ColophonNotebook", ["ColophonCore", "CCmark"], [yams]),
  (
    "ColophonCells",
    [
      "ColophonCore", "ColophonMath", "ColophonData", "ColophonEvaluation", "ColophonLearning",
      "ColophonTuning", "ColophonCluster", "ColophonLineage", "ColophonRegistry",
      "ColophonReport",
    ], []
  ),
  (
    "ColophonRuntime",
    [
      "ColophonCore", "ColophonMath", "ColophonData", "ColophonLineage", "ColophonRegistry",
      "ColophonReport",
      "ColophonCells",
      "ColophonNotebook",
    ], []
  ),
]

// COLOPHON_MODULES="ColophonMath …" narrows a build to these modules' tests and what they stand on.
let chosen = Context.environment["COLOPHON_MODULES"]?.split(separator: " ").map(String.init)

let package = Package(
  name: "colophon",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "colophon", targets: ["colophon"])],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CCmark",
      pkgConfig: "libcmark",
      providers: [.apt(["libcmark-dev"])]
    ),
    .systemLibrary(name: "CXGBoost", providers: [.apt(["libxgboost-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .target(
      name: "CKernels",
      cSettings: [
        // -fwrapv: the kernels compute with the bits of doubles, of NaNs as well.
        .unsafeFlags([
          "-O3", "-ffp-contract=off", "-fno-math-errno", "-fno-fast-math", "-fwrapv",
        ])
      ]
    ),
    .executableTarget(
      name: "colophon",
      dependencies: [
        "ColophonCore", "ColophonLineage", "ColophonRegistry", "ColophonCells", "ColophonRuntime",
        arguments,
      ],
      // A static standard library halves the start; the build id is the digest of the running build.
      linkerSettings: [
        .unsafeFlags(
          ["-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCollections"]
            + [
              "-l_FoundationCShims", "-lswiftSynchronization", "-lstdc++", "-Xlinker",
              "--build-id=sha1",
            ]
        )
      ]
    ),
    .executableTarget(
      name: "colophon-bench",
      dependencies: [
        "ColophonCore", "ColophonMath", "ColophonData", "ColophonEvaluation", "ColophonLearning",
        "ColophonCluster", "ColophonLineage", "ColophonRegistry",
        "ColophonTuning",
      ],
      path: "Tests/Benchmarks"
    ),
    .executableTarget(
      name: "colophon-study",
      dependencies: modules.map { .init(stringLiteral: $0.name) } + ["ColophonPublishedRows"],
      path: "Tests/Studies"
    ),
    // Published measurements of training clusters, for the simulator's tests and its study.
    .target(
      name: "ColophonPublishedRows",
      dependencies: ["ColophonCore", "ColophonCluster"],
      path: "Tests/ColophonPublishedRows"
    ),
    .target(
      name: "ColophonTestSupport",
      dependencies: ["ColophonCore"],
      path: "Tests/ColophonTestSupport"
    ),
    // Counts allocations; only the tests are linked with it.
    .target(name: "CAllocations", path: "Tests/CAllocations"),
    // Writes to a store until it is killed; only the tests run it.
    .executableTarget(
      name: "ColophonStoreWriter",
      dependencies: ["ColophonCore", "ColophonLineage"],
      path: "Tests/ColophonStoreWriter"
    ),
    // Registers and promotes until it is killed; only the tests and the study run it.
    .executableTarget(
      name: "ColophonRegistryWriter",
      dependencies: ["ColophonCore", "ColophonLineage", "ColophonRegistry"],
      path: "Tests/ColophonRegistryWriter"
    ),
  ]
)

// Programs that tests start and kill.
let writers: [String: [Target.Dependency]] = [
  "ColophonLineage": ["ColophonStoreWriter"], "ColophonRegistry": ["ColophonRegistryWriter"],
  "ColophonCluster": ["ColophonPublishedRows"], "ColophonLearning": ["CAllocations"],
]

for module in modules {
  let dependencies = module.ours.map { Target.Dependency(stringLiteral: $0) } + module.others
  let helpers = writers[module.name] ?? []
  package.targets.append(.target(name: module.name, dependencies: dependencies))
  package.targets.append(
    .testTarget(
      name: module.name + "Tests",
      dependencies: dependencies + helpers + [
        .init(stringLiteral: module.name), "ColophonTestSupport",
      ]
    )
  )
}

if let chosen {
  var kept = Set(chosen.map { $0 + "Tests" })
  var open = package.targets.filter { kept.contains($0.name) }
  while let target = open.popLast() {
    for case .byNameItem(let name, _) in target.dependencies where kept.insert(name).inserted {
      open += package.targets.filter { $0.name == name }
    }
  }
  package.targets.removeAll { !kept.contains($0.name) }
  package.products.removeAll()
}

for target in package.targets where target.type != .system && target.name != "CKernels" {
  target.swiftSettings = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
