/** @jest-environment-options {"customExportConditions": ["node"]} */
import fs from 'node:fs'
import path from 'node:path'
import { render, screen, within } from '@testing-library/react'
import type { LicenceType } from '../../../domain/licence/types'
import { Face } from '../../../src/features/licence/face/face'
import { grouped, isShort, textsOf } from '../../../src/features/licence/face/fields'
import { sealStrokes, waves } from '../../../src/features/licence/face/line-art'
import { parse } from 'yaml'
import { faceLines, maskedText } from '../../../server/modules/licence/face'
import { sampleText } from '../../licence-samples'

const folder = path.join(__dirname, '../../../catalogue/jiangyin/licences')
const kinds = fs
  .readdirSync(folder)
  .sort()
  .map((file) => parse(fs.readFileSync(path.join(folder, file), 'utf8')) as LicenceType)

test('目录里的 60 种都在', () => {
  expect(kinds).toHaveLength(60)
})

test.each(kinds.map((kind) => [kind.name, kind] as const))('%s：照面按目录画，每一格都在，次序照目录', (_name, kind) => {
  const fields = kind.face.map((field) => ({ ...field, text: sampleText(field), masked: false }))
  const { container } = render(<Face name={kind.name} issuer={kind.issuer} look={kind.look} fields={fields} demo />)
  expect(screen.getByRole('heading', { level: 2, name: kind.name })).toBeTruthy()
  expect(container.querySelector('.face')?.className).toBe(`face face--${kind.look.layout} tint-${kind.look.tint}`)
  const labels = [...container.querySelectorAll('.face-lines .face-label')].map((label) => label.textContent)
  expect(labels).toEqual(kind.face.filter(({ type }) => type !== 'img').map(({ name }) => name))
  for (const field of fields) {
    for (const text of textsOf(field)) expect(screen.getAllByText(text).length).toBeGreaterThan(0)
  }
  expect([...container.querySelectorAll('.face-photo .face-label')].map((label) => label.textContent)).toEqual(
    kind.face.filter(({ type }) => type === 'img').map(({ name }) => name)
  )
  expect([...container.querySelectorAll('.seal-name')].map((line) => line.textContent).join('')).toBe(kind.look.seal)
  expect(container.textContent).toContain('演示证照')
  expect(container.querySelectorAll('*').length).toBeLessThan(120)
})

test.each(kinds.map((kind) => [kind.name, kind] as const))('%s：没要求显示时，敏感的格子只有打码的，别的照原样', (_name, kind) => {
  const sample = Object.fromEntries(kind.face.map((field) => [field.name, sampleText(field)]))
  const fields = faceLines(kind, sample, false)
  const { container } = render(<Face name={kind.name} issuer={kind.issuer} look={kind.look} fields={fields} />)
  const drawn = [...container.querySelectorAll('.face-line, .face-photo')].map((box) => [
    box.querySelector('.face-label')?.textContent,
    [...box.querySelectorAll('.face-text, .face-caption')].map((text) => text.textContent)
  ])
  const expected = kind.face.map((field) => {
    const whole = { ...field, text: sampleText(field) }
    if (field.sensitivity < 2) return [field.name, textsOf(whole)]
    const masked = maskedText(field, whole.text)
    expect(masked).toContain('*')
    expect(masked).not.toBe(whole.text)
    return [`${field.name}（已遮住）`, field.type === 'img' ? [] : [masked]]
  })
  const byName = (one: unknown[], other: unknown[]) => String(one[0]).localeCompare(String(other[0]))
  expect(drawn.sort(byName)).toEqual(expected.sort(byName))
})

test('照面上没有这个人、写着一横的，打了码也看不出', () => {
  const father = { name: '父亲姓名', type: 's', sensitivity: 3 } as const
  expect([maskedText(father, '陈演示'), maskedText(father, '—')]).toEqual(['陈*', '***'])
})

test('每种底色都有三种颜色可用', () => {
  const [tints, tokens] = ['features/licence/face/tints.scss', 'tokens.scss'].map((file) =>
    fs.readFileSync(path.join(__dirname, '../../../src', file), 'utf8')
  )
  for (const tint of new Set(kinds.map(({ look }) => look.tint))) {
    expect(tints).toContain(`'${tint}'`)
    for (const shade of ['deep', 'line', 'paper']) expect(tokens).toMatch(new RegExp(`--${tint}-${shade}: `))
  }
})

test('遮住的格子写明已遮住，不拆不改；空的写未填；明细一条一行；日期照人话写', () => {
  const fields = [
    { name: '证号', type: 'code' as const, text: '320***********0026', masked: true },
    { name: '照片', type: 'img' as const, text: '***', masked: true },
    { name: '备注', type: 's' as const, text: ' ' },
    { name: '接种记录', type: 'list' as const, text: '卡介苗 2026-11-24、乙肝疫苗 2026-11-24' },
    { name: '出生日期', type: 'd' as const, text: '1995-03-02' }
  ]
  const { container } = render(<Face name="演示证" issuer="演示局" look={{ tint: 'teal', layout: 'booklet', seal: '演示' }} fields={fields} />)
  expect(screen.getByText('证号（已遮住）')).toBeTruthy()
  expect(screen.getByText('照片（已遮住）')).toBeTruthy()
  expect(screen.getByText('未填')).toBeTruthy()
  expect(within(screen.getByRole('list')).getAllByRole('listitem')).toHaveLength(2)
  expect(screen.getByText('1995 年 3 月 2 日')).toBeTruthy()
  expect(container.textContent).not.toContain('演示证照，')
})

test('不给看是谁发的，就不写', () => {
  const look = { tint: 'blue' as const, layout: 'card' as const, seal: '公安局' }
  const { container } = render(<Face name="居民身份证" issuer={null} look={look} fields={[{ name: '已满 18 周岁', text: '是' }]} />)
  expect(container.querySelector('.face-issuer')).toBeNull()
  expect(screen.getByRole('heading', { name: '居民身份证' })).toBeTruthy()
})

test('短的格子排半行，长的占一行；号码按读法分组，遮住的和文字不分', () => {
  expect(isShort({ name: '性别', text: '女' })).toBe(true)
  expect(isShort({ name: '住址', text: '江苏省江阴市澄江街道演示路 1 号' })).toBe(false)
  expect(isShort({ name: '公民身份号码', text: '女', masked: true })).toBe(false)
  expect(grouped('320281199003020026')).toBe('320281 1990 0302 0026')
  expect(grouped('K7M2P9Q4T6WX')).toBe('K7M2 P9Q4 T6WX')
  expect(grouped('320***********0026')).toBe('320***********0026')
  expect(grouped('江阴市公安局')).toBe('江阴市公安局')
})

test('线条都在画面之内，印章一圈二十四瓣', () => {
  expect(waves('white', 340, 90, 8)).toHaveLength(8)
  const [rosette] = sealStrokes('red')
  expect(rosette?.d.match(/Q/g)).toHaveLength(24)
  const numbers = (rosette?.d.match(/[\d.]+/g) ?? []).map(Number)
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...numbers)).toBeLessThanOrEqual(100)
})
