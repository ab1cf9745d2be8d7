import CKernels

extension MatrixProduct {
  /// op(A) · op(B).
  package static func product(
    _ a: Matrix,
    transposed aTransposed: Bool = false,
    _ b: Matrix,
    transposed bTransposed: Bool = false,
    threads: Int = 1
  ) -> Matrix {
    var c = Matrix(
      rows: aTransposed ? a.columns : a.rows,
      columns: bTransposed ? b.rows : b.columns
    )
    accumulate(
      a,
      transposed: aTransposed,
      b,
      transposed: bTransposed,
      beta: 0,
      into: &c,
      threads: threads
    )
    return c
  }

  /// C = alpha · op(A) · op(B) + beta · C.
  package static func accumulate(
    alpha: Double = 1,
    _ a: Matrix,
    transposed aTransposed: Bool = false,
    _ b: Matrix,
    transposed bTransposed: Bool = false,
    beta: Double = 1,
    into c: inout Matrix,
    threads: Int = 1
  ) {
    let m = aTransposed ? a.columns : a.rows
    let k = aTransposed ? a.rows : a.columns
    let other = bTransposed ? b.columns : b.rows
    let n = bTransposed ? b.rows : b.columns
    precondition(k == other, "\(m) × \(k) times \(other) × \(n)")
    precondition(c.rows == m && c.columns == n, "\(m) × \(n) into \(c.rows) × \(c.columns)")
    let stride = c.columns
    a.elements.withUnsafeBufferPointer { left in
      b.elements.withUnsafeBufferPointer { right in
        c.elements.withUnsafeMutableBufferPointer { target in
          guard let target = target.baseAddress else { return }
          accumulate(
            m: m,
            n: n,
            k: k,
            alpha: alpha,
            Operand(left.baseAddress, stride: a.columns, isTransposed: aTransposed),
            Operand(right.baseAddress, stride: b.columns, isTransposed: bTransposed),
            beta: beta,
            into: target,
            stride: stride,
            threads: threads
          )
        }
      }
    }
  }

  /// op(A) · x, the bits that the product with a one-column matrix has.
  package static func product(
    _ a: Matrix,
    transposed: Bool = false,
    _ x: [Double]
  ) -> [Double] {
    let length = transposed ? a.rows : a.columns
    precondition(x.count == length, "\(length) columns times \(x.count) elements")
    var y = Array(repeating: 0.0, count: transposed ? a.columns : a.rows)
    ck_matrix_times_vector(
      transposed ? 1 : 0,
      a.rows,
      a.columns,
      1,
      a.elements,
      a.columns,
      x,
      0,
      &y
    )
    return y
  }

  /// Aᵀ · diag(w) · A, as Newton's method on weighted rows needs it; symmetric to the last bit.
  ///
  /// Element (*i*, *j*), *i* ≥ *j*, adds (*w*ₖ *a*ₖᵢ) *a*ₖⱼ with *k* ascending, the first product
  /// rounded; without weights, *a*ₖᵢ *a*ₖⱼ.
  package static func gram(_ a: Matrix, weights: [Double]? = nil) -> Matrix {
    if let weights {
      precondition(weights.count == a.rows, "\(weights.count) weights for \(a.rows) rows")
    }
    var c = Matrix(rows: a.columns, columns: a.columns)
    if let weights {
      ck_weighted_gram(
        a.rows,
        a.columns,
        a.elements,
        a.columns,
        weights,
        &c.elements,
        c.columns
      )
    } else {
      ck_weighted_gram(a.rows, a.columns, a.elements, a.columns, nil, &c.elements, c.columns)
    }
    return c
  }

  /// A += (alpha x) yᵀ, one fused multiply-add an element.
  package static func addOuterProduct(
    alpha: Double = 1,
    _ x: [Double],
    _ y: [Double],
    to a: inout Matrix
  ) {
    precondition(
      x.count == a.rows && y.count == a.columns,
      "\(x.count) × \(y.count) into \(a.rows) × \(a.columns)"
    )
    ck_rank_one_update(a.rows, a.columns, alpha, x, y, &a.elements, a.columns)
  }
}
