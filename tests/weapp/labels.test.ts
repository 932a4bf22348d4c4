import assert from 'node:assert/strict'
import type { App } from './harness/app'
import { weappTest } from './harness/weapp-test'
import { paintedHouse } from './painted'
import { answer, confirmAndTick, deferPhoto, fillForm, fromIntroToPlan, signIn } from './walk'
import { elderPhoneOf, ledger, openApp, order, phoneOf, photo, webViewOf } from './world'

const house = paintedHouse()

type Control = [role: string, name: string | RegExp]

/** What can be pressed or typed into must say what it is. */
const OPERABLE = ['button', 'link', 'checkbox', 'radio', 'switch', 'textbox', 'tab', 'combobox']

/** The page as a screen reader meets it: the controls that H5 has under the same names, none without a name, nothing for axe. */
async function hears(app: App, page: string, controls: Control[]): Promise<void> {
  assert.equal(app.page.path, page)
  const missing = controls.filter(([role, name]) => app.allByRole(role, name).length === 0)
  assert.deepEqual(missing, [], `${page} lacks controls\n${app.wxml()}`)
  const nameless = OPERABLE.flatMap((role) => app.allByRole(role)).filter((node) => app.name(node) === '')
  assert.deepEqual(nameless.map(({ tag, attr }) => `<${tag} class="${String(attr.class)}">`), [], `${page} has controls without a name`)
  assert.ok(app.allByRole('heading').length > 0, `${page} has no heading`)
  assert.equal(app.allByRole('main').length, 1, `${page} has no main part`)
  assert.deepEqual(await house.view.axe(app), [], `axe on ${page}`)
}

/** The case that the midwives have just got: those of earlier submissions are further. */
async function justReceived(): Promise<string | undefined> {
  const { cases, stages } = await ledger(house.world)
  return cases.find(({ caseNo, matterName }) => matterName === '出生医学证明首次签发' && stages[caseNo] === 'received')?.caseNo
}

const home: Record<'normal' | 'elder', Control[]> = {
  normal: [['button', '换成大字版'], ['link', /^想办什么/], ['list', '人生的十个阶段'], ['link', '出生'], ['heading', '与我有关'], ['button', '登录']],
  elder: [['button', '退出大字版'], ['link', /^想办什么/], ['link', /^要办事/], ['link', /^看进度/], ['link', /^我的证照/], ['link', /^看消息/]]
}

