// Attributes added to the WXML templates of Taro, which emit only those they know.
const states = [
  'label', 'labelledby', 'describedby', 'hidden', 'disabled', 'checked', 'selected', 'expanded', 'required', 'invalid',
  'modal', 'live', 'current', 'busy', 'valuenow', 'valuemin', 'valuemax', 'valuetext',
]

const components = {}
for (const name of ['View', 'Text', 'Button', 'Image', 'Input', 'Textarea', 'Picker']) {
  // JSX keeps `role`, as on H5; WXML calls it aria-role
  components[name] = { 'aria-role': 'i.role' }
  for (const state of states) components[name][`aria-${state}`] = ''
}

module.exports = { components }
