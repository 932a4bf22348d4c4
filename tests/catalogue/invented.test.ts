import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { faultText } from '../../catalogue/faults'
import { loadCatalogue, resolveBundle } from '../../catalogue/load'
import { plan } from '../../domain/bundle/plan'
import { monday } from '../domain/bundles'

const root = mkdtempSync(join(tmpdir(), 'invented-'))
after(() => rmSync(root, { recursive: true }))

const matter = `
id: pet-registration
name: 宠物登记
department: police
limit: { statutory: 10, promised: 4, unit: workday }
handlingType: promised
materials:
  - { id: idc, why: 核对主人的身份 }
result: { kind: document, name: 登记牌 }
separateVisits: 1
source: 虚构，只供测试
reviewedOn: '2026-11-21'
`

const bundle = `
id: pet
name: 养宠一件事
fullName: 养宠一件事
audience: person
stage: school
lead: police
who: 养宠物的人
trigger: 带宠物回家
summary: 登记和老年卡一起办
minutes: 2
questions:
  - { id: kind, text: 养什么？, options: [{ value: dog, label: 狗 }, { value: cat, label: 猫 }] }
matters:
  - { key: card, matter: elder-card }
  - { key: reg, matter: pet-registration, after: [card], when: { eq: [kind, dog] } }
form:
  - id: owner
    title: 主人
    fields:
      - { id: ownerName, label: 姓名, type: personName, for: [card, reg], required: true, sensitivity: 1 }
source: 虚构，只供测试
reviewedOn: '2026-11-21'
`

describe('新增一件一件事，只加数据不改代码', () => {
  cpSync('catalogue/jiangyin', root, { recursive: true })
  writeFileSync(join(root, 'matters/pet-registration.yml'), matter)
  writeFileSync(join(root, 'bundles/pet.yml'), bundle)

  test('还没写进阶段时，校验指出要改哪里', () => {
    const result = loadCatalogue(root)
    assert.ok(!result.ok)
    assert.deepEqual(
      result.faults.map(fault => `${fault.file} ${fault.key}`),
      ['bundles/pet.yml stage']
    )
    assert.match(result.faults.map(faultText).join(), /stages\.yml/)
  })

  test('写进阶段后读得进、展得开、算得出方案', () => {
    const stages = join(root, 'stages.yml')
    writeFileSync(stages, readFileSync(stages, 'utf8').replace('order: 2,', 'order: 2, bundles: [pet],'))
    const result = loadCatalogue(root)
    assert.ok(result.ok, result.ok ? '' : result.faults.map(faultText).join('\n'))
    const resolved = resolveBundle(result.catalogue, 'pet')
    assert.ok(resolved)
    const dog = plan(resolved, { ...monday, answers: { kind: 'dog' } })
    const cat = plan(resolved, { ...monday, answers: { kind: 'cat' } })
    assert.deepEqual([dog.matters.map(({ key }) => key), dog.promise.workdays], [['card', 'reg'], 4])
    assert.deepEqual([cat.matters.map(({ key }) => key), cat.promise.workdays], [['card'], 0])
  })
})
