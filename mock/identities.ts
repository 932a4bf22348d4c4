import type { DemoIdentity } from '../contract/gateways/notify'
import { demoIdNumber } from './numbers'

/** 演示身份：一望而知是编的。姓名都带「演示」，证件号的顺序码从 001 起，手机号用未放号的 160 号段。 */
export interface MockIdentity extends DemoIdentity {
  name: string
  phone: string
  /** 实名等级 1–4。 */
  realNameLevel: number
}

function person(serial: number, birth: string, key: string, name: string, role: string, about: string): MockIdentity {
  return {
    key, name, displayName: `${name}（${role}）`, idNumber: demoIdNumber(birth, serial), phone: `160${String(serial).padStart(8, '0')}`,
    realNameLevel: 4, role, about
  }
}

export const identities: readonly MockIdentity[] = [
  person(2, '1995-01-01', 'mother', '林演示', '妈妈，已婚', '刚在江阴市内医院生了宝宝，可以办「出生一件事」'),
  person(1, '1993-02-02', 'father', '陈演示', '爸爸', '宝宝的另一位家长，会收到同意邀请'),
  person(4, '1997-03-03', 'mother-single', '苏演示', '妈妈，未婚', '未婚生育，同样可以办「出生一件事」'),
  person(3, '1966-11-11', 'retiree', '周演示', '快退休的职工', '企业职工，可以办「退休一件事」'),
  person(5, '1988-08-08', 'founder', '沈演示', '创业者', '名下已有一家演示公司，还想再开一家'),
  person(6, '1948-04-04', 'elder', '徐演示', '老人', '用大字模式，平时由女儿帮着办事'),
  person(8, '1976-06-06', 'daughter', '许演示', '帮忙的女儿', '帮老人办事的子女'),
  person(7, '1990-09-09', 'stranger', '顾演示', '不相干的人', '与别人的办件、证照都没有关系，用来验证看不到别人的信息'),
  person(12, '1982-07-07', 'merchant', '钱演示', '店主', '开着一家演示商店，名下和店里的证照种类最多'),
  person(10, '1985-05-05', 'clerk', '吴演示', '窗口工作人员', '政务服务中心综合窗口')
]

/** 对外列出的样子：不含手机号。 */
export const listedIdentities = (): DemoIdentity[] =>
  identities.map(({ key, displayName, idNumber, role, about }) => ({ key, displayName, idNumber, role, about }))

export const identityByKey = (key: string): MockIdentity | undefined => identities.find(identity => identity.key === key)
