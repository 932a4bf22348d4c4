export default definePageConfig({ navigationBarTitleText: '你的办理方案' })
