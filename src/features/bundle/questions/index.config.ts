export default definePageConfig({ navigationBarTitleText: '先问几个问题' })
