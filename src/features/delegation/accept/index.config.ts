export default definePageConfig({ navigationBarTitleText: '我帮家人办' })
