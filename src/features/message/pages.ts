const pages = ['inbox/index', 'traces/index']

export default pages
