import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { identities } from '../identities'
import { demoCreditCode } from '../numbers'

/** 创业者名下的演示公司。 */
export const demoCompany = { name: '江阴演示信息技术有限公司', idNumber: demoCreditCode(1) }

/** 店主名下的演示商店；序号离新设企业的远，不会撞上。 */
const demoShop = { name: '江阴演示商贸有限公司', idNumber: demoCreditCode(800_000_001) }

/** 演示企业，按法定代表人。 */
export const companyOf: Readonly<Record<string, { name: string; idNumber: string }>> = { founder: demoCompany, merchant: demoShop }

/** 读 mock/population 里的一个数据文件。 */
export function readPopulation<Shape>(file: string): Shape {
  return parse(readFileSync(path.join(__dirname, file), 'utf8')) as Shape
}

/**
 * 把「{mother.name}」换成演示身份的内容，把「+20d」「-5d」换成离 start 若干天的日子。
 * @throws {Error} 引用了不存在的身份：数据文件写错了
 */
export function fill(text: string, start: string): string {
  if (/^[+-]\d+d$/.test(text)) return addDays(start, Number(text.slice(0, -1)))
  return text.replace(/\{([a-z-]+)\.(name|idNumber)\}/g, (_match, key: string, part: 'name' | 'idNumber') => {
    const who = key === 'company' ? demoCompany : key === 'shop' ? demoShop : identities.find(identity => identity.key === key)
    if (!who) throw new Error(`演示数据引用了不存在的身份 ${key}`)
    return who[part]
  })
}

/** 北京时间的今天。 */
export const beijingDay = (now: number): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** 若干月后的同一天；没有那一天就取月末。 */
export function addMonths(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  const lastDayOfTarget = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate()
  const target = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, Math.min(date.getUTCDate(), lastDayOfTarget))
  return new Date(target).toISOString().slice(0, 10)
}
