/// Wide screens, phones, paper, and readers who want things still.
enum StylesheetMedia {
  static let text: StaticString = """
    @media (min-width:44rem){
    .cell>header{padding-right:8rem}
    .cell>header .stamp{position:absolute;top:.62rem;right:0}
    .cell>.config>summary{position:absolute;top:.55rem;right:6rem}
    .cell>.config{margin-top:.35rem}}
    @media (min-width:54rem){
    :is(.cell,.colophon)>.chart:not(.wide){display:grid;grid-template-columns:minmax(0,33rem) minmax(0,1fr);column-gap:1.5rem;grid-auto-flow:dense}
    :is(.cell,.colophon)>.chart:not(.wide)>figcaption{grid-column:2;padding-top:.2rem}
    :is(.cell,.colophon)>.chart:not(.wide)>svg{grid-column:1}
    .chart>.data{grid-column:1/-1}}
    @media (min-width:70rem){
    body{display:grid;grid-template-columns:12.5rem minmax(0,48rem);column-gap:3.5rem;justify-content:center;padding:0 2rem 6rem}
    .contents{display:block;position:sticky;top:0;align-self:start;padding:5.1rem 0 2rem;max-height:100vh;overflow:auto}
    main{margin:0;width:100%}}
    @media (max-width:34rem){
    body{font-size:1rem}
    h1{font-size:2rem}
    .title{padding-top:2.5rem}
    .subtitle{font-size:1.125rem}
    th,td{padding-right:1rem}}
    @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    @page{margin:18mm 16mm}
    @media print{
    :root{--ink:#000;--soft:#444;--line:#bbb;--tint:#fff}
    html{font-size:10pt}
    body{display:block;padding:0}
    .contents,.skip,details:not([open]),.fold label{display:none}
    main{max-width:none}
    .title{padding-top:0}
    a{color:inherit;text-decoration:none}
    h2,h3,.cell>header,caption{break-after:avoid}
    figure,tr,.notice{break-inside:avoid}
    p{orphans:3;widows:3}
    pre{white-space:pre-wrap;border:1px solid var(--line)}
    .scroll,.lines{overflow:visible;max-height:none}
    .wide svg{width:100%;height:auto;max-width:100%}
    .ln.s2{stroke-dasharray:8 3}
    .ln.s3{stroke-dasharray:2 3}
    .ln.s4{stroke-dasharray:9 3 2 3}
    .ln.s5{stroke-dasharray:4 2}
    .ln.s6{stroke-dasharray:9 3 2 3 2 3}}

    """
}
