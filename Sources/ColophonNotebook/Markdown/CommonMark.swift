import CCmark

/// A document as libcmark read it, walked as a stream of plain events.
///
/// This is the only file that meets libcmark; no pointer leaves it. The iterator keeps its own stack,
/// so that no nesting can exhaust ours.
final class CommonMark {
  /// One step into or out of a node.
  struct Event {
    enum Kind {
      case document, quote, item, paragraph, thematicBreak
      case list(start: Int?, isTight: Bool)
      case heading(level: Int)
      case code(info: String, text: String)
      case html(String)
      case text(String), codeSpan(String), htmlSpan(String)
      case softBreak, hardBreak, emphasis, strong
      case link(destination: String, title: String)
      case image(destination: String, title: String)
    }

    var kind: Kind
    /// Leaves are entered and never left.
    var isEntering: Bool
    /// Where libcmark says that the node starts; exact for blocks, to be checked for inlines.
    var line: Int
    var column: Int
    var endLine: Int
  }

  enum Step { case on, overChildren }

  private let root: OpaquePointer?

  /// Parses valid UTF-8 without NUL; a null document where memory runs out.
  init(_ bytes: [UInt8]) {
    root = bytes.withUnsafeBytes { buffer in
      cmark_parse_document(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
        buffer.count,
        CMARK_OPT_SOURCEPOS
      )
    }
  }

  deinit { if let root { cmark_node_free(root) } }

  /// Hands over each event in the document's order; `blocksOnly` passes over paragraphs' inlines.
  func forEachEvent(blocksOnly: Bool = false, _ body: (Event) -> Step) {
    guard let root, let iterator = cmark_iter_new(root) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let type = cmark_iter_next(iterator)
      guard type == CMARK_EVENT_ENTER || type == CMARK_EVENT_EXIT,
        let node = cmark_iter_get_node(iterator)
      else { return }
      let isEntering = type == CMARK_EVENT_ENTER
      guard let kind = CommonMark.kind(of: node, isEntering: isEntering) else { continue }
      let event = Event(
        kind: kind,
        isEntering: isEntering,
        line: Int(cmark_node_get_start_line(node)),
        column: Int(cmark_node_get_start_column(node)),
        endLine: Int(cmark_node_get_end_line(node))
      )
      var step = body(event)
      if blocksOnly, cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH { step = .overChildren }
      if step == .overChildren, isEntering, cmark_node_first_child(node) != nil {
        cmark_iter_reset(iterator, node, CMARK_EVENT_EXIT)
      }
    }
  }

  private static func kind(of node: OpaquePointer, isEntering: Bool) -> Event.Kind? {
    func text(_ pointer: UnsafePointer<CChar>?) -> String {
      guard isEntering, let pointer else { return "" }
      return String(cString: pointer)
    }
    switch cmark_node_get_type(node) {
    case CMARK_NODE_DOCUMENT: return .document
    case CMARK_NODE_BLOCK_QUOTE: return .quote
    case CMARK_NODE_LIST:
      let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      return .list(
        start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil,
        isTight: cmark_node_get_list_tight(node) != 0
      )
    case CMARK_NODE_ITEM: return .item
    case CMARK_NODE_CODE_BLOCK:
      return .code(
        info: text(cmark_node_get_fence_info(node)),
        text: text(cmark_node_get_literal(node))
      )
    case CMARK_NODE_HTML_BLOCK: return .html(text(cmark_node_get_literal(node)))
    case CMARK_NODE_PARAGRAPH: return .paragraph
    case CMARK_NODE_HEADING: return .heading(level: Int(cmark_node_get_heading_level(node)))
    case CMARK_NODE_THEMATIC_BREAK: return .thematicBreak
    case CMARK_NODE_TEXT: return .text(text(cmark_node_get_literal(node)))
    case CMARK_NODE_SOFTBREAK: return .softBreak
    case CMARK_NODE_LINEBREAK: return .hardBreak
    case CMARK_NODE_CODE: return .codeSpan(text(cmark_node_get_literal(node)))
    case CMARK_NODE_HTML_INLINE: return .htmlSpan(text(cmark_node_get_literal(node)))
    case CMARK_NODE_EMPH: return .emphasis
    case CMARK_NODE_STRONG: return .strong
    case CMARK_NODE_LINK:
      return .link(
        destination: text(cmark_node_get_url(node)),
        title: text(cmark_node_get_title(node))
      )
    case CMARK_NODE_IMAGE:
      return .image(
        destination: text(cmark_node_get_url(node)),
        title: text(cmark_node_get_title(node))
      )
    default: return nil
    }
  }
}