for (const mode of ['normal', 'elder'] as const) {
  weappTest(`${mode === 'elder' ? '大字版' : '普通版'}：主线每一页的控件都叫得出名字，和 H5 一样，没有无障碍毛病`, async (context) => {
    const phone = (mode === 'elder' ? elderPhoneOf : phoneOf)(`mother-${mode}`)
    const inWebView = await webViewOf(context)
    const app = await openApp(context, house.world, phone)
    const next = mode === 'elder' ? '下一组' : '下一步：材料'

    await hears(app, 'pages/home/index', home[mode])
    await app.go('navigateTo', '/features/identity/sign-in/index')
    await hears(app, 'features/identity/sign-in/index', [['button', '微信快捷登录'], ['link', /^隐私说明/], ['button', '先不登录，随便看看']])
    await app.press('微信快捷登录')
    await hears(app, 'features/identity/notice/index', [
      ['checkbox', '我看完了，同意「隐私说明」'],
      ['checkbox', '我单独同意处理敏感个人信息'],
      ['checkbox', '我是监护人，单独同意处理孩子的信息'],
      ['button', '不同意'],
      ['button', '同意所选，去登录']
    ])
    await app.back()
    await signIn(app, inWebView, /妈妈，已婚/)
    await app.go('switchTab', '/pages/services/index')
    await hears(app, 'pages/services/index', [['link', /^搜事项/], ['tab', '个人'], ['tab', '企业'], ['link', /^出生一件事/]])
    await app.press(/^出生一件事/)
    await app.waitFor(() => app.allByRole('button', /^(重新)?开始$/).length > 0)
    await hears(app, 'features/bundle/intro/index', [['heading', '一起办，最多能省'], ['list', '事项']])
    await fromIntroToPlan(app)
    await hears(app, 'features/bundle/plan/index', [
      ['heading', '谁先谁后'],
      ['list', '谁先谁后'],
      ['list', '要办的事项'],
      ['list', '材料'],
      ['button', mode === 'elder' ? '看图' : '看文字说明'],
      ['button', /^改我的回答/],
      ['button', /^开始填写/]
    ])
    await app.press(/^开始填写/)
    await app.waitFor(() => app.allByRole('textbox', /^宝宝姓名/).length > 0)
    await hears(app, 'features/bundle/form/index', [['heading', '宝宝'], ['textbox', /^宝宝姓名，必填/], ['button', next]])
    await fillForm(app)
    await app.press('下一步：材料')
    await app.waitFor(() => app.text().includes('请另一方同意'))
    await hears(app, 'features/bundle/materials/index', [
      ['textbox', /^对方姓名/],
      ['textbox', /^对方身份证号/],
      ['button', '发出邀请'],
      ['button', /^不等同意，改为上传照片/]
    ])
    await app.press(/^不等同意，改为上传照片/)
    phone.answers.media.push([await photo()])
    await app.press(/^从相册选/)
    await app.waitFor(() => app.text().includes('已上传'))
    await hears(app, 'features/bundle/materials/index', [['button', /^拍照上传/], ['button', /^从相册选/], ['button', /^删除/]])
    await deferPhoto(app)
    await app.press('下一步：核对签名')
    await app.waitFor(() => app.allByRole('button', '确认是我本人').length > 0)
    await hears(app, 'features/bundle/sign/index', [['group', /^请逐项阅读/], ['button', '确认是我本人']])
    await confirmAndTick(app, inWebView)
    await hears(app, 'features/bundle/sign/index', [['button', '签名并提交']])
    await app.press('签名并提交')
    await app.waitFor(() => app.text().includes('接下来'))
    await hears(app, 'features/bundle/done/index', [['button', '复制编号'], ['button', '下载回执'], ['button', '看进度'], ['button', '回首页']])

    await app.press('看进度')
    await app.waitFor(() => app.text().includes('谁先谁后'))
    const caseNo = await app.waitFor(justReceived)
    await hears(app, 'features/case/submission/index', [
      ['heading', '谁先谁后'],
      ['list', '各件办到哪里'],
      ['button', '看进展：出生医学证明首次签发'],
      ['button', /^提交回执/],
      ['link', /^核验页/],
      ['button', '撤回还没办完的']
    ])
    await order(house.world, {
      action: 'requestCorrection',
      caseNo,
      items: [{ kind: 'field', target: 'childName', problem: '与手写稿不一致', mend: '按手写稿重填' }]
    })
    await app.press('看进展：出生医学证明首次签发')
    await app.waitFor(() => app.allByRole('button', '去补正').length > 0)
    await hears(app, 'features/case/detail/index', [['list', '办理经过'], ['button', '去补正']])
    await app.press('去补正')
    await app.waitFor(() => app.allByRole('textbox').length > 0)
    await hears(app, 'features/case/correct/index', [['textbox', /^宝宝姓名/], ['button', '全部补好，提交']])
    await app.input(app.byRole('textbox', /^宝宝姓名/), '林小满')
    await app.press('全部补好，提交')
    await app.waitFor(() => app.page.path !== 'features/case/correct/index')
    await app.waitFor(async () => (await ledger(house.world)).messages.some((message) => message.caseNo === caseNo))
    await order(house.world, { action: 'issue', caseNo })
    await app.go('navigateTo', '/features/licence/list/index')
    await app.waitFor(() => app.allByRole('radio').length > 0)
    for (const button of app.allByRole('button', '全部领取')) await app.tap(button)
    await app.waitFor(() => app.allByRole('link', /^社会保障卡/).length > 0)
    await hears(app, 'features/licence/list/index', [['radio', /^我/], ['radio', /监护人/], ['link', /^社会保障卡/], ['link', /^核验别人的证照/]])
    await app.go('switchTab', '/pages/progress/index')
    await app.waitFor(() => app.allByRole('link', /出生一件事/).length > 0)
    await hears(app, 'pages/progress/index', [['heading', '全部办件'], ['button', '刷新']])
    await app.go('switchTab', '/pages/me/index')
    await hears(app, 'pages/me/index', [
      ['link', /^我的证照/],
      ['link', /^消息/],
      ['link', /^谁看过我的信息/],
      ['link', /^邀请与同意/],
      ['link', /^账号与安全/]
    ])
    await app.press(/^账号与安全/)
    await app.waitFor(() => app.allByRole('button', '退出登录').length > 0)
    await hears(app, 'features/identity/account/index', [['list', '登录着的设备'], ['list', '给过的同意'], ['button', '退出登录']])
    await app.press('退出登录')
    await hears(app, 'features/identity/account/index', [['dialog', '退出登录？']])
    await answer(app, '取消')
  })
}
