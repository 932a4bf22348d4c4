// Form elements for the mini-program: Taro components, with the whole label spoken by each field itself, 必填 included: a picker
// speaks as a button, which has no aria-required.
import { Form as TaroForm, Input, Picker, Text, Textarea, View } from '@tarojs/components'
import type * as H from './form-host'

export function Form({ onSubmit, ...rest }: H.FormProps) {
  return <TaroForm {...rest} onSubmit={onSubmit} />
}

export function LabelHost({ target: _target, ...rest }: H.LabelProps) {
  return <View {...rest} />
}

const keyboards = { text: 'text', tel: 'number', idcard: 'idcard', number: 'number', decimal: 'digit', search: 'text' } as const

export function InputHost(props: H.InputProps) {
  const { kind = 'text', value, onChange, onEnter, onBlur, spoken, maxLength, required, autoComplete: _auto, ...rest } = props
  const shared = {
    ...(rest as object), value, maxlength: maxLength, 'aria-label': spoken, 'aria-required': required, onBlur,
    onInput: (event: { detail: { value: string } }) => onChange(event.detail.value),
  }
  if (kind === 'multiline') return <Textarea {...shared} autoHeight />
  return <Input {...shared} type={keyboards[kind]} confirmType={kind === 'search' ? 'search' : 'done'} onConfirm={onEnter} />
}

export function SelectHost({ value, options, placeholder, onChange, onBlur, disabled, className, id, spoken }: H.SelectProps) {
  const at = options.findIndex((option) => option.value === value)
  const shown = options[at]?.label
  return <Picker
    mode='selector' id={id} range={options.map((option) => option.label)} value={Math.max(at, 0)} disabled={disabled}
    aria-role='button' aria-label={`${spoken} ${shown ?? placeholder}`}
    onChange={(event) => {
      const picked = options[Number(event.detail.value)]
      if (picked) onChange(picked.value)
      onBlur?.()
    }}
  ><View className={`${className ?? ''} ${shown ? '' : 'is-empty'}`}>{shown ?? placeholder}</View></Picker>
}

export function DateHost({ value, min, max, placeholder, onChange, onBlur, disabled, className, id, spoken }: H.DateProps) {
  return <Picker
    mode='date' id={id} value={value} start={min} end={max} disabled={disabled}
    aria-role='button' aria-label={`${spoken} ${value || placeholder}`}
    onChange={(event) => { onChange(event.detail.value); onBlur?.() }}
  ><View className={`${className ?? ''} ${value ? '' : 'is-empty'}`}>{value || placeholder}</View></Picker>
}

export function TimeHost({ value, placeholder, onChange, onBlur, disabled, className, id, spoken }: H.TimeProps) {
  return <Picker
    mode='time' id={id} value={value} disabled={disabled}
    aria-role='button' aria-label={`${spoken} ${value || placeholder}`}
    onChange={(event) => { onChange(event.detail.value); onBlur?.() }}
  ><View className={`${className ?? ''} ${value ? '' : 'is-empty'}`}>{value || placeholder}</View></Picker>
}

export function Group({ legend, multiple, spoken, id, className, children }: H.GroupProps) {
  return <View id={id} className={className} role={multiple ? 'group' : 'radiogroup'} aria-label={spoken}>
    <View className='field-label'>{legend}</View>
    {children}
  </View>
}

export function Option({ label, note, multiple, checked, disabled, className, onPick }: H.OptionProps) {
  return <View
    className={className} hoverClass='pressed' role={multiple ? 'checkbox' : 'radio'} aria-checked={checked} aria-disabled={!!disabled}
    aria-label={note ? `${label}，${note}` : label} onClick={disabled ? undefined : onPick}
  >
    <View className={`option-mark ${multiple ? 'option-mark--box' : ''} ${checked ? 'is-on' : ''}`} />
    <View className='option-text'>{label}{note && <Text className='option-note'>{note}</Text>}</View>
  </View>
}
