const pages = ['list/index', 'give/index', 'accept/index', 'detail/index']

export default pages
