import type { WorkCalendar } from '../../domain/calendar/types'

/** 测试用日历：2026 年取国务院办公厅放假安排里用得到的几日，2027 年有意不收录。 */
export const calendar: WorkCalendar = {
  years: {
    2026: {
      holidays: [
        { day: '2026-01-01', name: '元旦' },
        { day: '2026-01-02', name: '元旦' },
        { day: '2026-10-01', name: '国庆节' },
        { day: '2026-10-02', name: '国庆节' },
        { day: '2026-10-05', name: '国庆节' },
        { day: '2026-10-06', name: '国庆节' },
        { day: '2026-10-07', name: '国庆节' }
      ],
      makeUpDays: [
        { day: '2026-01-04', name: '元旦调休' },
        { day: '2026-10-10', name: '国庆节调休' }
      ]
    }
  }
}
