import CKernels

/// Numbers as they are, then a vector for each category that stands among them.
///
/// At every place of the input there are `numbers` numbers and then a position for each category; a
/// position below 0 or beyond the table has zeros. As the first operation of a chain it gives no
/// slope by its input.
package struct CategoryOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor
  /// How many numbers stand before the categories.
  package let numbers: Int
  /// One a category: levels × numbers.
  package var tables: [Parameter]

  /// `levels`: How many levels each category has.
  package init(
    _ name: String,
    _ input: Tensor,
    into index: Int,
    levels: [Int],
    width: Int
  ) {
    self.name = name
    self.input = input
    numbers = input.width - levels.count
    output = Tensor(
      index: index,
      shape: input.shape.dropLast() + [numbers + levels.count * width]
    )
    tables = levels.enumerated().map { place, count in
      Parameter("weight_\(place)", .weight, [count, width], fanIn: count, fanOut: width)
    }
  }

  package var parameters: [Parameter] { tables }

  package func placed(_ parameters: [Parameter]) -> CategoryOperation {
    var copy = self
    copy.tables = parameters
    return copy
  }

  package func forward(_ at: Places, _ pass: Pass) {
    for place in 0..<pass.rows * input.places {
      let x = at.x + place * input.width
      var y = at.y + place * output.width
      y.update(from: x, count: numbers)
      y += numbers
      for (k, table) in tables.enumerated() {
        let width = table.shape[1]
        if let level = level(x[numbers + k], table) {
          y.update(from: pass.parameters + table.offset + level * width, count: width)
        } else {
          y.update(repeating: 0, count: width)
        }
        y += width
      }
    }
  }

  /// Places add to their level's slope in order.
  package func backward(_ at: Places, _ pass: Pass) {
    for table in tables {
      (pass.gradients + table.offset).update(repeating: 0, count: table.count)
    }
    for place in 0..<pass.rows * input.places {
      let x = at.x + place * input.width
      var slope = at.dy + place * output.width + numbers
      for (k, table) in tables.enumerated() {
        let width = table.shape[1]
        if let level = level(x[numbers + k], table) {
          ck_net_add(width, slope, pass.gradients + table.offset + level * width)
        }
        slope += width
      }
    }
  }

  private func level(_ number: Float, _ table: Parameter) -> Int? {
    let level = Int(number)
    return (0..<table.shape[0]).contains(level) ? level : nil
  }
}
