/** 转义写进 HTML 的文字。 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}

/** 已转义好的 HTML 片段；由 html`` 产生，插值一律转义，片段原样嵌入。 */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = Html | Html[] | string | number | null | false

/** 模板：插值自动转义，防止来件内容变成标签。 */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(strings.reduce((text, part, index) => text + render(pieces[index - 1] ?? null) + part))
}

function render(piece: Piece): string {
  if (piece === null || piece === false) return ''
  if (Array.isArray(piece)) return piece.map(one => one.text).join('')
  return piece instanceof Html ? piece.text : escapeHtml(String(piece))
}

interface PageOptions {
  title: string
  body: Html
  /** 每几秒自动刷新；缺省不刷新。 */
  refreshSeconds?: number
}

/** 模拟系统的一页：不用脚本，样式表在 /mock/style.css，严格的 CSP 也能用。 */
export function page({ title, body, refreshSeconds }: PageOptions): string {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshSeconds ? html`<meta http-equiv="refresh" content="${refreshSeconds}">` : null}
<title>${title}</title>
<link rel="stylesheet" href="/mock/style.css">
</head>
<body>
<header><p class="stamp">演示 · 模拟系统，不是真系统</p></header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>`.text
}

export const styleSheet = `
:root {
  color-scheme: light;
  --ink: #1b1f24; --quiet: #4a5361; --line: #b9c2cf; --brand: #0b57a4; --paper: #fff; --ground: #f3f6fa; --warn: #8a3b00;
}
* { box-sizing: border-box }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.6 system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif;
}
header, main { max-width: 60rem; margin: 0 auto; padding: .75rem 1rem }
h1 { font-size: 1.5rem; line-height: 1.35; margin: .5rem 0 1rem }
h2 { font-size: 1.2rem; margin: 1.5rem 0 .5rem; overflow-wrap: anywhere }
h3 { font-size: 1rem; margin: 1rem 0 .25rem }
.stamp {
  display: inline-block; margin: 0; padding: .25rem .75rem; border: 2px solid var(--warn); border-radius: .5rem;
  color: var(--warn); background: #fff6ee; font-weight: 700;
}
.quiet { color: var(--quiet) }
ul.choices {
  list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr));
}
button, .button {
  display: inline-block; min-height: 3rem; padding: .6rem 1rem; border: 2px solid var(--brand); border-radius: .6rem;
  background: var(--paper); color: var(--brand); font: inherit; font-weight: 600; text-align: left; text-decoration: none;
  cursor: pointer; overflow-wrap: anywhere;
}
button.main { background: var(--brand); color: #fff }
button.wide { width: 100%; height: 100% }
button .about { display: block; font-weight: 400; color: var(--quiet) }
:focus-visible { outline: 3px solid var(--warn); outline-offset: 2px }
a { color: var(--brand) }
article, .card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin: 0 0 1rem }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0 }
form { margin: 0 }
label { display: block; margin: .5rem 0 .2rem; font-weight: 600 }
input, select, textarea {
  width: 100%; min-height: 3rem; margin-bottom: .5rem; padding: .5rem; border: 1px solid #5c6675; border-radius: .5rem;
  font: inherit; background: var(--paper); color: var(--ink);
}
summary { min-height: 3rem; padding: .6rem 0; cursor: pointer; font-weight: 600; color: var(--brand) }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .25rem 1rem; margin: .5rem 0 }
dt { color: var(--quiet) }
dd { margin: 0; overflow-wrap: anywhere }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr } }
`
