import type { IsoDay } from '../time'

/** 放假安排里的一日：法定节假日或调休上班日。 */
export interface CalendarDay {
  day: IsoDay
  /** 节名，如「国庆节」 */
  name: string
}

/** 国务院办公厅公布的某一年放假安排。 */
export interface CalendarYear {
  holidays: CalendarDay[]
  /** 调休上班的周末 */
  makeUpDays: CalendarDay[]
}

/**
 * 工作日历：按年收录已公布的放假安排。
 * 没有收录的年份就是「尚未公布」，按周末与固定日期的法定节日估算，并对人说明是估算。
 */
export interface WorkCalendar {
  /** 键为四位年份 */
  years: Record<string, CalendarYear>
}
