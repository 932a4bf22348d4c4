import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseAddress, type Region } from '../../domain/form/region'

const leaf = (code: string, name: string, children: Region[] = []): Region => ({ code, name, children })
const regions = [
  leaf('32', '江苏省', [
    leaf('3202', '无锡市', [
      leaf('320281', '江阴市', [leaf('t1', '澄江街道', [leaf('v1', '君山社区')]), leaf('t2', '周庄镇')]),
      leaf('320205', '锡山区', [leaf('t3', '东港镇')])
    ]),
    leaf('3203', '徐州市', [leaf('320302', '鼓楼区', [leaf('t4', '黄楼街道')])])
  ])
]

describe('把照面上的地址拆开', () => {
  const jiangyin = { province: '32', city: '3202', district: '320281' }
  const cases: [string, ReturnType<typeof parseAddress>][] = [
    ['江苏省江阴市澄江街道演示路1号', { ...jiangyin, town: 't1', detail: '演示路1号' }],
    ['江苏省无锡市江阴市周庄镇演示村2号', { ...jiangyin, town: 't2', detail: '演示村2号' }],
    ['江苏省江阴市澄江街道君山社区3幢501室', { ...jiangyin, town: 't1', village: 'v1', detail: '3幢501室' }],
    ['江苏省无锡市锡山区东港镇港下路8号', { province: '32', city: '3202', district: '320205', town: 't3', detail: '港下路8号' }],
    ['江苏省徐州市鼓楼区黄楼街道1号', { province: '32', city: '3203', district: '320302', town: 't4', detail: '1号' }]
  ]
  for (const [text, address] of cases) test(text, () => assert.deepEqual(parseAddress(text, regions), address))

  for (const text of ['浙江省杭州市西湖区文三路1号', '江苏省江阴市演示路1号', '江苏省江阴市澄江街道', '', '澄江街道演示路1号']) {
    test(`认不全就不预填：${text || '（空）'}`, () => assert.equal(parseAddress(text, regions), null))
  }
})
