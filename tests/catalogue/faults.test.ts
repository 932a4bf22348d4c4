import { describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { faultText, type Fault } from '../../catalogue/faults'
import { consent, faultsAfter, load, smallCatalogue, type Files } from './small'

const bundle = 'bundles/moving.yml'
// 小目录是任意深的 YAML，测试里按路径改；路径写错会在这里当场抛错。
type Loose = { [key: string]: Loose } & Loose[]
const at = (files: Files, file: string) => files[file] as unknown as Loose
const set = (target: unknown, values: object) => Object.assign(target as object, values)

function only(faults: Fault[], file: string, key: string, problem: RegExp): Fault {
  assert.equal(faults.length, 1, `应恰好一处毛病：\n${faults.map(faultText).join('\n')}`)
  const [fault] = faults
  assert.ok(fault)
  assert.equal(fault.file, file)
  assert.equal(fault.key, key)
  assert.match(fault.problem, problem)
  assert.notEqual(fault.mend, '')
  return fault
}

function some(faults: Fault[], file: string, key: string, problem: RegExp) {
  const found = faults.filter(fault => fault.file === file && fault.key === key && problem.test(fault.problem))
  assert.equal(found.length, 1, `没有找到，实际是：\n${faults.map(faultText).join('\n')}`)
}

describe('目录校验：没有毛病', () => {
  test('小目录干净，内容有指纹', () => {
    const result = load(smallCatalogue())
    assert.ok(result.ok)
    assert.match(result.revision, /^[0-9a-f]{16}$/)
  })

  test('指纹只随内容变：键的先后、注释不影响，改一个字就不同', () => {
    const first = load(smallCatalogue())
    const reordered = smallCatalogue()
    reordered['city.yml'] = Object.fromEntries(Object.entries(reordered['city.yml'] ?? {}).reverse())
    const second = load(reordered)
    const changed = smallCatalogue()
    set(changed['city.yml'], { name: '别的市' })
    const third = load(changed)
    assert.ok(first.ok && second.ok && third.ok)
    assert.equal(first.revision, second.revision)
    assert.notEqual(first.revision, third.revision)
  })
})

describe('目录校验：规格', () => {
  test('不认识的键，指到那一行，提示相近的名字', () => {
    const fault = only(faultsAfter(files => set(at(files, bundle).matters?.[0], { afer: ['second'] })), bundle, 'matters.0.afer', /不认识的键「afer」/)
    assert.match(fault.mend, /「after」/)
    assert.ok(fault.line > 1)
  })

  test('行号正是那个键所在的行', () => {
    const files = smallCatalogue()
    files['departments.yml'] = '# 注释\nsource: 虚构\nreviewedOn: "2026-11-21"\ndepartments:\n  - id: hall\n    name: 大厅\n    tel: "1"\n' as never
    const result = load(files)
    assert.ok(!result.ok)
    const fault = only(result.faults, 'departments.yml', 'departments.0.tel', /不认识/)
    assert.equal(fault.line, 7)
    assert.equal(faultText(fault).startsWith('departments.yml:7 departments.0.tel — '), true)
  })

  test('没有出处、没有复核日期，各报一处', () => {
    const faults = faultsAfter(files => {
      delete at(files, 'matters/grant.yml').source
      delete at(files, bundle).reviewedOn
    })
    assert.equal(faults.length, 2)
    some(faults, 'matters/grant.yml', 'source', /没有出处/)
    some(faults, bundle, 'reviewedOn', /没有复核日期/)
  })

  test('出处是空的也不行', () => {
    only(faultsAfter(files => set(files['licences/card.yml'], { source: '' })), 'licences/card.yml', 'source', /空的/)
  })

  test('复核日期写法不对', () => {
    only(faultsAfter(files => set(files[bundle], { reviewedOn: '2026年11月' })), bundle, 'reviewedOn', /写法不对/)
  })

  test('证照类型没有颁发机关', () => {
    only(faultsAfter(files => { delete at(files, 'licences/permit.yml').issuer }), 'licences/permit.yml', 'issuer', /没有颁发机关/)
  })

  test('条件里不认识的算子', () => {
    const fault = only(faultsAfter(files => set(at(files, bundle).matters?.[0], { when: { equals: ['far', 'y'] } })), bundle, 'matters.0.when', /不合任何一种写法/)
    assert.match(fault.mend, /eq/)
  })

  test('材料来源少写一格，只报作者想写的那一种', () => {
    only(faultsAfter(files => set(at(files, 'materials.yml').materials?.[2], { source: { kind: 'share' } })),
      'materials.yml', 'materials.2.source.system', /缺少「system」/)
  })

  test('YAML 写坏了、键重复了', () => {
    const faults = faultsAfter(files => {
      files['matters/grant.yml'] = 'id: grant\nid: grant\n' as never
      files['matters/broken.yml'] = 'id: [grant\n' as never
    })
    some(faults, 'matters/grant.yml', '(文件)', /YAML/)
    assert.ok(faults.some(fault => fault.file === 'matters/broken.yml' && /YAML/.test(fault.problem)))
  })

  test('缺一个文件、多一个不认识的文件', () => {
    const faults = faultsAfter(files => {
      delete files['clock.yml']
      files['holidays.yml'] = { a: 'b' } as never
    })
    assert.equal(faults.length, 2)
    some(faults, 'clock.yml', '(文件)', /缺少/)
    some(faults, 'holidays.yml', '(文件)', /不认识/)
  })

  test('规格的毛病与引用的毛病一次全报', () => {
    const faults = faultsAfter(files => set(files[bundle], { extra: 1, lead: 'nobody' }))
    assert.equal(faults.length, 2)
    some(faults, bundle, 'extra', /不认识/)
    some(faults, bundle, 'lead', /部门「nobody」不存在/)
  })
})

describe('目录校验：名字与引用', () => {
  test('id 与文件名不一致', () => {
    some(faultsAfter(files => set(files['licences/card.yml'], { id: 'cart' })), 'licences/card.yml', 'id', /与文件名/)
  })

  for (const [title, change, file, key, problem] of [
    ['部门', files => at(files, 'departments.yml').departments?.push({ id: 'hall', name: '又一个' } as never), 'departments.yml', 'departments.1.id', /部门「hall」重复/],
    ['题目', files => at(files, bundle).questions?.push({ ...at(files, bundle).questions?.[0] } as never), bundle, 'questions.2.id', /题目「far」重复/],
    ['节点', files => at(files, bundle).matters?.push({ key: 'second', matter: 'enrol', after: ['first'] } as never), bundle, 'matters.2.key', /节点「second」重复/],
    ['字段', files => at(files, bundle).form?.[0]?.fields?.push({ ...at(files, bundle).form?.[0]?.fields?.[0] } as never), bundle, 'form.0.fields.1.id', /字段「fullName」重复/]
  ] as [string, (files: Files) => void, string, string, RegExp][]) {
    test(`重复的${title}`, () => { only(faultsAfter(change), file, key, problem) })
  }

  for (const [title, change, file, key, problem] of [
    ['材料', files => set(at(files, 'matters/grant.yml').materials?.[0], { id: 'own-cart' }), 'matters/grant.yml', 'materials.0.id', /材料「own-cart」不存在/],
    ['事项', files => set(at(files, bundle).matters?.[1], { matter: 'enroll' }), bundle, 'matters.1.matter', /事项「enroll」不存在/],
    ['前置节点', files => set(at(files, bundle).matters?.[1], { after: ['frist'] }), bundle, 'matters.1.after.0', /没有节点「frist」/],
    ['结果证照', files => set(at(files, 'matters/grant.yml').result, { licenceType: 'permits' }), 'matters/grant.yml', 'result.licenceType', /证照类型「permits」不存在/],
    ['材料所指证照', files => set(at(files, 'materials.yml').materials?.[0]?.source, { licenceType: 'carte' }), 'materials.yml', 'materials.0.source.licenceType', /证照类型「carte」不存在/],
    ['整件终止的节点', files => set(files[bundle], { failAll: ['third'] }), bundle, 'failAll.0', /没有节点「third」/],
    ['材料条件里的材料', files => set(at(files, bundle).matters?.[1], { materialsWhen: { record: { eq: ['far', 'y'] } } }), bundle, 'matters.1.materialsWhen.record', /没有本事项的材料/],
    ['会同部门', files => set(files['matters/grant.yml'], { partners: ['hal'] }), 'matters/grant.yml', 'partners.0', /部门「hal」不存在/],
    ['待核的键', files => set(files['matters/grant.yml'], { pending: ['limit.promise'] }), 'matters/grant.yml', 'pending.0', /待核的键「limit.promise」不存在/]
  ] as [string, (files: Files) => void, string, string, RegExp][]) {
    test(`指向不存在的${title}`, () => { assert.ok(faultsAfter(change).length >= 1); some(faultsAfter(change), file, key, problem) })
  }

  test('阶段没有列出这件事', () => {
    const faults = faultsAfter(files => set(at(files, 'stages.yml').stages?.[0], { bundles: [], elsewhere: '去大厅' }))
    only(faults, bundle, 'stage', /没有列出/)
  })

  test('没有内容的阶段要说去哪里办', () => {
    only(faultsAfter(files => { delete at(files, 'stages.yml').stages?.[1]?.elsewhere }), 'stages.yml', 'stages.1', /没说去哪里办/)
  })

  test('办事对象与阶段不一致', () => {
    only(faultsAfter(files => set(files[bundle], { audience: 'company' })), bundle, 'audience', /不一致/)
  })
})

describe('目录校验：先后与条件', () => {
  test('前置绕圈，把圈写出来', () => {
    const fault = only(faultsAfter(files => {
      set(files['matters/enrol.yml'], { materials: [] })
      set(at(files, bundle).matters?.[0], { after: ['second'] })
    }), bundle, 'matters.0.after', /绕成一圈/)
    assert.match(fault.problem, /first → second → first/)
  })

  for (const [title, when, key, problem] of [
    ['没有的题目', { eq: ['near', 'y'] }, 'matters.0.when.eq', /没有题目「near」/],
    ['没有的选项', { in: ['far', ['y', 'maybe']] }, 'matters.0.when.in', /没有选项「maybe」/],
    ['没有的证照', { has_licence: 'pass' }, 'matters.0.when.has_licence', /证照类型「pass」不存在/],
    ['单选题用 includes', { includes: ['far', 'y'] }, 'matters.0.when.includes', /单选/],
    ['自相矛盾', { all: [{ eq: ['far', 'y'] }, { eq: ['far', 'n'] }] }, 'matters.0.when', /永远不会成立/],
    ['与出现条件矛盾', { all: [{ eq: ['far', 'n'] }, { ne: ['how', 'car'] }] }, 'matters.0.when', /永远不会成立/]
  ] as const) {
    test(`节点条件：${title}`, () => { only(faultsAfter(files => set(at(files, bundle).matters?.[0], { when })), bundle, key, problem) })
  }

  test('劝阻的条件引用没有的题目', () => {
    only(faultsAfter(files => set(at(files, bundle).stops?.[0], { when: { eq: ['hwo', 'car'] } })), bundle, 'stops.0.when.eq', /没有题目「hwo」/)
  })

  test('出现条件引用后面的题目', () => {
    only(faultsAfter(files => set(at(files, bundle).questions?.[0], { show: { eq: ['how', 'car'] } })), bundle, 'questions.0.show.eq', /后面的题目/)
  })

  test('材料的条件与节点的条件碰不到一起', () => {
    only(faultsAfter(files => set(at(files, bundle).matters?.[0], { materialsWhen: { 'own-card': { eq: ['far', 'n'] } } })),
      bundle, 'matters.0.materialsWhen.own-card', /不可能同时成立/)
  })

  test('字段的条件与用到它的节点碰不到一起', () => {
    only(faultsAfter(files => set(at(files, bundle).form?.[0]?.fields?.[0], { for: ['first'], when: { eq: ['far', 'n'] } })),
      bundle, 'form.0.fields.0.when', /不可能同时成立/)
  })
})

describe('目录校验：兄弟事项新签发的证照', () => {
  test('用到它却没排在后面', () => {
    const fault = only(faultsAfter(files => set(at(files, bundle).matters?.[1], { after: [] })), bundle, 'matters.1.after', /没排在它后面/)
    assert.match(fault.mend, /existing/)
  })

  test('标了 existing（确指旧版本）就不算毛病', () => {
    assert.deepEqual(faultsAfter(files => {
      set(at(files, bundle).matters?.[1], { after: [] })
      set(at(files, 'matters/enrol.yml').materials?.[0], { existing: true })
    }), [])
  })

  test('两者不会同时适用就不算毛病', () => {
    assert.deepEqual(faultsAfter(files => set(at(files, bundle).matters?.[1], { after: [], when: { eq: ['far', 'n'] } })), [])
  })

  test('隔着一个节点排在后面也算排在后面', () => {
    assert.deepEqual(faultsAfter(files => {
      set(files[bundle], {
        matters: [{ key: 'first', matter: 'grant' }, { key: 'middle', matter: 'grant', after: ['first'] }, { key: 'second', matter: 'enrol', after: ['middle'] }]
      })
    }), [])
  })
})

describe('目录校验：持有人与表单', () => {
  test('别人的材料没有同意规则', () => {
    only(faultsAfter(files => set(at(files, 'materials.yml').materials?.[2], { holder: 'spouse' })), 'materials.yml', 'materials.2.consent', /没有同意规则/)
  })

  test('同意书放出照面里没有的字段', () => {
    const faults = faultsAfter(files => at(files, 'materials.yml').materials?.push({
      id: 'other-card', name: '对方身份证', source: { kind: 'licence', licenceType: 'card' }, holder: 'spouse', consent: { ...consent, fields: ['电话'] }
    } as never))
    only(faults, 'materials.yml', 'materials.3.consent.fields', /照面里没有「电话」/)
  })

  test('要别人同意的材料，表单里得问到他是谁', () => {
    const faults = faultsAfter(files => {
      at(files, 'materials.yml').materials?.push({
        id: 'other-card', name: '对方身份证', source: { kind: 'licence', licenceType: 'card' }, holder: 'spouse', consent
      } as never)
      at(files, 'matters/grant.yml').materials?.push({ id: 'other-card', why: '核对对方' } as never)
    })
    only(faults, bundle, 'matters.0.matter', /没写他是表单里的谁/)
  })

  test('证照归在孩子名下，那时却还没有孩子', () => {
    only(faultsAfter(files => set(at(files, 'matters/grant.yml').result, { holder: 'ward' })), bundle, 'matters.0.matter', /还没有 ward/)
  })

  test('孩子的姓名、性别、出生日期要指到类型相符的字段', () => {
    const faults = faultsAfter(files => set(files[bundle], {
      ward: { nameField: 'fullName', sexField: 'fullName', birthField: 'born', createdBy: ['first'], idNumberFrom: ['first'], idNumberFace: '号码' }
    }))
    assert.equal(faults.length, 3)
    some(faults, bundle, 'ward.sexField', /类型是 personName/)
    some(faults, bundle, 'ward.birthField', /没有字段「born」/)
    some(faults, bundle, 'ward.idNumberFrom.0', /照面里没有「号码」/)
  })

  for (const [title, values, key, problem] of [
    ['for 指向没有的节点', { for: ['third'] }, 'for.0', /没有节点「third」/],
    ['选择题没有选项', { type: 'choice' }, 'options', /要有 options/],
    ['文字题写了选项', { options: [{ value: 'a', label: '甲' }] }, 'options', /不能写 options/],
    ['日期范围写在姓名上', { dateRange: 'past' }, 'dateRange', /不能写 dateRange/],
    ['不认识的类型', { type: 'email' }, 'type', /可选范围/],
    ['预填的照面没有这一格', { prefill: [{ kind: 'licence', from: 'card', face: '性别', locked: true }] }, 'prefill.0.face', /照面里没有「性别」/],
    ['预填的证照不存在', { prefill: [{ kind: 'licence', from: 'pass', face: '姓名', locked: true }] }, 'prefill.0.from', /证照类型「pass」不存在/],
    ['预填的题目不存在', { prefill: [{ kind: 'answer', from: 'near', locked: true }] }, 'prefill.0.from', /没有题目「near」/],
    ['预填的共享系统不存在', { prefill: [{ kind: 'share', from: '别的库', face: '姓名', locked: true }] }, 'prefill.0.from', /没有共享系统/],
    ['预填没写取哪一格', { prefill: [{ kind: 'share', from: '虚构库', locked: true }] }, 'prefill.0.face', /没写取哪一格/],
    ['身份里没有的声明', { prefill: [{ kind: 'identity', from: 'email', locked: true }] }, 'prefill.0.from', /没有「email」/]
  ] as const) {
    test(`字段：${title}`, () => {
      only(faultsAfter(files => set(at(files, bundle).form?.[0]?.fields?.[0], values)), bundle, `form.0.fields.0.${key}`, problem)
    })
  }
})

describe('目录校验：时限', () => {
  test('承诺超过法定', () => {
    only(faultsAfter(files => set(at(files, 'matters/grant.yml').limit, { promised: 6 })), 'matters/grant.yml', 'limit.promised', /超过法定/)
  })

  test('即办件写了天数', () => {
    only(faultsAfter(files => set(files['matters/grant.yml'], { handlingType: 'instant' })), 'matters/grant.yml', 'handlingType', /即办件/)
  })
})
