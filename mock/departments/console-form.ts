import type { Control } from './control'

/** 控制台表单（全是文字）变成一条指令；没填的由指令自己的缺省值补上。 */
export function controlFromForm(form: Record<string, string>): Control {
  const { action = '', caseNo, departmentId, system, reason, remedy, target = '', problem, mend } = form
  const [kind, ...rest] = target.split(':')
  return {
    action: action as Control['action'],
    caseNo: caseNo || undefined,
    departmentId: departmentId || undefined,
    system: system || undefined,
    reason: reason || undefined,
    remedy: remedy || undefined,
    items: target
      ? [{
          kind: kind === 'material' ? 'material' : 'field', target: rest.join(':'),
          problem: problem || '内容与要求不符（演示）', mend: mend || '请核对后重新填写或上传'
        }]
      : undefined
  }
}
