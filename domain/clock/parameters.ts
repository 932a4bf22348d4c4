import type { TimeOfDay } from '../time'

/** 时限的可配置参数。每一项都写明出处；标「演示」的没有公开出处，上线前由当地确定。 */
export interface ClockParameters {
  /** 下班钟点：之后提交按下一工作日收件，承诺到期也在这一刻 */
  closing: TimeOfDay
  /** 即办件：这一刻之后受理的，可以顺延到次日（演示） */
  instantLateFrom: TimeOfDay
  /** 即办件顺延后，次日的到期钟点（演示） */
  instantExtendedTo: TimeOfDay
  /** 网上预审的工作日数，不在部门承诺之内（演示） */
  preReviewDays: number
  /** 黄灯：临期线 = max(warningMinimumDays, ⌈承诺日数 ÷ warningDivisor⌉)（演示） */
  warningMinimumDays: number
  warningDivisor: number
  /** 外部系统故障自动停表的封顶工作日数 */
  faultStopDays: number
  /** 许可类最长延期的工作日数，《行政许可法》第四十二条 */
  maximumExtensionDays: number
}

/** 缺省参数。演示值集中在这里，换一座城市只换这一张表。 */
export const defaultClockParameters: ClockParameters = {
  closing: '17:00',
  instantLateFrom: '15:30',
  instantExtendedTo: '12:00',
  preReviewDays: 1,
  warningMinimumDays: 1,
  warningDivisor: 3,
  faultStopDays: 2,
  maximumExtensionDays: 10
}
