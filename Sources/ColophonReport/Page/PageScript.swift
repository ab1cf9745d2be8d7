/// The page's only script: it lets a reader sort tables.
///
/// Everything else works without it.
package enum PageScript {
  package static let text = ModuleText(
    """
    for(const t of document.querySelectorAll("table[data-sort]")){
      const b=t.tBodies[0],heads=[...t.tHead.rows[0].cells];
      const key=(r,i)=>{
        const c=r.cells[i],s=c.dataset.v??c.textContent.trim();
        const n=parseFloat(s.replace(/,/g,"").replace(/\\u2212/g,"-"));
        return s===""||s==="\\u2013"?null:isNaN(n)?s.toLowerCase():n};
      heads.forEach((h,i)=>{
        const q=document.createElement("button");
        q.append(...h.childNodes);
        h.append(q);
        q.onclick=()=>{
          const d=h.ariaSort==="ascending"?-1:1;
          heads.forEach(x=>x.ariaSort=null);
          h.ariaSort=d>0?"ascending":"descending";
          const rows=[...b.rows].map(r=>[key(r,i),r]);
          rows.sort(([x],[y])=>x===null?(y===null?0:1):y===null?-1:typeof x===typeof y?(x<y?-d:x>y?d:0):typeof x==="number"?-1:1);
          rows.forEach(([,r],j)=>{
            r.className=t.dataset.show&&j>=t.dataset.show?"more":"";
            b.append(r)})}})}
    """
  )
}
