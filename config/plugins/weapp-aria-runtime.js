const { mergeInternalComponents } = require('@tarojs/shared')
const { components } = require('./weapp-aria-list')

mergeInternalComponents(components)
