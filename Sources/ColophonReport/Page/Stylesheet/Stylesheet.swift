/// The page's own style: no framework, no font that would have to be fetched.
enum Stylesheet {
  static let text = ModuleText(
    StylesheetTheme.text,
    StylesheetPage.text,
    StylesheetCells.text,
    StylesheetCharts.text,
    StylesheetMedia.text
  )
}
