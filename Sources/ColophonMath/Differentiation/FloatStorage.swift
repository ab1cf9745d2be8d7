import CKernels

/// A stretch of floats at one address, zero at first, with room behind it for the last vector that
/// a kernel reads.
///
/// Who holds it sees to it that no two threads write to one place.
package final class FloatStorage: @unchecked Sendable {
  package let count: Int
  package let base: UnsafeMutablePointer<Float>

  package init(count: Int) {
    self.count = count
    let room = count + Int(CK_SLACK)
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: room * MemoryLayout<Float>.stride,
      alignment: 64
    )
    base = bytes.bindMemory(to: Float.self, capacity: room)
    base.initialize(repeating: 0, count: room)
  }

  package convenience init(_ elements: [Float]) {
    self.init(count: elements.count)
    elements.withUnsafeBufferPointer { source in
      if let from = source.baseAddress { base.update(from: from, count: source.count) }
    }
  }

  deinit { base.deallocate() }

  /// The elements, copied.
  package var elements: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }

  /// Takes over as many elements as there are.
  package func fill(with elements: [Float]) {
    precondition(elements.count == count, "\(elements.count) elements for \(count)")
    elements.withUnsafeBufferPointer { source in
      if let from = source.baseAddress { base.update(from: from, count: count) }
    }
  }
}
