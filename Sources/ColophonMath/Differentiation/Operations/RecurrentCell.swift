import CKernels

/// What happens to a recurrent layer's state at a step.
package enum RecurrentCell: Hashable, Sendable {
  /// The plain cell (Elman, 1990), with tanh or with relu.
  case plain(isRelu: Bool)
  /// Long short-term memory (Hochreiter and Schmidhuber, 1997; with the forget gate of Gers et al.,
  /// 2000).
  case lstm
  /// The gated recurrent unit (Cho et al., 2014), the reset gate after the product.
  case gru

  /// How many gates the cell has.
  package var gates: Int {
    switch self {
    case .plain: 1
    case .lstm: 4
    case .gru: 3
    }
  }

  /// Whether there is a cell beside the state.
  var hasCell: Bool { self == .lstm }
  /// Whether the gates' slopes from the state differ from those from the input.
  var hasOwnStateSlopes: Bool { self == .gru }

  func forward(_ cell: inout ck_cell) {
    switch self {
    case .plain(let isRelu):
      cell.is_relu = isRelu ? 1 : 0
      ck_net_elman(&cell)
    case .lstm: ck_net_lstm(&cell)
    case .gru: ck_net_gru(&cell)
    }
  }

  func backward(_ cell: inout ck_cell) {
    switch self {
    case .plain(let isRelu):
      cell.is_relu = isRelu ? 1 : 0
      ck_net_elman_slope(&cell)
    case .lstm: ck_net_lstm_slope(&cell)
    case .gru: ck_net_gru_slope(&cell)
    }
  }
}
