import type { FormView } from './types'

/**
 * 眼下要问的表单：由同组另一项决定要不要问的（选了寄递才问地址），按那一项现在的值留下或去掉；那一项没填，就先不问。
 * 设备上随填随变，服务端核对、签字、派件时用的是同一个函数：没问的不核对，也不发给部门。
 */
export function askedForm(view: FormView): FormView {
  const groups = view.groups.map(({ id, title, fields }) => {
    const asks = (askedIf: { field: string; in: string[] }) => {
      const value = fields.find(field => field.id === askedIf.field)?.value ?? null
      return (Array.isArray(value) ? value : [value]).some(chosen => typeof chosen === 'string' && askedIf.in.indexOf(chosen) >= 0)
    }
    return { id, title, fields: fields.filter(({ askedIf }) => askedIf === null || asks(askedIf)) }
  })
  return { groups: groups.filter(({ fields }) => fields.length > 0) }
}
