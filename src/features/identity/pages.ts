const pages = ['notice/index', 'sign-in/index', 'web/index', 'account/index', 'close/index']

export default pages
