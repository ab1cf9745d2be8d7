import CKernels

extension Elementary {
  /// The functions of one number, for callers that choose among them.
  package enum Function: String, CaseIterable, Sendable {
    case exp, expm1, log, log1p, log2, log10, tanh, sigmoid, softplus
    case erf, erfc, sin, cos, atan, asin, acos, lgamma

    /// The function of one number.
    package func callAsFunction(_ x: Double) -> Double {
      switch self {
      case .exp: ck_exp(x)
      case .expm1: ck_expm1(x)
      case .log: ck_log(x)
      case .log1p: ck_log1p(x)
      case .log2: ck_log2(x)
      case .log10: ck_log10(x)
      case .tanh: ck_tanh(x)
      case .sigmoid: ck_sigmoid(x)
      case .softplus: ck_softplus(x)
      case .erf: ck_erf(x)
      case .erfc: ck_erfc(x)
      case .sin: ck_sin(x)
      case .cos: ck_cos(x)
      case .atan: ck_atan(x)
      case .asin: ck_asin(x)
      case .acos: ck_acos(x)
      case .lgamma: ck_lgamma(x)
      }
    }

    /// The function of every element, the same bits as one by one.
    package func callAsFunction(_ x: [Double]) -> [Double] {
      x.withUnsafeBufferPointer { source in
        Array(unsafeUninitializedCapacity: x.count) { target, count in
          self(source, into: target)
          count = source.count
        }
      }
    }

    /// The function of every element of a buffer, written to another or to the same.
    package func callAsFunction(
      _ source: UnsafeBufferPointer<Double>,
      into target: UnsafeMutableBufferPointer<Double>
    ) {
      precondition(target.count >= source.count, "\(target.count) of \(source.count) places")
      kernel(source.baseAddress, target.baseAddress, source.count)
    }

    /// The kernel over arrays.
    private var kernel:
      @convention(c) (UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int) -> Void
    {
      switch self {
      case .exp: ck_exp_array
      case .expm1: ck_expm1_array
      case .log: ck_log_array
      case .log1p: ck_log1p_array
      case .log2: ck_log2_array
      case .log10: ck_log10_array
      case .tanh: ck_tanh_array
      case .sigmoid: ck_sigmoid_array
      case .softplus: ck_softplus_array
      case .erf: ck_erf_array
      case .erfc: ck_erfc_array
      case .sin: ck_sin_array
      case .cos: ck_cos_array
      case .atan: ck_atan_array
      case .asin: ck_asin_array
      case .acos: ck_acos_array
      case .lgamma: ck_lgamma_array
      }
    }
  }
}
