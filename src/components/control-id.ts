const addressLevels = ['province', 'city', 'district', 'town', 'village']

/** The id of the control for a JSON pointer into a form, for moving focus to it: /shareholders/0/name → f-shareholders-0-name. */
export function controlId(pointer: string): string {
  const steps = pointer.split('/').slice(1)
  const level = addressLevels.indexOf(steps[steps.length - 1] ?? '')
  const path = level >= 0 && steps.length > 1 ? [...steps.slice(0, -1), String(level)] : steps
  return `f-${path.map((step) => step.replace(/[^A-Za-z0-9]/g, '-')).join('-')}`
}
