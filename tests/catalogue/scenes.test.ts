import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadCatalogue } from '../../catalogue/load'
import { fitsOffline, type SceneField } from '../../domain/code/scene'
import { at, only, set } from './expect'
import { faultsAfter, type Files } from './small'

const file = 'scenes.yml'
const gate = (files: Files) => at(files, file).scenes?.[0]
const withFields = (...fields: object[]) => (files: Files) => set(gate(files), { fields })
/** 再加一个场景，也让核码端读得了。 */
const add = (files: Files, values: { id: string; group: string }) => {
  at(files, file).scenes?.push({ ...gate(files), ...values } as never)
  at(files, 'readers.yml').readers?.[0]?.scenes?.push(values.id as never)
}
const without = (key: string) => (files: Files) => void delete (gate(files) as Record<string, unknown> | undefined)?.[key]
const identity = (field: string, show: string) => ({ kind: 'identity', field, show })
const record = (system: string) => ({ kind: 'record', system, item: '参保状态' })
const face = (name: string, show = 'whole') => ({ kind: 'face', licence: 'card', face: name, show })
/** 把小目录里身份证的一格改成别的敏感级或类型。 */
const faceAs = (files: Files, values: object) => set(at(files, 'licences/card.yml').face?.[1], values)

describe('江阴目录：亮码场景', () => {
  const result = loadCatalogue('catalogue/jiangyin')
  assert.ok(result.ok)
  const scenes = Object.values(result.catalogue.scenes)

  test('二十七个，个个标了待核，用途与依据写明', () => {
    assert.equal(scenes.length, 27)
    const unchecked = ['purpose', 'legalBasis', 'fields', 'inPerson', 'retentionDays']
    for (const scene of scenes) {
      for (const key of unchecked) assert.ok(scene.pending?.includes(key), `${scene.id} ${key}`)
    }
  })

  test('按去的地方分的组，拼起来正好是全部场景', () => {
    const { sceneGroups } = result.catalogue
    assert.deepEqual(
      sceneGroups.flatMap(({ id }) => scenes.filter(({ group }) => group === id).map(scene => scene.id)).sort(),
      scenes.map(({ id }) => id).sort()
    )
    assert.deepEqual(scenes.filter(({ group }) => group === 'hall').map(({ id }) => id).slice(0, 2), ['queue', 'check-in'])
  })

  test('叫号只给打码姓名与证件末四位，公交只答有没有资格', () => {
    const { queue, bus } = result.catalogue.scenes
    assert.deepEqual(queue?.fields, [identity('name', 'masked'), identity('idCode', 'lastFour')])
    assert.ok(bus?.fields.every(({ kind }) => kind === 'holds'))
  })

  test('办的事看的就是到场的人，才不能请人代亮；挂号、购药、领证照样能请人', () => {
    const names = scenes.filter(({ inPerson }) => inPerson).map(({ name }) => name)
    assert.deepEqual(names.sort(), ['上网登记', '待遇资格认证', '租车', '访客登记', '路面查验', '酒店入住'].sort())
    const { clinic, pharmacy, collect } = result.catalogue.scenes
    for (const scene of [clinic, pharmacy, collect]) assert.equal(scene?.inPerson, false)
  })

  test('就医挂号只要姓名与参保状态，要亮码人同意；每个场景都有核码端读得了', () => {
    const { clinic } = result.catalogue.scenes
    assert.deepEqual(clinic?.fields, [identity('name', 'whole'), { kind: 'record', system: '医保信息平台', item: '参保状态' }])
    assert.deepEqual([clinic?.purpose, clinic?.confirm], ['挂号', true])
    const read = new Set(Object.values(result.catalogue.readers).flatMap(reader => reader.scenes))
    assert.deepEqual([...read].sort(), scenes.map(({ id }) => id).sort())
  })

  test('敏感级 2 以上的原样给出都先问亮码人；凭单独同意的都问；特别敏感的核完即删', () => {
    const { licenceTypes } = result.catalogue
    const sensitivityOf = (field: SceneField) =>
      field.kind === 'face' ? (licenceTypes[field.licence]?.face.find(({ name }) => name === field.face)?.sensitivity ?? 3) : 0
    for (const scene of scenes) {
      const whole = scene.fields.filter(field => 'show' in field && field.show === 'whole')
      const sensitive = whole.filter(field => (field.kind === 'identity' ? field.field !== 'name' : sensitivityOf(field) >= 2))
      if (sensitive.length > 0 || /单独同意/.test(scene.legalBasis)) assert.ok(scene.confirm, scene.id)
      if (scene.fields.some(field => sensitivityOf(field) === 3)) assert.equal(scene.retentionDays, 0, scene.id)
    }
    assert.deepEqual(scenes.filter(({ legalBasis }) => /单独同意/.test(legalBasis)).map(({ id }) => id).sort(), ['car-rental', 'talent-flat', 'visitor'])
  })

  test('收离线码的场景，每一格离线都证得了，也不要当场同意', () => {
    const offline = scenes.filter(scene => scene.offline)
    assert.ok(offline.length > 0)
    for (const scene of offline) assert.ok(scene.fields.every(fitsOffline) && !scene.confirm, scene.id)
  })
})

