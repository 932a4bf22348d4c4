const pages = ['search/index', 'stage/index']

export default pages
