#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The matrix products of an OpenBLAS found at run time, on one thread.
struct OpenBLAS {
  typealias Doubles =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Double, UnsafePointer<Double>?, Int32,
      UnsafePointer<Double>?, Int32, Double, UnsafeMutablePointer<Double>?, Int32
    ) -> Void
  typealias Floats =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>?, Int32,
      UnsafePointer<Float>?, Int32, Float, UnsafeMutablePointer<Float>?, Int32
    ) -> Void

  private let doubles: Doubles
  private let floats: Floats

  /// Nil where the library isn't installed.
  init?() {
    guard let library = dlopen("libopenblas.so.0", RTLD_NOW),
      let double = dlsym(library, "cblas_dgemm"), let float = dlsym(library, "cblas_sgemm"),
      let threads = dlsym(library, "openblas_set_num_threads")
    else { return nil }
    unsafeBitCast(threads, to: (@convention(c) (Int32) -> Void).self)(1)
    doubles = unsafeBitCast(double, to: Doubles.self)
    floats = unsafeBitCast(float, to: Floats.self)
  }

  /// C = A · B of order n; 101 is row-major and 111 untransposed in the C interface.
  func product(_ n: Int, _ a: [Double], _ b: [Double], into c: inout [Double]) {
    let n = Int32(n)
    doubles(101, 111, 111, n, n, n, 1, a, n, b, n, 0, &c, n)
  }

  /// The same for floats.
  func product(_ n: Int, _ a: [Float], _ b: [Float], into c: inout [Float]) {
    let n = Int32(n)
    floats(101, 111, 111, n, n, n, 1, a, n, b, n, 0, &c, n)
  }
}