describe('目录校验：亮码场景', () => {
  test('小目录里的场景没有毛病', () => assert.deepEqual(faultsAfter(() => undefined), []))

  const rows: [string, (files: Files) => void, string, RegExp][] = [
    ['没有归组', without('group'), 'scenes.0.group', /缺少「group」/],
    ['归进没有的组', files => add(files, { id: 'fence', group: 'dors' }), 'scenes.1.group', /没有场景分组「dors」/],
    ['组里没有场景', files => at(files, file).groups?.push({ id: 'halls', name: '大厅' } as never), 'groups.1', /「大厅」这一组里没有场景/],
    ['组重名', files => at(files, file).groups?.push({ id: 'doors', name: '又一个门' } as never), 'groups.1.id', /场景分组「doors」重复/],
    ['没有用途', without('purpose'), 'scenes.0.purpose', /缺少「purpose」/],
    ['没有依据', without('legalBasis'), 'scenes.0.legalBasis', /缺少「legalBasis」/],
    ['没有保留天数', without('retentionDays'), 'scenes.0.retentionDays', /缺少「retentionDays」/],
    ['没有出处', without('source'), 'scenes.0.source', /没有出处/],
    ['没有复核日期', without('reviewedOn'), 'scenes.0.reviewedOn', /没有复核日期/],
    ['证照类型不存在', withFields({ kind: 'holds', licence: 'cart' }), 'scenes.0.fields.0.licence', /证照类型「cart」不存在/],
    ['照面字段不存在', withFields(face('姓')), 'scenes.0.fields.0.face', /照面字段「姓」/],
    ['同一格写两遍', withFields(identity('name', 'masked'), identity('name', 'whole')), 'scenes.0.fields.1', /写了两遍/],
    ['证件号原样给出，不要同意', withFields(identity('idCode', 'whole')), 'scenes.0.fields.0', /敏感级 2 的字段原样给出/],
    ['姓名没有末四位', withFields(identity('name', 'lastFour')), 'scenes.0.fields.0.show', /只有号码才有末四位/],
    [
      '特别敏感的字段，打了码也要同意',
      files => {
        faceAs(files, { sensitivity: 3 })
        withFields(face('住址', 'masked'))(files)
      },
      'scenes.0.fields.0',
      /敏感级 3/
    ],
    ['有没有这张证也是特别敏感的事', files => void faceAs(files, { sensitivity: 3 }), 'scenes.0.fields.1', /特别敏感/],
    [
      '照片打不了码',
      files => {
        faceAs(files, { type: 'img' })
        withFields(face('住址', 'masked'))(files)
      },
      'scenes.0.fields.0.show',
      /打不了码/
    ],
    ['个人的场景读企业的证', files => void set(at(files, 'licences/card.yml'), { holder: 'company' }), 'scenes.0.fields.1.licence', /个人没有/],
    [
      '企业码也收，却什么也读不到',
      files => {
        withFields({ kind: 'age', atLeast: 18 })(files)
        set(gate(files), { holder: 'both' })
      },
      'scenes.0.holder',
      /企业码在这里什么也读不到/
    ],
    ['离线码给不了有没有证', files => void set(gate(files), { offline: true }), 'scenes.0.fields.1', /离线码只证明身份/],
    [
      '离线又要当场同意',
      files => {
        withFields(identity('name', 'masked'))(files)
        set(gate(files), { offline: true, confirm: true })
      },
      'scenes.0.offline',
      /离线时没法/
    ],
    [
      '要本人到场，却收企业码',
      files => {
        withFields(identity('name', 'masked'))(files)
        set(gate(files), { holder: 'both', inPerson: true })
      },
      'scenes.0.inPerson',
      /没有本人可以到场/
    ],
    ['没写要不要本人到场', without('inPerson'), 'scenes.0.inPerson', /缺少「inPerson」/],
    ['待核的键不存在', files => void set(gate(files), { pending: ['fee'] }), 'scenes.0.pending.0', /待核的键「fee」不存在/],
    ['没写进规格的键', files => void set(gate(files), { fee: 1 }), 'scenes.0.fee', /不认识的键「fee」/],
    ['核码端的场景不存在', files => void set(at(files, 'readers.yml').readers?.[0], { scenes: ['gate', 'gaet'] }), 'readers.0.scenes.1', /没有亮码场景「gaet」/],
    ['没有核码端读得了', files => void at(files, file).scenes?.push({ ...gate(files), id: 'fence' } as never), 'scenes.1.id', /「进门」没有核码端读得了/],
    ['依据是单独同意，却不问', files => void set(gate(files), { legalBasis: '虚构办法（单独同意）' }), 'scenes.0.confirm', /单独同意，却不问/],
    ['共享数据不要同意', withFields(record('虚构库')), 'scenes.0.fields.0', /共享数据原样给出/],
    [
      '共享数据的系统没有材料用着',
      files => {
        withFields(record('虚构系统'))(files)
        set(gate(files), { confirm: true })
      },
      'scenes.0.fields.0.system',
      /没有共享数据的系统「虚构系统」/
    ],
    [
      '照面上有特别敏感的，读别的格也要同意',
      files => {
        faceAs(files, { sensitivity: 3 })
        withFields(face('姓名'))(files)
      },
      'scenes.0.fields.0',
      /有没有.*属特别敏感/
    ],
    [
      '特别敏感的不许留存',
      files => {
        faceAs(files, { sensitivity: 3 })
        withFields(face('住址'))(files)
        set(gate(files), { confirm: true, retentionDays: 30 })
      },
      'scenes.0.fields.0',
      /核码端不得留存/
    ],
    [
      '核码端重名',
      files => at(files, 'readers.yml').readers?.push({ ...at(files, 'readers.yml').readers?.[0] } as never),
      'readers.1.id',
      /核码端「door」重复/
    ],
    [
      '核码端占了投诉受理的名字',
      files => void set(at(files, 'readers.yml').readers?.[0], { id: 'complaints' }),
      'readers.0.id',
      /留给个人信息保护投诉受理/
    ],
    ['场景重名', files => at(files, file).scenes?.push({ ...gate(files) } as never), 'scenes.1.id', /场景「gate」重复/]
  ]
  const fileOf = (key: string) => (key.startsWith('readers') ? 'readers.yml' : file)
  for (const [title, change, key, problem] of rows) test(title, () => void only(faultsAfter(change), fileOf(key), key, problem))

  test('要亮码人同意的，敏感字段就可以给', () => {
    const faults = faultsAfter(files => {
      withFields(identity('idCode', 'whole'), { kind: 'holds', licence: 'card' })(files)
      faceAs(files, { sensitivity: 3 })
      set(gate(files), { confirm: true })
    })
    assert.deepEqual(faults, [])
  })
})
