import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { BundleDetail, CatalogueIndex, Regions, SearchReply } from '../../contract/catalogue'
import { answerCombinations } from '../../domain/bundle/combinations'
import { plan } from '../../domain/bundle/plan'
import { resolveBundle } from '../../catalogue/load'
import { limits } from '../../server/http/limits'
import { START, startWorld, type World } from './world'

describe('办事目录', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(async () => {
    await world.close()
  })

  const get = (url: string, headers: Record<string, string> = {}) => world.app.inject({ method: 'GET', url: `/api/v1${url}`, headers })
  const search = async (q: string) => (await get(`/search?q=${encodeURIComponent(q)}`)).json<SearchReply>()

  test('首页：城市、阶段按顺序、每张卡片的事项数与目录一致，没登录也能看', async () => {
    const reply = await get('/catalogue')
    assert.equal(reply.statusCode, 200)
    const index = reply.json<CatalogueIndex>()
    const { catalogue, revision } = world.deps.catalogue.current()
    assert.equal(index.revision, revision)
    assert.equal(index.city.divisionCode, catalogue.city.divisionCode)
    assert.deepEqual(
      index.stages.map(({ id }) => id),
      catalogue.stages.map(({ id }) => id)
    )
    assert.deepEqual(new Set(index.bundles.map(({ id }) => id)), new Set(Object.keys(catalogue.bundles)))
    for (const stage of index.stages) assert.ok(stage.bundles.length > 0 || stage.elsewhere, `${stage.name} 没有内容时要说去哪里办`)
  })

  test('「最多能省」是所有答案组合里的最大值，不是写死的', async () => {
    const { catalogue } = world.deps.catalogue.current()
    const { bundles } = (await get('/catalogue')).json<CatalogueIndex>()
    for (const card of bundles) {
      const bundle = resolveBundle(catalogue, card.id)
      assert.ok(bundle)
      const all = answerCombinations(bundle).map(
        (answers) =>
          plan(bundle, {
            answers,
            picks: [],
            holdings: null,
            now: START,
            calendar: world.deps.calendar,
            parameters: catalogue.clock
          }).savings
      )
      assert.equal(card.savings.applications, Math.max(...all.map(({ applications }) => applications.single - applications.bundled)))
      assert.equal(card.savings.workdays, Math.max(0, ...all.map(({ workdays }) => workdays.single - workdays.bundled)))
      assert.equal(card.savings.visits, Math.max(...all.map(({ visits }) => visits.single - visits.bundled)))
      assert.ok(card.savings.applications > 0 && card.savings.materials > 0)
    }
  })

  test('设备上有同一版就回 304，没有内容；版本不同照发', async () => {
    for (const url of ['/catalogue', '/regions', `/bundles/${Object.keys(world.deps.catalogue.current().catalogue.bundles)[0]}`]) {
      const first = await get(url)
      const tag = String(first.headers.etag)
      assert.match(tag, /^"[0-9a-f]+"$/)
      assert.equal(first.headers['cache-control'], 'no-cache')
      const again = await get(url, { 'if-none-match': `W/${tag}` })
      assert.deepEqual([again.statusCode, again.body, again.headers.etag], [304, '', tag])
      assert.equal((await get(url, { 'if-none-match': '"older"' })).statusCode, 200)
    }
  })

  test('一件事展开后，设备拿这一份就能分支：引用到的事项、材料、部门都在', async () => {
    for (const id of Object.keys(world.deps.catalogue.current().catalogue.bundles)) {
      const { bundle } = (await get(`/bundles/${id}`)).json<BundleDetail>()
      for (const node of bundle.matters) {
        const matter = bundle.matterOf[node.matter]
        assert.ok(matter && bundle.departmentOf[matter.department])
        assert.ok(matter.materials.every((material) => bundle.materialOf[material.id]))
      }
    }
  })

  test('没有这件事：404；编号写法不对也一样', async () => {
    for (const id of ['no-such-bundle', 'NO_SUCH']) {
      const reply = await get(`/bundles/${id}`)
      assert.deepEqual([reply.statusCode, reply.json<{ code: string }>().code], [404, 'not_found'])
    }
  })

  test('行政区划从省到镇街都有', async () => {
    const { regions } = (await get('/regions')).json<Regions>()
    const county = regions[0]?.children.flatMap((each) => each.children).find(({ code }) => code === '320281')
    assert.equal(county?.name, '江阴市')
    assert.ok((county?.children.length ?? 0) >= 17)
  })

  for (const [q, expected, how] of [
    ['出生', '出生一件事', '名称'],
    ['上户口', '出生登记(落户)', '俗称'],
    ['户口', '出生登记(落户)', '俗称里的一个词'],
    ['chusheng', '出生一件事', '全拼'],
    ['chu sheng', '出生一件事', '全拼带空格'],
    ['csyjs', '出生一件事', '首字母'],
    ['CSYJS', '出生一件事', '大写首字母'],
    ['tuixiu', '退休一件事', '全拼'],
    ['社保', '社会保障卡申领', '名称里不相邻的字'],
    ['chushng', '出生一件事', '拼音打漏一个字母']
  ] as const) {
    test(`搜「${q}」（${how}）能找到「${expected}」`, async () => {
      const { hits, suggestions } = await search(q)
      assert.ok(
        hits.some(({ name }) => name === expected),
        JSON.stringify(hits.map(({ name }) => name))
      )
      assert.deepEqual(suggestions, [])
    })
  }

  test('搜到的事项说明在哪件「一件事」里办', async () => {
    const { hits } = await search('出生登记')
    const matter = hits.find(({ kind, name }) => kind === 'matter' && name === '出生登记(落户)')
    assert.ok(matter?.bundleId)
    assert.match(matter.note, /一件事/)
  })

  test('什么也没搜到时给出建议，不是空白', async () => {
    const { hits, suggestions } = await search('飞碟')
    assert.deepEqual(hits, [])
    assert.ok(suggestions.length > 0)
  })

  test('空的、过长的、没有的参数：指出哪一项', async () => {
    for (const url of ['/search?q=', `/search?q=${'长'.repeat(51)}`, '/search', '/search?q=a&evil=1']) {
      const reply = await get(url)
      assert.equal(reply.statusCode, 422, url)
      assert.ok(reply.json<{ errors: unknown[] }>().errors.length > 0)
    }
  })

  test('搜得太频繁：429，说明多久后再试', async () => {
    const crowded = await startWorld()
    const replies = []
    for (let i = 0; i <= limits.search.max; i++) replies.push(await crowded.app.inject('/api/v1/search?q=a'))
    assert.deepEqual(
      replies
        .slice(0, -1)
        .map(({ statusCode }) => statusCode)
        .filter((status) => status !== 200),
      []
    )
    const last = replies.at(-1)
    assert.deepEqual([last?.statusCode, last?.json<{ code: string }>().code], [429, 'rate_limited'])
    assert.ok(Number(last?.headers['retry-after']) > 0)
    await crowded.close()
  })
})
