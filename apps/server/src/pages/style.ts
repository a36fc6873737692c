/**
 * How the pages look that are served without the console: colours, sizes and distances of the design, in one column that
 * is as wide as a line may be. Nothing is loaded; dark and printed pages follow the reader's machine.
 */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1c1f2a;--soft:#565c70;--paper:#fff;--shade:#f3f4f9;--line:#c3c7d6;--accent:#2f3e8f;--on:#fff;--warn:#8a4b00;--bad:#a4161a}
@media (prefers-color-scheme:dark){:root{--ink:#eceef5;--soft:#b3b8ca;--paper:#14161f;--shade:#1e212d;--line:#4a5067;--accent:#aab6ff;--on:#14161f;--warn:#ffb454;--bad:#ff8a80}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.7 system-ui,"Hiragino Sans","Yu Gothic UI","Noto Sans JP","Noto Sans CJK JP",sans-serif;overflow-wrap:anywhere;line-break:strict}
.top,main,.foot{max-width:44rem;margin:0 auto;padding:0 16px}
.top{display:flex;gap:16px;align-items:center;justify-content:space-between;min-height:56px;border-bottom:1px solid var(--line)}
.top p{margin:0;font-weight:600}
.top a{display:inline-flex;align-items:center;min-height:44px;white-space:nowrap}
main{padding-top:24px;padding-bottom:48px}
.foot{border-top:1px solid var(--line);padding-top:16px;padding-bottom:48px;color:var(--soft);font-size:14px}
h1{font-size:24px;line-height:1.4;margin:0 0 8px}
h2{font-size:19px;line-height:1.5;margin:40px 0 8px;padding-top:16px;border-top:1px solid var(--line)}
h3{font-size:16px;line-height:1.6;margin:24px 0 4px}
p{margin:0 0 12px}
small,.soft{color:var(--soft);font-size:14px}
a{color:var(--accent);text-underline-offset:3px}
ul,ol{margin:0 0 12px;padding-left:1.5em}
li{margin:4px 0}
dl{margin:0 0 12px;display:grid;grid-template-columns:minmax(8em,auto) 1fr;gap:4px 16px}
dt{font-weight:600}
dd{margin:0}
dd p:last-child{margin:0}
table{border-collapse:collapse;width:100%;margin:0 0 12px;font-size:14px;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:8px;border-bottom:1px solid var(--line)}
td.number,th.number{text-align:right}
.number,.unbroken{white-space:nowrap}
code{font-size:13px;word-break:break-all}
pre{white-space:pre-wrap;font:inherit;margin:0;padding:8px 0;border-top:1px solid var(--line)}
article,.box{border:1px solid var(--line);border-radius:6px;padding:12px 16px;margin:0 0 16px}
article h2,.box h2,.box h3{margin-top:0;padding-top:0;border-top:0}
.box p:last-child{margin:0}
.quoted{background:var(--shade);border-radius:6px;padding:12px 16px;margin:0 0 12px}
.quoted p:last-child{margin:0}
.note{border-left:4px solid var(--warn);padding:4px 12px;margin:0 0 16px}
.bad{border-left:4px solid var(--bad);padding:4px 12px;margin:0 0 16px}
.error{color:var(--bad);font-size:14px;margin:4px 0 0}
fieldset{border:1px solid var(--line);border-radius:6px;padding:8px 16px 16px;margin:0 0 16px;min-width:0}
legend{font-weight:600;padding:0 4px}
.field{margin:0 0 16px}
.field label{display:block;font-weight:600}
.hint{color:var(--soft);font-size:14px;margin:0 0 4px}
input,textarea,select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:6px}
.field input,.field textarea,.field select{display:block;width:100%;min-height:44px;padding:8px 12px;margin-top:4px}
.field textarea{min-height:8em}
[aria-invalid=true]{border-color:var(--bad);border-width:2px}
.choice{display:flex;gap:12px;align-items:center;min-height:44px;font-weight:400}
.choice input{width:20px;height:20px;flex:none;margin:0;accent-color:var(--accent)}
button{min-height:44px;padding:8px 24px;font:inherit;font-weight:600;color:var(--on);background:var(--accent);border:1px solid var(--accent);border-radius:6px;cursor:pointer}
a:focus-visible,button:focus-visible,input:focus-visible,textarea:focus-visible,select:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
@media (max-width:32rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}h1{font-size:21px}.wide{overflow-x:auto}}
@media print{:root{--ink:#000;--soft:#333;--paper:#fff;--shade:#fff;--line:#888;--accent:#000}body{font-size:10.5pt}.top a,.screen{display:none}main,.top,.foot{max-width:none;padding-left:0;padding-right:0}h2,h3{break-after:avoid}article,.box,tr{break-inside:avoid}.quoted{border:1px solid var(--line)}a{text-decoration:none}@page{size:A4;margin:18mm}}
`;
