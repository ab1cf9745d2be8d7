import CKernels

/// The instruction sets that the kernels are written for; all give the same bits.
package enum CodePath: String, CaseIterable, Sendable {
  /// Plain C, one element at a time.
  case scalar
  /// x86-64 with AVX2 and FMA.
  case avx2
  /// x86-64 with AVX-512.
  case avx512
  /// AArch64.
  case neon

  /// The paths that this processor can run, the narrowest first.
  package static var available: [CodePath] {
    allCases.filter { ck_path_available($0.number) != 0 }
  }

  /// The path that calls from this thread take: the widest, unless another was chosen.
  package static var current: CodePath {
    let number = ck_path()
    return allCases.first { $0.number == number } ?? .scalar
  }

  /// Makes this the path of the whole process; false if the processor can't run it.
  package func chooseForProcess() -> Bool {
    ck_set_path(number) != 0
  }

  /// Runs a body whose kernels, on this thread, take one path.
  package static func withPath<Result>(
    _ path: CodePath,
    _ body: () throws -> Result
  ) rethrows -> Result {
    precondition(ck_path_available(path.number) != 0, "\(path) can't run here")
    let before = ck_set_thread_path(path.number)
    defer { _ = ck_set_thread_path(before) }
    return try body()
  }

  private var number: Int32 {
    switch self {
    case .scalar: Int32(CK_PATH_PLAIN)
    case .avx2: Int32(CK_PATH_AVX2)
    case .avx512: Int32(CK_PATH_AVX512)
    case .neon: Int32(CK_PATH_NEON)
    }
  }
}
