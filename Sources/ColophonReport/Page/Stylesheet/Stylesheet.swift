/// The page's own style: no framework, no font that would have to be fetched.
package enum Stylesheet {
  package static let text = ModuleText(
    StylesheetTheme.text,
    StylesheetPage.text,
    StylesheetCells.text,
    StylesheetCharts.text,
    StylesheetMedia.text
  )
}
