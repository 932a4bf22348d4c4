import type { FieldError } from '../form/types'

/** 好差评（流程材料 §7）：五级，后两级为差评；标签词随好、中、差而不同。 */
export type Grade = 'very_good' | 'good' | 'fair' | 'poor' | 'very_poor'

export interface RatingTag {
  id: string
  label: string
  topic: string
}

export interface RatingRules {
  grades: { grade: Grade; label: string; bad: boolean; words: 'good' | 'middle' | 'bad' }[]
  tags: Record<'good' | 'middle' | 'bad', RatingTag[]>
  minBadText: number
}

export interface GivenRating {
  grade: Grade
  tags: string[]
  text: string
}

/** 这一级可选的标签。 */
export function tagsFor(rules: RatingRules, grade: Grade): RatingTag[] {
  const rule = rules.grades.find((each) => each.grade === grade)
  return rule ? rules.tags[rule.words] : []
}

/** 评价合不合规矩：标签属于这一级；差评必须选标签并写够字数。没有毛病为空。 */
export function ratingErrors(rules: RatingRules, given: GivenRating): FieldError[] {
  const errors: FieldError[] = []
  const offered = tagsFor(rules, given.grade)
  given.tags.forEach((tag, index) => {
    if (!offered.some((each) => each.id === tag))
      errors.push({ pointer: `/tags/${index}`, code: 'not_offered', message: '这个标签不属于你选的评价，请重新选择' })
  })
  const bad = rules.grades.some((each) => each.grade === given.grade && each.bad)
  if (bad && given.tags.length === 0)
    errors.push({ pointer: '/tags', code: 'required', message: '请至少选一个标签，好让整改的人知道问题在哪里' })
  if (bad && Array.from(given.text.trim()).length < rules.minBadText) {
    errors.push({ pointer: '/text', code: 'too_short', message: `请写明哪里不满意，至少 ${rules.minBadText} 个字` })
  }
  return errors
}
