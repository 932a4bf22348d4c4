export default definePageConfig({ navigationBarTitleText: '一份授权' })
