import CKernels

extension ConvolutionOperation {
  /// The gradients of weights and bias: each block of examples by itself, then the blocks in order.
  func sumGradients(_ at: Places, _ pass: Pass) {
    let size = max(1, (pass.rows + ConvolutionOperation.blocks - 1) / ConvolutionOperation.blocks)
    let blocks = (pass.rows + size - 1) / size
    let stride = weight.count + filters
    let partial = at.work[4]
    pass.share(blocks) { part in
      for block in part {
        let rows = block * size..<min((block + 1) * size, pass.rows)
        sumBlock(rows, at, into: partial + block * stride)
      }
    }
    let target = pass.gradients + weight.offset
    target.update(from: partial, count: weight.count)
    for block in 1..<max(blocks, 1) {
      ck_net_add(weight.count, partial + block * stride, target)
    }
    guard let bias else { return }
    let sums = pass.gradients + bias.offset
    sums.update(from: partial + weight.count, count: filters)
    for block in 1..<max(blocks, 1) {
      ck_net_add(filters, partial + block * stride + weight.count, sums)
    }
  }

  private func sumBlock(_ rows: Range<Int>, _ at: Places, into sums: UnsafeMutablePointer<Float>) {
    let lines = StretchTable.lines(geometry, channels: channels, filters: filters)
    let run = geometry.dilationX == 1 ? geometry.windowX : 1
    for row in rows {
      let image = UnsafePointer(
        geometry.isPadded ? at.work[0] + row * paddedCount : at.x + row * input.count
      )
      let slope = UnsafePointer(at.dy + row * output.count)
      for y in 0..<geometry.windowY {
        for x in stride(from: 0, to: geometry.windowX, by: run) {
          let shift =
            (y * geometry.dilationY * geometry.paddedWidth + x * geometry.dilationX) * channels
          lines.multiply(
            a: image + shift,
            b: slope,
            c: sums + (y * geometry.windowX + x) * channels * filters,
            rows: run * channels,
            columns: filters,
            isFirst: row == rows.lowerBound
          )
        }
      }
      ck_net_column_sums(
        output.places,
        filters,
        slope,
        filters,
        sums + weight.count,
        row == rows.lowerBound ? 1 : 0
      )
    }
  }

  /// The absolute terms of the gradients, summed.
  func addMagnitudes(_ at: Places, _ pass: Pass) {
    guard let magnitudes = pass.magnitudes else { return }
    let sums = magnitudes + weight.offset
    sums.update(repeating: 0, count: weight.count)
    for row in 0..<pass.rows {
      let image = geometry.isPadded ? at.work[0] + row * paddedCount : at.x + row * input.count
      for place in 0..<output.places {
        let (line, column) = (place / geometry.outWidth, place % geometry.outWidth)
        let slope = at.dy + row * output.count + place * filters
        addWindow(image, line, column, slope, to: sums)
      }
    }
    if let bias {
      pass.addMagnitudes(pass.rows * output.places, at.dy, filters, at: bias.offset)
    }
  }

  private func addWindow(
    _ image: UnsafePointer<Float>,
    _ line: Int,
    _ column: Int,
    _ slope: UnsafePointer<Float>,
    to sums: UnsafeMutablePointer<Float>
  ) {
    for y in 0..<geometry.windowY {
      for x in 0..<geometry.windowX {
        let row = line * geometry.strideY + y * geometry.dilationY
        let place = row * geometry.paddedWidth + column * geometry.strideX + x * geometry.dilationX
        for channel in 0..<channels {
          let size = image[place * channels + channel].magnitude
          let target = sums + ((y * geometry.windowX + x) * channels + channel) * filters
          for filter in 0..<filters { target[filter] += size * slope[filter].magnitude }
        }
      }
    }
  }

  /// The slope by the input: the slope of the output, with zeros between and around its pixels,
  /// under the turned window.
  func spreadSlopes(_ at: Places, _ pass: Pass) {
    guard let dx = at.dx else { return }
    turnWeights(pass.parameters + weight.offset, into: at.work[2])
    let turned = StretchTable.turnedWindow(
      geometry,
      width: spreadWidth,
      channels: channels,
      filters: filters
    )
    let strands = max(1, min(pass.threads, pass.rows))
    let room = spreadHeight * spreadWidth * filters
    Workers.share(strands, among: strands) { strand in
      let spread = at.work[3] + strand * room
      for row in pass.rows * strand / strands..<pass.rows * (strand + 1) / strands {
        spreadOut(at.dy + row * output.count, into: spread, room)
        for line in 0..<geometry.height {
          turned.multiply(
            a: UnsafePointer(spread) + line * spreadWidth * filters,
            b: UnsafePointer(at.work[2]),
            c: dx + row * input.count + line * geometry.width * channels,
            rows: geometry.width,
            columns: channels
          )
        }
      }
    }
  }

  private func turnWeights(
    _ weights: UnsafePointer<Float>,
    into turned: UnsafeMutablePointer<Float>
  ) {
    let area = geometry.windowY * geometry.windowX
    for place in 0..<area {
      let from = weights + (area - 1 - place) * channels * filters
      let to = turned + place * channels * filters
      for channel in 0..<channels {
        for filter in 0..<filters {
          to[filter * channels + channel] = from[channel * filters + filter]
        }
      }
    }
  }

  private func spreadOut(
    _ slope: UnsafePointer<Float>,
    into spread: UnsafeMutablePointer<Float>,
    _ room: Int
  ) {
    spread.update(repeating: 0, count: room)
    let (top, left) = (geometry.reachY - 1 - geometry.padY, geometry.reachX - 1 - geometry.padX)
    for line in 0..<geometry.outHeight {
      let y = line * geometry.strideY + top
      guard y >= 0, y < spreadHeight else { continue }
      for column in 0..<geometry.outWidth {
        let x = column * geometry.strideX + left
        guard x >= 0, x < spreadWidth else { continue }
        (spread + (y * spreadWidth + x) * filters).update(
          from: slope + (line * geometry.outWidth + column) * filters,
          count: filters
        )
      }
    }
  }
}
