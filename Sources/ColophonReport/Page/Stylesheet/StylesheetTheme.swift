/// Colours and faces of both themes.
///
/// Any two colours of series stay apart for readers with protanopia, deuteranopia or tritanopia, as
/// the matrices of Machado, Oliveira and Fernandes (2009) see them; the last three were searched for
/// to that end. Each has the contrast of 4.5 to 1 that small text needs (WCAG 2.2, AA).
enum StylesheetTheme {
  static let text: StaticString = """
    :root{color-scheme:light dark;
    --paper:#fff;--ink:#1c2024;--soft:#59626d;--line:#dde1e6;--tint:#f5f6f8;--link:#1558a8;
    --s1:#0b62b0;--s2:#b6470b;--s3:#0a7360;--s4:#850bfb;--s5:#571903;--s6:#381d4b;
    --good:#0a7360;--bad:#b3261e;--warn:#8a5200;--goodbg:#eef3fa;--badbg:#fdf0ee;--warnbg:#fdf5e6;
    --serif:Charter,"Bitstream Charter","Sitka Text",Cambria,"Source Serif 4",Georgia,serif;
    --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
    --mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
    @media screen and (prefers-color-scheme:dark){
    :root{--paper:#15181c;--ink:#e4e7ea;--soft:#a0a9b4;--line:#30363e;--tint:#1d2126;--link:#86bdff;
    --s1:#6fb5f7;--s2:#fb9a62;--s3:#4ccbab;--s4:#976efe;--s5:#d5ff48;--s6:#f97107;
    --good:#4ccbab;--bad:#ff8f85;--warn:#edb65c;--goodbg:#1a2430;--badbg:#2d1c1b;--warnbg:#2a2316}}

    """
}
