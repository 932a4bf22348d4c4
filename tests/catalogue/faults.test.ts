import { describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { faultText } from '../../catalogue/faults'
import { at, bundle, only, set, some } from './expect'
import { faultsAfter, load, smallCatalogue } from './small'

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
    const fault = only(
      faultsAfter(files => set(at(files, bundle).matters?.[0], { afer: ['second'] })),
      bundle,
      'matters.0.afer',
      /不认识的键「afer」/
    )
    assert.match(fault.mend, /「after」/)
    assert.ok(fault.line > 1)
  })

  test('行号正是那个键所在的行', () => {
    const files = smallCatalogue()
    files['departments.yml'] =
      '# 注释\nsource: 虚构\nreviewedOn: "2026-11-21"\ndepartments:\n  - id: hall\n    name: 大厅\n    tel: "1"\n' as never
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
    only(
      faultsAfter(files => set(files['licences/card.yml'], { source: '' })),
      'licences/card.yml',
      'source',
      /空的/
    )
  })

  test('复核日期写法不对', () => {
    only(
      faultsAfter(files => set(files[bundle], { reviewedOn: '2026年11月' })),
      bundle,
      'reviewedOn',
      /写法不对/
    )
  })

  test('证照类型没有颁发机关', () => {
    only(
      faultsAfter(files => {
        delete at(files, 'licences/permit.yml').issuer
      }),
      'licences/permit.yml',
      'issuer',
      /没有颁发机关/
    )
  })

  test('条件里不认识的算子', () => {
    const fault = only(
      faultsAfter(files => set(at(files, bundle).matters?.[0], { when: { equals: ['far', 'y'] } })),
      bundle,
      'matters.0.when',
      /不合任何一种写法/
    )
    assert.match(fault.mend, /eq/)
  })

  test('材料来源少写一格，只报作者想写的那一种', () => {
    only(
      faultsAfter(files => set(at(files, 'materials.yml').materials?.[2], { source: { kind: 'share' } })),
      'materials.yml',
      'materials.2.source.system',
      /缺少「system」/
    )
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
