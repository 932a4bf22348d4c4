import type { FaceField } from '../domain/licence/types'

const longest = '一般项目：技术服务、技术开发、技术咨询；许可项目：食品销售（以上均为演示内容，用来看长文字怎么换行）'

/** What a field of a face could say, long enough to need room. Invented. */
export function sampleText({ name, type }: Pick<FaceField, 'name' | 'type'>): string {
  const samples: Record<FaceField['type'], string> = {
    s: /住址|地址|坐落|场所|位置|住所/.test(name) ? '江苏省江阴市澄江街道演示路 128 号演示小区 16 幢 2 单元 1803 室' : '林演示',
    d: '2026-11-24',
    n: '12',
    e: '演示类别',
    img: '（演示人像）',
    id: '320281199003020026',
    code: 'DEMO320281000000000026',
    list: '第一项（演示）、第二项，名字很长很长的一项（演示）、第三项（演示）'
  }
  return /范围/.test(name) ? longest : samples[type]
}
