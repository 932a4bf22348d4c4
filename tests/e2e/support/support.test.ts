import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auditPage, faultsOf } from './audit'
import { withPhone } from './browser'
import { chooseByKeyboard, pressByKeyboard, tabTo, toggleByKeyboard, typeByKeyboard } from './keyboard'

const page = (
  body: string,
  style = ''
) => `<!doctype html><html lang="zh-CN"><head><title>样例</title><meta name="viewport" content="width=device-width">
<style>body{margin:0;font:16px/1.5 sans-serif}
button,input[type=text],label.pick{min-height:44px;min-width:44px;display:block;font:inherit;line-height:1.5}
${style}</style></head><body><main><h1>样例</h1>${body}</main></body></html>`

const GOOD = page(`<label for="name">姓名</label><input type="text" id="name" autocomplete="name">
<fieldset role="radiogroup" aria-label="领取"><label class="pick"><input type="radio" name="how"> 邮寄</label>
<label class="pick"><input type="radio" name="how"> 自取</label></fieldset>
<label class="pick"><input type="checkbox"> 我承诺</label><button onclick="this.textContent='已提交'">提交</button>`)

test('好的页面没有毛病，只用键盘也走得通', async (context) => {
  const { page: screen } = await withPhone(context)
  await screen.setContent(GOOD)
  await auditPage(screen)
  await typeByKeyboard(screen, '姓名', '林演示')
  await chooseByKeyboard(screen, '自取')
  await toggleByKeyboard(screen, '我承诺')
  await pressByKeyboard(screen, 'button', '提交')
  assert.equal(await screen.getByRole('button').textContent(), '已提交')
  assert.equal(await screen.getByLabel('姓名').inputValue(), '林演示')
  assert.ok(await screen.getByLabel('我承诺').isChecked())
})

test('每一种毛病都查得出来', async (context) => {
  const { page: screen } = await withPhone(context)
  const bad = page(
    `<button class="small">小</button><p class="pale">看不清</p><p class="dense">太挤</p><div class="wide">太宽</div>
    <p class="box">这一行字放大之后放不下</p>`,
    `button.small{min-height:20px;height:20px;line-height:1.5}.pale{color:#ccc}.dense{line-height:1}.wide{width:340px}
    .box{height:26px;width:300px;overflow:hidden}`
  )
  await screen.setContent(bad)
  const faults = await faultsOf(screen)
  const found = (pattern: RegExp) =>
    assert.ok(
      faults.some((fault) => pattern.test(fault)),
      `${String(pattern)} not in\n${faults.join('\n')}`
    )
  found(/axe color-contrast/)
  found(/target under 44 px: button “小” is 44×20/)
  found(/line height under 1.3: p.dense/)
  found(/scrolls sideways at 320 px: div.wide/)
  found(/text at 200 %: cut off: p.box/)
  assert.equal(faults.filter((fault) => fault.startsWith('target')).length, 1)
  const elder = await faultsOf(screen, { elder: true })
  assert.ok(elder.some((fault) => /text under 18 px/.test(fault)))
})

test('键盘到不了的、看不见焦点的、焦点被盖住的，都算毛病', async (context) => {
  const { page: screen } = await withPhone(context)
  await screen.setContent(
    page('<button>能到</button><div role="button">到不了</div><button class="blind">没焦点</button>', '.blind{outline:none}')
  )
  await tabTo(screen, screen.getByRole('button', { name: '能到' }))
  await assert.rejects(tabTo(screen, screen.getByRole('button', { name: '没焦点' })), /cannot be seen/)
  await assert.rejects(tabTo(screen, screen.getByRole('button', { name: '到不了' })), /does not reach/)
  const covered = '<div style="position:fixed;inset:0;background:#fff"></div><div style="height:700px"></div><button>被盖住</button>'
  await screen.setContent(page(covered))
  await assert.rejects(tabTo(screen, screen.getByRole('button', { name: '被盖住' })), /something lies on/)
})

test('还在展开的一行，等它停下来再量；不停转的不等；真的太矮，等完了照样算毛病', async (context) => {
  const { page: screen } = await withPhone(context)
  const row = (height: number) => `<button class="row">看进度</button><div class="ring"></div><style>
    @keyframes open { from { height: 4px } to { height: ${height}px } } @keyframes turn { to { transform: rotate(1turn) } }
    button.row { min-height: 0; animation: open 1s linear both } .ring { width: 40px; height: 40px; animation: turn 1s infinite }</style>`
  await screen.setContent(page(row(48)))
  await auditPage(screen)
  await screen.setContent(page(row(30)))
  const faults = await faultsOf(screen)
  assert.ok(faults.some((fault) => /target under 44 px: button “看进度” is \d+×30/.test(fault)), faults.join('\n'))
})

test('底部的按钮栏盖住一半的链接不算毛病：往下滑就露出来', async (context) => {
  const { page: screen } = await withPhone(context)
  const bar = '<div style="position:sticky;bottom:0;height:68px;background:#fff"><button style="width:100%">下一步</button></div>'
  const link = '<a href="#" style="display:block;min-height:44px;line-height:44px">核验页</a>'
  await screen.setContent(page(`<div style="height:645px"></div>${link}<div style="height:300px"></div>${bar}`))
  await auditPage(screen)
})

test('正查的时候来了新消息、页面变长，链接到了按钮栏底下：再查一遍，不算毛病', async (context) => {
  const { page: screen } = await withPhone(context)
  const bar = '<div style="position:sticky;bottom:0;height:68px;background:#fff"><button style="width:100%">下一步</button></div>'
  const link = '<a href="#" style="display:block;min-height:44px;line-height:44px">核验页</a>'
  await screen.setContent(page(`<div id="news" style="height:300px"></div>${link}${bar}`))
  await screen.evaluate(() => {
    let real: { run: (...given: unknown[]) => Promise<unknown> }
    let told = 0
    const axe = {
      run(...given: unknown[]) {
        if (told++ === 0) document.getElementById('news')!.style.height = '640px'
        return real.run(...given)
      }
    }
    Object.defineProperty(window, 'axe', { get: () => axe, set: (given) => void (real = given) })
  })
  await auditPage(screen)
})
