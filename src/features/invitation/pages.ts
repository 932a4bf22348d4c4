const pages: string[] = ['list/index', 'answer/index']

export default pages
