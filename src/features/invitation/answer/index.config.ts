export default definePageConfig({ navigationBarTitleText: '同意邀请' })
