/// Measure, scale of type, and the parts that prose is made of.
enum StylesheetPage {
  static let text: StaticString = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth;scroll-padding-top:1.5rem}
    body{margin:0;padding:0 1.25rem 5rem;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 var(--serif);overflow-x:clip;overflow-wrap:break-word}
    main{max-width:48rem;min-width:0;margin:0 auto}
    main>:is(p,ul,ol,blockquote,h2,h3,h4,h5,h6),section>:is(p,ul),.title>*{max-width:38rem}
    a{color:var(--link);text-decoration-thickness:.06em;text-underline-offset:.16em}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:2px}
    .skip{position:absolute;left:-99rem}
    .skip:focus{left:1rem;top:1rem;z-index:3;padding:.5rem 1rem;background:var(--paper)}
    .title{padding:4.5rem 0 2rem;margin-bottom:2.75rem;border-bottom:1px solid var(--line)}
    h1{font-size:2.625rem;line-height:1.08;letter-spacing:-.018em;margin:0;text-wrap:balance}
    h2,h3,h4,h5,h6{line-height:1.25;text-wrap:balance}
    h2{font-size:1.5rem;letter-spacing:-.01em;margin:3.25rem 0 .75rem}
    h3{font-size:1.1875rem;margin:2.25rem 0 .5rem}
    h4,h5,h6{font-size:1.0625rem;margin:1.75rem 0 .5rem}
    .number{color:var(--soft);font-weight:400;margin-right:.35em}
    p{margin:.85rem 0;text-wrap:pretty}
    .subtitle{font-size:1.3125rem;line-height:1.35;font-style:italic;color:var(--soft);margin:.5rem 0 0}
    .by,.verdict{font:.875rem/1.55 var(--sans);color:var(--soft);margin:1rem 0 0}
    .abstract{margin-top:1.25rem}
    .parameters{margin-top:1rem}
    .verdict a{text-decoration-color:var(--line)}
    .holds{color:var(--good);font-weight:600}
    .fails{color:var(--bad);font-weight:600}
    ul,ol{padding-left:1.4rem;margin:.85rem 0}
    li{margin:.3rem 0}
    .tight li{margin:.1rem 0}
    blockquote{margin:1.25rem 0;padding-left:1.1rem;border-left:2px solid var(--line);color:var(--soft)}
    hr{border:0;border-top:1px solid var(--line);margin:2.5rem 0}
    code{font:.86em var(--mono);overflow-wrap:anywhere}
    pre{font:.8125rem/1.55 var(--mono);background:var(--tint);padding:.75rem 1rem;border-radius:.3rem;overflow-x:auto;margin:.75rem 0;tab-size:2}
    pre code{font:inherit;overflow-wrap:normal}
    .k{color:var(--s1)}.s{color:var(--s3)}.l{color:var(--s4)}.c{color:var(--soft);font-style:italic}
    .lines{counter-reset:n;max-height:36rem;overflow:auto}
    .lines span{counter-increment:n}
    .lines span::before{content:counter(n);display:inline-block;width:2.2rem;margin-right:1rem;text-align:right;color:var(--soft)}
    .lines span:target{background:var(--warnbg)}
    .picture{margin:1.5rem 0}
    img{max-width:100%;height:auto}
    .missing{color:var(--bad);font:.9em var(--sans)}
    .math{font-style:italic;font-family:var(--serif)}
    sup{line-height:0;font:.7em var(--sans)}
    .footnotes{font-size:.9rem;color:var(--soft);border-top:1px solid var(--line);padding-top:.75rem;margin-top:3rem}
    .v{position:relative;color:inherit;text-decoration:underline dotted var(--soft);font-variant-numeric:lining-nums}
    .v:is(:hover,:focus-visible){color:var(--link)}
    .v:is(:hover,:focus)::after{content:attr(data-from);position:absolute;left:0;bottom:calc(100% + .2rem);z-index:2;padding:.15rem .45rem;border-radius:.2rem;background:var(--ink);color:var(--paper);font:.75rem/1.4 var(--mono);white-space:nowrap;pointer-events:none}
    .contents{display:none;font:.8125rem/1.45 var(--sans)}
    .contents p{margin:0 0 .5rem;color:var(--soft);font-weight:600}
    .contents ol{list-style:none;margin:0;padding:0}
    .contents li{margin:.35rem 0}
    .contents .l3{padding-left:.9rem}
    .contents a{color:var(--soft);text-decoration:none}
    .contents a:hover{color:var(--link);text-decoration:underline}
    .colophon{margin-top:5rem;padding-top:.25rem;border-top:2px solid var(--ink);font-size:1rem}
    .colophon h2{margin-top:1.25rem}
    .words{white-space:nowrap}

    """
}
