import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { faultText } from '../../catalogue/faults'
import { loadCatalogue } from '../../catalogue/load'

const root = 'catalogue/jiangyin'
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.yml'))
const result = loadCatalogue(root)
const faults = result.ok ? [] : result.faults

describe('江阴目录：每个数据文件', () => {
  for (const file of files) {
    test(`${file}：合规格、引用都在、有出处与复核日期`, () => {
      assert.deepEqual(faults.filter(fault => fault.file === file).map(faultText), [])
      const content = parse(readFileSync(join(root, file), 'utf8')) as { id?: string; source?: string; reviewedOn?: string }
      if (file.includes('/')) assert.equal(content.id, basename(file, '.yml'))
      assert.ok(content.source)
      assert.match(content.reviewedOn ?? '', /^\d{4}-\d{2}-\d{2}$/)
    })
  }
})

describe('江阴目录：范围', () => {
  assert.ok(result.ok)
  const { catalogue } = result

  test('个人十个阶段、企业七个阶段，次序依行动方案第 30、31 条', () => {
    const names = (audience: string) => catalogue.stages.filter(stage => stage.audience === audience).map(stage => stage.name)
    assert.deepEqual(names('person'), ['出生', '入学', '就业', '失业', '结婚', '离婚', '人才引进', '退休', '军人退役', '身后'])
    assert.deepEqual(names('company'), ['招商引资', '商事登记', '获得场地', '员工招聘', '生产经营', '权益保护', '清算注销'])
  })

  test('证照目录的六十种都在，江阴十七个镇街', () => {
    assert.ok(Object.keys(catalogue.licenceTypes).length >= 60)
    const districts = catalogue.regions[0]?.children.flatMap(city => city.children) ?? []
    assert.equal(districts.find(district => district.code === catalogue.city.divisionCode)?.children.length, 17)
  })

  test('承诺天数、收费标准凡未核实的都标了待核', () => {
    for (const matter of Object.values(catalogue.matters)) {
      if (matter.limit.promised !== null) assert.ok(matter.pending?.includes('limit.promised'), matter.id)
      if (matter.limit.statutory !== null) assert.ok(matter.pending?.includes('limit.statutory'), matter.id)
      if (matter.fee?.amount === null) assert.ok(matter.pending?.includes('fee.amount'), matter.id)
    }
  })

  test('好差评五级，后两级是差评，六个方面好中差都有词', () => {
    const { grades, topics, tags } = catalogue.ratings
    assert.deepEqual(
      grades.map(item => item.bad),
      [false, false, false, true, true]
    )
    for (const list of Object.values(tags)) assert.deepEqual(new Set(list.map(tag => tag.topic)), new Set(topics))
  })
})
