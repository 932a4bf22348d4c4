/** 条件：带标签的小树，词汇封闭；目录里写 YAML，不写表达式字符串。题目键或证照类型是唯一的名字来源。 */
export type AnswerValue = string | string[]
export type Answers = Record<string, AnswerValue>

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { eq: [key: string, value: string] }
  | { ne: [key: string, value: string] }
  | { in: [key: string, values: string[]] }
  | { includes: [key: string, value: string] }
  | { gte: [key: string, value: number] }
  | { lte: [key: string, value: number] }
  | { between: [key: string, low: number, high: number] }
  | { has_licence: string }

export type Verdict = 'yes' | 'no' | 'unknown'
