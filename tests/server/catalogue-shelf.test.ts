import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { publishedCalendar } from '../../server/calendar'
import { CatalogueFaults, openCatalogueShelf } from '../../server/catalogue-shelf'
import { isEstimated, isWorkday } from '../../domain/calendar/workday'
import { startWorld, type World } from './world'

describe('目录架', () => {
  let world: World
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'city-'))
  const cityFile = path.join(folder, 'city.yml')
  before(async () => {
    world = await startWorld()
    fs.cpSync(path.resolve(__dirname, '../../catalogue/jiangyin'), folder, { recursive: true })
  })
  after(async () => {
    await world.close()
    fs.rmSync(folder, { recursive: true, force: true })
  })

  const change = (from: RegExp, to: string) => {
    const before = fs.readFileSync(cityFile, 'utf8')
    assert.match(before, from)
    fs.writeFileSync(cityFile, before.replace(from, to))
    return () => fs.writeFileSync(cityFile, before)
  }

  test('坏目录不启动，并说清哪个文件哪一行', async () => {
    const restore = change(/^divisionCode:.*$/m, 'divisionCode: 不是代码')
    await assert.rejects(openCatalogueShelf(folder, world.deps), (error: Error) => {
      assert.ok(error instanceof CatalogueFaults)
      assert.match(error.message, /city\.yml:\d+ .*divisionCode/)
      return true
    })
    restore()
  })

  test('换成坏目录时仍用原来的；换成好目录就用新的；旧版本从库里也取得到', async () => {
    const shelf = await openCatalogueShelf(folder, world.deps)
    const first = shelf.current()
    const restore = change(/^hotline:.*$/m, 'hotline: [')
    await assert.rejects(shelf.reload(), CatalogueFaults)
    assert.deepEqual(shelf.current(), first)
    restore()
    change(/^hotline:.*$/m, "hotline: '12345-0'")
    await shelf.reload()
    assert.notEqual(shelf.current().revision, first.revision)
    assert.equal(shelf.current().catalogue.city.hotline, '12345-0')
    assert.equal((await shelf.at(first.revision)).city.hotline, first.catalogue.city.hotline)
    const restarted = await openCatalogueShelf(folder, world.deps)
    assert.deepEqual(await restarted.at(first.revision), first.catalogue)
    await assert.rejects(restarted.at('none'), /no catalogue of revision none/)
  })
})

describe('工作日历', () => {
  const calendar = publishedCalendar()

  test('国务院办公厅公布过的年份照公布的算：放假、调休上班', () => {
    assert.equal(isWorkday('2026-10-01', calendar), false)
    assert.equal(isWorkday('2026-10-10', calendar), true)
    assert.equal(isWorkday('2026-11-19', calendar), true)
    assert.equal(isEstimated('2026-11-19', calendar), false)
    const spring = calendar.years['2026']?.holidays.find(({ day }) => day === '2026-02-17')
    assert.equal(spring?.name, '春节')
    assert.equal(calendar.years['2026']?.makeUpDays.find(({ day }) => day === '2026-02-14')?.name, '春节调休')
  })

  test('没有公布的年份不收录，按估算', () => {
    assert.equal(calendar.years['2027'], undefined)
    assert.equal(isEstimated('2027-05-04', calendar), true)
  })
})
