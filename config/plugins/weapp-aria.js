// Taro numbers the attributes of a component alphabetically, once for the template (build) and once at run time.
// Adding to the template alone shifts every number, and `value` or `disabled` silently land on another attribute,
// so both sides get the same list.
const path = require('node:path')
const { components } = require('./weapp-aria-list')

module.exports = (ctx) => ctx.registerMethod({
  name: 'onSetupClose',
  fn(platform) {
    if (!platform.template) return
    platform.template.mergeComponents(ctx, components)
    platform.runtimePath = [].concat(platform.runtimePath, path.resolve(__dirname, 'weapp-aria-runtime.js'))
  },
})
