export default definePageConfig({
  navigationBarTitleText: '苏服码',
  navigationBarBackgroundColor: '#0B5A8A',
  navigationBarTextStyle: 'white',
  backgroundColor: '#0B5A8A'
})
